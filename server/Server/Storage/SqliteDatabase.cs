using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Server.Storage;

/// <summary>One file in the data folder, with a write-ahead log: many readers and one writer.</summary>
internal sealed class SqliteDatabase : Database
{
    private const int Busy = 5;
    private const int Locked = 6;

    private readonly string _connectionString;

    public SqliteDatabase(string path)
    {
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = false,
            // Another process may hold the file for a moment, such as one that makes a backup.
            DefaultTimeout = 10,
        }.ToString();
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();
    }

    public override string BytesType => "BLOB";

    public override string NumberType => "INTEGER";

    public override string TableOptions => "STRICT";

    public override ValueTask DisposeAsync()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
        return base.DisposeAsync();
    }

    protected override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        // FULL: a commit that was answered survives a loss of power also with a write-ahead log.
        command.CommandText = "PRAGMA synchronous = FULL";
        await command.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    protected override ValueTask<DbTransaction> BeginAsync(DbConnection connection, bool writes, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: !writes));

    protected override bool IsRetryable(DbException failure) => failure is SqliteException { SqliteErrorCode: Busy or Locked };
}
