using System.Data.Common;
using Contracts;

namespace Server.Storage;

/// <summary>
/// One transaction. Every statement is a constant text with parameters. It is gone when the closure that it was given to has
/// ended, and may have run several times: whatever else the closure touches must bear that.
/// </summary>
internal sealed class Session(Connection connection, DbTransaction? transaction, CancellationToken cancellationToken)
{
    private readonly List<Action> _afterCommit = [];
    private readonly List<(string Sql, (string Name, object? Value)[] Parameters)> _later = [];

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Whether the database was asked anything, and not everything was put off.</summary>
    public bool HasSent { get; private set; }

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public async Task<int> RunAsync(string sql, params (string Name, object? Value)[] parameters)
    {
        HasSent = true;
        if (_later.Count == 0)
        {
            return await connection.UseAsync(sql, command => Fill(command, parameters).ExecuteNonQueryAsync(cancellationToken));
        }
        await using var batch = BatchOfLater();
        Add(batch, sql, parameters);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return batch.BatchCommands[^1].RecordsAffected;
    }

    /// <summary>
    /// Runs a statement of which nothing is asked, not even how many rows it changed: with the next one that is waited for, where the database
    /// takes several at once.
    /// </summary>
    public Task LaterAsync(string sql, params (string Name, object? Value)[] parameters)
    {
        if (!connection.Inner.CanCreateBatch)
        {
            return RunAsync(sql, parameters);
        }
        _later.Add((sql, parameters));
        return Task.CompletedTask;
    }

    /// <summary>Runs what was put off.</summary>
    public async Task FlushAsync()
    {
        if (_later.Count > 0)
        {
            HasSent = true;
            await using var batch = BatchOfLater();
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Changes tables, by one text of several statements that is run once.</summary>
    public async Task DefineAsync(string sql)
    {
        await using var command = connection.Inner.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
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
        HasSent = true;
        if (_later.Count > 0)
        {
            await using var batch = BatchOfLater();
            Add(batch, sql, parameters);
            // Of what was put off, nothing gives rows.
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await ReadAsync(reader, read);
            return;
        }
        await connection.UseAsync(
            sql,
            async command =>
            {
                await using var reader = await Fill(command, parameters).ExecuteReaderAsync(cancellationToken);
                await ReadAsync(reader, read);
                return true;
            });
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

    private async Task ReadAsync(DbDataReader reader, Func<Row, bool> read)
    {
        while (await reader.ReadAsync(cancellationToken) && read(new Row(reader)))
        {
        }
    }

    private DbCommand Fill(DbCommand command, (string Name, object? Value)[] parameters)
    {
        command.Transaction = transaction;
        command.Parameters.Clear();
        foreach (var (name, value) in parameters)
        {
            command.Parameters.Add(Named(command.CreateParameter(), name, value));
        }
        return command;
    }

    private DbBatch BatchOfLater()
    {
        var batch = connection.Inner.CreateBatch();
        batch.Transaction = transaction;
        foreach (var (sql, parameters) in _later)
        {
            Add(batch, sql, parameters);
        }
        _later.Clear();
        return batch;
    }

    private static void Add(DbBatch batch, string sql, (string Name, object? Value)[] parameters)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.Add(Named(command.CreateParameter(), name, value));
        }
        batch.BatchCommands.Add(command);
    }

    private static DbParameter Named(DbParameter parameter, string name, object? value)
    {
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
        return parameter;
    }
}
