using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Contracts;

/// <summary>A SHA-256 (FIPS 180-4), compared by value. Covers signed bytes, never a signature: ECDSA is malleable.</summary>
public readonly record struct Hash
{
    /// <summary>How many bytes a hash has.</summary>
    public const int Bytes = SHA256.HashSizeInBytes;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    /// <summary>Takes exactly <see cref="Bytes"/> bytes.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public Hash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Bytes)
        {
            throw new ArgumentException($"a hash has {Bytes} bytes, not {bytes.Length}", nameof(bytes));
        }
        _first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>Hashes bytes.</summary>
    public static Hash Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Bytes];
        SHA256.HashData(bytes, hash);
        return new Hash(hash);
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <returns>The hash, or <see langword="null"/> if the text is not exactly one.</returns>
    public static Hash? TryParse(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done || written != Bytes)
        {
            return null;
        }
        var hash = new Hash(bytes);
        return text.SequenceEqual(hash.ToString()) ? hash : null;
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Bytes];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Puts the 32 bytes at the beginning of a span.</summary>
    public void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _first);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _second);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], _third);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], _fourth);
    }

    /// <summary>43 characters of base64url.</summary>
    public override string ToString() => Base64Url.EncodeToString(ToArray());
}
