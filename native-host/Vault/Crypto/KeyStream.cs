using System.Security.Cryptography;

namespace Vault.Crypto;

/// <summary>A stream cipher that KDBX uses.</summary>
internal enum KeyStreamKind
{
    /// <summary>Salsa20 with KeePass's fixed nonce; inner stream of KDBX 3.1.</summary>
    Salsa20 = 2,

    /// <summary>ChaCha20 of RFC 8439.</summary>
    ChaCha20 = 3,
}

/// <summary>
/// A key stream that can be entered at any offset, because both ciphers number their 64-byte blocks. The key lies in
/// locked memory. Whoever seals must never use an offset twice.
/// </summary>
internal sealed unsafe class KeyStream : IDisposable
{
    /// <summary>The inner stream key that we write: RFC-sized key material before hashing, as KeePass makes it.</summary>
    internal const int InnerKeyBytes = 64;

    private const int BlockBytes = 64;
    private const int KeyBytes = 32;
    private const int ChaChaNonceBytes = 12;

    // ChaCha20 of RFC 8439 counts blocks in 32 bits.
    private const long MaxChaChaOffset = (1L << 32) * BlockBytes;

    // KeePass's constant for the Salsa20 inner stream (KdbxFile, "protected stream").
    private static readonly byte[] SalsaNonce = [0xE8, 0x30, 0x09, 0x4B, 0x97, 0x20, 0x5D, 0x2A];

    private readonly KeyStreamKind _kind;
    private readonly SecretBytes _key;
    private readonly byte[] _nonce;

    private KeyStream(KeyStreamKind kind, SecretBytes key, byte[] nonce) => (_kind, _key, _nonce) = (kind, key, nonce);

    /// <summary>The inner stream of a file: ChaCha20 takes SHA-512 of the key, Salsa20 SHA-256.</summary>
    internal static KeyStream ForInner(KeyStreamKind kind, ReadOnlySpan<byte> innerKey)
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        if (kind == KeyStreamKind.Salsa20)
        {
            SHA256.HashData(innerKey, hash);
            return new KeyStream(kind, SecretBytes.Take(hash[..KeyBytes]), SalsaNonce);
        }
        SHA512.HashData(innerKey, hash);
        var nonce = hash.Slice(KeyBytes, ChaChaNonceBytes).ToArray();
        return new KeyStream(kind, SecretBytes.Take(hash[..KeyBytes]), nonce);
    }

    /// <summary>ChaCha20 under exactly this key (32 bytes) and nonce (12 bytes), from block 0.</summary>
    internal static KeyStream ChaCha20(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce) =>
        new(KeyStreamKind.ChaCha20, SecretBytes.CopyOf(key), nonce.ToArray());

    /// <summary>Salsa20 under exactly this key (32 bytes) and nonce (8 bytes), from block 0.</summary>
    internal static KeyStream Salsa20(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce) =>
        new(KeyStreamKind.Salsa20, SecretBytes.CopyOf(key), nonce.ToArray());

    /// <summary>A stream under a new random key.</summary>
    internal static KeyStream Random()
    {
        Span<byte> key = stackalloc byte[KeyBytes];
        RandomNumberGenerator.Fill(key);
        return new KeyStream(KeyStreamKind.ChaCha20, SecretBytes.Take(key), RandomNumberGenerator.GetBytes(ChaChaNonceBytes));
    }

    /// <summary>Seals or opens bytes in place: both are an exclusive or with the stream from <paramref name="offset"/>.</summary>
    internal void Xor(long offset, Span<byte> bytes)
    {
        if (_kind == KeyStreamKind.ChaCha20 && offset > MaxChaChaOffset - bytes.Length)
        {
            throw new InvalidOperationException("the key stream is used up");
        }
        var block = offset / BlockBytes;
        var inBlock = (int)(offset % BlockBytes);
        if (inBlock != 0)
        {
            // The library starts only at whole blocks: lay the first bytes where they belong in one.
            Span<byte> first = stackalloc byte[BlockBytes];
            var count = Math.Min(BlockBytes - inBlock, bytes.Length);
            bytes[..count].CopyTo(first[inBlock..]);
            XorBlocks(block, first);
            first.Slice(inBlock, count).CopyTo(bytes);
            CryptographicOperations.ZeroMemory(first);
            bytes = bytes[count..];
            block++;
        }
        if (!bytes.IsEmpty)
        {
            XorBlocks(block, bytes);
        }
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => _key.Dispose();

    private void XorBlocks(long block, Span<byte> bytes)
    {
        fixed (byte* data = bytes, nonce = _nonce, key = _key.Span)
        {
            _ = _kind == KeyStreamKind.ChaCha20
                ? Sodium.crypto_stream_chacha20_ietf_xor_ic(data, data, (ulong)bytes.Length, nonce, (uint)block, key)
                : Sodium.crypto_stream_salsa20_xor_ic(data, data, (ulong)bytes.Length, nonce, (ulong)block, key);
        }
    }
}
