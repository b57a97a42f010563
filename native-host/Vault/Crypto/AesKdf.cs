using System.Security.Cryptography;

namespace Vault.Crypto;

/// <summary>KeePass's older key derivation: each half of the key is encrypted with AES-256 <c>rounds</c> times, then hashed.</summary>
internal static class AesKdf
{
    private const int BlockBytes = 16;
    private const int KeyBytes = 32;

    // CBC over zero blocks is the iterated block cipher: each output block is the encryption of the one before it. One call
    // over 64 KiB of zeros does 4096 rounds about 50 times faster than as many single calls.
    private const int ChainBytes = 64 * 1024;
    private const int RoundsPerChain = ChainBytes / BlockBytes;

    private static readonly byte[] Zeros = new byte[ChainBytes];

    /// <summary>Derives 32 bytes from a 32-byte key under a 32-byte seed.</summary>
    internal static void Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> seed, ulong rounds, Span<byte> output)
    {
        var left = key[..BlockBytes].ToArray();
        var right = key[BlockBytes..KeyBytes].ToArray();
        var aesKey = seed.ToArray();
        Parallel.Invoke(() => Iterate(aesKey, left, rounds), () => Iterate(aesKey, right, rounds));

        Span<byte> both = [.. left, .. right];
        SHA256.HashData(both, output);
        CryptographicOperations.ZeroMemory(both);
        CryptographicOperations.ZeroMemory(left);
        CryptographicOperations.ZeroMemory(right);
    }

    private static void Iterate(byte[] aesKey, byte[] block, ulong rounds)
    {
        using var aes = Aes.Create();
        aes.SetKey(aesKey);
        var chain = new byte[ChainBytes];
        while (rounds > 0)
        {
            var length = (int)Math.Min(rounds, RoundsPerChain) * BlockBytes;
            aes.EncryptCbc(Zeros.AsSpan(0, length), block, chain.AsSpan(0, length), PaddingMode.None);
            chain.AsSpan(length - BlockBytes, BlockBytes).CopyTo(block);
            rounds -= (ulong)(length / BlockBytes);
        }
        CryptographicOperations.ZeroMemory(chain);
    }
}
