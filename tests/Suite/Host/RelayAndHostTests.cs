using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Host.Client;
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

        Assert.That(HostWorld.StatOf(host)[4 - 3], Is.EqualTo($"{relay.Id}"), "its parent: the launcher started it, and became the relay");
        Assert.That(HostWorld.StatOf(host)[6 - 3], Is.EqualTo($"{host}"), "its session: no signal for the browser's processes reaches it");

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
            using var begun = new ManualResetEventSlim(); // the moment is counted from the first write, however slow the machine is
            var killed = new Thread(() =>
            {
                var victim = round % 2 == 0 ? _world.Hosts[^1] : relay.Id;
                begun.Wait();
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
                begun.Set();
            }
            begun.Set();
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
