using System.Globalization;

namespace Host.Protocol;

/// <summary>Times in messages: UTC to the second, which is what KDBX keeps, in one spelling.</summary>
internal static class WireTime
{
    private const string Format = "yyyy-MM-ddTHH:mm:ssZ";

    /// <summary>The text of a time.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The text of a time in milliseconds since 1970; of one beyond the calendar, its end.</summary>
    public static string Of(long milliseconds) =>
        Of(DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())));

    /// <summary>Reads what <see cref="Of(DateTimeOffset)"/> writes.</summary>
    /// <returns>The time, or <see langword="null"/> if it is no such text.</returns>
    public static DateTimeOffset? TryParse(string text) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>Reads what <see cref="Of(DateTimeOffset)"/> writes.</summary>
    /// <exception cref="ProtocolException"><c>badMessage</c>: it is no such text.</exception>
    public static DateTimeOffset Parse(string text) =>
        TryParse(text) ?? throw ErrorKind.BadMessageError("a time is not written as 2026-11-25T17:06:00Z");
}
