using Contracts;
using Contracts.Wire;
using Server.Http;
using Server.Office;
using Server.Storage;

namespace Server.Items;

/// <summary>Transactions, one item, putting back.</summary>
internal sealed class ItemEndpoints(Database database, Writer writer, OfficeLog officeLog, TimeProvider clock)
{
    /// <summary>How long after a restore members may put back what was lost.</summary>
    private static readonly TimeSpan PutBackFor = TimeSpan.FromDays(90);

    /// <summary>Records of one page stay below this, in signed bytes; beside it an envelope fits into a body.</summary>
    private const int RecordBytesPerPage = 1024 * 1024;

    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("PUT", "/v1/transactions/{transaction}", Access.Member, PutTransactionAsync, typeof(WireTransaction), LooksAtCaller: true),
        new("GET", "/v1/items/{item}", Access.Member, GetItemAsync, Result: typeof(WireItem), LooksAtCaller: true),
        new("PUT", "/v1/items/{item}/put-back", Access.Member, PutBackAsync, typeof(WireItem)),
    ];

    /// <summary>Whether members may put back what a restore lost.</summary>
    public static Task<bool> IsPutBackTimeAsync(Session session, long now) =>
        session.HasAsync(
            "SELECT 1 FROM server WHERE restored > @since", ("since", Math.Max(0, now - (long)PutBackFor.TotalMilliseconds)));

    private async Task<Answer> PutTransactionAsync(Call call)
    {
        var changes = call.Read(WireJson.Default.WireTransaction).Changes.Select(ItemChange.Of).ToList();
        changes.ForEach(change => change.VerifyAhead(call.Caller.Key));
        await writer.RunAsync(
            async work =>
            {
                // All that has to be looked at is asked for at once.
                var asked = officeLog.CatchUpLater(work.Session);
                var wasDone = work.WasDoneLater(call.Id("transaction"), call.Caller.Member, call.Body);
                var items = new HeldItems(work, call.Caller.Member, changes);
                var log = await asked();
                call.Caller.RequireIn(log);
                if (await wasDone())
                {
                    return;
                }
                var writes = new ItemWrites(work, log, call.Caller.Member);
                foreach (var change in changes)
                {
                    await writes.ApplyAsync(change, await items.NextAsync(log));
                }
            },
            call.CancellationToken);
        return Answer.Nothing;
    }

    private async Task<Answer> PutBackAsync(Call call)
    {
        var item = call.Id("item");
        var theirs = call.Read(WireJson.Default.WireItem);
        if (theirs.More)
        {
            throw ApiException.Malformed("an item is put back whole");
        }
        await writer.RunAsync(
            async work =>
            {
                await call.Caller.RoleAsync(work.Session);
                if (!await IsPutBackTimeAsync(work.Session, work.Now))
                {
                    throw ApiException.Refused("not-restored", "the server was not restored lately", item);
                }
                await new ItemWrites(work, await officeLog.CatchUpAsync(work.Session), call.Caller.Member).PutBackAsync(item, theirs);
            },
            call.CancellationToken);
        return Answer.Nothing;
    }

    private async Task<Answer> GetItemAsync(Call call)
    {
        var item = call.Id("item");
        var from = call.From(1);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        (string, object?)[] asked =
        [
            ("item", item), ("member", call.Caller.Member), ("key", call.Caller.Key.Span.ToArray()), ("right", (int)Right.Use), ("now", now), ("from", from),
        ];
        var found = await database.ReadOnceAsync(session => FindAsync(session, asked), call.CancellationToken)
            ?? throw ApiException.NotThere();
        return Answer.Of(found, WireJson.Default.WireItem);
    }

    /// <summary>Reads an item in one statement: that the caller is a member, the envelope, then the wraps, then as many records as a page has room for.</summary>
    /// <returns><see langword="null"/> if it is not there, or the member holds nothing of it now.</returns>
    /// <exception cref="ApiException">The caller is no member, or no more with this key.</exception>
    private static async Task<WireItem?> FindAsync(Session session, (string, object?)[] asked)
    {
        const int Caller = 0, Envelope = 1, Wrap = 2;
        var isMember = false;
        var isThere = false;
        WireEnvelope? envelope = null;
        List<WireWrap> wraps = [];
        List<WireSigned> records = [];
        var bytes = 0;
        var more = false;
        await session.EachAsync(
            $"""
            SELECT 0 AS part, 0 AS version, m.member AS principal, 0 AS group_epoch, NULL AS envelope, NULL AS envelope_signature, NULL AS content
            FROM members m WHERE m.member = @member AND m.signing_key = @key
            UNION ALL
            SELECT 1, 0, i.item, 0, i.envelope, i.envelope_signature, i.content FROM items i WHERE i.item = @item AND {Rights.HeldOnItem}
            UNION ALL
            SELECT 2, 0, w.principal, w.group_epoch, w.wrap, NULL, NULL FROM wraps w
            JOIN principals p ON p.principal = w.principal
            JOIN grants g ON g.item = w.item AND g.principal = w.principal
            WHERE w.item = @item AND p.member = @member AND g.granted >= @right
              AND g.not_before <= @now AND (g.not_after = 0 OR g.not_after >= @now)
            UNION ALL
            SELECT 3, r.version, NULL, 0, r.bytes, r.signature, NULL FROM items i JOIN records r ON r.item = i.item
            WHERE i.item = @item AND r.version >= @from AND {Rights.HeldOnItem}
            ORDER BY part, version, principal
            """,
            row =>
            {
                switch (row.Number(0))
                {
                    case Caller:
                        isMember = true;
                        return true;
                    case Envelope:
                        isThere = true;
                        envelope = EnvelopeOf(row, 4);
                        return true;
                    case Wrap:
                        wraps.Add(WrapOf(row, 2));
                        return true;
                    default:
                        var record = SignedOf(row, 4);
                        more = records.Count > 0 && (records.Count == Limits.ChangesPerPage || bytes + record.Bytes.Length > RecordBytesPerPage);
                        if (!more)
                        {
                            records.Add(record);
                            bytes += record.Bytes.Length;
                        }
                        return !more;
                }
            },
            asked);
        return !isMember ? throw ApiException.Signature()
            : isThere ? new WireItem { Records = records, More = more, Wraps = wraps, Envelope = envelope }
            : null;
    }

    /// <summary>Three columns: envelope, its signature, its content.</summary>
    public static WireEnvelope? EnvelopeOf(Row row, int column) =>
        row.IsNull(column)
            ? null
            : new() { Envelope = SignedOf(row, column), Sealed = row.IsNull(column + 2) ? (ReadOnlyMemory<byte>?)null : row.Bytes(column + 2) };

    /// <summary>Two columns: signed bytes, signature.</summary>
    public static WireSigned SignedOf(Row row, int column) => new() { Bytes = row.Bytes(column), Signature = row.Bytes(column + 1) };

    /// <summary>Three columns: principal, group epoch, wrap.</summary>
    public static WireWrap WrapOf(Row row, int column) =>
        new() { Principal = row.Id(column), GroupEpoch = row.Number(column + 1), Key = row.Bytes(column + 2) };
}
