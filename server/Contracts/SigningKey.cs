using System.Security.Cryptography;

namespace Contracts;

/// <summary>A private key that signs: ECDSA on P-256 with SHA-256 (FIPS 186-5). One per member and office.</summary>
public sealed class SigningKey : IDisposable
{
    /// <summary>r and s, 32 bytes each, big-endian (IEEE P1363).</summary>
    public const int SignatureBytes = 64;

    /// <summary>How many bytes <see cref="Export"/> gives.</summary>
    public const int Bytes = 32;

    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        Public = new PublicKey(PublicKey.PointOf(key.ExportParameters(includePrivateParameters: false).Q));
    }

    /// <summary>What the others verify with.</summary>
    public PublicKey Public { get; }

    /// <summary>Makes a new key.</summary>
    public static SigningKey New() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Takes the 32 bytes of <see cref="Export"/>, which the caller clears.</summary>
    /// <exception cref="CryptographicException">They are no private key of P-256.</exception>
    public static SigningKey Import(ReadOnlySpan<byte> bytes)
    {
        var parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = bytes.ToArray() };
        try
        {
            return new SigningKey(ECDsa.Create(parameters));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(parameters.D);
        }
    }

    /// <summary>The 32 bytes of the private key, which the caller clears.</summary>
    public byte[] Export() => _key.ExportParameters(includePrivateParameters: true).D!;

    /// <summary>Signs bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> bytes) =>
        _key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>Gives the key back to the platform, which clears it.</summary>
    public void Dispose() => _key.Dispose();
}
