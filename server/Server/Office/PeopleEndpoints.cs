using Contracts;
using Contracts.Wire;
using Server.Http;
using Server.Storage;

namespace Server.Office;

/// <summary>Profiles, names and keys of groups, the beacon: what lies beside the log.</summary>
internal sealed class PeopleEndpoints(Database database, Writer writer, OfficeLog officeLog)
{
    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("PUT", "/v1/profiles/{member}", Access.Member, PutProfileAsync, typeof(WireSigned)),
        new("DELETE", "/v1/profiles/{member}", Access.Member, DeleteProfileAsync),
        new("PUT", "/v1/groups/{group}/name", Access.Member, PutGroupNameAsync, typeof(WireSigned)),
        new("DELETE", "/v1/groups/{group}/name", Access.Member, DeleteGroupNameAsync),
        new("GET", "/v1/groups/{group}/keys", Access.Member, GetGroupKeysAsync, Result: typeof(WireGroupKeys)),
        new("PUT", "/v1/groups/{group}/keys/{epoch}/{member}", Access.Member, PutGroupKeyAsync, typeof(WireWrap)),
        new("PUT", "/v1/beacon", Access.Member, PutBeaconAsync, typeof(WireSigned)),
    ];

    private Task<Answer> PutProfileAsync(Call call)
    {
        var body = call.Read(WireJson.Default.WireSigned);
        var profile = body.Decode<MemberProfile>();
        return WriteAsync(call, async (work, log) =>
        {
            await call.Caller.RoleAsync(work.Session);
            if (call.Id("member") != call.Caller.Member)
            {
                throw ApiException.NotThere();
            }
            if (!MemberProfile.IsOf(profile, log.FindMember(call.Caller.Member)!.Record))
            {
                throw ApiException.Refused("profile", "the profile is not that of the member's record, nor a later one by the member's key");
            }
            await Statements.StoreAsync(work, log.Office, WireChangeKind.Profile, call.Caller.Member, profile.Record.Counter, body);
        });
    }

    private Task<Answer> DeleteProfileAsync(Call call)
    {
        var member = call.Id("member");
        return WriteAsync(call, async (work, log) =>
        {
            var role = await call.Caller.RoleAsync(work.Session);
            if (member != call.Caller.Member && role < Role.Administrator)
            {
                throw ApiException.NotThere();
            }
            if (await Statements.DeleteAsync(work, log.Office, WireChangeKind.Profile, member))
            {
                work.Audit.Add(AuditKind.ProfileDeleted, call.Caller.Member, member);
            }
        });
    }

    private Task<Answer> PutGroupNameAsync(Call call)
    {
        var body = call.Read(WireJson.Default.WireSigned);
        var name = body.Decode<GroupName>();
        return WriteAsync(call, async (work, log) =>
        {
            await call.Caller.RoleAsync(work.Session);
            if (log.FindGroup(call.Id("group")) is null || name.Record.Group != call.Id("group"))
            {
                throw ApiException.NotThere();
            }
            if (!log.Vouches(name))
            {
                throw ApiException.NotEntitled("no administrator of now signed the name");
            }
            await Statements.StoreAsync(work, log.Office, WireChangeKind.GroupName, name.Record.Group, name.Record.Counter, body);
        });
    }

    private Task<Answer> DeleteGroupNameAsync(Call call) =>
        WriteAsync(call, async (work, log) =>
        {
            await call.Caller.AdministratorAsync(work.Session);
            if (log.FindGroup(call.Id("group")) is null)
            {
                throw ApiException.NotThere();
            }
            await Statements.DeleteAsync(work, log.Office, WireChangeKind.GroupName, call.Id("group"));
        });

    private async Task<Answer> GetGroupKeysAsync(Call call)
    {
        var wraps = await database.ReadAsync(
            async session =>
            {
                (string, object?)[] asked = [("member", call.Caller.Member), ("group", call.Id("group"))];
                return await session.HasAsync("SELECT 1 FROM principals WHERE member = @member AND principal = @group AND principal <> @member", asked)
                    && !await session.HasAsync("SELECT 1 FROM server WHERE office = @group", asked[1])
                    ? await session.ListAsync(
                        """
                        SELECT w.member, w.epoch, w.wrap FROM group_wraps w
                        JOIN principals p ON p.member = w.member AND p.principal = w.team
                        WHERE w.member = @member AND w.team = @group ORDER BY w.epoch
                        """,
                        row => Items.ItemEndpoints.WrapOf(row, 0),
                        asked)
                    : throw ApiException.NotThere();
            },
            call.CancellationToken);
        return Answer.Of(new WireGroupKeys { Wraps = wraps }, WireJson.Default.WireGroupKeys);
    }

    private Task<Answer> PutGroupKeyAsync(Call call)
    {
        var wrap = call.Read(WireJson.Default.WireWrap).Decode();
        return WriteAsync(call, async (work, log) =>
        {
            await call.Caller.AdministratorAsync(work.Session);
            var group = log.FindGroup(call.Id("group"));
            if (group is null || !group.Members.Contains(call.Id("member")))
            {
                throw ApiException.NotThere();
            }
            if (wrap.Principal != call.Id("member") || wrap.GroupEpoch != call.Number("epoch") || group.Epoch != wrap.GroupEpoch)
            {
                throw ApiException.Refused("wraps", "the wrap is not for this member and the group's current epoch");
            }
            await LogEffects.StoreGroupKeyAsync(work, group.Id, group.Epoch, wrap.Principal, wrap.Bytes);
        });
    }

    private Task<Answer> PutBeaconAsync(Call call)
    {
        var body = call.Read(WireJson.Default.WireSigned);
        var beacon = body.Decode<Beacon>();
        return WriteAsync(call, async (work, log) =>
        {
            await call.Caller.RoleAsync(work.Session);
            if (!log.Vouches(beacon))
            {
                throw ApiException.NotEntitled("no administrator of now signed the beacon, or the log did not go through its head");
            }
            await Statements.StoreAsync(work, log.Office, WireChangeKind.Beacon, log.Office, beacon.Record.Time, body);
        });
    }

    private async Task<Answer> WriteAsync(Call call, Func<Work, MembershipLog, Task> write)
    {
        await writer.RunAsync(async work => await write(work, await officeLog.CatchUpAsync(work.Session)), call.CancellationToken);
        return Answer.Nothing;
    }
}
