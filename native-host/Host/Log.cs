using System.Globalization;
using System.Text;
using Host.Native;

namespace Host;

/// <summary>
/// What the host writes to its log, a line each: time, level, event id, words. Every line is a method here, and none takes a text that
/// came from a message or a vault.
/// </summary>
/// <param name="paths">Where the log is, or <see langword="null"/> for nowhere.</param>
internal sealed class Log(Paths? paths)
{
    private const int StandardError = 2;
    private const string OlderEnd = ".1";
    private const long MaxBytes = 256 * 1024;

    private const string ProfileWords = "a browser profile gave the passphrase for the first time";

    private readonly Gate _gate = new();
    private long? _bytes;

    /// <summary>For a vault opened inside a command.</summary>
    public static Log None { get; } = new(null);

    /// <summary>Whether the log knows of a browser that has connected. It forgets, so that it does not means little.</summary>
    public static bool TellsOfProfile(Paths paths)
    {
        try
        {
            return new[] { paths.HostLog, paths.HostLog + OlderEnd }.Where(File.Exists)
                .Any(log => File.ReadLines(log).Any(line => line.EndsWith(ProfileWords, StringComparison.Ordinal)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void HostStarted() => Write("info", 1001, $"host {Environment.ProcessId} listens");

    public void HostEnded(string reason) => Write("info", 1002, $"host {Environment.ProcessId} ends: {reason}");

    public void CannotListen(string message) => Write("error", 1003, message);

    public void LibraryMissing() => Write("error", 1004, "libargon2.so.1 or libsodium.so.23 is not installed");

    public void ForeignPeer(uint? user) => Write("warn", 1101, $"a connection of user {user} was refused");

    public void NotAFrame(string message) => Write("warn", 1102, $"a port was closed: {message}");

    public void Unlocked(int items, long milliseconds) => Write("info", 1201, $"unlocked, {items} items, {milliseconds} ms");

    public void ProfileAdded() => Write("info", 1202, ProfileWords);

    public void PassphraseRefused() => Write("warn", 1203, "a passphrase was refused");

    public void SecretsLimited() => Write("warn", 1204, "a client asked for the secrets of too many items");

    public void ProfileNotKept() => Write("warn", 1205, "the vault cannot be written: a browser profile will have to give the passphrase again");

    public void GeneratedNotWritten() => Write("warn", 1206, "the vault cannot be written: generated passwords are in memory only");

    public void NewPasswordNotWritten() => Write("warn", 1207, "the vault cannot be written: a new password is not in its item");

    public void NoLogind() => Write("warn", 1301, "logind is not heard: the screen lock and a user switch do not lock the vault");

    /// <summary>A bug. The trace names methods; the exception's message is left out, since it may quote data.</summary>
    public void Failed(Exception bug) => Write("error", 1901, $"{bug.GetType().Name}{Environment.NewLine}{bug.StackTrace}");

    private void Write(string level, int id, string words)
    {
        if (paths is null)
        {
            return;
        }
        // The one format that the library writes without reading a culture first; of its digits, milliseconds are enough.
        var time = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture).AsSpan(0, "yyyy-MM-ddTHH:mm:ss.fff".Length);
        var line = Encoding.UTF8.GetBytes($"{time}Z {level} {id} {words}\n");
        lock (_gate)
        {
            if (_bytes is null or > MaxBytes)
            {
                _bytes = Open(paths);
            }
            _bytes += line.Length;
            _ = Descriptor.TryWrite(StandardError, line);
        }
    }

    /// <summary>
    /// Makes the file this process's standard error, so that the runtime's last words are in it too; one that is full becomes the older.
    /// Where it cannot be opened, standard error stays what it was: no host ends for its log.
    /// </summary>
    /// <returns>How long it is.</returns>
    private static long Open(Paths paths)
    {
        Paths.MakeFolder(paths.StateFolder);
        var bytes = FileFacts.Of(paths.HostLog)?.Bytes ?? 0;
        if (bytes > MaxBytes)
        {
            _ = Libc.rename(paths.HostLog, paths.HostLog + OlderEnd);
            bytes = 0;
        }
        var file = Libc.open(paths.HostLog, Libc.WriteOnly | Libc.Create | Libc.Append | Libc.NoFollow | Libc.CloseOnExec, 0x180);
        if (file >= 0)
        {
            _ = Libc.dup2(file, StandardError);
            _ = Libc.close(file);
        }
        return bytes;
    }
}
