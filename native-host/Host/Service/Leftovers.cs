using Host.Native;

namespace Host.Service;

/// <summary>What requests leave behind in the managed heap, and with it what plaintext is in it.</summary>
internal sealed class Leftovers
{
    /// <summary>What is given back although somebody is at work: that of a thousand requests or so.</summary>
    private const long Much = 8 << 20;

    /// <summary>What is worth it when nobody is.</summary>
    private const long Some = 512 << 10;

    /// <summary>What looking at the clock and the like leave by themselves, between two calls.</summary>
    private const long Idle = 64 << 10;

    /// <summary>How many calls in a row find something that others gave back late.</summary>
    private const int Looks = 4;

    private long _givenBackAt;
    private long _seenAt;
    private int _idle;

    /// <summary>
    /// Gives it back to the system if it has become much, or if little has come since the last call: nobody is at work then. Some 20 ms
    /// at 10,000 items.
    /// </summary>
    public void GiveBackIfDue()
    {
        var now = GC.GetTotalAllocatedBytes();
        var isIdle = now - Interlocked.Exchange(ref _seenAt, now) <= Idle;
        _idle = isIdle ? _idle + 1 : 0;
        var left = now - Volatile.Read(ref _givenBackAt);
        if (left > Much || (isIdle && left > Some))
        {
            GiveBack();
        }
        else if (_idle is > 0 and <= Looks)
        {
            // The compiler, which met the code that is used often just now, keeps megabytes until the finalizers' thread has woken a few times.
            GC.WaitForPendingFinalizers();
            _ = Libc.malloc_trim(0);
        }
    }

    /// <summary>Gives it back to the system.</summary>
    public void GiveBack()
    {
        Volatile.Write(ref _givenBackAt, GC.GetTotalAllocatedBytes());
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _ = Libc.malloc_trim(0);
    }
}
