using System.Buffers.Binary;
using System.Text;

namespace Vault.Kdbx;

/// <summary>
/// The typed dictionary of KDBX 4 headers (version 1.0): key derivation parameters and public custom data. Order and unknown
/// types are kept.
/// </summary>
internal sealed class VariantDictionary
{
    private const ushort Version = 0x0100;
    private const ushort CriticalVersionMask = 0xFF00;

    private readonly List<Variant> _variants = [];

    private enum VariantType : byte
    {
        End = 0,
        UInt32 = 0x04,
        UInt64 = 0x05,
        Bytes = 0x42,
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="VaultException">It is not whole, of a newer version, or names a key twice.</exception>
    internal static VariantDictionary Read(ReadOnlySpan<byte> data)
    {
        var reader = new SpanReader(data, "the header's dictionary");
        if ((reader.UInt16() & CriticalVersionMask) != (Version & CriticalVersionMask))
        {
            throw Failures.Unsupported("the vault's header has a dictionary of a newer version");
        }
        var dictionary = new VariantDictionary();
        while (true)
        {
            var type = reader.Byte();
            if (type == (byte)VariantType.End)
            {
                return dictionary;
            }
            var key = Encoding.UTF8.GetString(reader.Take(reader.Length32()));
            var value = reader.Take(reader.Length32()).ToArray();
            if (dictionary.Find(key) is not null || dictionary._variants.Count == Limits.MaxVariants)
            {
                throw Failures.Damaged("its header has a dictionary with repeated or too many keys");
            }
            dictionary._variants.Add(new Variant(type, key, value));
        }
    }

    /// <summary>The value of a 32-bit key, or <see langword="null"/> if it is not there or not of that type.</summary>
    internal uint? UInt32(string key) =>
        Find(key) is { Type: (byte)VariantType.UInt32, Value.Length: sizeof(uint) } variant
            ? BinaryPrimitives.ReadUInt32LittleEndian(variant.Value)
            : null;

    /// <summary>The value of a 64-bit key, or <see langword="null"/> if it is not there or not of that type.</summary>
    internal ulong? UInt64(string key) =>
        Find(key) is { Type: (byte)VariantType.UInt64, Value.Length: sizeof(ulong) } variant
            ? BinaryPrimitives.ReadUInt64LittleEndian(variant.Value)
            : null;

    /// <summary>The value of a key of bytes, or <see langword="null"/> if it is not there or not of that type.</summary>
    internal byte[]? Bytes(string key) =>
        Find(key) is { Type: (byte)VariantType.Bytes } variant ? variant.Value : null;

    /// <summary>Sets a 32-bit value.</summary>
    internal VariantDictionary With(string key, uint value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return With(VariantType.UInt32, key, bytes);
    }

    /// <summary>Sets a 64-bit value.</summary>
    internal VariantDictionary With(string key, ulong value)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return With(VariantType.UInt64, key, bytes);
    }

    /// <summary>Sets bytes.</summary>
    internal VariantDictionary With(string key, byte[] value) => With(VariantType.Bytes, key, value);

    /// <summary>The dictionary as bytes.</summary>
    internal byte[] ToArray()
    {
        var output = new MemoryStream();
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt16LittleEndian(number, Version);
        output.Write(number[..sizeof(ushort)]);
        foreach (var variant in _variants)
        {
            output.WriteByte(variant.Type);
            var key = Encoding.UTF8.GetBytes(variant.Key);
            foreach (var part in new[] { key, variant.Value })
            {
                BinaryPrimitives.WriteInt32LittleEndian(number, part.Length);
                output.Write(number);
                output.Write(part);
            }
        }
        output.WriteByte((byte)VariantType.End);
        return output.ToArray();
    }

    private Variant? Find(string key) => _variants.Find(variant => variant.Key == key);

    private VariantDictionary With(VariantType type, string key, byte[] value)
    {
        _variants.RemoveAll(variant => variant.Key == key);
        _variants.Add(new Variant((byte)type, key, value));
        return this;
    }

    private sealed record Variant(byte Type, string Key, byte[] Value);
}
