using Host.Native;
using Host.Protocol;

namespace Host.Client;

/// <summary>A host behind its socket. One request at a time; events are left out, an event that the vault was locked ends it.</summary>
internal sealed class SocketConnection(int descriptor) : IHostConnection
{
    private readonly Gate _gate = new();
    private readonly FrameReader _reader = new(descriptor, Limits.FromHostBytes);
    private readonly FrameBuffer _frame = new();
    private long _lastId;
    private bool _closed;

    /// <inheritdoc/>
    public async Task<Reply> AskAsync(Request request, CancellationToken cancellationToken = default)
    {
        // A blocked read ends when its socket does.
        await using var cancellation = cancellationToken.Register(() => Libc.shutdown(descriptor, Libc.ShutBoth));
        var reply = await Task.Run(() => Ask(request), CancellationToken.None).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return reply;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _closed = true;
                _ = Libc.close(descriptor);
                _reader.Dispose();
                _frame.Dispose();
            }
        }
        return ValueTask.CompletedTask;
    }

    private Reply Ask(Request request)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var id = ++_lastId;
            RequestWriter.Write(_frame, id, request);
            if (!_frame.TrySend(descriptor))
            {
                throw Ended();
            }
            try
            {
                for (var frame = _reader.Read(); !frame.IsEmpty; frame = _reader.Read())
                {
                    if (ReplyReader.Read(frame[Limits.HeaderBytes..], id, request) is { } reply)
                    {
                        return reply;
                    }
                }
            }
            catch (FrameException)
            {
                // It died inside a frame: the same as its end.
            }
            throw Ended();
        }
    }

    private static ProtocolException Ended() => ErrorKind.Error(ErrorKind.Locked, "the host ended before it answered", "unlock");
}
