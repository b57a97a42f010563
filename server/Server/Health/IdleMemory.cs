namespace Server.Health;

/// <summary>
/// Gives memory back while nobody asks for anything. The collector runs when something is allocated, so without this a server that was busy holds what its last requests left behind
/// until the next ones come. See server/docs/operations.md, "Watching it".
/// </summary>
internal sealed class IdleMemory(TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Gives back what nothing needs any more. Everything stops meanwhile, for some tens of milliseconds.</summary>
    private static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var idle = new Idleness();
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (idle.IsWorthCollecting(GC.GetTotalAllocatedBytes(), GC.GetGCMemoryInfo().HeapSizeBytes))
            {
                Collect();
            }
        }
    }
}

/// <summary>Tells from how much a process has allocated whether it does nothing just now and has left something behind.</summary>
internal sealed class Idleness
{
    /// <summary>Bytes that a process allocates between two looks at the most which does nothing: its timers, a sign of life here and there.</summary>
    internal const long QuietBytes = 1 << 20;

    /// <summary>Bytes that are worth a collection, at the least; and half of what is held.</summary>
    internal const long WorthBytes = 16 << 20;

    private long _seen;
    private long _collected;

    /// <summary>Looks.</summary>
    /// <param name="allocated">Bytes allocated since the process began.</param>
    /// <param name="held">Bytes that are held, as far as known.</param>
    /// <returns>Whether to collect now, which is taken as done.</returns>
    public bool IsWorthCollecting(long allocated, long held)
    {
        var isQuiet = allocated - _seen < QuietBytes;
        _seen = allocated;
        if (!isQuiet || allocated - _collected < Math.Max(WorthBytes, held / 2))
        {
            return false;
        }
        _collected = allocated;
        return true;
    }
}
