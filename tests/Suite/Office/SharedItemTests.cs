using Host.Protocol;
using NUnit.Framework;
using Suite.Hosting;

namespace Suite.Shares;

/// <summary>What a member does with items of the office as with their own: saving, removing, new passwords; and what a right keeps from them.</summary>
public class SharedItemTests
{
    private const string NewPage = "https://new.example";

    private TwoHosts _hosts = null!;

    [SetUp]
    public async Task SetUp() => _hosts = await TwoHosts.JoinedAsync();

    [TearDown]
    public async Task TearDown() => await _hosts.DisposeAsync();

    [Test]
    public async Task Item_saved_into_the_office_is_its_authors_alone_until_it_is_shared()
    {
        var (olga, anna) = (_hosts.Olga, _hosts.Anna);
        await _hosts.World.StopServerAsync(); // it waits for nobody

        var saved = olga.Ask<Saved>(new Save(NewItem())).Item;
        Assert.That((saved.Title, saved.Vault), Is.EqualTo(("New", TwoHosts.VaultOf(olga))));
        Assert.That(olga.Ask<Matches>(new FindMatches(NewPage, [])).Items.Single().Id, Is.EqualTo(saved.Id));
        Assert.That(olga.Ask<Offices>(new GetOffices()).List.Single().Waiting, Is.EqualTo(1));

        await _hosts.World.StartServerAsync();
        _hosts.SyncAll();
        Assert.That(olga.Ask<AccessList>(new GetAccess(saved.Id)).Access.Select(one => (one.Name, one.Right)), Is.EqualTo(new[] { ("Olga", "manage") }));
        Assert.That(anna.Ask<Matches>(new FindMatches(NewPage, [])).Items, Is.Empty);

        _hosts.Grant(saved.Id, "read");
        _hosts.Sync(anna);
        var annas = anna.Ask<Matches>(new FindMatches(NewPage, [])).Items.Single().Id;
        Assert.That(TwoHosts.Read(anna.Ask<Revealed>(new Reveal(annas, "Password", "show")).Value), Is.EqualTo("n3w"));
        Assert.That(anna.Ask<Details>(new GetItem(annas)).Fields.Single(field => field.Name == "Notes").Value, Is.EqualTo("ground floor"));
    }

    [Test]
    public void Captured_sign_in_goes_straight_into_the_office()
    {
        var olga = _hosts.Olga;
        olga.Ask<Done>(new Capture("7", NewPage, [], "login", "olga", TestSecret("typ3d")));

        var kept = olga.Ask<KeptCapture>(new KeepCaptured("7", Set: new CapturedItem("New", "olga", [], Vault: TwoHosts.VaultOf(olga)))).Item;

        Assert.That(kept.Vault, Is.EqualTo(TwoHosts.VaultOf(olga)));
        Assert.That(TwoHosts.Read(olga.Ask<Filled>(new Fill(NewPage, [], "person", ["password"], [], kept.Id)).Password!), Is.EqualTo("typ3d"));
    }

    [Test]
    public void Folder_of_ones_own_is_refused_for_an_item_of_the_office()
    {
        Assert.That(_hosts.Olga.Refusal(new Save(NewItem() with { Folder = "Servers" })), Is.EqualTo("refused officeFolder"));
        Assert.That(_hosts.Olga.Ask<Matches>(new FindMatches(NewPage, [])).Items, Is.Empty);

        var (olgas, _) = _hosts.Share("write");
        Assert.That(_hosts.Olga.Refusal(new Update(olgas, new ItemChanges(Title: "Moved", Folder: "Servers"))), Is.EqualTo("refused officeFolder"));
        _hosts.Olga.Ask<Saved>(new Update(olgas, new ItemChanges(Title: "Not moved", Folder: "")));
        var details = _hosts.Olga.Ask<Details>(new GetItem(olgas));
        Assert.That((details.Item.Title, details.Folder), Is.EqualTo(("Not moved", "")));
    }

    [Test]
    public void Removed_item_lies_in_everybodys_recycle_bin_and_comes_back_for_everybody()
    {
        var (olga, anna) = (_hosts.Olga, _hosts.Anna);
        var (olgas, annas) = _hosts.Share("write");

        anna.Ask<Done>(new Remove(annas));
        _hosts.SyncAll();
        foreach (var (client, item) in new[] { (olga, olgas), (anna, annas) })
        {
            Assert.That(client.Ask<Matches>(new FindMatches(TwoHosts.Page, [])).Items, Is.Empty);
            Assert.That(client.Ask<Found>(new GetTrash(10)).Items.Select(one => one.Id), Has.Member(item));
        }

        olga.Ask<Saved>(new Restore(olgas));
        _hosts.SyncAll();
        foreach (var (client, item) in new[] { (olga, olgas), (anna, annas) })
        {
            Assert.That(client.Ask<Matches>(new FindMatches(TwoHosts.Page, [])).Items.Single().Id, Is.EqualTo(item));
            Assert.That(client.Ask<Found>(new GetTrash(10)).Items.Select(one => one.Id), Has.No.Member(item));
        }
    }

    [Test]
    public void Only_a_manager_who_gave_the_passphrase_removes_an_item_for_good()
    {
        var (olga, anna) = (_hosts.Olga, _hosts.Anna);
        var (olgas, annas) = _hosts.Share("write");
        anna.Ask<Done>(new Remove(annas));
        _hosts.SyncAll();

        Assert.That(anna.Refusal(new Remove(annas, Forever: true)), Is.EqualTo("office notEntitled"));
        Assert.That(_hosts.OlgasHost.Extension().Refusal(new Remove(olgas, Forever: true)), Is.EqualTo("refused passphrase"));
        olga.Ask<Done>(new Remove(olgas, Forever: true));
        _hosts.Sync(anna);

        Assert.That(olga.Ask<Found>(new GetTrash(10)).Items.Select(one => one.Vault), Is.All.Null);
        Assert.That(anna.Ask<Found>(new GetTrash(10)).Items, Is.Empty);
        Assert.That(anna.Refusal(new GetItem(annas)), Is.EqualTo("notFound"));
    }

    [Test]
    public void New_password_of_a_shared_item_waits_for_everybody_and_is_promoted_for_everybody()
    {
        var (olga, anna) = (_hosts.Olga, _hosts.Anna);
        var (olgas, annas) = _hosts.Share("write");

        anna.Ask<Filled>(new Fill(TwoHosts.Page, [], "person", [], [], annas, NewPassword: TestSecret("w4its")));
        _hosts.SyncAll();
        Assert.That(olga.Ask<Details>(new GetItem(olgas)).Item.HasNewPassword, Is.True);
        Assert.That(TwoHosts.Read(olga.Ask<Filled>(new Fill(TwoHosts.Page, [], "person", ["password"], [], olgas)).Password!), Is.EqualTo("r0uter"));

        var settled = olga.Ask<Settled>(new Promote(Item: olgas));
        _hosts.SyncAll();
        Assert.That(TwoHosts.Read(anna.Ask<Revealed>(new Reveal(annas, "Password", "show")).Value), Is.EqualTo("w4its"));
        Assert.That(anna.Ask<Details>(new GetItem(annas)).Item.HasNewPassword, Is.Null);

        olga.Ask<Saved>(new Restore(olgas, settled.Revision));
        olga.Ask<Settled>(new DropNewPassword(olgas));
        _hosts.SyncAll();
        Assert.That(TwoHosts.Read(anna.Ask<Revealed>(new Reveal(annas, "Password", "show")).Value), Is.EqualTo("r0uter"));
    }

    [TestCase("use")]
    [TestCase("read")]
    public void Who_may_not_change_an_item_is_offered_to_save_the_new_password_as_their_own(string right)
    {
        var anna = _hosts.Anna;
        var (_, annas) = _hosts.Share(right);

        Assert.That(anna.Refusal(new Fill(TwoHosts.Page, [], "person", [], [], annas, NewPassword: TestSecret("new"))), Is.EqualTo("refused noRight"));
        anna.Ask<Done>(new Capture("7", TwoHosts.Page, [], "change", "admin", TestSecret("r0uter"), TestSecret("ch4nged")));

        var offer = anna.Ask<Captured>(new GetCaptured("7")).Offer!;
        Assert.That((offer.Kind, offer.Items.Count), Is.EqualTo(("save", 0)));
    }

    [Test]
    public void Right_to_use_lets_nothing_out_but_a_fill()
    {
        var (olga, anna) = (_hosts.Olga, _hosts.Anna);
        var (olgas, annas) = _hosts.Share("use");
        olga.Ask<Saved>(new Update(olgas, new ItemChanges(Password: TestSecret("second"), Fields: [new FieldChange("Pin", Protected: true, TestSecret("1234"))])));
        olga.Ask<Saved>(new Update(olgas, new ItemChanges(Otp: TestSecret("JBSWY3DPEHPK3PXP"))));
        _hosts.SyncAll();
        var commandLine = _hosts.AnnasHost.CommandLine();
        commandLine.Unlock(_hosts.AnnasHost.VaultPath);

        foreach (var client in new[] { anna, commandLine })
        {
            foreach (var wayOut in new Request[]
            {
                new Reveal(annas, "Password", "show"), new Reveal(annas, "Password", "copy"), new Reveal(annas, "Pin", "show"),
                new Reveal(annas, "otp", "show"), new Reveal(annas, "Password", "show", Revision: 1), new GetCode(annas, "show"), new GetCode(annas, "copy"),
            })
            {
                Assert.That(client.Refusal(wayOut), Is.EqualTo("refused useOnly"), wayOut.ToString());
            }
            foreach (var change in new Request[]
            {
                new Update(annas, new ItemChanges(Title: "Mine")), new Remove(annas), new Restore(annas, 1), new DropNewPassword(annas), new Attach(annas, "x", null),
                new SetGrant(annas, new GrantToSet(_hosts.MemberOf("Anna"), "read")), new RemoveShared(annas), new ShareItems(_hosts.Office, [annas], []),
            })
            {
                Assert.That(client.Refusal(change), Is.Not.Empty, change.ToString());
            }
            Assert.That(
                client.Ask<Details>(new GetItem(annas)).Fields.Where(field => field.Protected).Select(field => field.Value), Is.All.Null);
        }
        Assert.That(TwoHosts.Read(anna.Ask<Filled>(new Fill(TwoHosts.Page, [], "person", ["password"], [], annas)).Password!), Is.EqualTo("second"));
    }

    [Test]
    public void Right_to_use_stays_so_for_who_joins_its_group_later()
    {
        var (olga, anna) = (_hosts.Olga, _hosts.Anna);
        var router = olga.Ask<Found>(new Search("Router", 10)).Items.Single().Id;
        var group = olga.Ask<People>(new AddGroup(_hosts.Office, "IT", [_hosts.MemberOf("Olga")])).Groups.Single().Id;
        olga.Ask<SharedItems>(new ShareItems(_hosts.Office, [router], [new GrantToSet(group, "use")]));
        _hosts.Sync(anna);
        Assert.That(anna.Ask<Matches>(new FindMatches(TwoHosts.Page, [])).Items, Is.Empty);

        olga.Ask<People>(new SetGroupMember(_hosts.Office, group, _hosts.MemberOf("Anna"), Joins: true));
        _hosts.Sync(anna);

        var item = anna.Ask<Matches>(new FindMatches(TwoHosts.Page, [])).Items.Single().Id;
        Assert.That(anna.Refusal(new Reveal(item, "Password", "show")), Is.EqualTo("refused useOnly"));
        Assert.That(TwoHosts.Read(anna.Ask<Filled>(new Fill(TwoHosts.Page, [], "person", ["password"], [], item)).Password!), Is.EqualTo("r0uter"));
    }

    private ItemToSave NewItem() => new(
        "login", "New", [new UrlToSave(NewPage, "hostname")], ["network"], "olga", TestSecret("n3w"), "ground floor", Vault: TwoHosts.VaultOf(_hosts.Olga));

    private static Secret TestSecret(string text) => TestClient.SecretOf(text);
}
