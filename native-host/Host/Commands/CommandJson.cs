using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Host.Install;
using Host.Protocol;

namespace Host.Commands;

// The documents of `--json`, beside the protocol's own replies. See native-host/docs/cli.md.

/// <summary>Every failure, whatever the command.</summary>
internal sealed record FailureDocument(ErrorReply Error);

/// <summary>What <c>--help</c> says.</summary>
internal sealed record HelpDocument(string Help);

/// <summary>What <c>--version</c> says.</summary>
internal sealed record VersionDocument(string Version);

/// <summary>What <c>list</c> and <c>search</c> say.</summary>
internal sealed record ListDocument(IReadOnlyList<ListedItem> Items, int Total, bool More);

/// <summary>A field of <c>get</c>: a protected one has a value only when it was asked for.</summary>
internal sealed record ShownField(string Name, bool Protected, Secret? Value);

/// <summary>What <c>get</c> says.</summary>
internal sealed record ItemDocument(
    ListedItem Item, string Folder, IReadOnlyList<ShownField> Fields, IReadOnlyList<UrlToSave> Urls,
    IReadOnlyList<DetailAttachment> Attachments, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt, int Revisions,
    DateTimeOffset? ExpiresAt);

/// <summary>What <c>get --field</c> and <c>history --reveal</c> say.</summary>
internal sealed record FieldDocument(string Item, string Field, Secret Value, int? Revision = null);

/// <summary>What <c>attachment</c> says: the file, or the content as base64.</summary>
internal sealed record AttachmentDocument(string Item, string Name, int Bytes, string? File, Secret? Value);

/// <summary>What <c>--copy</c> says: whether the clipboard was cleared, or had something else by then.</summary>
internal sealed record CopiedDocument(string Item, bool Cleared);

/// <summary>What <c>history</c> says.</summary>
internal sealed record HistoryDocument(string Item, IReadOnlyList<HistoryRevision> Revisions);

/// <summary>What <c>remove</c> says.</summary>
internal sealed record RemovedDocument(string Item, bool Forever);

/// <summary>What <c>vaults remove</c> says.</summary>
internal sealed record RemovedVaultDocument(string Vault);

/// <summary>What <c>status</c> says.</summary>
internal sealed record StatusDocument(bool HostRunning, bool VaultOpen, Status Status);

/// <summary>What <c>lock</c> says.</summary>
internal sealed record LockDocument(bool WasRunning);

/// <summary>What <c>install</c> says: the files written, and what holds for browsers in a sandbox.</summary>
internal sealed record InstallDocument(IReadOnlyList<string> Files, IReadOnlyList<string> Notes);

/// <summary>What <c>uninstall</c> says: the files removed.</summary>
internal sealed record FilesDocument(IReadOnlyList<string> Files);

/// <summary>What <c>completion</c> says.</summary>
internal sealed record CompletionDocument(string Script);

/// <summary>What <c>doctor</c> says.</summary>
internal sealed record DoctorDocument(bool Ok, IReadOnlyList<Check> Checks);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(FailureDocument))]
[JsonSerializable(typeof(HelpDocument))]
[JsonSerializable(typeof(VersionDocument))]
[JsonSerializable(typeof(ListDocument))]
[JsonSerializable(typeof(ItemDocument))]
[JsonSerializable(typeof(FieldDocument))]
[JsonSerializable(typeof(AttachmentDocument))]
[JsonSerializable(typeof(CopiedDocument))]
[JsonSerializable(typeof(HistoryDocument))]
[JsonSerializable(typeof(RemovedDocument))]
[JsonSerializable(typeof(RemovedVaultDocument))]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(LockDocument))]
[JsonSerializable(typeof(InstallDocument))]
[JsonSerializable(typeof(FilesDocument))]
[JsonSerializable(typeof(DoctorDocument))]
[JsonSerializable(typeof(CompletionDocument))]
[JsonSerializable(typeof(Status))]
[JsonSerializable(typeof(Saved))]
[JsonSerializable(typeof(Vaults))]
[JsonSerializable(typeof(ListedVault))]
[JsonSerializable(typeof(Code))]
[JsonSerializable(typeof(Generated))]
[JsonSerializable(typeof(Offices))]
[JsonSerializable(typeof(ListedOffice))]
[JsonSerializable(typeof(AccessRequests))]
[JsonSerializable(typeof(Brought))]
[JsonSerializable(typeof(OfficeLog))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(Leavers))]
[JsonSerializable(typeof(Worklist))]
[JsonSerializable(typeof(RemovalPreview))]
[JsonSerializable(typeof(Orphans))]
[JsonSerializable(typeof(Invited))]
[JsonSerializable(typeof(Reconnected))]
[JsonSerializable(typeof(People))]
[JsonSerializable(typeof(SharedItems))]
[JsonSerializable(typeof(AccessList))]
internal sealed partial class CommandJson : JsonSerializerContext
{
    /// <summary>For standard output: readable text stays as it is, control characters are escaped.</summary>
    public static CommandJson ForOutput =>
        field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
