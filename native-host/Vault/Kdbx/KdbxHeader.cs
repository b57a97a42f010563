using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Vault.Kdbx;

/// <summary>The ciphers of the payload.</summary>
internal enum OuterCipher
{
    /// <summary>AES-256 in CBC mode.</summary>
    Aes256,

    /// <summary>ChaCha20 of RFC 8439.</summary>
    ChaCha20,
}

/// <summary>The outer header of a KDBX 3.x or 4.x file: all that is in clear. We write 4.1 only.</summary>
internal sealed class KdbxHeader
{
    internal const int SeedBytes = 32;

    private const uint Signature1 = 0x9AA2D903;
    private const uint Signature2 = 0xB54BFB67;
    private const int SignatureBytes = 12;
    private const ushort Major3 = 3;
    private const ushort Major4 = 4;
    private const ushort MaxMinor = 1;
    private const uint CompressionNone = 0;
    private const uint CompressionGzip = 1;
    private const int AesNonceBytes = 16;
    private const int ChaChaNonceBytes = 12;

    private static readonly byte[] AesUuid = Convert.FromHexString("31C1F2E6BF714350BE5805216AFC5AFF");
    private static readonly byte[] ChaChaUuid = Convert.FromHexString("D6038A2B8B6F4CB5A524339A31DBB59A");

    // Fields of programs that we do not know, and public custom data, in their order: they are written again.
    private readonly List<(byte Id, byte[] Value)> _others = [];

    private enum Field : byte
    {
        End = 0,
        Cipher = 2,
        Compression = 3,
        MasterSeed = 4,
        TransformSeed3 = 5,
        TransformRounds3 = 6,
        Nonce = 7,
        InnerKey3 = 8,
        StreamStart3 = 9,
        InnerStream3 = 10,
        Kdf = 11,
        PublicCustomData = 12,
    }

    /// <summary>3 or 4.</summary>
    internal int Major { get; private init; } = Major4;

    /// <summary>Whether a program wrote it that knew no KDBX 4, or no key derivation but AES-KDF.</summary>
    internal bool IsOlder => Major < Major4 || Kdf.Settings.Kind == KdfKind.Aes;

    internal OuterCipher Cipher { get; private set; }

    internal bool IsCompressed { get; private set; }

    internal byte[] MasterSeed { get; private set; } = [];

    internal byte[] Nonce { get; private set; } = [];

    internal KdfParameters Kdf { get; private set; } = null!;

    /// <summary>KDBX 3.1: the inner stream's key.</summary>
    internal byte[] InnerKey { get; private set; } = [];

    /// <summary>KDBX 3.1: the inner stream's cipher.</summary>
    internal uint InnerStreamId { get; private set; }

    /// <summary>KDBX 3.1: what the payload must begin with.</summary>
    internal byte[] StreamStart { get; private set; } = [];

    /// <summary>How many bytes the header has, its end field included.</summary>
    internal int Length { get; private set; }

    /// <summary>Makes the header of the next write: new master seed and nonce, everything that is not named as it was.</summary>
    internal KdbxHeader Renew(KdfParameters kdf, bool isCompressed)
    {
        var header = new KdbxHeader
        {
            Cipher = Cipher,
            MasterSeed = RandomNumberGenerator.GetBytes(SeedBytes),
            Nonce = RandomNumberGenerator.GetBytes(NonceBytes(Cipher)),
            Kdf = kdf,
            IsCompressed = isCompressed,
        };
        if (Major == Major4)
        {
            header._others.AddRange(_others);
        }
        return header;
    }

    /// <summary>The header of a new vault.</summary>
    internal static KdbxHeader New(KdfParameters kdf, OuterCipher cipher) =>
        new KdbxHeader { Cipher = cipher }.Renew(kdf, isCompressed: true);

    /// <summary>Reads and checks a header.</summary>
    /// <exception cref="VaultException">It is not KDBX, unsupported, truncated, not whole, or beyond the caps.</exception>
    internal static KdbxHeader Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < SignatureBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(file) != Signature1
            || BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) != Signature2)
        {
            throw Failures.NotKdbx();
        }
        var minor = BinaryPrimitives.ReadUInt16LittleEndian(file[8..]);
        var major = BinaryPrimitives.ReadUInt16LittleEndian(file[10..]);
        if (major is not (Major3 or Major4) || minor > MaxMinor)
        {
            throw Failures.Unsupported($"the vault is KDBX {major}.{minor}; 3.0 to 4.1 are known here");
        }
        var header = new KdbxHeader { Major = major };
        header.ReadFields(file[SignatureBytes..Math.Min(file.Length, Limits.MaxHeaderBytes)]);
        header.Length += SignatureBytes;
        return header;
    }

    /// <summary>The header as bytes of KDBX 4.1.</summary>
    internal byte[] ToArray()
    {
        var output = new MemoryStream();
        Span<byte> start = stackalloc byte[SignatureBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(start, Signature1);
        BinaryPrimitives.WriteUInt32LittleEndian(start[4..], Signature2);
        BinaryPrimitives.WriteUInt16LittleEndian(start[8..], MaxMinor);
        BinaryPrimitives.WriteUInt16LittleEndian(start[10..], Major4);
        output.Write(start);
        Write(output, (byte)Field.Cipher, Cipher == OuterCipher.Aes256 ? AesUuid : ChaChaUuid);
        Write(output, (byte)Field.Compression, BitConverter.GetBytes(IsCompressed ? CompressionGzip : CompressionNone));
        Write(output, (byte)Field.MasterSeed, MasterSeed);
        Write(output, (byte)Field.Nonce, Nonce);
        Write(output, (byte)Field.Kdf, Kdf.ToArray());
        foreach (var (id, value) in _others)
        {
            Write(output, id, value);
        }
        Write(output, (byte)Field.End, "\r\n\r\n"u8);
        return output.ToArray();
    }

    private static int NonceBytes(OuterCipher cipher) => cipher == OuterCipher.Aes256 ? AesNonceBytes : ChaChaNonceBytes;

    private static void Write(Stream output, byte id, ReadOnlySpan<byte> value)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, value.Length);
        output.WriteByte(id);
        output.Write(length);
        output.Write(value);
    }

    private void ReadFields(ReadOnlySpan<byte> data)
    {
        var reader = new SpanReader(data, "its header");
        ulong? rounds = null;
        byte[]? transformSeed = null;
        Span<bool> seen = stackalloc bool[byte.MaxValue + 1];
        while (true)
        {
            var id = reader.Byte();
            var length = Major == Major3 ? reader.UInt16() : reader.Length32();
            var value = reader.Take(length);
            if (seen[id])
            {
                throw Failures.Damaged("its header has a field twice");
            }
            seen[id] = true;
            switch ((Field)id)
            {
                case Field.End:
                    Length = reader.Position;
                    if (Major == Major3)
                    {
                        Kdf = KdfParameters.OfVersion3(rounds ?? throw Incomplete(), transformSeed ?? throw Incomplete());
                    }
                    CheckWhole();
                    return;
                case Field.Cipher:
                    Cipher = value.SequenceEqual(AesUuid) ? OuterCipher.Aes256
                        : value.SequenceEqual(ChaChaUuid) ? OuterCipher.ChaCha20
                        : throw Failures.Unsupported("the vault uses a cipher that is not known here");
                    break;
                case Field.Compression:
                    IsCompressed = Number(value) switch
                    {
                        CompressionNone => false,
                        CompressionGzip => true,
                        _ => throw Failures.Unsupported("the vault uses a compression that is not known here"),
                    };
                    break;
                case Field.MasterSeed:
                    MasterSeed = value.ToArray();
                    break;
                case Field.Nonce:
                    Nonce = value.ToArray();
                    break;
                case Field.TransformSeed3 when Major == Major3:
                    transformSeed = value.ToArray();
                    break;
                case Field.TransformRounds3 when Major == Major3:
                    rounds = length == sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(value) : throw Incomplete();
                    break;
                case Field.InnerKey3 when Major == Major3:
                    InnerKey = value.ToArray();
                    break;
                case Field.StreamStart3 when Major == Major3:
                    StreamStart = value.ToArray();
                    break;
                case Field.InnerStream3 when Major == Major3:
                    InnerStreamId = Number(value);
                    break;
                case Field.Kdf when Major == Major4:
                    Kdf = KdfParameters.Read(VariantDictionary.Read(value));
                    break;
                default:
                    _others.Add((id, value.ToArray()));
                    break;
            }
        }
    }

    private void CheckWhole()
    {
        var isWhole = MasterSeed.Length == SeedBytes
            && Kdf is not null
            && Nonce.Length == NonceBytes(Cipher)
            && (Major == Major4 || (InnerKey.Length > 0 && StreamStart.Length == SeedBytes));
        if (!isWhole)
        {
            throw Incomplete();
        }
    }

    private static uint Number(ReadOnlySpan<byte> value) =>
        value.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(value) : throw Incomplete();

    private static VaultException Incomplete() => Failures.Damaged("its header is not whole");
}
