using Contracts;
using Contracts.Wire;
using Server.Http;
using Server.Items;
using Server.Storage;

namespace Server.Requests;

/// <summary>Requests for access: for a higher right to an item that the asker has, or to a person.</summary>
internal sealed class RequestEndpoints(Writer writer)
{
    private const int OpenPerMember = 20;

    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("PUT", "/v1/requests/{request}", Access.Member, PutAsync, typeof(WireRequest)),
        new("DELETE", "/v1/requests/{request}", Access.Member, DeleteAsync),
    ];

    private async Task<Answer> PutAsync(Call call)
    {
        var id = call.Id("request");
        var request = call.Read(WireJson.Default.WireRequest);
        if (request.Author != call.Caller.Member || request.Right == Right.None || request.Time is < 0 or >= Limits.NumbersBelow)
        {
            throw ApiException.Malformed("a request is by the member that makes it, for a right, at a time");
        }
        if (request.Reason.Length > Limits.ReasonBytes)
        {
            throw ApiException.TooLarge($"bytes of a reason: at most {Limits.ReasonBytes} are allowed");
        }
        await writer.RunAsync(
            async work =>
            {
                await call.Caller.RoleAsync(work.Session);
                if (await work.WasDoneAsync(id, call.Caller.Member, call.Body))
                {
                    return;
                }
                await CheckAsync(work, request);
                var stored = await work.Session.RunAsync(
                    """
                    INSERT INTO requests (request, author, asked, item, wanted, at, reason, stored)
                    VALUES (@id, @author, @asked, @item, @wanted, @at, @reason, @stored) ON CONFLICT (request) DO NOTHING
                    """,
                    ("id", id), ("author", request.Author), ("asked", request.To), ("item", request.Item), ("wanted", (int)request.Right),
                    ("at", request.Time), ("reason", request.Reason), ("stored", work.Now));
                if (stored == 0)
                {
                    throw ApiException.Conflict("another request has this id");
                }
                Move(work, id, request.Author, request.To);
                work.Audit.Add(AuditKind.Request, request.Author, id);
            },
            call.CancellationToken);
        return Answer.Nothing;
    }

    private static async Task CheckAsync(Work work, WireRequest request)
    {
        var isAllowed = request.Item is { } item
            ? await Rights.HasAsync(work.Session, request.Author, item, Right.Use, work.Now)
                && await Rights.HasAsync(work.Session, request.To, item, Right.Manage, work.Now)
            : await work.Session.HasAsync("SELECT 1 FROM members WHERE member = @asked", ("asked", request.To));
        if (!isAllowed)
        {
            throw ApiException.NotThere();
        }
        if (await work.Session.NumberAsync("SELECT COUNT(*) FROM requests WHERE author = @author", ("author", request.Author)) >= OpenPerMember)
        {
            throw ApiException.TooMany(TimeSpan.FromDays(1));
        }
    }

    private async Task<Answer> DeleteAsync(Call call)
    {
        var id = call.Id("request");
        await writer.RunAsync(
            async work =>
            {
                await call.Caller.RoleAsync(work.Session);
                var (author, asked) = await work.Session.FindAsync(
                    "SELECT author, asked FROM requests WHERE request = @id AND (author = @member OR asked = @member)",
                    row => Tuple.Create(row.Id(0), row.Id(1)),
                    ("id", id), ("member", call.Caller.Member)) ?? throw ApiException.NotThere();
                await work.Session.RunAsync("DELETE FROM requests WHERE request = @id", ("id", id));
                Move(work, id, author, asked);
            },
            call.CancellationToken);
        return Answer.Nothing;
    }

    /// <summary>A request stands in both streams, also to say that it is gone.</summary>
    public static void Move(Work work, Id request, Id author, Id asked)
    {
        work.Moves.Add(author, WireChangeKind.Request, request);
        work.Moves.Add(asked, WireChangeKind.Request, request);
    }
}
