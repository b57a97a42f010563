using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Vault.Crypto;

namespace Vault.Passkeys;

/// <summary>A signature algorithm of a passkey, by its number in the COSE registry (RFC 9053 section 2).</summary>
public enum PasskeyAlgorithm
{
    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8812 section 2): of passkeys that other programs made. None is made here.</summary>
    Rs256 = -257,

    /// <summary>Ed25519.</summary>
    EdDsa = -8,

    /// <summary>ECDSA with SHA-256 over P-256.</summary>
    Es256 = -7,
}

/// <summary>
/// The private key of a passkey: PKCS #8 (RFC 5958) in guarded memory. In an item it stands as PEM (RFC 7468), as KeePassXC writes and reads it.
/// </summary>
public sealed class PasskeyKey : IDisposable
{
    private const int P256Bits = 256;
    private const int MinRsaBits = 2048, MaxRsaBits = 4096;
    private const int PemColumns = 64;

    // RFC 8410 section 7: what stands before the 32 bytes of an Ed25519 key, and (section 4) before those of a public one.
    private static readonly byte[] Ed25519Start = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    private static readonly byte[] Ed25519PublicStart = [0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0];

    private readonly SecretBytes _pkcs8;

    private PasskeyKey(SecretBytes pkcs8, PasskeyAlgorithm algorithm) => (_pkcs8, Algorithm) = (pkcs8, algorithm);

    /// <summary>What it signs with.</summary>
    public PasskeyAlgorithm Algorithm { get; }

    /// <summary>Tells whether new keys are made for an algorithm, by its number.</summary>
    public static bool IsMade(int algorithm) => algorithm is (int)PasskeyAlgorithm.Es256 or (int)PasskeyAlgorithm.EdDsa;

    /// <summary>Makes a new key, for an algorithm for which keys are made.</summary>
    public static PasskeyKey New(PasskeyAlgorithm algorithm)
    {
        if (!IsMade((int)algorithm))
        {
            throw new ArgumentOutOfRangeException(nameof(algorithm));
        }
        if (algorithm == PasskeyAlgorithm.EdDsa)
        {
            using var seed = new SecretBytes(Ed25519.SeedBytes);
            RandomNumberGenerator.Fill(seed.Span);
            return OfEd25519(seed.Span);
        }
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Of(key);
    }

    /// <summary>Takes a private scalar of P-256, or the seed of an Ed25519 key: 32 bytes, which the caller clears.</summary>
    internal static PasskeyKey Import(PasskeyAlgorithm algorithm, ReadOnlySpan<byte> bytes)
    {
        if (algorithm == PasskeyAlgorithm.EdDsa)
        {
            return OfEd25519(bytes);
        }
        var parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = bytes.ToArray() };
        try
        {
            using var key = ECDsa.Create(parameters);
            return Of(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(parameters.D);
        }
    }

    /// <summary>Reads a key as it stands in an item.</summary>
    /// <param name="pem">UTF-8, which the caller disposes.</param>
    /// <returns>The key, which the caller disposes, or <see langword="null"/> if it is none of P-256, Ed25519 or RSA of 2048 to 4096 bits.</returns>
    public static PasskeyKey? TryReadPem(ReadOnlySpan<byte> pem)
    {
        if (!PemEncoding.TryFindUtf8(pem, out var fields) || !pem[fields.Label].SequenceEqual("PRIVATE KEY"u8))
        {
            return null;
        }
        var pkcs8 = new SecretBytes(fields.DecodedDataLength);
        try
        {
            if (Base64.DecodeFromUtf8(pem[fields.Base64Data], pkcs8.Span, out _, out var length) == OperationStatus.Done
                && length == pkcs8.Length && AlgorithmOf(pkcs8.Span) is { } algorithm)
            {
                return new PasskeyKey(pkcs8, algorithm);
            }
        }
        catch
        {
            pkcs8.Dispose();
            throw;
        }
        pkcs8.Dispose();
        return null;
    }

    /// <summary>The key as it stands in an item, which the caller disposes.</summary>
    public SecretBytes ToPem()
    {
        var begin = "-----BEGIN PRIVATE KEY-----\n"u8;
        var end = "-----END PRIVATE KEY-----\n"u8;
        var characters = Base64.GetMaxEncodedToUtf8Length(_pkcs8.Length);
        using var text = new SecretBytes(characters);
        Base64.EncodeToUtf8(_pkcs8.Span, text.Span, out _, out _);
        var lines = (characters + PemColumns - 1) / PemColumns;
        var pem = new SecretBytes(begin.Length + characters + lines + end.Length);
        begin.CopyTo(pem.Span);
        var at = begin.Length;
        for (var start = 0; start < characters; start += PemColumns)
        {
            var line = text.Span[start..Math.Min(characters, start + PemColumns)];
            line.CopyTo(pem.Span[at..]);
            at += line.Length;
            pem.Span[at++] = (byte)'\n';
        }
        end.CopyTo(pem.Span[at..]);
        return pem;
    }

    /// <summary>
    /// The public key as a COSE_Key (RFC 9053 section 7, in the order that WebAuthn section 6.5.1.1 shows), of a key that was made here: a site is told it once.
    /// </summary>
    public byte[] PublicCoseKey()
    {
        const int KeyType = 1, Algorithm = 3, Curve = -1, X = -2, Y = -3;
        const int OctetKeyPair = 1, EllipticCurve = 2, P256 = 1, Ed25519Curve = 6;
        if (this.Algorithm == PasskeyAlgorithm.EdDsa)
        {
            return new CborWriter().Map(4)
                .Number(KeyType).Number(OctetKeyPair)
                .Number(Algorithm).Number((int)PasskeyAlgorithm.EdDsa)
                .Number(Curve).Number(Ed25519Curve)
                .Number(X).Bytes(Ed25519.PublicKeyOf(Seed))
                .ToArray();
        }
        using var key = Ecdsa();
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new CborWriter().Map(5)
            .Number(KeyType).Number(EllipticCurve)
            .Number(Algorithm).Number((int)PasskeyAlgorithm.Es256)
            .Number(Curve).Number(P256)
            .Number(X).Bytes(point.X)
            .Number(Y).Bytes(point.Y)
            .ToArray();
    }

    /// <summary>The public key as a SubjectPublicKeyInfo (RFC 5280 section 4.1), in DER.</summary>
    public byte[] PublicInfo()
    {
        if (Algorithm == PasskeyAlgorithm.Rs256)
        {
            using var rsa = ReadRsa(_pkcs8.Span);
            return rsa.ExportSubjectPublicKeyInfo();
        }
        if (Algorithm == PasskeyAlgorithm.EdDsa)
        {
            return [.. Ed25519PublicStart, .. Ed25519.PublicKeyOf(Seed)];
        }
        using var key = Ecdsa();
        return key.ExportSubjectPublicKeyInfo();
    }

    /// <summary>Signs bytes, in the form that WebAuthn section 6.5.5 asks for: a DER sequence for ES256, 64 bytes for EdDSA, as long as the key for RS256.</summary>
    public byte[] Sign(ReadOnlySpan<byte> bytes)
    {
        if (Algorithm == PasskeyAlgorithm.Rs256)
        {
            using var rsa = ReadRsa(_pkcs8.Span);
            return rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        if (Algorithm == PasskeyAlgorithm.EdDsa)
        {
            return Ed25519.Sign(Seed, bytes);
        }
        using var key = Ecdsa();
        return key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => _pkcs8.Dispose();

    private ReadOnlySpan<byte> Seed => _pkcs8.Span[Ed25519Start.Length..];

    private static PasskeyKey OfEd25519(ReadOnlySpan<byte> seed)
    {
        var pkcs8 = new SecretBytes(Ed25519Start.Length + Ed25519.SeedBytes);
        Ed25519Start.CopyTo(pkcs8.Span);
        seed.CopyTo(pkcs8.Span[Ed25519Start.Length..]);
        return new PasskeyKey(pkcs8, PasskeyAlgorithm.EdDsa);
    }

    private static PasskeyKey Of(ECDsa key)
    {
        const int Enough = 256;
        using var buffer = new SecretBytes(Enough);
        return key.TryExportPkcs8PrivateKey(buffer.Span, out var length)
            ? new PasskeyKey(SecretBytes.CopyOf(buffer.Span[..length]), PasskeyAlgorithm.Es256)
            : throw new CryptographicException("a private key of P-256 is longer than it can be");
    }

    private static PasskeyAlgorithm? AlgorithmOf(ReadOnlySpan<byte> pkcs8)
    {
        if (pkcs8.StartsWith(Ed25519Start))
        {
            return pkcs8.Length == Ed25519Start.Length + Ed25519.SeedBytes ? PasskeyAlgorithm.EdDsa : null;
        }
        return IsRead(pkcs8, Read) ? PasskeyAlgorithm.Es256 : IsRead(pkcs8, ReadRsa) ? PasskeyAlgorithm.Rs256 : null;
    }

    private static bool IsRead(ReadOnlySpan<byte> pkcs8, Func<ReadOnlySpan<byte>, IDisposable> read)
    {
        try
        {
            read(pkcs8).Dispose();
            return true;
        }
        catch (CryptographicException)
        {
            return false; // nonsense, or of another algorithm
        }
    }

    private ECDsa Ecdsa() => Read(_pkcs8.Span);

    /// <exception cref="CryptographicException">It is no private key of P-256.</exception>
    private static ECDsa Read(ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out var read);
            if (read == pkcs8.Length && key.KeySize == P256Bits
                && key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value)
            {
                return key;
            }
        }
        catch
        {
            key.Dispose();
            throw;
        }
        key.Dispose();
        throw new CryptographicException("a private key is not of P-256");
    }

    /// <exception cref="CryptographicException">It is no private key of RSA, or of a size that nobody takes or waits for.</exception>
    private static RSA ReadRsa(ReadOnlySpan<byte> pkcs8)
    {
        var key = RSA.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out var read);
            if (read == pkcs8.Length && key.KeySize is >= MinRsaBits and <= MaxRsaBits)
            {
                return key;
            }
        }
        catch
        {
            key.Dispose();
            throw;
        }
        key.Dispose();
        throw new CryptographicException("a private key is not of RSA");
    }
}
