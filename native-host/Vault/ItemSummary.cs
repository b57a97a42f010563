using Vault.Matching;

namespace Vault;

/// <summary>What an item is. A kind without a name in KeePass is kept in the item's custom data.</summary>
public enum ItemKind
{
    /// <summary>A user name, a password and URLs.</summary>
    Login,

    /// <summary>Text.</summary>
    Note,

    /// <summary>A payment card.</summary>
    Card,

    /// <summary>A person's names, addresses and numbers.</summary>
    Identity,
}

/// <summary>A URL of an item, and how an origin must agree with it.</summary>
/// <param name="Value">The URL as the person typed it.</param>
/// <param name="Kind">How it matches.</param>
public sealed record ItemUrl(string Value, MatchKind Kind = MatchKind.Hostname);

/// <summary>An item in the recycle bin.</summary>
/// <param name="Summary">The item.</param>
/// <param name="RemovedAt">When it was moved there, alone or with its folder.</param>
public sealed record RemovedItem(ItemSummary Summary, DateTimeOffset RemovedAt);

/// <summary>A generated password that is kept.</summary>
/// <param name="Id">By which it is opened.</param>
/// <param name="At">When it was generated.</param>
public sealed record KeptValue(ItemId Id, DateTimeOffset At);

/// <summary>What an item was before a change.</summary>
/// <param name="Number">Its number, counted from the oldest, which is 1.</param>
/// <param name="ModifiedAt">When it became so.</param>
/// <param name="Title">Its title then.</param>
/// <param name="UserName">Its user name then.</param>
/// <param name="Changed">The names of the fields that the next newer content changed, added or removed.</param>
public sealed record ItemRevision(
    int Number, DateTimeOffset ModifiedAt, string Title, string UserName, IReadOnlyList<string> Changed);

/// <summary>
/// What lists, search and matching need of an item: nothing secret, small, immutable. 50,000 of them stay in memory.
/// </summary>
public sealed record ItemSummary
{
    /// <summary>The item.</summary>
    public required ItemId Id { get; init; }

    /// <summary>Its kind.</summary>
    public required ItemKind Kind { get; init; }

    /// <summary>Its title; may be empty.</summary>
    public required string Title { get; init; }

    /// <summary>Its user name; may be empty.</summary>
    public required string UserName { get; init; }

    /// <summary>Its URLs in order: KeePass's own first, then <c>KP2A_URL*</c>.</summary>
    public IReadOnlyList<ItemUrl> Urls { get; init; } = [];

    /// <summary>Its tags, trimmed, none empty.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The names of the groups above it from below the root, joined by <c>/</c>; empty in the root group.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Whether it has a password that is not empty.</summary>
    public bool HasPassword { get; init; }

    /// <summary>Whether a new password waits beside its password.</summary>
    public bool HasNewPassword { get; init; }

    /// <summary>Whether it has an otp seed.</summary>
    public bool HasCode { get; init; }

    /// <summary>The id of the relying party that its passkey is for, or <see langword="null"/> if it has none.</summary>
    public string? PasskeyFor { get; init; }

    /// <summary>When its content last changed.</summary>
    public DateTimeOffset ModifiedAt { get; init; }

    /// <summary>When it was last used, as far as this vault knows.</summary>
    public DateTimeOffset UsedAt { get; init; }

    /// <summary>When it expires, or <see langword="null"/>.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
