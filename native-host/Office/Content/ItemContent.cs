using System.Security.Cryptography;
using Contracts;

namespace Office.Content;

/// <summary>A member of a JSON object that is not known here: kept as it came, so that an older client loses nothing of a newer one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Json">Its value, UTF-8, as it stood.</param>
public sealed record UnknownMember(string Name, byte[] Json)
{
    /// <inheritdoc/>
    public bool Equals(UnknownMember? other) => other is not null && Name == other.Name && Json.AsSpan().SequenceEqual(other.Json);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}

/// <summary>One field of a shared item.</summary>
/// <param name="Name">As KDBX names fields.</param>
/// <param name="Value">UTF-8. Cleared by <see cref="ItemContent.Dispose"/>.</param>
/// <param name="IsProtected">Whether it is shown on demand only.</param>
public sealed record ContentField(string Name, byte[] Value, bool IsProtected)
{
    /// <summary>Members not known here.</summary>
    public IReadOnlyList<UnknownMember> Unknown { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(ContentField? other) =>
        other is not null && Name == other.Name && IsProtected == other.IsProtected
        && CryptographicOperations.FixedTimeEquals(Value, other.Value) && Unknown.SequenceEqual(other.Unknown);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A URL of a shared item and how it matches: <c>site</c>, <c>hostname</c>, <c>origin</c>, <c>never</c>, or a later word.</summary>
public sealed record ContentUrl(string Url, string Match);

/// <summary>What an item is at one time, without its history.</summary>
public sealed record ContentBody
{
    /// <summary>The fields, no name twice; the title is one of them. URLs are not.</summary>
    public IReadOnlyList<ContentField> Fields { get; init; } = [];

    /// <summary>The URLs in order.</summary>
    public IReadOnlyList<ContentUrl> Urls { get; init; } = [];

    /// <summary>The tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>When the item expires, in milliseconds since 1970; <see langword="null"/> for never.</summary>
    public long? ExpiresAt { get; init; }

    /// <summary>Members not known here.</summary>
    public IReadOnlyList<UnknownMember> Unknown { get; init; } = [];

    /// <summary>Clears every value.</summary>
    public void Clear()
    {
        foreach (var field in Fields)
        {
            CryptographicOperations.ZeroMemory(field.Value);
        }
    }

    /// <inheritdoc/>
    public bool Equals(ContentBody? other) =>
        other is not null && Fields.SequenceEqual(other.Fields) && Urls.SequenceEqual(other.Urls) && Tags.SequenceEqual(other.Tags)
        && ExpiresAt == other.ExpiresAt && Unknown.SequenceEqual(other.Unknown);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Fields.Count, Urls.Count, Tags.Count, ExpiresAt);
}

/// <summary>What an item was before a change.</summary>
/// <param name="Until">When it was changed, in milliseconds since 1970, by the clock of whoever changed it.</param>
/// <param name="By">Who changed it.</param>
/// <param name="Body">What it was.</param>
public sealed record ContentRevision(long Until, Id By, ContentBody Body);

/// <summary>
/// What is sealed in an envelope: an item whole, with its history. JSON in UTF-8 on the outside (<see cref="ContentJson"/>).
/// Holds secrets as bytes; whoever has it disposes it, which clears them.
/// </summary>
public sealed record ItemContent : IDisposable
{
    /// <summary>The version that is written here.</summary>
    public const int CurrentVersion = 1;

    /// <summary>How many revisions the history holds.</summary>
    public const int MaxRevisions = 10;

    /// <summary>The version it was written in. A higher one is shown and filled, and never written.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary><c>login</c>, <c>note</c>, <c>card</c>, <c>identity</c>, <c>folder</c>, or a later word.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is now.</summary>
    public required ContentBody Body { get; init; }

    /// <summary>What it was, the newest first, at most <see cref="MaxRevisions"/>.</summary>
    public IReadOnlyList<ContentRevision> History { get; init; } = [];

    /// <summary>Since when it lies in the recycle bin, in milliseconds since 1970; <see langword="null"/> if it does not.</summary>
    public long? RemovedAt { get; init; }

    /// <summary>Whether this client may write the next revision.</summary>
    public bool IsWritable => Version == CurrentVersion;

    /// <summary>The content after a change: what it was goes to the history. The same if nothing changes.</summary>
    /// <param name="body">What it is to be.</param>
    /// <param name="now">The time, in milliseconds since 1970.</param>
    /// <param name="by">Who changes it.</param>
    public ItemContent Change(ContentBody body, long now, Id by) => body == Body
        ? this
        : this with { Body = body, History = [.. History.Prepend(new ContentRevision(now, by, Body)).Take(MaxRevisions)] };

    /// <summary>Tells whether two contents say the same.</summary>
    public bool Equals(ItemContent? other) =>
        other is not null && Version == other.Version && Kind == other.Kind && RemovedAt == other.RemovedAt && Body == other.Body
        && History.SequenceEqual(other.History);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Body);

    /// <summary>Clears every value, also where another content made from this one still refers to it.</summary>
    public void Dispose()
    {
        foreach (var body in History.Select(revision => revision.Body).Prepend(Body))
        {
            body.Clear();
        }
    }
}
