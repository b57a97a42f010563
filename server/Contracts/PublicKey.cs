using System.Numerics;
using System.Security.Cryptography;

namespace Contracts;

/// <summary>
/// A public key on P-256 (FIPS 186-5), as it travels: the 65 bytes of the uncompressed point (SEC 1, section 2.3.3). Compared by
/// value. Keep one object for each member: the import for verifying, done once, costs more than a verification.
/// </summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    /// <summary>How many bytes a key has.</summary>
    public const int Bytes = 1 + (2 * CoordinateBytes);

    private const int CoordinateBytes = 32;
    private const byte Uncompressed = 4;

    private static readonly BigInteger Prime = Unsigned(Convert.FromHexString("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF"));
    private static readonly BigInteger B = Unsigned(Convert.FromHexString("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B"));

    private readonly byte[] _point;
    private readonly Lazy<ECDsa> _verifier;

    /// <summary>Takes the 65 bytes.</summary>
    /// <exception cref="ContractException">They are not the uncompressed form of a point on P-256 (<see cref="ContractError.NotAKey"/>).</exception>
    public PublicKey(ReadOnlySpan<byte> point)
    {
        if (!IsOnCurve(point))
        {
            throw new ContractException(ContractError.NotAKey, "a public key is not an uncompressed point of P-256");
        }
        _point = point.ToArray();
        _verifier = new(() => ECDsa.Create(Parameters));
    }

    /// <summary>The 65 bytes.</summary>
    public ReadOnlySpan<byte> Span => _point;

    /// <summary>What the platform imports; always with the named curve.</summary>
    public ECParameters Parameters => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = _point[1..(1 + CoordinateBytes)], Y = _point[(1 + CoordinateBytes)..] },
    };

    /// <summary>Writes the 65 bytes of a point that the platform exported.</summary>
    public static byte[] PointOf(ECPoint point) => [Uncompressed, .. point.X!, .. point.Y!];

    /// <summary>Whether a signature (ECDSA with SHA-256, r and s in 32 bytes each) was made over these bytes by this key.</summary>
    /// <returns><see langword="false"/> also if the signature is not 64 bytes long.</returns>
    public bool Verifies(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature) =>
        signature.Length == SigningKey.SignatureBytes
        && _verifier.Value.VerifyData(bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && _point.AsSpan().SequenceEqual(other._point);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_point);
        return hash.ToHashCode();
    }

    /// <summary>y² = x³ - 3x + b, both below the prime (SEC 1, section 3.2.2.1; the cofactor is 1 and infinity has no such form).</summary>
    private static bool IsOnCurve(ReadOnlySpan<byte> point)
    {
        if (point.Length != Bytes || point[0] != Uncompressed)
        {
            return false;
        }
        var x = Unsigned(point.Slice(1, CoordinateBytes));
        var y = Unsigned(point[(1 + CoordinateBytes)..]);
        return x < Prime && y < Prime && ((y * y) - ((((x * x) - 3) * x) + B)) % Prime == 0;
    }

    private static BigInteger Unsigned(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
