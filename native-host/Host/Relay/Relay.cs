using System.Globalization;
using System.Runtime.CompilerServices;
using Host.Native;
using Host.Protocol;

namespace Host.Relay;

/// <summary>
/// What a browser starts: copies frames between the browser's pipes and the host's socket. See native-host/docs/protocol.md, "The relay".
/// Two blocking threads, one a direction: nothing is quicker, and nothing is smaller.
/// </summary>
internal sealed class Relay : IDisposable
{
    private const int Input = 0, Output = 1;
    private const int PumpStackBytes = 256 * 1024;

    /// <summary>How many hosts in a row may end before they answer the hello.</summary>
    private const int MaxHellosLost = 3;

    private readonly Paths _paths;
    private readonly FrameReader _fromBrowser = new(Input, Limits.ToHostBytes);
    private readonly Gate _hostGate = new();
    private readonly Gate _outputGate = new();

    private int _host = -1;
    private byte[]? _hello;
    private volatile bool _helloAnswered;
    private bool _askedMore;
    private int _hellosLost;

    private Relay(Paths paths) => _paths = paths;

    /// <summary>Serves a browser until it closes the port.</summary>
    /// <param name="arguments">What the browser passed: who the extension is. Before it, perhaps, <see cref="Roles.Beside"/> and a process id.</param>
    /// <returns>The exit code.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        var beside = 0;
        var caller = arguments;
        if (arguments is [Roles.Beside, var id, ..] && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out beside) && beside > 0)
        {
            caller = arguments[2..];
        }
        LeaveTerminal();
        _ = Libc.signal(Libc.ChildSignal, Libc.IgnoreSignal); // a host that it started and that ended leaves no zombie behind
        using var relay = new Relay(Paths.FromEnvironment());
        try
        {
            return Callers.MayStartRelay(caller) ? relay.Serve(beside) : relay.RefuseCaller();
        }
        catch (FrameException)
        {
            relay.Answer(0, ErrorKind.BadMessageError("what came is not a frame").Error);
            return ExitCodes.Refused;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _fromBrowser.Dispose();

    /// <summary>A browser that was started in a terminal does not speak for that terminal's session.</summary>
    private static void LeaveTerminal()
    {
        var terminal = Libc.open("/dev/tty", Libc.CloseOnExec, 0);
        if (terminal >= 0)
        {
            _ = Libc.ioctl(terminal, Libc.GiveUpTerminal, 0);
            _ = Libc.close(terminal);
        }
    }

    private int RefuseCaller()
    {
        var frame = _fromBrowser.Read();
        if (!frame.IsEmpty)
        {
            var id = RequestReader.IdOf(frame[Limits.HeaderBytes..]);
            Answer(id, new ErrorReply(ErrorKind.NotAllowed, "this caller may not use latchkey", "latchkey install"));
        }
        return ExitCodes.Refused;
    }

    private int Serve(int beside)
    {
        // Before the hello is read: the browser writes it while the host is reached or starts. What fails here is told with the first frame.
        try
        {
            _host = beside > 0 ? HostLink.AwaitBeside(_paths, beside, abandonOn: Input) : -1;
            Connect();
        }
        catch (ProtocolException)
        {
            _host = -1;
        }
        while (true)
        {
            var frame = _fromBrowser.Read();
            if (frame.IsEmpty)
            {
                return ExitCodes.Ok;
            }
            try
            {
                Forward(frame.Span);
            }
            catch (ProtocolException failed)
            {
                Answer(RequestReader.IdOf(frame[Limits.HeaderBytes..]), failed.Error);
            }
        }
    }

    /// <summary>Passes a frame on. One that the host does not take any more is lost, and the <c>locked</c> event says so.</summary>
    private void Forward(ReadOnlySpan<byte> frame)
    {
        lock (_hostGate)
        {
            if (_host < 0)
            {
                Connect();
            }
            if (_hello is null)
            {
                _hello = GC.AllocateUninitializedArray<byte>(frame.Length, pinned: true);
                frame.CopyTo(_hello);
            }
            else if (!_helloAnswered)
            {
                _askedMore = true;
            }
            _ = Descriptor.TryWrite(_host, frame);
        }
    }

    private void Connect()
    {
        if (_host < 0)
        {
            _host = HostLink.ConnectOrStart(_paths, abandonOn: Input);
        }
        var host = _host;
        var dropsFirst = _helloAnswered;
        if (_hello is not null)
        {
            _ = Descriptor.TryWrite(host, _hello);
        }
        new Thread(() => PumpToBrowser(host, dropsFirst), PumpStackBytes) { IsBackground = true }.Start();
    }

    private void PumpToBrowser(int host, bool dropsFirst)
    {
        var (answered, saidLocked) = (dropsFirst, false);
        using (var reader = new FrameReader(host, Limits.FromHostBytes))
        {
            try
            {
                for (var frame = reader.Read(); !frame.IsEmpty; frame = reader.Read())
                {
                    if (dropsFirst)
                    {
                        dropsFirst = false;
                        continue;
                    }
                    if (frame.Span[Limits.HeaderBytes..].StartsWith("{\"event\":\"locked\""u8))
                    {
                        if (!answered)
                        {
                            break; // it ends before its answer: the next host gives one
                        }
                        saidLocked = true;
                        Abandon(host); // before the browser hears of it: what it sends next is for the next host
                    }
                    answered = _helloAnswered = true; // before the browser hears of it: it may ask more at once
                    Send(frame.Span);
                }
            }
            catch (FrameException)
            {
                // The host died inside a frame: the same as its end.
            }
        }
        Abandon(host);
        _ = Libc.close(host);
        if (!saidLocked && (answered || !IsForTheNextHost()))
        {
            SayStopped();
        }
    }

    /// <summary>
    /// Says the hello to the next host if this one ended without an answer and nothing else was asked of it: it was about to lock
    /// when it was reached. The browser hears nothing of it.
    /// </summary>
    /// <returns>Whether no request is lost.</returns>
    private bool IsForTheNextHost()
    {
        lock (_hostGate)
        {
            if (_host >= 0 || _hello is null)
            {
                return !_askedMore; // the next one has it already, or nothing was asked yet
            }
            if (_askedMore || ++_hellosLost > MaxHellosLost)
            {
                (_hello, _askedMore, _hellosLost) = (null, false, 0); // the client says hello again
                return false;
            }
            try
            {
                Connect();
            }
            catch (ProtocolException failed)
            {
                var id = RequestReader.IdOf(_hello.AsMemory(Limits.HeaderBytes));
                _hello = null; // it is answered, and the client may say another
                Answer(id, failed.Error);
            }
            return true;
        }
    }

    private void Abandon(int host)
    {
        lock (_hostGate)
        {
            if (_host != host)
            {
                return; // another one is in its place already
            }
            _host = -1;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // JSON is loaded only when the relay itself must speak
    private void SayStopped()
    {
        using var writer = new ReplyWriter();
        writer.WriteEvent("locked", "stopped");
        Send(writer.Frame);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Answer(long id, ErrorReply error)
    {
        using var writer = new ReplyWriter();
        writer.Write(id, error);
        Send(writer.Frame);
    }

    private void Send(ReadOnlySpan<byte> frame)
    {
        lock (_outputGate)
        {
            if (!Descriptor.TryWrite(Output, frame))
            {
                Libc._exit(ExitCodes.Ok); // the browser is gone
            }
        }
    }

    private void Send(FrameBuffer frame)
    {
        lock (_outputGate)
        {
            if (!frame.TrySend(Output))
            {
                Libc._exit(ExitCodes.Ok);
            }
        }
    }
}
