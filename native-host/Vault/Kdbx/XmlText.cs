using System.Globalization;
using System.Text;

namespace Vault.Kdbx;

/// <summary>Character data of XML: references, line ends, and the comparisons that names need.</summary>
internal static class XmlText
{
    // "&#x10FFFF;" is the longest useful one; leading zeros may make it longer.
    private const int MaxReferenceBytes = 32;

    /// <summary>Whether a byte is XML white space.</summary>
    internal static bool IsSpace(byte character) => character is 0x20 or 0x9 or 0xA or 0xD;

    /// <summary>Whether there is nothing but white space.</summary>
    internal static bool IsSpace(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(" \t\r\n"u8);

    /// <summary>Compares with ASCII letters.</summary>
    internal static bool EqualsAscii(ReadOnlySpan<byte> bytes, string text) => Ascii.Equals(bytes, text);

    /// <summary>Compares ASCII letters of either case.</summary>
    internal static bool EqualsIgnoringCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        Ascii.EqualsIgnoreCase(left, right);

    /// <summary>Checks the reference at the start of the bytes.</summary>
    /// <returns>Its length with <c>&amp;</c> and <c>;</c>.</returns>
    /// <exception cref="VaultException">It is none, or one of an entity that is not predefined.</exception>
    internal static int ReferenceLength(ReadOnlySpan<byte> text) => Resolve(text, out _);

    /// <summary>Resolves references and line ends as an XML parser does.</summary>
    /// <returns>How many bytes were written; never more than were read.</returns>
    internal static int Decode(ReadOnlySpan<byte> text, bool isCData, Span<byte> destination)
    {
        var written = 0;
        while (!text.IsEmpty)
        {
            var stop = isCData ? text.IndexOf((byte)'\r') : text.IndexOfAny((byte)'\r', (byte)'&');
            var plain = stop < 0 ? text : text[..stop];
            plain.CopyTo(destination[written..]);
            written += plain.Length;
            if (stop < 0)
            {
                break;
            }
            text = text[stop..];
            if (text[0] == '\r')
            {
                destination[written++] = (byte)'\n';
                text = text[(text.Length > 1 && text[1] == '\n' ? 2 : 1)..];
                continue;
            }
            text = text[Resolve(text, out var rune)..];
            written += rune.EncodeToUtf8(destination[written..]);
        }
        return written;
    }

    /// <summary>Decodes to a new array.</summary>
    internal static byte[] Decode(ReadOnlySpan<byte> text, bool isCData)
    {
        var buffer = new byte[text.Length];
        var length = Decode(text, isCData, buffer);
        return buffer[..length];
    }

    private static int Resolve(ReadOnlySpan<byte> text, out Rune rune)
    {
        var end = text[..Math.Min(text.Length, MaxReferenceBytes)].IndexOf((byte)';');
        if (end < 2 || !TryResolve(text[1..end], out rune))
        {
            throw Failures.Damaged("its XML uses an entity, which no KDBX file does");
        }
        return end + 1;
    }

    private static bool TryResolve(ReadOnlySpan<byte> name, out Rune rune)
    {
        rune = name switch
        {
            [(byte)'l', (byte)'t'] => new Rune('<'),
            [(byte)'g', (byte)'t'] => new Rune('>'),
            [(byte)'a', (byte)'m', (byte)'p'] => new Rune('&'),
            [(byte)'q', (byte)'u', (byte)'o', (byte)'t'] => new Rune('"'),
            [(byte)'a', (byte)'p', (byte)'o', (byte)'s'] => new Rune('\''),
            _ => default,
        };
        if (rune.Value != 0)
        {
            return true;
        }
        uint code;
        bool isNumber;
        if (name.StartsWith("#x"u8))
        {
            isNumber = uint.TryParse(name[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
        }
        else
        {
            code = 0;
            isNumber = name[0] == '#'
                && uint.TryParse(name[1..], NumberStyles.None, CultureInfo.InvariantCulture, out code);
        }
        return isNumber && IsAllowed(code) && Rune.TryCreate(code, out rune);
    }

    // XML 1.0, production Char; Rune refuses the surrogates.
    private static bool IsAllowed(uint code) => code is 0x9 or 0xA or 0xD or (>= 0x20 and not (0xFFFE or 0xFFFF));
}
