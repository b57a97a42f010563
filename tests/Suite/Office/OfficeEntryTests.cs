using Host.Protocol;
using NUnit.Framework;
using Suite.Hosting;

namespace Suite.Shares;

/// <summary>Founding and joining over a wire on which the answer gets lost: the server has taken what the host does not know it has.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OfficeEntryTests : IAsyncDisposable
{
    private OfficeWorld _world = null!;
    private LossyWire _wire = null!;
    private TestSession _host = null!;
    private TestClient _olga = null!;

    [SetUp]
    public async Task SetUp()
    {
        _host = new TestSession();
        _world = await OfficeWorld.StartAsync(_host.Time);
        _wire = new LossyWire { ServerPort = _world.Server.Port };
        _olga = _host.Unlocked();
    }

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        await _wire.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Test]
    public void Founding_whose_answer_was_lost_goes_on_where_it_was()
    {
        var code = _world.Server.OwnerCode!;
        _wire.Loses = () => _world.Server.OwnerCode is null;
        Assert.That(_olga.Refusal(Found(code)), Is.EqualTo("office unreachable"));
        Assert.That(_world.Server.OwnerCode, Is.Null, "the server has founded it");
        _wire.Loses = () => false;
        _host.Restart();
        _olga = _host.Unlocked();

        var office = _olga.Ask<ListedOffice>(Found(code));

        Assert.That((office.Role, office.Connected), Is.EqualTo(("owner", true)));
        Assert.That(_olga.Ask<Offices>(new GetOffices()).List, Has.Count.EqualTo(1));
    }

    [Test]
    public void Joining_whose_answer_was_lost_is_no_second_answer()
    {
        var office = _olga.Ask<ListedOffice>(Found(_world.Server.OwnerCode!) with { Address = _world.Address }).Id;
        var invited = _olga.Ask<Invited>(new Invite(office, "member", 1));
        using var annasHost = new TestSession(_host.Time);
        var anna = annasHost.Unlocked();
        var code = Read(invited.Code);
        _wire.Loses = () => _olga.Ask<People>(new GetPeople(office)) is var people
            && (people.Members.Count > 1 || people.Invitations.Any(invitation => invitation.Answers > 0));
        Assert.That(anna.Refusal(Join(code)), Is.EqualTo("office unreachable"));
        _wire.Loses = () => false;

        anna.Ask<ListedOffice>(Join(code));
        _olga.Ask<People>(new GetPeople(office));

        Assert.That(string.Join(' ', _olga.Ask<People>(new GetPeople(office)).Members.Select(member => member.Name).Order()), Is.EqualTo("Anna Olga"));
    }

    [Test]
    public async Task New_items_whose_answer_was_lost_are_there_once_and_wait_no_more()
    {
        var office = _olga.Ask<ListedOffice>(Found(_world.Server.OwnerCode!));
        await _world.StopServerAsync();
        foreach (var title in new[] { "Mail", "Router", "Safe" })
        {
            _olga.Ask<Saved>(new Save(new ItemToSave("login", title, [], [], Vault: office.Vault)));
        }
        _wire.Loses = () => _world.CountAsync("SELECT COUNT(*) FROM items").GetAwaiter().GetResult() > 0;
        await _world.StartServerAsync();
        Assert.That(_olga.Refusal(new GetPeople(office.Id)), Is.EqualTo("office unreachable"));
        Assert.That(_olga.Ask<Offices>(new GetOffices()).List.Single().Waiting, Is.EqualTo(3), "as far as anybody here knows");
        _wire.Loses = () => false;

        _olga.Ask<People>(new GetPeople(office.Id));

        var after = _olga.Ask<Offices>(new GetOffices()).List.Single();
        Assert.That((after.Waiting, after.NotSent, after.Notices.Count), Is.EqualTo((0, 0, 0)));
        Assert.That(await _world.CountAsync("SELECT COUNT(*) FROM items"), Is.EqualTo(3));
    }

    [Test]
    public void File_that_was_on_its_way_when_the_vault_was_locked_is_not_given_out()
    {
        var office = _olga.Ask<ListedOffice>(Found(_world.Server.OwnerCode!));
        var item = _olga.Ask<Saved>(new Save(new ItemToSave("login", "Mail", [], [], Vault: office.Vault))).Item.Id;
        _olga.Ask<Saved>(new Attach(item, "note.txt", Secret.Base64Of([1])));
        _olga.Ask<People>(new GetPeople(office.Id));
        foreach (var part in Directory.GetFiles(Path.Combine(_host.Paths.DataFolder, "shares"), "*.part", SearchOption.AllDirectories))
        {
            File.Delete(part); // so that it has to come from the server
        }
        _wire.Loses = () =>
        {
            _host.Session.Lock("command");
            return false;
        };

        Assert.That(_olga.Refusal(new GetAttachment(item, "note.txt")), Is.EqualTo("locked"));
    }

    private EnterOffice Found(string code) => new("owner", _wire.Address, "Olga", TestClient.SecretOf(code), Audit: false);

    private EnterOffice Join(string code) => new("member", _wire.Address, "Anna", TestClient.SecretOf(code));

    private static string Read(Secret secret) => System.Text.Encoding.UTF8.GetString(secret.Utf8);
}
