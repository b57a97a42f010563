namespace Contracts;

/// <summary>What became of a record or envelope that was given to an <see cref="ItemChain"/>.</summary>
public enum Verdict
{
    /// <summary>It counts.</summary>
    Accepted,

    /// <summary>
    /// It was made by somebody who had the right once and has it no more: it counts when somebody who has it follows. Until then
    /// show it as waiting for a manager's confirmation, and never fill it.
    /// </summary>
    Waits,

    /// <summary>It is not taken. If a server delivered it, keep the last good copy and say which check failed.</summary>
    Refused,
}

/// <summary>Which check failed.</summary>
public enum ItemRefusal
{
    /// <summary>None.</summary>
    None,

    /// <summary>It is of another office or item.</summary>
    WrongItem,

    /// <summary>Versions, revisions or the record that it names are missing before it.</summary>
    Gap,

    /// <summary>Lower than what was there already.</summary>
    WentBack,

    /// <summary>Another one stands in its place, or it follows another one.</summary>
    Fork,

    /// <summary>Our log did not go through the head that its author saw: bring the log up to date and try again, else it is forged.</summary>
    UnknownLogHead,

    /// <summary>Its author saw an older log than the author of what it follows.</summary>
    LogWentBack,

    /// <summary>No key of its author's, of the time of that log head, made the signature.</summary>
    WrongSignature,

    /// <summary>Its author never had the right that it needs.</summary>
    NotEntitled,

    /// <summary>A grant is for somebody who was no principal.</summary>
    WrongPrincipal,

    /// <summary>Nobody would manage the item.</summary>
    NoManager,

    /// <summary>The epoch is neither the one before with the same commitment nor the next with another; or the envelope's is not its record's.</summary>
    WrongEpoch,

    /// <summary>Somebody can no longer open the item, or a key that has its item key has ended: a new epoch is due.</summary>
    EpochDue,

    /// <summary>The item's head that a record names does not fit the envelopes.</summary>
    WrongItemHead,

    /// <summary>The item was removed.</summary>
    Removed,
}

/// <summary>A verdict and, where something was refused, the check that failed.</summary>
public readonly record struct Judgement(Verdict Verdict, ItemRefusal Refusal)
{
    internal static readonly Judgement Accepted = new(Verdict.Accepted, ItemRefusal.None);
    internal static readonly Judgement Waits = new(Verdict.Waits, ItemRefusal.None);

    internal static Judgement Refused(ItemRefusal refusal) => new(Verdict.Refused, refusal);
}

/// <summary>The highest that was ever accepted of an item. Kept, so that a server cannot bring back an older state.</summary>
/// <param name="Version">Of the access record.</param>
/// <param name="Record">Its hash.</param>
/// <param name="Revision">Of the envelope; 0 if there is none.</param>
/// <param name="Envelope">Its hash.</param>
public readonly record struct ItemMemory(long Version, Hash Record, long Revision, Hash? Envelope);

/// <summary>
/// The access records of one item, all of them, and its newest envelope, judged by the checks that need no key: chain, entitlement,
/// signatures, epochs. Rights are those of the verifier's own log head; signatures are by the keys of their time. Commitment
/// and content are for whoever has the key. See server/docs/sharing.md, "Items".
/// </summary>
/// <remarks>
/// Whoever orders, the server, gives records and envelopes as they come. Whoever catches up may give all records and then the last
/// envelope: where revisions between are missing, what the records say of them has to fit. Not safe for several threads.
/// </remarks>
/// <param name="log">The verifier's own log, as far as it goes; it may grow meanwhile.</param>
/// <param name="item">The item.</param>
/// <param name="isInOrder">Whether nothing may be missing, as where the order is made.</param>
public sealed partial class ItemChain(MembershipLog log, Id item, bool isInOrder = false)
{
    private readonly List<SignedRecord<AccessRecord>> _records = [];

    // The log's place at which a principal was first named in an epoch, if that was later than its first record. Nobody is dropped within one, so its wrap is as old.
    private Dictionary<(long Epoch, Id Principal), long>? _wrappedLater;
    private int _counting;

    /// <summary>The newest access record; <see langword="null"/> if there is none.</summary>
    public SignedRecord<AccessRecord>? Record => _records.Count == 0 ? null : _records[^1];

    /// <summary>All access records, version 1 first.</summary>
    public IReadOnlyList<SignedRecord<AccessRecord>> Records => _records;

    /// <summary>
    /// Whether a key that has the item key has ended up to the log's head: nothing may be sealed in this epoch any more, and whoever may write
    /// starts the next one.
    /// </summary>
    public bool IsEpochDue => Record is { } record && log.Head is { } head && HasEndedKey(record.Record, head.Index);

    /// <summary>The newest record that counts; <see langword="null"/> if none does.</summary>
    public SignedRecord<AccessRecord>? CountingRecord => _counting == 0 ? null : _records[_counting - 1];

    /// <summary>Whether <see cref="Record"/> counts.</summary>
    public bool RecordCounts => _records.Count > 0 && _counting == _records.Count;

    /// <summary>The newest envelope, or the removal; <see langword="null"/> if there is none.</summary>
    public SignedRecord<Envelope>? Envelope { get; private set; }

    /// <summary>Whether <see cref="Envelope"/> counts. A record that waits takes nothing back from it.</summary>
    public bool EnvelopeCounts { get; private set; }

    /// <summary>What to remember once everything was given; <see langword="null"/> as long as there is no record.</summary>
    public ItemMemory? Memory => Record is { } record
        ? new ItemMemory(record.Record.Version, record.Hash, Envelope?.Record.Revision ?? 0, Envelope?.Hash)
        : null;

    /// <summary>
    /// Goes on from what was judged earlier by this code and kept where nobody else writes: it is not judged again, and counts.
    /// </summary>
    /// <param name="records">All records, in order.</param>
    /// <param name="envelope">The newest envelope.</param>
    public void Resume(IEnumerable<SignedRecord<AccessRecord>> records, SignedRecord<Envelope>? envelope)
    {
        foreach (var record in records)
        {
            Keep(record);
        }
        _counting = _records.Count;
        Envelope = envelope;
        EnvelopeCounts = envelope is not null;
    }

    /// <summary>Holds what was given against what was accepted earlier.</summary>
    /// <returns><see cref="ItemRefusal.None"/>, <see cref="ItemRefusal.WentBack"/> or <see cref="ItemRefusal.Fork"/>.</returns>
    public ItemRefusal Against(ItemMemory memory)
    {
        var revision = Envelope?.Record.Revision ?? 0;
        if (_records.Count < memory.Version || revision < memory.Revision)
        {
            return ItemRefusal.WentBack;
        }
        var fits = _records[(int)memory.Version - 1].Hash == memory.Record
            && (revision != memory.Revision || Envelope?.Hash == memory.Envelope)
            && (revision != memory.Revision + 1 || Envelope?.Record.Previous == memory.Envelope);
        return fits ? ItemRefusal.None : ItemRefusal.Fork;
    }

    /// <summary>What a member may do now, by the newest record that counts.</summary>
    /// <param name="member">The member.</param>
    /// <param name="now">The clock, in milliseconds since 1970.</param>
    /// <param name="newestSigned">The newest time in anything signed that was seen: a clock before it opens no grant that has limits.</param>
    public Right RightOf(Id member, long now, long newestSigned) =>
        RightBy(member, grant => grant is { NotBefore: 0, NotAfter: 0 } || (now >= newestSigned && grant.IsOpenAt(now)));

    /// <summary>What of it a member may do whatever the clock says.</summary>
    public Right UnlimitedRightOf(Id member) => RightBy(member, grant => grant is { NotBefore: 0, NotAfter: 0 });

    private Right RightBy(Id member, Func<Grant, bool> isOpen) => _counting > 0 && log.Head is { } head
        ? log.RightAt(_records[_counting - 1].Record.Grants.Where(isOpen), member, head.Index)
        : Right.None;

    /// <summary>Judges the next access record.</summary>
    /// <param name="theirs">The record.</param>
    /// <param name="wasAccepted">Whether this very record was accepted earlier: then it counts whatever happened to its author since.</param>
    public Judgement Take(SignedRecord<AccessRecord> theirs, bool wasAccepted = false)
    {
        var record = theirs.Record;
        if (record.Office != log.Office || (record.Item ?? Id.Of(theirs.Hash)) != item)
        {
            return Judgement.Refused(ItemRefusal.WrongItem);
        }
        if (record.Version <= _records.Count)
        {
            return _records[(int)record.Version - 1].Hash != theirs.Hash ? Judgement.Refused(ItemRefusal.Fork)
                : record.Version <= _counting ? Judgement.Accepted
                : Judgement.Waits;
        }
        var refusal = Check(theirs);
        if (refusal != ItemRefusal.None)
        {
            return Judgement.Refused(refusal);
        }
        var counts = wasAccepted || IsEntitledNow(theirs);
        Keep(theirs);
        if (counts)
        {
            _counting = _records.Count;
            EnvelopeCounts = EnvelopeCounts || (Envelope is not null && IsEntitledNow(Envelope));
        }
        return counts ? Judgement.Accepted : Judgement.Waits;
    }

    /// <summary>Judges the next envelope, or a later one.</summary>
    /// <param name="theirs">The envelope.</param>
    /// <param name="wasAccepted">Whether this very envelope was accepted earlier: then it counts whatever happened to its author since.</param>
    public Judgement Take(SignedRecord<Envelope> theirs, bool wasAccepted = false)
    {
        if (theirs.Record.Office != log.Office || theirs.Record.Item != item)
        {
            return Judgement.Refused(ItemRefusal.WrongItem);
        }
        if (Envelope?.Hash != theirs.Hash)
        {
            var refusal = Check(theirs);
            if (refusal != ItemRefusal.None)
            {
                return Judgement.Refused(refusal);
            }
            Envelope = theirs;
            EnvelopeCounts = wasAccepted || (RecordCounts && IsEntitledNow(theirs));
        }
        return EnvelopeCounts ? Judgement.Accepted : Judgement.Waits;
    }

    private void Keep(SignedRecord<AccessRecord> theirs)
    {
        if (Record?.Record is { } before && before.Epoch == theirs.Record.Epoch)
        {
            foreach (var added in theirs.Record.Grants.ExceptBy(before.Grants.Select(grant => grant.Principal), grant => grant.Principal))
            {
                _wrappedLater ??= [];
                _wrappedLater.TryAdd((theirs.Record.Epoch, added.Principal), theirs.Record.LogHead.Index);
            }
        }
        _records.Add(theirs);
    }

    private ItemRefusal Check(SignedRecord<AccessRecord> theirs)
    {
        var record = theirs.Record;
        var previous = Record?.Record;
        if (record.Version > _records.Count + 1)
        {
            return ItemRefusal.Gap;
        }
        if (record.Previous != Record?.Hash)
        {
            return ItemRefusal.Fork;
        }
        if (Envelope?.Record.IsRemoval == true)
        {
            return ItemRefusal.Removed;
        }
        if (!log.Contains(record.LogHead))
        {
            return ItemRefusal.UnknownLogHead;
        }
        if (record.LogHead.Index < previous?.LogHead.Index || record.LogHead.Index < Envelope?.Record.LogHead.Index)
        {
            return ItemRefusal.LogWentBack;
        }
        var index = record.LogHead.Index;
        if (log.SigningKeyAt(record.Author, index) is not { } key || !theirs.IsBy(key))
        {
            return ItemRefusal.WrongSignature;
        }
        if (!record.Grants.Any(grant => grant.Right == Right.Manage))
        {
            return ItemRefusal.NoManager;
        }
        if (!FitsItemHead(record, previous))
        {
            return ItemRefusal.WrongItemHead;
        }
        return previous is null ? CheckFirst(record) : CheckChange(record, previous);
    }

    private ItemRefusal CheckFirst(AccessRecord record)
    {
        if (record.Epoch != 1)
        {
            return ItemRefusal.WrongEpoch;
        }
        return record.Grants.All(grant => log.IsPrincipalAt(grant.Principal, record.LogHead.Index))
            ? ItemRefusal.None
            : ItemRefusal.WrongPrincipal;
    }

    private ItemRefusal CheckChange(AccessRecord record, AccessRecord previous)
    {
        var index = record.LogHead.Index;
        var isSameEpoch = record.Epoch == previous.Epoch;
        if (isSameEpoch != (record.Commitment == previous.Commitment) || (!isSameEpoch && record.Epoch != previous.Epoch + 1))
        {
            return ItemRefusal.WrongEpoch;
        }
        if (IsAdoption(record, previous))
        {
            return WasOwner(record.Author, index) ? ItemRefusal.None : ItemRefusal.NotEntitled;
        }
        if (!record.Grants.All(grant => log.IsPrincipalAt(grant.Principal, index)))
        {
            return ItemRefusal.WrongPrincipal;
        }
        if (isSameEpoch && (!IsKept(previous.Grants, record.Grants) || HasEndedKey(previous, index)))
        {
            return ItemRefusal.EpochDue;
        }
        return log.RightAt(previous.Grants, record.Author, index) >= NeededFor(record, previous)
            ? ItemRefusal.None
            : ItemRefusal.NotEntitled;
    }

    private ItemRefusal Check(SignedRecord<Envelope> theirs)
    {
        var envelope = theirs.Record;
        var head = Envelope?.Record;
        if (envelope.Revision <= head?.Revision)
        {
            return envelope.Revision == head.Revision ? ItemRefusal.Fork : ItemRefusal.WentBack;
        }
        if (head?.IsRemoval == true)
        {
            return ItemRefusal.Removed;
        }
        var isNext = envelope.Revision == (head?.Revision ?? 0) + 1 && envelope.RecordVersion == _records.Count;
        if (envelope.RecordVersion > _records.Count || (isInOrder && !isNext))
        {
            return ItemRefusal.Gap;
        }
        if (envelope.Revision == head?.Revision + 1 && envelope.Previous != Envelope?.Hash)
        {
            return ItemRefusal.Fork;
        }
        var record = _records[(int)envelope.RecordVersion - 1].Record;
        var next = envelope.RecordVersion < _records.Count ? _records[(int)envelope.RecordVersion].Record : null;
        if (envelope.Epoch != record.Epoch)
        {
            return ItemRefusal.WrongEpoch;
        }
        if (!log.Contains(envelope.LogHead))
        {
            return ItemRefusal.UnknownLogHead;
        }
        var index = envelope.LogHead.Index;
        if (index < record.LogHead.Index || index < head?.LogHead.Index || index > next?.LogHead.Index)
        {
            return ItemRefusal.LogWentBack;
        }
        if (!FitsBetween(theirs, record, next))
        {
            return ItemRefusal.WrongItemHead;
        }
        if (log.SigningKeyAt(envelope.Author, index) is not { } key || !theirs.IsBy(key))
        {
            return ItemRefusal.WrongSignature;
        }
        if (log.RightAt(record.Grants, envelope.Author, index) < NeededFor(envelope))
        {
            return ItemRefusal.NotEntitled;
        }
        return HasEndedKey(record, index) ? ItemRefusal.EpochDue : ItemRefusal.None;
    }

    /// <summary>Whether the item's head that a record names can be the one at its time, as far as it is known.</summary>
    private bool FitsItemHead(AccessRecord record, AccessRecord? previous)
    {
        var pin = record.ItemHead;
        if (previous is null)
        {
            return pin.Revision == 0;
        }
        if (pin.Revision < previous.ItemHead.Revision || (pin.Revision == previous.ItemHead.Revision && pin.Hash != previous.ItemHead.Hash))
        {
            return false;
        }
        if (isInOrder)
        {
            return pin == new ItemHead(Envelope?.Record.Revision ?? 0, Envelope?.Hash);
        }
        // Every known envelope was made under an earlier record, and so lies at or before the pin.
        return Envelope is null
            || pin.Revision > Envelope.Record.Revision
            || (pin.Revision == Envelope.Record.Revision && pin.Hash == Envelope.Hash);
    }

    /// <summary>Whether an envelope lies behind the head that its record names and up to the one that the next record names.</summary>
    private static bool FitsBetween(SignedRecord<Envelope> theirs, AccessRecord record, AccessRecord? next)
    {
        var envelope = theirs.Record;
        return envelope.Revision > record.ItemHead.Revision
            && (envelope.Revision != record.ItemHead.Revision + 1 || envelope.Previous == record.ItemHead.Hash)
            && (next is null
                || envelope.Revision < next.ItemHead.Revision
                || (envelope.Revision == next.ItemHead.Revision && theirs.Hash == next.ItemHead.Hash));
    }

    /// <summary>Whether the wraps of a record's epoch include a key that has ended since it was wrapped for.</summary>
    private bool HasEndedKey(AccessRecord record, long upTo)
    {
        var began = FirstOf(record).LogHead.Index;
        return record.Grants.Any(grant => log.HasEndedBetween(
            grant.Principal, _wrappedLater?.TryGetValue((record.Epoch, grant.Principal), out var later) == true ? later : began, upTo));
    }

    /// <summary>The first record of a record's epoch.</summary>
    private AccessRecord FirstOf(AccessRecord record)
    {
        var first = (int)record.Version;
        while (first > 1 && _records[first - 2].Record.Epoch == record.Epoch)
        {
            first--;
        }
        return _records[first - 1].Record;
    }

    /// <summary>An owner gives an item that nobody manages to somebody who can open it, and changes nothing else.</summary>
    private bool IsAdoption(AccessRecord record, AccessRecord previous)
    {
        var index = record.LogHead.Index;
        if (record.Epoch != previous.Epoch
            || record.Grants.Count != previous.Grants.Count
            || previous.Grants.Any(grant => grant.Right == Right.Manage && log.HasHolderAt(grant.Principal, index)))
        {
            return false;
        }
        var changes = previous.Grants.Zip(record.Grants).Where(pair => pair.First != pair.Second).ToList();
        return changes is [var (before, after)]
            && before.Principal == after.Principal
            && before.Right >= Right.Read
            && after.Right == Right.Manage
            && log.HasHolderAt(after.Principal, index);
    }

    /// <summary>Writing suffices to start a new epoch for the same grants, less those that the log has ended; managing is for every other change.</summary>
    private Right NeededFor(AccessRecord record, AccessRecord previous) =>
        record.Epoch > previous.Epoch
        && previous.Grants.Where(grant => log.IsPrincipalAt(grant.Principal, record.LogHead.Index)).SequenceEqual(record.Grants)
            ? Right.Write
            : Right.Manage;

    private static Right NeededFor(Envelope envelope) => envelope.IsRemoval ? Right.Manage : Right.Write;

    private static bool IsKept(IReadOnlyList<Grant> before, IReadOnlyList<Grant> after) =>
        before.All(grant => after.Any(other => other.Principal == grant.Principal));

    private bool WasOwner(Id member, long index) =>
        log.FindMember(member) is { } found && found.RecordAt(index) is not null && found.RoleAt(index) == Role.Owner;

    /// <summary>Whether the author still has the key that signed, and the right that was needed.</summary>
    private bool IsEntitledNow(SignedRecord<AccessRecord> theirs)
    {
        var record = theirs.Record;
        var now = log.Head!.Value.Index;
        if (!HasSameKey(record.Author, record.LogHead.Index, now))
        {
            return false;
        }
        if (record.Version == 1)
        {
            return true;
        }
        var previous = _records[(int)record.Version - 2].Record;
        return IsAdoption(record, previous)
            ? WasOwner(record.Author, now)
            : log.RightAt(previous.Grants, record.Author, now) >= NeededFor(record, previous);
    }

    /// <summary>Whether the author has the key that signed and the right under the newest record, or that record names exactly this envelope.</summary>
    private bool IsEntitledNow(SignedRecord<Envelope> theirs)
    {
        var envelope = theirs.Record;
        var head = _records[^1].Record;
        var now = log.Head!.Value.Index;
        return head.ItemHead == new ItemHead(envelope.Revision, theirs.Hash)
            || (HasSameKey(envelope.Author, envelope.LogHead.Index, now)
                && log.RightAt(head.Grants, envelope.Author, now) >= NeededFor(envelope));
    }

    private bool HasSameKey(Id member, long then, long now) =>
        log.SigningKeyAt(member, now) is { } key && key.Equals(log.SigningKeyAt(member, then));
}
