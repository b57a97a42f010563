using System.Diagnostics;
using System.Runtime.Versioning;
using Host.Native;
using Host.Protocol;
using NUnit.Framework;

namespace Suite.Hosting;

/// <summary>What real relays and hosts do about callers, messages, sockets, folders and environments that mean no good.</summary>
[SupportedOSPlatform("linux")]
public class RelayDefenceTests
{
    private HostWorld _world = null!;

    [SetUp]
    public void SetUp() => _world = new HostWorld(TestSession.Login("Example", "https://www.example.com"));

    [TearDown]
    public void TearDown() => _world.Dispose();

    private static IEnumerable<TestCaseData> ForeignCallers => new[]
    {
        new[] { "chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/" },
        [$"chrome-extension://{Callers.ChromiumId}"],
        [$"https://{Callers.ChromiumId}/"],
        ["/usr/lib/mozilla/native-messaging-hosts/latchkey.json", "evil@example.org"],
        ["relative.json", Callers.FirefoxId],
        [$"chrome-extension://{Callers.ChromiumId}/", "more", "more"],
    }.Select(caller => new TestCaseData(caller));

    [TestCaseSource(nameof(ForeignCallers))]
    public void Foreign_caller_is_told_so_and_starts_no_host(params string[] caller)
    {
        var relay = _world.StartRelay(caller);

        Assert.That((string?)relay.Hello()!["error"]!["kind"], Is.EqualTo("notAllowed"));
        Assert.That(relay.WaitForExit(), Is.EqualTo(global::Host.ExitCodes.Refused));
        Assert.That(_world.Hosts, Is.Empty);
    }

    [Test]
    public void Firefox_s_add_on_is_known()
    {
        var relay = _world.StartRelay("/usr/lib/mozilla/native-messaging-hosts/latchkey.json", Callers.FirefoxId);
        Assert.That(relay.Hello()!["ok"], Is.Not.Null);
    }

    [TestCase(0u)]
    [TestCase(Limits.ToHostBytes + 1u)]
    [TestCase(uint.MaxValue)]
    public void Length_bomb_is_answered_and_closes_the_port(uint length)
    {
        var relay = _world.Relay();
        relay.SendRaw(BitConverter.GetBytes(length));

        Assert.That((string?)relay.Receive()!["error"]!["kind"], Is.EqualTo("badMessage"));
        Assert.That(relay.Receive(), Is.Null);
    }

    [Test]
    public void Bad_messages_are_answered_and_the_port_stays_open()
    {
        var relay = _world.Relay();
        var longest = new byte[Limits.ToHostBytes];
        longest.AsSpan().Fill((byte)'[');
        foreach (var bad in new[] { "null"u8.ToArray(), [0xff, 0xfe], "{\"id\":1e999}"u8.ToArray(), longest })
        {
            relay.SendBytes(bad);
            Assert.That((string?)relay.Receive()!["error"]!["kind"], Is.EqualTo("badMessage"));
        }

        Assert.That((string?)relay.Ask("teleport")!["error"]!["kind"], Is.EqualTo("unknownType"));
        Assert.That(relay.Ask("status")!["ok"], Is.Not.Null);
    }

    [Test]
    public void Squatted_socket_is_refused()
    {
        Directory.CreateDirectory(_world.Paths.RuntimeFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var squatter = UnixSocket.Listen(_world.Paths.Socket);
        File.SetUnixFileMode(_world.Paths.Socket, (UnixFileMode)0b111_111_111);

        Assert.That((string?)_world.StartRelay().Hello()!["error"]!["kind"], Is.EqualTo("hostFailed"));
        _ = Libc.close(squatter);
    }

    [Test]
    public void File_in_the_socket_s_place_is_refused()
    {
        Directory.CreateDirectory(_world.Paths.RuntimeFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(_world.Paths.Socket, "");

        Assert.That((string?)_world.StartRelay().Hello()!["error"]!["kind"], Is.EqualTo("hostFailed"));
    }

    [Test]
    public void Runtime_folder_that_others_may_enter_is_refused()
    {
        Directory.CreateDirectory(_world.Paths.RuntimeFolder);
        File.SetUnixFileMode(_world.Paths.RuntimeFolder, (UnixFileMode)0b111_101_101);

        var error = _world.StartRelay().Hello()!["error"]!;
        Assert.That(((string?)error["kind"], (string?)error["hint"]), Is.EqualTo(("hostFailed", $"chmod 700 {_world.Paths.RuntimeFolder}")));
    }

    [Test]
    public void Runtime_folder_that_is_a_link_is_refused()
    {
        var elsewhere = Directory.CreateTempSubdirectory("latchkey-elsewhere");
        File.CreateSymbolicLink(_world.Paths.RuntimeFolder, elsewhere.FullName);

        Assert.That((string?)_world.StartRelay().Hello()!["error"]!["kind"], Is.EqualTo("hostFailed"));
        Assert.That(elsewhere.EnumerateFileSystemInfos(), Is.Empty);
        elsewhere.Delete();
    }

    [Test]
    public void Runtime_folder_of_somebody_else_is_refused()
    {
        var theirs = "/usr"; // root's; who is root gives a folder away
        if (Libc.geteuid() == 0)
        {
            theirs = Directory.CreateDirectory(_world.Paths.RuntimeFolder + "-theirs").FullName;
            using var chown = Process.Start("chown", ["65534", theirs]);
            chown.WaitForExit();
        }

        Assert.That(
            () => (_world.Paths with { RuntimeFolder = theirs }).EnsureRuntimeFolder(),
            Throws.TypeOf<global::Host.UnsafePathException>().With.Message.EndsWith("belongs to somebody else"));
    }

    [Test]
    public void Socket_that_a_killed_host_left_is_taken_over()
    {
        var relay = _world.Relay();
        HostWorld.Kill(_world.Hosts.Single());
        relay.Close();

        Assert.That(File.Exists(_world.Paths.Socket));
        Assert.That(_world.StartRelay().Hello()!["ok"], Is.Not.Null);
    }

    [TestCase("DOTNET_EnableDiagnostics", "1")]
    [TestCase("DOTNET_STARTUP_HOOKS", "/nowhere/hook.dll")]
    [TestCase("CORECLR_ENABLE_PROFILING", "0")]
    [TestCase("LD_AUDIT", "")]
    public void Relay_with_a_dirty_environment_starts_itself_anew(string name, string value)
    {
        using var process = _world.Start(["relay", $"chrome-extension://{Callers.ChromiumId}/"], (name, value));
        using var relay = new RelayProcess(process);

        Assert.That(relay.Hello()!["ok"], Is.Not.Null);
        Assert.That(EnvironmentOf(process.Id), Does.Contain("DOTNET_EnableDiagnostics=0").And.None.StartsWith(name + "=" + value + "!"));
        Assert.That(EnvironmentOf(process.Id).Where(one => one.StartsWith(name, StringComparison.Ordinal)),
            Is.SubsetOf(new[] { "DOTNET_EnableDiagnostics=0" }));
    }

    [Test]
    public void Host_and_relay_are_closed_to_debuggers()
    {
        var relay = _world.UnlockedRelay();

        foreach (var process in new[] { relay.Id, _world.Hosts.Single() })
        {
            // What the kernel does to a process that is not dumpable: its files in /proc belong to root, its memory to nobody.
            Assert.That(Directory.GetFiles(Path.GetTempPath(), $"dotnet-diagnostic-{process}-{StartOf(process)}-*"), Is.Empty);
            var status = File.ReadAllLines($"/proc/{process}/status");
            Assert.That(status, Does.Contain("NoNewPrivs:\t1"));
            Assert.That(File.ReadAllText($"/proc/{process}/limits"), Does.Match("Max core file size +0 +0 "));
            Assert.That(status, Does.Contain("Umask:\t0077"));
        }
        Assert.That(FileFacts.Of(_world.Paths.Socket)!.Value.IsPrivate);
        Assert.That(FileFacts.Of(_world.Paths.RuntimeFolder)!.Value.IsPrivate);
        Assert.That(FileFacts.Of(_world.Paths.HostLog)!.Value.IsPrivate);
    }

    private static string[] EnvironmentOf(int process) => File.ReadAllText($"/proc/{process}/environ").Split('\0');

    /// <summary>When a process started, as the runtime names its socket by: one that was killed leaves its own, and ids come again.</summary>
    private static string StartOf(int process) => HostWorld.StatOf(process)[22 - 3];
}
