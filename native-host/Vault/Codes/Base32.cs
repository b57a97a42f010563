namespace Vault.Codes;

/// <summary>Base32 (RFC 4648 section 6) as people paste it: lower case, spaces, hyphens, with or without
/// padding.</summary>
internal static class Base32
{
    private const int BitsOfCharacter = 5;
    private const int BitsOfByte = 8;

    /// <summary>How many bytes a text has at the most.</summary>
    public static int MaxBytes(int characters) => ((characters * BitsOfCharacter) + BitsOfByte - 1) / BitsOfByte;

    /// <summary>Decodes.</summary>
    /// <returns>How many bytes were written, or <see langword="null"/> if there is another character, or one behind
    /// the padding.</returns>
    public static int? TryDecode(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var (written, bits, pending) = (0, 0, 0u);
        var isPadded = false;
        foreach (var character in text)
        {
            if (character is (byte)' ' or (byte)'-' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                continue;
            }
            if (character == '=')
            {
                isPadded = true;
                continue;
            }
            if (isPadded || ValueOf(character) is not { } value)
            {
                return null;
            }
            pending = (pending << BitsOfCharacter) | value;
            bits += BitsOfCharacter;
            if (bits >= BitsOfByte)
            {
                bits -= BitsOfByte;
                destination[written++] = (byte)(pending >> bits);
            }
        }
        // Bits that fill no byte are left out: seeds are issued with them, and every program ignores them.
        return written;
    }

    private static uint? ValueOf(byte character) => character switch
    {
        >= (byte)'A' and <= (byte)'Z' => (uint)(character - 'A'),
        >= (byte)'a' and <= (byte)'z' => (uint)(character - 'a'),
        >= (byte)'2' and <= (byte)'7' => (uint)(character - '2' + 26),
        _ => null,
    };
}
