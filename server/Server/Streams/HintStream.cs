using Contracts;
using Contracts.Wire;
using Server.Http;
using Server.Members;
using Server.Storage;

namespace Server.Streams;

/// <summary>
/// One stream of server-sent events (HTML, section 9.2). It ends after a while, with the server, and at once when its member is
/// removed or got other keys: before each hint the database is asked whether it still may be sent.
/// </summary>
internal sealed class HintStream(Database database, Hints hints, Metrics metrics, Caller caller, TimeProvider clock, TimeSpan lasts, CancellationToken stopping) : Answer
{
    private readonly Dictionary<Id, long> _sent = [];
    private long? _sentLog;

    public override async Task WriteAsync(HttpContext http, CancellationToken cancellationToken)
    {
        using var subscription = hints.Subscribe(caller.Member);
        using var ends = new CancellationTokenSource(lasts, clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping, ends.Token);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        // Some proxies keep answers back until they are whole.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        metrics.Stream(begins: true);
        try
        {
            while (await SendNewsAsync(http, subscription, any.Token))
            {
                while (!await subscription.WaitAsync(any.Token))
                {
                    // A line that says nothing: whoever is between does not end the stream, and a client notices when it is dead.
                    await http.Response.WriteAsync(":\n\n", any.Token);
                    await http.Response.Body.FlushAsync(any.Token);
                }
            }
        }
        catch (OperationCanceledException) when (any.IsCancellationRequested)
        {
            // It ends as it should.
        }
        finally
        {
            metrics.Stream(begins: false);
        }
    }

    /// <summary>Sends what is other than what was sent last.</summary>
    /// <returns><see langword="false"/> if the member may hear nothing any more.</returns>
    private async Task<bool> SendNewsAsync(HttpContext http, Hints.Subscription subscription, CancellationToken cancellationToken)
    {
        var heads = await database.ReadOnceAsync(
            session => session.ListAsync(
                """
                SELECT p.principal, s.head, (SELECT MAX(place) FROM log) FROM members m
                JOIN principals p ON p.member = m.member
                JOIN streams s ON s.principal = p.principal
                WHERE m.member = @member AND m.signing_key = @key
                """,
                row => (Principal: row.Id(0), Head: row.Number(1), Log: row.Number(2)),
                ("member", caller.Member), ("key", caller.Key.Span.ToArray())),
            cancellationToken);
        if (heads.Count == 0)
        {
            return false;
        }
        subscription.Want(heads.Select(head => head.Principal).ToHashSet());
        foreach (var (principal, head, _) in heads.Where(head => _sent.GetValueOrDefault(head.Principal, -1) != head.Head))
        {
            _sent[principal] = head;
            await SendAsync(http, new() { Principal = principal, Sequence = head }, cancellationToken);
        }
        var log = heads[0].Log;
        if (log != _sentLog)
        {
            _sentLog = log;
            await SendAsync(http, new() { Log = log }, cancellationToken);
        }
        await http.Response.Body.FlushAsync(cancellationToken);
        return true;
    }

    private static async Task SendAsync(HttpContext http, WireHint hint, CancellationToken cancellationToken)
    {
        await http.Response.WriteAsync("data: ", cancellationToken);
        await http.Response.Body.WriteAsync(WireJson.Write(hint, WireJson.Default.WireHint), cancellationToken);
        await http.Response.WriteAsync("\n\n", cancellationToken);
    }
}
