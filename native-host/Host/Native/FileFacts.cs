namespace Host.Native;

/// <summary>What the file system says about a path, a symbolic link itself and not its target.</summary>
/// <param name="Owner">The owner's uid.</param>
/// <param name="Mode">Type and permission bits.</param>
/// <param name="Device">The device, major in the high half.</param>
/// <param name="Inode">The inode on that device.</param>
/// <param name="Bytes">The length.</param>
/// <param name="ModifiedNanoseconds">When its content last changed, since 1970.</param>
internal readonly record struct FileFacts(uint Owner, ushort Mode, ulong Device, ulong Inode, long Bytes, long ModifiedNanoseconds)
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStats = 0x7ff;
    private const int StatxBytes = 256;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => (Mode & 0xF000) == 0x4000;

    /// <summary>Whether it is a socket.</summary>
    public bool IsSocket => (Mode & 0xF000) == 0xC000;

    /// <summary>Whether nobody but the owner may do anything with it.</summary>
    public bool IsPrivate => (Mode & 0x3F) == 0;

    /// <summary>Asks.</summary>
    /// <returns>The facts, or <see langword="null"/> if nothing is there or may be seen.</returns>
    public static unsafe FileFacts? Of(string path, bool followLinks = false)
    {
        // struct statx, the same on every processor: uid at 20, mode at 28, inode at 32, size at 40, time of change at 112 and 120, device at 136 and 140.
        var buffer = stackalloc byte[StatxBytes];
        if (Libc.statx(CurrentFolder, path, followLinks ? 0 : NoFollow, BasicStats, buffer) != 0)
        {
            return null;
        }
        var device = ((ulong)*(uint*)(buffer + 136) << 32) | *(uint*)(buffer + 140);
        var modified = (*(long*)(buffer + 112) * NanosecondsPerSecond) + *(uint*)(buffer + 120);
        return new FileFacts(*(uint*)(buffer + 20), *(ushort*)(buffer + 28), device, *(ulong*)(buffer + 32), *(long*)(buffer + 40), modified);
    }
}
