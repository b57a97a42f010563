using System.Text;
using Host.Protocol;
using NUnit.Framework;
using Suite.Unit.Vault;
using Vault;

namespace Suite.Hosting;

/// <summary>A new password waits beside the one that works, in the file, until it works itself or somebody decides.</summary>
public class SessionNewPasswordTests
{
    private const string Page = "https://www.example.com";
    private const string Key = "tab-1";
    private const string New = "Tide7-harbour";

    private TestSession _host = null!;
    private TestClient _client = null!;

    [SetUp]
    public void SetUp()
    {
        _host = new TestSession(TestSession.Login("Example", Page));
        _client = _host.Unlocked();
    }

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public void Fill_of_a_change_keeps_the_new_password_before_it_releases_the_old_one()
    {
        var other = _host.Unlocked('B');

        var filled = _client.Ask<Filled>(FillNew());

        Assert.That(Text(filled.Password!), Is.EqualTo("s3cr3t"));
        Assert.That(InFile("Password", FieldName.NewPassword), Is.EqualTo(("s3cr3t", New)));
        Assert.That(Waiting(), Is.EqualTo(new[] { _host.Ids[0] }));
        Assert.That(other.Events, Is.EqualTo(new[] { "changed" }));
        var details = _client.Ask<Details>(new GetItem(_host.Ids[0]));
        Assert.That(details.Fields.Select(field => field.Name), Has.None.EqualTo(FieldName.NewPassword));
        Assert.That(Text(_client.Ask<Revealed>(new Reveal(_host.Ids[0], FieldName.NewPassword, "show")).Value), Is.EqualTo(New));
    }

    [Test]
    public void Form_that_asks_for_nothing_else_keeps_it_too()
    {
        var filled = _client.Ask<Filled>(FillNew() with { Fields = [] });

        Assert.That((filled.Username, filled.Password), Is.EqualTo(((Secret?)null, (Secret?)null)));
        Assert.That(Waiting(), Has.Length.EqualTo(1));
    }

    [Test]
    public void Lock_and_a_new_host_lose_nothing()
    {
        _client.Ask<Filled>(FillNew());

        _host.Restart();
        _client = _host.Unlocked();

        Assert.That(Waiting(), Is.EqualTo(new[] { _host.Ids[0] }));
    }

    [TestCase("https://other.example", new string[0], "refused noMatch")]
    [TestCase("http://www.example.com", new string[0], "refused insecureItem")]
    [TestCase(Page, new[] { "https://other.example" }, "refused frame")]
    [TestCase("ftp://www.example.com", new string[0], "refused scheme")]
    public void Page_that_may_not_be_filled_keeps_nothing(string origin, string[] ancestors, string refusal)
    {
        Assert.That(_client.Refusal(FillNew() with { Origin = origin, Ancestors = ancestors }), Is.EqualTo(refusal));
        Assert.That(Waiting(), Is.Empty);
    }

    [Test]
    public void New_password_that_cannot_be_written_releases_nothing()
    {
        File.WriteAllText(_host.VaultPath, "somebody else's file, not to be overwritten");

        Assert.That(_client.Refusal(FillNew()), Is.EqualTo("vaultChanged"));
        Assert.That(Waiting(), Is.Empty);
    }

    [Test]
    public void Password_that_is_the_item_s_own_does_not_wait()
    {
        _client.Ask<Filled>(FillNew("s3cr3t"));

        Assert.That(Waiting(), Is.Empty);
        Assert.That(_client.Ask<Details>(new GetItem(_host.Ids[0])).Revisions, Is.Zero);
    }

    [Test]
    public void Second_one_takes_the_first_one_s_place_which_stays_in_the_history()
    {
        _client.Ask<Filled>(FillNew("the first"));
        _client.Ask<Filled>(FillNew());
        _client.Ask<Filled>(FillNew());

        Assert.That(InFile("Password", FieldName.NewPassword), Is.EqualTo(("s3cr3t", New)));
        Assert.That(_client.Ask<Details>(new GetItem(_host.Ids[0])).Revisions, Is.EqualTo(2));
        Assert.That(Text(_client.Ask<Revealed>(new Reveal(_host.Ids[0], FieldName.NewPassword, "show", 2)).Value), Is.EqualTo("the first"));
    }

    [Test]
    public void Old_one_is_filled_until_it_is_promoted_and_the_new_one_when_it_is_asked_for()
    {
        _client.Ask<Filled>(FillNew());
        var fill = new Fill(Page, [], "person", ["username", "password"], [], _host.Ids[0]);

        Assert.That(Text(_client.Ask<Filled>(fill).Password!), Is.EqualTo("s3cr3t"));
        var waiting = _client.Ask<Filled>(fill with { Waiting = true });
        Assert.That((Text(waiting.Username!), Text(waiting.Password!)), Is.EqualTo(("anna", New)));

        _client.Ask<Settled>(new Promote(_host.Ids[0]));
        Assert.That(Text(_client.Ask<Filled>(fill).Password!), Is.EqualTo(New));
        Assert.That(_client.Refusal(fill with { Waiting = true }), Is.EqualTo("notFound"));
    }

    [Test]
    public void Promoted_by_a_person_it_is_the_password_and_a_restore_brings_back_what_was()
    {
        _client.Ask<Filled>(FillNew());

        var settled = _client.Ask<Settled>(new Promote(_host.Ids[0]));

        Assert.That(InFile("Password", FieldName.NewPassword), Is.EqualTo((New, (string?)null)));
        Assert.That((settled.Item!.Id, Waiting().Length), Is.EqualTo((_host.Ids[0], 0)));
        _client.Ask<Saved>(new Restore(_host.Ids[0], settled.Revision));
        Assert.That(InFile("Password", FieldName.NewPassword), Is.EqualTo(("s3cr3t", New)));
    }

    [Test]
    public void Dropped_by_a_person_it_is_gone_and_a_restore_brings_it_back()
    {
        _client.Ask<Filled>(FillNew());

        var settled = _client.Ask<Settled>(new DropNewPassword(_host.Ids[0]));

        Assert.That(InFile("Password", FieldName.NewPassword), Is.EqualTo(("s3cr3t", (string?)null)));
        _client.Ask<Saved>(new Restore(_host.Ids[0], settled.Revision));
        Assert.That(Waiting(), Has.Length.EqualTo(1));
    }

    [Test]
    public void Change_that_was_typed_waits_in_the_item_that_has_the_old_password()
    {
        _client.Ask<Done>(Change("s3cr3t", New));

        Assert.That(InFile("Password", FieldName.NewPassword), Is.EqualTo(("s3cr3t", New)));
        Assert.That(_client.Ask<GeneratedEntries>(new GetGenerated()).Entries, Has.Count.EqualTo(1));
        Assert.That(_client.Ask<Captured>(new GetCaptured(Key)).Offer!.Kind, Is.EqualTo("update"));
    }

    [TestCase("another one", New, Page, TestName = "old password is another")]
    [TestCase(null, New, Page, TestName = "no old password")]
    [TestCase("s3cr3t", "s3cr3t", Page, TestName = "nothing new")]
    [TestCase("s3cr3t", "••••", Page, TestName = "a mask")]
    [TestCase("s3cr3t", New, "https://other.example", TestName = "another site")]
    public void Change_that_was_typed_waits_nowhere(string? old, string password, string origin)
    {
        _client.Ask<Done>(Change(old, password) with { Origin = origin });

        Assert.That(Waiting(), Is.Empty);
    }

    [Test]
    public void Change_that_was_typed_for_one_of_two_with_the_same_password_waits_nowhere()
    {
        using var host = new TestSession(TestSession.Login("One", Page), TestSession.Login("Two", Page, userName: "bert"));
        var client = host.Unlocked();

        client.Ask<Done>(Change("s3cr3t", New));

        Assert.That(Waiting(client), Is.Empty);
        Assert.That(client.Ask<GeneratedEntries>(new GetGenerated()).Entries, Has.Count.EqualTo(1), "it is kept all the same");
    }

    [Test]
    public void Sign_up_and_change_are_in_the_file_before_the_answer()
    {
        _client.Ask<Done>(new Capture(Key, "https://join.example", [], "signup", "anna", NewPassword: TestClient.SecretOf("brand new")));
        using (var file = _host.OpenOwn())
        {
            Assert.That(file.Generated, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void Update_of_the_offer_ends_the_waiting()
    {
        _client.Ask<Done>(Change("s3cr3t", New));

        _client.Ask<KeptCapture>(new KeepCaptured(Key, _host.Ids[0]));

        Assert.That(InFile("Password", FieldName.NewPassword), Is.EqualTo((New, (string?)null)));
    }

    [Test]
    public void Change_of_the_item_ends_the_waiting_only_if_it_is_that_password()
    {
        _client.Ask<Filled>(FillNew());
        _client.Ask<Saved>(new Update(_host.Ids[0], new ItemChanges(Password: TestClient.SecretOf("a third one"))));
        Assert.That(InFile("Password", FieldName.NewPassword), Is.EqualTo(("a third one", New)));

        _client.Ask<Saved>(new Update(_host.Ids[0], new ItemChanges(Password: TestClient.SecretOf(New))));
        Assert.That(InFile("Password", FieldName.NewPassword), Is.EqualTo((New, (string?)null)));
    }

    [Test]
    public void Field_of_that_name_is_no_field_of_an_update()
    {
        var fields = new[] { new FieldChange(FieldName.NewPassword, true, TestClient.SecretOf("x")) };

        Assert.That(_client.Refusal(new Update(_host.Ids[0], new ItemChanges(Fields: fields))), Is.EqualTo("badMessage"));
    }

    [TestCase("anna", New, Page, true)]
    [TestCase(" ANNA ", New, Page, true)]
    [TestCase(null, New, Page, true)]
    [TestCase("bert", New, Page, false)]
    [TestCase("anna", "s3cr3t", Page, false)]
    [TestCase("anna", null, Page, false)]
    [TestCase("anna", New, "https://other.example", false)]
    [TestCase("anna", New, "moz-extension://abc", false)]
    public void Sign_in_that_worked_promotes_the_password_that_it_was_made_with(string? userName, string? password, string origin, bool isPromoted)
    {
        _client.Ask<Filled>(FillNew());
        _client.Ask<Done>(new Capture(Key, origin, [], "login", userName, password is null ? null : TestClient.SecretOf(password)));

        var settled = _client.Ask<Settled>(new Promote(Key: Key));

        Assert.That((settled.Item is not null, Waiting().Length == 0), Is.EqualTo((isPromoted, isPromoted)));
        Assert.That(InFile("Password", FieldName.NewPassword), Is.EqualTo(isPromoted ? (New, (string?)null) : ("s3cr3t", New)));
    }

    [Test]
    public void Change_form_alone_promotes_nothing()
    {
        _client.Ask<Done>(Change("s3cr3t", New));

        Assert.That(_client.Ask<Settled>(new Promote(Key: Key)).Item, Is.Null);
    }

    [Test]
    public void Two_items_with_that_new_password_are_both_left_as_they_are()
    {
        using var host = new TestSession(TestSession.Login("One", Page), TestSession.Login("Two", Page, userName: "bert"));
        var client = host.Unlocked();
        foreach (var id in host.Ids)
        {
            client.Ask<Filled>(FillNew() with { Item = id });
        }
        client.Ask<Done>(new Capture(Key, Page, [], "login", Password: TestClient.SecretOf(New)));

        Assert.That(client.Ask<Settled>(new Promote(Key: Key)).Item, Is.Null);
        client.Ask<Done>(new Capture(Key, Page, [], "login", "bert", TestClient.SecretOf(New)));
        Assert.That(client.Ask<Settled>(new Promote(Key: Key)).Item!.Title, Is.EqualTo("Two"));
    }

    [Test]
    public void Nothing_waits_and_nobody_else_decides()
    {
        var requests = new Request[] { new Promote(_host.Ids[0]), new DropNewPassword(_host.Ids[0]), new Promote("AAAAAAAAAAAAAAAAAAAAAA"), new DropNewPassword("AAAAAAAAAAAAAAAAAAAAAA") };
        Assert.That(requests.Select(_client.Refusal), Is.All.EqualTo("notFound"));
        Assert.That(_client.Refusal(new Promote("x")), Is.EqualTo("badMessage"));
        Assert.That(_client.Ask<Settled>(new Promote(Key: "none")).Item, Is.Null);
        Assert.That(_client.Refusal(new Promote(Key: "no key!")), Is.EqualTo("badMessage"));

        _client.Ask<Filled>(FillNew());
        var stranger = _host.Extension('B');
        Assert.That(new Request[] { new Promote(_host.Ids[0]), new DropNewPassword(_host.Ids[0]), new Promote(Key: Key) }.Select(stranger.Refusal), Is.All.EqualTo("locked"));
        var command = _host.CommandLine();
        command.Unlock(_host.VaultPath);
        Assert.That(command.Refusal(new Promote(Key: Key)), Is.EqualTo("refused"));
    }

    [Test]
    public void Removed_item_waits_for_nobody()
    {
        _client.Ask<Filled>(FillNew());
        _client.Ask<Done>(new Remove(_host.Ids[0]));

        Assert.That(Waiting(), Is.Empty);
        Assert.That(_client.Refusal(new Promote(_host.Ids[0])), Is.EqualTo("notFound"));
        _client.Ask<Saved>(new Restore(_host.Ids[0]));
        Assert.That(Waiting(), Has.Length.EqualTo(1));
    }

    [Test]
    public void Further_vault_keeps_its_own()
    {
        var team = _host.MakeFurther("team", "team passphrase", TestSession.Login("Team", Page, userName: "team", password: "team's"));
        _client.Ask<ListedVault>(new AddVault(TestClient.SecretOf("team passphrase"), team.Path));
        _client.Ask<Filled>(FillNew() with { Item = team.Items[0] });

        Assert.That(Waiting(), Is.EqualTo(new[] { team.Items[0] }));
        using (var file = team.Open())
        {
            Assert.That(TestVault.Read(file, ItemId.TryParse(team.Items[0].AsSpan(23))!.Value, FieldName.NewPassword), Is.EqualTo(New));
        }
        Assert.That(Waiting(_host.Unlocked('B')), Is.Empty, "it does not see that vault");
    }

    private Fill FillNew(string password = New) =>
        new(Page, [], "person", ["password"], [], _host.Ids[0], NewPassword: TestClient.SecretOf(password));

    private static Capture Change(string? old, string password) => new(
        Key, Page, [], "change", Password: old is null ? null : TestClient.SecretOf(old), NewPassword: TestClient.SecretOf(password));

    private string[] Waiting() => Waiting(_client);

    private static string[] Waiting(TestClient client) =>
        [.. client.Ask<Found>(new Search("", 50)).Items.Where(item => item.HasNewPassword is true).Select(item => item.Id)];

    private (string? First, string? Second) InFile(string first, string second)
    {
        using var file = _host.OpenOwn();
        var id = ItemId.TryParse(_host.Ids[0])!.Value;
        return (ReadOrNull(file, id, first), ReadOrNull(file, id, second));
    }

    private static string? ReadOrNull(VaultFile file, ItemId id, string field)
    {
        using var value = file.OpenField(id, field);
        return value is null ? null : Encoding.UTF8.GetString(value.Span);
    }

    private static string Text(Secret secret) => Encoding.UTF8.GetString(secret.Utf8);
}
