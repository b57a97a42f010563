using System.Globalization;
using System.Text;

namespace Vault.Generate;

/// <summary>
/// A password of a given form, such as <c>Aaaa-dddd</c> or <c>w.w.w{3}</c>. Syntax:
/// <list type="table">
/// <item><term><c>a A d s</c></term><description>a lower-case letter, a capital, a digit, a symbol</description></item>
/// <item><term><c>l x v</c></term><description>a letter; a letter or digit; any of the four</description></item>
/// <item><term><c>w W</c></term><description>a word of the EFF's list; a word with a capital</description></item>
/// <item><term><c>[abc]</c></term><description>one of these characters; <c>\]</c> and <c>\\</c> stand for
/// themselves</description></item>
/// <item><term><c>{3}</c></term><description>what stands before it, three times, each chosen anew</description></item>
/// <item><term><c>\a</c></term><description>the character itself</description></item>
/// <item><term>other characters that are neither letters nor <c>[ ] { }
/// \</c></term><description>themselves</description></item>
/// </list>
/// </summary>
public sealed class PatternRecipe : Recipe
{
    /// <summary>The most characters of a pattern.</summary>
    public const int MaxCharacters = 256;

    /// <summary>The most elements, repetitions counted.</summary>
    public const int MaxElements = 256;

    private static readonly Dictionary<char, PatternElement> Named = new()
    {
        ['a'] = PatternElement.OfClasses(CharacterClasses.Lower),
        ['A'] = PatternElement.OfClasses(CharacterClasses.Upper),
        ['d'] = PatternElement.OfClasses(CharacterClasses.Digit),
        ['s'] = PatternElement.OfClasses(CharacterClasses.Symbol),
        ['l'] = PatternElement.OfClasses(CharacterClasses.Lower | CharacterClasses.Upper),
        ['x'] = PatternElement.OfClasses(CharacterClasses.Lower | CharacterClasses.Upper | CharacterClasses.Digit),
        ['v'] = PatternElement.OfClasses(CharacterClasses.All),
        ['w'] = new WordElement(capitalise: false),
        ['W'] = new WordElement(capitalise: true),
    };

    private readonly List<PatternElement> _elements;

    private PatternRecipe(List<PatternElement> elements) => _elements = elements;

    /// <inheritdoc/>
    public override double Bits => _elements.Sum(element => element.Bits);

    /// <inheritdoc/>
    public override int MaxBytes => _elements.Sum(element => element.MaxBytes);

    /// <summary>Reads a pattern.</summary>
    /// <returns>The recipe, or <see langword="null"/> if the text is no pattern, is empty, or has too many characters
    /// or elements.</returns>
    public static PatternRecipe? TryParse(string text)
    {
        if (text.Length is 0 or > MaxCharacters)
        {
            return null;
        }
        var elements = new List<PatternElement>();
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (TakeElement(ref rest) is not { } element || TakeCount(ref rest) is not { } count || elements.Count + count > MaxElements)
            {
                return null;
            }
            elements.AddRange(Enumerable.Repeat(element, count));
        }
        return new PatternRecipe(elements);
    }

    /// <inheritdoc/>
    private protected override int Write(Span<byte> destination)
    {
        var written = 0;
        foreach (var element in _elements)
        {
            written += element.Write(destination[written..]);
        }
        return written;
    }

    private static PatternElement? TakeElement(ref ReadOnlySpan<char> rest)
    {
        var first = rest[0];
        if (first == '[')
        {
            return TakeSet(ref rest);
        }
        if (first == '\\' || !(Named.ContainsKey(first) || char.IsAsciiLetter(first) || "]{}".Contains(first, StringComparison.Ordinal)))
        {
            return TakeLiteral(ref rest) is { } literal ? new LiteralElement(literal) : null;
        }
        rest = rest[1..];
        return Named.GetValueOrDefault(first);
    }

    /// <summary>Takes <c>[abc]</c>.</summary>
    private static ChoiceElement? TakeSet(ref ReadOnlySpan<char> rest)
    {
        var characters = new List<byte>();
        rest = rest[1..];
        while (!rest.IsEmpty && rest[0] != ']')
        {
            if (TakeLiteral(ref rest) is not { IsAscii: true } character)
            {
                return null;
            }
            // Twice the same would make it twice as likely.
            if (!characters.Contains((byte)character.Value))
            {
                characters.Add((byte)character.Value);
            }
        }
        if (rest.IsEmpty || characters.Count == 0)
        {
            return null;
        }
        rest = rest[1..];
        return new ChoiceElement([.. characters]);
    }

    /// <summary>Takes a character or an escaped one. Control characters are none that a person could type
    /// again.</summary>
    private static Rune? TakeLiteral(ref ReadOnlySpan<char> rest)
    {
        if (rest[0] == '\\')
        {
            rest = rest[1..];
        }
        if (Rune.DecodeFromUtf16(rest, out var rune, out var consumed) != System.Buffers.OperationStatus.Done || Rune.IsControl(rune))
        {
            return null;
        }
        rest = rest[consumed..];
        return rune;
    }

    /// <summary>Takes <c>{3}</c>.</summary>
    /// <returns>The number, 1 if there is none, <see langword="null"/> if it is not 1 to
    /// <see cref="MaxElements"/>.</returns>
    private static int? TakeCount(ref ReadOnlySpan<char> rest)
    {
        if (!rest.StartsWith('{'))
        {
            return 1;
        }
        var end = rest.IndexOf('}');
        if (end < 0
            || !int.TryParse(rest[1..end], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is < 1 or > MaxElements)
        {
            return null;
        }
        rest = rest[(end + 1)..];
        return count;
    }
}
