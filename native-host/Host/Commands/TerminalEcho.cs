using System.Runtime.InteropServices;

namespace Host.Commands;

/// <summary>
/// Switches a terminal's echo off while a secret is typed, and on again on every way out: <see cref="Dispose"/>, or
/// <see cref="RestoreNow"/> from a signal's handler. See termios(3); the layout is that of Linux.
/// </summary>
internal sealed partial class TerminalEcho : IDisposable
{
    private const int StandardInput = 0;
    private const int AfterDrainingAndFlushing = 2; // TCSAFLUSH: what was typed before the prompt is not the passphrase
    private const int LocalFlagsOffset = 3 * sizeof(uint);
    private const uint EchoFlag = 0x8;
    private const int MoreThanSizeOfTermios = 128;

    private static readonly Gate _gate = new();
    private static byte[]? _saved;

    private TerminalEcho() { }

    /// <summary>Switches the echo of standard input off.</summary>
    /// <returns>What switches it on again, or <see langword="null"/> if standard input is no terminal that can.</returns>
    public static TerminalEcho? Off()
    {
        lock (_gate)
        {
            var settings = new byte[MoreThanSizeOfTermios];
            if (GetAttributes(StandardInput, settings) != 0)
            {
                return null;
            }
            var saved = settings.ToArray();
            var flags = BitConverter.ToUInt32(settings, LocalFlagsOffset);
            BitConverter.TryWriteBytes(settings.AsSpan(LocalFlagsOffset), flags & ~EchoFlag);
            if (SetAttributes(StandardInput, AfterDrainingAndFlushing, settings) != 0)
            {
                return null;
            }
            _saved = saved;
            return new TerminalEcho();
        }
    }

    /// <summary>Switches the echo on again, if it is off.</summary>
    public static void RestoreNow()
    {
        lock (_gate)
        {
            if (_saved is { } saved)
            {
                _ = SetAttributes(StandardInput, AfterDrainingAndFlushing, saved);
                _saved = null;
            }
        }
    }

    public void Dispose() => RestoreNow();

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetAttributes(int descriptor, byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetAttributes(int descriptor, int when, byte[] settings);
}
