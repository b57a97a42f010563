using System.Security.Cryptography;

namespace Vault.Crypto;

/// <summary>
/// A key or another secret at rest in memory: sealed (XSalsa20-Poly1305) under one random key per process, which lies in locked memory that
/// cannot even be read between uses. So what lives as long as a vault costs no locked memory, and a page of ours that
/// reaches the swap file says nothing.
/// </summary>
public sealed unsafe class SealedSecret
{
    private static readonly Lock Gate = new();
    private static byte* _processKey;

    private readonly byte[] _nonce;
    private readonly byte[] _sealedBytes;

    /// <summary>Seals a secret, which the caller may clear afterwards.</summary>
    /// <exception cref="MissingLibraryException">libsodium is not installed.</exception>
    public SealedSecret(ReadOnlySpan<byte> secret)
    {
        Sodium.Require();
        _nonce = RandomNumberGenerator.GetBytes(Sodium.SecretBoxNonceBytes);
        _sealedBytes = new byte[secret.Length + Sodium.SecretBoxTagBytes];
        lock (Gate)
        {
            var processKey = Reveal();
            fixed (byte* output = _sealedBytes, input = secret, nonce = _nonce)
            {
                _ = Sodium.crypto_secretbox_easy(output, input, (ulong)secret.Length, nonce, processKey);
            }
            _ = Sodium.sodium_mprotect_noaccess(processKey);
        }
    }

    /// <summary>Opens the secret for one use.</summary>
    /// <returns>The secret, which the caller disposes.</returns>
    public SecretBytes Open()
    {
        var secret = new SecretBytes(_sealedBytes.Length - Sodium.SecretBoxTagBytes);
        int result;
        lock (Gate)
        {
            var processKey = Reveal();
            fixed (byte* output = secret.Span, input = _sealedBytes, nonce = _nonce)
            {
                result = Sodium.crypto_secretbox_open_easy(output, input, (ulong)_sealedBytes.Length, nonce, processKey);
            }
            _ = Sodium.sodium_mprotect_noaccess(processKey);
        }
        return result == 0 ? secret : throw new InvalidOperationException("a sealed secret was altered in memory");
    }

    /// <summary>Makes the sealed bytes useless.</summary>
    public void Clear() => CryptographicOperations.ZeroMemory(_sealedBytes);

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
