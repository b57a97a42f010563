using Contracts;
using Host.Protocol;
using NUnit.Framework;
using Suite.Hosting;
using Vault;

namespace Suite.Shares;

/// <summary>The grid as a client of the protocol asks for it and changes it, with a real server.</summary>
public class GridSessionTests
{
    private OfficeWorld _world = null!;
    private TestSession _host = null!;
    private TestClient _olga = null!;
    private string _office = null!;
    private string _item = null!;

    [SetUp]
    public async Task SetUp()
    {
        _host = HostWith(TestSession.Login("Router", "https://router.example", userName: "admin", password: "r0uter"));
        _world = await OfficeWorld.StartAsync(_host.Time);
        _olga = _host.Unlocked();
        _office = _olga.Ask<ListedOffice>(new EnterOffice(
            "owner", _world.Address, "Olga", TestClient.SecretOf(_world.Server.OwnerCode!), Audit: false)).Id;
        var router = _olga.Ask<Found>(new Search("Router", 10)).Items.Single().Id;
        _item = _olga.Ask<SharedItems>(new ShareItems(_office, [router], [])).Items.Single().Id;
    }

    [TearDown]
    public async Task TearDown()
    {
        _host.Dispose();
        await _world.DisposeAsync();
    }

    [Test]
    public void Grid_has_items_and_folders_with_their_grants_and_everybody()
    {
        var folder = _olga.Ask<AddedFolder>(new AddFolder(_office, "Netzwerk")).Folder;
        _olga.Ask<Done>(new RenameFolder(folder, "Netz"));
        _olga.Ask<People>(new GetPeople(_office)); // an exchange

        var grid = _olga.Ask<Grid>(new GetGrid(_office));

        var olga = grid.Members!.Single();
        Assert.That((olga.Name, olga.You, grid.After, grid.Groups!.Count), Is.EqualTo(("Olga", true, (string?)null, 0)));
        Assert.That(grid.Items.Select(item => (item.Id, item.Kind, item.Title, item.Right, item.Folder)), Is.EquivalentTo(new[]
        {
            (_item, "item", "Router", "manage", (string?)null), (folder, "folder", "Netz", "manage", null),
        }));
        Assert.That(grid.Items[0].Grants.Single(), Is.EqualTo(new GridGrant(olga.Id, "manage", olga.Id)));
    }

    [Test]
    public void Item_in_the_recycle_bin_has_its_row_and_says_where_it_is()
    {
        _olga.Ask<Done>(new Remove(_item));
        _olga.Ask<People>(new GetPeople(_office)); // an exchange

        var row = _olga.Ask<Grid>(new GetGrid(_office)).Items.Single();
        Assert.That((row.Id, row.Title, row.Removed), Is.EqualTo((_item, "Router", true)));
        _olga.Ask<Saved>(new Restore(_item));
        Assert.That(_olga.Ask<Grid>(new GetGrid(_office)).Items.Single().Removed, Is.Null);
    }

    [Test]
    public void Folder_is_removed_once_nothing_is_in_it()
    {
        var folder = _olga.Ask<AddedFolder>(new AddFolder(_office, "Netzwerk")).Folder;
        var inner = _olga.Ask<AddedFolder>(new AddFolder(_office, "Router", folder)).Folder;
        _olga.Ask<People>(new GetPeople(_office)); // an exchange

        Assert.That(_olga.Refusal(new RemoveFolder(folder)), Is.EqualTo("office notEmpty"));
        _olga.Ask<Done>(new RemoveFolder(inner));
        Assert.That(_olga.Refusal(new RemoveFolder(inner)), Is.EqualTo("office notThere"));
        _olga.Ask<Done>(new RemoveFolder(folder));

        Assert.That(_olga.Ask<Grid>(new GetGrid(_office)).Items.Select(item => item.Id), Is.EqualTo(new[] { _item }));
        Assert.That(_olga.Refusal(new RemoveFolder(_item)), Is.EqualTo("office notThere"), "it is none");
    }

    [Test, CancelAfter(60_000)]
    public async Task Step_is_told_of_until_it_is_over(CancellationToken cancellation)
    {
        var folder = _olga.Ask<AddedFolder>(new AddFolder(_office, "Netzwerk")).Folder;
        _olga.Ask<People>(new GetPeople(_office));
        var step = Id.New().ToString();

        _olga.Ask<AccessStep>(new SetAccess(_office, step, [new AccessToSet(_item, [], folder)]));
        AccessStep progress;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
            progress = _olga.Ask<AccessStep>(new GetAccessStep(_office, step));
        }
        while (progress.State != "done");

        Assert.That((progress.Total, progress.Done, progress.Refused.Count), Is.EqualTo((1, 1, 0)));
        Assert.That(_olga.Ask<Grid>(new GetGrid(_office)).Items.Single(item => item.Id == _item).Folder, Is.EqualTo(folder));
        Assert.That(_olga.Ask<Details>(new GetItem(_item)).Folder, Is.EqualTo("Netzwerk"));
    }

    [Test]
    public void Changes_need_the_passphrase_on_this_port_and_looking_does_not()
    {
        var other = _host.Extension();

        Assert.That(other.Refusal(new SetAccess(_office, Id.New().ToString(), [new AccessToSet(_item, [])])), Is.EqualTo("refused passphrase"));
        Assert.That(other.Refusal(new AddFolder(_office, "IT")), Is.EqualTo("refused passphrase"));
        Assert.That(other.Ask<Grid>(new GetGrid(_office)).Items, Has.Count.EqualTo(1));
        Assert.That(other.Refusal(new GetAccessStep(_office, Id.New().ToString())), Is.EqualTo("notFound"));
    }

    [TestCase("AAAAAAAAAAAAAAAAAAAAAA", "notFound")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA", "notFound")]
    [TestCase("", "notFound")]
    public void What_is_no_item_of_the_office_is_refused(string item, string refusal) =>
        Assert.That(_olga.Refusal(new SetAccess(_office, Id.New().ToString(), [new AccessToSet(item, [])])), Is.EqualTo(refusal));

    [Test]
    public void Ids_that_are_none_and_items_twice_are_no_messages()
    {
        Assert.That(_olga.Refusal(new SetAccess(_office, "step", [new AccessToSet(_item, [])])), Is.EqualTo("badMessage"));
        Assert.That(_olga.Refusal(new SetAccess(_office, Id.New().ToString(), [new AccessToSet(_item, []), new AccessToSet(_item, [])])), Is.EqualTo("badMessage"));
        Assert.That(_olga.Refusal(new GetGrid(_office, "after")), Is.EqualTo("badMessage"));
        Assert.That(_olga.Refusal(new RenameFolder(_item, "x")), Is.EqualTo("office notThere"));
    }

    private static TestSession HostWith(params ItemDraft[] items) => new(items);
}
