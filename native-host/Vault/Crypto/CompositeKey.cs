namespace Vault.Crypto;

/// <summary>The parts that a person gives to open a vault, hashed together as KDBX does (SHA-256 of the SHA-256 of each part).</summary>
public sealed class CompositeKey : IDisposable
{
    /// <summary>Makes a key from a passphrase (UTF-8 as typed, not normalised; may be empty) and perhaps the content of a key file.</summary>
    /// <exception cref="VaultException">The key file is an XML key file that does not verify.</exception>
    public static CompositeKey From(ReadOnlySpan<byte> passphrase, ReadOnlySpan<byte> keyFile = default) => throw new NotImplementedException();

    /// <summary>Zeroes the parts.</summary>
    public void Dispose() => throw new NotImplementedException();
}
