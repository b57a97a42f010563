using Vault.Crypto;

namespace Vault.Passkeys;

/// <summary>Ed25519 (RFC 8032) by libsodium. The base class library has none.</summary>
internal static unsafe class Ed25519
{
    internal const int SeedBytes = 32;
    internal const int PublicKeyBytes = 32;
    internal const int SignatureBytes = 64;
    private const int SecretKeyBytes = 64;

    /// <summary>The public key of a seed.</summary>
    internal static byte[] PublicKeyOf(ReadOnlySpan<byte> seed)
    {
        using var key = new SecretBytes(SecretKeyBytes);
        return Expand(seed, key);
    }

    /// <summary>Signs bytes with the key of a seed.</summary>
    internal static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> bytes)
    {
        using var key = new SecretBytes(SecretKeyBytes);
        Expand(seed, key);
        var signature = new byte[SignatureBytes];
        fixed (byte* output = signature, input = bytes, secret = key.Span)
        {
            _ = Sodium.crypto_sign_ed25519_detached(output, null, input, (ulong)bytes.Length, secret);
        }
        return signature;
    }

    private static byte[] Expand(ReadOnlySpan<byte> seed, SecretBytes key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedBytes);
        var publicKey = new byte[PublicKeyBytes];
        fixed (byte* output = publicKey, secret = key.Span, input = seed)
        {
            _ = Sodium.crypto_sign_ed25519_seed_keypair(output, secret, input);
        }
        return publicKey;
    }
}
