using System.Data.Common;

namespace Server.Storage;

/// <summary>A connection to the database, lent to one transaction, with the statements that it has prepared.</summary>
/// <param name="connection">The connection, open.</param>
/// <param name="statements">The statements that it keeps, by their text; <see langword="null"/> where the driver does that by itself.</param>
/// <param name="isNumbered">Whether parameters have numbers there, and not names.</param>
/// <param name="giveBack">Puts it back where it came from.</param>
internal sealed class Connection(DbConnection connection, Dictionary<string, DbCommand>? statements, bool isNumbered, Func<ValueTask> giveBack) : IAsyncDisposable
{
    public DbConnection Inner => connection;

    /// <summary>Whether parameters have numbers here, and not names.</summary>
    public bool IsNumbered => isNumbered;

    /// <summary>Uses a statement, and keeps it for the next time. Its parameters are the user's to set.</summary>
    public async Task<T> UseAsync<T>(string sql, Func<DbCommand, Task<T>> use)
    {
        if (statements?.Remove(sql, out var command) != true)
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            if (statements is not null)
            {
                await command.PrepareAsync();
            }
        }
        try
        {
            var result = await use(command!);
            if (statements?.TryAdd(sql, command!) == true)
            {
                command = null;
            }
            return result;
        }
        finally
        {
            if (command is not null)
            {
                await command.DisposeAsync();
            }
        }
    }

    public ValueTask DisposeAsync() => giveBack();
}
