using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Contracts;

/// <summary>
/// Writes signed bytes: a 2-byte length and the ASCII label <c>latchkey/TYPE/1</c>, then fields, each a 4-byte length and
/// its bytes. All lengths and numbers are big-endian. See server/docs/sharing.md, "Bytes".
/// </summary>
public sealed class FieldWriter
{
    internal const int NumberBytes = sizeof(long);

    /// <summary>What most records have: the buffer does not grow for them.</summary>
    private const int UsualBytes = 512;

    private readonly ArrayBufferWriter<byte> _bytes = new(UsualBytes);

    /// <summary>Begins with the label of a type.</summary>
    public FieldWriter(string type)
    {
        var label = LabelOf(type);
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.GetSpan(sizeof(ushort)), (ushort)label.Length);
        _bytes.Advance(sizeof(ushort));
        _bytes.Write(Encoding.ASCII.GetBytes(label));
    }

    /// <summary>The label of a type.</summary>
    public static string LabelOf(string type) => $"latchkey/{type}/1";

    /// <summary>Writes bytes as they are.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Field(bytes.Length));
    }

    /// <summary>Writes a number in 8 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or not below <see cref="Limits.NumbersBelow"/>.</exception>
    public void Add(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Limits.NumbersBelow);
        BinaryPrimitives.WriteInt64BigEndian(Field(NumberBytes), number);
    }

    /// <summary>Writes the 16 bytes of an id.</summary>
    public void Add(Id id) => id.CopyTo(Field(Id.Bytes));

    /// <summary>Writes the 16 bytes of an id, or an empty field where there is none.</summary>
    public void Add(Id? id)
    {
        var bytes = Field(id is null ? 0 : Id.Bytes);
        id?.CopyTo(bytes);
    }

    /// <summary>Writes the 32 bytes of a hash, or an empty field where there is none.</summary>
    public void Add(Hash? hash)
    {
        var bytes = Field(hash is null ? 0 : Hash.Bytes);
        hash?.CopyTo(bytes);
    }

    /// <summary>Writes a text in UTF-8.</summary>
    public void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    /// <summary>Everything written.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>Everything written, where it stands: for what holds a secret, and is cleared.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>Overwrites everything written with zeros. Above 512 bytes the buffer has grown, and left a copy behind.</summary>
    public void Clear() => _bytes.Clear();

    /// <summary>Writes the length of a field, and gives the place of its bytes.</summary>
    private Span<byte> Field(int length)
    {
        var field = _bytes.GetSpan(sizeof(int) + length)[..(sizeof(int) + length)];
        BinaryPrimitives.WriteInt32BigEndian(field, length);
        _bytes.Advance(field.Length);
        return field[sizeof(int)..];
    }
}

/// <summary>
/// Reads what <see cref="FieldWriter"/> writes, and nothing else: every length is exact, every number in range. Each
/// method throws a <see cref="ContractException"/> where the next field is not what was asked for.
/// </summary>
public ref struct FieldReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest;

    /// <summary>Reads the label.</summary>
    /// <exception cref="ContractException">There are more bytes than <see cref="Limits.RecordBytes"/>, or no whole label.</exception>
    public FieldReader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Limits.RecordBytes)
        {
            throw ContractException.TooLarge("bytes of a record", Limits.RecordBytes);
        }
        if (bytes.Length < sizeof(ushort) || bytes.Length - sizeof(ushort) < BinaryPrimitives.ReadUInt16BigEndian(bytes))
        {
            throw ContractException.Malformed("the bytes end inside their label");
        }
        var label = bytes.Slice(sizeof(ushort), BinaryPrimitives.ReadUInt16BigEndian(bytes));
        if (!Ascii.IsValid(label))
        {
            throw ContractException.Malformed("the label is not ASCII");
        }
        Label = Encoding.ASCII.GetString(label);
        _rest = bytes[(sizeof(ushort) + label.Length)..];
    }

    /// <summary>The label, such as <c>latchkey/add/1</c>.</summary>
    public string Label { get; }

    /// <summary>Refuses another label than that of one type.</summary>
    public readonly void RequireType(string type)
    {
        if (Label != FieldWriter.LabelOf(type))
        {
            throw new ContractException(ContractError.UpdateNeeded, $"the record is not of type {type}, version 1");
        }
    }

    /// <summary>Reads bytes, at least and at most so many.</summary>
    public ReadOnlySpan<byte> Bytes(int least, int most)
    {
        if (_rest.Length < sizeof(int))
        {
            throw ContractException.Malformed("the bytes end where a field should begin");
        }
        var length = BinaryPrimitives.ReadInt32BigEndian(_rest);
        if (length < least || length > most || length > _rest.Length - sizeof(int))
        {
            throw ContractException.Malformed($"a field does not have {least} to {most} bytes, or ends early");
        }
        var field = _rest.Slice(sizeof(int), length);
        _rest = _rest[(sizeof(int) + length)..];
        return field;
    }

    /// <summary>Reads exactly so many bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int count) => Bytes(count, count);

    /// <summary>Reads a number, at least and at most so large.</summary>
    public long Number(long least = 0, long most = Limits.NumbersBelow - 1)
    {
        var number = BinaryPrimitives.ReadInt64BigEndian(Bytes(FieldWriter.NumberBytes));
        return number >= least && number <= most
            ? number
            : throw ContractException.Malformed($"a number is not {least} to {most}");
    }

    /// <summary>Reads the count of a list.</summary>
    public int Count(int most)
    {
        var count = Number();
        return count <= most ? (int)count : throw ContractException.TooLarge("entries of a list", most);
    }

    /// <summary>Reads a flag: 0 or 1.</summary>
    public bool Flag() => Number(most: 1) == 1;

    /// <summary>Reads an id.</summary>
    public Id Id() => new(Bytes(Contracts.Id.Bytes));

    /// <summary>Reads an id, or <see langword="null"/> where the field is empty.</summary>
    public Id? OptionalId()
    {
        var bytes = Bytes(0, Contracts.Id.Bytes);
        return bytes.IsEmpty ? null : bytes.Length == Contracts.Id.Bytes
            ? new Id(bytes)
            : throw ContractException.Malformed("a field is neither empty nor an id");
    }

    /// <summary>Reads a hash.</summary>
    public Hash Hash() => new(Bytes(Contracts.Hash.Bytes));

    /// <summary>Reads a hash, or <see langword="null"/> where the field is empty.</summary>
    public Hash? OptionalHash()
    {
        var bytes = Bytes(0, Contracts.Hash.Bytes);
        return bytes.IsEmpty ? null : bytes.Length == Contracts.Hash.Bytes
            ? new Hash(bytes)
            : throw ContractException.Malformed("a field is neither empty nor a hash");
    }

    /// <summary>Reads a name (see <see cref="Limits.IsName"/>).</summary>
    public string Name()
    {
        var name = Text();
        return Limits.IsName(name) ? name : throw ContractException.Malformed("a text is no name that may be shown");
    }

    /// <summary>Reads a name or an empty text.</summary>
    public string OptionalName()
    {
        var name = Text();
        return name.Length == 0 || Limits.IsName(name) ? name : throw ContractException.Malformed("a text is no name that may be shown");
    }

    /// <summary>Refuses anything that is left.</summary>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw ContractException.Malformed("bytes are left behind the last field");
        }
    }

    private string Text()
    {
        // A UTF-16 code unit takes at most 3 bytes of UTF-8.
        var bytes = Bytes(0, 3 * Limits.NameCharacters);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw ContractException.Malformed("a text is not UTF-8");
        }
    }
}
