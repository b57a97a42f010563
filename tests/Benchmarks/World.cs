using System.Diagnostics;
using Vault;

namespace Benchmarks;

/// <summary>A person's folders, made for one benchmark and deleted after it, and the released program in them.</summary>
internal sealed class World : IDisposable
{
    public const string Passphrase = SampleVault.Passphrase;

    private readonly string _root = Directory.CreateTempSubdirectory("latchkey-bench-").FullName;

    public World()
    {
        foreach (var folder in (string[])["run", "home", "data", "config", "state"])
        {
            Directory.CreateDirectory(Path.Combine(_root, folder), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        Environment = new Dictionary<string, string>
        {
            ["HOME"] = Path.Combine(_root, "home"),
            ["XDG_RUNTIME_DIR"] = Path.Combine(_root, "run"),
            ["XDG_DATA_HOME"] = Path.Combine(_root, "data"),
            ["XDG_CONFIG_HOME"] = Path.Combine(_root, "config"),
            ["XDG_STATE_HOME"] = Path.Combine(_root, "state"),
            ["DOTNET_EnableDiagnostics"] = "0",
        };
        using (var install = Pipe.Start(Latchkey, ["install", "--browser", "firefox"], Environment))
        {
        }
        Launcher = Path.Combine(_root, "data", "latchkey", "latchkey-relay");
    }

    public static string Dist { get; } = FindDist();

    public static string Latchkey => Path.Combine(Dist, "latchkey");

    public IReadOnlyDictionary<string, string> Environment { get; }

    public string VaultPath => Path.Combine(_root, "data", "latchkey", "vault.kdbx");

    public string SocketFolder => Path.Combine(_root, "run", "latchkey");

    public string PathOf(string name) => Path.Combine(_root, name);

    /// <summary>Writes the vault that the host opens by itself; with a login for a page if one is named.</summary>
    public World WithVault(int items, string? loginUrl = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(VaultPath)!);
        SampleVault.Write(VaultPath, items, KdfSettings.Default, loginUrl);
        return this;
    }

    /// <summary>What browsers start, as <c>latchkey install</c> writes it.</summary>
    public string Launcher { get; }

    /// <summary>Starts a relay as Firefox does.</summary>
    public Pipe StartRelay() => Pipe.Start(Launcher, [PathOf("org.latchkey.host.json"), "latchkey@latchkey.example"], Environment);

    /// <summary>A relay whose <c>hello</c> is answered.</summary>
    public Pipe StartClient(int profile = 1)
    {
        var relay = StartRelay();
        relay.Ask("hello", Hello(profile));
        return relay;
    }

    /// <summary>A client whose profile has unlocked the vault.</summary>
    public Pipe StartUnlocked(int profile = 1)
    {
        var client = StartClient(profile);
        client.Ask("unlock", $"\"passphrase\":\"{Passphrase}\"");
        return client;
    }

    public static string Hello(int profile)
    {
        var key = Convert.ToBase64String(Enumerable.Repeat((byte)profile, 32).ToArray()).TrimEnd('=');
        return $$"""
            "protocol":{"min":1,"max":1},"client":"extension","version":"0.1.0","capabilities":[],"locale":"en","profile":"{{key}}","browser":"firefox"
            """;
    }

    /// <summary>The process that serves this world's socket.</summary>
    public int HostProcessId() => Process.GetProcessesByName("latchkey").Single(process =>
        File.ReadAllText($"/proc/{process.Id}/cmdline").Split('\0').Contains("host")
        && File.ReadAllText($"/proc/{process.Id}/environ").Contains(_root, StringComparison.Ordinal)).Id;

    public void Dispose()
    {
        try
        {
            using var client = StartClient();
            client.Ask("lock");
        }
        catch (Exception error) when (error is InvalidOperationException or EndOfStreamException)
        {
            // nothing was unlocked
        }
        Directory.Delete(_root, recursive: true);
    }

    private static string FindDist()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "NativeHost.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }
        return Path.Combine(folder, "dist");
    }
}
