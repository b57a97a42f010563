using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Vault.Codes;

/// <summary>
/// Reads otp seeds as other programs write them: the key URI format of Google Authenticator's wiki ("Key Uri Format"),
/// with KeePassXC's
/// <c>encoder=steam</c>; KeeOtp; KeePassXC's older pair. Everything from outside is checked before it is believed.
/// </summary>
internal static class OtpText
{
    private const int MaxTextBytes = 4096;

    /// <summary>See <see cref="OtpSeed.TryParse(ReadOnlySpan{byte})"/>.</summary>
    public static OtpSeed? TryParse(ReadOnlySpan<byte> text, out OtpFlaw flaw)
    {
        text = text[Ascii.Trim(text)];
        flaw = OtpFlaw.Other;
        if (text.Length > MaxTextBytes)
        {
            return null;
        }
        if (TryTakePrefix(ref text, "otpauth://"u8))
        {
            flaw = OtpFlaw.Kind;
            // What follows is the label, then the query. A type such as "totpx" is none.
            if (!TryTakePrefix(ref text, "totp"u8) || text[0] is not ((byte)'/' or (byte)'?'))
            {
                return null;
            }
            var query = text.IndexOf((byte)'?');
            flaw = OtpFlaw.Key;
            return query >= 0 ? FromQuery(text[(query + 1)..], out flaw) : null;
        }
        if (TryTakePrefix(ref text, "otpauth-migration:"u8))
        {
            flaw = OtpFlaw.Transfer;
            return null;
        }
        if (TryTakePrefix(ref text, "steam://"u8))
        {
            flaw = OtpFlaw.Key;
            return WithKey(text, new OtpSettings(IsSteam: true));
        }
        return text.StartsWith("key="u8) ? FromQuery(text, out flaw) : WithKey(text, new OtpSettings());
    }

    /// <summary>See <see cref="OtpSeed.TryParse(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>.</summary>
    public static OtpSeed? TryParsePair(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> settings)
    {
        var read = new OtpSettings();
        var position = 0;
        foreach (var range in settings.Split((byte)';'))
        {
            var part = settings[range][Ascii.Trim(settings[range])];
            // Behind the first two a third may name a server of time, which nobody needs.
            if (position == 0 && !part.IsEmpty)
            {
                read = read with { PeriodSeconds = Number(part) };
            }
            if (position == 1)
            {
                read = part.SequenceEqual("S"u8) ? read with { IsSteam = true } : read with { Digits = Number(part) };
            }
            position++;
        }
        return read.IsValid && seed.Length <= MaxTextBytes ? WithKey(seed, read) : null;
    }

    /// <summary>Makes a seed of a key in base32.</summary>
    /// <returns>The seed, or <see langword="null"/> if the text is not base32 or empty.</returns>
    public static OtpSeed? WithKey(ReadOnlySpan<byte> base32, OtpSettings settings)
    {
        var key = GC.AllocateArray<byte>(Base32.MaxBytes(base32.Length), pinned: true);
        var length = Base32.TryDecode(base32, key);
        if (length is null or 0)
        {
            CryptographicOperations.ZeroMemory(key);
            return null;
        }
        return Keep(key, length.Value, settings);
    }

    /// <summary>Makes a seed of the first bytes of an array, which is zeroed.</summary>
    public static OtpSeed Keep(byte[] key, int length, OtpSettings settings)
    {
        var kept = GC.AllocateArray<byte>(length, pinned: true);
        key.AsSpan(0, length).CopyTo(kept);
        CryptographicOperations.ZeroMemory(key);
        return new OtpSeed(kept, settings);
    }

    /// <summary>Reads <c>SHA1</c>, <c>SHA256</c>, <c>SHA512</c>, also with hyphens and behind <c>HMAC-</c>.</summary>
    /// <returns>The hash, or <see langword="null"/> if it is another.</returns>
    public static OtpHash? HashOf(ReadOnlySpan<byte> text)
    {
        if (text.Length > 16)
        {
            return null;
        }
        return Encoding.ASCII.GetString(text).ToUpperInvariant().Replace("-", "", StringComparison.Ordinal) switch
        {
            "SHA1" or "HMACSHA1" => OtpHash.Sha1,
            "SHA256" or "HMACSHA256" => OtpHash.Sha256,
            "SHA512" or "HMACSHA512" => OtpHash.Sha512,
            _ => null,
        };
    }

    /// <summary>Reads a decimal number.</summary>
    /// <returns>The number, or -1, which no setting allows.</returns>
    public static int Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out int number, out var consumed) && consumed == text.Length && number >= 0 ? number : -1;

    private static OtpSeed? FromQuery(ReadOnlySpan<byte> query, out OtpFlaw flaw)
    {
        var buffer = GC.AllocateArray<byte>(query.Length, pinned: true);
        try
        {
            return FromQuery(query, buffer, out flaw);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    private static OtpSeed? FromQuery(ReadOnlySpan<byte> query, Span<byte> buffer, out OtpFlaw flaw)
    {
        var settings = new OtpSettings();
        flaw = OtpFlaw.Key;
        ReadOnlySpan<byte> key = default;
        foreach (var range in query.Split((byte)'&'))
        {
            var pair = query[range];
            var equals = pair.IndexOf((byte)'=');
            if (equals < 0 || pair.Length > MaxTextBytes)
            {
                continue;
            }
            var name = pair[..equals];
            if (TryUnescape(pair[(equals + 1)..], buffer) is not { } length)
            {
                return null;
            }
            ReadOnlySpan<byte> value = buffer[..length];
            if (Is(name, "secret"u8) || Is(name, "key"u8))
            {
                // Values are unescaped one behind the other; this one is needed at the end.
                key = value;
                buffer = buffer[length..];
                continue;
            }
            if (With(settings, name, value, ref flaw) is not { } changed)
            {
                return null;
            }
            settings = changed;
        }
        if (settings.IsValid)
        {
            return WithKey(key, settings);
        }
        flaw = (settings with { PeriodSeconds = 1 }).IsValid ? OtpFlaw.Period : OtpFlaw.Digits;
        return null;
    }

    /// <summary>Takes one parameter; those that are not known (issuer, image) change nothing. Sets <paramref name="flaw"/> where it refuses.</summary>
    private static OtpSettings? With(OtpSettings settings, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ref OtpFlaw flaw)
    {
        if (Is(name, "digits"u8) || Is(name, "size"u8))
        {
            return settings with { Digits = Number(value) };
        }
        if (Is(name, "period"u8) || Is(name, "step"u8))
        {
            return settings with { PeriodSeconds = Number(value) };
        }
        if (Is(name, "algorithm"u8) || Is(name, "otpHashMode"u8))
        {
            flaw = HashOf(value) is null ? OtpFlaw.Hash : flaw;
            return HashOf(value) is { } hash ? settings with { Hash = hash } : null;
        }
        if (Is(name, "encoder"u8))
        {
            flaw = Is(value, "steam"u8) ? flaw : OtpFlaw.Kind;
            return flaw == OtpFlaw.Kind ? null : settings with { IsSteam = true };
        }
        if (Is(name, "type"u8))
        {
            flaw = Is(value, "totp"u8) ? flaw : OtpFlaw.Kind;
            return flaw == OtpFlaw.Kind ? null : settings;
        }
        return settings;
    }

    /// <summary>Undoes percent-encoding (RFC 3986 section 2.1); a plus is a space.</summary>
    private static int? TryUnescape(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var written = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var value = text[at];
            if (value == '%')
            {
                if (!Utf8Parser.TryParse(text[(at + 1)..Math.Min(at + 3, text.Length)], out value, out var consumed, 'x') || consumed != 2)
                {
                    return null;
                }
                at += 2;
            }
            destination[written++] = value == '+' ? (byte)' ' : value;
        }
        return written;
    }

    private static bool TryTakePrefix(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix)
    {
        if (text.Length <= prefix.Length || !Is(text[..prefix.Length], prefix))
        {
            return false;
        }
        text = text[prefix.Length..];
        return true;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(text, name);
}
