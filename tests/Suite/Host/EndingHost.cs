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
    private const int PatienceMilliseconds = 10_000;

    private readonly Paths _paths;
    private int _listener;
    private int _port = -1;

    public EndingHost(Paths paths)
    {
        _paths = paths;
        paths.EnsureRuntimeFolder();
        _listener = UnixSocket.Listen(paths.Socket);
        File.SetUnixFileMode(paths.Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Takes the next connection and reads what comes first.</summary>
    /// <param name="frames">How many frames.</param>
    /// <exception cref="TimeoutException">Nobody connects.</exception>
    public void Take(int frames)
    {
        if (!Descriptor.Poll(PatienceMilliseconds, [new Libc.PollEntry { Descriptor = _listener, Events = Libc.PollIn }]))
        {
            throw new TimeoutException("nobody connects to the host");
        }
        _port = UnixSocket.Accept(_listener);
        using var reader = new FrameReader(_port, Limits.ToHostBytes);
        for (var read = 0; read < frames; read++)
        {
            reader.Read();
        }
    }

    /// <summary>Closes the connection and goes on listening.</summary>
    public void Drop()
    {
        _ = Libc.close(_port);
        _port = -1;
    }

    /// <summary>Ends, as a host does that had locked just before.</summary>
    /// <param name="lastWords">A message, or nothing.</param>
    public void End(string lastWords = "")
    {
        StopListening();
        if (lastWords.Length > 0)
        {
            var payload = Encoding.UTF8.GetBytes(lastWords);
            _ = Descriptor.TryWrite(_port, [.. BitConverter.GetBytes(payload.Length), .. payload]);
        }
        Drop();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        StopListening();
        if (_port >= 0)
        {
            Drop();
        }
    }

    private void StopListening()
    {
        if (_listener >= 0)
        {
            File.Delete(_paths.Socket);
            _ = Libc.close(_listener);
            _listener = -1;
        }
    }
}
