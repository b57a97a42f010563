using System.Text.Json.Serialization;

namespace Host.Protocol;

// The records of native-host/docs/protocol.md, "Offices", about bringing one's own items into an office.

/// <summary>Moves items of chosen folders into an office, <c>Limit</c> at the most; the same again goes on. With <c>Preview</c> moves none.</summary>
public sealed record BringItems(
    string Office, [property: JsonPropertyName("from")] IReadOnlyList<FolderToBring> Folders, int Limit, bool? Preview = null, bool? History = null) : OfficeRequest;

/// <summary>A folder with all below it, of the own vault unless another is named, and who gets which right to its items besides the person.</summary>
public sealed record FolderToBring(string Folder, IReadOnlyList<GrantToSet> Grants, string? Vault = null);

/// <summary>Answers <c>bring</c>: what was moved, what is left, how many there were for each folder named before any was moved, and what cannot be.</summary>
public sealed record Brought(IReadOnlyList<ListedItem> Items, int Left, IReadOnlyList<int> Counts, IReadOnlyList<NotBrought> Refused) : OfficeReply;

/// <summary>An item that stays where it is: it has attached files (<c>attachments</c>), or is larger than an office takes (<c>tooLarge</c>).</summary>
public sealed record NotBrought(string Item, string Title, string Reason);
