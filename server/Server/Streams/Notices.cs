using System.Threading.Channels;
using Contracts;
using Npgsql;
using Server.Storage;

namespace Server.Streams;

/// <summary>
/// Tells other app servers on the same PostgreSQL what moved, in batches and outside of the transactions (LISTEN and NOTIFY), and wakes
/// the streams of this one for what they tell. Notices may be lost: everybody is woken after
/// each connection, of those that tell as of those that listen, and every minute.
/// </summary>
internal sealed class Notices(PostgresDatabase database, Hints hints, TimeProvider clock, ILogger<Notices> logger) : BackgroundService
{
    private const string Topic = "latchkey";
    private const string Everything = "*";

    /// <summary>A notice has less than 8000 bytes: so many ids and the commas between.</summary>
    private const int MostPrincipals = 300;

    private static readonly TimeSpan SafetyNet = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How long what comes right after a notice waits for the next one, with what else comes: each is a transaction of its own.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(20);

    private readonly Channel<string> _waiting =
        Channel.CreateBounded<string>(new BoundedChannelOptions(MostPrincipals) { FullMode = BoundedChannelFullMode.DropOldest });

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        hints.Moved = (principals, logGrew) =>
        {
            if (logGrew || principals.Count > 0)
            {
                _waiting.Writer.TryWrite(logGrew || principals.Count > MostPrincipals ? Everything : string.Join(',', principals));
            }
        };
        return Task.WhenAll(
            AgainAsync("notify", NotifyAsync, stoppingToken), AgainAsync("listen", ListenAsync, stoppingToken), NetAsync(stoppingToken));
    }

    private async Task NotifyAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        // What the connection before took with it when it broke.
        _waiting.Writer.TryWrite(Everything);
        while (await _waiting.Reader.WaitToReadAsync(cancellationToken))
        {
            HashSet<string> parts = [];
            while (parts.Count < MostPrincipals && _waiting.Reader.TryRead(out var waiting))
            {
                parts.UnionWith(waiting.Split(','));
            }
            await using var command = new NpgsqlCommand("SELECT pg_notify(@topic, @payload)", connection);
            command.Parameters.AddWithValue("topic", Topic);
            command.Parameters.AddWithValue("payload", parts.Contains(Everything) || parts.Count > MostPrincipals ? Everything : string.Join(',', parts));
            await command.ExecuteNonQueryAsync(cancellationToken);
            await Task.Delay(Together, clock, cancellationToken);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        connection.Notification += (_, notice) =>
        {
            if (notice.Payload == Everything)
            {
                hints.WakeAll();
            }
            else
            {
                hints.Wake([.. notice.Payload.Split(',').Select(id => Id.TryParse(id)).OfType<Id>()], logGrew: false);
            }
        };
        await using (var command = new NpgsqlCommand($"LISTEN {Topic}", connection))
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        hints.WakeAll();
        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    private async Task NetAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SafetyNet, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            hints.WakeAll();
        }
    }

    private async Task AgainAsync(string work, Func<CancellationToken, Task> once, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await once(cancellationToken);
            }
            catch (NpgsqlException failure)
            {
                Log.WorkFailed(logger, work, failure.GetType().Name);
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }
}
