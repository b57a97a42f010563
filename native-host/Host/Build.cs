using System.Globalization;
using Host.Native;

namespace Host;

/// <summary>
/// Tells this build from others: by name for people, and by the time of its file for who must decide which of two programs is the newer.
/// See native-host/docs/protocol.md, "Another build".
/// </summary>
internal static class Build
{
    private const int IdDigits = 12;
    private const int MarkBytes = 20;

    /// <summary>The version, and what the compiler made of this very source: <c>0.1.0+1a2b3c4d5e6f</c>.</summary>
    public static string Name { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{typeof(Build).Assembly.GetName().Version!.ToString(fieldCount: 3)}+{typeof(Build).Module.ModuleVersionId.ToString("N").AsSpan(0, IdDigits)}");

    /// <summary>Writes into the host's lock file, which the caller holds, when the file was made that this process runs.</summary>
    public static void Mark(int hostLock)
    {
        // The running file itself: another one may be at its path by now.
        if (FileFacts.Of("/proc/self/exe", followLinks: true) is { } running)
        {
            _ = Descriptor.TryWrite(hostLock, MarkOf(running));
        }
    }

    /// <summary>Tells whether the host that listens is of an older build than the one that would be started from here.</summary>
    /// <returns>Also <see langword="false"/> where that cannot be told.</returns>
    public static bool IsNewerThanHost(Paths paths)
    {
        if (Environment.ProcessPath is not { } ours || FileFacts.Of(ours, followLinks: true) is not { } facts)
        {
            return false;
        }
        var hostLock = Libc.open(paths.HostLock, Libc.ReadOnly | Libc.NoFollow | Libc.CloseOnExec, 0);
        if (hostLock < 0)
        {
            return false;
        }
        Span<byte> theirs = stackalloc byte[MarkBytes];
        var length = Descriptor.Read(hostLock, theirs);
        _ = Libc.close(hostLock);
        return length == MarkBytes && MarkOf(facts).AsSpan().SequenceCompareTo(theirs) > 0;
    }

    /// <summary>The time of a file in nanoseconds, all of one length, so that the later is the greater.</summary>
    private static byte[] MarkOf(FileFacts file)
    {
        var mark = new byte[MarkBytes];
        _ = file.ModifiedNanoseconds.TryFormat(mark, out _, "D20", CultureInfo.InvariantCulture);
        return mark;
    }
}
