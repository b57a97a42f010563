using System.Data;
using System.Data.Common;
using Npgsql;

namespace Server.Storage;

/// <summary>A PostgreSQL server, or one that speaks its protocol; several app servers may use the same.</summary>
internal sealed class PostgresDatabase(string connectionString) : Database
{
    /// <summary>More than there are statements in this program.</summary>
    private const int MostStatements = 250;

    /// <summary>
    /// Nearly every statement finds its rows by keys, whatever its values and however many rows there are, so one plan for all
    /// values does, made once. Left to itself, a large office is planned anew for each request: a range of a stream could be all of it,
    /// for which the one plan would have several processes at work. And a table that was small when the plan was made would be read
    /// whole from then on. The few without a key count as very costly for that, and would be compiled (<c>jit</c>) for longer than they run.
    /// </summary>
    private const string OnePlan =
        "-c plan_cache_mode=force_generic_plan -c max_parallel_workers_per_gather=0 -c enable_seqscan=off -c jit=off";

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(SettingsOf(connectionString));

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

    private static NpgsqlConnectionStringBuilder SettingsOf(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = MostStatements,
            AutoPrepareMinUsages = 2,
            // Nothing is set in a session but for one transaction, so there is nothing to set back: eight statements less for each use.
            NoResetOnClose = true,
        };
        settings.Options = $"{OnePlan} {settings.Options}".TrimEnd(); // what the operator chose comes last, and holds
        return settings;
    }

    // A row that two make at once: the second sees it when it runs again, and answers by it.
    protected override bool IsRetryable(DbException failure) => failure is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation,
    };
}
