using Contracts;
using Contracts.Wire;

namespace Office.State;

/// <summary>How an item stands here.</summary>
public enum ItemStatus
{
    /// <summary>The newest revision is shown.</summary>
    Shown,

    /// <summary>Somebody who has lost the right made the newest one: it waits for a manager's confirmation, and what was shown before stays.</summary>
    Waits,

    /// <summary>A check failed: what was shown before stays until something valid follows.</summary>
    Frozen,

    /// <summary>We have no right to it now: it is not shown.</summary>
    Lost,

    /// <summary>It was removed.</summary>
    Removed,

    /// <summary>There is no content yet.</summary>
    Empty,
}

/// <summary>What the server delivered of an item, not judged yet.</summary>
/// <param name="Item">The item.</param>
/// <param name="Records">Its records from any version on that we know, or all; <see langword="null"/> if none is new.</param>
/// <param name="Wraps">The wraps of the newest epoch, for one of our principals.</param>
/// <param name="Envelope">Its newest envelope; <see langword="null"/> if none is new.</param>
public sealed record DeliveredItem(
    Id Item, IReadOnlyList<WireSigned>? Records, IReadOnlyList<WireWrap>? Wraps, WireEnvelope? Envelope);

/// <summary>An item that was judged, and is not taken yet.</summary>
/// <param name="Item">The item.</param>
/// <param name="Kept">What the journal is to keep of it.</param>
public sealed record JudgedItem(SharedItem Item, List<byte[]> Kept);

/// <summary>One item as far as the server has delivered it, judged. Memory of what was accepted is the chain itself: nothing in it is ever replaced.</summary>
/// <param name="id">Its id.</param>
/// <param name="log">Our log.</param>
public sealed class SharedItem(Id id, MembershipLog log)
{
    /// <summary>Its id.</summary>
    public Id Id { get; } = id;

    /// <summary>Records and newest envelope.</summary>
    public ItemChain Chain { get; } = new(log, id);

    /// <summary>The wraps for us and our groups, of the epoch <see cref="WrapsEpoch"/>.</summary>
    public IReadOnlyList<KeyWrap> Wraps { get; internal set; } = [];

    /// <summary>The epoch that the wraps are of.</summary>
    public long WrapsEpoch { get; internal set; }

    /// <summary>The sealed content of <see cref="ItemChain.Envelope"/>; <see langword="null"/> if there is none.</summary>
    public byte[]? Sealed { get; internal set; }

    /// <summary>The check that failed last, as <see cref="WireWords"/> has it; <see langword="null"/> if all is well.</summary>
    public string? Failure { get; internal set; }
}
