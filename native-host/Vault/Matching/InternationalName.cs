using System.Globalization;
using System.Text;
using Vault.Lists;

namespace Vault.Matching;

/// <summary>
/// Hostnames with letters beyond ASCII. The program runs without ICU, where <see cref="IdnMapping"/> does Punycode
/// (RFC 3492) and no mapping,
/// so what people type is mapped here: full-width forms, lower case, compositions of base and mark, soft hyphens (UTS
/// 46, section 4, for
/// these characters). A character that is mapped otherwise gives another A-label than the browser's, and so matches
/// nothing.
/// </summary>
internal static class InternationalName
{
    private const int CompositionCharacters = 12;
    private const int CompositionBytes = CompositionCharacters + 1;
    private const char SoftHyphen = '\u00ad';
    private const int FullWidthOffset = '！' - '!';

    private static readonly EmbeddedList Compositions = new("compositions.txt");
    private static readonly IdnMapping Mapping = new() { AllowUnassigned = true };

    /// <summary>Writes a hostname in A-labels.</summary>
    /// <returns>The hostname, or <see langword="null"/> if it has none, as with an empty or overlong label.</returns>
    public static string? ToAscii(ReadOnlySpan<char> hostname)
    {
        var mapped = Map(hostname);
        if (mapped.Length == 0)
        {
            return null;
        }
        try
        {
            return Mapping.GetAscii(mapped);
        }
        catch (ArgumentException)
        {
            // The base class library has no other way of saying no.
            return null;
        }
    }

    /// <summary>Reads the A-labels of a hostname.</summary>
    /// <returns>The hostname as people would read it, or <see langword="null"/> if a label is no Punycode.</returns>
    public static string? ToUnicode(string hostname)
    {
        try
        {
            return Mapping.GetUnicode(hostname);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Map(ReadOnlySpan<char> hostname)
    {
        var mapped = new StringBuilder(hostname.Length);
        foreach (var character in hostname)
        {
            var lower = char.ToLowerInvariant(Narrow(character));
            if (lower == SoftHyphen)
            {
                continue;
            }
            if (mapped.Length > 0 && Compose(mapped[^1], lower) is { } composed)
            {
                mapped[^1] = composed;
                continue;
            }
            mapped.Append(lower);
        }
        return mapped.ToString();
    }

    private static char Narrow(char character) => character switch
    {
        '。' or '｡' => '.',
        >= '！' and <= '～' => (char)(character - FullWidthOffset),
        _ => character,
    };

    private static char? Compose(char first, char mark)
    {
        if (mark is < '\u0300' or > '\u036f')
        {
            return null;
        }
        Span<byte> wanted = stackalloc byte[8];
        WriteHexadecimal(first, wanted);
        WriteHexadecimal(mark, wanted[4..]);
        var list = Compositions.Bytes;
        var (low, high) = (0, list.Length / CompositionBytes);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var record = list.Slice(middle * CompositionBytes, CompositionCharacters);
            var order = record[..wanted.Length].SequenceCompareTo(wanted);
            if (order == 0)
            {
                return (char)ushort.Parse(record[wanted.Length..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            }
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle);
        }
        return null;
    }

    private static void WriteHexadecimal(ushort value, Span<byte> destination) =>
        value.TryFormat(destination, out _, "x4", CultureInfo.InvariantCulture);
}
