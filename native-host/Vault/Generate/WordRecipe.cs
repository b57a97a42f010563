using System.Security.Cryptography;
using System.Text;

namespace Vault.Generate;

/// <summary>Random words of the EFF's long list.</summary>
public sealed class WordRecipe : Recipe
{
    /// <summary>The fewest words.</summary>
    public const int MinCount = 3;

    /// <summary>The most words.</summary>
    public const int MaxCount = 32;

    /// <summary>The most bytes of a separator.</summary>
    public const int MaxSeparatorBytes = 16;

    private const int Digits = 10;

    private readonly int _count;
    private readonly byte[] _separator;
    private readonly bool _capitalise;
    private readonly bool _hasDigit;

    /// <summary>Takes the choices.</summary>
    /// <param name="count">How many words, <see cref="MinCount"/> to <see cref="MaxCount"/>.</param>
    /// <param name="separator">What stands between words; may be empty.</param>
    /// <param name="capitalise">Whether each word begins with a capital.</param>
    /// <param name="hasDigit">Whether one random digit stands behind one random word.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of range, or the separator has more than
    /// <see cref="MaxSeparatorBytes"/> bytes in UTF-8.</exception>
    public WordRecipe(int count, string separator, bool capitalise, bool hasDigit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, MinCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Encoding.UTF8.GetByteCount(separator), MaxSeparatorBytes, nameof(separator));
        _count = count;
        _separator = Encoding.UTF8.GetBytes(separator);
        _capitalise = capitalise;
        _hasDigit = hasDigit;
    }

    /// <inheritdoc/>
    public override double Bits => (_count * Math.Log2(WordList.Words)) + (_hasDigit ? Math.Log2(Digits * _count) : 0);

    /// <inheritdoc/>
    public override int MaxBytes => (_count * WordList.MaxBytesOfWord) + ((_count - 1) * _separator.Length) + (_hasDigit ? 1 : 0);

    /// <inheritdoc/>
    private protected override int Write(Span<byte> destination)
    {
        var written = 0;
        var wordWithDigit = _hasDigit ? RandomNumberGenerator.GetInt32(_count) : -1;
        for (var word = 0; word < _count; word++)
        {
            if (word > 0)
            {
                _separator.CopyTo(destination[written..]);
                written += _separator.Length;
            }
            written += WordList.WriteRandom(destination[written..], _capitalise);
            if (word == wordWithDigit)
            {
                destination[written++] = Alphabet.OneOf(Alphabet.CharactersOf(CharacterClasses.Digit));
            }
        }
        return written;
    }
}
