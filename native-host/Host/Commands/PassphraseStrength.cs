using System.Text;

namespace Host.Commands;

/// <summary>
/// A rough count of how hard a passphrase is to guess. It knows no dictionary: a run of letters counts as a word, however
/// it is spelt, so it may call a random string weak and never flatters a sentence of known words.
/// </summary>
internal static class PassphraseStrength
{
    /// <summary>Below this we warn: four words of a list of 7,776 have 51.7 bits.</summary>
    public const double WeakBelowBits = 50;

    private const double BitsOfWord = 13;      // a list of about 8,000 words
    private const double BitsOfLetter = 4.7;   // 26 equally likely letters
    private const double BitsOfCapital = 1;
    private const double BitsOfDigit = 3.32;
    private const double BitsOfOther = 5;      // 32 signs of ASCII

    private enum Run
    {
        None,
        Letters,
        Digits,
        Others,
    }

    /// <summary>The count, in bits.</summary>
    /// <param name="utf8">The passphrase, valid UTF-8.</param>
    public static double Bits(ReadOnlySpan<byte> utf8)
    {
        var bits = 0.0;
        var wordBits = 0.0;
        var run = Run.None;
        var previous = 0;
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out var rune, out var consumed);
            utf8 = utf8[consumed..];
            var kind = KindOf(rune);
            if (kind != run)
            {
                bits += Math.Min(wordBits, BitsOfWord);
                wordBits = 0;
            }
            // A letter or digit that repeats its neighbour or follows it in order (aaa, abc, 321) tells nothing new.
            var isExpected = kind == run && Math.Abs(rune.Value - previous) <= 1;
            run = kind;
            previous = rune.Value;
            if (isExpected)
            {
                continue;
            }
            switch (kind)
            {
                case Run.Letters:
                    wordBits += BitsOfLetter + (Rune.IsUpper(rune) && wordBits > 0 ? BitsOfCapital : 0);
                    break;
                case Run.Digits:
                    bits += BitsOfDigit;
                    break;
                default:
                    // The sign between two words is mostly the same one, and mostly a space or a hyphen.
                    bits += rune.Value is ' ' or '-' or '.' or '_' ? 0 : BitsOfOther;
                    break;
            }
        }
        return bits + Math.Min(wordBits, BitsOfWord);
    }

    private static Run KindOf(Rune rune) =>
        Rune.IsLetter(rune) ? Run.Letters : Rune.IsDigit(rune) ? Run.Digits : Run.Others;
}
