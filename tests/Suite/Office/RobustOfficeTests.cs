using Contracts;
using FsCheck;
using FsCheck.Fluent;
using Host.Protocol;
using NUnit.Framework;
using Office;
using Suite.Hosting;

namespace Suite.Shares;

/// <summary>What must not be lost or mixed up: several offices, a host that is killed, keys that are renewed, two people at one item.</summary>
public class RobustOfficeTests
{
    private static readonly string[] _fields = ["Password", "UserName", "Notes"];

    private OfficeWorld _world = null!;
    private OfficeMember _olga = null!;
    private OfficeMember? _anna;
    private int _items;

    [SetUp]
    public async Task SetUp() => (_world, _olga) = await OfficeWorld.FoundAsync();

    [TearDown]
    public async Task TearDown() => await _world.DisposeAsync();

    [Test]
    public async Task Killed_host_shows_what_was_added_and_changed_offline_when_it_is_opened_again()
    {
        var old = _olga.Add("Mail", "m4il");
        _olga.Client.Sync();
        _olga.Restart(); // the copy is on the disk, as it is now
        await _world.StopServerAsync();
        _olga.Edit(old, "Password", "changed");
        var added = _olga.Add("Safe", "s4fe");
        _olga.Edit(added, "UserName", "olga");

        _olga.Kill();
        _olga.Open();

        Assert.That((_olga.Titles, _olga.Read(old), _olga.Read(added), _olga.Read(added, "UserName")), Is.EqualTo(("Mail Safe", "changed", "s4fe", "olga")));
        await _world.StartServerAsync();
        _olga.Client.Sync();
        Assert.That((_olga.Client.Status.Waiting, _olga.Client.Status.NotSent), Is.EqualTo((0, 0)));
        Assert.That((_olga.Read(old), _olga.Read(added, "UserName")), Is.EqualTo(("changed", "olga")));
    }

    [Test]
    public async Task New_items_that_waited_go_together_and_one_that_the_server_will_not_have_keeps_no_other_back()
    {
        var anna = _world.Join("Anna", _olga);
        var folder = _olga.Client.AddFolder("IT", parent: null);
        _olga.Client.Sync();
        _olga.Set(folder, anna.Id, Right.Write);
        anna.Client.Sync();
        var body = new Office.Content.ContentBody { Fields = [Contents.Field("Title", "In the folder")] };
        _ = Enumerable.Range(0, 60).Select(number => anna.Add($"Item {number}", "secret")).ToList();
        var refused = anna.Client.AddItem("login", body, [], folder);
        anna.Add("Last", "secret");
        _olga.Set(folder, anna.Id, Right.Read);
        var before = await _world.CountAsync("SELECT COUNT(*) FROM done");

        anna.Client.Sync();

        Assert.That((anna.Client.Status.Waiting, anna.Client.Status.NotSent), Is.EqualTo((0, 1)));
        Assert.That(anna.Client.Status.Notices.Single(notice => notice.Kind == "notSent").Item, Is.EqualTo(refused));
        Assert.That(await _world.CountAsync("SELECT COUNT(*) FROM items"), Is.EqualTo(62));
        // Fifty at once, and the twelve of which one could not be done each alone.
        Assert.That(await _world.CountAsync("SELECT COUNT(*) FROM done") - before, Is.EqualTo(1 + 11));
    }

    [Test]
    public void Renewed_keys_open_what_the_lost_ones_did_and_those_open_nothing_new()
    {
        var anna = _world.Join("Anna", _olga);
        var item = _olga.Add("Mail", "m4il", (anna, Right.Write));
        _olga.Client.Sync();
        anna.Client.Sync();

        var invitation = _olga.Client.Invite(Role.Member, anna.Id, TimeSpan.FromHours(1));
        var renewed = _world.Enter("Anna again", OfficeEntry.Join(_world.Address, invitation.Code, "Anna", "", TimeProvider.System));
        _olga.Client.Sync();
        renewed.Client.Sync();

        Assert.That(renewed.Id, Is.EqualTo(anna.Id));
        Assert.That((renewed.Titles, renewed.Read(item), renewed.Client.RightOf(item)), Is.EqualTo(("Mail", "m4il", Right.Write)));
        Assert.That(_olga.Client.Read(state => state.Find(item)!.Chain.Record!.Record.Epoch), Is.EqualTo(2));
        Assert.That(() => anna.Client.Sync(), Throws.TypeOf<OfficeException>().With.Property("Error").EqualTo(OfficeError.NotMember));
        renewed.Edit(item, "Password", "by the new keys");
        renewed.Client.Sync();
        _olga.Client.Sync();
        Assert.That(_olga.Read(item), Is.EqualTo("by the new keys"));
    }

    [FsCheck.NUnit.Property(MaxTest = 25)]
    public Property No_value_is_ever_lost_whatever_two_people_change_and_whenever_they_meet()
    {
        // The library calls this anew for each case.
        var anna = _anna ??= _world.Join("Anna", _olga);
        return Prop.ForAll(Steps, steps =>
        {
            var item = _olga.Add($"Item {_items++}", "first", (anna, Right.Write));
            _olga.Client.Sync();
            anna.Client.Sync();
            var values = new List<string> { "first" };
            foreach (var (isAnna, meets, field) in steps)
            {
                var member = isAnna ? anna : _olga;
                values.Add($"value {values.Count}");
                member.Edit(item, field, values[^1]);
                if (meets)
                {
                    member.Client.Sync();
                }
            }
            foreach (var member in new[] { _olga, anna, _olga })
            {
                member.Client.Sync();
            }

            return Kept(_olga, item).SetEquals(Kept(anna, item)) && Kept(_olga, item).IsSupersetOf(values);
        });
    }

    [Test]
    public async Task Offices_of_several_servers_are_kept_apart()
    {
        using var host = new TestSession();
        var olga = host.Unlocked();
        await using var one = await OfficeWorld.StartAsync(host.Time);
        await using var other = await OfficeWorld.StartAsync(host.Time);
        foreach (var world in new[] { one, other })
        {
            olga.Ask<ListedOffice>(new EnterOffice("owner", world.Address, "Olga", TestClient.SecretOf(world.Server.OwnerCode!), Audit: false));
        }
        var offices = olga.Ask<Offices>(new GetOffices()).List;
        var saved = offices.Select(office => olga.Ask<Saved>(new Save(
            new ItemToSave("login", office.Name, [new UrlToSave("https://both.example", "hostname")], [], "olga", Vault: office.Vault))).Item).ToList();
        await one.StopServerAsync();

        olga.Ask<People>(new GetPeople(offices[1].Id));
        Assert.That(olga.Refusal(new GetPeople(offices[0].Id)), Is.EqualTo("office unreachable"));

        Assert.That(olga.Ask<Matches>(new FindMatches("https://both.example", [])).Items.Select(item => item.Id), Is.EquivalentTo(saved.Select(item => item.Id)));
        Assert.That(saved.Select(item => item.Vault), Is.EqualTo(offices.Select(office => office.Vault)));
        Assert.That(offices.Select(office => office.Name), Is.EqualTo(new[] { one, other }.Select(world => $"[localhost:{new Uri(world.Address).Port}]")));
        Assert.That(olga.Refusal(new ShareItems(offices[1].Id, [saved[0].Id], [])), Is.EqualTo("refused shared"));
    }

    /// <summary>Up to four changes: more than the history holds of would push out the oldest: by whom, whether they meet the server then, and which field.</summary>
    private static Arbitrary<List<(bool IsAnna, bool Meets, string Field)>> Steps => Arb.From(
        from count in Gen.Choose(1, 4)
        from steps in (
            from isAnna in Gen.Elements(true, false)
            from meets in Gen.Elements(true, false, false)
            from changed in Gen.Elements(_fields)
            select (isAnna, meets, changed)).ListOf(count)
        select steps);

    /// <summary>Every value that the item has or had in a member's copy.</summary>
    private static HashSet<string> Kept(OfficeMember member, Id item)
    {
        var (file, id) = (member.Copy.File, Office.Store.ShareCopy.IdOf(item));
        var revisions = Enumerable.Range(1, file.Get(id)!.Revisions).Select(number => (int?)number).Append(null);
        return
        [
            .. revisions.SelectMany(revision => _fields.Select(field =>
            {
                using var value = file.OpenField(id, field, revision);
                return value is null ? "" : System.Text.Encoding.UTF8.GetString(value.Span);
            })),
        ];
    }
}
