using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Vault.Codes;

/// <summary>The hash under an otp seed's HMAC.</summary>
public enum OtpHash
{
    /// <summary>SHA-1, nearly always.</summary>
    Sha1,

    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>SHA-512.</summary>
    Sha512,
}

/// <summary>How an otp seed's codes are made, beside its key.</summary>
/// <param name="Hash">The hash.</param>
/// <param name="Digits">6 to 8; of no meaning for Steam.</param>
/// <param name="PeriodSeconds">How long a code is good for: 1 to 86,400.</param>
/// <param name="IsSteam">Whether codes are Steam's five letters and digits.</param>
public sealed record OtpSettings(OtpHash Hash = OtpHash.Sha1, int Digits = 6, int PeriodSeconds = 30, bool IsSteam = false)
{
    /// <summary>The longest period: a day.</summary>
    public const int MaxPeriodSeconds = 86_400;

    /// <summary>Whether all values are in range.</summary>
    internal bool IsValid => Digits is >= 6 and <= 8 && PeriodSeconds is >= 1 and <= MaxPeriodSeconds;
}

/// <summary>
/// What makes the one-time codes of an item: HOTP (RFC 4226) over time (RFC 6238). The key is held in pinned memory
/// and zeroed on dispose;
/// make a seed for one code and dispose it.
/// </summary>
public sealed class OtpSeed : IDisposable
{
    /// <summary>The most bytes of a code.</summary>
    public const int MaxCodeBytes = 8;

    private const int SteamCharacters = 5;
    private const int MaxMacBytes = 64;

    private readonly byte[] _key;

    /// <summary>Takes the key over: it is zeroed with the seed. The array must be pinned.</summary>
    internal OtpSeed(byte[] key, OtpSettings settings) => (_key, Settings) = (key, settings);

    /// <summary>How codes are made.</summary>
    public OtpSettings Settings { get; }

    private static ReadOnlySpan<byte> SteamAlphabet => "23456789BCDFGHJKMNPQRTVWXY"u8;

    /// <summary>
    /// Reads a seed in any of the forms that stand in one field: an <c>otpauth://totp/</c> URI, <c>steam://</c> and a
    /// key, the query that
    /// KeeOtp writes (<c>key=…&amp;size=6&amp;step=30</c>), or a bare key in base32 with spaces, hyphens, lower case
    /// and padding as people paste it.
    /// </summary>
    /// <returns>The seed, which the caller disposes, or <see langword="null"/> if the text is none, counts instead of
    /// telling time (<c>hotp</c>),
    /// or asks for a hash, digits or period out of range.</returns>
    public static OtpSeed? TryParse(ReadOnlySpan<byte> text) => OtpText.TryParse(text, out _);

    /// <summary>Reads as <see cref="TryParse(ReadOnlySpan{byte})"/> does, and says what is wrong with a text that is refused.</summary>
    /// <param name="text">The text.</param>
    /// <param name="flaw">What is wrong; of no meaning where a seed is returned.</param>
    public static OtpSeed? TryParse(ReadOnlySpan<byte> text, out OtpFlaw flaw) => OtpText.TryParse(text, out flaw);

    /// <summary>Reads KeePassXC's older pair of fields, <c>TOTP Seed</c> (base32) and <c>TOTP Settings</c>
    /// (<c>30;6</c>, <c>30;S</c> for Steam;
    /// empty for 30 seconds and 6 digits).</summary>
    /// <returns>As <see cref="TryParse(ReadOnlySpan{byte})"/>.</returns>
    public static OtpSeed? TryParse(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> settings) => OtpText.TryParsePair(seed, settings);

    /// <summary>Writes the code of a time.</summary>
    /// <param name="time">The time; before 1970 too.</param>
    /// <param name="destination">Takes the code as ASCII; at least <see cref="MaxCodeBytes"/> bytes. The caller zeroes
    /// it.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public int WriteCode(DateTimeOffset time, Span<byte> destination)
    {
        if (destination.Length < MaxCodeBytes)
        {
            throw new ArgumentException("shorter than MaxCodeBytes", nameof(destination));
        }
        var (counter, _) = Steps(time);
        return WriteHotp(_key, Settings, counter, destination);
    }

    /// <summary>For how many more seconds the code of a time is good: 1 to the period.</summary>
    public int RemainingSeconds(DateTimeOffset time) => Settings.PeriodSeconds - Steps(time).Elapsed;

    /// <summary>How long exactly the code of a time is good.</summary>
    public TimeSpan Remaining(DateTimeOffset time)
    {
        var (counter, _) = Steps(time);
        return DateTimeOffset.FromUnixTimeSeconds((counter + 1) * Settings.PeriodSeconds) - time;
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    /// <summary>Writes the code of a counter (RFC 4226 section 5.3).</summary>
    internal static int WriteHotp(ReadOnlySpan<byte> key, OtpSettings settings, long counter, Span<byte> destination)
    {
        Span<byte> message = stackalloc byte[sizeof(long)];
        Span<byte> mac = stackalloc byte[MaxMacBytes];
        BinaryPrimitives.WriteInt64BigEndian(message, counter);
        mac = mac[..Mac(settings.Hash, key, message, mac)];
        var value = BinaryPrimitives.ReadUInt32BigEndian(mac[(mac[^1] & 0xf)..]) & 0x7fff_ffff;
        CryptographicOperations.ZeroMemory(mac);
        return settings.IsSteam ? WriteSteam(value, destination) : WriteDigits(value, settings.Digits, destination);
    }

    [SuppressMessage("Security", "CA5350", Justification = "RFC 4226 fixes SHA-1; an HMAC does not need its collision resistance")]
    private static int Mac(OtpHash hash, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> destination) => hash switch
    {
        OtpHash.Sha256 => HMACSHA256.HashData(key, message, destination),
        OtpHash.Sha512 => HMACSHA512.HashData(key, message, destination),
        _ => HMACSHA1.HashData(key, message, destination),
    };

    private static int WriteDigits(uint value, int digits, Span<byte> destination)
    {
        for (var at = digits - 1; at >= 0; at--)
        {
            destination[at] = (byte)('0' + (value % 10));
            value /= 10;
        }
        return digits;
    }

    private static int WriteSteam(uint value, Span<byte> destination)
    {
        for (var at = 0; at < SteamCharacters; at++)
        {
            destination[at] = SteamAlphabet[(int)(value % SteamAlphabet.Length)];
            value /= (uint)SteamAlphabet.Length;
        }
        return SteamCharacters;
    }

    /// <summary>The number of whole periods since 1970, and the seconds since the last one began.</summary>
    private (long Counter, int Elapsed) Steps(DateTimeOffset time)
    {
        var seconds = time.ToUnixTimeSeconds();
        var elapsed = (int)(seconds % Settings.PeriodSeconds);
        if (elapsed < 0)
        {
            elapsed += Settings.PeriodSeconds;
        }
        return ((seconds - elapsed) / Settings.PeriodSeconds, elapsed);
    }
}
