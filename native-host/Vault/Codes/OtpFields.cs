using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Vault.Crypto;

namespace Vault.Codes;

/// <summary>
/// Finds the otp seed among an item's fields: <c>otp</c> (KeePassXC, KeeOtp), KeePass 2's own <c>TimeOtp-…</c>
/// (keepass.info,
/// "Field References and Placeholders"), KeePassXC's older <c>TOTP Seed</c> and <c>TOTP Settings</c>.
/// </summary>
public static class OtpFields
{
    private const int MaxSecretBytes = 4096;

    private const string KeePassLength = "TimeOtp-Length";
    private const string KeePassPeriod = "TimeOtp-Period";
    private const string KeePassHash = "TimeOtp-Algorithm";
    private const string OlderSeed = "TOTP Seed";
    private const string OlderSettings = "TOTP Settings";

    private static readonly (string Field, Func<ReadOnlySpan<byte>, OtpSettings, OtpSeed?> Read)[] KeePassSecrets =
    [
        ("TimeOtp-Secret-Base32", OtpText.WithKey),
        ("TimeOtp-Secret-Hex", FromHex),
        ("TimeOtp-Secret-Base64", FromBase64),
        ("TimeOtp-Secret", FromText),
    ];

    /// <summary>The names of all fields that hold a seed or say how it is used.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        FieldName.Otp, .. KeePassSecrets.Select(secret => secret.Field), KeePassLength, KeePassPeriod, KeePassHash, OlderSeed, OlderSettings,
    ];

    /// <summary>Whether a field of this name holds a seed: an item that has one has a code.</summary>
    /// <param name="name">The field's name in UTF-8.</param>
    internal static bool IsSeed(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("otp"u8) || name.SequenceEqual("TOTP Seed"u8) || name.StartsWith("TimeOtp-Secret"u8);

    /// <summary>Whether what a field of this name holds is a secret, also where the program that wrote it did not mark it as protected.</summary>
    public static bool IsSecret(string name) =>
        name is FieldName.Otp or OlderSeed
        || name.StartsWith("TimeOtp-Secret", StringComparison.Ordinal) || name.StartsWith("HmacOtp-Secret", StringComparison.Ordinal);

    /// <summary>Reads the seed.</summary>
    /// <param name="open">Opens a field, as <see cref="VaultFile.OpenField"/> does; what it gives is disposed
    /// here.</param>
    /// <returns>The seed of the first field that is there, which the caller disposes; <see langword="null"/> if there
    /// is none or it is no seed.</returns>
    public static OtpSeed? TryRead(Func<string, SecretBytes?> open)
    {
        using var otp = open(FieldName.Otp);
        if (otp is { Length: > 0 })
        {
            return OtpSeed.TryParse(otp.Span);
        }
        foreach (var (field, read) in KeePassSecrets)
        {
            using var secret = open(field);
            if (secret is { Length: > 0 and <= MaxSecretBytes })
            {
                return KeePassSettings(open) is { } keePass ? read(secret.Span, keePass) : null;
            }
        }
        using var seed = open(OlderSeed);
        using var settings = open(OlderSettings);
        return seed is { Length: > 0 } ? OtpSeed.TryParse(seed.Span, settings is null ? default : settings.Span) : null;
    }

    /// <summary>Reads KeePass 2's settings; a field that is not there means the default.</summary>
    internal static OtpSettings? KeePassSettings(Func<string, SecretBytes?> open)
    {
        var settings = new OtpSettings();
        using var length = open(KeePassLength);
        using var period = open(KeePassPeriod);
        using var hash = open(KeePassHash);
        if (length is { Length: > 0 })
        {
            settings = settings with { Digits = OtpText.Number(length.Span) };
        }
        if (period is { Length: > 0 })
        {
            settings = settings with { PeriodSeconds = OtpText.Number(period.Span) };
        }
        if (hash is { Length: > 0 })
        {
            if (OtpText.HashOf(hash.Span) is not { } known)
            {
                return null;
            }
            settings = settings with { Hash = known };
        }
        return settings.IsValid ? settings : null;
    }

    internal static OtpSeed? FromHex(ReadOnlySpan<byte> text, OtpSettings settings)
    {
        var key = GC.AllocateArray<byte>(text.Length, pinned: true);
        if (Convert.FromHexString(text, key, out _, out var written) == OperationStatus.Done && written > 0)
        {
            return OtpText.Keep(key, written, settings);
        }
        CryptographicOperations.ZeroMemory(key);
        return null;
    }

    internal static OtpSeed? FromBase64(ReadOnlySpan<byte> text, OtpSettings settings)
    {
        var key = GC.AllocateArray<byte>(text.Length, pinned: true);
        if (Base64.DecodeFromUtf8(text, key, out _, out var written) == OperationStatus.Done && written > 0)
        {
            return OtpText.Keep(key, written, settings);
        }
        CryptographicOperations.ZeroMemory(key);
        return null;
    }

    /// <summary>KeePass's plain form: the UTF-8 bytes of the text are the key.</summary>
    internal static OtpSeed? FromText(ReadOnlySpan<byte> text, OtpSettings settings)
    {
        var key = GC.AllocateArray<byte>(text.Length, pinned: true);
        text.CopyTo(key);
        return OtpText.Keep(key, text.Length, settings);
    }
}
