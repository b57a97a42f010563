using Contracts;
using Contracts.Wire;

namespace Office.State;

/// <summary>One thing that the audit tells.</summary>
/// <param name="Time">When, in milliseconds since 1970: by the clock of the host that reports it, but never after the server's.</param>
/// <param name="Kind">What.</param>
/// <param name="Member">Who did it; <see langword="null"/> where it was nobody's request.</param>
/// <param name="Subject">What it was done to, by kind.</param>
/// <param name="Detail">A number, by kind; else 0.</param>
public readonly record struct AuditEvent(long Time, AuditKind Kind, Id? Member, Id? Subject, long Detail);

/// <summary>
/// The audit as far as it was read: every chain is followed entry by entry, so what is in here is what the server wrote down then. In memory
/// only; how far each chain went is remembered beside the copy, so that a server cannot take back what it once showed. Not safe for several threads.
/// </summary>
internal sealed class AuditCopy
{
    private readonly Dictionary<Id, WireAuditChain> _chains = [];
    private readonly Dictionary<Id, WireAuditChain> _seen = [];
    private AuditEvent[] _events = [];
    private int _count;

    /// <summary>What was read, in the order in which it was: of one chain the oldest first. Stays as it is when more is read.</summary>
    public IReadOnlyList<AuditEvent> Events => new ArraySegment<AuditEvent>(_events, 0, _count);

    /// <summary>How far each chain goes.</summary>
    public IReadOnlyCollection<WireAuditChain> Chains => _chains.Values;

    /// <summary>How far a chain was read.</summary>
    public long CountOf(Id chain) => _chains.TryGetValue(chain, out var known) ? known.Count : 0;

    /// <summary>Says how far a chain went at an earlier time: it must go through there.</summary>
    public void Expect(WireAuditChain seen) => _seen[seen.Chain] = seen;

    /// <summary>Whether chains, as a server says that they go now, may go on from what was read of them.</summary>
    public bool MayFollow(IReadOnlyList<WireAuditChain> chains) => _chains.Values.All(known => chains.Any(now =>
        now.Chain == known.Chain && (now.Count > known.Count || (now.Count == known.Count && now.Head.Span.SequenceEqual(known.Head.Span)))));

    /// <summary>Takes the next entries of a chain.</summary>
    /// <returns>Whether they follow what was read, and go through what was seen earlier. If not, nothing was taken.</returns>
    /// <exception cref="ContractException">They are no entries, or of a kind that is not known here.</exception>
    public bool Take(Id chain, IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var (count, head) = _chains.TryGetValue(chain, out var known) ? (known.Count, new Hash(known.Head.Span)) : (0L, (Hash?)null);
        var events = new List<AuditEvent>(entries.Count);
        foreach (var bytes in entries)
        {
            var entry = SignedRecord.Decode<AuditEntry>(bytes.Span);
            if (entry.Chain != chain || entry.Number != count + 1 || entry.Previous != head)
            {
                return false;
            }
            (count, head) = (entry.Number, Hash.Of(bytes.Span));
            if (_seen.TryGetValue(chain, out var seen) && seen.Count == count && new Hash(seen.Head.Span) != head)
            {
                return false;
            }
            events.Add(EventOf(entry));
        }
        if (head is { } newest)
        {
            Append(events);
            _chains[chain] = new WireAuditChain { Chain = chain, Count = count, Head = newest.ToArray() };
        }
        return true;
    }

    /// <summary>Whether every chain goes at least as far as it was seen earlier.</summary>
    public bool IsWhole => _seen.Values.All(seen => CountOf(seen.Chain) >= seen.Count);

    /// <summary>Only behind what anybody was given, so that nobody who reads it is disturbed.</summary>
    private void Append(List<AuditEvent> events)
    {
        if (_count + events.Count > _events.Length)
        {
            Array.Resize(ref _events, Math.Max(_count + events.Count, 2 * _events.Length));
        }
        events.CopyTo(_events, _count);
        _count += events.Count;
    }

    private static AuditEvent EventOf(AuditEntry entry)
    {
        // What a host reports has the host's time too; one that is ahead of the server's is a clock that is wrong, or a lie.
        var isReported = entry.Kind is AuditKind.Reveal or AuditKind.Copy or AuditKind.Fill;
        return new AuditEvent(isReported ? Math.Min(entry.Detail, entry.Time) : entry.Time, entry.Kind, entry.Member, entry.Subject, entry.Detail);
    }
}
