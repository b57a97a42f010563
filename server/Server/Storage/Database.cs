using System.Collections.Concurrent;
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

    /// <summary>How many writes that wait are stored together.</summary>
    private const int MostTogether = 64;

    /// <summary>How long writes are tried together before the database counts as not available.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<Write> _waiting = new();
    private readonly SemaphoreSlim _writer = new(1);

    /// <summary>The word of this database for a column of bytes.</summary>
    public abstract string BytesType { get; }

    /// <summary>The word of this database for a column of 64-bit numbers.</summary>
    public abstract string NumberType { get; }

    /// <summary>What stands behind a table's columns.</summary>
    public abstract string TableOptions { get; }

    /// <summary>Reads, all of it at one moment.</summary>
    /// <exception cref="DbException">The database is gone.</exception>
    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) => AgainAsync(
        async () =>
        {
            await using var connection = await OpenAsync(cancellationToken);
            await using var transaction = await BeginAsync(connection, writes: false, cancellationToken);
            var result = await work(new Session(connection, transaction, cancellationToken));
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        },
        cancellationToken);

    /// <summary>Reads with one statement, which is one moment by itself: the one that <paramref name="work"/> may ask.</summary>
    /// <exception cref="DbException">The database is gone.</exception>
    public Task<T> ReadOnceAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) => AgainAsync(
        async () =>
        {
            await using var connection = await OpenAsync(cancellationToken);
            return await work(new Session(connection, transaction: null, cancellationToken));
        },
        cancellationToken);

    /// <summary>Reads and writes, as if nobody else did meanwhile: all of it is stored, durably, or nothing is.</summary>
    /// <exception cref="DbException">The database is gone, full or too busy. Nothing was stored.</exception>
    /// <remarks>
    /// One at a time in one app server: SQLite has one writer, and every write goes on with the same chain of the audit, so that two
    /// at once would only make each other run again. Those that came meanwhile are stored together, each whole or not at all: the disk is
    /// waited for once and not by each.
    /// </remarks>
    public async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken)
    {
        var write = new Write<T>(work, cancellationToken);
        _waiting.Enqueue(write);
        await _writer.WaitAsync(cancellationToken);
        try
        {
            // Else one that waited before did it along with its own. More than are stored together may stand before it.
            while (!write.Result.IsCompleted)
            {
                await StoreAsync(TakeWaiting());
            }
        }
        finally
        {
            _writer.Release();
        }
        return await write.Result;
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

    protected abstract Task<Connection> OpenAsync(CancellationToken cancellationToken);

    protected abstract ValueTask<DbTransaction> BeginAsync(Connection connection, bool writes, CancellationToken cancellationToken);

    /// <summary>Whether a failure only says that another transaction came between.</summary>
    protected abstract bool IsRetryable(DbException failure);

    private List<Write> TakeWaiting()
    {
        List<Write> together = [];
        while (together.Count < MostTogether && _waiting.TryDequeue(out var write))
        {
            if (write.CancellationToken.IsCancellationRequested)
            {
                // Who does not wait any more does not want it done.
                write.NotStored(new OperationCanceledException(write.CancellationToken));
            }
            else
            {
                together.Add(write);
            }
        }
        return together;
    }

    /// <summary>Stores writes in one transaction; one that fails is undone alone.</summary>
    private async Task StoreAsync(List<Write> together)
    {
        if (together.Count == 0)
        {
            return;
        }
        // Not the token of one of them: the others wait on.
        using var limit = new CancellationTokenSource(LongestWrite);
        try
        {
            // Nearly every write can be done. Only where one cannot, and has changed something, does each get a point to go back to.
            if (!await AgainAsync(() => TogetherAsync(together, hasPoints: false, limit.Token), limit.Token))
            {
                await AgainAsync(() => TogetherAsync(together, hasPoints: true, limit.Token), limit.Token);
            }
            together.ForEach(write => write.Stored());
        }
#pragma warning disable CA1031 // Whoever waits for the write gets it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            together.ForEach(write => write.NotStored(failure));
        }
    }

    /// <returns>Whether all is stored; else one could not be undone alone, and nothing is.</returns>
    private async Task<bool> TogetherAsync(List<Write> together, bool hasPoints, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = await BeginAsync(connection, writes: true, cancellationToken);
        // The end of one write goes along with the beginning of the next, but where each is looked at alone.
        List<Session.Statement> before = [];
        var handover = new Handover();
        for (var number = 0; number < together.Count; number++)
        {
            if (hasPoints)
            {
                // Each its own: going back to one that was not made fails, and undoes nothing of another's.
                await new Session(connection, transaction, cancellationToken).RunAsync($"SAVEPOINT before_{number}");
            }
            var session = new Session(connection, transaction, before, handover, together[number].CancellationToken);
            try
            {
                await together[number].RunAsync(session);
                await (hasPoints ? session.FlushAsync() : Task.CompletedTask);
                session.PassOn();
            }
            catch (Exception failure) when (together.Count > 1 && (failure is not DbException database || !IsRetryable(database)))
            {
                // What only looked has nothing to undo, unless the database itself has given up the transaction.
                if (session.HasWritten || failure is DbException)
                {
                    if (!hasPoints)
                    {
                        return false;
                    }
                    // If the connection is gone, this fails too, and so do all.
                    await transaction.RollbackAsync($"before_{number}", CancellationToken.None);
                }
                together[number].Failed(failure);
            }
        }
        try
        {
            var last = new Session(connection, transaction, before, handover, cancellationToken);
            handover.End(last);
            await last.FlushAsync();
        }
        catch (DbException failure) when (together.Count > 1 && !hasPoints && !IsRetryable(failure))
        {
            return false;
        }
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    private async Task<T> AgainAsync<T>(Func<Task<T>> once, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await once();
            }
            catch (DbException failure) when (attempt < Attempts && IsRetryable(failure))
            {
                // Those who met once should not meet again in step.
                await Task.Delay(Random.Shared.Next(1, 1 + (2 << Math.Min(attempt, 6))), cancellationToken);
            }
        }
    }

    /// <summary>A write that waits to be done.</summary>
    private abstract class Write(CancellationToken cancellationToken)
    {
        private Session? _session;
        private Exception? _failure;

        public CancellationToken CancellationToken => cancellationToken;

        /// <summary>Does it, perhaps again, but for what it put off.</summary>
        public async Task RunAsync(Session session)
        {
            (_failure, _session) = (null, session);
            await WorkAsync(session);
        }

        /// <summary>It alone was undone.</summary>
        public void Failed(Exception failure) => _failure = failure;

        /// <summary>All were stored that did not fail.</summary>
        public void Stored()
        {
            if (_failure is not null)
            {
                NotStored(_failure);
                return;
            }
            _session!.Committed();
            Complete();
        }

        /// <summary>Nothing was stored.</summary>
        public abstract void NotStored(Exception failure);

        protected abstract Task WorkAsync(Session session);

        protected abstract void Complete();
    }

    private sealed class Write<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) : Write(cancellationToken)
    {
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _value;

        public Task<T> Result => _result.Task;

        public override void NotStored(Exception failure) => _result.TrySetException(failure);

        protected override async Task WorkAsync(Session session) => _value = await work(session);

        protected override void Complete() => _result.TrySetResult(_value!);
    }
}
