using System.Runtime.InteropServices;

namespace Host.Native;

/// <summary>Whole reads and writes on a blocking descriptor, interrupted calls repeated.</summary>
internal static unsafe class Descriptor
{
    /// <summary>Reads what is there, waiting for at least one byte.</summary>
    /// <returns>How many bytes; 0 at the end of the stream, also when the other side vanished.</returns>
    public static int Read(int descriptor, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var count = Libc.read(descriptor, start, (nuint)buffer.Length);
                if (count >= 0)
                {
                    return (int)count;
                }
                if (Marshal.GetLastPInvokeError() != Libc.Eintr)
                {
                    return 0;
                }
            }
        }
    }

    /// <summary>Writes all bytes.</summary>
    /// <returns>Whether all were taken; <see langword="false"/> if the other side is gone or, with a send timeout, does not read.</returns>
    public static bool TryWrite(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var done = 0;
            while (done < bytes.Length)
            {
                var count = Libc.write(descriptor, start + done, (nuint)(bytes.Length - done));
                if (count > 0)
                {
                    done += (int)count;
                }
                else if (Marshal.GetLastPInvokeError() != Libc.Eintr)
                {
                    return false;
                }
            }
            return true;
        }
    }

    /// <summary>Takes an exclusive lock, waiting for as long as another holds it.</summary>
    public static void Lock(int descriptor)
    {
        while (Libc.flock(descriptor, Libc.LockExclusive) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Libc.Eintr)
            {
                throw new IOException("the lock file cannot be locked");
            }
        }
    }

    /// <summary>Takes an exclusive lock if it is free.</summary>
    public static bool TryLock(int descriptor) => Libc.flock(descriptor, Libc.LockExclusive | Libc.LockNonBlocking) == 0;

    /// <summary>Waits until one of the descriptors can be read or has lost its other side.</summary>
    /// <param name="timeoutMilliseconds">How long to wait; -1 for ever.</param>
    /// <param name="entries">What to wait for; what came is in each entry's <c>Returned</c>.</param>
    /// <returns>Whether something came.</returns>
    public static bool Poll(int timeoutMilliseconds, Span<Libc.PollEntry> entries)
    {
        fixed (Libc.PollEntry* start = entries)
        {
            while (true)
            {
                var count = Libc.poll(start, (nuint)entries.Length, timeoutMilliseconds);
                if (count >= 0)
                {
                    return count > 0;
                }
                if (Marshal.GetLastPInvokeError() != Libc.Eintr)
                {
                    throw new IOException("poll was refused");
                }
            }
        }
    }
}
