using System.Security.Cryptography;
using Vault.Crypto;
using Vault.Kdbx;

namespace Vault.Storage;

/// <summary>
/// The keys of an open vault, sealed while nobody uses them: the composite key, and the transformed key of one derivation.
/// Writes keep that derivation's salt, so they cost none.
/// </summary>
internal sealed class VaultKeys
{
    private readonly SealedSecret _composite;
    private SealedSecret? _transformed;
    private KdfParameters? _kdf;

    internal VaultKeys(CompositeKey key) => _composite = new SealedSecret(key.Span);

    /// <summary>The transformed key, derived unless it is that of the last derivation.</summary>
    /// <returns>The key, which the caller disposes.</returns>
    internal SecretBytes Transformed(KdfParameters kdf)
    {
        if (_kdf is not null && _transformed is not null && _kdf.IsSameAs(kdf))
        {
            return _transformed.Open();
        }
        using var composite = _composite.Open();
        var transformed = kdf.Transform(composite.Span);
        _transformed?.Clear();
        _transformed = new SealedSecret(transformed.Span);
        _kdf = kdf;
        return transformed;
    }

    /// <summary>Whether another composite key is this one. Costs a derivation, so that it cannot be tried faster than a file can.</summary>
    internal bool IsSame(CompositeKey key, KdfParameters kdf)
    {
        using var theirs = kdf.Transform(key.Span);
        using var ours = Transformed(kdf);
        return CryptographicOperations.FixedTimeEquals(theirs.Span, ours.Span);
    }

    /// <summary>Makes the sealed keys useless.</summary>
    internal void Clear()
    {
        _composite.Clear();
        _transformed?.Clear();
    }
}
