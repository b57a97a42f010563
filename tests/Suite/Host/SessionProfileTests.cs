using Host.Protocol;
using NUnit.Framework;
using Suite.Unit.Vault;

namespace Suite.Hosting;

public class SessionProfileTests
{
    private TestSession _host = null!;

    [SetUp]
    public void SetUp() => _host = new TestSession(TestSession.Login("Example", "https://www.example.com"));

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public void Profiles_are_listed_with_browser_and_time_and_say_which_asks()
    {
        var client = _host.Unlocked('A');
        var first = _host.Time.GetUtcNow();
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        _host.Unlocked('B');

        var profiles = client.Ask<Profiles>(new GetProfiles()).List;

        Assert.That(profiles.Select(profile => (profile.Browser, profile.Current)), Is.EqualTo(new[] { ("Browser A", true), ("Browser B", false) }));
        Assert.That(profiles[1].AddedAt - profiles[0].AddedAt, Is.EqualTo(TimeSpan.FromMinutes(1)));
        Assert.That(profiles[0].AddedAt, Is.EqualTo(first).Within(TimeSpan.FromSeconds(1)));
        var cli = _host.CommandLine();
        cli.Unlock(_host.VaultPath);
        Assert.That(cli.Ask<Profiles>(new GetProfiles()).List.Select(profile => profile.Current), Is.EqualTo(new[] { false, false }));
    }

    [Test]
    public void Removed_profile_must_give_the_passphrase_again_on_every_port_now_and_later()
    {
        var client = _host.Unlocked('A');
        var removed = _host.Unlocked('B');
        var otherPort = _host.Extension('B');
        var id = client.Ask<Profiles>(new GetProfiles()).List.Single(profile => !profile.Current).Id;

        Assert.That(client.Ask<Profiles>(new GetProfiles(id)).List.Select(profile => profile.Current), Is.EqualTo(new[] { true }));

        Assert.That((removed.Refusal(new Search("", 1)), otherPort.Refusal(new Search("", 1))), Is.EqualTo(("locked", "locked")));
        Assert.That(client.Refusal(new GetProfiles(id)), Is.EqualTo("notFound"), "it is gone already");
        _host.Restart();
        _host.Unlocked('A');
        var later = _host.Extension('B');
        Assert.That(later.Refusal(new Search("", 1)), Is.EqualTo("locked"));
        later.Unlock(_host.VaultPath);
        Assert.That(later.Ask<Profiles>(new GetProfiles()).List, Has.Count.EqualTo(2));
    }

    [Test]
    public void Profile_may_remove_itself()
    {
        var client = _host.Unlocked('A');
        var own = client.Ask<Profiles>(new GetProfiles()).List.Single().Id;

        Assert.That(client.Ask<Profiles>(new GetProfiles(own)).List, Is.Empty);
        Assert.That(client.Refusal(new GetProfiles()), Is.EqualTo("locked"));
    }

    [Test]
    public void Removed_profile_does_not_come_back_with_an_older_copy_of_the_file()
    {
        const string id = "known";
        using var key = TestVault.Key();
        // By a clock of some days ago: what is removed within the same second as it was added, no merge can tell.
        using (var file = global::Vault.VaultFile.Open(_host.VaultPath, key, global::Vault.VaultOptions.Default with { Clock = new ManualTime() }))
        {
            file.SetSetting($"latchkey.profile.{id}", "2026-11-20T12:00:00Z Netscape");
            file.Write();
        }
        using var other = global::Vault.VaultFile.Open(_host.VaultPath, key);
        _host.Unlocked('A').Ask<Profiles>(new GetProfiles(id));

        other.SetSetting("other.program", "1");
        other.Write();

        Assert.That(other.Setting($"latchkey.profile.{id}"), Is.EqualTo("off"));
    }

    [Test]
    public void Name_of_a_browser_is_cut_and_a_spoilt_time_is_an_old_one()
    {
        using (var key = TestVault.Key())
        {
            using var file = global::Vault.VaultFile.Open(_host.VaultPath, key);
            file.SetSetting("latchkey.profile.spoilt", "yesterday Netscape 4");
            file.Write();
        }

        var profiles = _host.Unlocked('A', browser: new string('x', 1000)).Ask<Profiles>(new GetProfiles()).List;

        Assert.That(profiles[0], Is.EqualTo(new KnownProfile("spoilt", "Netscape 4", DateTimeOffset.UnixEpoch, false)));
        Assert.That(profiles[1].Browser, Is.EqualTo(new string('x', 64)));
    }
}
