using System.Security.Cryptography;

namespace Vault.Crypto;

/// <summary>
/// A key at rest in memory: sealed (XSalsa20-Poly1305) under one random key per process, which lies in locked memory that
/// cannot even be read between uses. So keys that live as long as a vault cost no locked memory, and a page of ours that
/// reaches the swap file says nothing.
/// </summary>
internal sealed unsafe class SealedKey
{
    private static readonly Lock Gate = new();
    private static byte* _processKey;

    private readonly byte[] _nonce;
    private readonly byte[] _sealedBytes;

    /// <summary>Seals a key, which the caller may clear afterwards.</summary>
    internal SealedKey(ReadOnlySpan<byte> key)
    {
        Sodium.Require();
        _nonce = RandomNumberGenerator.GetBytes(Sodium.SecretBoxNonceBytes);
        _sealedBytes = new byte[key.Length + Sodium.SecretBoxTagBytes];
        lock (Gate)
        {
            var processKey = Reveal();
            fixed (byte* output = _sealedBytes, input = key, nonce = _nonce)
            {
                _ = Sodium.crypto_secretbox_easy(output, input, (ulong)key.Length, nonce, processKey);
            }
            _ = Sodium.sodium_mprotect_noaccess(processKey);
        }
    }

    /// <summary>Opens the key for one use.</summary>
    /// <returns>The key, which the caller disposes.</returns>
    internal SecretBytes Open()
    {
        var key = new SecretBytes(_sealedBytes.Length - Sodium.SecretBoxTagBytes);
        int result;
        lock (Gate)
        {
            var processKey = Reveal();
            fixed (byte* output = key.Span, input = _sealedBytes, nonce = _nonce)
            {
                result = Sodium.crypto_secretbox_open_easy(output, input, (ulong)_sealedBytes.Length, nonce, processKey);
            }
            _ = Sodium.sodium_mprotect_noaccess(processKey);
        }
        return result == 0 ? key : throw new InvalidOperationException("a sealed key was altered in memory");
    }

    /// <summary>Makes the sealed bytes useless.</summary>
    internal void Clear() => CryptographicOperations.ZeroMemory(_sealedBytes);

    private static byte* Reveal()
    {
        if (_processKey is not null)
        {
            _ = Sodium.sodium_mprotect_readonly(_processKey);
            return _processKey;
        }
        var key = (byte*)Sodium.sodium_malloc(Sodium.SecretBoxKeyBytes);
        if (key is null)
        {
            throw new InsufficientMemoryException("no guarded memory left");
        }
        RandomNumberGenerator.Fill(new Span<byte>(key, Sodium.SecretBoxKeyBytes));
        return _processKey = key;
    }
}
