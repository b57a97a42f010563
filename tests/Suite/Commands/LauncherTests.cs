using System.Net.Sockets;
using System.Text;
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

    [TestCase("")]
    [TestCase("#!/bin/sh\nexit 1\n")]
    [TestCase("exec 'x'")]
    public void Text_that_is_no_launcher_has_no_executable(string text) => Assert.That(Launcher.Executable(text), Is.Null);

    private async Task<CommandResult> RunAsync(string name, string script, (string, string)[] environment, params string[] args)
    {
        var executable = Path.Combine(_folder, name);
        var launcher = Path.Combine(_folder, "launcher");
        AtomicFile.Write(executable, Encoding.UTF8.GetBytes($"#!/bin/sh\n{script}\n"), Launcher.Mode);
        AtomicFile.Write(launcher, Encoding.UTF8.GetBytes(Launcher.Text(executable)), Launcher.Mode);
        var start = new System.Diagnostics.ProcessStartInfo(launcher, args)
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
        using var process = System.Diagnostics.Process.Start(start)!;
        return await Person.EndAsync(process);
    }
}
