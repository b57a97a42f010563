using Contracts.Wire;
using Server.Http;
using Server.Storage;

namespace Server.Streams;

/// <summary>Changes since positions, and the hints that there are some.</summary>
internal sealed class StreamEndpoints(
    Database database, Hints hints, Metrics metrics, TransportLimits transport, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private const int StreamsPerMember = 4;

    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("POST", "/v1/changes", Access.Member, GetChangesAsync, typeof(WirePositions), typeof(WireChanges), LooksAtCaller: true),
        new("GET", "/v1/hints", Access.Member, GetHintsAsync),
    ];

    private async Task<Answer> GetChangesAsync(Call call)
    {
        var asked = call.Read(WireJson.Default.WirePositions);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var member = call.Caller.Member;
        var changes = await database.ReadAsync(
            async session =>
            {
                // Every member has streams: who has none is no member, or has other keys by now.
                var streams = await session.ListAsync(
                    """
                    SELECT s.incarnation, s.office, (SELECT MAX(place) FROM log), p.principal, t.head FROM members m
                    JOIN principals p ON p.member = m.member
                    JOIN streams t ON t.principal = p.principal
                    JOIN server s ON s.one = 1
                    WHERE m.member = @member AND m.signing_key = @key ORDER BY p.principal
                    """,
                    row => (Incarnation: row.Id(0), Office: row.Id(1), Log: row.Number(2), Principal: row.Id(3), Head: row.Number(4)),
                    ("member", member), ("key", call.Caller.Key.Span.ToArray()));
                if (streams.Count == 0)
                {
                    throw ApiException.Signature();
                }
                var (incarnation, office, log, _, _) = streams[0];
                var positions = asked.Incarnation is { } theirs && theirs != incarnation
                    ? []
                    : asked.Positions.DistinctBy(position => position.Principal).ToDictionary(position => position.Principal, position => position.Sequence);
                var page = new ChangePage(session, member, office, now, isFirst: positions.Count == 0);
                foreach (var (_, _, _, principal, head) in streams)
                {
                    await page.AddAsync(principal, positions.GetValueOrDefault(principal), head);
                }
                return new WireChanges
                {
                    Incarnation = incarnation,
                    Log = log,
                    Changes = page.Changes,
                    Positions = page.Positions,
                    More = page.More,
                };
            },
            call.CancellationToken);
        return Answer.Of(changes, WireJson.Default.WireChanges);
    }

    private Task<Answer> GetHintsAsync(Call call) =>
        hints.CountOf(call.Caller.Member) < StreamsPerMember
            ? Task.FromResult<Answer>(new HintStream(database, hints, metrics, call.Caller, clock, transport.EventStream, lifetime.ApplicationStopping))
            : throw ApiException.TooMany(retryAfter: null);
}
