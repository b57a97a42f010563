using Contracts;
using Contracts.Wire;
using Server.Http;
using Server.Storage;

namespace Server.Office;

/// <summary>Who the server is, and how its office is founded.</summary>
internal sealed class OfficeEndpoints(Database database, Writer writer, OwnerCodeHolder ownerCode, TimeProvider clock, ILogger<OfficeEndpoints> logger)
{
    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("GET", "/v1/server", Access.Anybody, GetServerAsync, Result: typeof(WireServer)),
        new("PUT", "/v1/genesis", Access.Anybody, PutGenesisAsync, typeof(WireGenesis)),
    ];

    private async Task<Answer> GetServerAsync(Call call)
    {
        var (incarnation, office) = await database.ReadAsync(
            session => session.FindAsync("SELECT incarnation, office FROM server", row => Tuple.Create(row.Id(0), row.OptionalId(1))),
            call.CancellationToken) ?? throw ApiException.Unavailable();
        return Answer.Of(
            new WireServer
            {
                Api = new() { Min = WireApi.Current, Max = WireApi.Current },
                Office = office,
                Incarnation = incarnation,
                Time = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                Build = Build.Version,
            },
            WireJson.Default.WireServer);
    }

    private async Task<Answer> PutGenesisAsync(Call call)
    {
        var body = call.Read(WireJson.Default.WireGenesis);
        var entry = body.Entry.Decode<LogEntry>();
        var profile = body.Profile.Decode<MemberProfile>();
        var genesis = entry.Record as Genesis ?? throw ApiException.Malformed("the entry is no genesis");
        var office = Id.Of(entry.Hash);
        var founded = false;
        await writer.RunAsync(
            async work =>
            {
                founded = false;
                var there = await work.Session.FindAsync("SELECT hash FROM log WHERE place = 0", row => row.Bytes(0));
                if (there is not null)
                {
                    // Whoever founded it may not have heard the answer; nobody else has these bytes.
                    _ = new Hash(there) == entry.Hash ? true : throw ApiException.Used();
                    return;
                }
                if (ownerCode.Code?.IsAnswer(office, genesis.Owner, body.Authentication.Span) != true)
                {
                    throw ApiException.NotThere();
                }
                var verdict = new MembershipLog(office).Append(entry);
                if (verdict != LogVerdict.Accepted || !MemberProfile.IsOf(profile, genesis.Owner.Record))
                {
                    throw ApiException.Refused(
                        verdict == LogVerdict.Accepted ? "profile" : WireWords.Of(verdict), "a check of the genesis or its profile failed");
                }
                await work.Session.RunAsync("UPDATE server SET office = @office", ("office", office));
                await new LogEffects(work, office).ApplyAsync(entry, 0, []);
                await Statements.StoreAsync(work, office, WireChangeKind.Profile, genesis.Author, profile.Record.Counter, body.Profile);
                founded = true;
            },
            call.CancellationToken);
        if (founded)
        {
            ownerCode.Forget();
            Log.Founded(logger, office.ToString());
        }
        return Answer.Nothing;
    }
}

/// <summary>The owner code as long as it is good.</summary>
internal sealed class OwnerCodeHolder(OwnerCode? code) : IDisposable
{
    public OwnerCode? Code { get; private set; } = code;

    public void Forget()
    {
        Code?.Forget();
        Dispose();
    }

    public void Dispose()
    {
        Code?.Dispose();
        Code = null;
    }
}
