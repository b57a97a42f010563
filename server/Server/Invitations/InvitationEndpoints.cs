using Contracts;
using Contracts.Wire;
using Server.Http;
using Server.Items;
using Server.Members;
using Server.Office;
using Server.Storage;

namespace Server.Invitations;

/// <summary>Invitations and their answers. Whoever knows an invitation's id has its secret, which the server never sees.</summary>
internal sealed class InvitationEndpoints(Database database, Writer writer, OfficeLog officeLog, OwnerCodeHolder ownerCode, TimeProvider clock)
{
    private const int OpenPerMember = 100;
    private const int AuthenticationBytes = 32;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(Limits.InvitationDays) + TimeSpan.FromSeconds(Limits.RequestWindowSeconds);

    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("GET", "/v1/invitations", Access.Member, ListAsync, Result: typeof(WireInvitations)),
        new("PUT", "/v1/invitations/{invitation}", Access.Member, PutAsync, typeof(WireInvitation)),
        new("DELETE", "/v1/invitations/{invitation}", Access.Member, DeleteAsync),
        new("GET", "/v1/invitations/{invitation}", Access.Anybody, GetAsync, Result: typeof(WireInvitation)),
        new("GET", "/v1/invitations/{invitation}/log", Access.Anybody, GetLogAsync, Result: typeof(WireLog)),
        new("PUT", "/v1/invitations/{invitation}/answer", Access.Anybody, PutAnswerAsync, typeof(WireAnswer)),
        new("GET", "/v1/invitations/{invitation}/answers", Access.Member, GetAnswersAsync, Result: typeof(WireAnswers)),
    ];

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<Answer> ListAsync(Call call)
    {
        var invitations = await database.ReadAsync(
            async session =>
            {
                await call.Caller.AdministratorAsync(session);
                return await session.ListAsync(
                    """
                    SELECT i.invitation, i.author, i.bytes, (SELECT COUNT(*) FROM answers a WHERE a.invitation = i.invitation)
                    FROM invitations i WHERE i.used = 0 AND i.expires > @now ORDER BY i.expires LIMIT @most
                    """,
                    row => new WireOpenInvitation
                    {
                        Id = row.Id(0),
                        Author = row.Id(1),
                        Invitation = row.Bytes(2),
                        Answers = (int)row.Number(3),
                    },
                    ("now", Now), ("most", Limits.ChangesPerPage));
            },
            call.CancellationToken);
        return Answer.Of(new WireInvitations { Invitations = invitations }, WireJson.Default.WireInvitations);
    }

    private async Task<Answer> PutAsync(Call call)
    {
        var id = call.Id("invitation");
        var body = call.Read(WireJson.Default.WireInvitation);
        var invitation = SignedRecord.Decode<Invitation>(body.Invitation.Span);
        if (body.Authentication.Length != AuthenticationBytes)
        {
            throw ApiException.Malformed("the authentication of an invitation has another length");
        }
        await writer.RunAsync(
            async work =>
            {
                var log = await officeLog.CatchUpAsync(work.Session);
                await CheckAuthorAsync(work.Session, call.Caller, invitation);
                if (invitation.Office != log.Office || !log.Contains(invitation.LogHead))
                {
                    throw ApiException.Refused("unknown-log-head", "the log did not go through the head that the invitation names");
                }
                if (invitation.Expires <= work.Now || invitation.Expires > work.Now + (long)Longest.TotalMilliseconds)
                {
                    throw ApiException.Refused("expiry", $"an invitation is good for at most {Limits.InvitationDays} days");
                }
                await StoreAsync(work, id, call.Caller.Member, body, invitation.Expires);
            },
            call.CancellationToken);
        return Answer.Nothing;
    }

    private static async Task CheckAuthorAsync(Session session, Caller caller, Invitation invitation)
    {
        var role = await caller.AdministratorAsync(session);
        var whose = invitation.Member is { } member
            ? (Role)(await session.NumberAsync("SELECT role FROM members WHERE member = @member", ("member", member)) ?? throw ApiException.NotThere())
            : invitation.Role;
        if (whose > Role.Member && role < Role.Owner)
        {
            throw ApiException.NotEntitled("only owners invite administrators and owners");
        }
    }

    private static async Task StoreAsync(Work work, Id id, Id author, WireInvitation body, long expires)
    {
        var there = await work.Session.FindAsync(
            "SELECT author, bytes FROM invitations WHERE invitation = @id", row => Tuple.Create(row.Id(0), row.Bytes(1)), ("id", id));
        if (there is not null)
        {
            _ = there.Item1 == author && there.Item2.AsSpan().SequenceEqual(body.Invitation.Span)
                ? true
                : throw ApiException.Conflict("another invitation has this id");
            return;
        }
        var open = await work.Session.NumberAsync(
            "SELECT COUNT(*) FROM invitations WHERE author = @author AND used = 0 AND expires > @now", ("author", author), ("now", work.Now));
        if (open >= OpenPerMember)
        {
            throw ApiException.TooMany(TimeSpan.FromDays(1));
        }
        await work.Session.RunAsync(
            """
            INSERT INTO invitations (invitation, author, bytes, authentication, expires, used)
            VALUES (@id, @author, @bytes, @authentication, @expires, 0)
            """,
            ("id", id), ("author", author), ("bytes", body.Invitation), ("authentication", body.Authentication), ("expires", expires));
        work.Audit.Add(AuditKind.Invitation, author, id);
    }

    private async Task<Answer> DeleteAsync(Call call)
    {
        await writer.RunAsync(
            async work =>
            {
                var role = await call.Caller.RoleAsync(work.Session);
                (string, object?)[] asked = [("id", call.Id("invitation")), ("member", call.Caller.Member), ("owner", role == Role.Owner)];
                if (await work.Session.RunAsync(
                    "DELETE FROM invitations WHERE invitation = @id AND used = 0 AND (author = @member OR @owner = 1)", asked) == 0)
                {
                    throw ApiException.NotThere();
                }
                await work.Session.RunAsync("DELETE FROM answers WHERE invitation = @id", asked[0]);
            },
            call.CancellationToken);
        return Answer.Nothing;
    }

    private async Task<Answer> GetAsync(Call call)
    {
        var id = call.Id("invitation");
        if (ownerCode.Code is { } code && code.Invitation == id)
        {
            return Answer.Of(code.Wire, WireJson.Default.WireInvitation);
        }
        var invitation = await database.ReadAsync(session => FindAsync(session, id, mayBeUsed: false), call.CancellationToken);
        return Answer.Of(invitation, WireJson.Default.WireInvitation);
    }

    private async Task<Answer> GetLogAsync(Call call)
    {
        var from = call.From(0);
        var page = await database.ReadAsync(
            async session =>
            {
                await FindAsync(session, call.Id("invitation"), mayBeUsed: true);
                return await LogEndpoints.PageAsync(session, from);
            },
            call.CancellationToken);
        return Answer.Of(page, WireJson.Default.WireLog);
    }

    private async Task<Answer> PutAnswerAsync(Call call)
    {
        var id = call.Id("invitation");
        var body = call.Read(WireJson.Default.WireAnswer);
        var record = body.Member.Decode<MemberRecord>();
        var profile = body.Profile.Decode<MemberProfile>();
        if (!record.IsBy(record.Record.SigningKey) || !MemberProfile.IsOf(profile, record.Record) || body.Authentication.Length != AuthenticationBytes)
        {
            throw ApiException.Refused("wrong-member", "the member record is not signed by its own key, or the profile is not the one that it names");
        }
        await writer.RunAsync(
            async work =>
            {
                await FindAsync(work.Session, id, mayBeUsed: false);
                var there = await work.Session.ListAsync(
                    "SELECT record_hash FROM answers WHERE invitation = @id", row => row.Hash(0), ("id", id));
                if (there.Contains(record.Hash))
                {
                    return;
                }
                if (there.Count >= Limits.AnswersPerInvitation)
                {
                    throw ApiException.TooMany(TimeSpan.FromDays(1));
                }
                await work.Session.RunAsync(
                    """
                    INSERT INTO answers (invitation, number, record_hash, record, record_signature, profile, profile_signature, authentication)
                    VALUES (@id, @number, @hash, @record, @recordSignature, @profile, @profileSignature, @authentication)
                    """,
                    ("id", id), ("number", there.Count), ("hash", record.Hash), ("record", body.Member.Bytes),
                    ("recordSignature", body.Member.Signature), ("profile", body.Profile.Bytes),
                    ("profileSignature", body.Profile.Signature), ("authentication", body.Authentication));
                var author = await work.Session.FindAsync(
                    "SELECT author FROM invitations WHERE invitation = @id", row => row.Bytes(0), ("id", id));
                work.Moves.Add(new Id(author), WireChangeKind.Invitation, id);
                work.Audit.Add(AuditKind.Answer, null, id);
            },
            call.CancellationToken);
        return Answer.Nothing;
    }

    private async Task<Answer> GetAnswersAsync(Call call)
    {
        var answers = await database.ReadAsync(
            async session =>
            {
                (string, object?)[] asked = [("id", call.Id("invitation")), ("member", call.Caller.Member)];
                await call.Caller.RoleAsync(session);
                return await session.HasAsync("SELECT 1 FROM invitations WHERE invitation = @id AND author = @member", asked)
                    ? await session.ListAsync(
                        """
                        SELECT record, record_signature, profile, profile_signature, authentication FROM answers
                        WHERE invitation = @id ORDER BY number
                        """,
                        row => new WireAnswer
                        {
                            Member = ItemEndpoints.SignedOf(row, 0),
                            Profile = ItemEndpoints.SignedOf(row, 2),
                            Authentication = row.Bytes(4),
                        },
                        asked[0])
                    : throw ApiException.NotThere();
            },
            call.CancellationToken);
        return Answer.Of(new WireAnswers { Answers = answers }, WireJson.Default.WireAnswers);
    }

    private async Task<WireInvitation> FindAsync(Session session, Id id, bool mayBeUsed)
    {
        var (invitation, expires, used) = await session.FindAsync(
            "SELECT bytes, authentication, expires, used FROM invitations WHERE invitation = @id",
            row => Tuple.Create(new WireInvitation { Invitation = row.Bytes(0), Authentication = row.Bytes(1) }, row.Number(2), row.Number(3)),
            ("id", id)) ?? throw ApiException.NotThere();
        return expires <= Now ? throw ApiException.Expired()
            : used != 0 && !mayBeUsed ? throw ApiException.Used()
            : invitation;
    }
}
