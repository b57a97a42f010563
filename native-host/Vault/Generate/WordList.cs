using System.Security.Cryptography;
using Vault.Lists;

namespace Vault.Generate;

/// <summary>
/// The EFF's long list of 7,776 words. No word is the beginning of another, so words written one after the other can
/// be told apart without
/// anything between them, and different choices give different passwords: the entropy is that of the choices.
/// </summary>
internal static class WordList
{
    /// <summary>How many words.</summary>
    public const int Words = 7776;

    /// <summary>How many bytes the longest word has.</summary>
    public const int MaxBytesOfWord = 9;

    private const int RecordBytes = MaxBytesOfWord + 1;

    private static readonly EmbeddedList List = new("words.txt");

    /// <summary>The word of a number, 0 to <see cref="Words"/> - 1: lower-case ASCII, perhaps a hyphen.</summary>
    public static ReadOnlySpan<byte> Word(int number) => List.Bytes.Slice(number * RecordBytes, MaxBytesOfWord).TrimEnd((byte)' ');

    /// <summary>Writes a random word.</summary>
    /// <returns>How many bytes were written.</returns>
    public static int WriteRandom(Span<byte> destination, bool capitalise)
    {
        var word = Word(RandomNumberGenerator.GetInt32(Words));
        word.CopyTo(destination);
        if (capitalise)
        {
            destination[0] = (byte)char.ToUpperInvariant((char)destination[0]);
        }
        return word.Length;
    }
}
