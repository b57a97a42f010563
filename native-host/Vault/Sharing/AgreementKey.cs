using System.Security.Cryptography;
using Contracts;

namespace Vault.Sharing;

/// <summary>A private key that others wrap keys for: ECDH on P-256 (SP 800-56A). One per member and office, or per group and group epoch.</summary>
public sealed class AgreementKey : IDisposable
{
    /// <summary>How many bytes <see cref="Export"/> gives.</summary>
    public const int Bytes = 32;

    private readonly ECDiffieHellman _key;

    private AgreementKey(ECDiffieHellman key)
    {
        _key = key;
        Public = new PublicKey(PublicKey.PointOf(key.ExportParameters(includePrivateParameters: false).Q));
    }

    /// <summary>What the others wrap for.</summary>
    public PublicKey Public { get; }

    /// <summary>Makes a new key.</summary>
    public static AgreementKey New() => new(ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Takes the 32 bytes of <see cref="Export"/>, which the caller clears.</summary>
    /// <exception cref="CryptographicException">They are no private key of P-256.</exception>
    public static AgreementKey Import(ReadOnlySpan<byte> bytes)
    {
        var parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = bytes.ToArray() };
        try
        {
            return new AgreementKey(ECDiffieHellman.Create(parameters));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(parameters.D);
        }
    }

    /// <summary>The 32 bytes of the private key, which the caller clears.</summary>
    public byte[] Export() => _key.ExportParameters(includePrivateParameters: true).D!;

    /// <summary>The x coordinate of the shared point, 32 bytes (RFC 9180, section 4.1, DH), which the caller clears. The key is only read: several threads may ask at once.</summary>
    internal byte[] Agree(PublicKey theirKey)
    {
        using var theirs = ECDiffieHellman.Create(theirKey.Parameters);
        using var theirPublicKey = theirs.PublicKey;
        return _key.DeriveRawSecretAgreement(theirPublicKey);
    }

    /// <summary>Gives the key back to the platform, which clears it.</summary>
    public void Dispose() => _key.Dispose();
}
