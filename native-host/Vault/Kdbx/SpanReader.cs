using System.Buffers.Binary;

namespace Vault.Kdbx;

/// <summary>Reads little-endian numbers and slices; whatever is not there is a truncated file.</summary>
/// <param name="data">What to read.</param>
/// <param name="place">What it is called in errors.</param>
internal ref struct SpanReader(ReadOnlySpan<byte> data, string place)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private readonly string _place = place;

    /// <summary>How many bytes are read.</summary>
    internal int Position { get; private set; }

    /// <summary>How many bytes are left.</summary>
    internal readonly int Left => _data.Length - Position;

    internal byte Byte() => Take(1)[0];

    internal ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    internal uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    /// <summary>A 32-bit length that is not more than what is left.</summary>
    internal int Length32()
    {
        var length = UInt32();
        return length <= (uint)Left ? (int)length : throw Failures.Truncated(_place);
    }

    internal ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > Left)
        {
            throw Failures.Truncated(_place);
        }
        var taken = _data.Slice(Position, count);
        Position += count;
        return taken;
    }
}
