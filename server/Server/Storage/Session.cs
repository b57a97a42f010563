using System.Data.Common;
using Contracts;

namespace Server.Storage;

/// <summary>
/// One transaction. Every statement is a constant text with parameters. It is gone when the closure that it was given to has
/// ended, and may have run several times: whatever else the closure touches must bear that.
/// </summary>
internal sealed class Session(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
{
    private readonly List<Action> _afterCommit = [];

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public async Task<int> RunAsync(string sql, params (string Name, object? Value)[] parameters)
    {
        await using var command = CommandOf(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads all rows.</summary>
    public async Task<List<T>> ListAsync<T>(string sql, Func<Row, T> read, params (string Name, object? Value)[] parameters)
    {
        List<T> rows = [];
        await EachAsync(
            sql,
            row =>
            {
                rows.Add(read(row));
                return true;
            },
            parameters);
        return rows;
    }

    /// <summary>Reads rows as they come, as long as <paramref name="read"/> says to go on.</summary>
    public async Task EachAsync(string sql, Func<Row, bool> read, params (string Name, object? Value)[] parameters)
    {
        await using var command = CommandOf(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken) && read(new Row(reader)))
        {
        }
    }

    /// <summary>Reads the first row.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    public async Task<T?> FindAsync<T>(string sql, Func<Row, T> read, params (string Name, object? Value)[] parameters) where T : class
    {
        T? found = null;
        await EachAsync(
            sql,
            row =>
            {
                found = read(row);
                return false;
            },
            parameters);
        return found;
    }

    /// <summary>Reads the number in the first row.</summary>
    /// <returns><see langword="null"/> if there is no row.</returns>
    public async Task<long?> NumberAsync(string sql, params (string Name, object? Value)[] parameters)
    {
        long? number = null;
        await EachAsync(
            sql,
            row =>
            {
                number = row.Number(0);
                return false;
            },
            parameters);
        return number;
    }

    /// <summary>Whether a query has a row.</summary>
    public async Task<bool> HasAsync(string sql, params (string Name, object? Value)[] parameters)
    {
        var has = false;
        await EachAsync(
            sql,
            _ =>
            {
                has = true;
                return false;
            },
            parameters);
        return has;
    }

    /// <summary>Does something once all of this is stored, and not at all if it is not.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    internal void Committed() => _afterCommit.ForEach(action => action());

    private DbCommand CommandOf(string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value switch
            {
                null => DBNull.Value,
                Id id => id.ToArray(),
                Hash hash => hash.ToArray(),
                ReadOnlyMemory<byte> bytes => bytes.ToArray(),
                bool flag => flag ? 1L : 0L,
                int number => (long)number,
                _ => value,
            };
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
