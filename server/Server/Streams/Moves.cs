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
    private readonly List<Func<Task<List<long>>>> _grown = [];

    /// <summary>Whose streams move.</summary>
    public IReadOnlyCollection<Id> Principals => _moves.Keys;

    /// <summary>Something else than an item is new or other.</summary>
    public void Add(Id principal, WireChangeKind kind, Id subject) => Put(principal, kind, subject, new Move());

    /// <summary>An item that the principal holds has a new record, a new envelope, or is the principal's only now.</summary>
    public void AddItem(Id principal, Id item, bool record, bool envelope, bool isNew = false) =>
        Put(principal, WireChangeKind.Item, item, new Move { Record = record || isNew, Envelope = envelope || isNew, Items = isNew ? 1 : 0 });

    /// <summary>A record took an item from the principal.</summary>
    public void AddLost(Id principal, Id item, long version) =>
        Put(principal, WireChangeKind.Item, item, new Move { Record = true, Lost = version, Items = -1 });

    /// <summary>
    /// Numbers and stores them. A former member has no stream, but may have grants, which stand in records until somebody re-keys:
    /// nothing moves for them.
    /// </summary>
    public void Store(Session session)
    {
        foreach (var (principal, moves) in _moves)
        {
            session.Later(
                "UPDATE streams SET head = head + @count, items = items + @items WHERE principal = @principal",
                ("count", moves.Count), ("items", moves.Values.Sum(move => move.Items)), ("principal", principal));
            if (moves.Values.Any(move => move.Items > 0))
            {
                _grown.Add(session.ListLater("SELECT items FROM streams WHERE principal = @principal", row => row.Number(0), ("principal", principal)));
            }
            var behind = moves.Count;
            foreach (var ((kind, subject), move) in moves)
            {
                Store(session, principal, kind, subject, --behind, move);
            }
        }
    }

    /// <summary>Refuses what gave a member or group more items than anybody may have.</summary>
    /// <exception cref="Http.ApiException">They have.</exception>
    public async Task RequireRoomAsync()
    {
        foreach (var items in _grown)
        {
            if ((await items()).Any(count => count > Limits.ItemsPerMember))
            {
                throw Http.ApiException.TooLarge($"items of a member or group: at most {Limits.ItemsPerMember} are allowed");
            }
        }
    }

    private static void Store(Session session, Id principal, WireChangeKind kind, Id subject, int behind, Move move) =>
        session.Later(
            """
            INSERT INTO changes (principal, kind, subject, sequence, records_at, envelope_at, lost)
            SELECT s.principal, @kind, @subject, s.head - @behind, s.head - @behind, s.head - @behind, @lost FROM streams s
            WHERE s.principal = @principal
            ON CONFLICT (principal, kind, subject) DO UPDATE SET
              sequence = excluded.sequence,
              records_at = CASE WHEN @record = 1 THEN excluded.sequence ELSE changes.records_at END,
              envelope_at = CASE WHEN @envelope = 1 THEN excluded.sequence ELSE changes.envelope_at END,
              lost = excluded.lost
            """,
            ("principal", principal), ("kind", (int)kind), ("subject", subject), ("behind", behind),
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
