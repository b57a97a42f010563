using Contracts;
using Contracts.Wire;
using Host.Protocol;
using Office;
using Office.State;
using Office.Store;
using Vault;

namespace Host.Service;

/// <summary>Answers about people who leave an office, and about items that nobody manages any more. Outside the session's gate.</summary>
internal static class LeaverAnswers
{
    public static RemovalPreview Removal(OpenShare share, GetRemoval request, Gate gate)
    {
        var member = OfficeAnswers.IdOf(request.Member, "member");
        var removal = share.Client.BeforeRemoval(member);
        return share.Client.Read(state => new RemovalPreview(
            member.ToString(), state.NameOf(member), WireWords.Of(state.Log.FindMember(member)!.Role), removal.Items,
            Named(share, removal.Unopened, gate), Named(share, removal.Unmanaged, gate), removal.HasMore,
            [.. removal.Groups.Select(state.NameOf)], [.. removal.Emptied.Select(state.NameOf)], removal.IsLastOwner));
    }

    public static Leavers Leavers(OpenShare share)
    {
        var leavers = share.Client.Leavers(AuditOf(share).Events);
        return share.Client.Read(state => new Leavers([.. leavers.Select(leaver => Listed(state, leaver))]));
    }

    public static Worklist Worklist(OpenShare share, GetWorklist request)
    {
        var (audited, events) = AuditOf(share);
        var (leaver, passwords) = share.Client.WorklistOf(OfficeAnswers.IdOf(request.Member, "member"), events) ?? throw ErrorKind.NotFoundError("leaver");
        return share.Client.Read(state => new Worklist(Listed(state, leaver), audited, [.. passwords.Select(password => Listed(share, state, password))]));
    }

    public static Orphans Orphans(OpenShare share, Gate gate)
    {
        var orphans = share.Client.Orphans();
        var titles = Named(share, [.. orphans.Select(orphan => orphan.Item)], gate);
        return share.Client.Read(state => new Orphans(
        [
            .. orphans.Zip(titles, (orphan, named) => new Orphan(
                named.Item, named.Title ?? "",
                [.. orphan.Heirs.Select(heir => new Heir(heir.Principal.ToString(), state.NameOf(heir.Principal), WireWords.Of(heir.Right)))])),
        ]));
    }

    public static AccessList Adopt(OpenShare share, ItemId item, Adopt request)
    {
        share.Client.Adopt(ShareCopy.IdOf(item), OfficeAnswers.IdOf(request.Principal, "member or group"));
        return OfficeAnswers.Access(share, item);
    }

    /// <summary>The audit, if it is ours to read and its server can be asked: else what could be opened is told all the same, and that it is not audited.</summary>
    private static (bool Audited, IReadOnlyList<AuditEvent> Events) AuditOf(OpenShare share)
    {
        if (share.Client.Read(state => state.OurRole) is not >= Role.Administrator)
        {
            return (false, []);
        }
        try
        {
            return (share.Client.Read(state => state.Log.AuditsItems), share.Client.ReadAudit());
        }
        catch (OfficeException failure) when (failure.IsPassing)
        {
            return (false, []);
        }
    }

    private static ListedLeaver Listed(OfficeState state, Leaver leaver) => new(
        leaver.Member.ToString(), state.NameOf(leaver.Member), WireTime.Of(leaver.RemovedAt), state.NameOf(leaver.RemovedBy), leaver.Items, leaver.Changed,
        leaver.Due);

    private static ListedExposure Listed(OpenShare share, OfficeState state, ExposedPassword password) => new(
        share.IdOf(ShareCopy.IdOf(password.Item)), password.Title, password.UserName, [.. password.Urls.Select(url => new UrlToSave(url.Url, url.Match))],
        WireWords.Of(password.Held.Right), password.Uses.Revealed, password.Uses.Copied, password.Uses.Filled, password.IsDue,
        state.Log.FindGroup(password.Held.Principal) is { } group ? state.NameOf(group.Id) : null,
        password.Uses.Any ? WireTime.Of(password.Uses.Last) : null,
        password.ChangedAt is { } changed ? WireTime.Of(changed) : null);

    private static List<NamedItem> Named(OpenShare share, IReadOnlyList<Id> items, Gate gate)
    {
        lock (gate)
        {
            if (share.IsClosed)
            {
                throw ErrorKind.LockedError();
            }
            return [.. items.Select(item => new NamedItem(share.IdOf(ShareCopy.IdOf(item)), share.File.Find(ShareCopy.IdOf(item))?.Title))];
        }
    }
}
