using Contracts;
using Contracts.Wire;
using Server.Http;
using Server.Storage;

namespace Server.Items;

/// <summary>What a member's removal would strand, for whoever is about to remove.</summary>
internal sealed class DependentsEndpoints(Database database, TimeProvider clock)
{
    /// <summary>Whoever holds something of the item in i, by a grant that has not ended; who that is comes behind it.</summary>
    private const string Held =
        """
        SELECT 1 FROM grants g JOIN principals p ON p.principal = g.principal
        WHERE g.item = i.item AND (g.not_after = 0 OR g.not_after >= @now)
        """;

    private const string Unopened =
        $"""
        SELECT i.item FROM items i
        WHERE i.content IS NOT NULL AND EXISTS ({Held} AND p.member = @member) AND NOT EXISTS ({Held} AND p.member <> @member)
        ORDER BY i.item LIMIT @most
        """;

    private const string Unmanaged =
        $"""
        SELECT i.item FROM items i
        WHERE i.content IS NOT NULL AND EXISTS ({Held} AND p.member = @member AND g.granted = @manage)
          AND NOT EXISTS ({Held} AND p.member <> @member AND g.granted = @manage) AND EXISTS ({Held} AND p.member <> @member)
        ORDER BY i.item LIMIT @most
        """;

    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("GET", "/v1/members/{member}/dependents", Access.Member, GetDependentsAsync, Result: typeof(WireDependents)),
    ];

    private async Task<Answer> GetDependentsAsync(Call call)
    {
        (string, object?)[] asked =
        [
            ("member", call.Id("member")), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("most", Limits.ChangesPerPage + 1),
        ];
        var (unopened, unmanaged) = await database.ReadAsync(
            async session =>
            {
                await call.Caller.AdministratorAsync(session);
                return (
                    await session.ListAsync(Unopened, row => row.Id(0), asked),
                    await session.ListAsync(Unmanaged, row => row.Id(0), [.. asked, ("manage", (int)Right.Manage)]));
            },
            call.CancellationToken);
        return Answer.Of(
            new WireDependents
            {
                Unopened = [.. unopened.Take(Limits.ChangesPerPage)],
                Unmanaged = [.. unmanaged.Take(Limits.ChangesPerPage)],
                More = unopened.Count > Limits.ChangesPerPage || unmanaged.Count > Limits.ChangesPerPage,
            },
            WireJson.Default.WireDependents);
    }
}
