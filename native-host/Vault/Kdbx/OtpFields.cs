using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Vault.Crypto;

namespace Vault.Kdbx;

/// <summary>
/// The fields under which programs keep an otp seed, brought to one form: an otpauth URI. KeePassXC writes that itself since
/// 2.6; before, it wrote <c>TOTP Seed</c> and <c>TOTP Settings</c>; KeePass 2.47 and later writes <c>TimeOtp-*</c>.
/// </summary>
internal static class OtpFields
{
    private const string Seed = "TOTP Seed";
    private const string Settings = "TOTP Settings";
    private const string Secret = "TimeOtp-Secret";
    private const string Length = "TimeOtp-Length";
    private const string Period = "TimeOtp-Period";
    private const string Algorithm = "TimeOtp-Algorithm";

    private static readonly SearchValues<byte> SettingCharacters = SearchValues.Create("0123456789;SHMACsha-"u8);

    // RFC 4648, section 6.
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Whether a field of this name holds a seed.</summary>
    internal static bool IsSeed(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("otp"u8) || name.SequenceEqual("TOTP Seed"u8) || name.StartsWith("TimeOtp-Secret"u8);

    /// <summary>Opens an entry's seed.</summary>
    /// <returns>
    /// The <c>otp</c> field as it stands, else a URI made of the older fields; <see langword="null"/> if there is none or it
    /// cannot be read.
    /// </returns>
    internal static SecretBytes? Open(Slice entry)
    {
        if (ItemReader.OpenField(entry, FieldName.Otp) is { } uri)
        {
            if (uri.Length > 0)
            {
                return uri;
            }
            uri.Dispose();
        }
        return OpenKeePassXc(entry) ?? OpenKeePass(entry);
    }

    private static SecretBytes? OpenKeePassXc(Slice entry)
    {
        using var seed = ItemReader.OpenField(entry, Seed);
        if (seed is null or { Length: 0 })
        {
            return null;
        }
        var settings = Text(entry, Settings)?.Split(';') ?? [];
        var period = settings.Length > 0 ? settings[0] : "30";
        var digits = settings.Length > 1 ? settings[1] : "6";
        return Uri(seed.Span, digits == "S" ? $"&period={period}&encoder=steam" : $"&period={period}&digits={digits}");
    }

    private static SecretBytes? OpenKeePass(Slice entry)
    {
        using var seed = OpenBase32(entry);
        if (seed is null)
        {
            return null;
        }
        var algorithm = (Text(entry, Algorithm) ?? "HMAC-SHA-1").Replace("HMAC-", "", StringComparison.Ordinal)
            .Replace("-", "", StringComparison.Ordinal);
        return Uri(seed.Span, $"&period={Text(entry, Period) ?? "30"}&digits={Text(entry, Length) ?? "6"}&algorithm={algorithm}");
    }

    // The field's ending says how the secret is written.
    private static SecretBytes? OpenBase32(Slice entry)
    {
        if (ItemReader.OpenField(entry, $"{Secret}-Base32") is { } base32)
        {
            return base32;
        }
        using var text = ItemReader.OpenField(entry, Secret);
        using var hex = ItemReader.OpenField(entry, $"{Secret}-Hex");
        using var base64 = ItemReader.OpenField(entry, $"{Secret}-Base64");
        if (text is not null)
        {
            return ToBase32(text.Span);
        }
        var written = hex ?? base64;
        if (written is null)
        {
            return null;
        }
        using var secret = new SecretBytes(written.Length);
        int length;
        var result = hex is not null
            ? Convert.FromHexString(hex.Span, secret.Span, out _, out length)
            : Base64.DecodeFromUtf8(written.Span, secret.Span, out _, out length);
        return result == OperationStatus.Done ? ToBase32(secret.Span[..length]) : null;
    }

    private static SecretBytes ToBase32(ReadOnlySpan<byte> secret)
    {
        var base32 = new SecretBytes((secret.Length * 8 + 4) / 5);
        for (var index = 0; index < base32.Length; index++)
        {
            var bit = index * 5;
            var pair = secret[bit / 8] << 8 | (bit / 8 + 1 < secret.Length ? secret[bit / 8 + 1] : 0);
            base32.Span[index] = (byte)Base32[pair >> (11 - bit % 8) & 31];
        }
        return base32;
    }

    private static SecretBytes Uri(ReadOnlySpan<byte> base32, string parameters)
    {
        var start = "otpauth://totp/?secret="u8;
        var uri = new SecretBytes(start.Length + base32.Length + parameters.Length);
        var length = start.Length;
        start.CopyTo(uri.Span);
        foreach (var character in base32)
        {
            // People paste seeds in groups of four, which a URI does not have.
            if (!XmlText.IsSpace(character) && character is not ((byte)'-' or (byte)'='))
            {
                uri.Span[length++] = character;
            }
        }
        length += Encoding.ASCII.GetBytes(parameters, uri.Span[length..]);
        using (uri)
        {
            return SecretBytes.CopyOf(uri.Span[..length]);
        }
    }

    private static string? Text(Slice entry, string field)
    {
        using var value = ItemReader.OpenField(entry, field);
        // What is no plain setting would change the URI's meaning.
        return value is null || value.Span.ContainsAnyExcept(SettingCharacters) ? null : Encoding.ASCII.GetString(value.Span);
    }
}
