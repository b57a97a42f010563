using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Host.Protocol;
using Host.Service;
using NUnit.Framework;
using Suite.Unit.Vault;
using Vault;
using Vault.Matching;

namespace Suite.Hosting;

public class SessionCaptureTests
{
    private const string Page = "https://www.example.com";
    private const string Key = "tab-1";
    private const string TeamPassphrase = "team passphrase";

    /// <summary>What is typed, and the titles of the items that would take it: one for a new item, null for no offer.</summary>
    public sealed record Situation(string Name, Capture[] Typed, params string[]? Into)
    {
        public ItemDraft[] Items { get; init; } = [TestSession.Login("Example", Page)];

        public override string ToString() => Name;
    }

    private static readonly ItemDraft Other = TestSession.Login("Other", "https://example.com", MatchKind.Site, "bert", "0ther");

    private static readonly ItemDraft Nameless = TestSession.Login("Nameless", Page, userName: "");

    private static readonly Situation[] Situations =
    [
        new("new site", [Login("anna", "s3cr3t") with { Origin = "https://new.example" }], "new"),
        new("new user name", [Login("carl", "s3cr3t")], "new"),
        new("new user name for an item of the site", [Login("carl", "s3cr3t")], "new") { Items = [Other] },
        new("known", [Login("anna", "s3cr3t")], null),
        new("known, user name in other case and with space around it", [Login(" ANNA ", "s3cr3t")], null),
        new("known, e-mail address in other case", [Login("Anna@Example.COM", "s3cr3t")], null) { Items = [TestSession.Login("Mail", Page, userName: "anna@example.com")] },
        new("known, no user name typed", [Login(null, "s3cr3t")], null),
        new("known, no user name stored", [Login("anna", "s3cr3t")], null) { Items = [Nameless] },
        new("known but for the password's case", [Login("anna", "S3cr3t")], "Example"),
        new("longer by a space", [Login("anna", "s3cr3t ")], "Example"),
        new("another password", [Login("anna", "changed")], "Example"),
        new("another password, user name in other case", [Login("Anna", "changed")], "Example"),
        new("another password of one of two", [Login("bert", "changed")], "Other") { Items = [TestSession.Login("Example", Page), Other] },
        new("another password, one item without a password", [Login("anna", "s3cr3t")], "Empty") { Items = [TestSession.Login("Empty", Page, password: null)] },
        new("another password, no user name typed", [Login(null, "changed")], "Example", "Other") { Items = [TestSession.Login("Example", Page), Other] },
        new("another password, no user name stored", [Login("anna", "changed")], "new") { Items = [Nameless] },
        new("another item's password", [Login("anna", "0ther")], "Example") { Items = [TestSession.Login("Example", Page), Other] },

        new("two steps", [Login("carl", null), Login(null, "changed")], "new"),
        new("two steps, known", [Login("anna", null), Login(null, "s3cr3t")], null),
        new("two steps of one site", [Login("carl", null) with { Origin = "https://login.example.com" }, Login(null, "changed")], "new"),
        new("two steps, the second says the user name too", [Login("carl", null), Login("anna", "changed")], "Example"),
        new("two steps, and one between that says nothing", [Login("carl", null), Login(null, ""), Login(null, "changed")], "new"),
        new("two steps of different sites", [Login("carl", null) with { Origin = "https://other.example" }, Login(null, "changed")], "Example"),
        new("two steps of two tenants", [Login("carl", null) with { Origin = "https://carl.github.io" }, Login(null, "x") with { Origin = "https://anna.github.io" }], "Tenant")
        {
            Items = [TestSession.Login("Tenant", "https://anna.github.io")],
        },
        new("two steps of one address without a site", [Login("carl", null) with { Origin = "http://127.0.0.1:8080" }, Login(null, "x") with { Origin = "http://127.0.0.1:8080" }], "new")
        {
            Items = [TestSession.Login("Local", "http://127.0.0.1:8080")],
        },
        new("two steps of other keys", [Login("carl", null) with { Key = "tab-2" }, Login(null, "changed")], "Example"),
        new("a second try with the password alone", [Login("carl", "x"), Login(null, "changed")], "new"),
        new("what says nothing leaves what was", [Login("anna", "changed"), Login(null, "•••••")], "Example"),
        new("first step alone", [Login("anna", null)], null),

        new("sign-up", [SignUp("carl", "brand new")], "new"),
        new("sign-up of a known name", [SignUp("anna", "brand new")], "Example"),
        new("change", [Change("s3cr3t", "brand new")], "Example"),
        new("change, the old password tells which", [Change("0ther", "brand new")], "Other") { Items = [TestSession.Login("Example", Page), Other] },
        new("change, nobody has the old password", [Change("?", "brand new")], "Example", "Other") { Items = [TestSession.Login("Example", Page), Other] },
        new("change, no old password", [Change(null, "brand new")], "Example", "Other") { Items = [TestSession.Login("Example", Page), Other] },
        new("change of a name, another has the old password too", [Change("s3cr3t", "brand new") with { Username = "anna" }], "Example")
        {
            Items = [TestSession.Login("Example", Page), TestSession.Login("Shared", Page, userName: "bert")],
        },
        new("change of a name whose password is another", [Change("0ther", "brand new") with { Username = "anna" }], "Example")
        {
            Items = [TestSession.Login("Example", Page), Other],
        },
        new("change of a name that no item has", [Change("0ther", "brand new") with { Username = "Bert Berg" }], "Other") { Items = [TestSession.Login("Example", Page), Other] },
        new("change of a name that no item has, nor the old password", [Change("?", "brand new") with { Username = "Bert Berg" }], "new"),
        new("change, known", [Change("s3cr3t", "0ther")], null) { Items = [TestSession.Login("Example", Page), Other] },
        new("the old password alone", [Change("s3cr3t", null)], null),
        new("the new password is a mask", [Change("changed", "••••")], "Example"),

        new("empty", [Login("anna", "")], null),
        new("bullets", [Login("anna", "••••••••")], null),
        new("circles", [Login("anna", "●●●")], null),
        new("operators", [Login("anna", "∙∙∙")], null),
        new("middle dots", [Login("anna", "···")], null),
        new("stars", [Login("anna", "***")], null),
        new("white space", [Login("anna", " \t\u00a0")], null),
        new("bullets of two kinds", [Login("anna", "•●•●")], "Example"),
        new("stars and a letter", [Login("anna", "***a")], "Example"),
        new("one letter repeated", [Login("anna", "aaaa")], "Example"),

        new("http", [Login("anna", "changed") with { Origin = "http://plain.example" }], "Plain") { Items = [TestSession.Login("Plain", "http://plain.example")] },
        new("http, the item's is https", [Login("anna", "s3cr3t") with { Origin = "http://www.example.com" }], "new"),
        new("not on the web", [Login("anna", "changed") with { Origin = "moz-extension://abc" }], null),
        new("opaque ancestors", [Login("anna", "changed") with { Ancestors = ["null", "https://top.example"] }], "Example"),
    ];

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

    [TestCaseSource(nameof(Situations))]
    public void Capture_is_offered_for(Situation one)
    {
        using var host = new TestSession(one.Items);
        var client = host.Unlocked();
        foreach (var typed in one.Typed)
        {
            Assert.That(client.Refusal(typed), Is.Empty);
        }

        var offer = client.Ask<Captured>(new GetCaptured(Key)).Offer;

        string[]? into = offer is { Kind: "save" } ? ["new"] : offer?.Items.Select(item => item.Title).Order(StringComparer.Ordinal).ToArray();
        Assert.That(into, Is.EqualTo(one.Into));
        Assert.That(offer is null || (offer.Kind == "save") == (offer.Items.Count == 0));
    }

    [TestCase(Page, "carl", "example.com")]
    [TestCase("https://login.example.com", " carl ", "login.example.com")]
    [TestCase("https://www.example.com:8443", "anna", "Example")]
    [TestCase(Page, null, "Example")]
    [TestCase("http://127.0.0.1:8080", null, "127.0.0.1")]
    public void Offer_says_where_it_is_from_and_a_title(string origin, string? userName, string title)
    {
        _client.Ask<Done>(Login(userName, "changed") with { Origin = origin });

        var offer = _client.Ask<Captured>(new GetCaptured(Key)).Offer!;

        Assert.That((offer.Origin, offer.Title, offer.Username), Is.EqualTo((origin, title, userName?.Trim() ?? "")));
    }

    [Test]
    public void Offer_of_several_has_the_hostname_for_its_title()
    {
        _client.Ask<Saved>(new Save(new ItemToSave("login", "Second", [new UrlToSave(Page, "hostname")], [])));
        _client.Ask<Done>(Login(null, "changed"));

        Assert.That(_client.Ask<Captured>(new GetCaptured(Key)).Offer!.Title, Is.EqualTo("example.com"));
    }

    [Test]
    public void Password_of_an_offer_is_revealed_to_the_profile_that_sent_it()
    {
        var other = _host.Unlocked('B');
        _client.Ask<Done>(Change("s3cr3t", "brand new"));

        Assert.That(Text(_client.Ask<Revealed>(new RevealCaptured(Key, "show")).Value), Is.EqualTo("brand new"));
        Assert.That(other.Refusal(new RevealCaptured(Key, "show")), Is.EqualTo("notFound"));
        Assert.That(_host.Extension('C').Refusal(new RevealCaptured(Key, "show")), Is.EqualTo("locked"));
        Assert.That(_client.Refusal(new RevealCaptured("no key!", "show")), Is.EqualTo("badMessage"));
        var command = _host.CommandLine();
        command.Unlock(_host.VaultPath);
        Assert.That(command.Refusal(new RevealCaptured(Key, "show")), Is.EqualTo("refused"));
        _host.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.That(_client.Refusal(new RevealCaptured(Key, "show")), Is.EqualTo("notFound"));
    }

    [Test]
    public void Password_of_no_offer_is_not_revealed()
    {
        Assert.That(_client.Refusal(new RevealCaptured(Key, "show")), Is.EqualTo("notFound"));
        _client.Ask<Done>(Login("anna", "s3cr3t"));
        Assert.That(_client.Refusal(new RevealCaptured(Key, "show")), Is.EqualTo("notFound"), "it is known");
        _client.Ask<Done>(Login("anna", "changed"));
        _client.Ask<Site>(new GetSite(Page, true));
        Assert.That(_client.Refusal(new RevealCaptured(Key, "show")), Is.EqualTo("notFound"), "nothing is offered there");
    }

    [Test]
    public void Revealed_captures_count_among_the_secrets_of_a_minute()
    {
        var refusals = new List<string>();
        for (var number = 0; number < 31; number++)
        {
            _client.Ask<Done>(Login("anna", $"changed {number}") with { Key = $"tab-{number}" });
            refusals.Add(_client.Refusal(new RevealCaptured($"tab-{number}", "show")));
        }

        Assert.That(refusals.Count(refusal => refusal == "rateLimited"), Is.EqualTo(1));
    }

    [Test]
    public void Never_site_is_offered_nothing_and_keeps_nothing()
    {
        _client.Ask<Done>(Login("anna", "changed"));
        _client.Ask<Site>(new GetSite(Page, true));

        Assert.That(Offer(), Is.Null);
        Assert.That(_client.Refusal(Into(_host.Ids[0])), Is.EqualTo("notFound"));
        Assert.That(_client.Refusal(AsNew()), Is.EqualTo("notFound"));
    }

    [Test]
    public void Kept_as_a_new_item_it_is_a_login_of_that_page()
    {
        _client.Ask<Settings>(new ChangeSettings(new SettingsChange(MatchKind: "origin")));
        var other = _host.Unlocked('B');
        _client.Ask<Done>(Login("carl", "pa\"ß") with { Origin = "https://login.new.example:8443" });

        var kept = _client.Ask<KeptCapture>(new KeepCaptured(Key, Set: new CapturedItem("New", "carl@new.example", ["work"], "Web/Shops")));

        Assert.That(kept.Revision, Is.Null);
        var details = _client.Ask<Details>(new GetItem(kept.Item.Id));
        Assert.That((details.Item.Kind, details.Item.Title, details.Item.Username, details.Folder), Is.EqualTo(("login", "New", "carl@new.example", "Web/Shops")));
        Assert.That(details.Item.Tags, Is.EqualTo(new[] { "work" }));
        Assert.That(details.Urls, Is.EqualTo(new[] { new UrlToSave("https://login.new.example:8443", "origin") }));
        Assert.That(PasswordInFile(kept.Item.Id), Is.EqualTo("pa\"ß"));
        Assert.That(other.Events, Is.EqualTo(new[] { "changed" }));
        Assert.That((Offer(), _client.Refusal(AsNew())), Is.EqualTo(((CaptureOffer?)null, "notFound")), "it is over");
    }

    [Test]
    public void Kept_in_an_item_it_changes_the_password_and_a_restore_brings_the_old_one_back()
    {
        var id = _host.Ids[0];
        _client.Ask<Saved>(new Update(id, new ItemChanges(Notes: "n", Tags: ["a"])));
        _client.Ask<Saved>(new Update(id, new ItemChanges(Title: "Bank")));
        var other = _host.Unlocked('B');
        _client.Ask<Done>(Login("ANNA", "changed"));

        var kept = _client.Ask<KeptCapture>(Into(id));

        Assert.That((kept.Item.Id, kept.Item.Title, kept.Item.Username, kept.Revision), Is.EqualTo((id, "Bank", "anna", 3)));
        Assert.That(PasswordInFile(id), Is.EqualTo("changed"));
        Assert.That(other.Events, Is.EqualTo(new[] { "changed" }));
        Assert.That(_client.Refusal(Into(id)), Is.EqualTo("notFound"), "it is over");
        _client.Ask<Saved>(new Restore(id, kept.Revision));
        Assert.That(PasswordInFile(id), Is.EqualTo("s3cr3t"));
        Assert.That(_client.Ask<Details>(new GetItem(id)).Item.Title, Is.EqualTo("Bank"));
    }

    [Test]
    public void Password_of_an_item_that_had_none_is_taken_back_too()
    {
        using var host = new TestSession(TestSession.Login("Empty", Page, password: null));
        var client = host.Unlocked();
        client.Ask<Done>(Login("anna", "first"));

        var revision = client.Ask<KeptCapture>(new KeepCaptured(Key, host.Ids[0])).Revision;

        Assert.That(client.Ask<Saved>(new Restore(host.Ids[0], revision)).Item.HasPassword, Is.False);
    }

    [Test]
    public void Change_of_another_program_in_between_does_not_mix_up_the_revision()
    {
        _client.Ask<Done>(Login("anna", "changed"));
        using (var file = _host.OpenOwn())
        {
            file.Update(ItemId.TryParse(_host.Ids[0])!.Value, new ItemDraft { Fields = [TestVault.Secret(FieldName.Password, "theirs")] });
            file.Write();
        }

        var revision = _client.Ask<KeptCapture>(Into(_host.Ids[0])).Revision;

        var was = _client.Ask<Revealed>(new Reveal(_host.Ids[0], "Password", "show", revision));
        Assert.That(Text(was.Value), Is.EqualTo("s3cr3t"));
    }

    [Test]
    public void Item_that_is_none_of_the_offer_s_takes_nothing()
    {
        var other = _client.Ask<Saved>(new Save(new ItemToSave("login", "Other", [new UrlToSave("https://other.example", "hostname")], [], "anna"))).Item.Id;
        _client.Ask<Done>(Login("anna", "changed"));

        foreach (var into in new[] { other, "AAAAAAAAAAAAAAAAAAAAAA", "Example", "" })
        {
            Assert.That(_client.Refusal(Into(into)), Is.EqualTo("notFound"), into);
        }
        Assert.That(Offer()!.Items.Single().Id, Is.EqualTo(_host.Ids[0]), "it is still there");
    }

    [Test]
    public void Item_that_was_removed_meanwhile_takes_nothing()
    {
        _client.Ask<Done>(Login("anna", "changed"));
        _client.Ask<Done>(new Remove(_host.Ids[0]));

        Assert.That(_client.Refusal(Into(_host.Ids[0])), Is.EqualTo("notFound"));
        Assert.That(Offer()!.Kind, Is.EqualTo("save"));
    }

    [Test]
    public void Capture_that_cannot_be_written_stays()
    {
        var written = File.ReadAllBytes(_host.VaultPath);
        File.WriteAllText(_host.VaultPath, "somebody else's file, not to be overwritten");
        _client.Ask<Done>(Login("anna", "changed"));
        Assert.That((_client.Refusal(Into(_host.Ids[0])), _client.Refusal(AsNew())), Is.EqualTo(("vaultChanged", "vaultChanged")));

        File.WriteAllBytes(_host.VaultPath, written);
        Assert.That(_client.Refusal(Into(_host.Ids[0])), Is.Empty);
        Assert.That(PasswordInFile(_host.Ids[0]), Is.EqualTo("changed"));
    }

    [Test]
    public void Capture_goes_into_the_vault_that_is_named_or_else_takes_new_ones()
    {
        var team = AddTeam(TestSession.Login("Team", Page, userName: "team", password: "team's"));
        _client.Ask<Done>(Login("carl", "x"));
        Assert.That(_client.Ask<KeptCapture>(AsNew(team.Id)).Item.Vault, Is.EqualTo(team.Id));
        _client.Ask<Done>(Login("dora", "x"));
        Assert.That(_client.Ask<KeptCapture>(AsNew()).Item.Vault, Is.Null);
        _client.Ask<Done>(Login("emil", "x"));
        Assert.That(_client.Refusal(AsNew("AAAAAAAAAAAAAAAAAAAAAA")), Is.EqualTo("notFound"));
        _client.Ask<ListedVault>(new ChangeVault(team.Id, new VaultChange(TakesNew: true)));
        Assert.That(_client.Ask<KeptCapture>(AsNew()).Item.Vault, Is.EqualTo(team.Id));

        _client.Ask<Done>(Login("team", "changed"));
        Assert.That(Offer()!.Items.Single().Vault, Is.EqualTo(team.Id));
        Assert.That(_client.Ask<KeptCapture>(Into(team.Items[0])).Revision, Is.EqualTo(1));
        using var file = team.Open();
        Assert.That(TestVault.Read(file, ItemId.TryParse(team.Items[0].AsSpan(23))!.Value, "Password"), Is.EqualTo("changed"));
    }

    [Test]
    public void Vault_that_is_hidden_takes_nothing_and_tells_nothing()
    {
        var team = AddTeam(TestSession.Login("Team", Page, userName: "team", password: "team's"));
        var other = _host.Unlocked('B');

        other.Ask<Done>(Login("team", "team's"));
        var offer = other.Ask<Captured>(new GetCaptured(Key)).Offer!;

        Assert.That((offer.Kind, offer.Items.Count), Is.EqualTo(("save", 0)), "not known, as far as it sees");
        Assert.That((other.Refusal(Into(team.Items[0])), other.Refusal(AsNew(team.Id))), Is.EqualTo(("notFound", "notFound")));
    }

    [Test]
    public void Vault_that_cannot_be_written_takes_nothing_but_what_it_knows_is_known()
    {
        using var disk = new SmallDisk();
        var path = Path.Combine(disk.Folder, "vault.kdbx");
        File.Copy(AddableTeam(TestSession.Login("Team", Page, userName: "team", password: "team's")).Path, path);
        _client.Ask<ListedVault>(new AddVault(TestClient.SecretOf(TeamPassphrase), path));
        _client.Ask<Done>(Login("team", "changed"));
        var item = Offer()!.Items.Single().Id;
        disk.Remount("ro");
        try
        {
            Assert.That(Offer()!.Kind, Is.EqualTo("save"));
            Assert.That(_client.Refusal(Into(item)), Is.EqualTo("notFound"));
            _client.Ask<Done>(Login("team", "team's"));
            Assert.That(Offer(), Is.Null);
        }
        finally
        {
            disk.Remount("rw");
            _host.Session.Dispose(); // the disk can be unmounted
        }
    }

    [TestCase(299, true), TestCase(300, false)]
    public void Capture_is_over_after_five_minutes(int seconds, bool isThere)
    {
        _client.Ask<Done>(Login("anna", "changed"));

        _host.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.That(Offer() is not null, Is.EqualTo(isThere));
        Assert.That(_client.Refusal(Into(_host.Ids[0])), Is.EqualTo(isThere ? "" : "notFound"));
    }

    [Test]
    public void Capture_made_again_waits_anew()
    {
        _client.Ask<Done>(Login("anna", "changed"));
        _host.Time.Advance(TimeSpan.FromMinutes(3));
        _client.Ask<Done>(Login("anna", "changed again"));
        _host.Time.Advance(TimeSpan.FromMinutes(3));

        Assert.That(Offer(), Is.Not.Null);
    }

    [Test]
    public void Ninth_capture_takes_the_place_of_the_oldest()
    {
        for (var number = 0; number < 8; number++)
        {
            _client.Ask<Done>(Login("anna", "changed") with { Key = $"tab-{number}" });
        }
        _client.Ask<Done>(Login("anna", "changed") with { Key = "tab-0" });
        _client.Ask<Done>(Login("anna", "changed") with { Key = "one-more" });

        Assert.That(Enumerable.Range(0, 8).Where(number => Offer($"tab-{number}") is null), Is.EqualTo(new[] { 1 }));
        Assert.That(Offer("one-more"), Is.Not.Null);
    }

    [Test]
    public void Capture_is_the_profile_s_own_until_it_is_forgotten()
    {
        _client.Ask<Done>(Login("anna", "changed"));
        var other = _host.Unlocked('B');

        Assert.That(other.Ask<Captured>(new GetCaptured(Key)).Offer, Is.Null, "another profile");
        Assert.That(other.Refusal(Into(_host.Ids[0])), Is.EqualTo("notFound"), "another profile");
        other.Ask<Captured>(new GetCaptured(Key, Drop: true));
        _client.Leave();
        _client = _host.Extension('A');
        Assert.That(Offer(), Is.Not.Null, "the profile's next port");
        Assert.That(_client.Ask<Captured>(new GetCaptured(Key, Drop: true)).Offer, Is.Null);
        Assert.That(Offer(), Is.Null);
        Assert.That(_client.Ask<Captured>(new GetCaptured(Key, Drop: true)).Offer, Is.Null, "there is none");
    }

    [Test]
    public void Capture_of_a_removed_profile_is_gone()
    {
        _client.Ask<Done>(Login("anna", "changed"));
        var own = _client.Ask<Profiles>(new GetProfiles()).List.Single().Id;
        _client.Ask<Profiles>(new GetProfiles(own));

        _client.Unlock(_host.VaultPath);

        Assert.That(Offer(), Is.Null);
    }

    [Test]
    public void Command_line_is_refused_with_a_vault_and_without()
    {
        var command = _host.CommandLine();
        var requests = new Request[] { Login("anna", "changed"), new GetCaptured(Key), new GetCaptured(Key, Drop: true), Into(_host.Ids[0]), AsNew() };
        Assert.That(requests.Select(command.Refusal), Is.All.EqualTo("refused"));
        command.Unlock(_host.VaultPath);
        Assert.That(requests.Select(command.Refusal), Is.All.EqualTo("refused"));
        _host.Restart();
        Assert.That(requests.Select(_host.CommandLine().Refusal), Is.All.EqualTo("refused"));
    }

    [Test]
    public void Capture_from_before_the_unlock_is_offered_after_it()
    {
        _host.Restart();
        var client = _host.Extension('A');
        client.Ask<Done>(Login("anna", null));
        client.Ask<Done>(Login(null, "changed"));
        client.Ask<Done>(Login("anna", "changed") with { Key = "tab-2" });
        Assert.That(client.Ask<Captured>(new GetCaptured("tab-2", Drop: true)).Offer, Is.Null);
        Assert.That((client.Refusal(new GetCaptured(Key)), client.Refusal(Into(_host.Ids[0]))), Is.EqualTo(("locked", "locked")));

        client.Unlock(_host.VaultPath);

        Assert.That(client.Ask<Captured>(new GetCaptured(Key)).Offer!.Username, Is.EqualTo("anna"));
        Assert.That(client.Ask<Captured>(new GetCaptured("tab-2")).Offer, Is.Null);
    }

    [Test]
    public void Profile_that_does_not_see_the_vault_captures_and_is_told_nothing()
    {
        var stranger = _host.Extension('B');

        Assert.That(stranger.Refusal(SignUp("anna", "brand new")), Is.Empty);
        Assert.That((stranger.Refusal(new GetCaptured(Key)), stranger.Refusal(AsNew())), Is.EqualTo(("locked", "locked")));
        Assert.That(_client.Ask<GeneratedEntries>(new GetGenerated()).Entries, Is.Empty);
    }

    [Test]
    public void Capture_to_a_session_that_has_ended_is_refused()
    {
        _client.Ask<Done>(new global::Host.Protocol.Lock());

        Assert.That(_client.Refusal(Login("anna", "changed")), Is.EqualTo("locked"));
    }

    [TestCase("null"), TestCase("www.example.com"), TestCase("https://www.example.com/")]
    public void Origin_that_is_none_is_refused(string origin) =>
        Assert.That(_client.Refusal(Login("anna", "changed") with { Origin = origin }), Is.EqualTo("badMessage"));

    [Test]
    public void Ancestor_that_is_none_is_refused() =>
        Assert.That(_client.Refusal(Login("anna", "changed") with { Ancestors = ["top"] }), Is.EqualTo("badMessage"));

    [TestCase(""), TestCase("a b"), TestCase("ä"), TestCase("a\n"), TestCase("12345678901234567890123456789012345678901234567890123456789012345")]
    public void Key_that_is_none_is_refused(string key)
    {
        foreach (var request in new Request[] { Login("anna", "x") with { Key = key }, new GetCaptured(key), new GetCaptured(key, Drop: true), Into(_host.Ids[0]) with { Key = key } })
        {
            Assert.That(_client.Refusal(request), Is.EqualTo("badMessage"), request.ToString());
        }
    }

    [TestCase(4096, ""), TestCase(4097, "badMessage")]
    public void Text_is_at_most_4_KiB(int bytes, string refusal)
    {
        var text = new string('x', bytes);
        Assert.That(_client.Refusal(Login(text, null)), Is.EqualTo(refusal));
        Assert.That(_client.Refusal(Login("anna", text)), Is.EqualTo(refusal));
        Assert.That(_client.Refusal(SignUp("anna", text)), Is.EqualTo(refusal));
    }

    [Test]
    public void Comparing_releases_nothing()
    {
        for (var count = 0; count < 40; count++)
        {
            _client.Ask<Saved>(new Save(new ItemToSave("login", $"{count}", [new UrlToSave(Page, "hostname")], [], $"user {count}", TestClient.SecretOf($"{count}"))));
            _client.Ask<Done>(Login($"user {count}", "changed"));
            Assert.That(Offer()!.Items, Has.Count.EqualTo(1));
        }

        Assert.That(_client.Refusal(new Reveal(_host.Ids[0], "Password", "show")), Is.Empty);
    }

    [Test]
    public void New_password_is_in_the_history_of_generated_ones_once_it_is_captured()
    {
        _client.Ask<Done>(SignUp("anna", "new one"));
        _client.Ask<Done>(Change("s3cr3t", "new two") with { Origin = "https://other.example" });
        _client.Ask<Done>(SignUp("anna", "new one"));
        _host.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.That(GeneratedInFile(), Is.EqualTo(new[] { "new two", "new one" }));
    }

    [Test]
    public void New_password_that_was_generated_here_is_not_kept_twice()
    {
        var generated = Text(_client.Ask<Generated>(new Generate("pattern", Pattern: "dddddddddddd", Keep: true)).Value);

        _client.Ask<Done>(SignUp("anna", generated));

        Assert.That(_client.Ask<GeneratedEntries>(new GetGenerated()).Entries, Has.Count.EqualTo(1));
    }

    [Test]
    public void Password_that_is_not_new_is_not_among_the_generated_ones()
    {
        _client.Ask<Done>(Login("anna", "changed"));
        _client.Ask<Done>(Login("anna", "changed") with { NewPassword = TestClient.SecretOf("new") });
        _client.Ask<Done>(Change("s3cr3t", null));
        _client.Ask<Done>(SignUp("anna", "•••"));
        _client.Ask<Done>(SignUp("anna", ""));

        Assert.That(_client.Ask<GeneratedEntries>(new GetGenerated()).Entries, Is.Empty);
    }

    [TestCase(true), TestCase(false)]
    public void Passwords_are_wiped_whichever_way_a_capture_goes(bool isLock)
    {
        var time = new ManualTime();
        var captures = new Captures(time, new());
        captures.Take("A", Change("old", "new"));
        var form = captures.Find("A", Key)!;
        Assert.That(Opened(form.Password!), Is.EqualTo("old"));

        if (isLock)
        {
            captures.Clear();
        }
        else
        {
            time.Advance(Captures.Lifetime);
        }

        Assert.That(() => form.Password!.Open(), Throws.InvalidOperationException);
        Assert.That(() => form.NewPassword!.Open(), Throws.InvalidOperationException);
        Assert.That(captures.Find("A", Key), Is.Null);
    }

    [Test]
    public void Lock_wipes_the_captures()
    {
        _client.Ask<Done>(Change("old", "new"));
        var form = _host.Session.Captures.Find(Profile(), Key)!;

        _client.Ask<Done>(new global::Host.Protocol.Lock());

        Assert.That(() => form.Password!.Open(), Throws.InvalidOperationException);
        Assert.That(() => form.NewPassword!.Open(), Throws.InvalidOperationException);
    }

    /// <summary>One capture: who, with which password, in which form and with which old one, and into which item of the offer it goes.</summary>
    public sealed record Form(byte Who, byte Password, byte Kind, byte Old, byte Into);

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public Property No_password_that_was_in_the_vault_is_lost() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<Form[]>().ToArbitrary(),
        forms =>
        {
            using var host = new TestSession(
                TestSession.Login("Anna", Page, userName: "anna", password: "0"),
                TestSession.Login("Bert", "https://example.com", MatchKind.Site, userName: "bert", password: "1"),
                TestSession.Login("Nameless", Page, userName: "", password: "2"));
            var client = host.Unlocked();
            var passwords = new HashSet<string> { "0", "1", "2" };
            // Few enough that no history is trimmed.
            return forms.Take(8).All(form => IsUndoable(client, form, passwords)) && passwords.IsSubsetOf(AllPasswords(host));
        });

    private static bool IsUndoable(TestClient client, Form form, HashSet<string> passwords)
    {
        var password = $"{form.Password % 6}";
        var old = TestClient.SecretOf($"{form.Old % 6}");
        var typed = new Capture(Key, Page, [], form.Kind % 2 == 0 ? "login" : "change", new[] { null, "anna", "BERT", "carl" }[form.Who % 4]);
        client.Ask<Done>(form.Kind % 2 == 0
            ? typed with { Password = TestClient.SecretOf(password) }
            : typed with { Password = old, NewPassword = TestClient.SecretOf(password) });
        if (client.Ask<Captured>(new GetCaptured(Key)).Offer is not { } offer)
        {
            return true;
        }
        passwords.Add(password);
        if (offer.Kind == "save" || form.Into % 5 == 0)
        {
            return client.Ask<KeptCapture>(AsNew()).Revision is null;
        }
        var item = offer.Items[form.Into % offer.Items.Count].Id;
        var before = Text(client.Ask<Revealed>(new Reveal(item, "Password", "show")).Value);
        var revision = client.Ask<KeptCapture>(Into(item)).Revision!.Value;
        return Text(client.Ask<Revealed>(new Reveal(item, "Password", "show")).Value) == password
            && Text(client.Ask<Revealed>(new Reveal(item, "Password", "show", revision)).Value) == before;
    }

    private static HashSet<string> AllPasswords(TestSession host)
    {
        using var file = host.OpenOwn();
        return [.. file.Items.SelectMany(item => file.Revisions(item.Id)!.Select(one => (int?)one.Number).Append(null).Select(number =>
        {
            using var value = file.OpenField(item.Id, FieldName.Password, number);
            return Encoding.UTF8.GetString(value!.Span);
        }))];
    }

    private FurtherFile AddableTeam(params ItemDraft[] items) => _host.MakeFurther("team", TeamPassphrase, items);

    private FurtherFile AddTeam(params ItemDraft[] items)
    {
        var team = AddableTeam(items);
        _client.Ask<ListedVault>(new AddVault(TestClient.SecretOf(TeamPassphrase), team.Path));
        return team;
    }

    private CaptureOffer? Offer(string key = Key) => _client.Ask<Captured>(new GetCaptured(key)).Offer;

    private string Profile() => _client.Ask<Profiles>(new GetProfiles()).List.Single(one => one.Current).Id;

    private string? PasswordInFile(string item)
    {
        using var file = _host.OpenOwn();
        return TestVault.Read(file, ItemId.TryParse(item)!.Value, FieldName.Password);
    }

    private List<string> GeneratedInFile()
    {
        using var file = _host.OpenOwn();
        return [.. file.Generated.Select(one =>
        {
            using var value = file.OpenGenerated(one.Id);
            return Encoding.UTF8.GetString(value!.Span);
        })];
    }

    private static Capture Login(string? userName, string? password) => new(Key, Page, [], "login", userName, Secret(password));

    private static Capture SignUp(string? userName, string password) => new(Key, Page, [], "signup", userName, NewPassword: Secret(password));

    private static Capture Change(string? password, string? newPassword) => new(Key, Page, [], "change", null, Secret(password), Secret(newPassword));

    private static KeepCaptured Into(string item) => new(Key, item);

    private static KeepCaptured AsNew(string? vault = null) => new(Key, Set: new CapturedItem("New", "anna", [], Vault: vault));

    private static Secret? Secret(string? text) => text is null ? null : TestClient.SecretOf(text);

    private static string Opened(global::Vault.Crypto.SealedSecret secret)
    {
        using var value = secret.Open();
        return Encoding.UTF8.GetString(value.Span);
    }

    private static string Text(Secret secret) => Encoding.UTF8.GetString(secret.Utf8);
}
