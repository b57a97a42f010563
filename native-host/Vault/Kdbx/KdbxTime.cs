using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Vault.Kdbx;

/// <summary>Times of KDBX: in 4.x the seconds since the year 1 as base64 of 8 bytes, in 3.1 ISO 8601. Both forms are read anywhere.</summary>
internal static class KdbxTime
{
    /// <summary>How many characters a written time has.</summary>
    internal const int Characters = 12;

    private const long MaxSeconds = 315537897599; // 9999-12-31T23:59:59

    /// <summary>The elements that hold a time.</summary>
    internal static bool IsTimeElement(ReadOnlySpan<byte> name) =>
        name.EndsWith("Time"u8) || name.EndsWith("Changed"u8);

    /// <summary>Reads either form.</summary>
    /// <returns>The time, or the year 1 if it is neither, as KeePassXC does: a bad time must not cost the vault.</returns>
    internal static DateTimeOffset Read(ReadOnlySpan<byte> text) =>
        TryRead(text, out var time) ? time : DateTimeOffset.MinValue;

    /// <summary>Reads either form.</summary>
    /// <returns>Whether it is one.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long) + 1];
        if (text.Length == Characters
            && Base64.DecodeFromUtf8(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == sizeof(long))
        {
            var seconds = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            var isTime = seconds is >= 0 and <= MaxSeconds;
            time = isTime ? new DateTimeOffset(seconds * TimeSpan.TicksPerSecond, TimeSpan.Zero) : default;
            return isTime;
        }
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, Styles, out time);
    }

    /// <summary>Writes the number form.</summary>
    internal static void Write(DateTimeOffset time, Span<byte> characters)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, time.UtcTicks / TimeSpan.TicksPerSecond);
        Base64.EncodeToUtf8(bytes, characters, out _, out _);
    }

    /// <summary>The same time without what the format does not keep.</summary>
    internal static DateTimeOffset ToSeconds(DateTimeOffset time) =>
        new(time.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
