using Contracts;
using Contracts.Wire;
using Server.Items;
using Server.Storage;

namespace Server.Streams;

/// <summary>
/// Gathers one page of changes for one member: principal by principal, until the page is full. What is delivered is joined with the
/// member's principals and the grants in force.
/// </summary>
/// <param name="session">Where from.</param>
/// <param name="member">For whom.</param>
/// <param name="office">The office.</param>
/// <param name="now">The clock, in milliseconds since 1970.</param>
/// <param name="isFirst">Whether the member has nothing yet.</param>
internal sealed class ChangePage(Session session, Id member, Id? office, long now, bool isFirst)
{
    /// <summary>Fewer than a page may have: who asks judges a page while the next is made.</summary>
    private const int ChangesAtOnce = 200;

    /// <summary>And waits for the first.</summary>
    private const int ChangesAtFirst = 50;

    /// <summary>Bytes of a page as JSON, by a careful estimate: below a body, with room for the positions.</summary>
    private const int MostBytes = Limits.BodyBytes - (512 * 1024);

    /// <summary>Signed bytes of one item's records; the rest is read with the item.</summary>
    private const int RecordBytesPerItem = 1024 * 1024;

    /// <summary>What names, ids, numbers and a signature of a change take, and of a record.</summary>
    private const int BytesBeside = 512;

    /// <summary>
    /// The rows of a page. Where a kind is asked for besides, it is as <c>+c.kind</c>: else PostgreSQL looks for the kind among all that a principal has, again for every page.
    /// </summary>
    private const string InRange =
        """
        c.principal = @principal AND c.sequence > @after AND c.sequence <= @upTo
          AND EXISTS (SELECT 1 FROM principals p WHERE p.member = @member AND p.principal = c.principal)
        """;

    private readonly int _most = isFirst ? ChangesAtFirst : ChangesAtOnce;
    private readonly List<WireChange> _changes = [];
    private readonly List<WirePosition> _positions = [];
    private long _bytes;

    public IReadOnlyList<WireChange> Changes => _changes;

    public IReadOnlyList<WirePosition> Positions => _positions;

    public bool More { get; private set; }

    /// <summary>Rows to read for a page at the most: the last one shows that there are more.</summary>
    private int MostRows => _most + 1;

    private bool IsFull => _changes.Count >= _most || _bytes >= MostBytes;

    /// <summary>Adds what comes after a position in one stream.</summary>
    public async Task AddAsync(Id principal, long after, long head)
    {
        if (after >= head)
        {
            _positions.Add(new() { Principal = principal, Sequence = head });
            return;
        }
        var (changes, last, isCut) = IsFull ? ([], after, true) : await RowsAsync(principal, after);
        var upTo = isCut ? last : head;
        if (changes.Count > 0)
        {
            await FillAsync(changes, principal, after, upTo);
            _changes.AddRange(changes.Values);
        }
        _positions.Add(new() { Principal = principal, Sequence = upTo });
        More |= isCut;
    }

    private async Task<(Dictionary<(WireChangeKind, Id), WireChange> Changes, long Last, bool IsCut)> RowsAsync(Id principal, long after)
    {
        Dictionary<(WireChangeKind, Id), WireChange> changes = [];
        var last = after;
        var isCut = false;
        var rows = 0;
        await session.EachAsync(
            """
            SELECT c.kind, c.subject, c.sequence, c.records_at, c.envelope_at, c.lost, i.record_bytes, i.version,
              g.not_before, g.not_after, i.envelope, i.envelope_signature, i.content
            FROM changes c
            LEFT JOIN items i ON i.item = c.subject AND c.kind = 0
            LEFT JOIN grants g ON g.item = c.subject AND g.principal = c.principal
            WHERE c.principal = @principal AND c.sequence > @after
              AND EXISTS (SELECT 1 FROM principals p WHERE p.member = @member AND p.principal = c.principal)
            ORDER BY c.sequence
            LIMIT @most
            """,
            row =>
            {
                if (_changes.Count + changes.Count >= _most)
                {
                    isCut = true;
                    return false;
                }
                var change = ChangeOf(row, principal, after, out var bytes);
                if (change is not null)
                {
                    if (_bytes + bytes > MostBytes && _changes.Count + changes.Count > 0)
                    {
                        isCut = true;
                        return false;
                    }
                    changes.Add((change.Kind == WireChangeKind.Lost ? WireChangeKind.Item : change.Kind, change.Subject), change);
                    _bytes += bytes;
                }
                last = row.Number(2);
                rows++; // also of what is not to be seen yet
                return true;
            },
            ("principal", principal), ("after", after), ("member", member), ("most", MostRows));
        return (changes, last, isCut || rows == MostRows);
    }

    private WireChange? ChangeOf(Row row, Id principal, long after, out long bytes)
    {
        bytes = BytesBeside;
        var change = new WireChange
        {
            Principal = principal,
            Kind = (WireChangeKind)row.Number(0),
            Subject = row.Id(1),
            Sequence = row.Number(2),
        };
        if (change.Kind != WireChangeKind.Item)
        {
            bytes += Limits.ReasonBytes;
            return change;
        }
        var isLost = row.Number(5) != 0;
        if (!isLost && row.Number(8) > now)
        {
            // Not yet: the row moves to the end when the grant begins.
            return null;
        }
        isLost |= !row.IsNull(9) && row.Number(9) != 0 && row.Number(9) < now;
        if (row.Number(3) > after || isLost)
        {
            bytes += AsText(Math.Min(row.Number(6), RecordBytesPerItem)) + (BytesBeside * Math.Min(row.Number(7), Limits.ChangesPerPage));
        }
        if (isLost)
        {
            return change with { Kind = WireChangeKind.Lost };
        }
        var envelope = row.Number(4) > after ? ItemEndpoints.EnvelopeOf(row, 10) : null;
        bytes += envelope is null ? 0 : AsText(envelope.Envelope.Bytes.Length + (envelope.Sealed?.Length ?? 0)) + BytesBeside;
        return change with { Envelope = envelope };
    }

    private async Task FillAsync(Dictionary<(WireChangeKind Kind, Id Subject), WireChange> changes, Id principal, long after, long upTo)
    {
        (string, object?)[] range = [("principal", principal), ("after", after), ("upTo", upTo), ("member", member)];
        if (changes.Values.Any(change => change.Kind is WireChangeKind.Item or WireChangeKind.Lost))
        {
            await AddRecordsAndWrapsAsync(changes, range);
        }
        if (principal == office)
        {
            await AddStatementsAsync(changes, range);
        }
        if (changes.Values.Any(change => change.Kind == WireChangeKind.Request))
        {
            await AddRequestsAsync(changes, range);
        }
    }

    private Task AddStatementsAsync(Dictionary<(WireChangeKind Kind, Id Subject), WireChange> changes, (string, object?)[] range) =>
        session.EachAsync(
            $"""
            SELECT c.kind, c.subject, s.bytes, s.signature FROM changes c
            JOIN statements s ON s.kind = c.kind AND s.subject = c.subject
            WHERE {InRange} AND s.bytes IS NOT NULL
            """,
            row =>
            {
                var key = ((WireChangeKind)row.Number(0), row.Id(1));
                changes[key] = changes[key] with { Statement = ItemEndpoints.SignedOf(row, 2) };
                return true;
            },
            range);

    /// <summary>In one statement: the wrap of each item that has one for this principal, and behind it the item's records in order.</summary>
    private async Task AddRecordsAndWrapsAsync(Dictionary<(WireChangeKind Kind, Id Subject), WireChange> changes, (string, object?)[] range)
    {
        Dictionary<Id, (List<WireSigned> Records, long Bytes)> gathered = [];
        await session.EachAsync(
            $"""
            SELECT c.sequence AS place, 0 AS version, w.item, w.principal, w.group_epoch, w.wrap, NULL AS signature FROM changes c
            JOIN wraps w ON w.item = c.subject AND w.principal = c.principal
            WHERE {InRange} AND +c.kind = 0 AND c.lost = 0 AND c.records_at > @after
            UNION ALL
            SELECT c.sequence, r.version, r.item, NULL, 0, r.bytes, r.signature FROM changes c JOIN records r ON r.item = c.subject
            WHERE {InRange} AND +c.kind = 0 AND c.records_at > @after AND (c.lost = 0 OR r.version <= c.lost)
            ORDER BY place, version
            """,
            row =>
            {
                var item = row.Id(2);
                var key = (WireChangeKind.Item, item);
                if (!changes.TryGetValue(key, out var change))
                {
                    return true;
                }
                if (!row.IsNull(3))
                {
                    changes[key] = change.Kind == WireChangeKind.Item ? change with { Wraps = [ItemEndpoints.WrapOf(row, 3)] } : change;
                    return true;
                }
                var (records, bytes) = gathered.GetValueOrDefault(item, ([], 0));
                var record = ItemEndpoints.SignedOf(row, 5);
                bytes += record.Bytes.Length;
                if (records.Count < Limits.ChangesPerPage && bytes <= RecordBytesPerItem)
                {
                    records.Add(record);
                    changes[key] = change with { Records = records };
                }
                else
                {
                    changes[key] = change with { More = true };
                }
                gathered[item] = (records, bytes);
                return true;
            },
            range);
    }

    private Task AddRequestsAsync(Dictionary<(WireChangeKind Kind, Id Subject), WireChange> changes, (string, object?)[] range) =>
        session.EachAsync(
            $"""
            SELECT q.request, q.author, q.item, q.asked, q.wanted, q.at, q.reason FROM changes c
            JOIN requests q ON q.request = c.subject
            WHERE {InRange} AND +c.kind = @kind
            """,
            row =>
            {
                var key = (WireChangeKind.Request, row.Id(0));
                changes[key] = changes[key] with
                {
                    Request = new()
                    {
                        Author = row.Id(1),
                        Item = row.OptionalId(2),
                        To = row.Id(3),
                        Right = (Right)row.Number(4),
                        Time = row.Number(5),
                        Reason = row.Bytes(6),
                    },
                };
                return true;
            },
            [.. range, ("kind", (int)WireChangeKind.Request)]);

    private static long AsText(long bytes) => (bytes + 2) / 3 * 4;
}
