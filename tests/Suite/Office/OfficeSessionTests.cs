using Host.Protocol;
using NUnit.Framework;
using Suite.Hosting;
using Vault;

namespace Suite.Shares;

/// <summary>Two people's hosts and a real server: what a client of the protocol sees of an office.</summary>
public class OfficeSessionTests
{
    private const string Page = "https://router.example";

    private OfficeWorld _world = null!;
    private TestSession _olgasHost = null!;
    private TestSession _annasHost = null!;
    private TestClient _olga = null!;
    private TestClient _anna = null!;
    private string _office = null!;

    [SetUp]
    public async Task SetUp()
    {
        _olgasHost = HostWith(TestSession.Login("Router", Page, userName: "admin", password: "r0uter"), TestSession.Login("Own", "https://own.example"));
        _annasHost = HostWith();
        _world = await OfficeWorld.StartAsync(_olgasHost.Time);
        _olga = _olgasHost.Unlocked();
        _anna = _annasHost.Unlocked();
        _office = _olga.Ask<ListedOffice>(new EnterOffice(
            "owner", _world.Address, "Olga", TestClient.SecretOf(_world.Server.OwnerCode!), Audit: false)).Id;
    }

    [TearDown]
    public async Task TearDown()
    {
        _olgasHost.Dispose();
        _annasHost.Dispose();
        await _world.DisposeAsync();
    }

    [Test]
    public void Office_is_a_vault_named_by_its_server()
    {
        var office = _olga.Ask<Offices>(new GetOffices()).List.Single();

        Assert.That((office.Name, office.Role, office.Connected, office.Error), Is.EqualTo(($"[localhost:{_world.Server.Port}]", "owner", true, (ErrorReply?)null)));
        Assert.That(_olga.Ask<Vaults>(new GetVaults()).List.Select(vault => vault.Name), Is.EqualTo(new[] { "vault", office.Name }));
    }

    [Test]
    public void Granted_item_is_found_and_fills_in_the_other_host_until_it_is_revoked()
    {
        Join();
        var item = Share("read");
        Sync(_anna);

        var found = _anna.Ask<Matches>(new FindMatches(Page, [])).Items.Single();
        Assert.That((found.Title, found.Vault), Is.EqualTo(("Router", VaultOf(_anna))));
        var filled = _anna.Ask<Filled>(new Fill(Page, [], "person", ["username", "password"], [], found.Id));
        Assert.That(Read(filled.Password!), Is.EqualTo("r0uter"));
        Assert.That(_anna.Ask<Found>(new Search("router", 10)).Items.Single().Id, Is.EqualTo(found.Id));
        Assert.That(_olga.Ask<AccessList>(new GetAccess(item)).Access.Select(one => (one.Name, one.Right)), Is.EquivalentTo(
            new[] { ("Olga", "manage"), ("Anna", "read") }));

        Grant(item, "none");
        Sync(_anna);
        Assert.That(_anna.Ask<Matches>(new FindMatches(Page, [])).Items, Is.Empty);
        Assert.That(_anna.Refusal(new Fill(Page, [], "person", ["password"], [], found.Id)), Is.EqualTo("notFound"));
    }

    [Test]
    public void Item_that_may_be_used_only_fills_and_is_not_shown_or_changed()
    {
        Join();
        Share("use");
        Sync(_anna);
        var item = _anna.Ask<Matches>(new FindMatches(Page, [])).Items.Single().Id;

        Assert.That(Read(_anna.Ask<Filled>(new Fill(Page, [], "person", ["password"], [], item)).Password!), Is.EqualTo("r0uter"));
        Assert.That(_anna.Refusal(new Reveal(item, "Password", "show")), Is.EqualTo("refused useOnly"));
        Assert.That(_anna.Refusal(new Reveal(item, "Password", "copy")), Is.EqualTo("refused useOnly"));
        Assert.That(_anna.Refusal(new Update(item, new ItemChanges(Notes: "x"))), Is.EqualTo("refused noRight"));
        Assert.That(_anna.Refusal(new Remove(item)), Is.EqualTo("refused noRight"));
    }

    [Test]
    public async Task Edits_made_while_the_server_is_away_come_together()
    {
        Join();
        var olgas = Share("write");
        Sync(_anna);
        var annas = _anna.Ask<Matches>(new FindMatches(Page, [])).Items.Single().Id;
        await _world.StopServerAsync();

        _olga.Ask<Saved>(new Update(olgas, new ItemChanges(Username: "root")));
        _anna.Ask<Saved>(new Update(annas, new ItemChanges(Notes: "second floor", Password: TestClient.SecretOf("new"))));
        Assert.That(_anna.Ask<Offices>(new GetOffices()).List.Single().Waiting, Is.EqualTo(1));
        await _world.StartServerAsync();
        Sync(_olga);
        Sync(_anna);
        Sync(_olga);

        foreach (var (client, item) in new[] { (_olga, olgas), (_anna, annas) })
        {
            Assert.That(client.Ask<Details>(new GetItem(item)).Item.Username, Is.EqualTo("root"));
            Assert.That(Read(client.Ask<Revealed>(new Reveal(item, "Password", "show")).Value), Is.EqualTo("new"));
        }
    }

    [Test]
    public async Task Office_is_there_again_after_a_restart_without_its_server()
    {
        Join();
        Share("read");
        Sync(_anna);
        await _world.StopServerAsync();

        _annasHost.Restart();
        _anna = _annasHost.Unlocked();

        Assert.That(_anna.Ask<Matches>(new FindMatches(Page, [])).Items.Single().Title, Is.EqualTo("Router"));
        Assert.That(_anna.Ask<Found>(new Search("", 10)).Items.Single().Title, Is.EqualTo("Router"));
    }

    [Test]
    public void Shared_item_leaves_the_own_vault_for_the_recycle_bin()
    {
        Share();

        Assert.That(_olga.Ask<Found>(new GetTrash(10)).Items.Select(item => (item.Title, item.Vault)), Is.EqualTo(new[] { ("Router", (string?)null) }));
    }

    [Test]
    public void Who_gave_no_passphrase_on_this_port_invites_nobody()
    {
        var other = _olgasHost.Extension();

        Assert.That(other.Refusal(new Invite(_office, "member", 1)), Is.EqualTo("refused passphrase"));
        Assert.That(other.Ask<People>(new GetPeople(_office)).Members.Single().Name, Is.EqualTo("Olga"));
    }

    [TestCase("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", "office wrongCode")]
    [TestCase("", "office wrongCode")]
    public void Mistyped_code_joins_nothing_and_leaves_nothing(string code, string refusal)
    {
        Assert.That(_anna.Refusal(new EnterOffice("member", _world.Address, "Anna", TestClient.SecretOf(code))), Is.EqualTo(refusal));
        Assert.That(_anna.Ask<Offices>(new GetOffices()).List, Is.Empty);
        Assert.That(_anna.Ask<Found>(new Search("", 10)).Items, Is.Empty);
    }

    [Test]
    public void Code_of_another_server_is_refused_as_unknown()
    {
        using var secret = Contracts.InvitationSecret.New();

        Assert.That(_anna.Refusal(new EnterOffice("member", _world.Address, "Anna", TestClient.SecretOf(secret.ToCode()))), Is.EqualTo("office wrongCode"));
    }

    private static TestSession HostWith(params ItemDraft[] items) => new(items);

    private void Join()
    {
        var invited = _olga.Ask<Invited>(new Invite(_office, "member", 1));
        _anna.Ask<ListedOffice>(new EnterOffice("member", invited.Address, "Anna", invited.Code));
        Sync(_olga);
        Sync(_anna);
    }

    private string Share(string? right = null)
    {
        var router = _olga.Ask<Found>(new Search("Router", 10)).Items.Single().Id;
        var item = _olga.Ask<SharedItems>(new ShareItems(_office, [router], [])).Items.Single().Id;
        if (right is not null)
        {
            Grant(item, right);
        }
        return item;
    }

    private void Grant(string item, string right)
    {
        var anna = _olga.Ask<People>(new GetPeople(_office)).Members.Single(member => member.Name == "Anna").Id;
        _olga.Ask<AccessList>(new SetGrant(item, new GrantToSet(anna, right)));
    }

    /// <summary>What shows members is up to date, and so an exchange.</summary>
    private void Sync(TestClient client) => client.Ask<People>(new GetPeople(_office));

    private static string VaultOf(TestClient client) => client.Ask<Offices>(new GetOffices()).List.Single().Vault!;

    private static string Read(Secret secret) => System.Text.Encoding.UTF8.GetString(secret.Utf8);
}
