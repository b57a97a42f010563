using System.Buffers.Binary;
using System.Security.Cryptography;
using Vault.Crypto;

namespace Vault.Kdbx;

/// <summary>The two keys of one write of a file, from its master seed and the transformed key.</summary>
internal sealed class KdbxKeys : IDisposable
{
    internal const int MacBytes = SHA256.HashSizeInBytes;

    /// <summary>The block number under which the header itself is authenticated.</summary>
    internal const ulong HeaderBlock = ulong.MaxValue;

    private const int KeyBytes = 32;
    private const int MacKeyBytes = SHA512.HashSizeInBytes;

    private readonly SecretBytes _cipherKey = new(KeyBytes);
    private readonly SecretBytes _macKey = new(MacKeyBytes);

    internal KdbxKeys(ReadOnlySpan<byte> masterSeed, ReadOnlySpan<byte> transformedKey)
    {
        Span<byte> seed = stackalloc byte[KdbxHeader.SeedBytes + CompositeKey.Bytes + 1];
        masterSeed.CopyTo(seed);
        transformedKey.CopyTo(seed[KdbxHeader.SeedBytes..]);
        seed[^1] = 1;
        SHA256.HashData(seed[..^1], _cipherKey.Span);
        SHA512.HashData(seed, _macKey.Span);
        CryptographicOperations.ZeroMemory(seed);
    }

    /// <summary>The key of the outer cipher, 32 bytes.</summary>
    internal ReadOnlySpan<byte> CipherKey => _cipherKey.Span;

    /// <summary>The HMAC-SHA-256 of the header.</summary>
    internal void HeaderMac(ReadOnlySpan<byte> header, Span<byte> mac)
    {
        Span<byte> key = stackalloc byte[MacKeyBytes];
        BlockKey(HeaderBlock, key);
        HMACSHA256.HashData(key, header, mac);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>The HMAC-SHA-256 of one block: its number, its length and its bytes.</summary>
    internal void BlockMac(ulong number, ReadOnlySpan<byte> block, Span<byte> mac)
    {
        Span<byte> key = stackalloc byte[MacKeyBytes];
        Span<byte> prefix = stackalloc byte[sizeof(ulong) + sizeof(int)];
        BlockKey(number, key);
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, number);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[sizeof(ulong)..], block.Length);
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(prefix);
        hash.AppendData(block);
        hash.GetHashAndReset(mac);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Zeroes both.</summary>
    public void Dispose()
    {
        _cipherKey.Dispose();
        _macKey.Dispose();
    }

    private void BlockKey(ulong number, Span<byte> key)
    {
        Span<byte> input = stackalloc byte[sizeof(ulong) + MacKeyBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(input, number);
        _macKey.Span.CopyTo(input[sizeof(ulong)..]);
        SHA512.HashData(input, key);
        CryptographicOperations.ZeroMemory(input);
    }
}
