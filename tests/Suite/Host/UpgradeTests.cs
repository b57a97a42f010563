using System.Runtime.Versioning;
using NUnit.Framework;

namespace Suite.Hosting;

/// <summary>Two builds of the program, in real processes: which of them serves.</summary>
[SupportedOSPlatform("linux")]
public class UpgradeTests
{
    private HostWorld _world = null!;
    private string _older = null!;
    private string _newer = null!;

    [SetUp]
    public void SetUp()
    {
        _world = new HostWorld();
        _older = _world.InstallBuild("older", new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        _newer = _world.InstallBuild("newer", new DateTime(2026, 1, 1, 0, 0, 1, DateTimeKind.Utc));
    }

    [TearDown]
    public void TearDown() => _world.Dispose();

    [Test]
    public void Newer_relay_replaces_a_host_without_a_vault()
    {
        _world.Executable = _older;
        var first = _world.Relay('A');
        _world.Executable = _newer;
        var second = _world.Relay('B');

        Assert.That(HostWorld.HasGone(_world.Hosts[0]));
        Assert.That(ProgramOf(_world.Hosts[1]), Is.EqualTo(_newer));
        Assert.That(first.Receive()!.ToJsonString(), Is.EqualTo("""{"event":"locked","reason":"stopped"}"""));
        Assert.That(State(first), Is.EqualTo("noVault"), "it goes on with the new host");
        Assert.That(State(second), Is.EqualTo("noVault"));
        Assert.That(_world.Hosts, Has.Count.EqualTo(2));
    }

    [Test]
    public void Host_with_an_open_vault_serves_until_it_locks_and_the_newer_one_comes_then()
    {
        _world.Executable = _older;
        _world.UnlockedRelay('A');
        _world.Executable = _newer;
        var second = _world.UnlockedRelay('B');

        Assert.That(State(second), Is.EqualTo("unlocked"));
        Assert.That(_world.Hosts, Has.Count.EqualTo(1));

        second.Ask("lock");
        second.Receive();
        Assert.That(State(second), Is.EqualTo("locked"));
        Assert.That(ProgramOf(_world.Hosts[1]), Is.EqualTo(_newer));
    }

    [Test]
    public void Older_relay_uses_a_newer_host()
    {
        _world.Executable = _newer;
        _world.Relay('A');
        _world.Executable = _older;

        Assert.That(State(_world.Relay('B')), Is.EqualTo("noVault"));
        Assert.That(_world.Hosts, Has.Count.EqualTo(1));
    }

    [Test]
    public void Relay_whose_own_file_was_replaced_starts_what_is_there_now()
    {
        _world.Executable = _older;
        var relay = _world.Relay('A');
        File.Move(_newer, _older, overwrite: true);

        Assert.That(State(_world.Relay('B')), Is.EqualTo("noVault"));
        Assert.That(HostWorld.HasGone(_world.Hosts[0]));
        relay.Receive();
        Assert.That(State(relay), Is.EqualTo("noVault"));
        Assert.That(_world.Hosts, Has.Count.EqualTo(2));
    }

    [Test]
    public void Hello_s_answer_names_the_build()
    {
        var version = (string)_world.StartRelay().Hello()!["ok"]!["version"]!;

        Assert.That(version, Does.Match(@"^0\.1\.0\+[0-9a-f]{12}$"));
    }

    private static string? State(RelayProcess relay) => (string?)relay.Ask("status")!["ok"]!["state"];

    private static string ProgramOf(int process) => File.ReadAllText($"/proc/{process}/cmdline").Split('\0')[0];
}
