using Contracts;
using Contracts.Wire;
using Server.Storage;

namespace Server.Streams;

/// <summary>
/// What one transaction moves to the end of whose streams: gathered while it works, numbered and stored at its end, the rows of
/// the streams locked in order of principal. See sharing.md, "Sync", and server/docs/api.md, "Changes".
/// </summary>
internal sealed class Moves
{
    private readonly SortedDictionary<Id, Dictionary<(WireChangeKind Kind, Id Subject), Move>> _moves = [];

    /// <summary>Something else than an item is new or other.</summary>
    public void Add(Id principal, WireChangeKind kind, Id subject) => Put(principal, kind, subject, new Move());

    /// <summary>An item that the principal holds has a new record, a new envelope, or is the principal's only now.</summary>
    public void AddItem(Id principal, Id item, bool record, bool envelope, bool isNew = false) =>
        Put(principal, WireChangeKind.Item, item, new Move { Record = record || isNew, Envelope = envelope || isNew, Items = isNew ? 1 : 0 });

    /// <summary>A record took an item from the principal.</summary>
    public void AddLost(Id principal, Id item, long version) =>
        Put(principal, WireChangeKind.Item, item, new Move { Record = true, Lost = version, Items = -1 });

    /// <summary>Numbers and stores them.</summary>
    /// <returns>Which streams end where now.</returns>
    public async Task<List<(Id Principal, long Head)>> StoreAsync(Session session)
    {
        List<(Id, long)> heads = [];
        foreach (var (principal, moves) in _moves)
        {
            var head = await session.NumberAsync(
                "UPDATE streams SET head = head + @count, items = items + @items WHERE principal = @principal RETURNING head",
                ("count", moves.Count), ("items", moves.Values.Sum(move => move.Items)), ("principal", principal));
            if (head is not { } last)
            {
                // A former member, whose grants stand in records until somebody re-keys.
                continue;
            }
            await RequireRoomAsync(session, principal, moves);
            var sequence = last - moves.Count;
            foreach (var ((kind, subject), move) in moves)
            {
                await StoreAsync(session, principal, kind, subject, ++sequence, move);
            }
            heads.Add((principal, last));
        }
        return heads;
    }

    private static async Task RequireRoomAsync(Session session, Id principal, Dictionary<(WireChangeKind, Id), Move> moves)
    {
        if (moves.Values.Any(move => move.Items > 0)
            && await session.HasAsync(
                "SELECT 1 FROM streams WHERE principal = @principal AND items > @most",
                ("principal", principal), ("most", Limits.ItemsPerMember)))
        {
            throw Http.ApiException.TooLarge($"items of a member or group: at most {Limits.ItemsPerMember} are allowed");
        }
    }

    private static Task StoreAsync(Session session, Id principal, WireChangeKind kind, Id subject, long sequence, Move move) =>
        session.LaterAsync(
            """
            INSERT INTO changes (principal, kind, subject, sequence, records_at, envelope_at, lost)
            VALUES (@principal, @kind, @subject, @sequence, @sequence, @sequence, @lost)
            ON CONFLICT (principal, kind, subject) DO UPDATE SET
              sequence = excluded.sequence,
              records_at = CASE WHEN @record = 1 THEN excluded.sequence ELSE changes.records_at END,
              envelope_at = CASE WHEN @envelope = 1 THEN excluded.sequence ELSE changes.envelope_at END,
              lost = excluded.lost
            """,
            ("principal", principal), ("kind", (int)kind), ("subject", subject), ("sequence", sequence),
            ("record", move.Record), ("envelope", move.Envelope), ("lost", move.Lost));

    private void Put(Id principal, WireChangeKind kind, Id subject, Move move)
    {
        if (!_moves.TryGetValue(principal, out var moves))
        {
            _moves.Add(principal, moves = []);
        }
        // Within one transaction an item may come, change and go again.
        moves[(kind, subject)] = moves.TryGetValue((kind, subject), out var earlier)
            ? move with { Record = move.Record || earlier.Record, Envelope = move.Envelope || earlier.Envelope, Items = move.Items + earlier.Items }
            : move;
    }

    private sealed record Move
    {
        public bool Record { get; init; }

        public bool Envelope { get; init; }

        public long Lost { get; init; }

        public int Items { get; init; }
    }
}
