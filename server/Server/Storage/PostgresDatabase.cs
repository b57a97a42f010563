using System.Data;
using System.Data.Common;
using Npgsql;

namespace Server.Storage;

/// <summary>A PostgreSQL server, or one that speaks its protocol; several app servers may use the same.</summary>
internal sealed class PostgresDatabase(string connectionString) : Database
{
    /// <summary>More than there are statements in this program.</summary>
    private const int MostStatements = 250;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = MostStatements, AutoPrepareMinUsages = 2 });

    public override string BytesType => "BYTEA";

    public override string NumberType => "BIGINT";

    public override string TableOptions => "";

    public override async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>A connection of the caller's own, as for listening.</summary>
    public ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) => _source.OpenConnectionAsync(cancellationToken);

    protected override async Task<Connection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await _source.OpenConnectionAsync(cancellationToken);
        return new Connection(connection, statements: null, isNumbered: true, connection.DisposeAsync);
    }

    protected override ValueTask<DbTransaction> BeginAsync(Connection connection, bool writes, CancellationToken cancellationToken) =>
        connection.Inner.BeginTransactionAsync(writes ? IsolationLevel.Serializable : IsolationLevel.RepeatableRead, cancellationToken);

    // A row that two make at once: the second sees it when it runs again, and answers by it.
    protected override bool IsRetryable(DbException failure) => failure is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation,
    };
}
