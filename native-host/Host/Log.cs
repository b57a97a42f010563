using System.Globalization;
using System.Text;
using Host.Native;

namespace Host;

/// <summary>
/// What the host writes to its log, a line each: time, level, event id, words. Every line is a method here, and none takes a text that
/// came from a message or a vault.
/// </summary>
/// <param name="descriptor">Where to, or -1 for nowhere.</param>
internal sealed class Log(int descriptor)
{
    /// <summary>Standard error: the log file in a host that a relay started, the terminal otherwise.</summary>
    public static Log ToStandardError { get; } = new(2);

    /// <summary>For a vault opened inside a command.</summary>
    public static Log None { get; } = new(-1);

    public void HostStarted() => Write("info", 1001, $"host {Environment.ProcessId} listens");

    public void HostEnded(string reason) => Write("info", 1002, $"host {Environment.ProcessId} ends: {reason}");

    public void CannotListen(string message) => Write("error", 1003, message);

    public void LibraryMissing() => Write("error", 1004, "libargon2.so.1 or libsodium.so.23 is not installed");

    public void ForeignPeer(uint? user) => Write("warn", 1101, $"a connection of user {user} was refused");

    public void NotAFrame(string message) => Write("warn", 1102, $"a port was closed: {message}");

    public void Unlocked(int items, long milliseconds) => Write("info", 1201, $"unlocked, {items} items, {milliseconds} ms");

    public void ProfileAdded() => Write("info", 1202, "a browser profile gave the passphrase for the first time");

    public void PassphraseRefused() => Write("warn", 1203, "a passphrase was refused");

    public void SecretsLimited() => Write("warn", 1204, "a client asked for the secrets of too many items");

    public void ProfileNotKept() => Write("warn", 1205, "the vault cannot be written: a browser profile will have to give the passphrase again");

    /// <summary>A bug. The trace names methods; the exception's message is left out, since it may quote data.</summary>
    public void Failed(Exception bug) => Write("error", 1901, $"{bug.GetType().Name}{Environment.NewLine}{bug.StackTrace}");

    private void Write(string level, int id, string words)
    {
        if (descriptor >= 0)
        {
            // The one format that the library writes without reading a culture first; of its digits, milliseconds are enough.
            var time = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture).AsSpan(0, "yyyy-MM-ddTHH:mm:ss.fff".Length);
            _ = Descriptor.TryWrite(descriptor, Encoding.UTF8.GetBytes($"{time}Z {level} {id} {words}\n"));
        }
    }
}
