using System.Data.Common;
using Contracts;

namespace Server.Storage;

/// <summary>The row that a query stands at, its columns counted from 0. Not kept beyond the call that it is given to.</summary>
internal readonly struct Row(DbDataReader reader)
{
    public bool IsNull(int column) => reader.IsDBNull(column);

    public long Number(int column) => reader.GetInt64(column);

    public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);

    public Id Id(int column) => new(Bytes(column));

    public Id? OptionalId(int column) => IsNull(column) ? null : Id(column);

    public Hash Hash(int column) => new(Bytes(column));

    /// <summary>How many columns there are.</summary>
    public int Columns => reader.FieldCount;

    public string Name(int column) => reader.GetName(column);

    /// <summary>A number, bytes, a text, or <see langword="null"/>.</summary>
    public object? Value(int column) => IsNull(column) ? null : reader.GetValue(column);
}
