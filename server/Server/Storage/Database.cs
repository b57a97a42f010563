using System.Data.Common;

namespace Server.Storage;

/// <summary>
/// Where the server keeps everything: SQLite or PostgreSQL, with the same SQL. A transaction is a closure that may run again when
/// another one came between.
/// </summary>
internal abstract class Database : IAsyncDisposable
{
    /// <summary>How often a transaction is tried before the database counts as not available.</summary>
    private const int Attempts = 20;

    private readonly SemaphoreSlim _writer = new(1);

    /// <summary>The word of this database for a column of bytes.</summary>
    public abstract string BytesType { get; }

    /// <summary>The word of this database for a column of 64-bit numbers.</summary>
    public abstract string NumberType { get; }

    /// <summary>What stands behind a table's columns.</summary>
    public abstract string TableOptions { get; }

    /// <summary>Reads, all of it at one moment.</summary>
    /// <exception cref="DbException">The database is gone.</exception>
    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(work, writes: false, cancellationToken);

    /// <summary>Reads and writes, as if nobody else did meanwhile: all of it is stored, durably, or nothing is.</summary>
    /// <exception cref="DbException">The database is gone, full or too busy. Nothing was stored.</exception>
    /// <remarks>
    /// One at a time in one app server: SQLite has one writer, and every write goes on with the same chain of the audit, so that two
    /// at once would only make each other run again.
    /// </remarks>
    public async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            return await RunAsync(work, writes: true, cancellationToken);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>As <see cref="WriteAsync{T}"/>, where nothing comes back.</summary>
    public Task WriteAsync(Func<Session, Task> work, CancellationToken cancellationToken) =>
        WriteAsync(
            async session =>
            {
                await work(session);
                return true;
            },
            cancellationToken);

    public virtual ValueTask DisposeAsync()
    {
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    protected abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    protected abstract ValueTask<DbTransaction> BeginAsync(DbConnection connection, bool writes, CancellationToken cancellationToken);

    /// <summary>Whether a failure only says that another transaction came between.</summary>
    protected abstract bool IsRetryable(DbException failure);

    private async Task<T> RunAsync<T>(Func<Session, Task<T>> work, bool writes, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceAsync(work, writes, cancellationToken);
            }
            catch (DbException failure) when (attempt < Attempts && IsRetryable(failure))
            {
                // Those who met once should not meet again in step.
                await Task.Delay(Random.Shared.Next(1, 1 + (2 << Math.Min(attempt, 6))), cancellationToken);
            }
        }
    }

    private async Task<T> OnceAsync<T>(Func<Session, Task<T>> work, bool writes, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = await BeginAsync(connection, writes, cancellationToken);
        var session = new Session(connection, transaction, cancellationToken);
        var result = await work(session);
        await transaction.CommitAsync(CancellationToken.None);
        session.Committed();
        return result;
    }
}
