using System.Diagnostics;
using Host.Protocol;

namespace Host.Commands;

/// <summary>
/// A program of the desktop that offers a text as the clipboard for as long as it runs, and ends by itself when another program copies
/// something. So nothing has to be read back to know whether our text is still there, and ending the program clears it.
/// </summary>
internal sealed class Clipboard
{
    private static readonly Gate _gate = new();
    private static Process? _running;

    private readonly ProcessStartInfo _start;

    private Clipboard(string program, params string[] arguments) => _start = new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    /// <summary>Finds the program for this desktop.</summary>
    /// <exception cref="ProtocolException"><c>noClipboard</c>: there is no desktop here, or no such program.</exception>
    public static Clipboard Find()
    {
        var isWayland = IsSet("WAYLAND_DISPLAY");
        if (!isWayland && !IsSet("DISPLAY"))
        {
            throw Failure.Of("noClipboard", "there is no desktop here whose clipboard could be used", "run it in a terminal of the desktop");
        }
        if (isWayland && IsInPath("wl-copy"))
        {
            // Newer versions can mark the text as a secret, which clipboard managers then do not keep.
            return Says("wl-copy", "--help", "--sensitive")
                ? new Clipboard("wl-copy", "--foreground", "--type", "text/plain", "--sensitive")
                : new Clipboard("wl-copy", "--foreground", "--type", "text/plain");
        }
        if (IsSet("DISPLAY") && IsInPath("xclip"))
        {
            return new Clipboard("xclip", "-quiet", "-selection", "clipboard");
        }
        if (IsSet("DISPLAY") && IsInPath("xsel"))
        {
            return new Clipboard("xsel", "--nodetach", "--input", "--clipboard");
        }
        throw Failure.Of(
            "noClipboard", "no program was found that reaches the clipboard",
            isWayland ? "install wl-clipboard, which has wl-copy" : "install xclip");
    }

    /// <summary>Offers a text until the time is over, another program copies something, or <see cref="ClearNow"/> is called.</summary>
    /// <returns>Whether it was still there at the end, and so was cleared.</returns>
    /// <exception cref="ProtocolException"><c>noClipboard</c>: the program failed.</exception>
    public async Task<bool> OfferAsync(Secret text, TimeSpan time, CancellationToken cancellation)
    {
        using var process = Process.Start(_start)!;
        lock (_gate)
        {
            _running = process;
        }
        try
        {
            var messages = process.StandardError.ReadToEndAsync(cancellation);
            _ = process.StandardOutput.ReadToEndAsync(cancellation);
            // Whoever ends before reading says why with its exit code.
            await IgnoreEnd(() => process.StandardInput.BaseStream.Write(text.Utf8), process);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            timeout.CancelAfter(time);
            try
            {
                await process.WaitForExitAsync(timeout.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return true;
            }
            return process.ExitCode == 0
                ? false
                : throw Failure.Of("noClipboard", $"{_start.FileName} could not copy: {Failure.LowerCase(Output.Clean(await messages))}", "try it in a terminal of the desktop");
        }
        finally
        {
            ClearNow();
        }
    }

    /// <summary>Takes the text out of the clipboard, if it is still there.</summary>
    public static void ClearNow()
    {
        lock (_gate)
        {
            if (_running is { HasExited: false } process)
            {
                process.Kill();
            }
            _running = null;
        }
    }

    private static async Task IgnoreEnd(Action write, Process process)
    {
        try
        {
            write();
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            await process.WaitForExitAsync();
        }
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };

    private static bool IsInPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Join(folder, program)));

    private static bool Says(string program, string argument, string word)
    {
        using var process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var help = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        return help.Contains(word, StringComparison.Ordinal);
    }
}
