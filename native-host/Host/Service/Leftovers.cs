using Host.Native;

namespace Host.Service;

/// <summary>What requests leave behind in the managed heap, and with it what plaintext is in it.</summary>
internal sealed class Leftovers
{
    /// <summary>What is left before it is given back: that of a thousand requests or so.</summary>
    private const long Bytes = 8 << 20;

    private long _givenBackAt;

    /// <summary>Gives it back to the system if it has become much. Some 20 ms at 10,000 items.</summary>
    public void GiveBackIfMuch()
    {
        if (GC.GetTotalAllocatedBytes() - Volatile.Read(ref _givenBackAt) > Bytes)
        {
            GiveBack();
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
