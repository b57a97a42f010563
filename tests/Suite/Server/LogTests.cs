using Contracts;
using Contracts.Wire;
using NUnit.Framework;

namespace Suite.Serving;

public class LogTests(DatabaseKind database) : ServerTests(database)
{
    private static readonly int[] OneWins = [204, 409];

    [Test]
    public async Task Two_entries_at_once_one_wins_and_the_other_is_told_the_head()
    {
        var carla = await Olga.TakeInAsync(Role.Administrator);
        await Olga.CatchUpAsync();
        await carla.CatchUpAsync();
        var ours = Olga.EntryOf(place => new GroupEntry { Place = place, Time = 1, Members = [] });
        var theirs = carla.EntryOf(place => new GroupEntry { Place = place, Time = 2, Members = [] });

        var replies = await Task.WhenAll(Olga.PutEntryAsync(ours), carla.PutEntryAsync(theirs));

        Assert.That(replies.Select(reply => (int)reply.Status).Order(), Is.EqualTo(OneWins));
        await Olga.CatchUpAsync();
        Assert.That(replies.Single(reply => (int)reply.Status == 409).Error.Head, Is.EqualTo(Olga.Head.Index));
    }

    [Test]
    public async Task An_entry_that_is_there_is_taken_again_and_changes_nothing()
    {
        var entry = await Olga.AppendAsync(place => new GroupEntry { Place = place, Time = 1, Members = [] });
        await Olga.AppendAsync(place => new GroupEntry { Place = place, Time = 2, Members = [] });
        var head = Olga.Head;

        (await Olga.PutEntryAsync(entry)).Done();

        await Olga.CatchUpAsync();
        Assert.That(Olga.Head, Is.EqualTo(head));
    }

    [Test]
    public async Task What_an_author_may_not_do_or_what_does_not_fit_is_refused_by_name()
    {
        var anna = await Olga.TakeInAsync();
        var secret = Id.New();
        var newcomer = new OfficeMember(World);

        (await anna.PutEntryAsync(anna.EntryOf(place => new GroupEntry { Place = place, Time = 1, Members = [] })))
            .Fails(403, WireErrorKind.NotEntitled, "not-entitled");
        (await Olga.PutEntryAsync(Olga.EntryOf(place => new AddEntry { Place = place, Time = 1, Invitation = secret, Role = Role.Member, Member = newcomer.Record })))
            .Fails(422, WireErrorKind.Refused, "no-answer");
        (await Olga.PutEntryAsync(Olga.EntryOf(place => new RemoveEntry { Place = place, Time = 1, Member = Olga.Id })))
            .Fails(422, WireErrorKind.Refused, "last-owner");
        (await Olga.PutEntryAsync(Olga.EntryOf(place => new RemoveEntry { Place = place with { Index = place.Index + 1 }, Time = 1, Member = anna.Id })))
            .Fails(409, WireErrorKind.Conflict);
        (await anna.PutEntryAsync(SignedRecord.Sign<LogEntry>(
            new RemoveEntry { Place = new(Olga.Office, Olga.Head.Index + 1, Olga.Head.Hash, Olga.Id), Time = 1, Member = anna.Id }, anna.Signing)))
            .Fails(422, WireErrorKind.Refused, "wrong-signature");
        (await Olga.PutAsync(
            $"/v1/log/{Olga.Head.Index + 1}",
            new WireLogEntry { Entry = new() { Bytes = new FieldWriter("abolish").ToArray(), Signature = new byte[64] } },
            WireJson.Default.WireLogEntry)).Fails(426, WireErrorKind.UpdateNeeded);
    }

    [Test]
    public async Task Who_was_removed_reads_the_log_up_to_that_and_nobody_else_with_that_id_does()
    {
        var anna = await Olga.TakeInAsync();
        await anna.CatchUpAsync();
        var removal = await Olga.AppendAsync(place => new RemoveEntry { Place = place, Time = 1, Member = anna.Id });
        await Olga.AppendAsync(place => new GroupEntry { Place = place, Time = 2, Members = [] });

        var page = (await anna.GetAsync($"/v1/log?from={anna.Head.Index + 1}")).Read(WireJson.Default.WireLog);

        Assert.That((page.Entries.Count, page.More), Is.EqualTo((1, false)));
        Assert.That(page.Entries[0].Decode<LogEntry>().Hash, Is.EqualTo(removal.Hash));
        Assert.That((await anna.GetAsync($"/v1/log?from={Olga.Head.Index}")).Read(WireJson.Default.WireLog).Entries, Is.Empty);
        anna.Renew();
        (await anna.GetAsync("/v1/log")).Fails(401, WireErrorKind.Signature);
    }

    [Test]
    public async Task A_groups_key_comes_with_its_wraps_and_only_they()
    {
        var anna = await Olga.TakeInAsync();
        var group = Id.Of((await Olga.AppendAsync(place => new GroupEntry { Place = place, Time = 1, Members = [anna.Id] })).Hash);
        var (make, wraps) = Olga.GroupRekeyOf(group);
        var entry = Olga.EntryOf(make);

        (await Olga.PutEntryAsync(entry)).Fails(400, WireErrorKind.Malformed);
        (await Olga.PutEntryAsync(entry, [OfficeMember.WrapOf(anna.Id, 1)])).Fails(422, WireErrorKind.Refused, "wraps");
        (await Olga.PutEntryAsync(entry, wraps)).Done();
        Assert.That((await anna.GetAsync($"/v1/groups/{group}/keys")).Read(WireJson.Default.WireGroupKeys).Wraps.Single().Key.ToArray(), Is.EqualTo(wraps[0].Bytes.ToArray()));
        Assert.That((await anna.ChangesAsync()).Changes.Select(change => change.Kind), Has.Member(WireChangeKind.GroupKey));
        await Olga.CatchUpAsync();
    }
}
