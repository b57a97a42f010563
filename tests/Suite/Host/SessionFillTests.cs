using System.Text;
using Host.Protocol;
using NUnit.Framework;

namespace Suite.Hosting;

public class SessionFillTests
{
    private static readonly string[] Both = ["username", "password"];

    private TestSession _host = null!;
    private TestClient _client = null!;

    [SetUp]
    public void SetUp()
    {
        _host = new TestSession(
            TestSession.Login("Example", "https://www.example.com"),
            TestSession.Login("Plain", "http://plain.example"),
            TestSession.Login("Empty", "https://empty.example", userName: "", password: null),
            TestSession.Login("Local", "http://localhost:8080"),
            TestSession.Login("Twin", "https://twin.example"),
            TestSession.Login("Twin 2", "https://twin.example"));
        _client = _host.Unlocked();
    }

    [TearDown]
    public void TearDown() => _host.Dispose();

    [TestCase("ftp://www.example.com", 0, "", "", "refused scheme")]
    [TestCase("http://www.example.com", 0, "", "", "refused insecureItem")]
    [TestCase("http://www.example.com", 0, "", "insecure frame", "refused insecureItem")]
    [TestCase("https://example.com", 0, "", "", "refused noMatch")]
    [TestCase("https://www.example.com.evil.example", 0, "", "", "refused noMatch")]
    [TestCase("https://www.example.com", 0, "https://evil.example", "", "refused frame")]
    [TestCase("https://www.example.com", 0, "https://www.example.com https://evil.example", "", "refused frame")]
    [TestCase("https://www.example.com", 0, "null", "", "refused frame")]
    [TestCase("https://www.example.com", 0, "https://evil.example", "frame", "")]
    [TestCase("https://www.example.com", 0, "https://www.example.com", "", "")]
    [TestCase("http://plain.example", 1, "", "", "refused insecure")]
    [TestCase("http://plain.example", 1, "", "insecure", "")]
    [TestCase("http://localhost:8080", 3, "", "", "")]
    [TestCase("https://empty.example", 2, "", "", "refused noField")]
    [TestCase("https://www.example.com", 0, "", "", "")]
    public void Person_s_fill_is_decided_in_the_order_of_the_table(string origin, int item, string ancestors, string confirmed, string refusal)
    {
        Assert.That(
            _client.Refusal(new Fill(origin, Split(ancestors), "person", Both, Split(confirmed), _host.Ids[item])), Is.EqualTo(refusal));
    }

    [TestCase("https://www.example.com", "", "refused notChosen")]
    [TestCase("https://nobody.example", "", "refused noMatch")]
    [TestCase("http://www.example.com", "", "refused insecureItem")]
    [TestCase("ftp://www.example.com", "", "refused scheme")]
    [TestCase("http://plain.example", "", "refused insecure")]
    public void Load_s_fill_is_refused_where_nothing_is_chosen(string origin, string ancestors, string refusal) =>
        Assert.That(_client.Refusal(Load(origin, Split(ancestors))), Is.EqualTo(refusal));

    [Test]
    public void Chosen_item_fills_on_load_in_the_top_frame_only()
    {
        _client.Ask<Done>(new AlwaysFill(_host.Ids[0], "https://www.example.com", true));

        var filled = _client.Ask<Filled>(Load("https://www.example.com"));
        Assert.That(filled.Item.Title, Is.EqualTo("Example"));
        Assert.That(Encoding.UTF8.GetString(filled.Username!.Utf8), Is.EqualTo("anna"));
        Assert.That(Encoding.UTF8.GetString(filled.Password!.Utf8), Is.EqualTo("s3cr3t"));
        Assert.That(_client.Refusal(Load("https://www.example.com", "https://www.example.com")), Is.EqualTo("refused subframe"));
        Assert.That(_client.Refusal(Load("https://www.example.com", "https://evil.example")), Is.EqualTo("refused frame"));
    }

    [Test]
    public void Choice_is_kept_in_the_vault_told_by_match_and_can_be_ended()
    {
        _client.Ask<Done>(new AlwaysFill(_host.Ids[0], "https://www.example.com", true));
        _host.Restart();
        var client = _host.Unlocked('B');

        Assert.That(client.Ask<Matches>(new FindMatches("https://www.example.com", [])).Items.Single().AlwaysFill, Is.True);
        client.Ask<Done>(new AlwaysFill(_host.Ids[0], "https://www.example.com", false));
        Assert.That(client.Refusal(Load("https://www.example.com")), Is.EqualTo("refused notChosen"));
        Assert.That(client.Ask<Matches>(new FindMatches("https://www.example.com", [])).Items.Single().AlwaysFill, Is.False);
    }

    [Test]
    public void Two_chosen_items_fill_nothing()
    {
        _client.Ask<Done>(new AlwaysFill(_host.Ids[4], "https://twin.example", true));
        Assert.That(_client.Refusal(Load("https://twin.example")), Is.Empty);
        _client.Ask<Done>(new AlwaysFill(_host.Ids[5], "https://twin.example", true));
        Assert.That(_client.Refusal(Load("https://twin.example")), Is.EqualTo("refused several"));
    }

    [Test]
    public void Own_items_fill_on_load_where_exactly_one_matches()
    {
        _client.Ask<Settings>(new ChangeSettings(new SettingsChange(FillOnLoad: "ownItems")));

        Assert.That(_client.Refusal(Load("https://www.example.com")), Is.Empty);
        Assert.That(_client.Refusal(Load("https://twin.example")), Is.EqualTo("refused notChosen"));
        Assert.That(_client.Refusal(Load("https://empty.example")), Is.EqualTo("refused noField"));
    }

    [TestCase("https://other.example", 0, "refused noMatch")]
    [TestCase("http://plain.example", 1, "refused insecure")]
    [TestCase("http://localhost:8080", 3, "")]
    public void Choice_that_no_load_would_honour_is_refused(string origin, int item, string refusal) =>
        Assert.That(_client.Refusal(new AlwaysFill(_host.Ids[item], origin, true)), Is.EqualTo(refusal));

    [Test]
    public void Fill_gives_only_what_was_asked()
    {
        var filled = _client.Ask<Filled>(new Fill("https://www.example.com", [], "person", ["password"], [], _host.Ids[0]));
        Assert.That((filled.Username is null, filled.Password is null), Is.EqualTo((true, false)));
    }

    [TestCase("https://www.example.com", "Example origin", false)]
    [TestCase("https://www.example.com:8443", "Example hostname", false)]
    [TestCase("http://www.example.com", "", true)]
    [TestCase("http://plain.example", "Plain origin", true)]
    [TestCase("http://localhost:8080", "Local origin", false)]
    [TestCase("ftp://www.example.com", "", false)]
    [TestCase("https://nobody.example", "", false)]
    public void Match_lists_what_fits_the_frame(string origin, string expected, bool insecure)
    {
        var matches = _client.Ask<Matches>(new FindMatches(origin, []));

        Assert.That(string.Join(',', matches.Items.Select(item => $"{item.Title} {item.Match}")), Is.EqualTo(expected));
        Assert.That((matches.Insecure, matches.More), Is.EqualTo((insecure, false)));
    }

    [Test]
    public void Site_that_is_never_is_offered_nothing_by_itself_and_a_person_goes_on()
    {
        _client.Ask<Done>(new AlwaysFill(_host.Ids[0], "https://www.example.com", true));
        var other = _host.Unlocked('B');

        Assert.That(_client.Ask<Site>(new GetSite("https://www.example.com:8443", true)), Is.EqualTo(new Site("www.example.com", true)));

        Assert.That(other.Events, Is.EqualTo(new[] { "changed" }));
        var matches = other.Ask<Matches>(new FindMatches("https://www.example.com", []));
        Assert.That((matches.Items.Count, matches.Never), Is.EqualTo((0, true)));
        Assert.That(other.Refusal(Load("https://www.example.com")), Is.EqualTo("refused never"));
        Assert.That(other.Refusal(new Fill("https://www.example.com", [], "person", Both, [], _host.Ids[0])), Is.Empty);
        Assert.That(other.Ask<Found>(new Search("www.example.com", 10)).Total, Is.EqualTo(1));
        Assert.That(other.Ask<Matches>(new FindMatches("https://twin.example", [])).Never, Is.False);
        _client.Ask<Site>(new GetSite("https://another.example", true));
        Assert.That(_client.Ask<Sites>(new GetSites()).Never, Is.EqualTo(new[] { "another.example", "www.example.com" }));

        _host.Restart();
        var later = _host.Unlocked();
        Assert.That(later.Ask<Site>(new GetSite("https://www.example.com")).Never, Is.True);
        Assert.That(later.Ask<Site>(new GetSite("https://www.example.com", false)).Never, Is.False);
        Assert.That(later.Refusal(Load("https://www.example.com")), Is.Empty);
        Assert.That(later.Ask<Sites>(new GetSites()).Never, Is.EqualTo(new[] { "another.example" }));
        Assert.That(later.Refusal(new GetSite("example.com")), Is.EqualTo("badMessage"));
    }

    [TestCase(0, "https://www.example.com", "", "person", "")]
    [TestCase(0, "https://twin.example", "", "person", "noMatch")]
    [TestCase(0, "https://www.example.com", "https://evil.example", "person", "frame")]
    [TestCase(0, "http://www.example.com", "", "person", "insecureItem")]
    [TestCase(1, "http://plain.example", "", "person", "insecure")]
    [TestCase(0, "ftp://www.example.com", "", "person", "scheme")]
    [TestCase(0, "https://www.example.com", "", "load", "notChosen")]
    [TestCase(4, "https://twin.example", "", "load", "")]
    [TestCase(5, "https://twin.example", "", "load", "notChosen")]
    [TestCase(4, "https://twin.example", "https://twin.example", "load", "subframe")]
    [TestCase(0, "https://twin.example", "", "load", "noMatch")]
    public void Explanation_is_the_reason_of_the_refusal_and_releases_nothing(int item, string origin, string ancestors, string cause, string reason)
    {
        _client.Ask<Done>(new AlwaysFill(_host.Ids[4], "https://twin.example", true));

        var explained = _client.Ask<Explained>(new Explain(_host.Ids[item], origin, Split(ancestors), cause, Both));

        Assert.That(explained.Reason ?? "", Is.EqualTo(reason));
    }

    [Test]
    public void Explanation_knows_sites_that_are_never_and_items_without_the_fields()
    {
        _client.Ask<Done>(new AlwaysFill(_host.Ids[0], "https://www.example.com", true));
        _client.Ask<Site>(new GetSite("https://www.example.com", true));
        var why = (string cause) => _client.Ask<Explained>(new Explain(_host.Ids[0], "https://www.example.com", [], cause, Both)).Reason;

        Assert.That((why("load"), why("person")), Is.EqualTo(("never", (string?)null)));
        Assert.That(_client.Ask<Explained>(new Explain(_host.Ids[0], "https://www.example.com", [], "person", [])).Reason, Is.EqualTo("noField"));
        Assert.That(_client.Refusal(new Explain("AAAAAAAAAAAAAAAAAAAAAA", "https://www.example.com", [], "person", Both)), Is.EqualTo("notFound"));
    }

    [Test]
    public void Item_used_last_is_offered_first()
    {
        var titles = () => _client.Ask<Matches>(new FindMatches("https://twin.example", [])).Items.Select(item => item.Title);

        Assert.That(titles(), Is.EqualTo(new[] { "Twin", "Twin 2" }));
        _client.Ask<Filled>(new Fill("https://twin.example", [], "person", Both, [], _host.Ids[5]));
        Assert.That(titles(), Is.EqualTo(new[] { "Twin 2", "Twin" }));
    }

    private static Fill Load(string origin, params string[] ancestors) => new(origin, ancestors, "load", Both, []);

    private static string[] Split(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
