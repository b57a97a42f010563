using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Vault.Passkeys;

/// <summary>
/// Writes the few shapes of CBOR that WebAuthn asks of an authenticator, in the canonical form of CTAP2: definite lengths, the shortest head
/// (RFC 8949 section 4.2.1). The order of a map's keys is the caller's.
/// </summary>
internal sealed class CborWriter
{
    private const int MajorTypeShift = 5;
    private const int LargestInHead = 23;
    private const byte OneByteFollows = 24, TwoBytesFollow = 25, FourBytesFollow = 26;

    private readonly ArrayBufferWriter<byte> _output = new();

    private enum MajorType : byte
    {
        Unsigned = 0,
        Negative = 1,
        Bytes = 2,
        Text = 3,
        Map = 5,
    }

    /// <summary>What was written so far.</summary>
    internal byte[] ToArray() => _output.WrittenSpan.ToArray();

    /// <summary>Begins a map of so many pairs, which the caller writes.</summary>
    internal CborWriter Map(int pairs) => Head(MajorType.Map, (uint)pairs);

    /// <summary>Writes a whole number.</summary>
    internal CborWriter Number(int value) => value >= 0 ? Head(MajorType.Unsigned, (uint)value) : Head(MajorType.Negative, (uint)~value);

    /// <summary>Writes a text.</summary>
    internal CborWriter Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Head(MajorType.Text, (uint)bytes.Length)._output.Write(bytes);
        return this;
    }

    /// <summary>Writes bytes.</summary>
    internal CborWriter Bytes(ReadOnlySpan<byte> value)
    {
        Head(MajorType.Bytes, (uint)value.Length)._output.Write(value);
        return this;
    }

    private CborWriter Head(MajorType type, uint value)
    {
        Span<byte> head = stackalloc byte[1 + sizeof(uint)];
        int length;
        byte follows;
        switch (value)
        {
            case <= LargestInHead:
                (follows, length) = ((byte)value, 1);
                break;
            case <= byte.MaxValue:
                (follows, length) = (OneByteFollows, 1 + sizeof(byte));
                head[1] = (byte)value;
                break;
            case <= ushort.MaxValue:
                (follows, length) = (TwoBytesFollow, 1 + sizeof(ushort));
                BinaryPrimitives.WriteUInt16BigEndian(head[1..], (ushort)value);
                break;
            default:
                (follows, length) = (FourBytesFollow, 1 + sizeof(uint));
                BinaryPrimitives.WriteUInt32BigEndian(head[1..], value);
                break;
        }
        head[0] = (byte)(((byte)type << MajorTypeShift) | follows);
        _output.Write(head[..length]);
        return this;
    }
}
