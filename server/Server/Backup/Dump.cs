using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Server.Storage;

namespace Server.Backup;

/// <summary>
/// A backup: all rows of all tables as of one moment, the same from SQLite and PostgreSQL, so that one can be restored into the
/// other. Compressed; behind the rows stands their SHA-256. It holds no key: neither the office's root key nor anything that opens an item.
/// </summary>
/// <remarks>
/// Inside: <c>latchkey-backup/1</c>, then for each table its name, its columns and its rows, each row behind a byte 1 and the last followed by a
/// byte 0; an empty name ends it. A value is a byte for its kind and the value.
/// </remarks>
internal static class Dump
{
    private const string Label = "latchkey-backup/1";
    private const int MostColumns = 64;
    private const int MostValueBytes = 8 * 1024 * 1024;

    private enum ValueKind : byte
    {
        Nothing = 0,
        Number = 1,
        Bytes = 2,
        Text = 3,
    }

    /// <summary>All tables but that of the migrations, which belong to the database and not to the office.</summary>
    public static IReadOnlyList<string> Tables { get; } =
    [
        "server", "log", "members", "principals", "group_wraps", "statements", "items", "records", "grants", "wraps", "streams", "changes", "done",
        "invitations", "answers", "requests", "audit_chains", "audit", "former_members", "parts",
    ];

    /// <summary>Writes a backup.</summary>
    public static async Task WriteAsync(Database database, Stream output, CancellationToken cancellationToken)
    {
        await using var packed = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true);
        using var hash = SHA256.Create();
        await using (var hashed = new CryptoStream(packed, hash, CryptoStreamMode.Write, leaveOpen: true))
        await using (var writer = new BinaryWriter(hashed, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Label);
            await database.ReadAsync(
                async session =>
                {
                    foreach (var table in Tables)
                    {
                        await WriteTableAsync(session, writer, table);
                    }
                    return true;
                },
                cancellationToken);
            writer.Write("");
        }
        await packed.WriteAsync(hash.Hash, cancellationToken);
    }

    /// <summary>Reads a whole backup.</summary>
    /// <param name="input">The backup.</param>
    /// <param name="take">Is given each row: table, columns, values.</param>
    /// <exception cref="InvalidDataException">It is no backup, damaged, or cut off. Rows were given before this was known.</exception>
    public static async Task ReadAsync(Stream input, Func<string, IReadOnlyList<string>, IReadOnlyList<object?>, Task> take)
    {
        try
        {
            await using var packed = new GZipStream(input, CompressionMode.Decompress, leaveOpen: true);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var reader = new BinaryReader(new HashingStream(packed, hash), Encoding.UTF8);
            if (reader.ReadString() != Label)
            {
                throw new InvalidDataException("the file is no backup of this kind of server");
            }
            while (reader.ReadString() is { Length: > 0 } table)
            {
                await ReadTableAsync(reader, table, take);
            }
            var expected = hash.GetHashAndReset();
            var stored = new byte[expected.Length];
            await packed.ReadExactlyAsync(stored);
            if (!stored.AsSpan().SequenceEqual(expected) || packed.ReadByte() >= 0)
            {
                throw new InvalidDataException("the backup is damaged: its hash is another one");
            }
        }
        catch (Exception failure) when (failure is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("the backup is damaged or cut off", failure);
        }
    }

    private static async Task WriteTableAsync(Session session, BinaryWriter writer, string table)
    {
        var isFirst = true;
        await session.EachAsync(
            $"SELECT * FROM {table}",
            row =>
            {
                if (isFirst)
                {
                    writer.Write(table);
                    writer.Write(row.Columns);
                    for (var column = 0; column < row.Columns; column++)
                    {
                        writer.Write(row.Name(column));
                    }
                    isFirst = false;
                }
                writer.Write(true);
                for (var column = 0; column < row.Columns; column++)
                {
                    Write(writer, row.Value(column));
                }
                return true;
            });
        if (!isFirst)
        {
            writer.Write(false);
        }
    }

    private static void Write(BinaryWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.Write((byte)ValueKind.Nothing);
                break;
            case long number:
                writer.Write((byte)ValueKind.Number);
                writer.Write(number);
                break;
            case byte[] bytes:
                writer.Write((byte)ValueKind.Bytes);
                writer.Write(bytes.Length);
                writer.Write(bytes);
                break;
            case string text:
                writer.Write((byte)ValueKind.Text);
                writer.Write(text);
                break;
            default:
                throw new InvalidDataException($"a column holds a {value.GetType().Name}, which no backup knows");
        }
    }

    private static async Task ReadTableAsync(
        BinaryReader reader, string table, Func<string, IReadOnlyList<string>, IReadOnlyList<object?>, Task> take)
    {
        var count = reader.ReadInt32();
        if (!Tables.Contains(table) || count is < 1 or > MostColumns)
        {
            throw new InvalidDataException("the backup has a table that this server does not know; use a server as new as the backup");
        }
        var columns = Enumerable.Range(0, count).Select(_ => reader.ReadString()).ToList();
        if (!columns.TrueForAll(column => column.All(character => char.IsAsciiLetterLower(character) || character == '_')))
        {
            throw new InvalidDataException("the backup has a column of no such name");
        }
        while (reader.ReadBoolean())
        {
            var values = new object?[count];
            for (var column = 0; column < count; column++)
            {
                values[column] = ReadValue(reader);
            }
            await take(table, columns, values);
        }
    }

    private static object? ReadValue(BinaryReader reader)
    {
        switch ((ValueKind)reader.ReadByte())
        {
            case ValueKind.Nothing:
                return null;
            case ValueKind.Number:
                return reader.ReadInt64();
            case ValueKind.Text:
                return reader.ReadString();
            case ValueKind.Bytes:
                var length = reader.ReadInt32();
                if (length is < 0 or > MostValueBytes)
                {
                    throw new InvalidDataException("the backup is damaged: a value is too long");
                }
                var bytes = reader.ReadBytes(length);
                return bytes.Length == length ? bytes : throw new EndOfStreamException();
            default:
                throw new InvalidDataException("the backup is damaged: a value is of no known kind");
        }
    }

    /// <summary>Hashes what is read through it.</summary>
    private sealed class HashingStream(Stream inner, IncrementalHash hash) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            hash.AppendData(buffer[..read]);
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
