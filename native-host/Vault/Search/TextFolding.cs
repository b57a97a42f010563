using System.Text;
using Vault.Lists;

namespace Vault.Search;

/// <summary>
/// Text as search compares it: lower case, without accents, ligatures and widths, in UTF-8. <c>Müller</c>,
/// <c>MULLER</c> and <c>ｍｕｌｌｅｒ</c>
/// are one. Does not depend on the person's language. Two foldings are equal, or contain each other, exactly when
/// their bytes do.
/// </summary>
internal static class TextFolding
{
    private const int PageCharacters = 256;
    // The longest folded form of the list; a character that is not in it takes 3 at the most.
    private const int MaxBytesOfCharacter = 6;
    private const byte LineEnd = (byte)'\n';
    private const byte Tab = (byte)'\t';

    private static readonly EmbeddedList List = new("folding.txt");

    // For each block of 256 characters, where the folded form stands in the list: its first byte, or 0 if the
    // character has no entry.
    private static readonly ushort[]?[] Pages = BuildPages();

    /// <summary>How many bytes <see cref="Fold"/> may write for a text.</summary>
    public static int MaxBytes(int characters) => characters * MaxBytesOfCharacter;

    /// <summary>Folds a text. Lone surrogates become U+FFFD, control characters a space.</summary>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">The destination is shorter than <see cref="MaxBytes"/>.</exception>
    public static int Fold(ReadOnlySpan<char> text, Span<byte> destination)
    {
        if (destination.Length < MaxBytes(text.Length))
        {
            throw new ArgumentException("shorter than MaxBytes", nameof(destination));
        }
        var written = 0;
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExceptInRange(' ', '~');
            if (plain != 0)
            {
                plain = plain < 0 ? text.Length : plain;
                Ascii.ToLower(text[..plain], destination[written..], out _);
                text = text[plain..];
                written += plain;
                continue;
            }
            var character = text[0];
            if (char.IsAscii(character))
            {
                destination[written++] = (byte)' ';
                text = text[1..];
                continue;
            }
            var folded = Entry(character);
            if (!folded.IsEmpty)
            {
                folded.CopyTo(destination[written..]);
                written += folded.Length;
                text = text[1..];
                continue;
            }
            Rune.DecodeFromUtf16(text, out var rune, out var consumed);
            if (!IsCombining(rune.Value))
            {
                written += Rune.ToLowerInvariant(rune).EncodeToUtf8(destination[written..]);
            }
            text = text[consumed..];
        }
        return written;
    }

    /// <summary>Combining Diacritical Marks, which the list takes off composed characters too.</summary>
    private static bool IsCombining(int code) => code is >= 0x0300 and <= 0x036f;

    /// <summary>The folded form of a character, empty if the list has none.</summary>
    private static ReadOnlySpan<byte> Entry(char character)
    {
        var start = Pages[character / PageCharacters]?[character % PageCharacters] ?? 0;
        if (start == 0)
        {
            return default;
        }
        var rest = List.Bytes[start..];
        return rest[..rest.IndexOf(LineEnd)];
    }

    private static ushort[]?[] BuildPages()
    {
        var pages = new ushort[]?[(char.MaxValue + 1) / PageCharacters];
        var list = List.Bytes;
        for (var at = 0; at < list.Length;)
        {
            var line = list[at..];
            line = line[..line.IndexOf(LineEnd)];
            var tab = line.IndexOf(Tab);
            Rune.DecodeFromUtf8(line[..tab], out var rune, out _);
            var page = pages[rune.Value / PageCharacters] ??= new ushort[PageCharacters];
            page[rune.Value % PageCharacters] = checked((ushort)(at + tab + 1));
            at += line.Length + 1;
        }
        return pages;
    }
}
