using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Browsers.Site;
using Host.Protocol;
using NUnit.Framework;

namespace Suite.Hosting;

/// <summary>The host as an authenticator: what it makes and signs is judged by a library that others wrote; what it refuses it says.</summary>
public class SessionPasskeyTests
{
    private const string Page = "https://login.shop.test";
    private const string Id = "shop.test";

    private readonly PasskeySite _site = new(Id, allowFrames: true, Page, "https://portal.test");
    private TestSession _host = null!;
    private TestClient _client = null!;

    [SetUp]
    public void SetUp()
    {
        _host = new TestSession(TestSession.Login("Shop", Page), TestSession.Login("Other", "https://other.example"));
        _client = _host.Unlocked();
    }

    [TearDown]
    public void TearDown() => _host.Dispose();

    [TestCase(-7, new[] { -7, -257 })]
    [TestCase(-8, new[] { -257, -8, -7 })]
    public async Task Site_takes_a_new_passkey_and_its_use_also_after_a_lock(int expected, int[] algorithms)
    {
        var (created, options) = Create("anna", algorithms: algorithms);
        Assert.That(created.Algorithm, Is.EqualTo(expected));
        Assert.That(await _site.RegisterAsync(AsAnswer(created)), Is.EqualTo("registered anna"), options.ToJsonString());

        _host.Restart();
        _client = _host.Unlocked();

        Assert.That(await SignInAsync(created.Item.Id, null), Is.EqualTo("signed in as anna"));
        Assert.That(await SignInAsync(created.Item.Id, [created.Credential]), Is.EqualTo("signed in as anna"));
    }

    [Test]
    public async Task New_passkey_is_an_item_of_its_own_or_a_part_of_one()
    {
        var other = _host.Unlocked('B');
        var (made, _) = Create("anna");
        var (added, _) = Create("berta", item: _host.Ids[0]);

        Assert.That((made.Item.Title, made.Item.Username, made.Item.HasPasskey, made.Item.HasPassword), Is.EqualTo(("Shop", "anna", (bool?)true, false)));
        Assert.That((added.Item.Id, added.Item.HasPasskey, added.Item.HasPassword), Is.EqualTo((_host.Ids[0], (bool?)true, true)));
        Assert.That(other.Events, Is.EqualTo(new[] { "changed", "changed" }));
        var details = _client.Ask<Details>(new GetItem(made.Item.Id));
        Assert.That(details.Passkey, Is.EqualTo(new DetailPasskey(Id, "anna", _host.Time.GetUtcNow())));
        Assert.That(details.Fields.Select(field => field.Name), Has.None.StartsWith("KPEX").And.None.StartsWith("Latchkey"));
        Assert.That(details.Urls, Is.EqualTo(new[] { new UrlToSave(Page, "hostname") }));
        Assert.That(await _site.RegisterAsync(AsAnswer(added)), Is.EqualTo("registered berta"));
    }

    [Test]
    public void Passkeys_are_found_by_relying_party_credential_and_user_and_the_last_used_is_first()
    {
        var (anna, _) = Create("anna");
        var (berta, _) = Create("berta");
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        _ = Use(anna.Item.Id);

        Assert.That(Found(), Is.EqualTo(new[] { "anna", "berta" }));
        Assert.That(Found(credentials: [berta.Credential, "AAAA"]), Is.EqualTo(new[] { "berta" }));
        Assert.That(Found(credentials: []), Is.Empty);
        Assert.That(Found(user: Base64Url.EncodeToString("anna"u8)), Is.EqualTo(new[] { "anna" }));
        Assert.That(_client.Ask<Passkeys>(new FindPasskeys(Page, [], "login.shop.test")).List, Is.Empty);
        _client.Ask<Done>(new Remove(anna.Item.Id));
        Assert.That(Found(), Is.EqualTo(new[] { "berta" }));

        string[] Found(string[]? credentials = null, string? user = null) =>
            [.. _client.Ask<Passkeys>(new FindPasskeys(Page, [], Id, credentials, user)).List.Select(one => one.Username)];
    }

    [Test]
    public void Passkey_of_the_same_user_is_replaced_where_it_is_and_another_one_is_not()
    {
        var (first, _) = Create("anna");
        var (second, _) = Create("anna", item: first.Item.Id);

        Assert.That(second.Credential, Is.Not.EqualTo(first.Credential));
        Assert.That(_client.Ask<Passkeys>(new FindPasskeys(Page, [], Id)).List, Has.Count.EqualTo(1));
        Assert.That(_client.Ask<Details>(new GetItem(first.Item.Id)).Revisions, Is.EqualTo(1), "the old one is in the history");
        Assert.That(_client.Refusal(NewPasskey("berta") with { Item = first.Item.Id, Set = null }), Is.EqualTo("refused hasPasskey"));
    }

    [Test]
    public void Dropped_passkey_is_gone_and_comes_back_with_the_revision()
    {
        var (made, _) = Create("anna", item: _host.Ids[0]);

        var dropped = _client.Ask<Settled>(new DropPasskey(made.Item.Id));

        Assert.That(dropped.Item!.HasPasskey, Is.Null);
        Assert.That(_client.Refusal(UsePasskeyOf(made.Item.Id)), Is.EqualTo("notFound"));
        Assert.That(_client.Refusal(new DropPasskey(made.Item.Id)), Is.EqualTo("notFound"));
        _client.Ask<Saved>(new Restore(made.Item.Id, dropped.Revision));
        Assert.That(Use(made.Item.Id).Credential, Is.EqualTo(made.Credential));
    }

    [TestCase("https://evil.test", "shop.test", new string[0], "refused relyingParty")]
    [TestCase("https://login.shop.test", "test", new string[0], "refused relyingParty")]
    [TestCase("https://anna.github.io", "github.io", new string[0], "refused relyingParty")]
    [TestCase("https://127.0.0.1", "127.0.0.1", new string[0], "refused relyingParty")]
    [TestCase("http://shop.test", "shop.test", new string[0], "refused insecure")]
    [TestCase("ftp://shop.test", "shop.test", new string[0], "refused scheme")]
    [TestCase("https://shop.test", "shop.test", new[] { "https://evil.test" }, "refused frame")]
    [TestCase("https://shop.test", "shop.test", new[] { "https://shop.test", "https://evil.test" }, "refused frame")]
    [TestCase("https://shop.test", "shop.test", new[] { "https://login.shop.test" }, "refused frame", Description = "the same site, another origin")]
    [TestCase("https://shop.test", "shop.test", new[] { "null" }, "refused frame")]
    [TestCase("https://Shop.test", "shop.test", new string[0], "badMessage")]
    [TestCase("null", "shop.test", new string[0], "badMessage")]
    public void Page_that_may_not_gets_nothing(string origin, string relyingParty, string[] ancestors, string refusal)
    {
        var (made, _) = Create("anna");

        var create = NewPasskey("berta") with { Origin = origin, RelyingParty = relyingParty, Ancestors = ancestors };
        var use = UsePasskeyOf(made.Item.Id) with { Origin = origin, RelyingParty = relyingParty, Ancestors = ancestors };

        Assert.That((_client.Refusal(create), _client.Refusal(use)), Is.EqualTo((refusal, refusal)));
        Assert.That(_client.Ask<Passkeys>(new FindPasskeys(Page, [], Id)).List, Has.Count.EqualTo(1));
        if (ancestors.Length == 0)
        {
            Assert.That(_client.Refusal(new FindPasskeys(origin, [], relyingParty)), Is.EqualTo(refusal));
        }
    }

    [Test]
    public async Task Frame_of_another_origin_is_confirmed_and_named_to_the_site()
    {
        var (made, _) = Create("anna");
        Assert.That(await _site.RegisterAsync(AsAnswer(made)), Is.EqualTo("registered anna"));
        var options = JsonNode.Parse(_site.SignInOptions(null))!;

        var used = _client.Ask<UsedPasskey>(UsePasskeyOf(made.Item.Id, (string)options["challenge"]!) with
        {
            Ancestors = [Page, "https://portal.test"],
            Confirmed = ["frame"],
        });

        var clientData = JsonNode.Parse(Base64Url.DecodeFromChars(used.ClientData))!;
        Assert.That(((bool)clientData["crossOrigin"]!, (string)clientData["topOrigin"]!), Is.EqualTo((true, "https://portal.test")));
        Assert.That(_client.Refusal(UsePasskeyOf(made.Item.Id) with { Ancestors = ["null"], Confirmed = ["frame"] }), Is.EqualTo("refused frame"));
        Assert.That(await _site.SignInAsync(AsAnswer(used)), Is.EqualTo("signed in as anna"));
    }

    [Test]
    public void What_the_site_excludes_or_does_not_take_is_not_made()
    {
        var (made, _) = Create("anna");

        Assert.That(_client.Refusal(NewPasskey("anna") with { Exclude = ["AAAA", made.Credential] }), Is.EqualTo("refused excluded"));
        Assert.That(_client.Refusal(NewPasskey("anna") with { Algorithms = [-257, 7, 0] }), Is.EqualTo("refused algorithm"));
        Assert.That(_client.Refusal(NewPasskey("anna") with { Algorithms = [] }), Is.EqualTo("refused algorithm"));
        Assert.That(_client.Refusal(NewPasskey("anna") with { Item = _host.VaultId, Set = null }), Is.EqualTo("notFound"));
    }

    private static IEnumerable<TestCaseData> BadBytes =>
    [
        .. new[] { "", "=", "AA==", "A", "AA AA", "AA\n", "+/+/", "ä", new string('A', 6000) }
            .Select(text => new TestCaseData(text).SetName($"Bytes_that_are_none_are_no_message({text[..Math.Min(6, text.Length)]})")),
    ];

    [TestCaseSource(nameof(BadBytes))]
    public void Bytes_that_are_none_are_no_message(string text)
    {
        var (made, _) = Create("anna");

        Assert.That(_client.Refusal(NewPasskey("b") with { Challenge = text }), Is.EqualTo("badMessage"));
        Assert.That(_client.Refusal(NewPasskey("b") with { User = new PasskeyUser(text, "b") }), Is.EqualTo("badMessage"));
        Assert.That(_client.Refusal(NewPasskey("b") with { Exclude = [text] }), Is.EqualTo("badMessage"));
        Assert.That(_client.Refusal(UsePasskeyOf(made.Item.Id, text)), Is.EqualTo("badMessage"));
        Assert.That(_client.Refusal(UsePasskeyOf(made.Item.Id) with { Allow = [text] }), Is.EqualTo("badMessage"));
    }

    [Test]
    public void Counts_have_an_end()
    {
        var many = Enumerable.Repeat("AAAA", 257).ToList();

        Assert.That(_client.Refusal(NewPasskey("anna") with { Exclude = many }), Is.EqualTo("badMessage"));
        Assert.That(_client.Refusal(new FindPasskeys(Page, [], Id, many)), Is.EqualTo("badMessage"));
        Assert.That(_client.Refusal(NewPasskey(new string('a', 65))), Is.EqualTo("badMessage"));
    }

    [Test]
    public void Passkey_that_is_not_allowed_or_of_another_site_is_not_used()
    {
        var (made, _) = Create("anna");

        Assert.That(_client.Refusal(UsePasskeyOf(made.Item.Id) with { Allow = ["AAAA"] }), Is.EqualTo("notFound"));
        Assert.That(_client.Refusal(UsePasskeyOf(made.Item.Id) with { Allow = [] }), Is.EqualTo("notFound"));
        Assert.That(_client.Refusal(UsePasskeyOf(made.Item.Id) with { RelyingParty = "login.shop.test" }), Is.EqualTo("notFound"));
        Assert.That(_client.Refusal(UsePasskeyOf(_host.Ids[1])), Is.EqualTo("notFound"));
    }

    [Test]
    public void Private_key_leaves_the_host_by_no_request()
    {
        var (made, _) = Create("anna");

        Assert.That(_client.Refusal(new Reveal(made.Item.Id, "KPEX_PASSKEY_PRIVATE_KEY_PEM", "show")), Is.EqualTo("notFound"));
        Assert.That(
            _client.Refusal(new Update(made.Item.Id, new ItemChanges(Fields: [new FieldChange("KPEX_PASSKEY_PRIVATE_KEY_PEM", true)]))),
            Is.EqualTo("badMessage"));
    }

    [Test]
    public void Who_does_not_see_the_vault_is_told_nothing()
    {
        var (made, _) = Create("anna");
        var stranger = _host.Extension('C');

        Assert.That(stranger.Refusal(new FindPasskeys(Page, [], Id)), Is.EqualTo("locked"));
        Assert.That(stranger.Refusal(UsePasskeyOf(made.Item.Id)), Is.EqualTo("locked"));
        Assert.That(stranger.Refusal(NewPasskey("anna")), Is.EqualTo("locked"));
        Assert.That(stranger.Refusal(new DropPasskey(made.Item.Id)), Is.EqualTo("locked"));
    }

    [Test]
    public void Page_that_asks_again_and_again_keeps_no_vault_open()
    {
        for (var minute = 0; minute < 11; minute++)
        {
            _host.Time.Advance(TimeSpan.FromMinutes(1));
            _ = _client.Refusal(new FindPasskeys(Page, [], Id));
        }
        Assert.That(_host.EndedFor, Is.EqualTo("idle"));
    }

    private (CreatedPasskey Created, JsonNode Options) Create(string user, int[]? algorithms = null, string? item = null)
    {
        var options = JsonNode.Parse(_site.NewOptions(user))!;
        var request = NewPasskey(user) with { Challenge = (string)options["challenge"]!, Algorithms = algorithms ?? [-7] };
        return (_client.Ask<CreatedPasskey>(item is null ? request : request with { Item = item, Set = null }), options);
    }

    private UsedPasskey Use(string item) => _client.Ask<UsedPasskey>(UsePasskeyOf(item));

    private async Task<string> SignInAsync(string item, string[]? allow)
    {
        var options = JsonNode.Parse(_site.SignInOptions(allow is null ? null : "anna"))!;
        return await _site.SignInAsync(AsAnswer(_client.Ask<UsedPasskey>(UsePasskeyOf(item, (string)options["challenge"]!) with { Allow = allow })));
    }

    private static CreatePasskey NewPasskey(string user) => new(
        Page, [], [], Id, new PasskeyUser(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(user)), user), "AAECAwQFBgcICQoLDA0ODw", [-7], [],
        Set: new CapturedItem("Shop", user, []));

    private static UsePasskey UsePasskeyOf(string item, string challenge = "AAECAwQFBgcICQoLDA0ODw") => new(item, Page, [], [], Id, challenge);

    private static string AsAnswer(CreatedPasskey created) => new JsonObject
    {
        ["id"] = created.Credential,
        ["rawId"] = created.Credential,
        ["type"] = "public-key",
        ["clientExtensionResults"] = new JsonObject(),
        ["response"] = new JsonObject
        {
            ["clientDataJSON"] = created.ClientData,
            ["attestationObject"] = created.Attestation,
            ["transports"] = new JsonArray("internal"),
        },
    }.ToJsonString();

    private static string AsAnswer(UsedPasskey used) => new JsonObject
    {
        ["id"] = used.Credential,
        ["rawId"] = used.Credential,
        ["type"] = "public-key",
        ["clientExtensionResults"] = new JsonObject(),
        ["response"] = new JsonObject
        {
            ["clientDataJSON"] = used.ClientData,
            ["authenticatorData"] = used.AuthenticatorData,
            ["signature"] = used.Signature,
            ["userHandle"] = used.User,
        },
    }.ToJsonString();
}
