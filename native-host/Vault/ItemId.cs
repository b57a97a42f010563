using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Vault;

/// <summary>
/// The 16 random bytes by which an item or a group is known (a KDBX UUID). A type of its own and never a
/// <see cref="Guid"/>, whose byte order swaps. On the wire and on the command line: 22 characters of base64url.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct ItemId
{
    /// <summary>How many bytes an id has.</summary>
    public const int Bytes = 16;

    /// <summary>How many characters <see cref="ToString"/> gives.</summary>
    public const int Characters = 22;

    private readonly ulong _high;
    private readonly ulong _low;

    /// <summary>Takes exactly <see cref="Bytes"/> bytes.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public ItemId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Bytes)
        {
            throw new ArgumentException($"an id has {Bytes} bytes, not {bytes.Length}", nameof(bytes));
        }
        _high = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _low = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
    }

    /// <summary>The id of nothing: KDBX writes it where a reference is empty.</summary>
    public static ItemId Zero => default;

    /// <summary>Makes a new random id.</summary>
    public static ItemId New() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <returns>The id, or <see langword="null"/> if the text is not exactly one.</returns>
    public static ItemId? TryParse(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        if (text.Length != Characters
            || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done
            || written != Bytes)
        {
            return null;
        }
        var id = new ItemId(bytes);
        // The last character carries 4 unused bits: only their zero form is an id, so each id has one spelling.
        return text.SequenceEqual(id.ToString()) ? id : null;
    }

    /// <summary>Writes the 16 bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
    }

    /// <summary>The 16 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Bytes];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>22 characters of base64url.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        CopyTo(bytes);
        return Base64Url.EncodeToString(bytes);
    }
}
