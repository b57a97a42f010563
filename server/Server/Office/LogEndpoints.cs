using Contracts;
using Contracts.Wire;
using Server.Http;
using Server.Items;
using Server.Members;
using Server.Storage;

namespace Server.Office;

/// <summary>The membership log: read in pages, appended to by compare-and-swap on its head.</summary>
internal sealed class LogEndpoints(Database database, Writer writer, OfficeLog officeLog)
{
    private const int BytesPerPage = 2 * 1024 * 1024;

    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("GET", "/v1/log", Access.FormerMember, GetAsync, Result: typeof(WireLog)),
        new("PUT", "/v1/log/{index}", Access.Member, PutAsync, typeof(WireLogEntry)),
    ];

    /// <summary>Reads a page.</summary>
    /// <param name="session">What reads.</param>
    /// <param name="from">The first place.</param>
    /// <param name="last">The last place that is told of.</param>
    public static async Task<WireLog> PageAsync(Session session, long from, long last = long.MaxValue)
    {
        List<WireSigned> entries = [];
        var bytes = 0;
        var more = false;
        await session.EachAsync(
            "SELECT bytes, signature FROM log WHERE place >= @from AND place <= @last ORDER BY place LIMIT @most",
            row =>
            {
                var entry = ItemEndpoints.SignedOf(row, 0);
                bytes += entry.Bytes.Length;
                more = entries.Count == Limits.ChangesPerPage || (entries.Count > 0 && bytes > BytesPerPage);
                if (!more)
                {
                    entries.Add(entry);
                }
                return !more;
            },
            ("from", from), ("last", last), ("most", Limits.ChangesPerPage + 1));
        return new WireLog { Entries = entries, More = more };
    }

    private async Task<Answer> GetAsync(Call call)
    {
        var from = call.From(0);
        var page = await database.ReadAsync(
            async session =>
            {
                if (call.Caller.RemovedAt is { } removedAt)
                {
                    return await PageAsync(session, from, removedAt);
                }
                await call.Caller.RoleAsync(session);
                return await PageAsync(session, from);
            },
            call.CancellationToken);
        return Answer.Of(page, WireJson.Default.WireLog);
    }

    private async Task<Answer> PutAsync(Call call)
    {
        var index = call.Number("index");
        var body = call.Read(WireJson.Default.WireLogEntry);
        var entry = body.Entry.Decode<LogEntry>();
        var wraps = (body.Wraps ?? []).Select(wrap => wrap.Decode()).ToList();
        if ((entry.Record as LaterEntry)?.Place.Index is { } place && place != index)
        {
            throw ApiException.Malformed("the entry names another index than the path");
        }
        await writer.RunAsync(work => AppendAsync(work, call.Caller, entry, index, body.Wraps is not null, wraps), call.CancellationToken);
        return Answer.Nothing;
    }

    private async Task AppendAsync(Work work, Caller caller, SignedRecord<LogEntry> entry, long index, bool hasWraps, List<KeyWrap> wraps)
    {
        await caller.RoleAsync(work.Session);
        var log = await officeLog.CatchUpAsync(work.Session);
        var isNext = index == log.Head!.Value.Index + 1;
        if (isNext)
        {
            await CheckAnswerAsync(work, entry.Record);
            CheckWraps(log, entry.Record, hasWraps, wraps);
        }
        switch (log.Append(entry))
        {
            case LogVerdict.Known:
                return;
            case LogVerdict.Accepted:
                break;
            case LogVerdict.Fork or LogVerdict.Gap:
                throw ApiException.Conflict("the log's head is another one", head: log.Head.Value.Index);
            case LogVerdict.NotEntitled:
                throw ApiException.NotEntitled("the entry's author may not do this", WireWords.Of(LogVerdict.NotEntitled));
            case LogVerdict.InvitationUsed:
                throw ApiException.Used();
            case var verdict:
                throw ApiException.Refused(WireWords.Of(verdict), "a check of the log's entry failed");
        }
        await new LogEffects(work, log.Office).ApplyAsync(entry, index, wraps);
        if (entry.Record is AddEntry or RekeyEntry)
        {
            await TakeProfileAsync(work, log.Office, entry.Record);
        }
    }

    /// <summary>Whoever comes in has answered the invitation, with exactly this record. What is put back has been through this once.</summary>
    private static async Task CheckAnswerAsync(Work work, LogEntry entry)
    {
        if (NewcomerOf(entry) is not var (invitation, record))
        {
            return;
        }
        var isAnswer = await work.Session.HasAsync(
            "SELECT 1 FROM answers WHERE invitation = @invitation AND record_hash = @hash",
            ("invitation", invitation), ("hash", record.Hash));
        if (!isAnswer && !await ItemEndpoints.IsPutBackTimeAsync(work.Session, work.Now))
        {
            throw ApiException.Refused("no-answer", "nobody answered this invitation with this member record");
        }
    }

    private static void CheckWraps(MembershipLog log, LogEntry entry, bool hasWraps, List<KeyWrap> wraps)
    {
        var rekey = entry as GroupRekeyEntry;
        if (hasWraps != rekey is not null)
        {
            throw ApiException.Malformed("wraps come with a new key of a group, and only with it");
        }
        if (rekey is null || log.FindGroup(rekey.Group) is not { } group)
        {
            return;
        }
        if (KeyWrap.HashOf(wraps) != rekey.Wraps
            || wraps.Any(wrap => wrap.GroupEpoch != rekey.Epoch)
            || !wraps.Select(wrap => wrap.Principal).Order().SequenceEqual(group.Members.Order()))
        {
            throw ApiException.Refused("wraps", "the wraps are not those that the entry names, one for each member of the group");
        }
    }

    private static async Task TakeProfileAsync(Work work, Id office, LogEntry entry)
    {
        var (invitation, record) = NewcomerOf(entry)!.Value;
        var profile = await work.Session.FindAsync(
            "SELECT profile, profile_signature FROM answers WHERE invitation = @invitation AND record_hash = @hash",
            row => ItemEndpoints.SignedOf(row, 0),
            ("invitation", invitation), ("hash", record.Hash));
        if (profile is not null)
        {
            await Statements.StoreAsync(work, office, WireChangeKind.Profile, record.Record.Member, record.Record.Counter, profile);
        }
        await work.Session.RunAsync("DELETE FROM answers WHERE invitation = @invitation", ("invitation", invitation));
    }

    private static (Id Invitation, SignedRecord<MemberRecord> Record)? NewcomerOf(LogEntry entry) => entry switch
    {
        AddEntry add => (add.Invitation, add.Member),
        RekeyEntry rekey => (rekey.Invitation, rekey.Member),
        _ => null,
    };
}
