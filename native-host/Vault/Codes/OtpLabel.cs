using System.Text;

namespace Vault.Codes;

/// <summary>Whose codes an <c>otpauth</c> URI makes, as its site says: for a person to compare, and never a secret.</summary>
/// <param name="Issuer">The site's name for itself; <see langword="null"/> if it has none.</param>
/// <param name="Account">The account's name there, likewise.</param>
public sealed record OtpLabel(string? Issuer = null, string? Account = null)
{
    private const int MaxCharacters = 100;

    /// <summary>Reads the label (<c>ISSUER:ACCOUNT</c>) and the parameter <c>issuer</c>, which is the one that counts if they differ.</summary>
    /// <returns>What is there; both <see langword="null"/> for a text that is no such URI. Nothing else of the text is made a string of.</returns>
    public static OtpLabel Read(ReadOnlySpan<byte> text)
    {
        text = text[Ascii.Trim(text)];
        var start = "otpauth://totp/"u8;
        var query = text.IndexOf((byte)'?');
        if (query < start.Length || !Ascii.EqualsIgnoreCase(text[..start.Length], start))
        {
            return new OtpLabel();
        }
        var label = Unescaped(text[start.Length..query]);
        var colon = label.IndexOf(':', StringComparison.Ordinal);
        var issuer = IssuerIn(text[(query + 1)..]) ?? Clean(colon < 0 ? "" : label[..colon]);
        return new OtpLabel(issuer, Clean(label[(colon + 1)..]));
    }

    private static string? IssuerIn(ReadOnlySpan<byte> query)
    {
        foreach (var range in query.Split((byte)'&'))
        {
            var pair = query[range];
            if (pair.Length > "issuer="u8.Length && Ascii.EqualsIgnoreCase(pair[.."issuer="u8.Length], "issuer="u8))
            {
                return Clean(Unescaped(pair["issuer="u8.Length..]).Replace('+', ' '));
            }
        }
        return null;
    }

    private static string Unescaped(ReadOnlySpan<byte> text) => Uri.UnescapeDataString(Encoding.UTF8.GetString(text));

    /// <summary>The text as one line that fits on a screen; <see langword="null"/> if nothing is left.</summary>
    private static string? Clean(string text)
    {
        var shown = string.Concat(text.EnumerateRunes().Where(rune => !Rune.IsControl(rune)).Take(MaxCharacters)).Trim();
        return shown.Length == 0 ? null : shown;
    }
}
