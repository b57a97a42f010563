using Host.Native;
using Host.Protocol;

namespace Host.Service;

/// <summary>
/// One connection to the host: reads requests and answers them in order on a thread of its own. Events come from other threads.
/// </summary>
internal sealed class Port : IEventSink, IDisposable
{
    private const int SendTimeoutSeconds = 2;

    private readonly int _descriptor;
    private readonly Session _session;
    private readonly Log _log;
    private readonly Client _client;
    private readonly PartReader _parts = new();
    private readonly ReplyWriter _events = new();
    private readonly Gate _writeGate = new();
    private bool _closed;

    public Port(int descriptor, Session session, Log log)
    {
        UnixSocket.SetSendTimeout(descriptor, SendTimeoutSeconds);
        _descriptor = descriptor;
        _session = session;
        _log = log;
        _client = new Client(this) { Terminal = TerminalSession.OfPeer(descriptor), BrowserProcess = BrowserProcess.OfPeer(descriptor) };
    }

    /// <summary>Serves until the other side leaves or sends what is no frame.</summary>
    public void Serve()
    {
        using var reader = new FrameReader(_descriptor, Limits.ToHostBytes);
        using var writer = new ReplyWriter();
        try
        {
            for (var frame = reader.Read(); !frame.IsEmpty; frame = reader.Read())
            {
                if (!TryAnswer(frame[Limits.HeaderBytes..], writer))
                {
                    continue;
                }
                if (!TrySend(writer))
                {
                    break;
                }
                _session.AfterReply(_client);
            }
        }
        catch (FrameException notAFrame)
        {
            _log.NotAFrame(notAFrame.Message);
            writer.Write(0, ErrorKind.BadMessageError("what came is not a frame").Error);
            TrySend(writer);
        }
        finally
        {
            _session.Leave(_client);
        }
    }

    /// <inheritdoc/>
    public void Send(string name, string? reason)
    {
        lock (_writeGate)
        {
            if (!_closed)
            {
                _events.WriteEvent(name, reason);
                if (!_events.Frame.TrySend(_descriptor))
                {
                    _ = Libc.shutdown(_descriptor, Libc.ShutBoth); // half a frame may be out; its own thread closes it
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writeGate)
        {
            _closed = true;
            _ = Libc.close(_descriptor);
            _events.Dispose();
            _parts.Dispose();
        }
    }

    /// <returns>Whether there is an answer to send; not while parts of the message are missing.</returns>
    private bool TryAnswer(ReadOnlyMemory<byte> payload, ReplyWriter writer)
    {
        long id = 0;
        try
        {
            // A hello is never long: who has not said it has no memory of ours to fill.
            var message = _client.SaidHello ? _parts.Take(payload, out id) : payload;
            if (message.IsEmpty)
            {
                return false;
            }
            var request = RequestReader.Read(message, out id);
            try
            {
                var reply = _session.Handle(_client, request);
                writer.Write(id, reply, _client.TakesParts ? Limits.MessageBytes : Limits.FromHostBytes);
                reply.Forget();
            }
            finally
            {
                request.Forget();
            }
        }
        catch (ProtocolException refusal)
        {
            writer.Write(id, refusal.Error);
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            // The one place where a bug is kept from ending every browser's session: it is written down and answered.
            _log.Failed(bug);
            writer.Write(id, new ErrorReply(ErrorKind.Internal, "the host has a bug; its log says where", "latchkey doctor"));
        }
        _parts.Forget();
        return true;
    }

    private bool TrySend(ReplyWriter reply)
    {
        lock (_writeGate)
        {
            return PartWriter.TrySend(reply.Frame, reply.Id, Limits.FromHostBytes, _descriptor);
        }
    }
}
