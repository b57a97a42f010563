using System.Globalization;
using System.Text.Json;
using Contracts;
using Contracts.Wire;
using Host.Protocol;
using Office.State;
using Office.Store;
using Vault;

namespace Host.Service;

/// <summary>Answers about an office's audit. Outside the session's gate: they wait for its server.</summary>
internal static class AuditAnswers
{
    /// <summary>A page of the audit.</summary>
    /// <param name="share">The office.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="item">The item of its filter.</param>
    /// <param name="gate">The session's, under which titles are read.</param>
    public static AuditPage Page(OpenShare share, GetAudit request, ItemId? item, Gate gate)
    {
        var all = share.Client.ReadAudit();
        var fits = Filter(request, item is { } id ? ShareCopy.IdOf(id) : null);
        var paging = new Paging(request.Limit, request.After);
        var matching = 0;
        var page = new List<AuditEvent>(request.Limit);
        var next = 0;
        // A page is named by how many entries are older than it, so that what comes meanwhile moves nothing.
        for (var index = all.Count - 1; index >= 0; index--)
        {
            if (!fits(all[index]))
            {
                continue;
            }
            matching++;
            if (page.Count < request.Limit && (request.After is null || index < paging.Offset))
            {
                page.Add(all[index]);
                next = index;
            }
        }
        var hasMore = Enumerable.Range(0, next).Any(index => fits(all[index]));
        return new AuditPage(Listed(share, page, gate), matching, all.Count, hasMore ? next.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static Predicate<AuditEvent> Filter(GetAudit request, Id? item)
    {
        var member = request.Member is { } who ? OfficeAnswers.IdOf(who, "member") : (Id?)null;
        var since = request.Since is { } begin ? WireTime.Parse(begin).ToUnixTimeMilliseconds() : long.MinValue;
        var until = request.Until is { } end ? WireTime.Parse(end).ToUnixTimeMilliseconds() : long.MaxValue;
        return one => one.Time >= since && one.Time <= until
            && (member is null || one.Member == member)
            && (item is null || (one.Subject == item && IsAboutItem(one.Kind)))
            && (request.Kinds is null || request.Kinds.Contains(WordOf(one.Kind)));
    }

    private static List<ListedEvent> Listed(OpenShare share, List<AuditEvent> page, Gate gate)
    {
        var titles = new Dictionary<Id, string>();
        lock (gate)
        {
            if (share.IsClosed)
            {
                throw ErrorKind.LockedError();
            }
            foreach (var subject in page.Where(one => IsAboutItem(one.Kind)).Select(one => one.Subject).OfType<Id>().Distinct())
            {
                if (share.File.Find(ShareCopy.IdOf(subject)) is { } item)
                {
                    titles[subject] = item.Title;
                }
            }
        }
        return share.Client.Read(state => page.ConvertAll(one => Listed(share, state, one, titles)));
    }

    private static ListedEvent Listed(OpenShare share, OfficeState state, AuditEvent one, Dictionary<Id, string> titles)
    {
        var listed = new ListedEvent(
            WireTime.Of(one.Time), WordOf(one.Kind), one.Member?.ToString(), one.Member is { } member ? state.NameOf(member) : null,
            Number: one.Kind is AuditKind.Log or AuditKind.Access or AuditKind.Revision or AuditKind.Removal ? (int)Math.Min(one.Detail, int.MaxValue) : null);
        if (one.Kind == AuditKind.Log && one.Detail < state.Entries.Count)
        {
            var (kind, about, role) = OfficeAnswers.Describe(state.Entries[(int)one.Detail].Record, state.NameOf);
            return listed with { Entry = kind, About = about, Role = role is { } given ? WireWords.Of(given) : null };
        }
        if (one.Kind == AuditKind.ProfileDeleted && one.Subject is { } gone)
        {
            return listed with { About = state.NameOf(gone) };
        }
        return IsAboutItem(one.Kind) && one.Subject is { } item
            ? listed with { Item = share.IdOf(ShareCopy.IdOf(item)), Title = titles.GetValueOrDefault(item) }
            : listed;
    }

    private static bool IsAboutItem(AuditKind kind) => kind
        is AuditKind.Access or AuditKind.Revision or AuditKind.Removal or AuditKind.PutBack or AuditKind.Reveal or AuditKind.Copy or AuditKind.Fill;

    private static string WordOf(AuditKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
