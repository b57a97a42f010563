using Contracts;
using Contracts.Wire;
using NUnit.Framework;
using Office;
using Office.State;

namespace Suite.Shares;

/// <summary>Somebody leaves: what that strands, what they could open, and which of it was changed since.</summary>
public class LeaverTests
{
    private OfficeWorld _world = null!;
    private OfficeMember _olga = null!;

    [SetUp]
    public async Task SetUp() => (_world, _olga) = await OfficeWorld.FoundAsync();

    [TearDown]
    public async Task TearDown() => await _world.DisposeAsync();

    [Test]
    public void Worklist_has_what_was_really_opened_first_and_the_right_to_use_last()
    {
        var eve = _world.Join("Eve", _olga);
        var used = _olga.Add("A use", "1", (eve, Right.Use));
        var read = _olga.Add("B read", "1", (eve, Right.Read));
        var manage = _olga.Add("C manage", "1", (eve, Right.Manage));
        var filled = _olga.Add("D filled", "1", (eve, Right.Use));
        var revealed = _olga.Add("E revealed", "1", (eve, Right.Read));
        _olga.Add("F not hers", "1");
        SyncAll(_olga, eve);
        eve.Client.Report(revealed, WireEventKind.Reveal);
        eve.Client.Report(filled, WireEventKind.Fill);
        eve.Client.Report(filled, WireEventKind.Fill);
        _olga.Client.Report(read, WireEventKind.Copy); // by somebody else
        SyncAll(eve, _olga);

        _olga.Client.Remove(eve.Id);

        var (leaver, passwords) = _olga.Client.WorklistOf(eve.Id, _olga.Client.ReadAudit())!.Value;
        Assert.That(passwords.Select(password => password.Item), Is.EqualTo(new[] { revealed, filled, manage, read, used }));
        Assert.That(passwords.Select(password => password.Uses with { Last = 0 }).Take(3), Is.EqualTo(new[] { new Uses(1, 0, 0, 0), new Uses(0, 0, 2, 0), default }));
        Assert.That((leaver.Items, leaver.Changed, leaver.Due, leaver.RemovedBy), Is.EqualTo((5, 0, 0, _olga.Id)));
    }

    [Test]
    public void Item_ticks_itself_when_somebody_else_changes_its_password_and_only_then()
    {
        var eve = _world.Join("Eve", _olga);
        var anna = _world.Join("Anna", _olga);
        var item = _olga.Add("Mail", "1", (eve, Right.Write), (anna, Right.Write));
        SyncAll(_olga, eve, anna);
        eve.Edit(item, "Password", "2"); // her own change is none
        SyncAll(eve, _olga);
        _olga.Client.Remove(eve.Id);
        SyncAll(anna);

        anna.Edit(item, "UserName", "other");
        SyncAll(anna, _olga);
        Assert.That(Changed(eve), Is.EqualTo("Mail: to do"));

        anna.Edit(item, "Password", "3");
        SyncAll(anna, _olga);
        Assert.That(Changed(eve), Is.EqualTo("Mail: changed"));
        _olga.Restart();
        Assert.That(Changed(eve), Is.EqualTo("Mail: changed"));
        Assert.That(_olga.Client.Leavers([]).Select(leaver => (leaver.Member, leaver.Items, leaver.Changed)), Is.EqualTo(new[] { (eve.Id, 1, 1) }));
    }

    [Test]
    public void What_was_held_through_a_group_or_taken_away_earlier_is_on_the_list_and_what_was_changed_in_between_is_ticked()
    {
        var eve = _world.Join("Eve", _olga);
        var desk = _olga.Client.AddGroup("Desk", [eve.Id, _olga.Id]);
        var grouped = _olga.Add("Grouped", "1");
        var left = _olga.Add("Left", "1");
        var taken = _olga.Add("Taken", "1", (eve, Right.Read));
        SyncAll(_olga);
        _olga.Set(grouped, desk, Right.Use);
        _olga.Set(left, desk, Right.Write);
        SyncAll(eve, _olga);
        _olga.Set(taken, eve.Id, Right.None);
        _olga.Client.SetGroupMember(desk, eve.Id, joins: false);
        _olga.Edit(left, "Password", "2");
        _olga.Edit(taken, "Password", "2");
        SyncAll(_olga);
        _olga.Client.Remove(eve.Id);

        var passwords = _olga.Client.WorklistOf(eve.Id, _olga.Client.ReadAudit())!.Value.Passwords;

        Assert.That(
            passwords.Select(password => (password.Title, password.Held.Right, password.Held.Principal, password.ChangedAt is not null)),
            Is.EquivalentTo(new[] { ("Grouped", Right.Use, desk, false), ("Left", Right.Write, desk, true), ("Taken", Right.Read, eve.Id, true) }));
        // Without the server's notes nobody knows when a record took it: it counts as not changed. What the log took, the log says.
        var unaudited = _olga.Client.WorklistOf(eve.Id, [])!.Value.Passwords.ToDictionary(password => password.Title, password => password.ChangedAt is not null);
        Assert.That((unaudited["Taken"], unaudited["Left"]), Is.EqualTo((false, true)));
    }

    [Test]
    public void Nobody_who_is_here_or_never_was_has_a_worklist()
    {
        var anna = _world.Join("Anna", _olga);

        Assert.That(_olga.Client.WorklistOf(anna.Id, []), Is.Null);
        Assert.That(_olga.Client.WorklistOf(Id.New(), []), Is.Null);
        Assert.That(_olga.Client.Leavers([]), Is.Empty);
    }

    [Test]
    public void Removal_tells_before_what_it_would_strand()
    {
        var eve = _world.Join("Eve", _olga);
        var desk = _olga.Client.AddGroup("Desk", [eve.Id]);
        SyncAll(eve);
        var alone = eve.Add("Alone", "1");
        var unmanaged = eve.Add("Unmanaged", "1", (_olga, Right.Read));
        SyncAll(eve, _olga);

        var removal = _olga.Client.BeforeRemoval(eve.Id);

        Assert.That((removal.Unopened.Single(), removal.Unmanaged.Single(), removal.Items), Is.EqualTo((alone, unmanaged, 1)));
        Assert.That((removal.Groups.Single(), removal.Emptied.Single(), removal.IsLastOwner), Is.EqualTo((desk, desk, false)));
        Assert.That(_olga.Client.BeforeRemoval(_olga.Id).IsLastOwner);
        Assert.That(() => eve.Client.BeforeRemoval(_olga.Id), Throws.TypeOf<OfficeException>().With.Property("Error").EqualTo(OfficeError.NotEntitled));
    }

    [Test]
    public void Owner_gives_an_item_that_nobody_manages_to_somebody_who_can_read_it()
    {
        var eve = _world.Join("Eve", _olga);
        var anna = _world.Join("Anna", _olga);
        SyncAll(eve);
        var item = eve.Add("Mail", "1", (_olga, Right.Read), (anna, Right.Write));
        SyncAll(eve, _olga, anna);
        Assert.That(_olga.Client.Orphans(), Is.Empty);
        _olga.Client.Remove(eve.Id);
        SyncAll(anna, _olga);

        var orphan = _olga.Client.Orphans().Single();
        Assert.That((orphan.Item, orphan.Heirs.Select(heir => heir.Principal).ToHashSet().SetEquals([_olga.Id, anna.Id])), Is.EqualTo((item, true)));
        Assert.That(() => anna.Client.Adopt(item, anna.Id), Throws.TypeOf<OfficeException>().With.Property("Error").EqualTo(OfficeError.NotEntitled));
        Assert.That(() => _olga.Client.Adopt(item, eve.Id), Throws.TypeOf<OfficeException>().With.Property("Error").EqualTo(OfficeError.Refused));

        _olga.Client.Adopt(item, anna.Id);
        SyncAll(anna);

        Assert.That((anna.Client.RightOf(item), _olga.Client.Orphans().Count), Is.EqualTo((Right.Manage, 0)));
        SyncAll(anna, _olga); // the new epoch that was due without a manager
        Assert.That(_olga.Client.Read(state => state.Find(item)!.Chain.IsEpochDue), Is.False);
    }

    [Test]
    public async Task Audit_is_followed_over_a_restart_and_a_server_that_lost_some_of_it_is_found_out()
    {
        var item = _olga.Add("Mail", "1");
        SyncAll(_olga);
        var backup = await _world.BackupAsync();
        _olga.Client.Report(item, WireEventKind.Copy);
        SyncAll(_olga);
        Assert.That(_olga.Client.ReadAudit()[^1], Is.Not.EqualTo(default(AuditEvent)).And.Property("Kind").EqualTo(AuditKind.Copy));
        _olga.Restart();
        SyncAll(_olga);
        Assert.That(_olga.Client.ReadAudit().Count(happened => happened.Kind == AuditKind.Copy), Is.EqualTo(1));
        Assert.That(_olga.Client.Status.Notices, Is.Empty);

        await _world.RestoreAsync(backup);

        Assert.That(_olga.Client.ReadAudit().Count(happened => happened.Kind == AuditKind.Copy), Is.Zero);
        Assert.That(_olga.Client.Status.Notices.Single().Kind, Is.EqualTo("auditChanged"));
    }

    [Test]
    public async Task Reports_wait_for_a_server_that_is_away()
    {
        var item = _olga.Add("Mail", "1");
        SyncAll(_olga);
        await _world.StopServerAsync();
        _olga.Client.Report(item, WireEventKind.Fill);
        Assert.That(() => _olga.Client.Sync(), Throws.TypeOf<OfficeException>());
        _olga.Restart();
        await _world.StartServerAsync();

        SyncAll(_olga);

        Assert.That(_olga.Client.ReadAudit().Where(happened => happened.Kind == AuditKind.Fill).Select(happened => (happened.Member, happened.Subject)),
            Is.EqualTo(new[] { ((Id?)_olga.Id, (Id?)item) }));
    }

    private static void SyncAll(params OfficeMember[] members) => Array.ForEach(members, member => member.Client.Sync());

    private string Changed(OfficeMember leaver) => string.Join(
        ' ', _olga.Client.WorklistOf(leaver.Id, [])!.Value.Passwords.Select(password => $"{password.Title}: {(password.ChangedAt is null ? "to do" : "changed")}"));
}
