using Contracts;
using Contracts.Wire;
using Server.Http;
using Server.Office;
using Server.Storage;

namespace Server.Audit;

/// <summary>What hosts report, and the audit for administrators.</summary>
internal sealed class AuditEndpoints(Database database, Writer writer, OfficeLog officeLog)
{
    private const int EventsPerHour = 5000;
    private const long Hour = 60 * 60 * 1000;

    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("PUT", "/v1/audit/batches/{batch}", Access.Member, PutBatchAsync, typeof(WireEvents)),
        new("GET", "/v1/audit", Access.Member, GetChainsAsync, Result: typeof(WireAuditChains)),
        new("GET", "/v1/audit/{chain}", Access.Member, GetChainAsync, Result: typeof(WireAudit)),
    ];

    /// <summary>What each member reported in this hour, on this app server.</summary>
    private readonly Dictionary<Id, (long Hour, int Events)> _reported = [];

    private async Task<Answer> PutBatchAsync(Call call)
    {
        var events = call.Read(WireJson.Default.WireEvents).Events;
        if (events.Any(happened => happened.Time is < 0 or >= Limits.NumbersBelow))
        {
            throw ApiException.Malformed("an event has no time");
        }
        await writer.RunAsync(
            async work =>
            {
                await call.Caller.RoleAsync(work.Session);
                if (!(await officeLog.CatchUpAsync(work.Session)).AuditsItems)
                {
                    throw ApiException.Refused("not-audited", "the office was founded without reports of what hosts do");
                }
                if (await work.WasDoneAsync(call.Id("batch"), call.Caller.Member, call.Body))
                {
                    return;
                }
                Count(call.Caller.Member, events.Count, work.Now);
                foreach (var happened in events)
                {
                    work.Audit.Add(KindOf(happened.Kind), call.Caller.Member, happened.Item, happened.Time);
                }
            },
            call.CancellationToken);
        return Answer.Nothing;
    }

    private async Task<Answer> GetChainsAsync(Call call)
    {
        var chains = await database.ReadAsync(
            async session =>
            {
                await call.Caller.AdministratorAsync(session);
                return await session.ListAsync(
                    "SELECT chain, number, hash FROM audit_chains WHERE number > 0 ORDER BY chain LIMIT @most",
                    row => new WireAuditChain { Chain = row.Id(0), Count = row.Number(1), Head = row.Bytes(2) },
                    ("most", Limits.ChangesPerPage));
            },
            call.CancellationToken);
        return Answer.Of(new WireAuditChains { Chains = chains }, WireJson.Default.WireAuditChains);
    }

    private async Task<Answer> GetChainAsync(Call call)
    {
        var from = call.From(1);
        var entries = await database.ReadAsync(
            async session =>
            {
                await call.Caller.AdministratorAsync(session);
                (string, object?)[] asked = [("chain", call.Id("chain")), ("from", from), ("most", Limits.ChangesPerPage + 1)];
                return await session.HasAsync("SELECT 1 FROM audit_chains WHERE chain = @chain", asked[0])
                    ? await session.ListAsync(
                        "SELECT bytes FROM audit WHERE chain = @chain AND number >= @from ORDER BY number LIMIT @most",
                        row => (ReadOnlyMemory<byte>)row.Bytes(0),
                        asked)
                    : throw ApiException.NotThere();
            },
            call.CancellationToken);
        var page = new WireAudit { Entries = [.. entries.Take(Limits.ChangesPerPage)], More = entries.Count > Limits.ChangesPerPage };
        return Answer.Of(page, WireJson.Default.WireAudit);
    }

    /// <summary>Called inside a write, and so never twice at once.</summary>
    private void Count(Id member, int events, long now)
    {
        var hour = now / Hour;
        var reported = _reported.GetValueOrDefault(member) is var earlier && earlier.Hour == hour ? earlier.Events : 0;
        if (reported + events > EventsPerHour)
        {
            throw ApiException.TooMany(TimeSpan.FromMilliseconds(((hour + 1) * Hour) - now));
        }
        _reported[member] = (hour, reported + events);
    }

    private static AuditKind KindOf(WireEventKind kind) => kind switch
    {
        WireEventKind.Reveal => AuditKind.Reveal,
        WireEventKind.Copy => AuditKind.Copy,
        _ => AuditKind.Fill,
    };
}
