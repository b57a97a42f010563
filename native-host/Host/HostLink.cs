using System.Runtime.CompilerServices;
using Host.Client;
using Host.Native;
using Host.Protocol;

namespace Host;

/// <summary>Reaches the one host of this person, and starts it if there is none. For the relay and the command line alike.</summary>
internal static unsafe class HostLink
{
    /// <summary>The descriptor on which a host that was started here says what became of it.</summary>
    public const int ReadyDescriptor = 3;

    /// <summary>What a host writes to <see cref="ReadyDescriptor"/>.</summary>
    public const byte Ready = (byte)'r', LibraryMissing = (byte)'l';

    private const int StartTimeoutMilliseconds = 10_000;
    private const int Attempts = 3;

    /// <summary>Connects to a running host.</summary>
    /// <returns>The descriptor, or -1 if none runs.</returns>
    /// <exception cref="ProtocolException">Somebody else's hand is in the socket or its folder: <c>hostFailed</c>.</exception>
    public static int TryConnect(Paths paths)
    {
        try
        {
            paths.EnsureRuntimeFolder();
        }
        catch (UnsafePathException unsafePath)
        {
            throw ErrorKind.HostFailedError(unsafePath.Message, unsafePath.Hint);
        }
        var us = Libc.geteuid();
        if (FileFacts.Of(paths.Socket) is not { } socket)
        {
            return -1;
        }
        if (!socket.IsSocket || socket.Owner != us || !socket.IsPrivate)
        {
            throw ErrorKind.HostFailedError($"{paths.Socket} was not made by a host of this person", "remove it, and find out who made it");
        }
        var descriptor = UnixSocket.Connect(paths.Socket);
        if (descriptor < 0)
        {
            return -1;
        }
        if (UnixSocket.PeerUser(descriptor) != us)
        {
            _ = Libc.close(descriptor);
            throw ErrorKind.HostFailedError("somebody else listens on the socket of the host", "latchkey doctor");
        }
        return descriptor;
    }

    /// <summary>Connects to a host that was started as a child of this process, as soon as it listens.</summary>
    /// <param name="paths">Where it listens.</param>
    /// <param name="host">Its process id.</param>
    /// <param name="abandonOn">A descriptor whose other side's end makes waiting pointless.</param>
    /// <returns>The descriptor, or -1 if the host has ended, the other side has, or time is up.</returns>
    /// <exception cref="ProtocolException">Somebody else's hand is in the socket or its folder: <c>hostFailed</c>.</exception>
    public static int AwaitBeside(Paths paths, int host, int abandonOn)
    {
        Span<Libc.PollEntry> entries = [new Libc.PollEntry { Descriptor = abandonOn }];
        for (var waited = 0; waited < StartTimeoutMilliseconds; waited++)
        {
            var descriptor = TryConnect(paths);
            if (descriptor >= 0 || Libc.waitpid(host, null, Libc.NoHang) != 0 || Descriptor.Poll(1, entries))
            {
                return descriptor;
            }
        }
        return -1;
    }

    /// <summary>Connects to the host, starting one if none runs.</summary>
    /// <param name="paths">Where it listens.</param>
    /// <param name="abandonOn">A descriptor whose other side's end makes waiting pointless, or -1.</param>
    /// <exception cref="ProtocolException"><c>hostFailed</c> or <c>libraryMissing</c>.</exception>
    public static int ConnectOrStart(Paths paths, int abandonOn = -1)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var descriptor = TryConnect(paths);
            if (descriptor >= 0 && Build.IsNewerThanHost(paths))
            {
                RetireHost(descriptor);
                descriptor = TryConnect(paths);
            }
            if (descriptor >= 0)
            {
                return descriptor;
            }
            // One starts, the others wait here and then find it running.
            var startLock = Libc.open(paths.StartLock, Libc.ReadWrite | Libc.Create | Libc.NoFollow | Libc.CloseOnExec, 0x180);
            if (startLock < 0)
            {
                throw ErrorKind.HostFailedError($"{paths.StartLock} cannot be written");
            }
            try
            {
                Descriptor.Lock(startLock);
                descriptor = TryConnect(paths);
                if (descriptor >= 0)
                {
                    return descriptor;
                }
                Start(paths, abandonOn);
            }
            finally
            {
                _ = Libc.close(startLock);
            }
        }
        throw ErrorKind.HostFailedError("the host ends as soon as it is started");
    }

    /// <summary>Ends the host at the other side, unless it has a vault open or knows no such request: then it serves on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // what a client needs is loaded only when a host is replaced
    private static void RetireHost(int descriptor)
    {
        var connection = new SocketConnection(descriptor);
        try
        {
            var version = new VersionRange(Limits.Version, Limits.Version);
            connection.AskAsync(new Hello(version, "cli", Build.Name, [], "en")).GetAwaiter().GetResult();
            connection.AskAsync(new Retire()).GetAwaiter().GetResult();
            connection.AwaitEnd();
        }
        catch (ProtocolException)
        {
            // It goes on, or has ended by itself: the next attempt to connect tells.
        }
        finally
        {
            connection.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static void Start(Paths paths, int abandonOn)
    {
        var ends = stackalloc int[2];
        if (Libc.pipe2(ends, Libc.CloseOnExec) != 0)
        {
            throw ErrorKind.HostFailedError("no more descriptors");
        }
        try
        {
            try
            {
                Spawn(ends[1]);
            }
            finally
            {
                _ = Libc.close(ends[1]);
            }
            AwaitReady(ends[0], abandonOn);
        }
        finally
        {
            _ = Libc.close(ends[0]);
        }
    }

    private static void AwaitReady(int ready, int abandonOn)
    {
        Span<Libc.PollEntry> entries =
        [
            new Libc.PollEntry { Descriptor = ready, Events = Libc.PollIn },
            new Libc.PollEntry { Descriptor = abandonOn },
        ];
        if (!Descriptor.Poll(StartTimeoutMilliseconds, entries))
        {
            throw ErrorKind.HostFailedError("the host did not start in time");
        }
        if (entries[0].Returned == 0)
        {
            throw ErrorKind.HostFailedError("the browser closed the port");
        }
        Span<byte> word = stackalloc byte[1];
        // The end of the pipe without a word: the host found another one running, or failed and said why in its log. The next attempt tells.
        if (Descriptor.Read(ready, word) == 1 && word[0] == LibraryMissing)
        {
            throw ErrorKind.LibraryMissingError();
        }
    }

    /// <summary>Starts a host that belongs to nobody's process group and holds nothing of ours open but the ready pipe.</summary>
    private static void Spawn(int ready)
    {
        var executable = Environment.ProcessPath ?? throw ErrorKind.HostFailedError("the executable does not know its own path");
        using var arguments = new NativeStrings([executable, Roles.Host, Roles.Awaited]);
        using var environment = new NativeStrings(HostEnvironment());
        var error = Spawn(executable, ready, arguments, environment);
        if (error != 0)
        {
            throw ErrorKind.HostFailedError($"the host could not be started (error {error})");
        }
    }

    private static int Spawn(string executable, int ready, NativeStrings arguments, NativeStrings environment)
    {
        var attributes = stackalloc byte[Libc.SpawnStructBytes];
        var actions = stackalloc byte[Libc.SpawnStructBytes];
        new Span<byte>(attributes, Libc.SpawnStructBytes).Clear();
        new Span<byte>(actions, Libc.SpawnStructBytes).Clear();
        _ = Libc.posix_spawnattr_init(attributes);
        _ = Libc.posix_spawnattr_setflags(attributes, Libc.SpawnSetSession);
        _ = Libc.posix_spawn_file_actions_init(actions);
        _ = Libc.posix_spawn_file_actions_adddup2(actions, ready, ReadyDescriptor);
        _ = Libc.posix_spawn_file_actions_addopen(actions, 0, "/dev/null", 0, 0);
        _ = Libc.posix_spawn_file_actions_addopen(actions, 1, "/dev/null", Libc.WriteOnly, 0);
        _ = Libc.posix_spawn_file_actions_addopen(actions, 2, "/dev/null", Libc.WriteOnly, 0);
        _ = Libc.posix_spawn_file_actions_addclosefrom_np(actions, ReadyDescriptor + 1);
        int processId;
        var error = Libc.posix_spawn(&processId, executable, actions, attributes, arguments.Pointer, environment.Pointer);
        _ = Libc.posix_spawn_file_actions_destroy(actions);
        return error;
    }

    private static List<string> HostEnvironment()
    {
        var environment = new List<string> { Hardening.NoDiagnostics };
        foreach (var name in Hardening.Kept)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                environment.Add($"{name}={value}");
            }
        }
        return environment;
    }
}
