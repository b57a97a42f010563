using Host.Native;
using Host.Protocol;

namespace Host.Client;

/// <summary>A host behind its socket. One request at a time; events are left out, an event that the vault was locked ends it.</summary>
internal sealed class SocketConnection(int descriptor) : IHostConnection
{
    private readonly Gate _gate = new();
    private readonly FrameReader _reader = new(descriptor, Limits.FromHostBytes);
    private readonly PartReader _parts = new();
    private readonly FrameBuffer _frame = new();
    private int _longestRequest = Limits.ToHostBytes;
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
                _parts.Dispose();
                _frame.Dispose();
            }
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits until the host has closed the connection.</summary>
    public void AwaitEnd()
    {
        lock (_gate)
        {
            try
            {
                while (!_reader.Read().IsEmpty)
                {
                    // events
                }
            }
            catch (FrameException)
            {
                // It ended inside a frame.
            }
        }
    }

    private Reply Ask(Request request)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var id = ++_lastId;
            RequestWriter.Write(_frame, id, request);
            if (_frame.PayloadBytes > _longestRequest)
            {
                _frame.Clear();
                throw ErrorKind.BadMessageError("the request is longer than the host takes");
            }
            if (!PartWriter.TrySend(_frame, id, Limits.ToHostBytes, descriptor))
            {
                throw Ended();
            }
            try
            {
                for (var frame = _reader.Read(); !frame.IsEmpty; frame = _reader.Read())
                {
                    var message = _parts.Take(frame[Limits.HeaderBytes..], out _);
                    if (!message.IsEmpty && ReplyReader.Read(message, id, request) is { } reply)
                    {
                        if (reply is Welcome welcome && welcome.Capabilities.Contains(Limits.Parts))
                        {
                            _longestRequest = Limits.MessageBytes;
                        }
                        return reply;
                    }
                }
            }
            catch (FrameException)
            {
                // It died inside a frame: the same as its end.
            }
            finally
            {
                _parts.Forget();
            }
            throw Ended();
        }
    }

    private static ProtocolException Ended() => ErrorKind.Error(ErrorKind.Locked, "the host ended before it answered", "unlock");
}
