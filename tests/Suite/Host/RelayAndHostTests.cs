using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Host.Client;
using Host.Native;
using Host.Protocol;
using NUnit.Framework;
using Suite.Unit.Vault;

namespace Suite.Hosting;

/// <summary>Real processes: the executable in the roles of relay and host, spoken to as a browser does.</summary>
[SupportedOSPlatform("linux")]
public class RelayAndHostTests
{
    private HostWorld _world = null!;

    [SetUp]
    public void SetUp() => _world = new HostWorld(TestSession.Login("Example", "https://www.example.com"));

    [TearDown]
    public void TearDown() => _world.Dispose();

    [Test]
    public void Hello_starts_a_host_that_answers()
    {
        using var relay = _world.StartRelay();

        Assert.That((string?)relay.Hello()!["ok"]!["status"]!["state"], Is.EqualTo("noVault"));
        Assert.That(_world.Hosts, Has.Count.EqualTo(1));
        Assert.That(relay.Close(), Is.Zero);
    }

    [Test]
    public void Launcher_starts_a_host_beside_the_relay_where_none_listens()
    {
        var relay = _world.LaunchRelay();
        relay.Hello();
        var host = _world.Hosts.Single();

        Assert.That(StatOf(host)[4 - 3], Is.EqualTo($"{relay.Id}"), "its parent: the launcher started it, and became the relay");
        Assert.That(StatOf(host)[6 - 3], Is.EqualTo($"{host}"), "its session: no signal for the browser's processes reaches it");

        _world.LaunchRelay().Hello();
        Assert.That(_world.Hosts, Has.Count.EqualTo(1));
    }

    [Test]
    public void Launcher_leaves_it_to_the_relay_to_replace_a_host_that_was_killed()
    {
        _world.Relay();
        HostWorld.Kill(_world.Hosts.Single());

        Assert.That((string?)_world.LaunchRelay().Hello()!["ok"]!["status"]!["state"], Is.EqualTo("noVault"));
        Assert.That(_world.Hosts, Has.Count.EqualTo(2));
    }

    [TestCase("1", TestName = "Relay_beside_a_process_that_is_no_child_of_its_own_starts_a_host_itself")]
    [TestCase("0", TestName = "Relay_beside_no_process_is_refused_as_a_caller")]
    [TestCase("x", TestName = "Relay_beside_what_is_no_number_is_refused_as_a_caller")]
    public void Relay_beside(string process)
    {
        var relay = _world.StartRelay("beside", process, $"chrome-extension://{Callers.ChromiumId}/");

        Assert.That((string?)relay.Hello()!["error"]?["kind"], Is.EqualTo(process == "1" ? null : "notAllowed"));
        Assert.That(_world.Hosts, Has.Count.EqualTo(process == "1" ? 1 : 0));
    }

    [Test]
    public void Log_that_is_full_becomes_the_older_one()
    {
        global::Host.Paths.MakeFolder(_world.Paths.StateFolder);
        File.WriteAllText(_world.Paths.HostLog, new string('x', 256 * 1024 - 10) + "\n");

        _world.UnlockedRelay();

        Assert.That(File.ReadAllText(_world.Paths.HostLog + ".1"), Does.StartWith("xxx").And.Contain(" 1001 "));
        Assert.That(File.ReadAllText(_world.Paths.HostLog), Does.Contain(" 1201 unlocked"));
    }

    [Test]
    public void Two_relays_share_one_unlock()
    {
        var first = _world.UnlockedRelay('A');
        var second = _world.UnlockedRelay('B');

        Assert.That(Total(first), Is.EqualTo(1));
        Assert.That(Total(second), Is.EqualTo(1));
        Assert.That(_world.Hosts, Has.Count.EqualTo(1));
    }

    [Test]
    public void Lock_ends_the_host_and_the_relay_stays()
    {
        var first = _world.UnlockedRelay('A');
        var second = _world.UnlockedRelay('B');
        var host = _world.Hosts.Single();

        Assert.That(Text(first.Ask("lock")), Is.EqualTo("""{"id":3,"ok":{}}"""));
        Assert.That(Text(first.Receive()), Is.EqualTo("""{"event":"locked","reason":"command"}"""));
        Assert.That(Text(second.Receive()), Is.EqualTo("""{"event":"locked","reason":"command"}"""));
        Assert.That(HostWorld.HasGone(host));
        Assert.That((string?)first.Ask("status")!["ok"]!["state"], Is.EqualTo("locked"));
        Assert.That(_world.Hosts, Has.Count.EqualTo(2));
        Assert.That((string?)second.Unlock(_world.VaultPath)!["ok"]!["state"], Is.EqualTo("unlocked"));
        Assert.That(_world.Hosts, Has.Count.EqualTo(2));
        Assert.That(Total(first), Is.EqualTo(1), "the profile is known to the vault");
    }

    [Test]
    public void Host_killed_while_a_request_is_pending_is_told_and_replaced()
    {
        var relay = _world.Relay();
        var host = _world.Hosts.Single();
        using (var process = Process.GetProcessById(host))
        {
            Stop(host); // so that the request stays unanswered
            relay.Send("status");
            process.Kill();
        }

        Assert.That(Text(relay.Receive()), Is.EqualTo("""{"event":"locked","reason":"stopped"}"""));
        // A dying process lets go of its connections one by one: until it has, one may reach it once more, and is told again.
        Assert.That(HostWorld.HasGone(host));
        Assert.That((string?)relay.Ask("status")!["ok"]!["state"], Is.EqualTo("noVault"));
        Assert.That(_world.Hosts, Has.Count.EqualTo(2));
    }

    /// <summary>What a host that locks still says when it has read the hello.</summary>
    [TestCase("")]
    [TestCase("""{"event":"locked","reason":"command"}""")]
    public void Host_that_ends_before_it_answers_hello_is_replaced_and_nobody_hears_of_it(string lastWords)
    {
        using var ending = new EndingHost(_world.Paths);
        var relay = _world.StartRelay();
        relay.SendHello();
        ending.Take(frames: 1);
        ending.End(lastWords);

        Assert.That((string?)relay.Receive()?["ok"]?["status"]?["state"], Is.EqualTo("noVault"));
        Assert.That(_world.Hosts, Has.Count.EqualTo(1));
    }

    [Test]
    public void Host_that_ends_before_hello_is_replaced_and_nobody_hears_of_it()
    {
        using var ending = new EndingHost(_world.Paths);
        var relay = _world.StartRelay();
        ending.Take(frames: 0);
        ending.End();
        relay.SendHello();

        Assert.That((string?)relay.Receive()?["ok"]?["status"]?["state"], Is.EqualTo("noVault"));
        Assert.That(_world.Hosts, Has.Count.EqualTo(1));
    }

    [Test]
    public void Request_that_follows_an_unanswered_hello_is_lost_with_the_host_and_said_to_be()
    {
        using var ending = new EndingHost(_world.Paths);
        var relay = _world.StartRelay();
        relay.SendHello();
        relay.Send("status");
        ending.Take(frames: 2);
        ending.End();

        Assert.That(Text(relay.Receive()), Is.EqualTo("""{"event":"locked","reason":"stopped"}"""));
        Assert.That(relay.Hello()!["ok"], Is.Not.Null);
    }

    [Test]
    public void Fourth_host_in_a_row_that_ends_before_it_answers_hello_is_said_to_have_stopped()
    {
        using var ending = new EndingHost(_world.Paths);
        var relay = _world.StartRelay();
        relay.SendHello();
        for (var times = 0; times < 4; times++)
        {
            ending.Take(frames: 1);
            ending.Drop();
        }

        Assert.That(Text(relay.Receive()), Is.EqualTo("""{"event":"locked","reason":"stopped"}"""));
        ending.Dispose();
        Assert.That(relay.Hello()!["ok"], Is.Not.Null);
    }

    [Test]
    public void Next_host_that_cannot_start_is_the_answer_to_hello_and_another_hello_may_follow()
    {
        using var ending = new EndingHost(_world.Paths);
        var relay = _world.StartRelay();
        relay.SendHello();
        ending.Take(frames: 1);
        var mode = File.GetUnixFileMode(_world.Paths.RuntimeFolder);
        File.SetUnixFileMode(_world.Paths.RuntimeFolder, mode | UnixFileMode.OtherExecute);
        ending.End();

        Assert.That((string?)relay.Receive()!["error"]?["kind"], Is.EqualTo("hostFailed"));
        File.SetUnixFileMode(_world.Paths.RuntimeFolder, mode);
        Assert.That(relay.Hello()!["ok"], Is.Not.Null);
    }

    [Test]
    public void Eight_relays_at_once_start_one_host()
    {
        var relays = Enumerable.Range(0, 8).Select(_ => _world.StartRelay()).ToList();
        foreach (var relay in relays)
        {
            Assert.That(relay.Hello()!["ok"], Is.Not.Null);
        }

        Assert.That(_world.Hosts, Has.Count.EqualTo(1));
    }

    [Test]
    public void Kills_at_any_moment_lose_no_acknowledged_write()
    {
        var random = new Random(4711);
        var acknowledged = new List<string>();
        for (var round = 0; round < 4; round++)
        {
            var relay = _world.UnlockedRelay();
            var killed = new Thread(() =>
            {
                var victim = round % 2 == 0 ? _world.Hosts[^1] : relay.Id;
                SpinFor(TimeSpan.FromMilliseconds(random.Next(60)));
                HostWorld.Kill(victim);
            });
            killed.Start();
            for (var number = 0; number < 20; number++)
            {
                var title = $"round {round} number {number}";
                relay.Send("save", ("item", new JsonObject
                {
                    ["kind"] = "login",
                    ["title"] = title,
                    ["password"] = title,
                    ["urls"] = new JsonArray(),
                    ["tags"] = new JsonArray(),
                }));
                var reply = relay.Receive();
                if (reply?["ok"] is null)
                {
                    break; // the end of the port, or "locked"
                }
                acknowledged.Add(title);
            }
            killed.Join();
            relay.Dispose();
        }
        _world.UnlockedRelay().Ask("lock");
        HostWorld.HasGone(_world.Hosts[^1]);

        using var key = TestVault.Key();
        using var file = global::Vault.VaultFile.Open(_world.VaultPath, key);
        Assert.That(acknowledged, Is.Not.Empty);
        Assert.That(acknowledged, Is.SubsetOf(file.Items.Select(item => item.Title)));
        foreach (var item in file.Items.Where(item => acknowledged.Contains(item.Title)))
        {
            Assert.That(TestVault.Read(file, item.Id, "Password"), Is.EqualTo(item.Title));
        }
    }

    [Test]
    public void Relay_ends_within_two_seconds_of_the_port_s_end_and_the_host_stays_unlocked()
    {
        var relay = _world.UnlockedRelay();

        Assert.That(relay.Close(), Is.Zero);
        Assert.That((string?)_world.Relay().Ask("status")!["ok"]!["state"], Is.EqualTo("unlocked"));
        Assert.That(_world.Hosts, Has.Count.EqualTo(1));
    }

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
        // A startup hook that is not there ends the runtime before Main: nothing of ours runs, and nothing of the hook's either.
        using var process = _world.Start(["relay", $"chrome-extension://{Callers.ChromiumId}/"], (name, value));
        using var relay = new RelayProcess(process);
        var hello = relay.Hello();
        if (name == "DOTNET_STARTUP_HOOKS")
        {
            Assert.That(hello, Is.Null);
            return;
        }

        Assert.That(hello!["ok"], Is.Not.Null);
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

    [Test]
    public async Task Command_line_s_connection_reaches_the_host()
    {
        _world.UnlockedRelay();
        await using var connection = new SocketConnection(HostLinkDescriptor());

        var welcome = (Welcome)await connection.AskAsync(new Hello(new VersionRange(1, 1), "cli", "0.1.0", [], "en"));
        Assert.That(welcome.Status.State, Is.EqualTo("locked"));
        var status = (Status)await connection.AskAsync(new Unlock(TestClient.SecretOf(TestVault.Passphrase), _world.VaultPath));
        Assert.That((status.State, status.Items), Is.EqualTo(("unlocked", 1)));
        var refusal = await Assert.ThrowsAsync<ProtocolException>(() => connection.AskAsync(new GetItem("AAAAAAAAAAAAAAAAAAAAAA")));
        Assert.That(refusal!.Error.Kind, Is.EqualTo("notFound"));
        Assert.That(await connection.AskAsync(new global::Host.Protocol.Lock()), Is.EqualTo(new Done()));
        Assert.That(HostWorld.HasGone(_world.Hosts.Single()));
    }

    [Test]
    public void Vault_of_a_host_is_in_use_for_everybody_else()
    {
        Assert.That(global::Host.Service.VaultLock.IsHeldByHost(_world.Paths, _world.VaultPath), Is.False);
        _world.UnlockedRelay();

        Assert.That(global::Host.Service.VaultLock.IsHeldByHost(_world.Paths, _world.VaultPath));
        var refusal = Assert.Throws<ProtocolException>(
            () => global::Host.Service.VaultLock.Take(_world.Paths, _world.VaultPath, isHost: false));
        Assert.That(refusal!.Error.Kind, Is.EqualTo("vaultInUse"));
    }

    [Test]
    public void Log_of_the_host_says_nothing_of_the_vault()
    {
        var relay = _world.UnlockedRelay();
        relay.Ask("search", ("query", "Example"), ("limit", 5));
        relay.Ask("reveal", ("item", _world.Ids[0]), ("field", "Password"), ("purpose", "show"));

        Assert.That(_world.Log, Does.Contain(" 1201 unlocked, 1 items"));
        Assert.That(_world.Log, Does.Not.Contain("s3cr3t").And.Not.Contain("Example").And.Not.Contain(_world.Ids[0]));
    }

    private int HostLinkDescriptor() => global::Host.HostLink.TryConnect(_world.Paths);

    private static int Total(RelayProcess relay) => (int)relay.Ask("search", ("query", ""), ("limit", 5))!["ok"]!["total"]!;

    private static string? Text(JsonNode? message) => message?.ToJsonString();

    private static string[] EnvironmentOf(int process) => File.ReadAllText($"/proc/{process}/environ").Split('\0');

    /// <summary>When a process started, as the runtime names its socket by: one that was killed leaves its own, and ids come again.</summary>
    private static string StartOf(int process) => StatOf(process)[22 - 3];

    /// <summary>What proc(5) calls <c>stat</c>, from the third field on: those before it are the id and a name that may hold anything.</summary>
    private static string[] StatOf(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    /// <summary>Holds a process still. One of its threads may still run when the signal was sent: waits until none does.</summary>
    private static void Stop(int process)
    {
        using var kill = Process.Start("kill", ["-STOP", process.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        while (Directory.GetDirectories($"/proc/{process}/task").Any(task => !File.ReadAllText($"{task}/stat").Contains(") T ", StringComparison.Ordinal)))
        {
            Thread.Yield();
        }
    }

    private static void SpinFor(TimeSpan time)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time;)
        {
            Thread.SpinWait(100);
        }
    }
}
