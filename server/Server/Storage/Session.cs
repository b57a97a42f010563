using System.Data.Common;
using Contracts;

namespace Server.Storage;

/// <summary>
/// One transaction. Every statement is a constant text with parameters. It is gone when the closure that it was given to has
/// ended, and may have run several times: whatever else the closure touches must bear that.
/// </summary>
/// <remarks>
/// A statement whose answer is not needed yet waits for the next one that is, and they go together where the database takes several at once:
/// each way to it and back costs more than most statements do.
/// </remarks>
/// <param name="connection">Where.</param>
/// <param name="transaction">The transaction; <see langword="null"/> for a statement that is one by itself.</param>
/// <param name="before">What others of this transaction put off and did not run: it goes first.</param>
/// <param name="handover">What others of this transaction left.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class Session(Connection connection, DbTransaction? transaction, List<Session.Statement> before, Handover handover, CancellationToken cancellationToken)
{
    private readonly List<Action> _afterCommit = [];
    private readonly Handover _ours = new();
    private readonly List<Statement> _later = [];

    public Session(Connection connection, DbTransaction? transaction, CancellationToken cancellationToken)
        : this(connection, transaction, [], new Handover(), cancellationToken)
    {
    }

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Whether there is something to undo: the database was told to change anything, or may not have done what it was told.</summary>
    public bool HasWritten { get; private set; }

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public Task<int> RunAsync(string sql, params (string Name, object? Value)[] parameters) => SendAsync(new Statement(sql, parameters, Take: null));

    /// <summary>Runs a statement of which nothing is asked, not even how many rows it changed.</summary>
    public void Later(string sql, params (string Name, object? Value)[] parameters) => _later.Add(new Statement(sql, parameters, Take: null));

    /// <summary>Reads rows that are not needed yet, as long as <paramref name="read"/> says to go on.</summary>
    /// <returns>Resolves once they are read.</returns>
    public Func<Task> EachLater(string sql, Func<Row, bool> read, params (string Name, object? Value)[] parameters)
    {
        var statement = new Statement(sql, parameters, read);
        _later.Add(statement);
        return () => statement.IsSent ? Task.CompletedTask : FlushAsync();
    }

    /// <summary>Reads all rows, which are not needed yet.</summary>
    /// <returns>Gives them.</returns>
    public Func<Task<List<T>>> ListLater<T>(string sql, Func<Row, T> read, params (string Name, object? Value)[] parameters)
    {
        List<T> rows = [];
        var asked = EachLater(sql, Into(rows, read), parameters);
        return async () =>
        {
            await asked();
            return rows;
        };
    }

    /// <summary>Runs what was put off.</summary>
    public Task FlushAsync() => SendAsync(last: null);

    /// <summary>What is known of a kind all through this transaction, from this write or one before it.</summary>
    public T? Known<T>() where T : class => _ours.Find<T>() ?? handover.Find<T>();

    /// <summary>Notes what is known from now on, for those behind this write too if it is done.</summary>
    /// <param name="value">What is known.</param>
    /// <param name="atEnd">Stores it, once for all writes of this transaction, before it ends.</param>
    public void Know<T>(T value, Action<Session>? atEnd = null) where T : class => _ours.Put(value, atEnd);

    /// <summary>Leaves what was put off, and what is known, to others of this transaction.</summary>
    public void PassOn()
    {
        handover.Take(_ours);
        before.AddRange(_later);
        _later.Clear();
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
        await EachAsync(sql, Into(rows, read), parameters);
        return rows;
    }

    /// <summary>Reads rows as they come, as long as <paramref name="read"/> says to go on.</summary>
    public Task EachAsync(string sql, Func<Row, bool> read, params (string Name, object? Value)[] parameters) =>
        SendAsync(new Statement(sql, parameters, read));

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

    private static Func<Row, bool> Into<T>(List<T> rows, Func<Row, T> read) => row =>
    {
        rows.Add(read(row));
        return true;
    };

    /// <summary>Runs what was put off, and then a statement.</summary>
    /// <returns>How many rows the last one changed.</returns>
    private async Task<int> SendAsync(Statement? last)
    {
        if (last is not null)
        {
            _later.Add(last);
        }
        var hasWritten = HasWritten || _later.Exists(statement => !statement.Sql.StartsWith("SELECT", StringComparison.Ordinal));
        // Until it is done: what others put off may get lost along with ours.
        HasWritten = true;
        Statement[] statements = [.. before, .. _later];
        before.Clear();
        _later.Clear();
        foreach (var statement in statements)
        {
            statement.IsSent = true;
        }
        var changed = await RunAsync(statements);
        HasWritten = hasWritten;
        return changed;
    }

    private async Task<int> RunAsync(Statement[] statements)
    {
        if (statements.Length > 1 && connection.Inner.CanCreateBatch)
        {
            return await RunTogetherAsync(statements);
        }
        var changed = 0;
        foreach (var statement in statements)
        {
            var (sql, parameters) = Worded(statement);
            changed = await connection.UseAsync(
                sql,
                command =>
                {
                    command.Transaction = transaction;
                    command.Parameters.Clear();
                    Fill(command.Parameters, parameters, command.CreateParameter);
                    return RunAsync(command, statement.Take);
                });
        }
        return changed;
    }

    private async Task<int> RunAsync(DbCommand command, Func<Row, bool>? take)
    {
        if (take is null)
        {
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await ReadAsync(reader, take);
        return 0;
    }

    private async Task<int> RunTogetherAsync(Statement[] statements)
    {
        await using var batch = connection.Inner.CreateBatch();
        batch.Transaction = transaction;
        foreach (var statement in statements)
        {
            var command = batch.CreateBatchCommand();
            (command.CommandText, var parameters) = Worded(statement);
            Fill(command.Parameters, parameters, command.CreateParameter);
            batch.BatchCommands.Add(command);
        }
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            // What gives no rows is passed over.
            foreach (var take in statements.Select(statement => statement.Take).OfType<Func<Row, bool>>())
            {
                await ReadAsync(reader, take);
                await reader.NextResultAsync(cancellationToken);
            }
        }
        return batch.BatchCommands[^1].RecordsAffected;
    }

    private async Task ReadAsync(DbDataReader reader, Func<Row, bool> take)
    {
        while (await reader.ReadAsync(cancellationToken) && take(new Row(reader)))
        {
        }
    }

    /// <summary>A statement as this database takes it, with its parameters in order, named where they have names.</summary>
    private (string Sql, IEnumerable<(string? Name, object? Value)> Parameters) Worded(Statement statement)
    {
        if (!connection.IsNumbered)
        {
            return (statement.Sql, statement.Parameters.Select(parameter => ((string?)parameter.Name, parameter.Value)));
        }
        var (sql, names) = NumberedSql.Of(statement.Sql);
        return (sql, names.Select(name => ((string?)null, statement.Parameters.First(parameter => parameter.Name == name).Value)));
    }

    private static void Fill(DbParameterCollection collection, IEnumerable<(string? Name, object? Value)> parameters, Func<DbParameter> create)
    {
        foreach (var (name, value) in parameters)
        {
            var parameter = create();
            if (name is not null)
            {
                parameter.ParameterName = name;
            }
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
            collection.Add(parameter);
        }
    }

    /// <summary>A statement, and who takes its rows; <see langword="null"/> where it gives none.</summary>
    internal sealed record Statement(string Sql, (string Name, object? Value)[] Parameters, Func<Row, bool>? Take)
    {
        public bool IsSent { get; set; }
    }
}
