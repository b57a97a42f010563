using System.Security.Cryptography;

namespace Vault.Crypto;

/// <summary>The parts that a person gives to open a vault, hashed together as KDBX does (SHA-256 of the SHA-256 of each part).</summary>
public sealed class CompositeKey : IDisposable
{
    internal const int Bytes = SHA256.HashSizeInBytes;

    private readonly SecretBytes _key;

    private CompositeKey(SecretBytes key) => _key = key;

    /// <summary>The 32 bytes that go into the key derivation.</summary>
    internal ReadOnlySpan<byte> Span => _key.Span;

    /// <summary>
    /// Makes a key from a passphrase (UTF-8 as typed, not normalised; may be empty) and perhaps the content of a key file.
    /// With a key file, an empty passphrase is no part of the key, as in KeePassXC.
    /// </summary>
    /// <exception cref="VaultException">The key file is an XML key file that does not verify.</exception>
    /// <exception cref="MissingLibraryException">libsodium is not installed.</exception>
    public static CompositeKey From(ReadOnlySpan<byte> passphrase, ReadOnlySpan<byte> keyFile = default)
    {
        Span<byte> parts = stackalloc byte[2 * Bytes];
        try
        {
            var length = 0;
            if (!passphrase.IsEmpty || keyFile.IsEmpty)
            {
                SHA256.HashData(passphrase, parts);
                length += Bytes;
            }
            if (!keyFile.IsEmpty)
            {
                KeyFile.Read(keyFile, parts.Slice(length, Bytes));
                length += Bytes;
            }
            var key = new SecretBytes(Bytes);
            SHA256.HashData(parts[..length], key.Span);
            return new CompositeKey(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(parts);
        }
    }

    /// <summary>Zeroes the parts.</summary>
    public void Dispose() => _key.Dispose();
}
