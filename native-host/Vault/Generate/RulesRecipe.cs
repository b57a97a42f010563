using System.Numerics;
using System.Security.Cryptography;

namespace Vault.Generate;

/// <summary>
/// Random characters as a site asks for them: of an alphabet, at least one of each required set, none too often in a row. As in
/// <see cref="CharacterRecipe"/> whole passwords are drawn and thrown away until one is right.
/// </summary>
public sealed class RulesRecipe : Recipe
{
    /// <summary>The most characters.</summary>
    public const int MaxLength = 256;

    /// <summary>The most required sets: the passwords are counted over all combinations of them.</summary>
    public const int MaxRequired = 8;

    // Rules that leave fewer than one draw in some thousands are no rules that a site means.
    private const int MaxDraws = 20_000;
    private const byte FirstPrintable = 0x20;
    private const byte LastPrintable = 0x7e;

    private readonly int _length;
    private readonly byte[] _allowed;
    private readonly byte[][] _required;
    private readonly int _maxConsecutive;

    /// <summary>Takes the rules.</summary>
    /// <param name="length">How many characters, 1 to <see cref="MaxLength"/>.</param>
    /// <param name="allowed">The alphabet: printable ASCII, none twice.</param>
    /// <param name="required">Sets of characters of the alphabet, <see cref="MaxRequired"/> at the most; one of each will be there.</param>
    /// <param name="maxConsecutive">How often the same character may stand in a row, at least 1; <see langword="null"/> for any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is not so.</exception>
    /// <exception cref="UnmetRulesException">No password is so.</exception>
    public RulesRecipe(int length, ReadOnlySpan<byte> allowed, IReadOnlyList<byte[]> required, int? maxConsecutive)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(required.Count, MaxRequired, nameof(required));
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConsecutive ?? 1, 1, nameof(maxConsecutive));
        if (!IsSet(allowed))
        {
            throw new ArgumentOutOfRangeException(nameof(allowed));
        }
        foreach (var set in required)
        {
            if (!IsSet(set) || set.AsSpan().ContainsAnyExcept(allowed))
            {
                throw new ArgumentOutOfRangeException(nameof(required));
            }
        }
        _length = length;
        _allowed = allowed.ToArray();
        _required = [.. required];
        _maxConsecutive = maxConsecutive ?? length;
        var passwords = Passwords();
        if (passwords.Sign <= 0)
        {
            throw new UnmetRulesException();
        }
        Bits = BigInteger.Log(passwords, 2);
    }

    /// <inheritdoc/>
    public override double Bits { get; }

    /// <inheritdoc/>
    public override int MaxBytes => _length;

    /// <inheritdoc/>
    private protected override int Write(Span<byte> destination)
    {
        var password = destination[.._length];
        for (var draws = 0; draws < MaxDraws; draws++)
        {
            RandomNumberGenerator.GetItems(_allowed, password);
            if (IsRight(password))
            {
                return _length;
            }
        }
        throw new UnmetRulesException();
    }

    private static bool IsSet(ReadOnlySpan<byte> characters)
    {
        for (var index = 0; index < characters.Length; index++)
        {
            if (characters[index] is < FirstPrintable or > LastPrintable || characters[..index].Contains(characters[index]))
            {
                return false;
            }
        }
        return !characters.IsEmpty;
    }

    private bool IsRight(ReadOnlySpan<byte> password)
    {
        foreach (var set in _required)
        {
            if (!password.ContainsAny(set))
            {
                return false;
            }
        }
        var inRow = 1;
        for (var index = 1; index < password.Length && inRow <= _maxConsecutive; index++)
        {
            inRow = password[index] == password[index - 1] ? inRow + 1 : 1;
        }
        return inRow <= _maxConsecutive;
    }

    /// <summary>How many passwords are right: by inclusion and exclusion over the sets that are missing.</summary>
    private BigInteger Passwords()
    {
        var sum = BigInteger.Zero;
        for (var missing = 0; missing < 1 << _required.Length; missing++)
        {
            var characters = _allowed.Count(character => !IsIn(character, missing));
            var passwords = WithoutLongRows(characters);
            sum += int.IsEvenInteger(BitOperations.PopCount((uint)missing)) ? passwords : -passwords;
        }
        return sum;
    }

    private bool IsIn(byte character, int sets)
    {
        for (var one = 0; one < _required.Length; one++)
        {
            if ((sets >> one & 1) != 0 && _required[one].Contains(character))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>How many texts of so many different characters have none too often in a row.</summary>
    private BigInteger WithoutLongRows(int characters)
    {
        if (_maxConsecutive >= _length)
        {
            return BigInteger.Pow(characters, _length);
        }
        // By the length of the last row: what stands before it ends in another character.
        var texts = new BigInteger[_length + 1];
        for (var length = 1; length <= _length; length++)
        {
            for (var row = 1; row <= Math.Min(_maxConsecutive, length); row++)
            {
                texts[length] += row == length ? characters : texts[length - row] * (characters - 1);
            }
        }
        return texts[_length];
    }
}

/// <summary>No password meets the rules, or so few that none was found.</summary>
public sealed class UnmetRulesException : Exception;
