using System.Runtime.InteropServices;
using Host.Protocol;

namespace Host.Commands;

/// <summary>
/// Ends the command at Ctrl-C and its like: the terminal echoes again, the clipboard is cleared, the one JSON document is still printed, and the exit
/// code says so. Nothing half done stays behind, because every write is atomic.
/// </summary>
internal sealed class EndingSignals : IDisposable
{
    private static readonly PosixSignal[] _signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    private readonly PosixSignalRegistration[] _registrations;

    public EndingSignals(Output output)
    {
        _registrations = [.. _signals.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true; // or the runtime ends the process before the lines below
            TerminalEcho.RestoreNow();
            Clipboard.ClearNow();
            output.Fail(new ErrorReply("interrupted", "interrupted", "nothing half done was left behind"));
            Environment.Exit(ExitCode.Interrupted);
        }))];
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }
}
