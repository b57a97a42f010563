using System.Text;
using Contracts;
using Contracts.Wire;
using Host.Protocol;
using Office;
using Office.State;
using Office.Store;
using Vault;
using Vault.Sharing;

namespace Host.Service;

/// <summary>Answers about an office that is open. Outside the session's gate: they may wait for its server.</summary>
internal static class OfficeAnswers
{
    /// <summary>An office as lists have it.</summary>
    public static ListedOffice Of(OpenShare share)
    {
        var (client, status) = (share.Client, share.Client.Status);
        var (role, office) = client.Read(state => (state.OurRole, client.Us.Office));
        return new ListedOffice(
            office.ToString(), share.Name, client.Us.Address, status.IsConnected, status.Waiting, status.NotSent, status.Frozen,
            [.. status.Notices.Select(notice => new Protocol.OfficeNotice(notice.Kind, notice.Text, notice.Item is { } item ? share.IdOf(ShareCopy.IdOf(item)) : null))],
            share.Id, role is { } ours ? WireWords.Of(ours) : null, status.SyncedAt is { } at ? WireTime.Of(at) : null, status.Problem is { } problem ? ErrorOf(problem) : null);
    }

    public static Invited Invite(OpenShare share, Invite request)
    {
        var made = share.Client.Invite(RoleOf(request.Role), request.Member is { } member ? IdOf(member, "member") : null, TimeSpan.FromHours(request.Hours));
        return new Invited(made.Id.ToString(), share.Client.Us.Address, new Secret(Encoding.ASCII.GetBytes(made.Code)), WireTime.Of(made.Expires));
    }

    public static Done Uninvite(OpenShare share, Uninvite request)
    {
        share.Client.Uninvite(IdOf(request.Invitation, "invitation"));
        return new Done();
    }

    /// <summary>Takes a connection code or makes one.</summary>
    public static string? Reconnect(OpenShare share, Reconnect request)
    {
        if (request.Code is { } code)
        {
            share.Client.Reconnect(code);
            return null;
        }
        if (request.Address is { } address && !ServerAddress.IsOne(address))
        {
            throw ErrorKind.BadMessageError("the address is none of a share server");
        }
        return share.Client.Vouch(request.Address, request.Pins?.Select(PinOf).ToList());
    }

    public static People People(OpenShare share)
    {
        var isAdministrator = share.Client.Read(state => state.OurRole >= Role.Administrator);
        return Everybody(share, isAdministrator ? share.Client.Invitations() : []);
    }

    /// <summary>Members and groups as this computer knows them.</summary>
    public static People Everybody(OpenShare share) => Everybody(share, []);

    private static People Everybody(OpenShare share, IReadOnlyList<OpenInvitation> invitations)
    {
        var client = share.Client;
        return client.Read(state => new People(
            [
                .. state.Log.Members.Where(member => member.IsCurrent).Select(member => new ListedMember(
                    member.Id.ToString(), state.NameOf(member.Id), WireWords.Of(member.Role), member.Id == client.Us.Member,
                    state.ProfileOf(member.Id) is { Mail: { Length: > 0 } mail } ? mail : null)),
            ],
            [.. state.Log.Groups.Select(group => new ListedGroup(group.Id.ToString(), state.NameOf(group.Id), [.. group.Members.Select(member => member.ToString())]))],
            [
                .. invitations.Select(open => new ListedInvitation(
                    open.Id.ToString(), open.Author.ToString(), WireWords.Of(open.Role), WireTime.Of(open.Expires), open.Answers)),
            ]));
    }

    public static People Change(OpenShare share, OfficeRequest request)
    {
        var client = share.Client;
        switch (request)
        {
            case RemoveMember remove:
                client.Remove(IdOf(remove.Member, "member"));
                break;
            case SetRole set:
                client.SetRole(IdOf(set.Member, "member"), RoleOf(set.Role));
                break;
            case AddGroup add:
                client.AddGroup(add.Name, [.. add.Members.Select(member => IdOf(member, "member"))]);
                break;
            case SetGroupMember set:
                client.SetGroupMember(IdOf(set.Group, "group"), IdOf(set.Member, "member"), set.Joins);
                break;
            default:
                throw new InvalidOperationException($"{request.GetType().Name} changes nobody");
        }
        return People(share);
    }

    public static AccessList Grant(OpenShare share, ItemId item, SetGrant request)
    {
        share.Client.SetRight(ShareCopy.IdOf(item), GrantOf(request.Grant));
        return Access(share, item);
    }

    public static AccessList Access(OpenShare share, ItemId item)
    {
        var access = share.Client.AccessTo(ShareCopy.IdOf(item));
        return share.Client.Read(state => new AccessList(
        [
            .. access.Select(one => new ListedAccess(
                one.Member.ToString(), state.NameOf(one.Member), WireWords.Of(one.Right), one.Through is { } group ? state.NameOf(group) : null)),
        ]));
    }

    public static Done Remove(OpenShare share, ItemId item)
    {
        share.Client.RemoveItem(ShareCopy.IdOf(item));
        return new Done();
    }

    public static void Ask(OpenShare share, ItemId? item, AskAccess request) => share.Client.Ask(
        item is { } wanted ? ShareCopy.IdOf(wanted) : null, request.Member is { } member ? IdOf(member, "member") : null, RightOf(request.Right), request.Reason);

    public static void Answer(OpenShare share, AnswerAccess request, ItemId? item) =>
        share.Client.AnswerRequest(IdOf(request.Request, "request"), request.Grant, item is { } granted ? ShareCopy.IdOf(granted) : null);

    /// <summary>The requests of an office that are open. Waits for nothing; under the gate, as it looks into the copy.</summary>
    public static IEnumerable<ListedRequest> Requests(OpenShare share) => share.Client.Requests.Select(shown =>
    {
        var open = shown.Open;
        var item = open.Item is { } id && share.File.Find(ShareCopy.IdOf(id)) is { } found ? found : null;
        return new ListedRequest(
            share.Client.Us.Office.ToString(), open.Id.ToString(), shown.IsOurs, (shown.IsOurs ? open.To : open.Author).ToString(), shown.Who, WireWords.Of(open.Right),
            WireTime.Of(open.Time), item is null ? null : share.IdOf(item.Id), item?.Title, open.Reason is { Length: > 0 } reason ? reason : null,
            open.Outcome == RequestOutcome.Open ? null : WireWords.Of(open.Outcome));
    });

    public static OfficeLog Log(OpenShare share) => share.Client.Read(state =>
    {
        if (state.Log.Head is not { } head)
        {
            return new OfficeLog(0, [], []);
        }
        return new OfficeLog(
            (int)head.Index, ComparisonWords.Of(share.Client.Us.Office, head),
            [
                .. state.Entries.Select((entry, index) =>
                {
                    var (kind, about, role) = Describe(entry.Record, state.NameOf);
                    return new ListedEntry(
                        index, WireTime.Of(entry.Record.Time), state.NameOf(entry.Record.Author), kind, about,
                        role is { } named ? WireWords.Of(named) : null);
                }),
            ]);
    });

    /// <summary>The refusal that a failure of an office becomes.</summary>
    public static ErrorReply ErrorOf(OfficeException failure) =>
        new(ErrorKind.Office, failure.Message, failure.Hint, WordOf(failure.Error));

    /// <summary>The word for why an office refuses.</summary>
    public static string WordOf(OfficeError error) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(error.ToString());

    /// <summary>What a log entry says: its kind, whom it is about, and the role that it gives.</summary>
    internal static (string Kind, string? About, Role? Role) Describe(LogEntry entry, Func<Id, string> nameOf) => entry switch
    {
        Genesis => ("genesis", null, null),
        AddEntry add => ("add", nameOf(add.Member.Record.Member), add.Role),
        RoleEntry role => ("role", nameOf(role.Member), role.Role),
        RemoveEntry remove => ("remove", nameOf(remove.Member), null),
        RekeyEntry rekey => ("rekey", nameOf(rekey.Member.Record.Member), null),
        GroupEntry => ("group", null, null),
        GroupMemberEntry member => (member.Joins ? "group-join" : "group-leave", $"{nameOf(member.Member)}, {nameOf(member.Group)}", null),
        GroupRekeyEntry rekey => ("group-rekey", nameOf(rekey.Group), null),
        _ => ("server", null, null),
    };

    public static Grant GrantOf(GrantToSet grant) => new()
    {
        Principal = IdOf(grant.Principal, "member or group"),
        Right = RightOf(grant.Right),
        NotBefore = grant.NotBefore is { } begin ? WireTime.Parse(begin).ToUnixTimeMilliseconds() : 0,
        NotAfter = grant.NotAfter is { } end ? WireTime.Parse(end).ToUnixTimeMilliseconds() : 0,
    };

    private static Right RightOf(string word) => word switch
    {
        "use" => Right.Use,
        "read" => Right.Read,
        "write" => Right.Write,
        "manage" => Right.Manage,
        _ => Right.None,
    };

    private static Role RoleOf(string word) => word switch
    {
        "owner" => Role.Owner,
        "administrator" => Role.Administrator,
        _ => Role.Member,
    };

    private static Hash PinOf(string text) => Hash.TryParse(text) ?? throw ErrorKind.BadMessageError("a pin is not 43 characters of base64url");

    public static Id IdOf(string text, string what) => Id.TryParse(text) ?? throw ErrorKind.BadMessageError($"the {what} is not named by an id");
}
