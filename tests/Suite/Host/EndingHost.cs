using System.Runtime.Versioning;
using System.Text;
using Host;
using Host.Native;
using Host.Protocol;

namespace Suite.Hosting;

/// <summary>A host at its end, played by the test: it still listens and answers nothing.</summary>
[SupportedOSPlatform("linux")]
internal sealed class EndingHost : IDisposable
{
    private readonly Paths _paths;
    private int _listener;

    public EndingHost(Paths paths)
    {
        _paths = paths;
        paths.EnsureRuntimeFolder();
        _listener = UnixSocket.Listen(paths.Socket);
        File.SetUnixFileMode(paths.Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Takes one connection and ends, as a host does that had locked just before.</summary>
    public void End()
    {
        var port = UnixSocket.Accept(_listener);
        Dispose();
        _ = Libc.close(port);
    }

    /// <summary>Takes one connection, reads the hello and what follows it, says its last words and ends.</summary>
    /// <param name="lastWords">A message, or nothing.</param>
    /// <param name="further">How many requests follow the hello.</param>
    public void EndAfterHello(string lastWords, int further = 0)
    {
        var port = UnixSocket.Accept(_listener);
        using var reader = new FrameReader(port, Limits.ToHostBytes);
        for (var read = 0; read <= further; read++)
        {
            reader.Read();
        }
        Dispose();
        if (lastWords.Length > 0)
        {
            var payload = Encoding.UTF8.GetBytes(lastWords);
            _ = Descriptor.TryWrite(port, [.. BitConverter.GetBytes(payload.Length), .. payload]);
        }
        _ = Libc.close(port);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_listener >= 0)
        {
            File.Delete(_paths.Socket);
            _ = Libc.close(_listener);
            _listener = -1;
        }
    }
}
