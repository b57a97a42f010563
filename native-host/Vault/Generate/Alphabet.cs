using System.Security.Cryptography;

namespace Vault.Generate;

/// <summary>The characters of each class.</summary>
internal static class Alphabet
{
    private static readonly CharacterClasses[] EachClass =
        [CharacterClasses.Lower, CharacterClasses.Upper, CharacterClasses.Digit, CharacterClasses.Symbol];

    /// <summary>Characters that look like another one in common typefaces.</summary>
    private static ReadOnlySpan<byte> Ambiguous => "0Oo1Il|'`"u8;

    /// <summary>The characters of the classes chosen, an array for each.</summary>
    public static byte[][] Of(CharacterClasses classes, bool avoidAmbiguous) =>
        [.. EachClass.Where(one => (classes & one) != 0).Select(one => Without(CharactersOf(one), avoidAmbiguous))];

    /// <summary>The characters of one class.</summary>
    public static ReadOnlySpan<byte> CharactersOf(CharacterClasses one) => one switch
    {
        CharacterClasses.Lower => "abcdefghijklmnopqrstuvwxyz"u8,
        CharacterClasses.Upper => "ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8,
        CharacterClasses.Digit => "0123456789"u8,
        _ => "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"u8,
    };

    /// <summary>One of several bytes, each equally likely: GetInt32 draws again where a remainder would favour
    /// some.</summary>
    public static byte OneOf(ReadOnlySpan<byte> bytes) => bytes[RandomNumberGenerator.GetInt32(bytes.Length)];

    private static byte[] Without(ReadOnlySpan<byte> characters, bool avoidAmbiguous)
    {
        var kept = new List<byte>(characters.Length);
        foreach (var character in characters)
        {
            if (!avoidAmbiguous || !Ambiguous.Contains(character))
            {
                kept.Add(character);
            }
        }
        return [.. kept];
    }
}
