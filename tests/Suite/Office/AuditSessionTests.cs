using Host.Protocol;
using NUnit.Framework;
using Suite.Hosting;
using Vault;

namespace Suite.Shares;

/// <summary>Two people's hosts and a real server: what the audit hears of, and what a client of the protocol reads in it.</summary>
public class AuditSessionTests
{
    private const string Page = "https://router.example";

    private OfficeWorld _world = null!;
    private TestSession _olgasHost = null!;
    private TestSession _annasHost = null!;
    private TestClient _olga = null!;
    private TestClient _anna = null!;
    private string _office = null!;
    private string _olgasItem = null!;
    private string _annasItem = null!;

    [Test]
    public async Task Secrets_that_are_shown_copied_and_filled_are_in_the_audit_and_nothing_else_of_a_host()
    {
        await SetUpAsync(audit: true);
        _anna.Ask<Filled>(new Fill(Page, [], "person", ["username"], [], _annasItem)); // no secret
        _anna.Ask<Filled>(new Fill(Page, [], "person", ["username", "password"], [], _annasItem));
        _anna.Ask<Revealed>(new Reveal(_annasItem, "Password", "show"));
        _anna.Ask<Revealed>(new Reveal(_annasItem, "Password", "copy"));
        _anna.Refusal(new Reveal(_annasItem, "Nothing", "show"));
        _annasHost.Time.Advance(TimeSpan.FromSeconds(1));
        Sync(_anna);

        var page = _olga.Ask<AuditPage>(new GetAudit(_office, 200, Kinds: ["reveal", "copy", "fill"]));

        Assert.That(page.Entries.Select(entry => (entry.Kind, entry.Name, entry.Title, entry.Item)), Is.EqualTo(new[]
        {
            ("copy", "Anna", "Router", _olgasItem), ("reveal", "Anna", "Router", _olgasItem), ("fill", "Anna", "Router", _olgasItem),
        }));
        Assert.That((page.Matching, page.After, page.Total > 3), Is.EqualTo((3, (string?)null, true)));
        Assert.That(_anna.Refusal(new GetAudit(_office, 10)), Is.EqualTo("office notEntitled"));
    }

    [Test]
    public async Task Attached_file_that_was_read_is_in_the_audit()
    {
        await SetUpAsync(audit: true);
        _olga.Ask<Saved>(new Attach(_olgasItem, "note.txt", Secret.Base64Of([1])));
        Sync(_olga);
        Sync(_anna);
        _anna.Ask<Revealed>(new GetAttachment(_annasItem, "note.txt"));
        Sync(_anna);

        var entry = _olga.Ask<AuditPage>(new GetAudit(_office, 200, Kinds: ["reveal", "copy", "fill"])).Entries.Single();
        Assert.That((entry.Kind, entry.Name, entry.Title), Is.EqualTo(("reveal", "Anna", "Router")));
    }

    [Test]
    public async Task Office_without_an_audit_hears_of_nothing()
    {
        await SetUpAsync(audit: false);
        _anna.Ask<Revealed>(new Reveal(_annasItem, "Password", "show"));
        Sync(_anna);

        Assert.That(_olga.Ask<AuditPage>(new GetAudit(_office, 10, Kinds: ["reveal"])).Matching, Is.Zero);
    }

    [Test]
    public async Task Filters_and_pages_give_every_entry_once_the_newest_first()
    {
        await SetUpAsync(audit: true);
        var all = _olga.Ask<AuditPage>(new GetAudit(_office, 200));

        var pages = new List<ListedEvent>();
        string? after = null;
        do
        {
            var page = _olga.Ask<AuditPage>(new GetAudit(_office, 2, after));
            Assert.That((page.Entries.Count <= 2, page.Matching), Is.EqualTo((true, all.Matching)));
            pages.AddRange(page.Entries);
            after = page.After;
        }
        while (after is not null);

        Assert.That(pages, Is.EqualTo(all.Entries));
        Assert.That(all.Matching, Is.EqualTo(all.Total));
        var olga = _olga.Ask<People>(new GetPeople(_office)).Members.Single(member => member.You).Id;
        var item = _olga.Ask<AuditPage>(new GetAudit(_office, 200, Item: _olgasItem));
        Assert.That(item.Entries, Is.EqualTo(all.Entries.Where(entry => entry.Item == _olgasItem)));
        Assert.That(
            _olga.Ask<AuditPage>(new GetAudit(_office, 200, Member: olga, Kinds: ["log"])).Entries.Select(entry => (entry.Entry, entry.About)),
            Is.EqualTo(new[] { ("add", "Anna"), ("genesis", (string?)null) }));
        Assert.That(_olga.Ask<AuditPage>(new GetAudit(_office, 200, Since: "2027-01-01T00:00:00Z")).Entries, Is.Empty);
        Assert.That(_olga.Ask<AuditPage>(new GetAudit(_office, 200, Until: "2020-01-01T00:00:00Z")).Entries, Is.Empty);
    }

    [TestCase("later", null, null, "badMessage")]
    [TestCase(null, "nobody", null, "badMessage")]
    [TestCase(null, null, "yesterday", "badMessage")]
    public async Task Filter_that_is_none_is_refused(string? after, string? member, string? since, string refusal)
    {
        await SetUpAsync(audit: true);

        Assert.That(_olga.Refusal(new GetAudit(_office, 10, after, member, Since: since)), Is.EqualTo(refusal));
    }

    [Test]
    public async Task Leaver_is_listed_with_what_was_revealed_and_the_new_keys_are_made_meanwhile()
    {
        await SetUpAsync(audit: true);
        _anna.Ask<Revealed>(new Reveal(_annasItem, "Password", "show"));
        Sync(_anna);
        var anna = _olga.Ask<People>(new GetPeople(_office)).Members.Single(member => member.Name == "Anna").Id;

        var removal = _olga.Ask<RemovalPreview>(new GetRemoval(_office, anna));
        Assert.That((removal.Name, removal.Items, removal.Unopened.Count, removal.LastOwner), Is.EqualTo(("Anna", 1, 0, false)));
        _olga.Ask<People>(new RemoveMember(_office, anna));

        var worklist = _olga.Ask<Worklist>(new GetWorklist(_office, anna));
        var item = worklist.Items.Single();
        Assert.That((item.Item, item.Title, item.Username, item.Right, item.Revealed, item.ChangedAt), Is.EqualTo((_olgasItem, "Router", "admin", "read", 1, (string?)null)));
        Assert.That(item.Urls.Single().Url, Is.EqualTo(Page));
        Assert.That((worklist.Audited, worklist.Leaver.Name, worklist.Leaver.RemovedBy), Is.EqualTo((true, "Anna", "Olga")));

        _olgasHost.Time.Advance(TimeSpan.FromSeconds(1));
        _olga.Ask<Saved>(new Update(_olgasItem, new ItemChanges(Password: TestClient.SecretOf("changed"))));
        Sync(_olga);
        var leaver = _olga.Ask<Leavers>(new GetLeavers(_office)).List.Single();
        Assert.That((leaver.Items, leaver.Changed, leaver.Due), Is.EqualTo((1, 1, 0)));
        Assert.That(_olga.Refusal(new GetWorklist(_office, _olga.Ask<People>(new GetPeople(_office)).Members.Single().Id)), Is.EqualTo("notFound"));
    }

    [TearDown]
    public async Task TearDown()
    {
        _olgasHost.Dispose();
        _annasHost.Dispose();
        await _world.DisposeAsync();
    }

    private static TestSession HostWith(params ItemDraft[] items) => new(items);

    private async Task SetUpAsync(bool audit)
    {
        _olgasHost = HostWith(TestSession.Login("Router", Page, userName: "admin", password: "r0uter"));
        _annasHost = HostWith();
        _world = await OfficeWorld.StartAsync(_olgasHost.Time);
        _olga = _olgasHost.Unlocked();
        _anna = _annasHost.Unlocked();
        _office = _olga.Ask<ListedOffice>(new EnterOffice("owner", _world.Address, "Olga", TestClient.SecretOf(_world.Server.OwnerCode!), Audit: audit)).Id;
        var invited = _olga.Ask<Invited>(new Invite(_office, "member", 1));
        _anna.Ask<ListedOffice>(new EnterOffice("member", invited.Address, "Anna", invited.Code));
        Sync(_olga);
        Sync(_anna);
        var anna = _olga.Ask<People>(new GetPeople(_office)).Members.Single(member => member.Name == "Anna").Id;
        _olgasItem = _olga.Ask<SharedItems>(new ShareItems(_office, [_olgasHost.Ids[0]], [new GrantToSet(anna, "read")])).Items.Single().Id;
        Sync(_anna);
        _annasItem = _anna.Ask<Matches>(new FindMatches(Page, [])).Items.Single().Id;
    }

    /// <summary>What shows members is up to date, and so an exchange.</summary>
    private void Sync(TestClient client) => client.Ask<People>(new GetPeople(_office));
}
