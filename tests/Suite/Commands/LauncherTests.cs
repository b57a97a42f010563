using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Host.Install;
using NUnit.Framework;

namespace Suite.Commands;

public class LauncherTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("latchkey-launcher-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("plain")]
    [TestCase("with space")]
    [TestCase("it's")]
    [TestCase("a=b")]
    [TestCase("a'b'' $HOME `id` \"c\" \\ ; & * ü")]
    [TestCase("two\nlines")]
    public async Task Launcher_starts_the_executable_whatever_its_name(string name)
    {
        var result = await RunAsync(name, "printf '%s|' \"$@\"", [], "chrome-extension://a b/", "$x");

        Assert.That(result.Messages, Is.Empty);
        Assert.That(result.Data, Is.EqualTo("relay|chrome-extension://a b/|$x|"));
        Assert.That(Launcher.Executable(Launcher.Text($"/{name}")), Is.EqualTo($"/{name}"));
    }

    [Test]
    public async Task Launcher_clears_what_lets_others_look_into_the_process()
    {
        (string, string)[] environment =
        [
            ("LD_AUDIT", ""), ("LD_LIBRARY_PATH", "/nowhere"), ("DOTNET_STARTUP_HOOKS", "/evil.dll"), ("DOTNET_EnableDiagnostics", "1"),
            ("CORECLR_ENABLE_PROFILING", "1"), ("COMPlus_Legacy", "1"), ("COR_PROFILER", "x"), ("OTHER", "x"), ("TMPDIR", "a\nDOTNET_Fake=1"),
        ];

        var result = await RunAsync("show", "exec env", environment);

        var names = result.Data.Split('\n').Select(line => line.Split('=')[0]).ToList();
        // PWD is the shell's own, which shows them here.
        Assert.That(names, Is.SubsetOf((string[])[.. global::Host.Hardening.Kept, "DOTNET_EnableDiagnostics", "DOTNET_Fake", "PWD", ""]));
        Assert.That(result.Data, Does.Contain("DOTNET_EnableDiagnostics=0\n").And.Contain("TMPDIR=a\nDOTNET_Fake=1\n").And.Contain("PATH=/"));
    }

    [Test]
    public async Task Launcher_starts_a_host_beside_the_relay_only_where_no_socket_is()
    {
        const string script = "printf '%s|' \"$@\"";
        (string, string)[] environment = [("XDG_RUNTIME_DIR", _folder)];

        var beside = await RunAsync("show", script, environment, "caller");
        Assert.That(beside.Data, Does.Match(@"^relay\|beside\|\d+\|caller\|$"));

        Directory.CreateDirectory(Path.Combine(_folder, "latchkey"));
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "latchkey", "host.sock")));
        Assert.That((await RunAsync("show", script, environment, "caller")).Data, Is.EqualTo("relay|caller|"));
    }

    [TestCase("dist/latchkey")]
    [TestCase("it's \"gone\" \\ % $HOME ü\nall")]
    public async Task Launcher_of_a_program_that_is_gone_answers_the_first_frame_and_waits_for_the_end(string name)
    {
        var executable = Path.Combine(_folder, name);

        using var process = StartLauncher(executable, []);
        var stream = process.StandardInput.BaseStream;
        await stream.WriteAsync(Frame("""{"id":9007199254740991,"type":"hello","profile":"\u00fc\"id\":3"}"""));
        await stream.FlushAsync();
        var header = new byte[4];
        await process.StandardOutput.BaseStream.ReadExactlyAsync(header);
        var answer = new byte[BitConverter.ToInt32(header)];
        await process.StandardOutput.BaseStream.ReadExactlyAsync(answer);

        using var document = JsonDocument.Parse(answer);
        var error = document.RootElement.GetProperty("error");
        Assert.That(document.RootElement.GetProperty("id").GetInt64(), Is.EqualTo(9007199254740991));
        Assert.That(error.GetProperty("kind").GetString(), Is.EqualTo("programGone"));
        Assert.That(error.GetProperty("message").GetString(), Is.EqualTo($"there is no program at {executable}"));
        Assert.That(error.GetProperty("hint").GetString(), Is.EqualTo("put the folder back, or build again: bash native-host/build.sh"));
        Assert.That(process.HasExited, Is.False);
        Assert.That(await Person.EndAsync(Closed(process)), Is.EqualTo(new CommandResult(0, "", "")));
    }

    [Test]
    public async Task Launcher_of_a_program_that_may_not_be_run_answers_too()
    {
        var executable = Path.Combine(_folder, "latchkey");
        AtomicFile.Write(executable, "#!/bin/sh\n"u8.ToArray(), UnixFileMode.UserRead | UnixFileMode.UserWrite);

        using var process = StartLauncher(executable, []);
        await process.StandardInput.BaseStream.WriteAsync(Frame("""{"id":1,"type":"hello"}"""));
        var result = await Person.EndAsync(Closed(process));

        Assert.That(result.Data, Does.Contain($"there is no program at {executable}"));
        Assert.That(result.Messages, Is.Empty);
    }

    [TestCase("")]
    [TestCase("#!/bin/sh\nexit 1\n")]
    [TestCase("exec 'x'")]
    public void Text_that_is_no_launcher_has_no_executable(string text) => Assert.That(Launcher.Executable(text), Is.Null);

    private async Task<CommandResult> RunAsync(string name, string script, (string, string)[] environment, params string[] args)
    {
        var executable = Path.Combine(_folder, name);
        AtomicFile.Write(executable, Encoding.UTF8.GetBytes($"#!/bin/sh\n{script}\n"), Launcher.Mode);
        using var process = StartLauncher(executable, environment, args);
        return await Person.EndAsync(process);
    }

    private Process StartLauncher(string executable, (string, string)[] environment, params string[] args)
    {
        var launcher = Path.Combine(_folder, "launcher");
        AtomicFile.Write(launcher, Encoding.UTF8.GetBytes(Launcher.Text(executable)), Launcher.Mode);
        var start = new ProcessStartInfo(launcher, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_RUNTIME_DIR"] = "/nowhere";
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }
        return Process.Start(start)!;
    }

    private static Process Closed(Process process)
    {
        process.StandardInput.Close();
        return process;
    }

    private static byte[] Frame(string json)
    {
        var payload = Encoding.UTF8.GetBytes(json);
        return [.. BitConverter.GetBytes(payload.Length), .. payload];
    }
}
