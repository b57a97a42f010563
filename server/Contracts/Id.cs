using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Contracts;

/// <summary>
/// The 16 bytes by which an office, member, group, item or invitation is known. A type of its own and never a
/// <see cref="Guid"/>, whose byte order swaps. In JSON and in paths: 22 characters of base64url.
/// </summary>
public readonly record struct Id : IComparable<Id>
{
    /// <summary>How many bytes an id has.</summary>
    public const int Bytes = 16;

    /// <summary>How many characters <see cref="ToString"/> gives.</summary>
    public const int Characters = 22;

    private readonly ulong _high;
    private readonly ulong _low;

    /// <summary>Takes exactly <see cref="Bytes"/> bytes.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public Id(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Bytes)
        {
            throw new ArgumentException($"an id has {Bytes} bytes, not {bytes.Length}", nameof(bytes));
        }
        _high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
    }

    /// <summary>Makes a new random id.</summary>
    public static Id New() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The id of what a signed record founds (an office, a group, an item): the first 16 bytes of its hash.</summary>
    public static Id Of(Hash founding)
    {
        Span<byte> hash = stackalloc byte[Hash.Bytes];
        founding.CopyTo(hash);
        return new(hash[..Bytes]);
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <returns>The id, or <see langword="null"/> if the text is not exactly one.</returns>
    public static Id? TryParse(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        if (text.Length != Characters
            || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done
            || written != Bytes)
        {
            return null;
        }
        // The last character carries 4 unused bits: only their zero form is an id, so each id has one spelling.
        Span<char> spelling = stackalloc char[Characters];
        Base64Url.EncodeToChars(bytes, spelling);
        return text.SequenceEqual(spelling) ? new Id(bytes) : null;
    }

    /// <summary>The 16 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Bytes];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Puts the 16 bytes at the beginning of a span.</summary>
    public void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _low);
    }

    /// <summary>Orders as the bytes do; lists in signed bytes are sorted so.</summary>
    public int CompareTo(Id other) => _high != other._high ? _high.CompareTo(other._high) : _low.CompareTo(other._low);

    /// <summary>22 characters of base64url.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        CopyTo(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Whether the bytes of one come before those of the other.</summary>
    public static bool operator <(Id left, Id right) => left.CompareTo(right) < 0;

    /// <summary>Whether the bytes of one come after those of the other.</summary>
    public static bool operator >(Id left, Id right) => left.CompareTo(right) > 0;

    /// <summary>Whether the bytes of one come before those of the other or are the same.</summary>
    public static bool operator <=(Id left, Id right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the bytes of one come after those of the other or are the same.</summary>
    public static bool operator >=(Id left, Id right) => left.CompareTo(right) >= 0;
}
