using Contracts;
using Contracts.Wire;
using NUnit.Framework;
using Office.State;

namespace Suite.Shares;

/// <summary>The audit is followed entry by entry: what does not follow is not taken.</summary>
public class AuditCopyTests
{
    private static readonly Id Chain = Id.New();

    [Test]
    public void Entries_that_follow_are_taken_page_by_page()
    {
        var entries = EntriesOf(3);
        var audit = new AuditCopy();

        Assert.That(audit.Take(Chain, entries[..2]) && audit.Take(Chain, entries[2..]));
        Assert.That(string.Join(' ', audit.Events.Select(happened => happened.Detail)), Is.EqualTo("1 2 3"));
        Assert.That(audit.CountOf(Chain), Is.EqualTo(3));
    }

    [Test]
    public void Entry_that_is_left_out_repeated_changed_or_of_another_chain_is_not_taken_nor_what_is_beside_it()
    {
        var entries = EntriesOf(3);
        var other = EntriesOf(3, time: 99);
        foreach (var page in new ReadOnlyMemory<byte>[][] { [entries[1]], [entries[0], entries[2]], [entries[0], entries[0]], [entries[0], other[1]] })
        {
            var audit = new AuditCopy();
            Assert.That(audit.Take(Chain, page), Is.False);
            Assert.That((audit.Events.Count, audit.CountOf(Chain)), Is.EqualTo((0, 0L)));
        }
        Assert.That(new AuditCopy().Take(Id.New(), entries), Is.False);
    }

    [Test]
    public void Chain_must_go_through_what_was_seen_of_it()
    {
        var entries = EntriesOf(3);
        var seen = new WireAuditChain { Chain = Chain, Count = 2, Head = Hash.Of(entries[1].Span).ToArray() };

        Assert.That(Follow(entries, seen), Is.EqualTo((true, true)));
        Assert.That(Follow(entries[..1], seen), Is.EqualTo((true, false)), "shorter");
        Assert.That(Follow(EntriesOf(3, time: 99), seen), Is.EqualTo((false, false)), "another");
    }

    [Test]
    public void Report_is_never_later_than_the_server_noted_it()
    {
        var audit = new AuditCopy();
        audit.Take(Chain, [EntryOf(1, previous: null, AuditKind.Fill, time: 50, detail: 70)]);

        Assert.That(audit.Events.Single().Time, Is.EqualTo(50));
    }

    [Test]
    public void What_was_given_stays_as_it_is_while_more_is_read()
    {
        var entries = EntriesOf(40);
        var audit = new AuditCopy();
        audit.Take(Chain, entries[..1]);
        var given = audit.Events;

        audit.Take(Chain, entries[1..]);

        Assert.That((given.Count, audit.Events.Count), Is.EqualTo((1, 40)));
    }

    [FsCheck.NUnit.Property]
    public bool Whatever_a_server_sends_is_taken_or_refused(byte[] entry)
    {
        try
        {
            return !new AuditCopy().Take(Chain, [entry ?? []]);
        }
        catch (ContractException)
        {
            return true;
        }
    }

    private static (bool Follows, bool IsWhole) Follow(ReadOnlyMemory<byte>[] entries, WireAuditChain seen)
    {
        var audit = new AuditCopy();
        audit.Expect(seen);
        return (audit.Take(Chain, entries), audit.IsWhole);
    }

    private static ReadOnlyMemory<byte>[] EntriesOf(int count, long time = 7)
    {
        var entries = new ReadOnlyMemory<byte>[count];
        Hash? previous = null;
        for (var index = 0; index < count; index++)
        {
            entries[index] = EntryOf(index + 1, previous, AuditKind.Log, time, index + 1);
            previous = Hash.Of(entries[index].Span);
        }
        return entries;
    }

    private static byte[] EntryOf(long number, Hash? previous, AuditKind kind, long time, long detail) => new AuditEntry
    {
        Chain = Chain,
        Number = number,
        Previous = previous,
        Time = time,
        Kind = kind,
        Member = Id.New(),
        Subject = Id.New(),
        Detail = detail,
    }.Encode();
}
