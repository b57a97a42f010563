using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Server.Storage;

/// <summary>One file in the data folder, with a write-ahead log: many readers and one writer.</summary>
internal sealed class SqliteDatabase : Database
{
    private const int Busy = 5;
    private const int Locked = 6;

    /// <summary>Connections that are kept open while nobody uses them, each with its cache of pages and its statements.</summary>
    private const int MostKept = 8;

    private readonly string _connectionString;
    private readonly ConcurrentBag<Kept> _kept = [];

    public SqliteDatabase(string path)
    {
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = false,
            // Kept here instead, so that they keep their statements.
            Pooling = false,
            // Another process may hold the file for a moment, such as one that makes a backup.
            DefaultTimeout = 10,
        }.ToString();
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        Run(connection, "PRAGMA journal_mode = WAL");
    }

    public override string BytesType => "BLOB";

    public override string NumberType => "INTEGER";

    public override string TableOptions => "STRICT";

    public override async ValueTask DisposeAsync()
    {
        while (_kept.TryTake(out var kept))
        {
            await kept.Connection.DisposeAsync();
        }
        await base.DisposeAsync();
    }

    protected override async Task<Connection> OpenAsync(CancellationToken cancellationToken)
    {
        if (!_kept.TryTake(out var kept))
        {
            kept = new Kept(new SqliteConnection(_connectionString), []);
            await kept.Connection.OpenAsync(cancellationToken);
            // FULL: a commit that was answered survives a loss of power also with a write-ahead log.
            Run(kept.Connection, "PRAGMA synchronous = FULL");
        }
        return new Connection(kept.Connection, kept.Statements, isNumbered: false, () => GiveBackAsync(kept));
    }

    protected override ValueTask<DbTransaction> BeginAsync(Connection connection, bool writes, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DbTransaction>(((SqliteConnection)connection.Inner).BeginTransaction(IsolationLevel.Serializable, deferred: !writes));

    protected override bool IsRetryable(DbException failure) => failure is SqliteException { SqliteErrorCode: Busy or Locked };

    private ValueTask GiveBackAsync(Kept kept)
    {
        if (_kept.Count >= MostKept)
        {
            return kept.Connection.DisposeAsync();
        }
        _kept.Add(kept);
        return ValueTask.CompletedTask;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed record Kept(SqliteConnection Connection, Dictionary<string, DbCommand> Statements);
}
