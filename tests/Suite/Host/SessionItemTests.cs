using System.Text;
using Host.Protocol;
using NUnit.Framework;
using Suite.Unit.Vault;
using Vault;

namespace Suite.Hosting;

public class SessionItemTests
{
    private TestSession _host = null!;
    private TestClient _client = null!;
    private string _id = null!;

    [SetUp]
    public void SetUp()
    {
        _host = new TestSession(
            TestSession.Login("Example", "https://www.example.com"),
            TestSession.Login("Other", "https://other.example") with { Folder = "Work", Tags = ["b", "a"] });
        _client = _host.Unlocked();
        _id = _host.Ids[0];
    }

    [TearDown]
    public void TearDown() => _host.Dispose();

    [TestCase("otp", "otpauth://totp/x?secret=GEZDGNBV"), TestCase("TOTP Seed", "GEZDGNBV"), TestCase("TimeOtp-Secret-Hex", "3132")]
    [TestCase("HmacOtp-Secret-Base32", "GEZDGNBV")]
    public void Otp_seed_is_a_secret_also_where_the_file_does_not_say_so(string field, string seed)
    {
        using var host = new TestSession(new ItemDraft { Fields = [NewField.Clear("Title", "x"), NewField.Clear(field, seed), NewField.Clear("otpx", "y")] });
        var client = host.Unlocked();

        var details = client.Ask<Details>(new GetItem(host.Ids[0]));

        Assert.That(details.Fields, Is.SupersetOf((DetailField[])[new("Title", false, "x"), new(field, true), new("otpx", false, "y")]));
        Assert.That(Text(client.Ask<Revealed>(new Reveal(host.Ids[0], field, "show")).Value), Is.EqualTo(seed));
    }

    [Test]
    public void New_card_is_saved_whole()
    {
        var saved = _client.Ask<Saved>(new Save(new ItemToSave(
            "card", "Visa", [], [], ExpiresAt: "2027-05-12T21:59:59Z",
            Fields: [new FieldChange("Number", true, Secret("4111 1111")), new FieldChange("Cardholder", false, Secret("Anna Berg"))]))).Item;

        var details = _client.Ask<Details>(new GetItem(saved.Id));
        Assert.That((details.Item.Kind, details.ExpiresAt, details.Revisions), Is.EqualTo(("card", DateTimeOffset.Parse("2027-05-12T21:59:59Z"), 0)));
        Assert.That(details.Fields, Is.SupersetOf((DetailField[])[new("Number", true), new("Cardholder", false, "Anna Berg")]));
        Assert.That(Text(_client.Ask<Revealed>(new Reveal(saved.Id, "Number", "show")).Value), Is.EqualTo("4111 1111"));
    }

    [Test]
    public void Update_changes_what_it_names_and_leaves_the_rest()
    {
        var other = _host.Unlocked('B');

        var updated = _client.Ask<Saved>(new Update(_id, new ItemChanges(
            Title: "New", Password: Secret("pa\"ss"), Urls: [new UrlToSave("https://new.example", "site")], Folder: "Work/Web",
            Fields: [new FieldChange("PIN", true, Secret("0815")), new FieldChange("Room", false, Secret("4"))])));

        Assert.That((updated.Item.Title, updated.Item.Username), Is.EqualTo(("New", "anna")));
        Assert.That(other.Events, Is.EqualTo(new[] { "changed" }));
        Assert.That(other.Ask<Matches>(new FindMatches("https://www.new.example", [])).Items.Single().Id, Is.EqualTo(_id));
        Assert.That(other.Ask<Matches>(new FindMatches("https://www.example.com", [])).Items, Is.Empty);
        using var key = TestVault.Key();
        using var file = VaultFile.Open(_host.VaultPath, key);
        var id = ItemId.TryParse(_id)!.Value;
        Assert.That(TestVault.Read(file, id, "Password"), Is.EqualTo("pa\"ss"));
        Assert.That(file.Get(id)!.Fields.Where(field => field.Name is "PIN" or "Room"), Is.EqualTo(new[]
        {
            new ItemField("PIN", true, null), new ItemField("Room", false, "4"),
        }));
        Assert.That(file.Find(id)!.Folder, Is.EqualTo("Work/Web"));
        Assert.That(file.Revisions(id), Has.Count.EqualTo(1));
    }

    [Test]
    public void Update_with_empty_members_removes_them()
    {
        _client.Ask<Saved>(new Update(_id, new ItemChanges(
            Otp: Secret("JBSWY3DPEHPK3PXP"), Notes: "n", ExpiresAt: "2027-01-01T00:00:00Z", Folder: "Work",
            Fields: [new FieldChange("PIN", true, Secret("0815"))])));
        var before = _client.Ask<Details>(new GetItem(_id));
        Assert.That((before.Item.HasCode, before.Folder, before.ExpiresAt), Is.EqualTo((true, "Work", (DateTimeOffset?)new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero))));

        _client.Ask<Saved>(new Update(_id, new ItemChanges(
            Password: Secret(""), Otp: Secret(""), Notes: "", ExpiresAt: "", Folder: "", Urls: [], Fields: [new FieldChange("PIN", true)])));

        var after = _client.Ask<Details>(new GetItem(_id));
        Assert.That((after.Item.HasCode, after.Item.HasPassword, after.Folder, after.ExpiresAt), Is.EqualTo((false, false, "", (DateTimeOffset?)null)));
        Assert.That(after.Urls, Is.Empty);
        Assert.That(after.Fields.Select(field => field.Name), Does.Not.Contain("PIN").And.Not.Contain("otp"));
        Assert.That(after.Fields.Single(field => field.Name == "Notes").Value, Is.Empty);
    }

    [Test]
    public void New_otp_seed_takes_the_place_of_every_program_s_own()
    {
        using var host = new TestSession(TestSession.Login("Old", "https://old.example") with
        {
            Fields = [TestVault.Secret("TOTP Seed", "GEZDGNBVGY3TQOJQ"), NewField.Clear("TOTP Settings", "30;6")],
        });
        var client = host.Unlocked();

        client.Ask<Saved>(new Update(host.Ids[0], new ItemChanges(Otp: Secret("JBSWY3DPEHPK3PXP"))));

        Assert.That(client.Ask<Details>(new GetItem(host.Ids[0])).Fields.Select(field => field.Name),
            Does.Contain("otp").And.Not.Contain("TOTP Seed").And.Not.Contain("TOTP Settings"));
    }

    [Test]
    public void Protected_field_is_shown_only_when_the_person_says_so()
    {
        _client.Ask<Saved>(new Update(_id, new ItemChanges(Fields: [new FieldChange("Room", true, Secret("4"))])));
        var room = () => _client.Ask<Details>(new GetItem(_id)).Fields.Single(field => field.Name == "Room");
        Assert.That(room(), Is.EqualTo(new DetailField("Room", true)));

        _client.Ask<Saved>(new Update(_id, new ItemChanges(Fields: [new FieldChange("Room", false, Secret("5"))])));

        Assert.That(room(), Is.EqualTo(new DetailField("Room", false, "5")));
    }

    [TestCase("Title"), TestCase("UserName"), TestCase("Password"), TestCase("URL"), TestCase("Notes"), TestCase("otp")]
    [TestCase("KP2A_URL"), TestCase("KP2A_URL_1"), TestCase("TimeOtp-Secret-Base32"), TestCase("TOTP Settings"), TestCase("")]
    public void Field_that_has_a_member_of_its_own_is_refused(string name)
    {
        Assert.That(
            _client.Refusal(new Update(_id, new ItemChanges(Title: "New", Fields: [new FieldChange(name, false, Secret("x"))]))),
            Is.EqualTo("badMessage"));
        Assert.That(_client.Ask<Details>(new GetItem(_id)).Item.Title, Is.EqualTo("Example"));
    }

    [TestCase("tomorrow", null), TestCase("2027-01-01", null), TestCase("2027-01-01T00:00:00+01:00", null), TestCase(null, "yesterday"), TestCase(null, "")]
    public void Time_that_is_none_is_refused(string? expiresAt, string? modifiedAt) =>
        Assert.That(_client.Refusal(new Update(_id, new ItemChanges(ExpiresAt: expiresAt), modifiedAt)), Is.EqualTo("badMessage"));

    [Test]
    public void Otp_seed_that_is_none_changes_nothing()
    {
        Assert.That(_client.Refusal(new Update(_id, new ItemChanges(Title: "New", Otp: Secret("!")))), Is.EqualTo("badMessage"));
        Assert.That(_client.Ask<Details>(new GetItem(_id)).Item.Title, Is.EqualTo("Example"));
    }

    [Test]
    public void Change_made_from_an_older_content_is_refused()
    {
        var read = WireTime.Of(_client.Ask<Details>(new GetItem(_id)).ModifiedAt);
        _host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(_client.Refusal(new Update(_id, new ItemChanges(Title: "First"), read)), Is.Empty);

        Assert.That(_client.Refusal(new Update(_id, new ItemChanges(Title: "Second"), "2026-01-01T00:00:00Z")), Is.EqualTo("refused changed"));
        Assert.That(_client.Ask<Details>(new GetItem(_id)).Item.Title, Is.EqualTo("First"));
    }

    [Test]
    public void Item_that_is_not_there_is_not_found()
    {
        const string Nobody = "AAAAAAAAAAAAAAAAAAAAAA";
        foreach (var request in new Request[]
        {
            new Update(Nobody, new ItemChanges()), new Remove(Nobody), new Remove(Nobody, Forever: true), new Restore(Nobody),
            new Restore(Nobody, 1), new GetHistory(Nobody), new Remove(_id, Forever: true), new Restore(_id), new Restore(_id, 1),
            new Reveal(_id, "Password", "show", Revision: 1),
        })
        {
            Assert.That(_client.Refusal(request), Is.EqualTo("notFound"), request.ToString());
        }
        Assert.That(_client.Refusal(new Remove("Example")), Is.EqualTo("badMessage"));
    }

    [Test]
    public void Removed_item_is_seen_by_the_recycle_bin_and_by_nothing_that_lists_or_fills()
    {
        var other = _host.Unlocked('B');

        _client.Ask<Done>(new Remove(_id));

        Assert.That(other.Events, Is.EqualTo(new[] { "changed" }));
        Assert.That(_client.Ask<Found>(new Search("www", 10)).Items, Is.Empty);
        Assert.That(_client.Ask<Matches>(new FindMatches("https://www.example.com", [])).Items, Is.Empty);
        foreach (var request in new Request[]
        {
            new Update(_id, new ItemChanges()), new GetCode(_id, "show"), new AlwaysFill(_id, "https://www.example.com", true),
            new Fill("https://www.example.com", [], "person", ["password"], [], _id),
        })
        {
            Assert.That(_client.Refusal(request), Is.EqualTo("notFound"), request.ToString());
        }
        Assert.That(_client.Ask<Details>(new GetItem(_id)).Item.Title, Is.EqualTo("Example"));
        Assert.That(Text(_client.Ask<Revealed>(new Reveal(_id, "Password", "show")).Value), Is.EqualTo("s3cr3t"));
        Assert.That(_client.Ask<Matches>(new FindMatches("https://www.example.com", [])).Items, Is.Empty, "a reveal does not bring it back");
        var trash = _client.Ask<Found>(new GetTrash(10));
        Assert.That(trash.Items.Single().Id, Is.EqualTo(_id));
        Assert.That(trash.Items.Single().RemovedAt, Is.Not.Null);
        Assert.That(_client.Refusal(new Remove(_id)), Is.Empty, "it is there already");

        Assert.That(_client.Ask<Saved>(new Restore(_id)).Item.Title, Is.EqualTo("Example"));
        Assert.That(_client.Ask<Found>(new GetTrash(10)).Total, Is.Zero);
        Assert.That(_client.Ask<Matches>(new FindMatches("https://www.example.com", [])).Items.Single().Id, Is.EqualTo(_id));
        Assert.That(_client.Ask<Found>(new Search("www", 10)).Total, Is.EqualTo(1));
    }

    [Test]
    public void Item_removed_for_good_is_nowhere_and_neither_is_what_was_chosen_for_it()
    {
        _client.Ask<Done>(new AlwaysFill(_id, "https://www.example.com", true));
        _client.Ask<Done>(new Remove(_id));

        _client.Ask<Done>(new Remove(_id, Forever: true));

        Assert.That(_client.Ask<Found>(new GetTrash(10)).Total, Is.Zero);
        Assert.That(_client.Refusal(new GetItem(_id)), Is.EqualTo("notFound"));
        Assert.That(_client.Refusal(new Restore(_id)), Is.EqualTo("notFound"));
        _host.Session.Dispose();
        using var key = TestVault.Key();
        using var file = VaultFile.Open(_host.VaultPath, key);
        Assert.That(file.Setting($"latchkey.alwaysFill.{_id}"), Is.Null);
    }

    [Test]
    public void Recycle_bin_is_read_page_by_page()
    {
        _client.Ask<Done>(new Remove(_host.Ids[0]));
        _client.Ask<Done>(new Remove(_host.Ids[1]));

        var first = _client.Ask<Found>(new GetTrash(1));
        var second = _client.Ask<Found>(new GetTrash(1, first.After));

        Assert.That((first.Total, first.After, second.After), Is.EqualTo((2, "1", (string?)null)));
        Assert.That(first.Items.Concat(second.Items).Select(item => item.Id), Is.EquivalentTo(_host.Ids));
        Assert.That(_client.Refusal(new GetTrash(1, "next")), Is.EqualTo("badMessage"));
    }

    [Test]
    public void History_shows_what_was_and_a_revision_comes_back_whole()
    {
        _client.Ask<Saved>(new Update(_id, new ItemChanges(Title: "Second", Password: Secret("second"))));
        _client.Ask<Saved>(new Update(_id, new ItemChanges(Title: "Third")));

        var history = _client.Ask<History>(new GetHistory(_id));

        Assert.That(history.Revisions.Select(one => (one.Revision, one.Title, string.Join(' ', one.Changed))), Is.EqualTo(new[]
        {
            (2, "Second", "Title"), (1, "Example", "Title Password"),
        }));
        Assert.That(Text(_client.Ask<Revealed>(new Reveal(_id, "Password", "show", Revision: 1)).Value), Is.EqualTo("s3cr3t"));
        Assert.That(_client.Ask<Saved>(new Restore(_id, Revision: 1)).Item.Title, Is.EqualTo("Example"));
        Assert.That(Text(_client.Ask<Revealed>(new Reveal(_id, "Password", "show")).Value), Is.EqualTo("s3cr3t"));
        Assert.That(_client.Ask<Found>(new Search("Third", 10)).Total, Is.Zero);
        Assert.That(_client.Ask<History>(new GetHistory(_id)).Revisions.Select(one => one.Title), Is.EqualTo(new[] { "Third", "Second", "Example" }));
    }

    [Test]
    public void Folders_and_tags_are_counted_and_the_empty_ones_are_there()
    {
        _client.Ask<Saved>(new Update(_id, new ItemChanges(Folder: "Empty/Below", Tags: ["b"])));
        _client.Ask<Saved>(new Update(_id, new ItemChanges(Folder: "")));

        var both = _client.Ask<FoldersAndTags>(new GetFolders());

        Assert.That(both.Folders, Is.EqualTo(new[] { new FolderItems("Empty", 0), new FolderItems("Empty/Below", 0), new FolderItems("Work", 1) }));
        Assert.That(both.Tags, Is.EqualTo(new[] { new TagItems("a", 1), new TagItems("b", 2) }));
    }

    [Test]
    public void Change_that_cannot_be_written_leaves_everything_as_it_was()
    {
        _client.Ask<Done>(new Remove(_host.Ids[1]));
        var written = File.ReadAllBytes(_host.VaultPath);
        File.WriteAllText(_host.VaultPath, "somebody else's file, not to be overwritten");

        var refusals = new Request[]
        {
            new Save(new ItemToSave("login", "New", [], [])), new Update(_id, new ItemChanges(Title: "New")), new Remove(_id),
            new Remove(_host.Ids[1], Forever: true), new Restore(_host.Ids[1]), new AlwaysFill(_id, "https://www.example.com", true),
            new ChangeSettings(new SettingsChange(ClipboardSeconds: 20)),
        }.Select(_client.Refusal);

        Assert.That(refusals, Is.All.EqualTo("vaultChanged"));
        File.WriteAllBytes(_host.VaultPath, written);
        Assert.That(_client.Ask<Found>(new Search("", 10)).Items.Select(item => item.Title), Is.EqualTo(new[] { "Example" }));
        Assert.That(_client.Ask<Found>(new GetTrash(10)).Items.Select(item => item.Id), Is.EqualTo(new[] { _host.Ids[1] }));
        Assert.That(_client.Ask<Matches>(new FindMatches("https://www.example.com", [])).Items.Single().AlwaysFill, Is.False);
        Assert.That(_client.Ask<Settings>(new ChangeSettings()).ClipboardSeconds, Is.EqualTo(30));
    }

    private static Secret Secret(string text) => TestClient.SecretOf(text);

    private static string Text(Secret secret) => Encoding.UTF8.GetString(secret.Utf8);
}
