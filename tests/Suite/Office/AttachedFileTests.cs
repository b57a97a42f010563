using System.Security.Cryptography;
using Contracts;
using Host.Protocol;
using NUnit.Framework;
using Suite.Hosting;
using Vault.Sharing;

namespace Suite.Shares;

/// <summary>Files attached to items of an office: two people's hosts and a real server.</summary>
public class AttachedFileTests
{
    private const string Name = "contract.pdf";

    private static readonly byte[] Content = RandomNumberGenerator.GetBytes((2 * FileCrypto.PartBytes) + 5000);

    private TwoHosts _hosts = null!;
    private TestClient _olga = null!;
    private TestClient _anna = null!;
    private string _olgas = null!;
    private string _annas = null!;

    [SetUp]
    public async Task SetUp()
    {
        _hosts = await TwoHosts.JoinedAsync();
        (_olga, _anna) = (_hosts.Olga, _hosts.Anna);
    }

    [TearDown]
    public async Task TearDown() => await _hosts.DisposeAsync();

    [Test]
    public void What_one_attaches_the_other_lists_and_reads_and_may_not_change_as_a_reader()
    {
        (_olgas, _annas) = _hosts.Share("read");

        Attach(_olga, _olgas, Name, Content);
        _hosts.SyncAll();

        var details = _anna.Ask<Details>(new GetItem(_annas));
        Assert.That(details.Attachments, Is.EqualTo(new[] { new DetailAttachment(Name, Content.Length) }));
        Assert.That(details.Fields.Select(field => field.Name), Has.None.Contains(Name), "it is no field");
        Assert.That(Read(_anna, _annas), Is.EqualTo(Content));
        Assert.That(Read(_olga, _olgas), Is.EqualTo(Content));
        Assert.That(_anna.Refusal(new Attach(_annas, "other", Secret.Base64Of([1]))), Is.EqualTo("refused noRight"));
        Assert.That(_anna.Refusal(new Attach(_annas, Name)), Is.EqualTo("refused noRight"));
        Assert.That(_anna.Refusal(new GetAttachment(_annas, "other")), Is.EqualTo("notFound"));
        Assert.That(_olga.Refusal(new Attach(_olgas, "other")), Is.EqualTo("notFound"));
        Assert.That(_olga.Ask<History>(new GetHistory(_olgas)).Revisions[0].Changed, Is.EqualTo(new[] { Name }));
    }

    [Test]
    public void Who_may_only_use_an_item_sees_that_there_is_a_file_and_not_what_is_in_it()
    {
        (_olgas, _annas) = _hosts.Share("use");
        Attach(_olga, _olgas, Name, Content);
        _hosts.SyncAll();

        Assert.That(_anna.Ask<Details>(new GetItem(_annas)).Attachments, Has.Count.EqualTo(1));
        Assert.That(_anna.Refusal(new GetAttachment(_annas, Name)), Is.EqualTo("refused useOnly"));
    }

    [Test]
    public async Task What_is_attached_while_the_server_is_away_outlives_a_restart_and_goes_when_it_is_back()
    {
        (_olgas, _annas) = _hosts.Share("read");
        await _hosts.World.StopServerAsync();

        Attach(_olga, _olgas, Name, Content);
        Attach(_olga, _olgas, "empty", []);
        _hosts.OlgasHost.Restart();
        _hosts.Olga = _olga = _hosts.OlgasHost.Unlocked();

        Assert.That(Read(_olga, _olgas), Is.EqualTo(Content), "before it was sent");
        await _hosts.World.StartServerAsync();
        _hosts.Sync(_olga);
        _hosts.Sync(_anna);
        Assert.That(Read(_anna, _annas), Is.EqualTo(Content));
        Assert.That(Read(_anna, _annas, "empty"), Is.Empty);
    }

    [Test]
    public async Task What_was_read_once_is_there_without_the_server_and_what_was_not_is_not()
    {
        (_olgas, _annas) = _hosts.Share("read");
        Attach(_olga, _olgas, Name, Content);
        Attach(_olga, _olgas, "other", Content);
        _hosts.SyncAll();
        Read(_anna, _annas);
        await _hosts.World.StopServerAsync();

        _hosts.AnnasHost.Restart();
        _anna = _hosts.AnnasHost.Unlocked();

        Assert.That(Read(_anna, _annas), Is.EqualTo(Content));
        Assert.That(_anna.Refusal(new GetAttachment(_annas, "other")), Is.EqualTo("office unreachable"));
        await _hosts.World.StartServerAsync();
    }

    [Test]
    public async Task A_file_that_the_server_does_not_have_yet_or_changed_is_said_to_be_so()
    {
        (_olgas, _annas) = _hosts.Share("read");
        Attach(_olga, _olgas, Name, Content);
        Attach(_olga, _olgas, "changed", [1, 2, 3]);
        _hosts.SyncAll();
        await _hosts.World.RunAsync("DELETE FROM parts WHERE LENGTH(bytes) > @small", ("small", 1000));
        await _hosts.World.RunAsync("UPDATE parts SET bytes = @bytes", ("bytes", new byte[593]));

        Assert.That(_anna.Refusal(new GetAttachment(_annas, Name)), Is.EqualTo("office fileMissing"));
        Assert.That(_anna.Refusal(new GetAttachment(_annas, "changed")), Is.EqualTo("office serverFailed"));
    }

    [Test]
    public async Task A_removed_file_is_in_the_history_and_comes_back_and_goes_from_the_server_with_the_last_revision_that_names_it()
    {
        (_olgas, _annas) = _hosts.Share("write");
        Attach(_olga, _olgas, Name, Content);
        _hosts.SyncAll();

        _anna.Ask<Saved>(new Attach(_annas, Name));
        _hosts.SyncAll();
        Assert.That(_olga.Ask<Details>(new GetItem(_olgas)).Attachments, Is.Empty);
        Assert.That(_olga.Refusal(new GetAttachment(_olgas, Name)), Is.EqualTo("notFound"));
        _olga.Ask<Saved>(new Restore(_olgas, _olga.Ask<History>(new GetHistory(_olgas)).Revisions[0].Revision));
        _hosts.SyncAll();
        Assert.That(Read(_anna, _annas), Is.EqualTo(Content));

        _anna.Ask<Saved>(new Attach(_annas, Name));
        _hosts.SyncAll();
        for (var change = 0; change < 12; change++)
        {
            Assert.That(await PartsAsync(), change < 10 ? Is.EqualTo(3) : Is.Zero, $"after {change} changes");
            _olga.Ask<Saved>(new Update(_olgas, new ItemChanges(Username: $"user {change}")));
            _hosts.SyncAll();
        }
        Assert.That(FilesOf(_hosts.OlgasHost).Concat(FilesOf(_hosts.AnnasHost)), Is.Empty, "nor here");
    }

    [Test]
    public async Task Former_files_give_way_where_there_is_no_room_and_what_is_there_now_does_not()
    {
        (_olgas, _annas) = _hosts.Share("read");
        foreach (var version in new byte[] { 1, 2, 3 })
        {
            var large = new byte[Host.Protocol.Limits.AttachmentBytes];
            large.AsSpan().Fill(version);
            Attach(_olga, _olgas, Name, large);
            SyncWhole();

            Assert.That(Read(_anna, _annas), Is.EqualTo(large));
            Assert.That(await PartsAsync(), Is.EqualTo(17));
        }
        Assert.That(_olga.Refusal(new Attach(_olgas, "second", Secret.Base64Of(new byte[Host.Protocol.Limits.AttachmentBytes]))), Is.EqualTo("office tooLarge"));
        Assert.That(_olga.Ask<Details>(new GetItem(_olgas)).Attachments, Has.Count.EqualTo(1));
        Attach(_olga, _olgas, "small", Content);
        SyncWhole();
        Assert.That(Read(_anna, _annas, "small"), Is.EqualTo(Content));
        Assert.That(_olga.Ask<Offices>(new GetOffices()).List.Single().NotSent, Is.Zero);
    }

    [Test]
    public async Task What_two_attach_at_once_is_kept_and_of_one_name_the_other_is_in_the_history()
    {
        (_olgas, _annas) = _hosts.Share("write");
        await _hosts.World.StopServerAsync();
        Attach(_olga, _olgas, "olgas", [1]);
        Attach(_olga, _olgas, "same", [2]);
        Attach(_anna, _annas, "annas", [3]);
        Attach(_anna, _annas, "same", [4]);
        await _hosts.World.StartServerAsync();

        _hosts.Sync(_olga);
        _hosts.SyncAll();

        foreach (var (client, item) in new[] { (_olga, _olgas), (_anna, _annas) })
        {
            Assert.That((Read(client, item, "olgas").Single(), Read(client, item, "annas").Single(), Read(client, item, "same").Single()), Is.EqualTo((1, 3, 2)));
        }
        Assert.That(_anna.Ask<Offices>(new GetOffices()).List.Single().Notices.Single(notice => notice.Kind == "conflict").Text, Does.Contain("changed same:"));
        var revision = _olga.Ask<History>(new GetHistory(_olgas)).Revisions.First(one => one.Changed.Contains("same"));
        _olga.Ask<Saved>(new Restore(_olgas, revision.Revision));
        _hosts.SyncAll();
        Assert.That(Read(_anna, _annas, "same").Single(), Is.EqualTo(4), "what gave way");
    }

    [Test]
    public void An_own_item_comes_into_the_office_with_its_files()
    {
        var (router, own) = (Find(_olga, "Router"), Find(_olga, "Own"));
        Attach(_olga, router, Name, Content);
        Attach(_olga, own, "note.txt", [1, 2, 3]);
        var anna = new GrantToSet(_hosts.MemberOf("Anna"), "read");

        var shared = _olga.Ask<SharedItems>(new ShareItems(_hosts.Office, [router], [anna])).Items.Single().Id;
        _olga.Ask<Brought>(new BringItems(_hosts.Office, [new FolderToBring("", [anna])], 10));
        _hosts.SyncAll();

        Assert.That(_olga.Ask<Details>(new GetItem(shared)).Attachments, Is.EqualTo(new[] { new DetailAttachment(Name, Content.Length) }));
        Assert.That(Read(_anna, Find(_anna, "Router")), Is.EqualTo(Content));
        Assert.That(Read(_anna, Find(_anna, "Own"), "note.txt"), Is.EqualTo(new byte[] { 1, 2, 3 }));
        var bin = _olga.Ask<Found>(new GetTrash(10)).Items.Single(item => item.Title == "Router");
        Assert.That(_olga.Ask<Details>(new GetItem(bin.Id)).Attachments, Has.Count.EqualTo(1), "what was one's own is as it was");
    }

    [Test]
    public void What_a_crash_left_in_both_places_is_brought_once()
    {
        var own = Find(_olga, "Own");
        Attach(_olga, own, Name, Content);
        var request = new BringItems(_hosts.Office, [new FolderToBring("", [])], 10);
        _olga.Ask<Brought>(request);
        foreach (var item in _olga.Ask<Found>(new GetTrash(10)).Items)
        {
            _olga.Ask<Saved>(new Restore(item.Id)); // as if it had not been removed yet
        }

        _olga.Ask<Brought>(request);
        _hosts.Sync(_olga);

        Assert.That(_olga.Ask<Found>(new Search("Own", 10)).Total, Is.EqualTo(1));
        Assert.That(Read(_olga, Find(_olga, "Own")), Is.EqualTo(Content));
    }

    [Test]
    public void Files_above_the_room_of_an_item_are_said_before_anything_is_moved()
    {
        var own = Find(_olga, "Own");
        Attach(_olga, own, "one", new byte[Host.Protocol.Limits.AttachmentBytes]);
        Attach(_olga, own, "two", new byte[Host.Protocol.Limits.AttachmentBytes / 2]);

        var preview = _olga.Ask<Brought>(new BringItems(_hosts.Office, [new FolderToBring("", [])], 10, Preview: true));

        Assert.That(preview.Refused.Select(one => (one.Title, one.Reason)), Is.EqualTo(new[] { ("Own", "attachments") }));
        Assert.That(_olga.Refusal(new ShareItems(_hosts.Office, [own], [])), Is.EqualTo("office tooLarge"));
        Assert.That(Find(_olga, "Own"), Is.EqualTo(own));
    }

    [Test]
    public async Task A_restored_server_gets_back_the_files_that_it_lost()
    {
        (_olgas, _annas) = _hosts.Share("read");
        var backup = await _hosts.World.BackupAsync();
        Attach(_olga, _olgas, Name, Content);
        _hosts.SyncAll();
        Read(_anna, _annas);

        await _hosts.World.RestoreAsync(backup);
        Assert.That(await PartsAsync(), Is.Zero);
        _hosts.SyncAll();
        _hosts.Sync(_olga);

        Assert.That(await PartsAsync(), Is.EqualTo(3));
        Assert.That(Read(_anna, _annas), Is.EqualTo(Content));
        Assert.That(_anna.Ask<Offices>(new GetOffices()).List.Single().Notices.Select(notice => notice.Kind), Has.None.EqualTo("notSent"), "a reader sends none");
    }

    [Test]
    public void Nothing_of_a_file_stays_with_whoever_lost_the_item()
    {
        (_olgas, _annas) = _hosts.Share("read");
        Attach(_olga, _olgas, Name, Content);
        _hosts.SyncAll();
        Read(_anna, _annas);
        Assert.That(FilesOf(_hosts.AnnasHost), Has.Count.EqualTo(3));

        _hosts.Grant(_olgas, "none");
        _hosts.Sync(_anna);

        Assert.That(FilesOf(_hosts.AnnasHost), Is.Empty);
        Assert.That(FilesOf(_hosts.OlgasHost), Has.Count.EqualTo(3));
        Assert.That(Read(_olga, _olgas), Is.EqualTo(Content), "under the new key of the item");
    }

    [Test]
    public void What_a_crash_left_of_an_item_that_never_came_to_be_goes_when_the_office_is_opened()
    {
        var folder = Directory.GetFiles(Path.Combine(_hosts.OlgasHost.Paths.DataFolder, "shares"), "*.kdbx").Single()[..^".kdbx".Length] + ".parts";
        var stray = Directory.CreateDirectory(Path.Combine(folder, Id.New().ToString())).FullName;
        File.WriteAllBytes(Path.Combine(stray, Id.New() + ".new"), [1]);

        _hosts.OlgasHost.Restart();
        _hosts.OlgasHost.Unlocked().Ask<Offices>(new GetOffices());

        Assert.That(Directory.Exists(stray), Is.False);
    }

    /// <summary>A host sends so many parts in one exchange.</summary>
    private void SyncWhole()
    {
        for (var exchange = 0; exchange < 3; exchange++)
        {
            _hosts.Sync(_olga);
        }
        _hosts.SyncAll();
    }

    private Task<long> PartsAsync() => _hosts.World.CountAsync("SELECT COUNT(*) FROM parts");

    private static List<string> FilesOf(TestSession host) =>
        [.. Directory.GetFiles(Path.Combine(host.Paths.DataFolder, "shares"), "*", SearchOption.AllDirectories).Where(path => path.Contains(".parts/", StringComparison.Ordinal))];

    private static string Find(TestClient client, string title) => client.Ask<Found>(new Search(title, 10)).Items.Single(item => item.Title == title).Id;

    private static void Attach(TestClient client, string item, string name, byte[] content) => client.Ask<Saved>(new Attach(item, name, Secret.Base64Of(content)));

    private static byte[] Read(TestClient client, string item, string name = Name) => client.Ask<Revealed>(new GetAttachment(item, name)).Value.FromBase64()!;
}
