using System.Text.Json.Nodes;
using NUnit.Framework;
using Server;
using Suite.Commands;
using Suite.Unit.Vault;

namespace Suite.Shares;

/// <summary>An office behind a proxy that ends TLS with a public authority's certificate: real programs, on computers that trust that authority.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PublicAuthorityTests : IAsyncDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly List<Person> _people = [];
    private TlsProxy _proxy = null!;
    private OfficeWorld _world = null!;
    private Person _olga = null!;

    [SetUp]
    public async Task SetUp()
    {
        _proxy = new TlsProxy(_authority.Issue("localhost"));
        _world = await OfficeWorld.StartAsync(TimeProvider.System, publicAddress: _proxy.Address);
        (_proxy.ServerPort, _proxy.RootFile) = (_world.Server.Port, Path.Combine(_world.DataFolder, "office-root.crt"));
        _olga = NewPerson();
    }

    public async ValueTask DisposeAsync()
    {
        _people.ForEach(person => person.Dispose());
        await _proxy.DisposeAsync();
        await _world.DisposeAsync();
        _authority.Dispose();
    }

    [Test]
    public async Task Office_is_founded_and_joined_without_a_pin()
    {
        await FoundAsync();
        var code = (string)JsonNode.Parse(await RunAsync(_olga, [], "office", "invite", "--json"))!["code"]!;
        var anna = NewPerson();
        await RunAsync(anna, [code], "office", "join", _proxy.Address, "--name", "Anna Berg");
        await RunAsync(_olga, [], "office", "members"); // has an exchange, which lets her in

        var members = JsonNode.Parse(await RunAsync(anna, [], "office", "members", "--json"))!["members"]!.AsArray();

        Assert.That(string.Join(", ", members.Select(member => (string)member!["name"]!).Order()), Is.EqualTo("Anna Berg, Olga Moos"));
    }

    [TestCase("another authority")]
    [TestCase("another name")]
    [TestCase("ran out")]
    public async Task Certificate_that_a_browser_would_refuse_founds_nothing(string which)
    {
        Spoil(which);

        var refused = await _olga.RunAsync($"{TestVault.Passphrase}\n{_world.Server.OwnerCode}\n", ["office", "create", _proxy.Address, "--name", "Olga Moos"]);

        Assert.That(refused.ExitCode, Is.Not.Zero);
        Assert.That(refused.Messages, Does.Contain("is not the server of this code"));
        Assert.That(_world.Server.OwnerCode, Is.Not.Null, "nothing was founded");
    }

    [TestCase("another authority")]
    [TestCase("another name")]
    [TestCase("ran out")]
    public async Task Certificate_that_went_bad_is_said_and_the_office_waits(string which)
    {
        await FoundAsync();
        await _olga.RunAsync("lock");
        Spoil(which);

        var office = JsonNode.Parse(await RunAsync(_olga, [], "office", "--json"))!;

        Assert.That(office.ToJsonString(), Does.Contain("untrusted"));
    }

    [Test]
    public void Server_without_an_address_says_what_is_missing() =>
        Assert.That(
            async () => await ShareServer.StartAsync(
                new Settings { DataFolder = Path.Combine(_olga.Home, "server"), Port = 0, IsCertifiedPublicly = true }, TimeProvider.System, CancellationToken.None),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("--address"));

    private void Spoil(string which) => _proxy.Certificate = which switch
    {
        "another authority" => new TestAuthority().Issue("localhost"),
        "another name" => _authority.Issue("office.example"),
        "ran out" => _authority.Issue("localhost", days: -1),
        _ => throw new ArgumentOutOfRangeException(nameof(which)),
    };

    private Task<string> FoundAsync() => RunAsync(_olga, [_world.Server.OwnerCode!], "office", "create", _proxy.Address, "--name", "Olga Moos");

    private static async Task<string> RunAsync(Person person, string[] lines, params string[] arguments)
    {
        var result = await person.RunAsync(string.Concat(lines.Prepend(TestVault.Passphrase).Select(line => line + "\n")), arguments);
        Assert.That(result.ExitCode, Is.Zero, result.Messages + result.Data);
        return result.Data;
    }

    private Person NewPerson()
    {
        var person = new Person();
        _people.Add(person);
        Directory.CreateDirectory(person.DataFolder);
        person.MakeVault(person.OwnVault, TestVault.Passphrase);
        // What the system trusts.
        var authorities = Path.Combine(person.Home, "authorities.pem");
        File.WriteAllText(authorities, _authority.Pem);
        person.Variables["SSL_CERT_FILE"] = authorities;
        person.Variables["SSL_CERT_DIR"] = Directory.CreateDirectory(Path.Combine(person.Home, "authorities")).FullName;
        return person;
    }
}
