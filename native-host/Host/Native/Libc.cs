using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// Blittable signatures only, so that the ahead-of-time compiler can make every stub: a relay must start in no time.
[assembly: DisableRuntimeMarshalling]
// Never from the folder of the executable: a library planted there would be loaded.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Host.Native;

/// <summary>
/// The system calls that the base class library does not offer or offers at the price of a thread pool: hardening, locks, detached
/// processes, and blocking descriptors for frames. Constants are those of Linux on x86-64 and arm64.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Name = "libc.so.6";

    public const int Eintr = 4, Eacces = 13, Eexist = 17, Eagain = 11;

    public const int SetDumpable = 4, SetNoNewPrivileges = 38, GetDumpable = 3;
    public const int CoreLimit = 4;

    public const int ReadOnly = 0, ReadWrite = 2, WriteOnly = 1, Create = 0x40, Append = 0x400, Truncate = 0x200, NoFollow = 0x20000, CloseOnExec = 0x80000;

    /// <summary>What is asked of <see cref="access"/>: whether this person may write there.</summary>
    public const int MayWrite = 2;

    public const int LockExclusive = 2, LockNonBlocking = 4, LockUnlock = 8;

    public const int UnixFamily = 1, StreamSocket = 1, SocketLevel = 1, PeerCredentials = 17, SendTimeout = 21, ShutBoth = 2;

    public const int ChildSignal = 17, IgnoreSignal = 1, NoHang = 1;

    public const int LoadNow = 2;

    /// <summary>The request of <see cref="ioctl"/> by which a process gives up its terminal.</summary>
    public const nuint GiveUpTerminal = 0x5422;

    public const short PollIn = 1, PollHangUp = 0x10;

    /// <summary>How a session of its own is asked of <see cref="posix_spawn"/>.</summary>
    public const short SpawnSetSession = 0x80;

    /// <summary>Bytes of room for a <c>posix_spawnattr_t</c> or <c>posix_spawn_file_actions_t</c>: more than either needs.</summary>
    public const int SpawnStructBytes = 512;

    [StructLayout(LayoutKind.Sequential)]
    public struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport(Name, SetLastError = true)]
    public static partial int prctl(int option, nuint arg2, nuint arg3, nuint arg4, nuint arg5);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int setrlimit(int resource, ResourceLimit* limit);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int getrlimit(int resource, ResourceLimit* limit);

    [LibraryImport(Name)]
    public static partial uint umask(uint mask);

    [LibraryImport(Name)]
    public static partial uint geteuid();

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int execve(string path, byte** arguments, byte** environment);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int access(string path, int mode);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int open(string path, int flags, uint mode);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int close(int descriptor);

    [LibraryImport(Name, SetLastError = true)]
    public static partial nint read(int descriptor, byte* buffer, nuint count);

    [LibraryImport(Name, SetLastError = true)]
    public static partial nint write(int descriptor, byte* buffer, nuint count);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int ftruncate(int descriptor, long length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int fsync(int descriptor);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int flock(int descriptor, int operation);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int dup2(int from, int to);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int setsid();

    [LibraryImport(Name, SetLastError = true)]
    public static partial int ioctl(int descriptor, nuint request, nint argument);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int waitpid(int process, int* status, int options);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int pipe2(int* descriptors, int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int socket(int family, int type, int protocol);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int bind(int descriptor, byte* address, uint length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int listen(int descriptor, int backlog);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int accept4(int descriptor, byte* address, uint* length, int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int connect(int descriptor, byte* address, uint length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int shutdown(int descriptor, int how);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int getsockopt(int descriptor, int level, int option, byte* value, uint* length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int setsockopt(int descriptor, int level, int option, byte* value, uint length);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int statx(int folder, string path, int flags, uint mask, byte* buffer);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mkdir(string path, uint mode);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int unlink(string path);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rename(string from, string to);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int chdir(string path);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint dlopen(string library, int flags);

    [LibraryImport(Name)]
    public static partial int malloc_trim(nuint keep);

    [LibraryImport(Name)]
    public static partial nint signal(int signal, nint handler);

    [LibraryImport(Name)]
    public static partial void _exit(int code);

    // posix_spawn and its helpers answer an error number and leave errno alone.
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int posix_spawn(
        int* processId, string path, byte* fileActions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport(Name)]
    public static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport(Name)]
    public static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport(Name)]
    public static partial int posix_spawn_file_actions_init(byte* fileActions);

    [LibraryImport(Name)]
    public static partial int posix_spawn_file_actions_destroy(byte* fileActions);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int posix_spawn_file_actions_addopen(byte* fileActions, int descriptor, string path, int flags, uint mode);

    [LibraryImport(Name)]
    public static partial int posix_spawn_file_actions_adddup2(byte* fileActions, int from, int to);

    [LibraryImport(Name)]
    public static partial int posix_spawn_file_actions_addclosefrom_np(byte* fileActions, int from);
}
