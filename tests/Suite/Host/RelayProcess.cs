using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Host.Install;
using Host.Native;
using Host.Protocol;
using Suite.Unit.Vault;
using Vault;

namespace Suite.Hosting;

/// <summary>The folders of one person, in which real relays and hosts run.</summary>
internal sealed partial class HostWorld : IDisposable
{

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchkey-world");
    private readonly List<RelayProcess> _relays = [];
    private readonly TestVault _vault = new();

    public HostWorld(params ItemDraft[] items)
    {
        Paths = TestSession.PathsIn(_folder.FullName) with
        {
            RuntimeFolder = Path.Combine(_folder.FullName, "run", "latchkey"),
            StateFolder = Path.Combine(_folder.FullName, "state", "latchkey"),
        };
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "run"));
        using var file = _vault.Create();
        Ids = [.. items.Select(item => file.Add(item).Id.ToString())];
        file.Write();
    }

    public global::Host.Paths Paths { get; }

    public string VaultPath => _vault.Path;

    public IReadOnlyList<string> Ids { get; }

    /// <summary>The program that is started from now on.</summary>
    public string Executable { get; set; } = Repository.Program;

    /// <summary>What is in the files of this world, the vault excepted.</summary>
    public IEnumerable<string> Files() => _folder.EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(file => FileFacts.Of(file.FullName) is { IsSocket: false })
        .Select(file => Encoding.Latin1.GetString(ReadLocked(file.FullName)));

    /// <summary>Puts a build of the program beside the others of this world.</summary>
    /// <returns>Its path.</returns>
    public string InstallBuild(string name, DateTime madeAt)
    {
        var program = Path.Combine(_folder.CreateSubdirectory(name).FullName, "latchkey");
        File.Copy(Repository.Program, program);
        File.SetLastWriteTimeUtc(program, madeAt);
        return program;
    }

    /// <summary>A program and its arguments that start each program of this world in their turn.</summary>
    public string[] Wrapper { get; set; } = [];

    /// <summary>What the hosts of this world wrote to their log.</summary>
    public string Log => string.Concat(((string[])[Paths.HostLog + ".1", Paths.HostLog]).Where(File.Exists).Select(File.ReadAllText));

    /// <summary>The process ids of the hosts that ever listened here, in order.</summary>
    public IReadOnlyList<int> Hosts => [.. Log.Split('\n')
        .Where(line => line.Contains(" 1001 ", StringComparison.Ordinal))
        .Select(line => int.Parse(line.Split(' ')[4]))];

    /// <summary>Starts a program in this world.</summary>
    public Process Start(string[] arguments, params (string Name, string Value)[] variables)
    {
        return StartProgram([.. Wrapper, Executable, .. arguments], variables);
    }

    /// <summary>Starts a relay by the launcher that <c>latchkey install</c> writes, as a browser does.</summary>
    public RelayProcess LaunchRelay()
    {
        var launcher = InstallPlace.OfPerson(Paths).Launcher;
        global::Host.Paths.MakeFolder(Paths.DataFolder);
        AtomicFile.Write(launcher, Encoding.UTF8.GetBytes(Launcher.Text(Executable)), Launcher.Mode);
        return Added(StartProgram([launcher, $"chrome-extension://{Callers.ChromiumId}/"]));
    }

    private Process StartProgram(string[] command, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["HOME"] = _folder.FullName;
        start.Environment["XDG_RUNTIME_DIR"] = Path.Combine(_folder.FullName, "run");
        start.Environment["XDG_STATE_HOME"] = Path.Combine(_folder.FullName, "state");
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(_folder.FullName, "config");
        start.Environment["XDG_DATA_HOME"] = Path.Combine(_folder.FullName, "data");
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    /// <summary>Starts a relay as Chromium does, which has not said hello.</summary>
    public RelayProcess StartRelay(params string[] caller) =>
        Added(Start(["relay", .. caller is [] ? [$"chrome-extension://{Callers.ChromiumId}/"] : caller]));

    private RelayProcess Added(Process process)
    {
        var relay = new RelayProcess(process);
        _relays.Add(relay);
        return relay;
    }

    /// <summary>Starts a relay and says hello.</summary>
    public RelayProcess Relay(char profile = 'A')
    {
        var relay = StartRelay();
        relay.Hello(profile);
        return relay;
    }

    /// <summary>Starts a relay and unlocks the vault.</summary>
    public RelayProcess UnlockedRelay(char profile = 'A')
    {
        var relay = Relay(profile);
        relay.Unlock(VaultPath);
        return relay;
    }

    public void Dispose()
    {
        foreach (var relay in _relays)
        {
            relay.Dispose();
        }
        foreach (var host in Hosts)
        {
            Kill(host);
        }
        _vault.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Kills a process as <c>kill -9</c> does, and waits until it is gone.</summary>
    public static void Kill(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            if (process.ProcessName == "latchkey")
            {
                process.Kill();
            }
        }
        catch (ArgumentException)
        {
            return; // gone already
        }
        HasGone(processId);
    }

    /// <summary>Waits until a process has ended, whether or not its parent has taken notice.</summary>
    /// <returns>Whether it ended within ten seconds.</returns>
    public static bool HasGone(int processId)
    {
        const int timeoutMilliseconds = 10_000;
        var descriptor = pidfd_open(processId, 0);
        if (descriptor < 0)
        {
            return true;
        }
        var ended = Descriptor.Poll(timeoutMilliseconds, [new Libc.PollEntry { Descriptor = descriptor, Events = Libc.PollIn }]);
        _ = Libc.close(descriptor);
        return ended;
    }

    /// <summary>What proc(5) calls <c>stat</c>, from the third field on: those before it are the id and a name that may hold anything.</summary>
    public static string[] StatOf(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    /// <summary>Reads a file that a running host may hold locked.</summary>
    private static byte[] ReadLocked(string path)
    {
        var file = Libc.open(path, Libc.ReadOnly | Libc.CloseOnExec, 0);
        var content = new byte[new FileInfo(path).Length];
        var length = Descriptor.Read(file, content);
        _ = Libc.close(file);
        return content[..length];
    }

    [LibraryImport("libc.so.6")]
    private static partial int pidfd_open(int processId, uint flags);
}

/// <summary>A relay, spoken to as a browser speaks to it.</summary>
internal sealed class RelayProcess(Process process) : IDisposable
{
    private static readonly TimeSpan _longestSilence = TimeSpan.FromSeconds(60);

    private long _lastId;
    private bool _isDisposed;

    public int Id => process.Id;

    /// <summary>Sends a request without waiting.</summary>
    /// <returns>Its id.</returns>
    public long Send(string type, params (string Name, JsonNode? Value)[] members)
    {
        var message = new JsonObject { ["id"] = ++_lastId, ["type"] = type };
        foreach (var (name, value) in members)
        {
            message[name] = value;
        }
        SendBytes(Encoding.UTF8.GetBytes(message.ToJsonString()));
        return _lastId;
    }

    /// <summary>Sends one payload as a frame.</summary>
    public void SendBytes(byte[] payload) => SendRaw([.. BitConverter.GetBytes(payload.Length), .. payload]);

    /// <summary>Sends bytes as they are; a relay that is gone takes none.</summary>
    public void SendRaw(byte[] bytes)
    {
        try
        {
            process.StandardInput.BaseStream.Write(bytes);
            process.StandardInput.BaseStream.Flush();
        }
        catch (IOException)
        {
            // the next receive tells
        }
    }

    /// <summary>The next message, or <see langword="null"/> when the relay has closed the port. One that says nothing for long is ended: a test fails then, and does not hang.</summary>
    public JsonNode? Receive()
    {
        using var limit = new Timer(_ => process.Kill(), state: null, _longestSilence, Timeout.InfiniteTimeSpan);
        var header = new byte[4];
        if (process.StandardOutput.BaseStream.ReadAtLeast(header, 4, throwOnEndOfStream: false) < 4)
        {
            return null;
        }
        var payload = new byte[BitConverter.ToInt32(header)];
        process.StandardOutput.BaseStream.ReadExactly(payload);
        return JsonNode.Parse(payload);
    }

    /// <summary>The next message that is no event.</summary>
    public JsonNode Reply()
    {
        var message = Receive()!;
        while (message["event"] is not null)
        {
            message = Receive()!;
        }
        return message;
    }

    /// <summary>What it wrote to standard error. Waits until it has ended.</summary>
    public string StandardError => process.StandardError.ReadToEnd();

    /// <summary>Asks, and passes over events.</summary>
    public JsonNode? Ask(string type, params (string Name, JsonNode? Value)[] members)
    {
        var id = Send(type, members);
        var message = Receive();
        while (message is not null && (long?)message["id"] != id)
        {
            message = Receive();
        }
        return message;
    }

    public JsonNode? Hello(char profile = 'A', params string[] capabilities) => Ask("hello", HelloMembers(profile, capabilities));

    public void SendHello() => Send("hello", HelloMembers('A', []));

    public JsonNode? Unlock(string path) => Ask("unlock", ("passphrase", TestVault.Passphrase), ("path", path));

    public JsonNode? Save(string title) => Ask("save", ("item", new JsonObject
    {
        ["kind"] = "login",
        ["title"] = title,
        ["password"] = title,
        ["urls"] = new JsonArray(),
        ["tags"] = new JsonArray(),
    }));

    private static (string Name, JsonNode? Value)[] HelloMembers(char profile, string[] capabilities) =>
    [
        ("protocol", new JsonObject { ["min"] = 1, ["max"] = 1 }),
        ("client", "extension"),
        ("version", "0.1.0"),
        ("capabilities", new JsonArray([.. capabilities.Select(word => JsonValue.Create(word))])),
        ("locale", "en"),
        ("profile", $"{new string(profile, 42)}A"),
    ];

    /// <summary>Closes the port as a browser does.</summary>
    /// <returns>The exit code.</returns>
    public int Close()
    {
        process.StandardInput.Close();
        return WaitForExit();
    }

    /// <summary>Waits until the relay has ended.</summary>
    /// <returns>The exit code, or -1 if it did not end within the two seconds that Chromium gives.</returns>
    public int WaitForExit() => process.WaitForExit(2_000) ? process.ExitCode : -1;

    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }
        _isDisposed = true;
        if (!process.HasExited)
        {
            Kill();
        }
        process.Dispose();
    }
}
