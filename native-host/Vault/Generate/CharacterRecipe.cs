using System.Numerics;
using System.Security.Cryptography;

namespace Vault.Generate;

/// <summary>
/// Random characters, at least one of each class. Whole passwords are drawn from all characters and thrown away until
/// one has every class:
/// that leaves those that do equally likely, which putting a digit "somewhere" afterwards would not. At the worst (4
/// characters of 4 classes)
/// one draw in 15 is kept; from 8 characters on, most are.
/// </summary>
public sealed class CharacterRecipe : Recipe
{
    /// <summary>The fewest characters: one for each class.</summary>
    public const int MinLength = 4;

    /// <summary>The most characters.</summary>
    public const int MaxLength = 256;

    private readonly int _length;
    private readonly byte[][] _classes;
    private readonly byte[] _all;

    /// <summary>Takes the choices.</summary>
    /// <param name="length">How many characters, <see cref="MinLength"/> to <see cref="MaxLength"/>.</param>
    /// <param name="classes">Which classes; at least one character of each will be there.</param>
    /// <param name="avoidAmbiguous">Whether to leave out <c>0 O o 1 I l | ' `</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range, or there is no class, or one that is
    /// not known.</exception>
    public CharacterRecipe(int length, CharacterClasses classes, bool avoidAmbiguous)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, MinLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        if (classes == CharacterClasses.None || (classes & ~CharacterClasses.All) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(classes));
        }
        _length = length;
        _classes = Alphabet.Of(classes, avoidAmbiguous);
        _all = [.. _classes.SelectMany(characters => characters)];
        Bits = BigInteger.Log(Passwords(), 2);
    }

    /// <inheritdoc/>
    public override double Bits { get; }

    /// <inheritdoc/>
    public override int MaxBytes => _length;

    /// <inheritdoc/>
    private protected override int Write(Span<byte> destination)
    {
        var password = destination[.._length];
        do
        {
            // Draws again, too, wherever a remainder would favour some.
            RandomNumberGenerator.GetItems(_all, password);
        }
        while (!HasEveryClass(password));
        return _length;
    }

    private bool HasEveryClass(ReadOnlySpan<byte> password)
    {
        foreach (var characters in _classes)
        {
            if (!password.ContainsAny(characters))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>How many passwords have every class: by inclusion and exclusion over the classes that are
    /// missing.</summary>
    private BigInteger Passwords()
    {
        var sum = BigInteger.Zero;
        for (var missing = 0; missing < 1 << _classes.Length; missing++)
        {
            var characters = _all.Length;
            for (var one = 0; one < _classes.Length; one++)
            {
                characters -= (missing >> one & 1) * _classes[one].Length;
            }
            var passwords = BigInteger.Pow(characters, _length);
            sum += int.IsEvenInteger(BitOperations.PopCount((uint)missing)) ? passwords : -passwords;
        }
        return sum;
    }
}
