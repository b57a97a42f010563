using Contracts;
using Server.Http;
using Server.Storage;

namespace Server.Office;

/// <summary>
/// The membership log, judged and in memory. Used only inside a write, of which there is one at a time: so nobody sees an entry that
/// is not stored in the end.
/// </summary>
internal sealed class OfficeLog
{
    private MembershipLog? _log;

    /// <summary>The log as the database has it now.</summary>
    /// <exception cref="ApiException">There is no office yet.</exception>
    public Task<MembershipLog> CatchUpAsync(Session session) => CatchUpLater(session)();

    /// <summary>As <see cref="CatchUpAsync"/>, where the log is not needed yet.</summary>
    /// <returns>Gives it.</returns>
    public Func<Task<MembershipLog>> CatchUpLater(Session session)
    {
        if (session.Known<Head>() is { } known)
        {
            return () => ReadUpToAsync(session, known.Place);
        }
        var asked = session.ListLater(
            "SELECT place, hash FROM log ORDER BY place DESC LIMIT 1", row => new LogHead(row.Number(0), row.Hash(1)));
        return async () =>
        {
            var head = await asked() is [var newest] ? newest : throw ApiException.NotThere();
            session.Know(new Head(head));
            return await ReadUpToAsync(session, head);
        };
    }

    /// <summary>Notes that an entry was stored.</summary>
    public static void Grew(Session session, LogHead head) => session.Know(new Head(head));

    /// <summary>The log's head in a transaction.</summary>
    private sealed record Head(LogHead Place);

    private async Task<MembershipLog> ReadUpToAsync(Session session, LogHead head)
    {
        if (_log?.Head is not { } known || known.Index > head.Index || (known.Index == head.Index && known != head))
        {
            // An entry was judged and then not stored, or an earlier state was restored.
            var office = await session.FindAsync("SELECT office FROM server", row => row.Bytes(0));
            _log = new MembershipLog(new Id(office));
        }
        var log = _log;
        if (log.Head == head)
        {
            return log;
        }
        await session.EachAsync(
            "SELECT bytes, signature FROM log WHERE place > @known ORDER BY place",
            row =>
            {
                var entry = SignedRecord.Decode<LogEntry>(row.Bytes(0), row.Bytes(1));
                return log.Append(entry) == LogVerdict.Accepted
                    ? true
                    : throw new InvalidDataException("the log in the database is not one that was judged here");
            },
            ("known", log.Head?.Index ?? -1));
        return log;
    }
}
