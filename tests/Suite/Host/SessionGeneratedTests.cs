using System.Text;
using Host.Protocol;
using NUnit.Framework;
using Suite.Unit.Vault;
using Vault;

namespace Suite.Hosting;

public class SessionGeneratedTests
{
    private static readonly Generate Digits = new("pattern", Pattern: "dddddddddddd", Keep: true);

    private TestSession _host = null!;
    private TestClient _client = null!;

    [SetUp]
    public void SetUp()
    {
        _host = new TestSession(TestSession.Login("Example", "https://www.example.com"));
        _client = _host.Unlocked();
    }

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public void Kept_password_can_be_revealed_and_is_no_item()
    {
        var first = Text(_client.Ask<Generated>(Digits).Value);
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        var second = Text(_client.Ask<Generated>(Digits).Value);

        var entries = _client.Ask<GeneratedEntries>(new GetGenerated()).Entries;

        Assert.That(entries.Select(entry => Text(_client.Ask<Revealed>(new RevealGenerated(entry.Id, "show")).Value)), Is.EqualTo(new[] { second, first }));
        Assert.That(_client.Ask<Found>(new Search("", 10)).Total, Is.EqualTo(1));
        Assert.That(_client.Ask<FoldersAndTags>(new GetFolders()).Folders, Is.Empty);
        foreach (var request in new Request[]
        {
            new GetItem(entries[0].Id), new Reveal(entries[0].Id, "Password", "show"), new Remove(entries[0].Id),
            new RevealGenerated(_host.Ids[0], "show"),
        })
        {
            Assert.That(_client.Refusal(request), Is.EqualTo("notFound"), request.ToString());
        }
        Assert.That(_client.Refusal(new RevealGenerated("first", "show")), Is.EqualTo("badMessage"));
    }

    [Test]
    public void Kept_password_is_in_the_file_within_two_seconds()
    {
        _client.Ask<Generated>(Digits);
        _client.Ask<Generated>(Digits);
        Assert.That(KeptInFile(), Is.Zero);

        _host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(KeptInFile(), Is.EqualTo(2));

        _client.Ask<Generated>(Digits);
        _host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(KeptInFile(), Is.EqualTo(3));
    }

    [Test]
    public void Kept_password_is_in_the_file_before_a_lock()
    {
        _client.Ask<Generated>(Digits);

        _client.Ask<Done>(new global::Host.Protocol.Lock());

        Assert.That(KeptInFile(), Is.EqualTo(1));
    }

    [Test]
    public void Kept_password_that_cannot_be_written_stays_and_goes_with_the_next_write()
    {
        var written = File.ReadAllBytes(_host.VaultPath);
        File.WriteAllText(_host.VaultPath, "somebody else's file, not to be overwritten");
        _client.Ask<Generated>(Digits);
        _host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(_client.Refusal(new Save(new ItemToSave("login", "New", [], []))), Is.EqualTo("vaultChanged"));

        Assert.That(_client.Ask<GeneratedEntries>(new GetGenerated()).Entries, Has.Count.EqualTo(1));
        File.WriteAllBytes(_host.VaultPath, written);
        _client.Ask<Done>(new Remove(_host.Ids[0]));
        Assert.That(KeptInFile(), Is.EqualTo(1));
    }

    [Test]
    public void Password_that_nobody_asked_to_keep_is_kept_nowhere()
    {
        _client.Ask<Generated>(Digits with { Keep = false });
        _client.Ask<Generated>(Digits with { Keep = null });

        Assert.That(_client.Ask<GeneratedEntries>(new GetGenerated()).Entries, Is.Empty);
        var stranger = _host.Extension('B');
        Assert.That((stranger.Refusal(Digits), stranger.Refusal(Digits with { Keep = null })), Is.EqualTo(("locked", "")));
        Assert.That((stranger.Refusal(new GetGenerated()), stranger.Refusal(new GetDraft("a"))), Is.EqualTo(("locked", "locked")));
    }

    [Test]
    public void New_password_is_in_the_file_before_the_answer_and_is_kept_once()
    {
        _client.Ask<Done>(new KeepGenerated(TestClient.SecretOf("Tide7-harbour")));
        Assert.That(KeptInFile(), Is.EqualTo(1));

        _client.Ask<Done>(new KeepGenerated(TestClient.SecretOf("Tide7-harbour")));
        var entries = _client.Ask<GeneratedEntries>(new GetGenerated()).Entries;
        Assert.That(entries.Select(entry => Text(_client.Ask<Revealed>(new RevealGenerated(entry.Id, "show")).Value)), Is.EqualTo(new[] { "Tide7-harbour" }));
    }

    [Test]
    public void New_password_that_cannot_be_written_is_refused_and_goes_with_the_next_write()
    {
        var written = File.ReadAllBytes(_host.VaultPath);
        File.WriteAllText(_host.VaultPath, "somebody else's file, not to be overwritten");
        Assert.That(_client.Refusal(new KeepGenerated(TestClient.SecretOf("Tide7-harbour"))), Is.EqualTo("vaultChanged"));

        File.WriteAllBytes(_host.VaultPath, written);
        _client.Ask<Done>(new Remove(_host.Ids[0]));
        Assert.That(KeptInFile(), Is.EqualTo(1));
    }

    [TestCase(0, "badMessage")]
    [TestCase(1, "")]
    [TestCase(4096, "")]
    [TestCase(4097, "badMessage")]
    public void New_password_has_a_length(int bytes, string refusal) =>
        Assert.That(_client.Refusal(new KeepGenerated(TestClient.SecretOf(new string('a', bytes)))), Is.EqualTo(refusal));

    [Test]
    public void New_password_of_a_stranger_is_kept_nowhere()
    {
        Assert.That(_host.Extension('B').Refusal(new KeepGenerated(TestClient.SecretOf("a"))), Is.EqualTo("locked"));
        Assert.That(_client.Ask<GeneratedEntries>(new GetGenerated()).Entries, Is.Empty);
    }

    [TestCase(12, "abcABC123-", "abc 123-", 2, "")]
    [TestCase(1, "a", "", null, "")]
    [TestCase(256, "ab", "", null, "")]
    [TestCase(0, "ab", "", null, "badMessage")]
    [TestCase(257, "ab", "", null, "badMessage")]
    [TestCase(8, "", "", null, "badMessage")]
    [TestCase(8, "aa", "", null, "badMessage")]
    [TestCase(8, "aü", "", null, "badMessage")]
    [TestCase(8, "ab", "c", null, "badMessage")]
    [TestCase(8, "ab", "", 0, "badMessage")]
    [TestCase(9, "ab", "a a a a a a a a a", null, "badMessage")]
    [TestCase(1, "ab", "a b", null, "refused rules")]
    [TestCase(2, "a", "", 1, "refused rules")]
    public void Rules_make_a_password_or_say_why_not(int length, string allowed, string required, int? maxConsecutive, string refusal)
    {
        var sets = required.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var request = new Generate("rules", Length: length, Allowed: allowed, Required: sets, MaxConsecutive: maxConsecutive);

        Assert.That(_client.Refusal(request), Is.EqualTo(refusal));
        if (refusal.Length == 0)
        {
            var made = Text(_client.Ask<Generated>(request).Value);
            Assert.That((made.Length, made.All(allowed.Contains), sets.All(set => made.Any(set.Contains))), Is.EqualTo((length, true, true)));
        }
    }

    [Test]
    public void Generated_passwords_count_among_the_secrets_of_a_minute()
    {
        for (var count = 0; count < 31; count++)
        {
            _client.Ask<Generated>(Digits);
        }
        var refusals = _client.Ask<GeneratedEntries>(new GetGenerated()).Entries.Select(entry => _client.Refusal(new RevealGenerated(entry.Id, "copy")));

        Assert.That(refusals.Count(refusal => refusal == "rateLimited"), Is.EqualTo(1));
    }

    [Test]
    public void Draft_is_the_profile_s_own_until_it_is_removed()
    {
        Set("new", "{\"title\":\"Büro\"}");
        Set("other", "x");

        Assert.That(Read(_host.Extension('A'), "new"), Is.EqualTo("{\"title\":\"Büro\"}"), "the profile's other port");
        Assert.That(Read(_host.Unlocked('B'), "new"), Is.Null, "another profile");
        Set("new", "changed");
        Assert.That(Read(_client, "new"), Is.EqualTo("changed"));
        Set("new", "");
        Assert.That((Read(_client, "new"), Read(_client, "other")), Is.EqualTo(((string?)null, "x")));
    }

    [Test]
    public void Seventeenth_draft_takes_the_place_of_the_oldest()
    {
        for (var number = 0; number < 16; number++)
        {
            Set($"draft-{number}", "x");
        }
        Set("draft-0", "set again, so it is the newest");
        Set("one-more", "x");

        Assert.That((Read(_client, "draft-1"), Read(_client, "draft-2"), Read(_client, "one-more")), Is.EqualTo(((string?)null, "x", "x")));
        Assert.That(Read(_client, "draft-0"), Does.StartWith("set again"));
    }

    [TestCase(""), TestCase("a b"), TestCase("ä"), TestCase("a\n"), TestCase("12345678901234567890123456789012345678901234567890123456789012345")]
    public void Draft_with_another_key_is_refused(string key) =>
        Assert.That(_client.Refusal(new GetDraft(key)), Is.EqualTo("badMessage"));

    [Test]
    public void Draft_about_an_item_of_a_further_vault_has_that_id_as_its_key()
    {
        const string Key = "AAECAwQFBgcICQoLDA0ODw.EBESExQVFhcYGRobHB0eHw";
        Set(Key, "x");
        Assert.That(Read(_client, Key), Is.EqualTo("x"));
    }

    [TestCase(65_536, ""), TestCase(65_537, "badMessage")]
    public void Draft_is_at_most_64_KiB(int bytes, string refusal) =>
        Assert.That(_client.Refusal(new GetDraft("a", TestClient.SecretOf(new string('x', bytes)))), Is.EqualTo(refusal));

    [Test]
    public void Draft_of_a_removed_profile_is_gone()
    {
        Set("new", "x");
        var own = _client.Ask<Profiles>(new GetProfiles()).List.Single().Id;
        _client.Ask<Profiles>(new GetProfiles(own));

        _client.Unlock(_host.VaultPath);

        Assert.That(Read(_client, "new"), Is.Null);
    }

    private int KeptInFile()
    {
        using var key = TestVault.Key();
        using var file = VaultFile.Open(_host.VaultPath, key);
        return file.Generated.Count;
    }

    private void Set(string key, string text) => _client.Ask<Draft>(new GetDraft(key, TestClient.SecretOf(text)));

    private static string? Read(TestClient client, string key) =>
        client.Ask<Draft>(new GetDraft(key)).Value is { } value ? Text(value) : null;

    private static string Text(Secret secret) => Encoding.UTF8.GetString(secret.Utf8);
}
