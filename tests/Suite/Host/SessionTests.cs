using System.Text;
using Host.Protocol;
using NUnit.Framework;
using Suite.Unit.Vault;

namespace Suite.Hosting;

public class SessionTests
{
    private TestSession _host = null!;

    [SetUp]
    public void SetUp() => _host = new TestSession(
        TestSession.Login("Example", "https://www.example.com"), TestSession.Login("Other", "https://other.example"));

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public void Without_a_vault_the_state_says_so_and_unlock_is_refused()
    {
        var client = _host.Extension();

        Assert.That(client.Welcome.Status.State, Is.EqualTo("noVault"));
        Assert.That(client.Refusal(new Unlock(TestClient.SecretOf("x"))), Is.EqualTo("noVault"));
    }

    [Test]
    public void Create_makes_the_own_vault_and_unlocks_it()
    {
        var client = _host.Extension();

        var status = client.Ask<Status>(new Create(TestClient.SecretOf("correct horse")));

        Assert.That((status.State, status.Items, status.VaultPath), Is.EqualTo(("unlocked", 0, _host.Paths.DefaultVault)));
        Assert.That(client.Refusal(new Create(TestClient.SecretOf("correct horse"))), Is.EqualTo("vaultInUse"));
        _host.Restart();
        Assert.That(_host.Extension().Refusal(new Create(TestClient.SecretOf("x"))), Is.EqualTo("vaultExists"));
    }

    [Test]
    public void Named_vault_is_remembered_as_the_own_one()
    {
        _host.Unlocked();
        _host.Restart();

        var client = _host.Extension();
        Assert.That(client.Welcome.Status.VaultPath, Is.EqualTo(_host.VaultPath));
        Assert.That(client.Ask<Status>(new Unlock(TestClient.SecretOf(TestVault.Passphrase))).Items, Is.EqualTo(2));
    }

    [Test]
    public void Path_that_begins_in_the_home_is_the_file_there()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var client = _host.Extension();

        var status = client.Unlock("~/" + Path.GetRelativePath(home, _host.VaultPath));

        Assert.That(status.VaultPath, Is.EqualTo(_host.VaultPath));
    }

    [Test]
    public void Another_vault_is_refused_by_the_name_of_the_one_that_is_open()
    {
        var client = _host.Unlocked();

        var refusal = Assert.Throws<ProtocolException>(() => client.Unlock("/elsewhere/other.kdbx"))!.Error;

        Assert.That(refusal, Is.EqualTo(new ErrorReply("vaultInUse", "vault.kdbx is open as your vault", "lock it first: latchkey lock")));
    }

    [Test]
    public void File_of_an_older_KeePass_is_raised_by_a_change_and_not_by_an_unlock()
    {
        File.Copy(Repository.PathOf("tests", "vectors", "kdbx", "keepassxc-2.7.4-kdbx-3.1.kdbx"), _host.VaultPath, overwrite: true);
        var before = File.ReadAllBytes(_host.VaultPath);
        var client = _host.Extension();

        client.Unlock(_host.VaultPath, "latchkey");

        Assert.That(File.ReadAllBytes(_host.VaultPath), Is.EqualTo(before));
        Assert.That(client.Ask<Profiles>(new GetProfiles()).List, Has.Count.EqualTo(1));
        client.Ask<Site>(new GetSite("https://never.example", Never: true));
        var backups = Directory.GetFiles(Path.GetDirectoryName(_host.VaultPath)!, "*.backup-*");
        Assert.That(backups.Select(File.ReadAllBytes), Does.Contain(before));
        using var key = TestVault.Key("latchkey");
        using var raised = global::Vault.VaultFile.Open(_host.VaultPath, key);
        Assert.That(raised.IsOlder, Is.False);
        Assert.That(raised.SettingKeys("latchkey.profile."), Has.Count.EqualTo(1));
    }

    [Test]
    public void Chosen_vault_that_is_gone_is_missing_and_not_yet_to_be_made()
    {
        _host.Unlocked();
        _host.Restart();
        File.Delete(_host.VaultPath);

        var client = _host.Extension();
        Assert.That((client.Welcome.Status.State, client.Welcome.Status.VaultPath), Is.EqualTo(("locked", _host.VaultPath)));
        Assert.That(client.Refusal(new Unlock(TestClient.SecretOf(TestVault.Passphrase))), Is.EqualTo("vaultMissing"));
    }

    [Test]
    public void Wrong_passphrase_unlocks_nothing_and_is_not_remembered()
    {
        var client = _host.Extension();

        Assert.That(client.Refusal(new Unlock(TestClient.SecretOf("wrong"), _host.VaultPath)), Is.EqualTo("wrongKey"));
        Assert.That(client.Ask<Status>(new GetStatus()).State, Is.EqualTo("noVault"));
        Assert.That(File.Exists(_host.Paths.ConfigFile), Is.False);
    }

    [TestCase("missing.kdbx", "vaultMissing")]
    [TestCase("no such folder/vault.kdbx", "vaultMissing")]
    public void Vault_that_is_not_there_is_refused(string file, string kind)
    {
        var path = Path.Combine(Path.GetDirectoryName(_host.VaultPath)!, file);
        Assert.That(_host.Extension().Refusal(new Unlock(TestClient.SecretOf("x"), path)), Is.EqualTo(kind));
    }

    [Test]
    public void Damaged_and_foreign_files_are_told_apart()
    {
        var foreign = Path.Combine(Path.GetDirectoryName(_host.VaultPath)!, "letter.txt");
        File.WriteAllText(foreign, "not a vault at all, but long enough to be one");
        Assert.That(_host.Extension().Refusal(new Unlock(TestClient.SecretOf("x"), foreign)), Is.EqualTo("vaultUnsupported"));

        var bytes = File.ReadAllBytes(_host.VaultPath);
        File.WriteAllBytes(_host.VaultPath, bytes[..(bytes.Length / 2)]);
        Assert.That(
            _host.Extension().Refusal(new Unlock(TestClient.SecretOf(TestVault.Passphrase), _host.VaultPath)), Is.EqualTo("vaultDamaged"));
    }

    [Test]
    public void Profile_sees_an_open_vault_only_after_it_gave_the_passphrase_once()
    {
        _host.Unlocked('A');
        var other = _host.Extension('B');

        Assert.That(other.Welcome.Status.State, Is.EqualTo("locked"));
        Assert.That(other.Refusal(new Search("", 10)), Is.EqualTo("locked"));
        other.Unlock(_host.VaultPath);
        Assert.That(other.Ask<Found>(new Search("", 10)).Total, Is.EqualTo(2));
    }

    [Test]
    public void Profile_that_gave_the_passphrase_once_sees_every_later_session()
    {
        _host.Unlocked('B');
        _host.Restart();
        var known = _host.Extension('B');
        var unknown = _host.Extension('C');
        var opener = _host.Unlocked('A');

        Assert.That(known.Events, Is.EqualTo(new[] { "unlocked" }));
        Assert.That(known.Ask<Found>(new Search("", 10)).Total, Is.EqualTo(2));
        Assert.That(unknown.Events, Is.Empty);
        Assert.That(unknown.Refusal(new Search("", 10)), Is.EqualTo("locked"));
        Assert.That(opener.Events, Is.Empty);
    }

    [Test]
    public void What_is_kept_of_a_profile_key_is_a_hash()
    {
        _host.Unlocked('A');
        _host.Session.Dispose();
        using var key = TestVault.Key();
        using var file = global::Vault.VaultFile.Open(_host.VaultPath, key);

        // SHA-256 of 32 zero bytes, base64url.
        Assert.That(file.Setting("latchkey.profile.Zmh6rfhivXdsj8GLjp-OIAiXFIVu4jOzkCpZHQ1fKSU"), Is.Not.Null);
    }

    [Test]
    public void Command_line_gives_the_passphrase_on_each_connection()
    {
        var first = _host.CommandLine();
        first.Unlock(_host.VaultPath);

        Assert.That(first.Ask<Found>(new Search("", 10)).Total, Is.EqualTo(2));
        Assert.That(_host.CommandLine().Refusal(new Search("", 10)), Is.EqualTo("locked"));
    }

    [Test]
    public void Hello_comes_first_and_once()
    {
        var silent = new global::Host.Service.Client(new TestClient(_host.Session, profile: null));
        var early = Assert.Throws<ProtocolException>(() => _host.Session.Handle(silent, new GetStatus()));
        var again = _host.CommandLine().Refusal(new Hello(new VersionRange(1, 1), "cli", "0.1.0", [], "en"));

        Assert.That((early!.Error.Kind, again), Is.EqualTo(("helloFirst", "helloFirst")));
    }

    [TestCase(2, 3, "protocolVersion")]
    [TestCase(0, 0, "protocolVersion")]
    [TestCase(0, 2, "")]
    public void Versions_must_meet(int min, int max, string refusal)
    {
        var client = new global::Host.Service.Client(new TestClient(_host.Session, profile: null));
        var hello = new Hello(new VersionRange(min, max), "cli", "0.1.0", [], "en");

        Assert.That(
            () => _host.Session.Handle(client, hello),
            refusal == "" ? Throws.Nothing : Throws.TypeOf<ProtocolException>().With.Property("Error").Property("Kind").EqualTo(refusal));
    }

    [TestCase("AAAA")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!")]
    public void Profile_key_of_another_length_or_alphabet_is_refused(string key)
    {
        var refusal = Assert.Throws<ProtocolException>(() => _ = new TestClient(_host.Session, key));
        Assert.That(refusal!.Error.Kind, Is.EqualTo("badMessage"));
    }

    [Test]
    public void Sixth_wrong_passphrase_waits_and_the_wait_grows()
    {
        var client = _host.Unlocked();
        var wrong = () => client.Refusal(new Unlock(TestClient.SecretOf("wrong")));

        Assert.That(Enumerable.Range(0, 5).Select(_ => wrong()), Is.All.EqualTo("wrongKey"));
        Assert.That(wrong(), Is.EqualTo("rateLimited"));
        Assert.That(
            () => client.Ask<Status>(new Unlock(TestClient.SecretOf(TestVault.Passphrase))),
            Throws.TypeOf<ProtocolException>().With.Property("Error").Property("Kind").EqualTo("rateLimited").And.Property("Error").Property("Seconds").EqualTo(30));
        _host.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.That(wrong(), Is.EqualTo("wrongKey"));
        _host.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.That(wrong(), Is.EqualTo("rateLimited"));
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(client.Refusal(new Unlock(TestClient.SecretOf(TestVault.Passphrase))), Is.Empty);
        Assert.That(wrong(), Is.EqualTo("wrongKey"));
    }

    [Test]
    public void Another_vault_is_refused_while_one_is_open()
    {
        var client = _host.Unlocked();
        Assert.That(client.Refusal(new Unlock(TestClient.SecretOf("x"), "/elsewhere/vault.kdbx")), Is.EqualTo("vaultInUse"));
    }

    [Test]
    public void Saved_item_is_in_the_file_before_the_answer_and_others_are_told()
    {
        var client = _host.Unlocked('A');
        var other = _host.Unlocked('B');

        var saved = client.Ask<Saved>(new Save(new ItemToSave(
            "login", "New", [new UrlToSave("https://new.example", "hostname")], ["work"], "bob", TestClient.SecretOf("pa\"ss"), "n", "Work/Web",
            TestClient.SecretOf("jbsw y3dp ehpk 3pxp"))));

        using var key = TestVault.Key();
        using var file = global::Vault.VaultFile.Open(_host.VaultPath, key);
        var item = file.Items.Single(one => one.Title == "New");
        Assert.That(item.Id.ToString(), Is.EqualTo(saved.Item.Id));
        Assert.That(TestVault.Read(file, item.Id, "Password"), Is.EqualTo("pa\"ss"));
        Assert.That(TestVault.Read(file, item.Id, "otp"), Is.EqualTo("otpauth://totp/item?secret=JBSWY3DPEHPK3PXP"));
        Assert.That(item.Folder, Is.EqualTo("Work/Web"));
        Assert.That(other.Events, Is.EqualTo(new[] { "changed" }));
        Assert.That(client.Events, Is.Empty);
        Assert.That(other.Ask<Matches>(new FindMatches("https://new.example", [])).Items.Single().Title, Is.EqualTo("New"));
    }

    [Test]
    public void Get_shows_everything_but_secrets()
    {
        var details = _host.Unlocked().Ask<Details>(new GetItem(_host.Ids[0]));

        Assert.That(details.Fields.Single(field => field.Name == "Password"), Is.EqualTo(new DetailField("Password", true)));
        Assert.That(details.Fields.Single(field => field.Name == "UserName").Value, Is.EqualTo("anna"));
        Assert.That(details.Urls, Is.EqualTo(new[] { new UrlToSave("https://www.example.com", "hostname") }));
    }

    [Test]
    public void Search_pages_go_on_where_the_last_one_ended()
    {
        var client = _host.Unlocked();
        var first = client.Ask<Found>(new Search("", 1));
        var second = client.Ask<Found>(new Search("", 1, first.After));

        Assert.That((first.Total, second.Total, second.After), Is.EqualTo((2, 2, (string?)null)));
        Assert.That(first.Items.Concat(second.Items).Select(item => item.Title), Is.EquivalentTo(new[] { "Example", "Other" }));
        Assert.That(client.Refusal(new Search("", 1, "next")), Is.EqualTo("badMessage"));
    }

    [Test]
    public void Revealed_field_is_the_secret_and_an_unknown_one_is_not_found()
    {
        var client = _host.Unlocked();

        Assert.That(Encoding.UTF8.GetString(client.Ask<Revealed>(new Reveal(_host.Ids[0], "Password", "show")).Value.Utf8), Is.EqualTo("s3cr3t"));
        Assert.That(client.Refusal(new Reveal(_host.Ids[0], "PIN", "show")), Is.EqualTo("notFound"));
        Assert.That(client.Refusal(new Reveal("AAAAAAAAAAAAAAAAAAAAAA", "Password", "show")), Is.EqualTo("notFound"));
        Assert.That(client.Refusal(new Reveal("Example", "Password", "show")), Is.EqualTo("badMessage"));
        Assert.That(client.Refusal(new GetCode(_host.Ids[0], "show")), Is.EqualTo("notFound"));
    }

    [Test]
    public void Setting_that_protects_less_needs_a_fresh_passphrase_on_that_port()
    {
        var client = _host.Unlocked();
        var longer = new ChangeSettings(new SettingsChange(LockAfterMinutes: 60));

        Assert.That(client.Ask<Settings>(longer).LockAfterMinutes, Is.EqualTo(60));
        _host.Time.Advance(TimeSpan.FromMinutes(5));
        var evenLonger = new ChangeSettings(new SettingsChange(LockAfterMinutes: 61));
        Assert.That(client.Refusal(evenLonger), Is.EqualTo("refused passphrase"));
        Assert.That(_host.Extension('A').Refusal(evenLonger), Is.EqualTo("refused passphrase"));
        Assert.That(client.Ask<Settings>(new ChangeSettings(new SettingsChange(LockAfterMinutes: 5))).LockAfterMinutes, Is.EqualTo(5));
    }

    private static readonly SettingsChange[] ChangesThatProtectLess =
    [
        new(LockAfterMinutes: 61), new(LockAfterHours: 9), new(ClipboardSeconds: 31), new(FillOnLoad: "ownItems"), new(MatchKind: "site"),
        new(LockOnScreenLock: false), new(LockWithoutBrowserMinutes: 6), new(LockWithoutBrowserMinutes: 0),
    ];

    private static readonly SettingsChange[] ChangesThatDoNot =
    [
        new(LockAfterMinutes: 9), new(LockAfterHours: 8), new(FillOnLoad: "chosen"), new(MatchKind: "origin"), new(MatchKind: "hostname"),
        new(LockOnScreenLock: true), new(LockWithoutBrowserMinutes: 4),
    ];

    [TestCaseSource(nameof(ChangesThatProtectLess))]
    public void What_protects_less_is_refused_without_a_fresh_passphrase(SettingsChange change)
    {
        var client = _host.Unlocked();
        _host.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.That(client.Refusal(new ChangeSettings(change)), Is.EqualTo("refused passphrase"));
        client.Unlock(_host.VaultPath);
        Assert.That(client.Refusal(new ChangeSettings(change)), Is.Empty);
        _host.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.That(client.Refusal(new ChangeSettings(change)), Is.Empty, "it is so already");
    }

    [TestCaseSource(nameof(ChangesThatDoNot))]
    public void What_protects_as_much_or_more_needs_no_fresh_passphrase(SettingsChange change)
    {
        var client = _host.Unlocked();
        _host.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.That(client.Refusal(new ChangeSettings(change)), Is.Empty);
    }

    [TestCase(-1), TestCase(61)]
    public void Minutes_without_a_browser_out_of_range_change_nothing(int minutes)
    {
        var client = _host.Unlocked();

        Assert.That(client.Refusal(new ChangeSettings(new SettingsChange(LockWithoutBrowserMinutes: minutes, MatchKind: "origin"))), Is.EqualTo("badMessage"));
        Assert.That(client.Ask<Settings>(new ChangeSettings()).MatchKind, Is.EqualTo("hostname"));
    }

    [TestCase(0), TestCase(481)]
    public void Setting_out_of_range_changes_nothing(int minutes)
    {
        var client = _host.Unlocked();

        Assert.That(
            client.Refusal(new ChangeSettings(new SettingsChange(LockAfterMinutes: minutes, ClipboardSeconds: 20))), Is.EqualTo("badMessage"));
        Assert.That(client.Ask<Settings>(new ChangeSettings()), Is.EqualTo(new Settings(10, 8, 30, "chosen", "hostname", true, 5)));
    }

    [Test]
    public void Settings_are_kept_in_the_vault()
    {
        _host.Unlocked().Ask<Settings>(new ChangeSettings(new SettingsChange(7, 4, 20, "ownItems", "origin", false, 0)));
        _host.Restart();

        Assert.That(_host.Unlocked().Ask<Settings>(new ChangeSettings()), Is.EqualTo(new Settings(7, 4, 20, "ownItems", "origin", false, 0)));
    }

    [Test]
    public void Thirty_items_a_minute_are_released_and_then_the_passphrase_is_asked_again()
    {
        using var host = new TestSession(
            [.. Enumerable.Range(0, 31).Select(number => TestSession.Login($"Item {number}", $"https://n{number}.example"))]);
        var client = host.Unlocked();
        var release = (int number) => client.Refusal(new Reveal(host.Ids[number], "Password", "copy"));

        Assert.That(Enumerable.Range(0, 30).Select(release), Is.All.Empty);
        Assert.That(release(0), Is.Empty, "an item that was released already");
        Assert.That(release(30), Is.EqualTo("rateLimited"));
        host.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.That(release(0), Is.EqualTo("rateLimited"), "time alone is not enough");
        Assert.That(host.Extension('A').Refusal(new Reveal(host.Ids[0], "Password", "copy")), Is.EqualTo("rateLimited"), "the profile's other port");
        Assert.That(host.Unlocked('B').Refusal(new Reveal(host.Ids[0], "Password", "copy")), Is.Empty, "another profile");
        client.Unlock(host.VaultPath);
        Assert.That(release(30), Is.Empty);
    }

    [Test]
    public void Thirty_items_a_minute_is_a_sliding_window()
    {
        using var host = new TestSession(
            [.. Enumerable.Range(0, 40).Select(number => TestSession.Login($"Item {number}", $"https://n{number}.example"))]);
        var client = host.Unlocked();

        foreach (var id in host.Ids)
        {
            Assert.That(client.Refusal(new Reveal(id, "Password", "copy")), Is.Empty);
            host.Time.Advance(TimeSpan.FromSeconds(2));
        }
    }

    [Test]
    public void Generated_password_needs_no_vault()
    {
        var generated = _host.Extension().Ask<Generated>(new Generate("characters", Length: 20, Classes: ["lower"], AvoidAmbiguous: false));

        Assert.That(Encoding.UTF8.GetString(generated.Value.Utf8), Does.Match("^[a-z]{20}$"));
        Assert.That(generated.Bits, Is.EqualTo(94)); // 20 * log2(26)
        Assert.That(
            _host.Extension().Refusal(new Generate("characters", Length: 2, Classes: ["lower"], AvoidAmbiguous: false)), Is.EqualTo("badMessage"));
        Assert.That(_host.Extension().Refusal(new Generate("pattern", Pattern: "{")), Is.EqualTo("badMessage"));
    }

    [TestCase("https://www.example.com/path")]
    [TestCase("HTTPS://www.example.com")]
    [TestCase("https://www.example.com:443")]
    [TestCase("null")]
    [TestCase("")]
    public void Origin_that_no_browser_writes_is_refused(string origin)
    {
        var client = _host.Unlocked();

        Assert.That(client.Refusal(new FindMatches(origin, [])), Is.EqualTo("badMessage"));
        Assert.That(client.Refusal(new Fill(origin, [], "person", ["password"], [], _host.Ids[0])), Is.EqualTo("badMessage"));
        Assert.That(client.Refusal(new AlwaysFill(_host.Ids[0], origin, true)), Is.EqualTo("badMessage"));
    }
}
