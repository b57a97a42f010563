using System.Text.Json.Serialization;

namespace Host.Protocol;

// The records of native-host/docs/protocol.md, "The grid": who may do what in an office, for many items at once.

/// <summary>Asks who may do what, in pages.</summary>
public sealed record GetGrid(string Office, string? After = null) : OfficeRequest;

/// <summary>Begins to change the access to many items.</summary>
public sealed record SetAccess(string Office, string Step, IReadOnlyList<AccessToSet> Changes) : OfficeRequest;

/// <summary>What one item is to become. <c>Folder</c> puts it into a folder, empty for the top; absent: it stays.</summary>
public sealed record AccessToSet(string Item, IReadOnlyList<GrantToSet> Grants, string? Folder = null);

/// <summary>Asks how a step stands, or gives up what is left of it.</summary>
public sealed record GetAccessStep(string Office, string Step, bool? Cancel = null) : OfficeRequest;

/// <summary>Makes a folder, in another one if that is named.</summary>
public sealed record AddFolder(string Office, string Name, string? Folder = null) : OfficeRequest;

/// <summary>Gives a folder another name.</summary>
public sealed record RenameFolder(string Folder, string Name) : OfficeRequest;

/// <summary>Removes a folder in which nothing is.</summary>
public sealed record RemoveFolder(string Folder) : OfficeRequest;

/// <summary>Answers <c>grid</c>. Members and groups are on the first page.</summary>
public sealed record Grid(
    IReadOnlyList<GridItem> Items, string? After = null, IReadOnlyList<ListedMember>? Members = null, IReadOnlyList<ListedGroup>? Groups = null) : OfficeReply;

/// <summary>A row: an item or a folder, named by the ids of items. <c>Author</c> signed the record that counts; one that is <c>Removed</c> lies in the recycle bin.</summary>
public sealed record GridItem(
    [property: JsonPropertyName("item")] string Id, string Kind, string Title, string Right, long Version, string Author, IReadOnlyList<GridGrant> Grants,
    string? Folder = null, bool? Removed = null);

/// <summary>A grant, and the member who gave it.</summary>
public sealed record GridGrant(string Principal, string Right, string By, string? NotBefore = null, string? NotAfter = null);

/// <summary>Answers <c>setAccess</c> and <c>accessStep</c>. <c>State</c> is <c>running</c>, <c>waiting</c> (for the server), <c>done</c>, <c>cancelled</c>.</summary>
public sealed record AccessStep(string State, int Total, int Done, IReadOnlyList<RefusedItem> Refused) : OfficeReply;

/// <summary>An item that stays as it was, and why: a reason of the kind <c>office</c>.</summary>
public sealed record RefusedItem(string Item, string Reason);

/// <summary>Answers <c>addFolder</c> with the folder's id.</summary>
public sealed record AddedFolder(string Folder) : OfficeReply;
