using System.Buffers.Binary;
using System.IO.Compression;

namespace Vault.Kdbx;

/// <summary>Expands gzip (RFC 1952) into one array, within the caps.</summary>
internal static class Expander
{
    private const int MinGzipBytes = 18;
    private const int SmallestGuess = 64 * 1024;

    /// <summary>Expands a payload.</summary>
    /// <param name="input">The compressed bytes.</param>
    /// <param name="lengthHint">What gzip's trailer says of the length, see <see cref="LengthHint"/>. A hint only.</param>
    /// <param name="compressedLength">How many compressed bytes there are.</param>
    /// <exception cref="VaultException">It is not gzip, is damaged, or expands beyond the caps.</exception>
    internal static (byte[] Bytes, int Length) Expand(Stream input, uint lengthHint, long compressedLength)
    {
        var cap = Cap(compressedLength);
        if (lengthHint > cap)
        {
            throw TooLarge(cap);
        }
        using var gzip = new GZipStream(input, CompressionMode.Decompress);
        // One byte more than announced, so that the end is seen without growing.
        var bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min(cap, Math.Max(lengthHint, SmallestGuess)) + 1);
        var length = 0;
        try
        {
            while (true)
            {
                var read = gzip.Read(bytes, length, bytes.Length - length);
                if (read == 0)
                {
                    return (bytes, length);
                }
                length += read;
                if (length > cap)
                {
                    throw TooLarge(cap);
                }
                if (length == bytes.Length)
                {
                    Array.Resize(ref bytes, (int)Math.Min(cap + 1, bytes.Length * 2L));
                }
            }
        }
        catch (InvalidDataException)
        {
            throw Failures.Damaged("its compressed payload is not whole");
        }
    }

    /// <summary>The length modulo 2^32 that the trailer of a gzip member states.</summary>
    internal static uint LengthHint(ReadOnlySpan<byte> gzip) =>
        gzip.Length < MinGzipBytes ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(gzip[^sizeof(uint)..]);

    private static long Cap(long compressedLength) =>
        Math.Min(
            Limits.MaxPayloadBytes,
            Math.Max(Limits.FreeExpansionBytes, compressedLength * Limits.MaxExpansionRatio));

    private static VaultException TooLarge(long cap) =>
        Failures.TooLarge($"the vault expands to more than {cap >> 20} MiB, which its size does not explain");
}
