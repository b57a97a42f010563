using System.Text.Json.Serialization;

namespace Host.Protocol;

// The records of native-host/docs/protocol.md, "Offices": the audit, and people who leave.

/// <summary>Reads a page of an office's audit, the newest entry first.</summary>
public sealed record GetAudit(
    string Office, int Limit, string? After = null, string? Member = null, string? Item = null, IReadOnlyList<string>? Kinds = null,
    string? Since = null, string? Until = null) : OfficeRequest;

/// <summary>Asks what the removal of a member would do. Changes nothing.</summary>
public sealed record GetRemoval(string Office, string Member) : OfficeRequest;

/// <summary>Lists everybody who was removed, the last one first.</summary>
public sealed record GetLeavers(string Office) : OfficeRequest;

/// <summary>Lists the passwords that a leaver could open, worst first.</summary>
public sealed record GetWorklist(string Office, string Member) : OfficeRequest;

/// <summary>Lists the items that nobody manages.</summary>
public sealed record GetOrphans(string Office) : OfficeRequest;

/// <summary>Gives an item that nobody manages to a member or group that can read it.</summary>
public sealed record Adopt(string Item, string Principal) : OfficeRequest;

/// <summary>Answers <c>audit</c>.</summary>
/// <param name="Entries">The entries that fit, the newest first.</param>
/// <param name="Matching">How many fit in all.</param>
/// <param name="Total">How many there are, all of them verified.</param>
/// <param name="After">What the next page begins with; absent on the last.</param>
public sealed record AuditPage(IReadOnlyList<ListedEvent> Entries, int Matching, int Total, string? After = null) : OfficeReply;

/// <summary>An entry of the audit. What is there depends on the kind: see protocol.md.</summary>
public sealed record ListedEvent(
    string Time, string Kind, string? Member = null, string? Name = null, string? Item = null, string? Title = null, string? Entry = null,
    string? About = null, string? Role = null, int? Number = null);

/// <summary>Answers <c>removal</c>.</summary>
public sealed record RemovalPreview(
    string Member, string Name, string Role, int Items, IReadOnlyList<NamedItem> Unopened, IReadOnlyList<NamedItem> Unmanaged, bool More,
    IReadOnlyList<string> Groups, IReadOnlyList<string> Emptied, bool LastOwner) : OfficeReply;

/// <summary>An item of an office, with its title if it is open here.</summary>
public sealed record NamedItem(string Item, string? Title = null);

/// <summary>Answers <c>leavers</c>.</summary>
public sealed record Leavers([property: JsonPropertyName("leavers")] IReadOnlyList<ListedLeaver> List) : OfficeReply;

/// <summary>Somebody who was removed.</summary>
public sealed record ListedLeaver(string Member, string Name, string RemovedAt, string RemovedBy, int Items, int Changed, int Due);

/// <summary>Answers <c>worklist</c>.</summary>
public sealed record Worklist(ListedLeaver Leaver, bool Audited, IReadOnlyList<ListedExposure> Items) : OfficeReply;

/// <summary>A password that a leaver could open.</summary>
public sealed record ListedExposure(
    string Item, string Title, string Username, IReadOnlyList<UrlToSave> Urls, string Right, int Revealed, int Copied, int Filled, bool Due,
    string? Through = null, string? LastAt = null, string? ChangedAt = null);

/// <summary>Answers <c>orphans</c>.</summary>
public sealed record Orphans(IReadOnlyList<Orphan> Items) : OfficeReply;

/// <summary>An item that nobody manages, and who may be given it.</summary>
public sealed record Orphan(string Item, string Title, IReadOnlyList<Heir> Heirs);

/// <summary>A member or group that can read an item.</summary>
public sealed record Heir(string Principal, string Name, string Right);
