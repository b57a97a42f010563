using System.Text;

namespace Vault.Generate;

/// <summary>One choice in a pattern. What an element writes never begins with something else that it could write, so
/// the choices can be read
/// off the password, and the bits of all elements add up.</summary>
internal abstract class PatternElement
{
    /// <summary>The entropy of the choice.</summary>
    public abstract double Bits { get; }

    /// <summary>How many bytes it writes at the most.</summary>
    public abstract int MaxBytes { get; }

    /// <summary>A choice of one character of the classes.</summary>
    public static PatternElement OfClasses(CharacterClasses classes) =>
        new ChoiceElement([.. Alphabet.Of(classes, avoidAmbiguous: false).SelectMany(characters => characters)]);

    /// <summary>Chooses and writes.</summary>
    /// <returns>How many bytes were written.</returns>
    public abstract int Write(Span<byte> destination);
}

/// <summary>One of some characters, no two the same.</summary>
internal sealed class ChoiceElement(byte[] characters) : PatternElement
{
    /// <inheritdoc/>
    public override double Bits => Math.Log2(characters.Length);

    /// <inheritdoc/>
    public override int MaxBytes => 1;

    /// <inheritdoc/>
    public override int Write(Span<byte> destination)
    {
        destination[0] = Alphabet.OneOf(characters);
        return 1;
    }
}

/// <summary>A character that is always there.</summary>
internal sealed class LiteralElement(Rune character) : PatternElement
{
    /// <inheritdoc/>
    public override double Bits => 0;

    /// <inheritdoc/>
    public override int MaxBytes => character.Utf8SequenceLength;

    /// <inheritdoc/>
    public override int Write(Span<byte> destination) => character.EncodeToUtf8(destination);
}

/// <summary>A word of the list.</summary>
internal sealed class WordElement(bool capitalise) : PatternElement
{
    /// <inheritdoc/>
    public override double Bits => Math.Log2(WordList.Words);

    /// <inheritdoc/>
    public override int MaxBytes => WordList.MaxBytesOfWord;

    /// <inheritdoc/>
    public override int Write(Span<byte> destination) => WordList.WriteRandom(destination, capitalise);
}
