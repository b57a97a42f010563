using Contracts;
using NUnit.Framework;
using Office;
using Office.Store;

namespace Suite.Shares;

/// <summary>Changes of access to many items at once, and folders, past a real server.</summary>
public class AccessStepTests
{
    private OfficeWorld _world = null!;
    private OfficeMember _olga = null!;
    private OfficeMember _anna = null!;

    [SetUp]
    public async Task SetUp()
    {
        (_world, _olga) = await OfficeWorld.FoundAsync();
        _anna = _world.Join("Anna", _olga);
    }

    [TearDown]
    public async Task TearDown() => await _world.DisposeAsync();

    [Test]
    public void Step_grants_many_items_in_several_transactions_and_its_inverse_takes_them_back()
    {
        var items = Enumerable.Range(0, 150).Select(number => _olga.Add($"Item {number:000}", "s3cret")).ToList();
        _olga.Client.Sync();

        var progress = Run(_olga, [.. items.Select(item => Give(item, Right.Read))]);

        Assert.That((progress.Total, progress.Done, progress.Refused.Count, progress.IsOver), Is.EqualTo((150, 150, 0, true)));
        _anna.Client.Sync();
        Assert.That(_anna.Copy.File.Items, Has.Count.EqualTo(150));
        Run(_olga, [.. items.Select(item => Give(item, Right.None))]);
        _anna.Client.Sync();
        Assert.That(_anna.Copy.File.Items, Is.Empty);
        Assert.That(_olga.Client.Read(state => state.Find(items[0])!.Chain.Record!.Record.Epoch), Is.EqualTo(2));
    }

    [Test]
    public void What_cannot_be_done_is_told_by_item_and_keeps_nothing_else_from_being_done()
    {
        var mine = _olga.Add("Mine", "1", (_anna, Right.Write));
        var other = _olga.Add("Other", "2");
        _olga.Client.Sync();
        _anna.Client.Sync();
        var annas = _anna.Add("Anna's", "3");
        _anna.Client.Sync();

        var progress = Run(_anna, [Give(mine, _olga.Id, Right.Read), Give(other, Right.Read), Give(annas, _olga.Id, Right.Read), Give(annas, _anna.Id, Right.None)]);

        Assert.That(progress.Refused.Select(one => (one.Item, one.Error)), Is.EqualTo(new[]
        {
            (mine, OfficeError.NotEntitled), (other, OfficeError.NotThere), (annas, OfficeError.Refused),
        }));
        _olga.Client.Sync();
        Assert.That(_olga.Titles, Is.EqualTo("Anna's Mine Other"));
    }

    [Test]
    public async Task Step_waits_while_the_server_is_away_and_goes_on_after_a_restart()
    {
        var item = _olga.Add("Mail", "m4il");
        _olga.Client.Sync();
        await _world.StopServerAsync();
        var step = Id.New();
        _olga.Client.BeginStep(step, [Give(item, Right.Read)]);

        Assert.That(() => _olga.Client.RunSteps(), Throws.TypeOf<OfficeException>().With.Property("Error").EqualTo(OfficeError.Unreachable));
        _olga.Restart();
        Assert.That(_olga.Client.ProgressOf(step), Is.EqualTo(new StepProgress(1, 0, [], IsCancelled: false)).Using<StepProgress>(AreSame));
        await _world.StartServerAsync();
        _olga.Client.Sync();
        _olga.Client.RunSteps();

        Assert.That(_olga.Client.ProgressOf(step)!.Done, Is.EqualTo(1));
        _anna.Client.Sync();
        Assert.That(_anna.Titles, Is.EqualTo("Mail"));
    }

    [Test]
    public void Cancelled_step_does_nothing_more_also_after_a_restart()
    {
        var item = _olga.Add("Mail", "m4il");
        _olga.Client.Sync();
        var step = Id.New();
        _olga.Client.BeginStep(step, [Give(item, Right.Read)]);

        _olga.Client.CancelStep(step);
        _olga.Restart();
        _olga.Client.RunSteps();

        _anna.Client.Sync();
        Assert.That(_anna.Titles, Is.Empty);
    }

    [Test]
    public void Step_that_somebody_was_quicker_with_is_made_anew()
    {
        var item = _olga.Add("Mail", "m4il", (_anna, Right.Manage));
        _olga.Client.Sync();
        _anna.Client.Sync();
        _anna.Set(item, _anna.Id, Right.Read);

        var progress = Run(_olga, [Give(item, Right.Use)]);

        Assert.That(progress.Refused, Is.Empty);
        Assert.That(_olga.Client.AccessTo(item).Single(access => access.Member == _anna.Id).Right, Is.EqualTo(Right.Use));
    }

    [Test]
    public void Folder_is_a_group_of_the_copy_for_whoever_sees_it()
    {
        var folder = _olga.Client.AddFolder("IT/Büro", parent: null);
        _olga.Client.Sync();
        var inner = _olga.Client.AddFolder("Router", folder);
        _olga.Client.Sync();
        var item = _olga.Add("Wi-Fi", "w1fi", (_anna, Right.Read));
        _olga.Client.Sync();

        var progress = Run(_olga, [new AccessChange(item, [], Moves: true, inner), Give(folder, Right.Read)]);

        Assert.That(progress.Refused, Is.Empty);
        Assert.That(_olga.Copy.File.Items.Single().Folder, Is.EqualTo("IT∕Büro/Router"));
        _anna.Client.Sync();
        // The inner folder is not hers to see: what is in it lies at the top.
        Assert.That(_anna.Copy.File.Items.Single().Folder, Is.Empty);
        Run(_olga, [Give(inner, Right.Read)]);
        _anna.Client.Sync();
        Assert.That(_anna.Copy.File.Items.Single().Folder, Is.EqualTo("IT∕Büro/Router"));
        Assert.That(_anna.Read(item), Is.EqualTo("w1fi"));

        _olga.Client.RenameFolder(folder, "Technik");
        _olga.Client.Sync();
        _anna.Client.Sync();
        Assert.That(_anna.Copy.File.Items.Single().Folder, Is.EqualTo("Technik/Router"));
        _anna.Restart();
        Assert.That(_anna.Client.Grid(null, 10, 10).Rows.Select(row => row.Folder?.Name).Order(), Is.EqualTo(new[] { null, "Router", "Technik" }));
        Assert.That(_anna.Titles, Is.EqualTo("Wi-Fi"));
    }

    [Test]
    public void Item_that_is_made_in_a_folder_gets_its_grants()
    {
        var folder = _olga.Client.AddFolder("IT", parent: null);
        _olga.Client.Sync();
        Run(_olga, [Give(folder, Right.Use)]);

        var item = _olga.Client.AddItem("login", Contents.Body(("Title", "Mail")), [], folder);
        _olga.Client.Sync();

        Assert.That(_olga.Client.AccessTo(item).Select(access => (access.Member, access.Right)), Is.EquivalentTo(
            new[] { (_olga.Id, Right.Manage), (_anna.Id, Right.Use) }));
        _anna.Client.Sync();
        Assert.That(_anna.Titles, Is.EqualTo("Mail"));
    }

    [Test]
    public void Folder_is_put_into_itself_by_nobody_and_only_writers_put_something_in()
    {
        var outer = _olga.Client.AddFolder("Outer", parent: null);
        _olga.Client.Sync();
        var inner = _olga.Client.AddFolder("Inner", outer);
        _olga.Client.Sync();
        Run(_olga, [Give(outer, Right.Read)]);
        _anna.Client.Sync();
        var annas = _anna.Add("Anna's", "3");
        _anna.Client.Sync();

        Assert.That(Run(_olga, [new AccessChange(outer, [], Moves: true, inner)]).Refused.Single().Error, Is.EqualTo(OfficeError.Refused));
        Assert.That(Run(_anna, [new AccessChange(annas, [], Moves: true, outer)]).Refused.Single().Error, Is.EqualTo(OfficeError.NotEntitled));
        Assert.That(() => _anna.Client.AddFolder("Hers", outer), Throws.TypeOf<OfficeException>());
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("a\nb")]
    [TestCase(201)]
    public void What_is_no_name_is_refused(object name) => Assert.That(
        () => _olga.Client.AddFolder(name as string ?? new string('a', (int)name), parent: null),
        Throws.TypeOf<OfficeException>().With.Property("Error").EqualTo(OfficeError.Refused));

    [Test]
    public void Grid_is_told_in_pages_with_who_gave_what()
    {
        var items = Enumerable.Range(0, 5).Select(number => _olga.Add($"Item {number}", "s", (_anna, Right.Manage))).Order().ToList();
        _olga.Client.Sync();
        _anna.Client.Sync();
        _anna.Set(items[0], _olga.Id, Right.Read);
        _olga.Client.Sync();

        var (first, more) = _olga.Client.Grid(null, 3, 100);
        var (rest, none) = _olga.Client.Grid(first[^1].Item, 3, 1);

        Assert.That(first.Select(row => row.Item), Is.EqualTo(items[..3]));
        Assert.That((more, none, rest.Single().Item), Is.EqualTo((true, true, items[3])), "one row at least, however few grants");
        Assert.That(first[0].Grants.Select(given => (given.Grant.Principal, given.Grant.Right, given.By)), Is.EquivalentTo(new[]
        {
            (_olga.Id, Right.Read, _anna.Id), (_anna.Id, Right.Manage, _olga.Id),
        }));
        Assert.That((first[0].Version, first[0].Author, first[0].Right), Is.EqualTo((2L, _anna.Id, Right.Read)));
    }

    private AccessChange Give(Id item, Right right) => Give(item, _anna.Id, right);

    private static AccessChange Give(Id item, Id principal, Right right) => new(item, [new Grant { Principal = principal, Right = right }]);

    private static StepProgress Run(OfficeMember member, IReadOnlyList<AccessChange> changes)
    {
        var step = Id.New();
        member.Client.BeginStep(step, changes);
        member.Client.RunSteps();
        return member.Client.ProgressOf(step)!;
    }

    private static bool AreSame(StepProgress one, StepProgress other) =>
        (one.Total, one.Done, one.Refused.Count, one.IsCancelled) == (other.Total, other.Done, other.Refused.Count, other.IsCancelled);
}
