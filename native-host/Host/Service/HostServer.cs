using System.Security.Cryptography;
using Host.Native;
using Host.Protocol;

namespace Host.Service;

/// <summary>The host's process: one socket, one session, a thread for each port. It ends with the session.</summary>
internal sealed class HostServer : IDisposable
{
    private const int PortStackBytes = 512 * 1024;

    /// <summary>How long a host without a vault and without a port lives.</summary>
    private const int LonelyMilliseconds = 20_000;

    private readonly Paths _paths;
    private readonly Log _log;
    private readonly Session _session;
    private readonly int _hostLock;
    private readonly int _listener;
    private int _ports;

    private HostServer(Paths paths, Log log, int hostLock, int listener)
    {
        _paths = paths;
        _log = log;
        _hostLock = hostLock;
        _listener = listener;
        _session = new Session(new SessionOptions
        {
            Paths = paths,
            Time = TimeProvider.System,
            Log = log,
            IsHost = true,
            SystemBus = LogindWatch.SystemBus,
        })
        {
            Ending = StopListening,
            Ended = End,
        };
    }

    /// <summary>Runs the host until it locks, or until nobody needs it.</summary>
    /// <param name="isAwaited">Whether somebody reads <see cref="HostLink.ReadyDescriptor"/>.</param>
    /// <returns>The exit code.</returns>
    public static int Run(bool isAwaited)
    {
        var paths = Paths.FromEnvironment();
        var log = new Log(paths);
        new Thread(() => Warm(paths, log)) { IsBackground = true }.Start();
        _ = Libc.setsid(); // a host belongs to no browser's process group
        _ = Libc.chdir("/"); // no mount is kept busy
        if (Libc.dlopen("libsodium.so.23", Libc.LoadNow) == 0 || Libc.dlopen("libargon2.so.1", Libc.LoadNow) == 0)
        {
            log.LibraryMissing();
            Report(isAwaited, HostLink.LibraryMissing);
            return ExitCodes.LibraryMissing;
        }
        try
        {
            paths.EnsureRuntimeFolder();
            var hostLock = Libc.open(paths.HostLock, Libc.ReadWrite | Libc.Create | Libc.NoFollow | Libc.CloseOnExec, 0x180);
            if (hostLock < 0)
            {
                throw new IOException($"{paths.HostLock} cannot be written");
            }
            if (!Descriptor.TryLock(hostLock))
            {
                return ExitCodes.AnotherHost;
            }
            Build.Mark(hostLock);
            _ = Libc.unlink(paths.Socket); // left by a host that was killed: the lock proves that it is dead
            using var server = new HostServer(paths, log, hostLock, UnixSocket.Listen(paths.Socket));
            return server.Serve(isAwaited);
        }
        catch (IOException cannot)
        {
            log.CannotListen(cannot.Message);
            return ExitCodes.CannotListen;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private int Serve(bool isAwaited)
    {
        // A termination signal ends the runtime in order: keys are zeroed first.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => _session.Lock("stopped");
        Report(isAwaited, HostLink.Ready);
        _log.HostStarted(); // not sooner: somebody waits for that word
        Span<Libc.PollEntry> entries = [new Libc.PollEntry { Descriptor = _listener, Events = Libc.PollIn }];
        while (true)
        {
            var lonely = Volatile.Read(ref _ports) == 0 && !_session.IsOpen;
            if (!Descriptor.Poll(LonelyMilliseconds, entries))
            {
                if (lonely && Volatile.Read(ref _ports) == 0)
                {
                    _session.Lock("stopped");
                }
                continue;
            }
            var descriptor = UnixSocket.Accept(_listener);
            if (descriptor >= 0)
            {
                Admit(descriptor);
            }
            else if (_session.HasEnded)
            {
                Thread.Sleep(Timeout.Infinite); // the thread that locked ends the process
            }
        }
    }

    private void Admit(int descriptor)
    {
        var user = UnixSocket.PeerUser(descriptor);
        if (user != Libc.geteuid())
        {
            _log.ForeignPeer(user);
            _ = Libc.close(descriptor);
            return;
        }
        Interlocked.Increment(ref _ports);
        var port = new Port(descriptor, _session, _log);
        new Thread(() => ServePort(port), PortStackBytes) { IsBackground = true }.Start();
    }

    private void ServePort(Port port)
    {
        try
        {
            port.Serve();
        }
        finally
        {
            port.Dispose();
            Interlocked.Decrement(ref _ports);
        }
    }

    /// <summary>Lets the next host take over before this one has finished wiping.</summary>
    private void StopListening()
    {
        _ = Libc.unlink(_paths.Socket);
        _ = Libc.shutdown(_listener, Libc.ShutBoth);
        _ = Libc.flock(_hostLock, Libc.LockUnlock);
    }

    private void End(string reason)
    {
        _log.HostEnded(reason);
        Libc._exit(ExitCodes.Ok);
    }

    /// <summary>
    /// Answers a request of nobody's in a session of its own, while the socket is made: the first answer loads more code than all that
    /// the host did before, and the browser that started it waits for just that.
    /// </summary>
    private static void Warm(Paths paths, Log log)
    {
        var hello = """{"id":1,"type":"hello","protocol":{"min":1,"max":1},"client":"cli","version":"0","capabilities":[],"locale":"en"}"""u8;
        // JSON first: that is half of the time, and the thread that listens makes a session of its own meanwhile.
        using var writer = new ReplyWriter();
        var request = RequestReader.Read(hello.ToArray(), out _);
        using var session = new Session(new SessionOptions { Paths = paths, Time = TimeProvider.System, Log = log, IsHost = true });
        writer.Write(1, session.Handle(new Client(new Nobody()), request));
        _ = SHA256.HashData([]); // loads OpenSSL, which the first unlock would else wait for
    }

    private sealed class Nobody : IEventSink
    {
        public void Send(string name, string? reason)
        {
        }
    }

    private static void Report(bool isAwaited, byte word)
    {
        if (!isAwaited)
        {
            return; // started by hand: the descriptor is somebody else's
        }
        _ = Descriptor.TryWrite(HostLink.ReadyDescriptor, [word]);
        _ = Libc.close(HostLink.ReadyDescriptor);
    }
}
