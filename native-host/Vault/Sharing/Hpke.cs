using System.Buffers.Binary;
using System.Security.Cryptography;
using Contracts;

namespace Vault.Sharing;

/// <summary>The AEAD of a suite; the numbers are RFC 9180's, section 7.3.</summary>
internal enum HpkeAead : ushort
{
    /// <summary>AES-128-GCM. Not used by us: the RFC's vectors for our KEM and KDF have it.</summary>
    Aes128Gcm = 1,

    /// <summary>AES-256-GCM.</summary>
    Aes256Gcm = 2,
}

/// <summary>
/// One direction of HPKE in base mode (RFC 9180): DHKEM(P-256, HKDF-SHA256), HKDF-SHA256. What both sides share after setup:
/// a key, and a nonce for each sequence number. Nothing is exported, as nobody here needs it.
/// </summary>
internal sealed class Hpke : IDisposable
{
    /// <summary>How many bytes the encapsulated key has (section 7.1, Nenc).</summary>
    internal const int EncapsulatedKeyBytes = PublicKey.Bytes;

    /// <summary>What sealing adds to the length.</summary>
    internal const int TagBytes = 16;

    private const int HashBytes = SHA256.HashSizeInBytes;
    private const int NonceBytes = 12;
    private const byte BaseMode = 0;
    private const int KemP256 = 0x0010;
    private const int KdfSha256 = 0x0001;

    private readonly AesGcm _aead;
    private readonly byte[] _baseNonce;
    private ulong _sequence;

    private Hpke(AesGcm aead, byte[] baseNonce)
    {
        _aead = aead;
        _baseNonce = baseNonce;
    }

    /// <summary>SetupBaseS (section 5.1.1): towards whoever has the private half of a public key.</summary>
    /// <param name="theirKey">Whom to seal for.</param>
    /// <param name="info">What the context is bound to.</param>
    /// <param name="encapsulatedKey">What they need to open it, 65 bytes.</param>
    internal static Hpke ForSending(PublicKey theirKey, ReadOnlySpan<byte> info, out byte[] encapsulatedKey)
    {
        using var ephemeralKey = AgreementKey.New();
        return ForSending(HpkeAead.Aes256Gcm, theirKey, info, ephemeralKey, out encapsulatedKey);
    }

    /// <summary>The same with an ephemeral key of the caller's; for the RFC's vectors, which name theirs.</summary>
    internal static Hpke ForSending(
        HpkeAead aead, PublicKey theirKey, ReadOnlySpan<byte> info, AgreementKey ephemeralKey, out byte[] encapsulatedKey)
    {
        encapsulatedKey = ephemeralKey.Public.Span.ToArray();
        return Setup(aead, ephemeralKey.Agree(theirKey), encapsulatedKey, theirKey, info);
    }

    /// <summary>SetupBaseR (section 5.1.1): from whoever encapsulated a key for ours.</summary>
    /// <exception cref="ContractException">The encapsulated key is no point of P-256.</exception>
    internal static Hpke ForReceiving(
        AgreementKey ourKey, ReadOnlySpan<byte> info, ReadOnlySpan<byte> encapsulatedKey, HpkeAead aead = HpkeAead.Aes256Gcm) =>
        Setup(aead, ourKey.Agree(new PublicKey(encapsulatedKey)), encapsulatedKey, ourKey.Public, info);

    /// <summary>ContextS.Seal (section 5.2): seals under the next sequence number.</summary>
    internal byte[] Seal(ReadOnlySpan<byte> context, ReadOnlySpan<byte> content)
    {
        var sealedBytes = new byte[content.Length + TagBytes];
        _aead.Encrypt(NextNonce(), content, sealedBytes.AsSpan(0, content.Length), sealedBytes.AsSpan(content.Length), context);
        return sealedBytes;
    }

    /// <summary>ContextR.Open (section 5.2): opens under the next sequence number.</summary>
    /// <returns>The content, or <see langword="null"/> if the key, the context or a byte is another one.</returns>
    internal byte[]? Open(ReadOnlySpan<byte> context, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < TagBytes)
        {
            return null;
        }
        var content = new byte[sealedBytes.Length - TagBytes];
        try
        {
            _aead.Decrypt(NextNonce(), sealedBytes[..^TagBytes], sealedBytes[^TagBytes..], content, context);
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            // The RFC keeps the number where opening failed.
            _sequence--;
            return null;
        }
    }

    /// <summary>Clears key and nonce.</summary>
    public void Dispose()
    {
        _aead.Dispose();
        CryptographicOperations.ZeroMemory(_baseNonce);
    }

    /// <summary>Decap or Encap behind the agreement (section 4.1), then KeySchedule (section 5.1). Clears the agreed secret.</summary>
    private static Hpke Setup(
        HpkeAead aead, byte[] agreed, ReadOnlySpan<byte> encapsulatedKey, PublicKey recipientKey, ReadOnlySpan<byte> info)
    {
        ReadOnlySpan<byte> kemSuite = [.. "KEM"u8, .. Number(KemP256)];
        ReadOnlySpan<byte> suite = [.. "HPKE"u8, .. Number(KemP256), .. Number(KdfSha256), .. Number((int)aead)];

        Span<byte> extracted = stackalloc byte[HashBytes];
        Span<byte> shared = stackalloc byte[HashBytes];
        Span<byte> secret = stackalloc byte[HashBytes];
        Span<byte> key = stackalloc byte[aead == HpkeAead.Aes128Gcm ? 16 : 32];
        var baseNonce = new byte[NonceBytes];
        try
        {
            LabeledExtract(kemSuite, [], "eae_prk"u8, agreed, extracted);
            LabeledExpand(kemSuite, extracted, "shared_secret"u8, [.. encapsulatedKey, .. recipientKey.Span], shared);

            var context = new byte[1 + (2 * HashBytes)];
            context[0] = BaseMode;
            LabeledExtract(suite, [], "psk_id_hash"u8, [], context.AsSpan(1, HashBytes));
            LabeledExtract(suite, [], "info_hash"u8, info, context.AsSpan(1 + HashBytes));
            LabeledExtract(suite, shared, "secret"u8, [], secret);
            LabeledExpand(suite, secret, "key"u8, context, key);
            LabeledExpand(suite, secret, "base_nonce"u8, context, baseNonce);
            return new Hpke(new AesGcm(key, TagBytes), baseNonce);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(agreed);
            CryptographicOperations.ZeroMemory(extracted);
            CryptographicOperations.ZeroMemory(shared);
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static void LabeledExtract(
        ReadOnlySpan<byte> suite, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label, ReadOnlySpan<byte> material, Span<byte> output)
    {
        byte[] labeled = [.. "HPKE-v1"u8, .. suite, .. label, .. material];
        HKDF.Extract(HashAlgorithmName.SHA256, labeled, salt, output);
        CryptographicOperations.ZeroMemory(labeled);
    }

    private static void LabeledExpand(
        ReadOnlySpan<byte> suite, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, ReadOnlySpan<byte> info, Span<byte> output) =>
        HKDF.Expand(
            HashAlgorithmName.SHA256, secret, output, [.. Number(output.Length), .. "HPKE-v1"u8, .. suite, .. label, .. info]);

    private static byte[] Number(int number)
    {
        var bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)number);
        return bytes;
    }

    /// <summary>ComputeNonce and IncrementSeq (section 5.2). 2^64 messages are out of reach.</summary>
    private byte[] NextNonce()
    {
        var nonce = _baseNonce.AsSpan().ToArray();
        var last = nonce.AsSpan(NonceBytes - sizeof(ulong));
        BinaryPrimitives.WriteUInt64BigEndian(last, BinaryPrimitives.ReadUInt64BigEndian(last) ^ _sequence++);
        return nonce;
    }
}
