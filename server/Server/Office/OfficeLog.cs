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
    public async Task<MembershipLog> CatchUpAsync(Session session)
    {
        var head = await session.FindAsync(
            "SELECT place, hash FROM log ORDER BY place DESC LIMIT 1",
            row => Tuple.Create(new LogHead(row.Number(0), row.Hash(1))))
            ?? throw ApiException.NotThere();
        if (_log?.Head is not { } known || known.Index > head.Item1.Index || (known.Index == head.Item1.Index && known != head.Item1))
        {
            // An entry was judged and then not stored, or an earlier state was restored.
            var office = await session.FindAsync("SELECT office FROM server", row => row.Bytes(0));
            _log = new MembershipLog(new Id(office));
        }
        var log = _log;
        if (log.Head == head.Item1)
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
