using System.Text.Json.Serialization;

namespace Host.Protocol;

// The records of native-host/docs/protocol.md, member for member. A request's `id` travels beside them (see RequestReader),
// so that it can be answered even when the rest is not a message.

/// <summary>What a client asks.</summary>
public abstract record Request
{
    /// <summary>Zeroes the secrets in it.</summary>
    internal virtual void Forget()
    {
    }
}

/// <summary>Opens a port.</summary>
public sealed record Hello(
    VersionRange Protocol, string Client, string Version, IReadOnlyList<string> Capabilities, string Locale, Secret? Profile = null, string? Browser = null) : Request
{
    internal override void Forget() => Profile?.Dispose();
}

/// <summary>The protocol versions that a side speaks.</summary>
public sealed record VersionRange(int Min, int Max);

/// <summary>Asks for the state.</summary>
public sealed record GetStatus : Request;

/// <summary>Makes a new vault.</summary>
public sealed record Create(Secret Passphrase, string? Path = null) : Request
{
    internal override void Forget() => Passphrase.Dispose();
}

/// <summary>Opens the vault, or proves a passphrase against the open one.</summary>
public sealed record Unlock(Secret Passphrase, string? Path = null, string? KeyFile = null, bool? Terminal = null) : Request
{
    internal override void Forget() => Passphrase.Dispose();
}

/// <summary>Locks every vault and ends the host.</summary>
public sealed record Lock : Request;

/// <summary>Ends a host that has no vault open, so that one of a newer build can take its place.</summary>
public sealed record Retire : Request;

/// <summary>Asks which items match a frame.</summary>
public sealed record FindMatches(string Origin, IReadOnlyList<string> Ancestors) : Request;

/// <summary>Asks why a fill would be refused; releases nothing.</summary>
public sealed record Explain(
    string Item, string Origin, IReadOnlyList<string> Ancestors, string Cause, IReadOnlyList<string> Fields) : Request;

/// <summary>Searches the whole vault.</summary>
public sealed record Search(string Query, int Limit, string? After = null) : Request;

/// <summary>Reads one item without its secrets.</summary>
public sealed record GetItem(string Item) : Request;

/// <summary>Asks what an item was before each change.</summary>
public sealed record GetHistory(string Item) : Request;

/// <summary>Releases one field, or what it was in a revision, to be shown or copied.</summary>
public sealed record Reveal(string Item, string Field, string Purpose, int? Revision = null) : Request;

/// <summary>Computes a one-time code.</summary>
public sealed record GetCode(string Item, string Purpose) : Request;

/// <summary>Reads what a site shows to set up codes, before it is saved.</summary>
public sealed record ReadOtp(Secret Otp) : Request
{
    internal override void Forget() => Otp.Dispose();
}

/// <summary>Releases what one fill needs.</summary>
public sealed record Fill(
    string Origin, IReadOnlyList<string> Ancestors, string Cause, IReadOnlyList<string> Fields, IReadOnlyList<string> Confirmed, string? Item = null,
    bool? Waiting = null, Secret? NewPassword = null) : Request
{
    internal override void Forget() => NewPassword?.Dispose();
}

/// <summary>Makes the password that waits the item's: of one that is named, or of the one with whose new password a capture signed in.</summary>
public sealed record Promote(string? Item = null, string? Key = null) : Request;

/// <summary>Takes the password that waits away from its item.</summary>
public sealed record DropNewPassword(string Item) : Request;

/// <summary>Chooses or ends "always fill here".</summary>
public sealed record AlwaysFill(string Item, string Origin, bool On) : Request;

/// <summary>Reads, or sets and reads, whether a site is never filled by itself.</summary>
public sealed record GetSite(string Origin, bool? Never = null) : Request;

/// <summary>Lists the sites that are never filled by themselves.</summary>
public sealed record GetSites : Request;

/// <summary>Adds an item.</summary>
public sealed record Save(ItemToSave Item) : Request
{
    internal override void Forget() => Item.Forget();
}

/// <summary>Changes an item.</summary>
public sealed record Update(string Item, ItemChanges Set, string? ModifiedAt = null) : Request
{
    internal override void Forget() => Set.Forget();
}

/// <summary>Puts an item into the recycle bin, or takes it out of there for good.</summary>
public sealed record Remove(string Item, bool? Forever = null) : Request;

/// <summary>Takes an item out of the recycle bin, or makes a revision's content the item's again.</summary>
public sealed record Restore(string Item, int? Revision = null) : Request;

/// <summary>Lists the recycle bin.</summary>
public sealed record GetTrash(int Limit, string? After = null) : Request;

/// <summary>Lists folders and tags of one vault, the own one if none is named.</summary>
public sealed record GetFolders(string? Vault = null) : Request;

/// <summary>Lists the vaults.</summary>
public sealed record GetVaults : Request;

/// <summary>Adds a further vault by its file, or gives the passphrase of one that is listed.</summary>
public sealed record AddVault(Secret Passphrase, string? Path = null, string? KeyFile = null, string? Vault = null) : Request
{
    internal override void Forget() => Passphrase.Dispose();
}

/// <summary>Takes a further vault off the list; its file stays.</summary>
public sealed record RemoveVault(string Vault) : Request;

/// <summary>Changes what the person chose for a vault.</summary>
public sealed record ChangeVault(string Vault, VaultChange Set) : Request;

/// <summary>Choices for a vault; what is absent stays.</summary>
public sealed record VaultChange(string? Colour = null, bool? TakesNew = null);

/// <summary>Releases an attached file.</summary>
public sealed record GetAttachment(string Item, string Name) : Request;

/// <summary>Attaches a file, or removes it.</summary>
public sealed record Attach(string Item, string Name, Secret? Value = null) : Request
{
    internal override void Forget() => Value?.Dispose();
}

/// <summary>Leaves what a person typed into a form of a page, to be offered for saving.</summary>
public sealed record Capture(
    string Key, string Origin, IReadOnlyList<string> Ancestors, string Form, string? Username = null, Secret? Password = null,
    Secret? NewPassword = null) : Request
{
    internal override void Forget()
    {
        Password?.Dispose();
        NewPassword?.Dispose();
    }
}

/// <summary>Asks what would be made of a capture, or drops it.</summary>
public sealed record GetCaptured(string Key, [property: JsonPropertyName("forget")] bool? Drop = null) : Request;

/// <summary>Releases the password that a capture would keep, to be shown or copied.</summary>
public sealed record RevealCaptured(string Key, string Purpose) : Request;

/// <summary>Changes the password of an item to a captured one, or makes a new item of it.</summary>
public sealed record KeepCaptured(string Key, string? Into = null, CapturedItem? Set = null) : Request;

/// <summary>What a new item made of a capture, or of a passkey, is called, and where it goes.</summary>
public sealed record CapturedItem(
    string Title, string Username, IReadOnlyList<string> Tags, string? Folder = null, string? Vault = null);

/// <summary>Reads what somebody was about to save, or keeps it.</summary>
public sealed record GetDraft(string Key, Secret? Set = null) : Request
{
    internal override void Forget() => Set?.Dispose();
}

/// <summary>Generates a password, and keeps it in the vault's history of them or nowhere.</summary>
public sealed record Generate(
    string Kind, int? Length = null, IReadOnlyList<string>? Classes = null, bool? AvoidAmbiguous = null,
    int? Count = null, string? Separator = null, bool? Capitalise = null, bool? Digit = null, string? Pattern = null,
    string? Allowed = null, IReadOnlyList<string>? Required = null, int? MaxConsecutive = null, bool? Keep = null) : Request;

/// <summary>Keeps a new password in the vault's history of generated ones, unless it is there.</summary>
public sealed record KeepGenerated(Secret Value) : Request
{
    internal override void Forget() => Value.Dispose();
}

/// <summary>Lists the generated passwords that are kept.</summary>
public sealed record GetGenerated : Request;

/// <summary>Releases a generated password to be shown or copied.</summary>
public sealed record RevealGenerated(string Entry, string Purpose) : Request;

/// <summary>Lists the profiles that gave the passphrase, after removing one of them or not.</summary>
public sealed record GetProfiles(string? Remove = null) : Request;

/// <summary>Reads, or changes and reads, the settings.</summary>
public sealed record ChangeSettings(SettingsChange? Set = null) : Request;

/// <summary>Settings to change; what is absent stays.</summary>
public sealed record SettingsChange(
    int? LockAfterMinutes = null, int? LockAfterHours = null, int? ClipboardSeconds = null, string? FillOnLoad = null,
    string? MatchKind = null, bool? LockOnScreenLock = null, int? LockWithoutBrowserMinutes = null);

/// <summary>An item to add.</summary>
public sealed record ItemToSave(
    string Kind, string Title, IReadOnlyList<UrlToSave> Urls, IReadOnlyList<string> Tags, string? Username = null, Secret? Password = null,
    string? Notes = null, string? Folder = null, Secret? Otp = null, string? ExpiresAt = null, IReadOnlyList<FieldChange>? Fields = null,
    string? Vault = null)
{
    /// <summary>The same as changes of an item that is empty.</summary>
    internal ItemChanges AsChanges() => new(Title, Username ?? "", Password, Urls, Notes, Tags, Folder, Otp, ExpiresAt, Fields);

    internal void Forget() => AsChanges().Forget();
}

/// <summary>What to change of an item; what is absent stays, what is empty is removed.</summary>
public sealed record ItemChanges(
    string? Title = null, string? Username = null, Secret? Password = null, IReadOnlyList<UrlToSave>? Urls = null, string? Notes = null,
    IReadOnlyList<string>? Tags = null, string? Folder = null, Secret? Otp = null, string? ExpiresAt = null,
    IReadOnlyList<FieldChange>? Fields = null)
{
    internal void Forget()
    {
        Password?.Dispose();
        Otp?.Dispose();
        foreach (var field in Fields ?? [])
        {
            field.Value?.Dispose();
        }
    }
}

/// <summary>A field to set; one without a value is removed.</summary>
public sealed record FieldChange(string Name, bool Protected, Secret? Value = null);

/// <summary>A URL and how it matches (<c>site</c>, <c>hostname</c>, <c>origin</c>, <c>never</c>).</summary>
public sealed record UrlToSave(string Url, string Match);

/// <summary>What a request is answered with.</summary>
public abstract record Reply
{
    /// <summary>Zeroes the secrets in it.</summary>
    internal virtual void Forget()
    {
    }
}

/// <summary>Answers <c>hello</c>.</summary>
public sealed record Welcome(int Protocol, string Version, IReadOnlyList<string> Capabilities, FrameLimits Limits, Status Status) : Reply;

/// <summary>The longest payloads, in bytes.</summary>
public sealed record FrameLimits(int ToHostBytes, int FromHostBytes);

/// <summary>The host's state as this client may see it.</summary>
public sealed record Status(
    string State, int LockAfterMinutes, string Version, string? VaultName = null, string? VaultPath = null, int? Items = null, DateTimeOffset? UnlockedAt = null) : Reply;

/// <summary>Nothing to say.</summary>
public sealed record Done : Reply;

/// <summary>An item in a list; one of a further vault says which.</summary>
public sealed record ListedItem(
    string Id, string Kind, string Title, string Username, IReadOnlyList<string> Tags, bool HasPassword, bool HasCode, string? Match = null, bool? AlwaysFill = null,
    DateTimeOffset? RemovedAt = null, string? Vault = null, bool? HasNewPassword = null, bool? HasPasskey = null);

/// <summary>Answers <c>match</c>.</summary>
public sealed record Matches(IReadOnlyList<ListedItem> Items, bool More, bool Insecure, bool Never) : Reply;

/// <summary>Answers <c>explain</c>: the word of the refusal, absent when the fill would be made.</summary>
public sealed record Explained(string? Reason = null) : Reply;

/// <summary>Answers <c>search</c> and <c>trash</c>.</summary>
public sealed record Found(IReadOnlyList<ListedItem> Items, int Total, string? After = null) : Reply;

/// <summary>Answers <c>get</c>.</summary>
public sealed record Details(
    ListedItem Item, string Folder, IReadOnlyList<DetailField> Fields, IReadOnlyList<UrlToSave> Urls, IReadOnlyList<DetailAttachment> Attachments,
    DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt, int Revisions, DateTimeOffset? ExpiresAt = null,
    DetailPasskey? Passkey = null, string? Right = null) : Reply;

/// <summary>A field of an item; a protected one has no value here.</summary>
public sealed record DetailField(string Name, bool Protected, string? Value = null);

/// <summary>An attached file.</summary>
public sealed record DetailAttachment(string Name, long Bytes);

/// <summary>Answers <c>history</c>.</summary>
public sealed record History(IReadOnlyList<HistoryRevision> Revisions) : Reply;

/// <summary>What an item was, and what the next newer content changed.</summary>
public sealed record HistoryRevision(int Revision, DateTimeOffset ModifiedAt, string Title, string Username, IReadOnlyList<string> Changed);

/// <summary>Answers <c>folders</c>.</summary>
public sealed record FoldersAndTags(IReadOnlyList<FolderItems> Folders, IReadOnlyList<TagItems> Tags) : Reply;

/// <summary>A folder and how many items are in it, those of folders below it not counted.</summary>
public sealed record FolderItems(string Path, int Items);

/// <summary>A tag and how many items have it.</summary>
public sealed record TagItems(string Tag, int Items);

/// <summary>Answers <c>reveal</c>, <c>revealGenerated</c>, <c>revealCaptured</c> and, in base64, <c>attachment</c>.</summary>
public sealed record Revealed(Secret Value) : Reply
{
    internal override void Forget() => Value.Dispose();
}

/// <summary>Answers <c>code</c>.</summary>
public sealed record Code([property: JsonPropertyName("code")] Secret Value, int PeriodSeconds, int RemainingSeconds) : Reply
{
    internal override void Forget() => Value.Dispose();
}

/// <summary>Answers <c>readOtp</c>: whose codes they are, as the site says, and this moment's.</summary>
public sealed record OtpRead(
    [property: JsonPropertyName("code")] Secret Value, int PeriodSeconds, int RemainingSeconds, string? Issuer = null, string? Account = null) : Reply
{
    internal override void Forget() => Value.Dispose();
}

/// <summary>Answers <c>fill</c>.</summary>
public sealed record Filled(
    ListedItem Item, Secret? Username = null, Secret? Password = null, Secret? Code = null, int? PeriodSeconds = null,
    int? RemainingSeconds = null) : Reply
{
    internal override void Forget()
    {
        Username?.Dispose();
        Password?.Dispose();
        Code?.Dispose();
    }
}

/// <summary>Answers <c>save</c>, <c>update</c>, <c>restore</c>, <c>attach</c>.</summary>
public sealed record Saved(ListedItem Item) : Reply;

/// <summary>Answers <c>captured</c>; without an offer where there is nothing to keep.</summary>
public sealed record Captured(CaptureOffer? Offer = null) : Reply;

/// <summary>What would be made of a capture: a new item (<c>save</c>), or the password of one of these (<c>update</c>).</summary>
public sealed record CaptureOffer(string Kind, string Origin, string Title, string Username, IReadOnlyList<ListedItem> Items);

/// <summary>Answers <c>promote</c>, <c>dropNew</c> and <c>dropPasskey</c>, with the revision that brings back what was; empty where nothing was promoted.</summary>
public sealed record Settled(ListedItem? Item = null, int? Revision = null) : Reply;

/// <summary>Answers <c>keepCaptured</c>, with the revision that brings back what was replaced.</summary>
public sealed record KeptCapture(ListedItem Item, int? Revision = null) : Reply;

/// <summary>Answers <c>vaults</c>.</summary>
public sealed record Vaults([property: JsonPropertyName("vaults")] IReadOnlyList<ListedVault> List) : Reply;

/// <summary>A vault, also answers <c>addVault</c> and <c>changeVault</c>. <c>State</c> is <c>open</c>, <c>hidden</c> or <c>failed</c>.</summary>
public sealed record ListedVault(
    [property: JsonPropertyName("vault")] string Id, string Name, string Path, string Colour, bool Own, string State, bool TakesNew,
    int? Items = null, bool? ReadOnly = null, ErrorReply? Error = null, string? Office = null) : Reply;

/// <summary>Answers <c>generate</c>.</summary>
public sealed record Generated(Secret Value, double Bits) : Reply
{
    internal override void Forget() => Value.Dispose();
}

/// <summary>Answers <c>generated</c>.</summary>
public sealed record GeneratedEntries(IReadOnlyList<GeneratedEntry> Entries) : Reply;

/// <summary>A generated password that is kept.</summary>
public sealed record GeneratedEntry(string Id, DateTimeOffset At);

/// <summary>Answers <c>draft</c>.</summary>
public sealed record Draft(Secret? Value = null) : Reply
{
    internal override void Forget() => Value?.Dispose();
}

/// <summary>Answers <c>site</c>.</summary>
public sealed record Site(string Hostname, bool Never) : Reply;

/// <summary>Answers <c>sites</c> with hostnames.</summary>
public sealed record Sites(IReadOnlyList<string> Never) : Reply;

/// <summary>Answers <c>profiles</c>.</summary>
public sealed record Profiles([property: JsonPropertyName("profiles")] IReadOnlyList<KnownProfile> List) : Reply;

/// <summary>A browser profile that gave the passphrase: the hash of its key, the browser's name as it said itself, and when.</summary>
public sealed record KnownProfile(string Id, string Browser, DateTimeOffset AddedAt, bool Current);

/// <summary>Answers <c>settings</c>.</summary>
public sealed record Settings(
    int LockAfterMinutes, int LockAfterHours, int ClipboardSeconds, string FillOnLoad, string MatchKind, bool LockOnScreenLock,
    int LockWithoutBrowserMinutes) : Reply;

/// <summary>A refusal as it travels. <c>File</c> and <c>Seconds</c> are what the hint names, for interfaces with words of their own.</summary>
public sealed record ErrorReply(
    string Kind, string Message, string? Hint = null, string? Reason = null, string? File = null, int? Seconds = null);

/// <summary>What a client does with a host, wherever the host is: behind a socket, or in this process.</summary>
public interface IHostConnection : IAsyncDisposable
{
    /// <summary>Sends a request and waits for its reply.</summary>
    /// <exception cref="ProtocolException">The host refused, or the connection ended.</exception>
    Task<Reply> AskAsync(Request request, CancellationToken cancellationToken = default);
}

/// <summary>A request was refused: the error reply, as an exception inside one process.</summary>
public sealed class ProtocolException(ErrorReply error) : Exception(error.Message)
{
    /// <summary>What travels.</summary>
    public ErrorReply Error { get; } = error;
}
