using Contracts;
using Contracts.Wire;
using NUnit.Framework;
using static Suite.Serving.TestItem;

namespace Suite.Serving;

public class ItemTests(DatabaseKind database) : ServerTests(database)
{
    private static readonly int[] OneWins = [204, 409];

    [Test]
    public async Task An_item_comes_to_whoever_it_was_granted_to_and_passes_every_check()
    {
        var anna = await Olga.TakeInAsync();
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Read));

        var delivered = (await anna.ChangesAsync()).Changes.Single(change => change.Kind == WireChangeKind.Item);

        Assert.That(delivered.Subject, Is.EqualTo(item.Id));
        Assert.That(delivered.Wraps!.Single().Principal, Is.EqualTo(anna.Id));
        var chain = new ItemChain(anna.Log, item.Id);
        Assert.That(chain.Take(delivered.Records!.Single().Decode<AccessRecord>()).Verdict, Is.EqualTo(Verdict.Accepted));
        Assert.That(chain.Take(delivered.Envelope!.Decode()).Verdict, Is.EqualTo(Verdict.Accepted));
        Assert.That(delivered.Envelope.Sealed!.Value.ToArray(), Is.EqualTo(item.Content));
        var read = (await anna.GetAsync($"/v1/items/{item.Id}")).Read(WireJson.Default.WireItem);
        Assert.That(read.Records.Single().Bytes.ToArray(), Is.EqualTo(item.Record.Bytes.ToArray()));
        Assert.That(read.Wraps.Single().Key.ToArray(), Is.EqualTo(delivered.Wraps!.Single().Key.ToArray()));
        Assert.That(read.Envelope!.Sealed!.Value.ToArray(), Is.EqualTo(item.Content));
    }

    [Test]
    public async Task A_change_after_a_position_brings_only_what_is_new()
    {
        var anna = await Olga.TakeInAsync();
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Write));
        var first = await anna.ChangesAsync();
        (await PutAsync(anna, new WireItemChange { Envelope = item.Write(anna) })).Done();

        var second = await anna.ChangesAsync(first);

        var change = second.Changes.Single();
        Assert.That((change.Subject, change.Records, change.Wraps), Is.EqualTo((item.Id, (object?)null, (object?)null)));
        Assert.That(change.Envelope!.Decode().Record.Revision, Is.EqualTo(2));
        Assert.That((await anna.ChangesAsync(second)).Changes, Is.Empty);
        (await PutAsync(Olga, new WireItemChange { Access = item.Grant(Olga, newEpoch: false, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Read)) })).Done();
        var third = (await anna.ChangesAsync(second)).Changes.Single();
        Assert.That((third.Records!.Count, third.Envelope), Is.EqualTo((2, (object?)null)));
    }

    [Test]
    public async Task Two_writers_at_once_one_wins()
    {
        var anna = await Olga.TakeInAsync();
        for (var round = 0; round < 5; round++)
        {
            var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Write));
            var before = item.Envelope;
            var ours = new WireItemChange { Envelope = item.Write(Olga) };
            var theirs = new WireItemChange { Envelope = item.Rewrite(anna, before!) };

            var replies = await Task.WhenAll(PutAsync(Olga, ours), PutAsync(anna, theirs));

            Assert.That(replies.Select(reply => (int)reply.Status).Order(), Is.EqualTo(OneWins));
            Assert.That(replies.Single(reply => (int)reply.Status == 409).Error.Subject, Is.EqualTo(item.Id));
        }
    }

    [Test]
    public async Task The_same_transaction_again_is_answered_as_the_first_time_and_done_once()
    {
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage));
        var path = $"/v1/transactions/{Id.New()}";
        var transaction = new WireTransaction { Step = Id.New(), Changes = [new() { Envelope = item.Write(Olga) }] };
        (await Olga.PutAsync(path, transaction, WireJson.Default.WireTransaction)).Done();
        var position = await Olga.ChangesAsync();

        (await Olga.PutAsync(path, transaction, WireJson.Default.WireTransaction)).Done();

        Assert.That((await Olga.ChangesAsync(position)).Changes, Is.Empty);
        // Another id over the same bytes: the row holds exactly these.
        (await Olga.PutAsync($"/v1/transactions/{Id.New()}", transaction, WireJson.Default.WireTransaction)).Done();
        Assert.That((await Olga.ChangesAsync(position)).Changes, Is.Empty);
        (await Olga.PutAsync(path, transaction with { Step = Id.New() }, WireJson.Default.WireTransaction)).Fails(409, WireErrorKind.Conflict);
    }

    [Test]
    public async Task Of_a_transaction_all_is_done_or_nothing()
    {
        var anna = await Olga.TakeInAsync();
        var position = await anna.ChangesAsync();
        var (good, create) = New(anna, [GrantOf(anna.Id, Right.Manage)]);
        var (_, other) = New(anna, [GrantOf(anna.Id, Right.Manage)]);
        var withoutWraps = other with { Access = other.Access! with { Wraps = [] } };

        (await PutAsync(anna, create, withoutWraps)).Fails(422, WireErrorKind.Refused, "wraps");

        Assert.That((await anna.ChangesAsync(position)).Changes, Is.Empty);
        (await anna.GetAsync($"/v1/items/{good.Id}")).Fails(404, WireErrorKind.NotThere);
    }

    [Test]
    public async Task Who_loses_an_item_is_delivered_the_record_that_took_it_and_reads_it_no_more()
    {
        var anna = await Olga.TakeInAsync();
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Read));
        var position = await anna.ChangesAsync();

        var access = item.Grant(Olga, newEpoch: true, GrantOf(Olga.Id, Right.Manage));
        (await PutAsync(Olga, new WireItemChange { Access = access })).Fails(422, WireErrorKind.Refused, "no-envelope");
        (await PutAsync(Olga, new WireItemChange { Access = access, Envelope = item.Write(Olga) })).Done();

        var lost = (await anna.ChangesAsync(position)).Changes.Single();
        Assert.That((lost.Kind, lost.Records!.Count, lost.Wraps, lost.Envelope), Is.EqualTo((WireChangeKind.Lost, 2, (object?)null, (object?)null)));
        (await anna.GetAsync($"/v1/items/{item.Id}")).Fails(404, WireErrorKind.NotThere);
        // Granted again: everything comes anew.
        (await PutAsync(Olga, new WireItemChange { Access = item.Grant(Olga, newEpoch: false, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Use)) })).Done();
        var again = (await anna.ChangesAsync(position)).Changes.Single();
        Assert.That((again.Kind, again.Records!.Count, again.Wraps!.Count, again.Envelope!.Decode().Record.Revision), Is.EqualTo((WireChangeKind.Item, 3, 1, 2L)));
    }

    [Test]
    public async Task A_dropped_principal_without_a_new_epoch_is_refused()
    {
        var anna = await Olga.TakeInAsync();
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Read));

        var access = item.Grant(Olga, newEpoch: false, GrantOf(Olga.Id, Right.Manage));

        (await PutAsync(Olga, new WireItemChange { Access = access })).Fails(422, WireErrorKind.Refused, "epoch-due");
    }

    [Test]
    public async Task A_reader_does_not_write_and_a_writer_does_not_grant()
    {
        var anna = await Olga.TakeInAsync();
        var bert = await Olga.TakeInAsync();
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Read), GrantOf(bert.Id, Right.Write));
        await anna.CatchUpAsync();
        var theirs = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Read));

        (await PutAsync(anna, new WireItemChange { Envelope = theirs.Write(anna) })).Fails(403, WireErrorKind.NotEntitled, "not-entitled");
        var grants = item.Record.Record.Grants.Select(grant => grant.Principal == bert.Id ? grant with { Right = Right.Manage } : grant).ToArray();
        (await PutAsync(bert, new WireItemChange { Access = item.Grant(bert, newEpoch: false, grants) })).Fails(403, WireErrorKind.NotEntitled, "not-entitled");
    }

    [Test]
    public async Task What_somebody_else_signed_is_not_brought_by_another()
    {
        var anna = await Olga.TakeInAsync();
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Write));

        (await PutAsync(anna, new WireItemChange { Envelope = item.Write(Olga) })).Fails(422, WireErrorKind.Refused, "author");
    }

    [Test]
    public async Task A_removal_is_delivered_and_nothing_follows_it()
    {
        var anna = await Olga.TakeInAsync();
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Write));
        (await PutAsync(Olga, new WireItemChange { Envelope = item.Remove(Olga) })).Done();

        var change = (await anna.ChangesAsync()).Changes.Single(change => change.Kind == WireChangeKind.Item);

        Assert.That(change.Envelope!.Decode().Record.IsRemoval, Is.True);
        (await PutAsync(anna, new WireItemChange { Envelope = item.Write(anna) })).Fails(409, WireErrorKind.Conflict);
    }

    [Test]
    public async Task A_group_holds_what_was_granted_to_it_for_whoever_is_in_it()
    {
        var anna = await Olga.TakeInAsync();
        var bert = await Olga.TakeInAsync();
        var group = await Olga.GroupAsync(anna);
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(group, Right.Read));

        Assert.That((await anna.ChangesAsync()).Changes.Single(change => change.Kind == WireChangeKind.Item).Principal, Is.EqualTo(group));
        (await bert.GetAsync($"/v1/items/{item.Id}")).Fails(404, WireErrorKind.NotThere);
        await Olga.AppendAsync(place => new GroupMemberEntry { Place = place, Time = 1, Group = group, Member = bert.Id, Joins = true });
        (await Olga.PutAsync($"/v1/groups/{group}/keys/1/{bert.Id}", WireWrap.Of(OfficeMember.WrapOf(bert.Id, 1)), WireJson.Default.WireWrap)).Done();
        Assert.That((await bert.ChangesAsync()).Changes.Single(change => change.Kind == WireChangeKind.Item).Wraps!.Single().GroupEpoch, Is.EqualTo(1));
        Assert.That((await bert.GetAsync($"/v1/groups/{group}/keys")).Read(WireJson.Default.WireGroupKeys).Wraps, Has.Count.EqualTo(1));
        await Olga.AppendAsync(place => new GroupMemberEntry { Place = place, Time = 1, Group = group, Member = anna.Id, Joins = false });
        (await anna.GetAsync($"/v1/items/{item.Id}")).Fails(404, WireErrorKind.NotThere);
        (await anna.GetAsync($"/v1/groups/{group}/keys")).Fails(404, WireErrorKind.NotThere);
        Assert.That((await anna.ChangesAsync()).Changes.Where(change => change.Kind == WireChangeKind.Item), Is.Empty);
        // The key that Anna has had has ended: what is written now needs a new epoch.
        (await PutAsync(Olga, new WireItemChange { Envelope = item.Write(Olga) })).Fails(422, WireErrorKind.Refused, "epoch-due");
    }

    [Test]
    public async Task Items_go_into_folders_that_one_may_write_and_with_its_newest_grants()
    {
        var anna = await Olga.TakeInAsync();
        var folder = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Read));

        (await PutAsync(anna, New(anna, [GrantOf(anna.Id, Right.Manage)], folder.Id, 1).Change)).Fails(422, WireErrorKind.Refused, "folder");
        (await PutAsync(Olga, New(Olga, [GrantOf(Olga.Id, Right.Manage)], folder.Id, 1).Change)).Done();
        (await PutAsync(Olga, new WireItemChange { Access = folder.Grant(Olga, newEpoch: false, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Write)) })).Done();
        var old = await PutAsync(Olga, New(Olga, [GrantOf(Olga.Id, Right.Manage)], folder.Id, 1).Change);
        Assert.That(old.Fails(409, WireErrorKind.Conflict).Subject, Is.EqualTo(folder.Id));
        (await PutAsync(anna, New(anna, [GrantOf(anna.Id, Right.Manage)], folder.Id, 2).Change)).Done();
    }

    [Test]
    public async Task Before_a_grant_begins_and_after_it_ended_nothing_is_delivered()
    {
        var anna = await Olga.TakeInAsync();
        var begins = Olga.Now + 60_000;
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Read, begins, begins + 60_000));

        var before = await anna.ChangesAsync();
        Assert.That(before.Changes.Where(change => change.Subject == item.Id), Is.Empty);
        (await anna.GetAsync($"/v1/items/{item.Id}")).Fails(404, WireErrorKind.NotThere);
        World.Clock.Shift(TimeSpan.FromSeconds(61));
        await World.Server.Housekeeping.RunOnceAsync(CancellationToken.None);
        var during = await anna.ChangesAsync(before);
        Assert.That(during.Changes.Single(change => change.Subject == item.Id) is { Kind: WireChangeKind.Item, Records.Count: 1, Wraps.Count: 1, Envelope: not null });
        World.Clock.Shift(TimeSpan.FromSeconds(61));
        await World.Server.Housekeeping.RunOnceAsync(CancellationToken.None);
        var after = await anna.ChangesAsync(during);
        Assert.That(after.Changes.Single(change => change.Subject == item.Id) is { Kind: WireChangeKind.Lost, Records.Count: 1, Wraps: null, Envelope: null });
        (await anna.GetAsync($"/v1/items/{item.Id}")).Fails(404, WireErrorKind.NotThere);
    }

    [Test]
    public async Task What_does_not_fit_into_a_page_comes_in_the_next_and_each_item_once()
    {
        var anna = await Olga.TakeInAsync();
        var items = Enumerable.Range(0, 520).Select(_ => New(anna, [GrantOf(anna.Id, Right.Manage)])).ToList();
        (await PutAsync(anna, [.. items.Take(260).Select(item => item.Change)])).Done();
        (await PutAsync(anna, [.. items.Skip(260).Select(item => item.Change)])).Done();

        List<Id> seen = [];
        WireChanges? page = null;
        var pages = 0;
        for (var more = true; more; more = page.More, pages++)
        {
            page = await anna.ChangesAsync(page);
            seen.AddRange(page.Changes.Where(change => change.Kind == WireChangeKind.Item).Select(change => change.Subject));
        }

        Assert.That(pages, Is.EqualTo(4), "50, which somebody waits for who has nothing, then 200 each");
        Assert.That(seen, Is.EquivalentTo(items.Select(item => item.Item.Id)));
    }

    [Test]
    public async Task Items_behind_those_that_are_not_to_be_seen_yet_come_all_the_same()
    {
        var (anna, bob) = (await Olga.TakeInAsync(), await Olga.TakeInAsync());
        var soon = World.Clock.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds();
        var items = Enumerable.Range(0, 450)
            .Select(number => New(bob, [GrantOf(bob.Id, Right.Manage), GrantOf(anna.Id, Right.Read, notBefore: number % 100 == 3 ? soon : 0)])).ToList();
        (await PutAsync(bob, [.. items.Take(225).Select(item => item.Change)])).Done();
        (await PutAsync(bob, [.. items.Skip(225).Select(item => item.Change)])).Done();

        List<Id> seen = [];
        WireChanges? page = null;
        for (var more = true; more; more = page.More)
        {
            page = await anna.ChangesAsync(page);
            seen.AddRange(page.Changes.Where(change => change.Kind == WireChangeKind.Item).Select(change => change.Subject));
        }

        Assert.That(seen, Is.EquivalentTo(items.Where((_, number) => number % 100 != 3).Select(item => item.Item.Id)));
    }

    [Test]
    public async Task Large_items_make_pages_that_stay_below_a_body()
    {
        var anna = await Olga.TakeInAsync();
        var sizes = Enumerable.Repeat(Limits.SealedItemBytes, 4).ToList();
        foreach (var size in sizes)
        {
            (await PutAsync(anna, New(anna, [GrantOf(anna.Id, Right.Manage)], bytes: size).Change)).Done();
        }

        var count = 0;
        WireChanges? page = null;
        for (var more = true; more; more = page.More)
        {
            // Reading refuses what is longer than a body.
            page = await anna.ChangesAsync(page);
            count += page.Changes.Count(change => change.Envelope is not null);
        }

        Assert.That(count, Is.EqualTo(sizes.Count));
    }

    [Test]
    public async Task Nothing_is_put_back_where_nothing_was_restored()
    {
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage));
        var read = (await Olga.GetAsync($"/v1/items/{item.Id}")).Read(WireJson.Default.WireItem);

        (await Olga.PutAsync($"/v1/items/{item.Id}/put-back", read, WireJson.Default.WireItem)).Fails(422, WireErrorKind.Refused, "not-restored");
    }
}
