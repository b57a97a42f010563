using System.Security.Cryptography;
using Contracts;
using Server.Audit;
using Server.Http;
using Server.Streams;

namespace Server.Storage;

/// <summary>One transaction of a request, with what it leaves behind besides its rows: moves in streams, entries of the audit, hints.</summary>
internal sealed class Work(Session session, Id chain, long now)
{
    public Session Session => session;

    /// <summary>The server's clock, in milliseconds since 1970; the same all through the transaction.</summary>
    public long Now => now;

    public Moves Moves { get; } = new();

    public AuditTrail Audit { get; } = new(session, chain, now);

    /// <summary>Whether the log grew.</summary>
    public bool LogGrew { get; set; }

    /// <summary>Remembers that something was done under an id that the client made.</summary>
    /// <returns>Whether exactly this was done before, so that there is nothing to do.</returns>
    /// <exception cref="ApiException">Something else was done under this id.</exception>
    public Task<bool> WasDoneAsync(Id id, Id member, ReadOnlyMemory<byte> body) => WasDoneLater(id, member, body)();

    /// <summary>Asks what <see cref="WasDoneAsync"/> asks, where the answer is not needed yet.</summary>
    /// <returns>Gives it, and then remembers.</returns>
    public Func<Task<bool>> WasDoneLater(Id id, Id member, ReadOnlyMemory<byte> body)
    {
        var digest = SHA256.HashData(body.Span);
        var asked = session.ListLater(
            "SELECT digest FROM done WHERE member = @member AND id = @id", row => row.Bytes(0), ("member", member), ("id", id));
        return async () =>
        {
            if ((await asked()).SingleOrDefault() is not { } done)
            {
                session.Later(
                    "INSERT INTO done (member, id, digest, at) VALUES (@member, @id, @digest, @at)",
                    ("member", member), ("id", id), ("digest", digest), ("at", now));
                return false;
            }
            return done.AsSpan().SequenceEqual(digest) ? true : throw ApiException.Conflict("something else was done under this id");
        };
    }
}

/// <summary>Runs <see cref="Work"/>, and tells who listens once it is stored.</summary>
internal sealed class Writer(Database database, Id chain, Hints hints, TimeProvider clock)
{
    public Task RunAsync(Func<Work, Task> work, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var once = new Work(session, chain, clock.GetUtcNow().ToUnixTimeMilliseconds());
                await work(once);
                once.Moves.Store(session);
                await once.Audit.StoreAsync();
                await once.Moves.RequireRoomAsync();
                session.AfterCommit(() => hints.Publish(once.Moves.Principals, once.LogGrew));
            },
            cancellationToken);
}
