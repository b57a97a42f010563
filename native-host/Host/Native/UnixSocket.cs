using System.Text;

namespace Host.Native;

/// <summary>Stream sockets of the file system, as bare blocking descriptors: a thread a port is the shortest way a frame can take.</summary>
internal static unsafe class UnixSocket
{
    /// <summary>The longest path of a socket, in bytes: <c>sun_path</c> without its end.</summary>
    public const int MaxPathBytes = 107;

    private const int PathOffset = sizeof(ushort);
    private const int Backlog = 128;

    /// <summary>Connects.</summary>
    /// <returns>The descriptor, or -1 if nobody listens there.</returns>
    public static int Connect(string path)
    {
        Span<byte> address = stackalloc byte[PathOffset + MaxPathBytes + 1];
        var length = Address(path, address);
        var descriptor = New();
        fixed (byte* start = address)
        {
            if (Libc.connect(descriptor, start, length) == 0)
            {
                return descriptor;
            }
        }
        _ = Libc.close(descriptor);
        return -1;
    }

    /// <summary>Binds and listens; the path must be free. The umask decides who may connect.</summary>
    /// <exception cref="IOException">The path is taken or cannot be written.</exception>
    public static int Listen(string path)
    {
        Span<byte> address = stackalloc byte[PathOffset + MaxPathBytes + 1];
        var length = Address(path, address);
        var descriptor = New();
        fixed (byte* start = address)
        {
            if (Libc.bind(descriptor, start, length) != 0 || Libc.listen(descriptor, Backlog) != 0)
            {
                _ = Libc.close(descriptor);
                throw new IOException("the socket of the host cannot be made");
            }
        }
        return descriptor;
    }

    /// <summary>Takes the next connection.</summary>
    /// <returns>The descriptor, or -1 if there was none after all.</returns>
    public static int Accept(int listener) => Libc.accept4(listener, null, null, Libc.CloseOnExec);

    /// <summary>The uid of the process at the other end, as it was when it connected or listened.</summary>
    /// <returns>The uid, or <see langword="null"/> if the system does not say.</returns>
    public static uint? PeerUser(int descriptor) => Peer(descriptor)?.User;

    /// <summary>The id of the process at the other end, as it was when it connected or listened.</summary>
    /// <returns>The id, or <see langword="null"/> if the system does not say.</returns>
    public static int? PeerProcess(int descriptor) => Peer(descriptor) is { Process: > 0 } peer ? peer.Process : null;

    /// <summary>Makes writes give up when the other side does not read.</summary>
    public static void SetSendTimeout(int descriptor, int seconds)
    {
        var time = stackalloc long[2] { seconds, 0 };
        _ = Libc.setsockopt(descriptor, Libc.SocketLevel, Libc.SendTimeout, (byte*)time, 2 * sizeof(long));
    }

    private static (int Process, uint User)? Peer(int descriptor)
    {
        var credentials = stackalloc uint[3]; // pid, uid, gid
        var length = 3u * sizeof(uint);
        return Libc.getsockopt(descriptor, Libc.SocketLevel, Libc.PeerCredentials, (byte*)credentials, &length) == 0
            ? ((int)credentials[0], credentials[1])
            : null;
    }

    private static int New()
    {
        var descriptor = Libc.socket(Libc.UnixFamily, Libc.StreamSocket | Libc.CloseOnExec, 0);
        return descriptor >= 0 ? descriptor : throw new IOException("no more descriptors");
    }

    private static uint Address(string path, Span<byte> address)
    {
        address.Clear();
        address[0] = Libc.UnixFamily;
        var length = Encoding.UTF8.GetByteCount(path);
        if (length > MaxPathBytes)
        {
            throw new IOException($"the path of the socket has {length} bytes, {MaxPathBytes} are possible");
        }
        Encoding.UTF8.GetBytes(path, address[PathOffset..]);
        return (uint)(PathOffset + length + 1);
    }
}
