using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Office.Store;

/// <summary>Several byte strings in one: each with a 4-byte length in front. In one piece from the start, so that no copy stays behind.</summary>
internal static class Pack
{
    /// <summary>Packs.</summary>
    internal static byte[] Of(params ReadOnlySpan<byte[]> parts)
    {
        var length = 0;
        foreach (var part in parts)
        {
            length += sizeof(int) + part.Length;
        }
        var packed = new byte[length];
        var at = 0;
        foreach (var part in parts)
        {
            BinaryPrimitives.WriteInt32BigEndian(packed.AsSpan(at), part.Length);
            part.CopyTo(packed, at + sizeof(int));
            at += sizeof(int) + part.Length;
        }
        return packed;
    }

    /// <summary>Unpacks.</summary>
    /// <returns>The parts, at least one.</returns>
    /// <exception cref="FormatException">A length is wrong, or there is nothing.</exception>
    internal static byte[][] Open(ReadOnlySpan<byte> packed)
    {
        var parts = new List<byte[]>();
        do
        {
            if (packed.Length < sizeof(int)
                || BinaryPrimitives.ReadInt32BigEndian(packed) is var length && (length < 0 || length > packed.Length - sizeof(int)))
            {
                throw new FormatException("a part is missing or ends early");
            }
            parts.Add(packed.Slice(sizeof(int), length).ToArray());
            packed = packed[(sizeof(int) + length)..];
        }
        while (!packed.IsEmpty);
        return [.. parts];
    }

    /// <summary>A number as a part.</summary>
    internal static byte[] Of(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }

    /// <summary>The number that a part is.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static long NumberOf(byte[] part) =>
        part.Length == sizeof(long) ? BinaryPrimitives.ReadInt64BigEndian(part) : throw new FormatException("a part is no number");

    /// <summary>Clears parts.</summary>
    internal static void Clear(params ReadOnlySpan<byte[]> parts)
    {
        foreach (var part in parts)
        {
            CryptographicOperations.ZeroMemory(part);
        }
    }
}
