using System.Text.Json.Serialization;

namespace Host.Protocol;

// The records of native-host/docs/protocol.md, "Offices". Offices, members, groups, invitations and entries are named by their ids there.

/// <summary>What a client asks of an office. It may go to the share server, and so takes as long as that does.</summary>
public abstract record OfficeRequest : Request;

/// <summary>Lists the offices.</summary>
public sealed record GetOffices : OfficeRequest;

/// <summary>Founds an office (<c>owner</c>) or joins one (<c>member</c>), by a code.</summary>
public sealed record EnterOffice(
    [property: JsonPropertyName("as")] string Who, string Address, string Name, Secret Code, string? Mail = null, bool? Audit = null) : OfficeRequest
{
    internal override void Forget() => Code.Dispose();
}

/// <summary>Makes an invitation, of a newcomer or for a member's new keys.</summary>
public sealed record Invite(string Office, string Role, int Hours, string? Member = null) : OfficeRequest;

/// <summary>Takes an invitation back.</summary>
public sealed record Uninvite(string Office, string Invitation) : OfficeRequest;

/// <summary>Changes where the server is and what it is known by: by a connection code or, as an owner, by an address and root keys (none: a public authority).</summary>
public sealed record Reconnect(string Office, string? Code = null, IReadOnlyList<string>? Pins = null, string? Address = null) : OfficeRequest;

/// <summary>Lists members, groups and open invitations.</summary>
public sealed record GetPeople(string Office) : OfficeRequest;

/// <summary>Removes a member.</summary>
public sealed record RemoveMember(string Office, string Member) : OfficeRequest;

/// <summary>Gives a member another role.</summary>
public sealed record SetRole(string Office, string Member, string Role) : OfficeRequest;

/// <summary>Makes a group.</summary>
public sealed record AddGroup(string Office, string Name, IReadOnlyList<string> Members) : OfficeRequest;

/// <summary>Takes a member into a group or out of it.</summary>
public sealed record SetGroupMember(string Office, string Group, string Member, bool Joins) : OfficeRequest;

/// <summary>Moves items of other vaults into an office.</summary>
public sealed record ShareItems(string Office, IReadOnlyList<string> Items, IReadOnlyList<GrantToSet> Grants) : OfficeRequest;

/// <summary>Who is to have which right (<c>none</c>, <c>use</c>, <c>read</c>, <c>write</c>, <c>manage</c>), perhaps for a time.</summary>
public sealed record GrantToSet(string Principal, string Right, string? NotBefore = null, string? NotAfter = null);

/// <summary>Grants, changes or takes away a right to an item of an office.</summary>
public sealed record SetGrant(string Item, GrantToSet Grant) : OfficeRequest;

/// <summary>Asks who can open an item of an office.</summary>
public sealed record GetAccess(string Item) : OfficeRequest;

/// <summary>Removes an item of an office, for everybody.</summary>
public sealed record RemoveShared(string Item) : OfficeRequest;

/// <summary>Reads an office's membership log, and the words to compare.</summary>
public sealed record GetOfficeLog(string Office) : OfficeRequest;

/// <summary>What is answered about an office.</summary>
public abstract record OfficeReply : Reply;

/// <summary>Answers <c>offices</c>.</summary>
public sealed record Offices([property: JsonPropertyName("offices")] IReadOnlyList<ListedOffice> List) : OfficeReply;

/// <summary>An office, also answers <c>enterOffice</c>. Without a vault while its copy cannot be opened, without a role before one is let in.</summary>
public sealed record ListedOffice(
    [property: JsonPropertyName("office")] string Id, string Name, string Address, bool Connected, int Waiting, int NotSent, int Frozen,
    IReadOnlyList<OfficeNotice> Notices, string? Vault = null, string? Role = null, string? SyncedAt = null, ErrorReply? Error = null) : OfficeReply;

/// <summary>Something that happened in an office and that a person should know.</summary>
public sealed record OfficeNotice(string Kind, string Text, string? Item = null);

/// <summary>Answers <c>invite</c>.</summary>
public sealed record Invited(string Invitation, string Address, Secret Code, string ExpiresAt) : OfficeReply
{
    internal override void Forget() => Code.Dispose();
}

/// <summary>Answers <c>reconnect</c>; with the connection code for the others, if an owner asked.</summary>
public sealed record Reconnected(ListedOffice Office, string? Code = null) : OfficeReply;

/// <summary>Answers <c>people</c>, and what changes members and groups.</summary>
public sealed record People(
    IReadOnlyList<ListedMember> Members, IReadOnlyList<ListedGroup> Groups, IReadOnlyList<ListedInvitation> Invitations) : OfficeReply;

/// <summary>A member.</summary>
public sealed record ListedMember([property: JsonPropertyName("member")] string Id, string Name, string Role, bool You, string? Mail = null);

/// <summary>A group.</summary>
public sealed record ListedGroup([property: JsonPropertyName("group")] string Id, string Name, IReadOnlyList<string> Members);

/// <summary>An invitation that is open.</summary>
public sealed record ListedInvitation(
    [property: JsonPropertyName("invitation")] string Id, string Author, string Role, string ExpiresAt, int Answers);

/// <summary>Answers <c>share</c> with the items as they are in the office.</summary>
public sealed record SharedItems(IReadOnlyList<ListedItem> Items) : OfficeReply;

/// <summary>Answers <c>access</c> and <c>grant</c>.</summary>
public sealed record AccessList(IReadOnlyList<ListedAccess> Access) : OfficeReply;

/// <summary>Somebody who can open an item, and through which group.</summary>
public sealed record ListedAccess(string Member, string Name, string Right, string? Through = null);

/// <summary>Answers <c>officeLog</c>, the newest entry last.</summary>
public sealed record OfficeLog(int Index, IReadOnlyList<string> Words, IReadOnlyList<ListedEntry> Entries) : OfficeReply;

/// <summary>An entry of the membership log.</summary>
public sealed record ListedEntry(int Index, string Time, string Author, string Kind, string? About = null, string? Role = null);
