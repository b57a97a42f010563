using Contracts.Wire;
using Server.Http;
using Server.Storage;

namespace Server.Streams;

/// <summary>Changes since positions, and the hints that there are some.</summary>
internal sealed class StreamEndpoints(Database database, Hints hints, Metrics metrics, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private const int StreamsPerMember = 4;

    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("POST", "/v1/changes", Access.Member, GetChangesAsync, typeof(WirePositions), typeof(WireChanges)),
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
                await call.Caller.RoleAsync(session);
                var (incarnation, office, log) = await session.FindAsync(
                    "SELECT incarnation, office, (SELECT MAX(place) FROM log) FROM server",
                    row => Tuple.Create(row.Id(0), row.Id(1), row.Number(2))) ?? throw ApiException.NotThere();
                var positions = asked.Incarnation is { } theirs && theirs != incarnation
                    ? []
                    : asked.Positions.DistinctBy(position => position.Principal).ToDictionary(position => position.Principal, position => position.Sequence);
                var page = new ChangePage(session, member, office, now);
                var streams = await session.ListAsync(
                    "SELECT p.principal, s.head FROM principals p JOIN streams s ON s.principal = p.principal WHERE p.member = @member ORDER BY p.principal",
                    row => (Principal: row.Id(0), Head: row.Number(1)),
                    ("member", member));
                foreach (var (principal, head) in streams)
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
            ? Task.FromResult<Answer>(new HintStream(database, hints, metrics, call.Caller, clock, lifetime.ApplicationStopping))
            : throw ApiException.TooMany(retryAfter: null);
}
