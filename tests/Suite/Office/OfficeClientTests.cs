using Contracts;
using NUnit.Framework;
using Office;
using Office.State;

namespace Suite.Shares;

/// <summary>Members of one office, with the real client each, past a real server.</summary>
public class OfficeClientTests
{
    private OfficeWorld _world = null!;
    private OfficeMember _olga = null!;

    [SetUp]
    public async Task SetUp() => (_world, _olga) = await OfficeWorld.FoundAsync();

    [TearDown]
    public async Task TearDown() => await _world.DisposeAsync();

    [Test]
    public void Founder_is_the_owner_and_named()
    {
        var (role, name, members) = _olga.Client.Read(state => (state.OurRole, state.NameOf(_olga.Id), state.Log.Members.Count));

        Assert.That((role, name, members), Is.EqualTo((Role.Owner, "Olga", 1)));
        Assert.That(_olga.Client.Status.IsConnected);
    }

    [Test]
    public void Invited_member_is_let_in_and_sees_what_is_granted_and_nothing_else()
    {
        var anna = _world.Join("Anna", _olga);
        var shared = _olga.Add("Mail", "m4il", (anna, Right.Read));
        _olga.Add("Safe", "s4fe");
        _olga.Client.Sync();

        anna.Client.Sync();

        Assert.That(anna.Client.Read(state => state.OurRole), Is.EqualTo(Role.Member));
        Assert.That(anna.Titles, Is.EqualTo("Mail"));
        Assert.That(anna.Read(shared), Is.EqualTo("m4il"));
        Assert.That(_olga.Titles, Is.EqualTo("Mail Safe"));
        Assert.That(_olga.Client.AccessTo(shared).Select(access => (access.Member, access.Right)), Is.EquivalentTo(
            new[] { (_olga.Id, Right.Manage), (anna.Id, Right.Read) }));
    }

    [Test]
    public void Revoked_item_is_taken_away_and_starts_a_new_epoch()
    {
        var anna = _world.Join("Anna", _olga);
        var item = _olga.Add("Mail", "m4il", (anna, Right.Read));
        _olga.Client.Sync();
        anna.Client.Sync();

        _olga.Set(item, anna.Id, Right.None);
        anna.Client.Sync();

        Assert.That(anna.Titles, Is.Empty);
        Assert.That(anna.Copy.File.Removed, Is.Empty);
        Assert.That(anna.StatusOf(item), Is.EqualTo(ItemStatus.Lost));
        Assert.That(_olga.Client.Read(state => state.Find(item)!.Chain.Record!.Record.Epoch), Is.EqualTo(2));
        Assert.That(_olga.Read(item), Is.EqualTo("m4il"));

        _olga.Set(item, anna.Id, Right.Use);
        anna.Client.Sync();
        Assert.That(anna.Read(item), Is.EqualTo("m4il"));
    }

    [Test]
    public async Task Offline_edits_of_two_members_are_both_kept()
    {
        var anna = _world.Join("Anna", _olga);
        var item = _olga.Add("Mail", "m4il", (anna, Right.Write));
        _olga.Client.Sync();
        anna.Client.Sync();
        await _world.StopServerAsync();
        _olga.Edit(item, "UserName", "olga");
        _olga.Edit(item, "Password", "olga's");
        anna.Edit(item, "Password", "anna's");
        anna.Edit(item, "Notes", "by anna");
        Assert.That(() => anna.Client.Sync(), Throws.TypeOf<OfficeException>().With.Property("Error").EqualTo(OfficeError.Unreachable));
        Assert.That(anna.Read(item), Is.EqualTo("anna's"));
        anna.Restart(); // nothing of it is in memory only
        Assert.That((anna.Read(item), anna.Client.Status.Waiting), Is.EqualTo(("anna's", 2)));

        await _world.StartServerAsync();
        _olga.Client.Sync();
        anna.Client.Sync();
        _olga.Client.Sync();

        foreach (var member in new[] { _olga, anna })
        {
            Assert.That(
                (member.Read(item), member.Read(item, "UserName"), member.Read(item, "Notes"), member.Client.Status.Waiting),
                Is.EqualTo(("olga's", "olga", "by anna", 0)));
            Assert.That(member.Copy.File.Revisions(Office.Store.ShareCopy.IdOf(item))!.Select(
                revision => Unit.Vault.TestVault.Read(member.Copy.File, Office.Store.ShareCopy.IdOf(item), "Password", revision.Number)), Has.Member("anna's"));
        }
        Assert.That(anna.Client.Status.Notices.Select(notice => notice.Kind), Is.EqualTo(Enumerable.Repeat("conflict", 1)));
    }

    [Test]
    public void Removed_member_is_refused_and_items_are_rekeyed()
    {
        var anna = _world.Join("Anna", _olga);
        var items = Enumerable.Range(0, 3).Select(number => _olga.Add($"Item{number}", "x", (anna, Right.Write))).ToList();
        _olga.Client.Sync();
        anna.Client.Sync();

        _olga.Client.Remove(anna.Id);

        Assert.That(() => anna.Client.Sync(), Throws.TypeOf<OfficeException>().With.Property("Error").EqualTo(OfficeError.NotMember));
        Assert.That(items.Select(item => _olga.Client.Read(state => state.Find(item)!.Chain.Record!.Record)), Is.All.Matches<AccessRecord>(
            record => record!.Epoch == 2 && record.Grants.Count == 1));
        Assert.That(_olga.Titles, Is.EqualTo("Item0 Item1 Item2"));
    }

    [Test]
    public async Task Restored_server_gets_back_what_it_lost_from_any_member()
    {
        var anna = _world.Join("Anna", _olga);
        var item = _olga.Add("Mail", "m4il", (anna, Right.Write));
        _olga.Client.Sync();
        var backup = await _world.BackupAsync();
        var bert = _world.Join("Bert", _olga);
        anna.Client.Sync();
        anna.Edit(item, "Password", "changed");
        anna.Client.Sync();
        _olga.Add("Safe", "s4fe", (anna, Right.Read), (bert, Right.Read));
        _olga.Client.Sync();
        anna.Client.Sync();
        bert.Client.Sync();

        await _world.RestoreAsync(backup);
        anna.Client.Sync();

        Assert.That(anna.Client.Status.Notices.Select(notice => notice.Kind), Is.EqualTo(Enumerable.Repeat("restored", 1)));
        var carla = _world.Join("Carla", _olga); // who never saw the server as it was
        _olga.Set(item, carla.Id, Right.Read);
        foreach (var member in new[] { _olga, anna, bert, carla })
        {
            member.Client.Sync();
        }
        Assert.That((_olga.Titles, anna.Titles, bert.Titles, carla.Titles), Is.EqualTo(("Mail Safe", "Mail Safe", "Safe", "Mail")));
        Assert.That(carla.Read(item), Is.EqualTo("changed"));
        Assert.That(_olga.Client.Read(state => state.Log.Head), Is.EqualTo(anna.Client.Read(state => state.Log.Head)));
    }

    [Test]
    public void Lost_or_damaged_copy_is_made_anew_and_said()
    {
        _olga.Add("Mail", "m4il");
        _olga.Client.Sync();
        _olga.Close();
        File.WriteAllText(_olga.FileOf(".kdbx"), "no vault");

        _olga.Open();

        Assert.That(_olga.Titles, Is.EqualTo("Mail"));
        Assert.That(_olga.Client.Status.Notices.Select(notice => notice.Kind), Is.EqualTo(Enumerable.Repeat("copyLost", 1)));
    }

    [Test]
    public async Task Server_with_another_root_key_is_not_talked_to()
    {
        await _world.StopServerAsync();
        foreach (var file in Directory.GetFiles(_world.DataFolder, "office-root.*"))
        {
            File.Delete(file);
        }
        await _world.StartServerAsync();

        Assert.That(() => _olga.Client.Sync(), Throws.TypeOf<OfficeException>().With.Property("Error").EqualTo(OfficeError.Untrusted));
    }

    [Test]
    public void Two_answers_to_one_invitation_let_nobody_in_and_are_said()
    {
        var invitation = _olga.Client.Invite(Role.Member, member: null, TimeSpan.FromHours(1));
        foreach (var name in new[] { "Anna", "Eve" })
        {
            _world.Enter(name, OfficeEntry.Join(_world.Address, invitation.Code, name, "", TimeProvider.System));
        }

        _olga.Client.Sync();

        Assert.That(_olga.Client.Read(state => state.Log.Members.Count), Is.EqualTo(1));
        Assert.That(_olga.Client.Status.Notices.Select(notice => notice.Kind), Is.EqualTo(Enumerable.Repeat("secondAnswer", 1)));
    }

    [Test]
    public void Group_gives_and_takes_what_is_granted_to_it()
    {
        var anna = _world.Join("Anna", _olga);
        var bert = _world.Join("Bert", _olga);
        var group = _olga.Client.AddGroup("IT", [_olga.Id, anna.Id]);
        var item = _olga.Add("Router", "r0uter");
        _olga.Client.Sync();
        _olga.Set(item, group, Right.Write);
        anna.Client.Sync();
        bert.Client.Sync();
        Assert.That((anna.Read(item), bert.Read(item)), Is.EqualTo(("r0uter", (string?)null)));

        _olga.Client.SetGroupMember(group, bert.Id, joins: true);
        bert.Client.Sync();
        Assert.That(bert.Read(item), Is.EqualTo("r0uter"));

        _olga.Client.SetGroupMember(group, anna.Id, joins: false);
        anna.Client.Sync();
        bert.Client.Sync();
        Assert.That((anna.Titles, bert.Titles), Is.EqualTo(("", "Router")));
        Assert.That(bert.Client.Read(state => state.Find(item)!.Chain.Record!.Record.Epoch), Is.EqualTo(2));
        Assert.That(bert.Client.Read(state => state.NameOf(group)), Is.EqualTo("IT"));
    }
}
