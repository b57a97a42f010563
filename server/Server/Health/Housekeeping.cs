using Contracts;
using Server.Requests;
using Server.Storage;

namespace Server.Health;

/// <summary>What is done by the clock: grants that begin or end move in their streams, and what has served its time is deleted.</summary>
internal sealed class Housekeeping(Writer writer, TimeProvider clock, ILogger<Housekeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepDone = TimeSpan.FromDays(7);
    private static readonly TimeSpan KeepRequests = TimeSpan.FromDays(30);

    /// <summary>Does it once.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await writer.RunAsync(MoveLimitedAsync, cancellationToken);
        await writer.RunAsync(DeleteOldAsync, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is System.Data.Common.DbException)
            {
                // The database is gone for now; the next round does what this one did not.
                Log.WorkFailed(logger, nameof(Housekeeping), failure.GetType().Name);
            }
        }
    }

    private static async Task MoveLimitedAsync(Work work)
    {
        var since = await work.Session.NumberAsync("SELECT swept FROM server") ?? 0;
        // "> 0" is what the indexes say: without it they are not used.
        var limited = await work.Session.ListAsync(
            """
            SELECT item, principal FROM grants WHERE not_before > @since AND not_before <= @now AND not_before > 0
            UNION SELECT item, principal FROM grants WHERE not_after >= @since AND not_after < @now AND not_after > 0
            """,
            row => (Item: row.Id(0), Principal: row.Id(1)),
            ("since", since), ("now", work.Now));
        if (limited.Count == 0 && work.Now - since < (long)Pause.TotalMilliseconds * 6)
        {
            return;
        }
        foreach (var (item, principal) in limited)
        {
            work.Moves.AddItem(principal, item, record: true, envelope: true);
        }
        await work.Session.RunAsync("UPDATE server SET swept = @now WHERE one = 1", ("now", work.Now));
    }

    private static async Task DeleteOldAsync(Work work)
    {
        await work.Session.RunAsync("DELETE FROM done WHERE at < @before", ("before", work.Now - (long)KeepDone.TotalMilliseconds));
        await work.Session.RunAsync(
            "DELETE FROM answers WHERE invitation IN (SELECT invitation FROM invitations WHERE expires < @before)",
            ("before", work.Now - (long)KeepDone.TotalMilliseconds));
        await work.Session.RunAsync(
            "DELETE FROM invitations WHERE expires < @before", ("before", work.Now - (long)KeepDone.TotalMilliseconds));
        var old = await work.Session.ListAsync(
            "SELECT request, author, asked FROM requests WHERE stored < @before LIMIT @most",
            row => (Request: row.Id(0), Author: row.Id(1), Asked: row.Id(2)),
            ("before", work.Now - (long)KeepRequests.TotalMilliseconds), ("most", Limits.ChangesPerPage));
        foreach (var (request, author, asked) in old)
        {
            await work.Session.RunAsync("DELETE FROM requests WHERE request = @request", ("request", request));
            RequestEndpoints.Move(work, request, author, asked);
        }
    }
}
