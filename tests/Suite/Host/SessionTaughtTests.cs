using System.Globalization;
using Host.Protocol;
using NUnit.Framework;
using Suite.Unit.Vault;
using Vault;

namespace Suite.Hosting;

/// <summary>What the person taught of forms is kept in the own vault, and nothing else of it is believed.</summary>
public class SessionTaughtTests
{
    private const string Form = "0123456789abcdef", OtherForm = "fedcba9876543210";

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
    public void Field_is_taught_again_forgotten_and_outlives_the_host()
    {
        var other = _host.Unlocked('B');

        Teach("https://www.example.com:8443", "username", field: 1);
        Teach("https://www.example.com", "username", field: 2, page: "/sign-in");
        Teach("https://www.example.com", "password", field: 3);
        Teach("https://another.example", "code", OtherForm);

        Assert.That(other.Events, Is.EqualTo(Enumerable.Repeat("changed", 4)));
        TaughtField[] all =
        [
            new("another.example", "code", OtherForm, 0, "/login"), new("www.example.com", "password", Form, 3, "/login"),
            new("www.example.com", "username", Form, 2, "/sign-in"),
        ];
        Assert.That(other.Ask<Taught>(new GetTaught()).List, Is.EqualTo(all));

        Assert.That(other.Ask<Taught>(new GetTaught(new TaughtName("www.example.com", "password", Form))).List, Is.EqualTo(new[] { all[0], all[2] }));
        _host.Restart();
        Assert.That(_host.Unlocked().Ask<Taught>(new GetTaught()).List, Is.EqualTo(new[] { all[0], all[2] }));
    }

    [TestCase("www.example.com", "username", OtherForm)]
    [TestCase("www.example.com", "code", Form)]
    [TestCase("example.com", "username", Form)]
    public void What_was_not_taught_is_not_there_to_be_forgotten(string hostname, string role, string form)
    {
        Teach("https://www.example.com", "username");

        Assert.That(_client.Refusal(new GetTaught(new TaughtName(hostname, role, form))), Is.EqualTo("notFound"));
        Assert.That(All(), Has.Count.EqualTo(1));
    }

    [TestCase("www.example.com", Form, 0, "/")]
    [TestCase("https://www.example.com", "0123456789ABCDEF", 0, "/")]
    [TestCase("https://www.example.com", "0123456789abcde", 0, "/")]
    [TestCase("https://www.example.com", "0123456789abcdefa", 0, "/")]
    [TestCase("https://www.example.com", "0123456789abcd.f", 0, "/")]
    [TestCase("https://www.example.com", Form, -1, "/")]
    [TestCase("https://www.example.com", Form, 300, "/")]
    [TestCase("https://www.example.com", Form, 0, "")]
    [TestCase("https://www.example.com", Form, 0, "login")]
    [TestCase("https://www.example.com", Form, 0, "/a b")]
    [TestCase("https://www.example.com", Form, 0, "/ä")]
    public void What_is_no_field_of_a_form_is_refused_and_not_kept(string origin, string form, int field, string page)
    {
        Assert.That(_client.Refusal(new Teach(origin, "username", form, field, page)), Is.EqualTo("badMessage"));
        Assert.That(All(), Is.Empty);
    }

    [Test]
    public void Path_is_cut_by_who_teaches_and_not_here()
    {
        Teach("https://www.example.com", "username", page: "/" + new string('a', 199));
        Assert.That(_client.Refusal(new Teach("https://www.example.com", "code", Form, 0, "/" + new string('a', 200))), Is.EqualTo("badMessage"));
    }

    [Test]
    public void Site_has_only_so_many_and_one_that_is_taught_again_counts_once()
    {
        for (var number = 0; number < 24; number++)
        {
            Teach("https://www.example.com", "username", number.ToString("x16", CultureInfo.InvariantCulture));
        }

        Assert.That(_client.Refusal(new Teach("https://www.example.com", "code", Form, 0, "/")), Is.EqualTo("refused tooMany"));
        Teach("https://www.example.com", "username", 5.ToString("x16", CultureInfo.InvariantCulture), field: 7);
        Teach("https://another.example", "code");
        Assert.That(All(), Has.Count.EqualTo(25));
    }

    [Test]
    public void Vault_has_only_so_many()
    {
        Plant([.. Enumerable.Range(0, 500).Select(number => ($"site{number}.example.{Form}.username", "0 /"))]);

        Assert.That(All(), Has.Count.EqualTo(500));
        Assert.That(_client.Refusal(new Teach("https://www.example.com", "code", Form, 0, "/")), Is.EqualTo("refused tooMany"));
    }

    [Test]
    public void What_another_program_spoilt_is_left_out()
    {
        Plant(
            ($"good.example.{Form}.code", "3 /login"), ($"a.example.{Form}.other", "0 /"), ("b.example.0123.code", "0 /"), ($"c.example.{Form}.code", "x /"),
            ($"d.example.{Form}.code", "-1 /"), ($"e.example.{Form}.code", "0 login"), ($"f.example.{Form}.code", "0"), ($"g.example.{Form}.code", ""),
            ($".{Form}.code", "0 /"), ("code", "0 /"), ("", "0 /"), ($"h.example.{Form}.code", "300 /"), ($"i.example.{Form}.code", "off"));

        Assert.That(All(), Is.EqualTo(new[] { new TaughtField("good.example", "code", Form, 3, "/login") }));
    }

    [Test]
    public void Locked_vault_tells_and_learns_nothing()
    {
        Teach("https://www.example.com", "username");
        var stranger = _host.Extension('C');

        Assert.That(stranger.Refusal(new GetTaught()), Is.EqualTo("locked"));
        Assert.That(stranger.Refusal(new Teach("https://www.example.com", "code", Form, 0, "/")), Is.EqualTo("locked"));
        Assert.That(All(), Has.Count.EqualTo(1));
    }

    private IReadOnlyList<TaughtField> All() => _client.Ask<Taught>(new GetTaught()).List;

    private void Teach(string origin, string role, string form = Form, int field = 0, string page = "/login") =>
        _client.Ask<Taught>(new Teach(origin, role, form, field, page));

    /// <summary>Puts values into the vault as another program could, and opens it again.</summary>
    private void Plant(params (string Key, string Value)[] values)
    {
        _host.Restart();
        using (var key = TestVault.Key(TestVault.Passphrase))
        using (var file = VaultFile.Open(_host.VaultPath, key))
        {
            foreach (var (name, value) in values)
            {
                file.SetSetting($"latchkey.taught.{name}", value);
            }
            file.Write();
        }
        _client = _host.Unlocked();
    }
}
