using Host.Protocol;
using NUnit.Framework;
using Suite.Hosting;

namespace Suite.Shares;

/// <summary>Bringing folders of one's own into the office: so many at a time, with grants for each folder, and again where it was interrupted.</summary>
public class BringTests
{
    private TwoHosts _hosts = null!;
    private TestClient _olga = null!;

    [SetUp]
    public async Task SetUp()
    {
        _hosts = await TwoHosts.JoinedAsync();
        _olga = _hosts.Olga;
        foreach (var (title, folder) in new[] { ("Web", "Servers"), ("Mail", "Servers/Old"), ("Disk", "Servers/Old"), ("Private", "Mine"), ("Serversish", "Serversish") })
        {
            _olga.Ask<Saved>(new Save(new ItemToSave("login", title, [], [], "olga", TestClient.SecretOf("first"), Folder: folder)));
        }
    }

    [TearDown]
    public async Task TearDown() => await _hosts.DisposeAsync();

    [Test]
    public void Preview_says_what_would_be_moved_and_moves_nothing()
    {
        var preview = _olga.Ask<Brought>(Request() with { Preview = true });

        Assert.That((preview.Items.Count, preview.Left, preview.Refused.Count), Is.EqualTo((0, 3, 0)));
        Assert.That(string.Join(' ', preview.Counts), Is.EqualTo("1 2"));
        Assert.That(_olga.Ask<Found>(new GetTrash(10)).Total, Is.Zero);
    }

    [Test]
    public void Folders_are_moved_so_many_at_a_time_each_with_its_grants()
    {
        var first = _olga.Ask<Brought>(Request(limit: 2));
        Assert.That((first.Items.Count, first.Left), Is.EqualTo((2, 1)));
        _hosts.OlgasHost.Restart();
        _hosts.Olga = _olga = _hosts.OlgasHost.Unlocked();

        var last = _olga.Ask<Brought>(Request(limit: 2));
        _hosts.Sync(_hosts.Anna);

        Assert.That((last.Items.Count, last.Left), Is.EqualTo((1, 0)));
        Assert.That(_olga.Ask<Brought>(Request()).Items, Is.Empty);
        // The deeper folder's grants, and not those of the one above.
        Assert.That(string.Join(' ', _hosts.Anna.Ask<Found>(new Search("", 10)).Items.Select(item => item.Title).Order()), Is.EqualTo("Disk Mail"));
        Assert.That(string.Join(' ', _olga.Ask<Found>(new GetTrash(10)).Items.Select(item => item.Title).Order()), Is.EqualTo("Disk Mail Web"));
    }

    [Test]
    public void Items_come_into_folders_of_the_same_names_and_nothing_is_inherited()
    {
        var own = _olga.Ask<Brought>(new BringItems(
            _hosts.Office, [new FolderToBring("Servers", [new GrantToSet(_hosts.MemberOf("Anna"), "write")]), new FolderToBring("Servers/Old", [])], 50));
        _hosts.Sync(_hosts.Anna);

        Assert.That(string.Join(' ', own.Counts), Is.EqualTo("1 2"));
        Assert.That(
            string.Join(", ", own.Items.Select(item => $"{item.Title} in {_olga.Ask<Details>(new GetItem(item.Id)).Folder}").Order()),
            Is.EqualTo("Disk in Servers/Old, Mail in Servers/Old, Web in Servers"));
        var annas = _hosts.Anna.Ask<Found>(new Search("", 10)).Items.Single();
        Assert.That($"{annas.Title} in {_hosts.Anna.Ask<Details>(new GetItem(annas.Id)).Folder}", Is.EqualTo("Web in Servers"));

        _olga.Ask<Saved>(new Save(new ItemToSave("login", "Later", [], [], "olga", TestClient.SecretOf("first"), Folder: "Servers/Old")));
        var later = _olga.Ask<Brought>(new BringItems(_hosts.Office, [new FolderToBring("Servers/Old", [])], 50)).Items.Single();
        // Only the folders from the one named down: there was no Old at the top yet.
        Assert.That(_olga.Ask<Details>(new GetItem(later.Id)).Folder, Is.EqualTo("Old"));
        Assert.That(_olga.Ask<Grid>(new GetGrid(_hosts.Office)).Items.Count(item => item.Kind == "folder"), Is.EqualTo(3));
    }

    [TestCase(true, 1)]
    [TestCase(null, 0)]
    public void History_comes_with_the_item_only_if_it_is_asked_for(bool? history, int revisions)
    {
        var mail = _olga.Ask<Found>(new Search("Mail", 10)).Items.Single().Id;
        _olga.Ask<Saved>(new Update(mail, new ItemChanges(Password: TestClient.SecretOf("second"))));

        _olga.Ask<Brought>(Request() with { History = history });
        _hosts.Sync(_hosts.Anna);

        var annas = _hosts.Anna.Ask<Found>(new Search("Mail", 10)).Items.Single().Id;
        Assert.That(_hosts.Anna.Ask<Details>(new GetItem(annas)).Revisions, Is.EqualTo(revisions));
        Assert.That(TwoHosts.Read(_hosts.Anna.Ask<Revealed>(new Reveal(annas, "Password", "show")).Value), Is.EqualTo("second"));
        if (revisions > 0)
        {
            Assert.That(TwoHosts.Read(_hosts.Anna.Ask<Revealed>(new Reveal(annas, "Password", "show", Revision: 1)).Value), Is.EqualTo("first"));
        }
    }

    [Test]
    public void What_a_crash_left_in_both_places_is_not_added_twice()
    {
        _olga.Ask<Brought>(Request(limit: 1));
        var own = _olga.Ask<Found>(new GetTrash(10)).Items.Single();
        _olga.Ask<Saved>(new Restore(own.Id)); // as if it had never been removed here

        _olga.Ask<Brought>(Request());

        Assert.That(
            string.Join(' ', _olga.Ask<Found>(new Search("", 20)).Items.Where(item => item.Vault is not null).Select(item => item.Title).Order()), Is.EqualTo("Disk Mail Web"));
    }

    [Test]
    public void Grant_for_nobody_and_a_port_without_passphrase_move_nothing()
    {
        var nobody = new GrantToSet(Contracts.Id.New().ToString(), "read");

        Assert.That(_olga.Refusal(new BringItems(_hosts.Office, [new FolderToBring("Servers", [nobody])], 50)), Is.Not.Empty);
        Assert.That(_hosts.OlgasHost.Extension().Refusal(Request()), Is.EqualTo("refused passphrase"));
        Assert.That(_hosts.OlgasHost.Extension().Ask<Brought>(Request() with { Preview = true }).Left, Is.EqualTo(3));
        Assert.That(_olga.Refusal(new BringItems(_hosts.Office, [new FolderToBring("", [], Contracts.Id.New().ToString())], 50)), Is.EqualTo("notFound"));
    }

    private BringItems Request(int limit = 50) => new(
        _hosts.Office,
        [new FolderToBring("Servers", []), new FolderToBring("Servers/Old", [new GrantToSet(_hosts.MemberOf("Anna"), "read")])],
        limit);
}
