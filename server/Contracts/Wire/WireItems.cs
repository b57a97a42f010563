namespace Contracts.Wire;

/// <summary>What is to be done with items, whole or not at all.</summary>
public sealed record WireTransaction : IListed
{
    /// <summary>The work that this is a part of; the same in all its parts.</summary>
    public required Id Step { get; init; }

    /// <summary>The changes, in order, at least one.</summary>
    public required IReadOnlyList<WireItemChange> Changes { get; init; }

    void IListed.CheckLists()
    {
        WireJson.Check(Changes, Limits.ChangesPerPage);
        foreach (var change in Changes)
        {
            (change.Access as IListed)?.CheckLists();
        }
        if (Changes.Count == 0 || Changes.Any(change => change.Access is null && change.Envelope is null))
        {
            throw ContractException.Malformed("a transaction or a change of it is empty");
        }
    }
}

/// <summary>A change of one item: a record, an envelope, or both.</summary>
public sealed record WireItemChange
{
    /// <summary>The next access record.</summary>
    public WireAccess? Access { get; init; }

    /// <summary>The next envelope, or the removal.</summary>
    public WireEnvelope? Envelope { get; init; }

    /// <summary>With an item's first envelope in a folder: the version of the folder's record that the grants were copied from.</summary>
    public long? FolderVersion { get; init; }
}

/// <summary>An item as it is delivered, and put back.</summary>
public sealed record WireItem : IListed
{
    /// <summary>The access records from the version that was asked for.</summary>
    public required IReadOnlyList<WireSigned> Records { get; init; }

    /// <summary>Whether there are more behind the last.</summary>
    public required bool More { get; init; }

    /// <summary>The newest epoch's key for the asker and the asker's groups.</summary>
    public required IReadOnlyList<WireWrap> Wraps { get; init; }

    /// <summary>The newest envelope, or the removal.</summary>
    public WireEnvelope? Envelope { get; init; }

    void IListed.CheckLists()
    {
        WireJson.Check(Records, Limits.ChangesPerPage);
        WireJson.Check(Wraps, Limits.GrantsPerRecord);
    }
}

/// <summary>A sealed part of an attached file.</summary>
public sealed record WirePart
{
    /// <summary>The sealed bytes, whose hash is the part's name.</summary>
    public required ReadOnlyMemory<byte> Sealed { get; init; }
}

/// <summary>An attached file as the item's content names it: the value of a field, and so sealed with all of the item.</summary>
public sealed record WireFile : IListed
{
    /// <summary>Bytes of the file.</summary>
    public required long Size { get; init; }

    /// <summary>The key of its parts, made for this file: 32 bytes. Cleared by whoever reads it.</summary>
    public required ReadOnlyMemory<byte> Key { get; init; }

    /// <summary>The parts in order: each the first 16 bytes of the SHA-256 of the sealed bytes.</summary>
    public required IReadOnlyList<Id> Parts { get; init; }

    void IListed.CheckLists()
    {
        WireJson.CheckCount(Parts.Count, Limits.PartsPerItem);
        if (Parts.Count == 0 || Key.Length != 32 || Size is < 0 or > Limits.AttachmentBytesPerItem)
        {
            throw ContractException.Malformed("a file has no parts, no key, or a size out of range");
        }
    }
}

/// <summary>How far somebody is in a stream.</summary>
public sealed record WirePosition
{
    /// <summary>Whose stream.</summary>
    public required Id Principal { get; init; }

    /// <summary>Everything up to here is known; 0 for nothing.</summary>
    public required long Sequence { get; init; }
}

/// <summary>Asks for what comes after some positions.</summary>
public sealed record WirePositions : IListed
{
    /// <summary>Of which incarnation they are; <see langword="null"/> where there are none.</summary>
    public Id? Incarnation { get; init; }

    /// <summary>The positions.</summary>
    public required IReadOnlyList<WirePosition> Positions { get; init; }

    void IListed.CheckLists() => WireJson.Check(Positions, Limits.Positions);
}

/// <summary>A page of changes.</summary>
public sealed record WireChanges : IListed
{
    /// <summary>The server's incarnation.</summary>
    public required Id Incarnation { get; init; }

    /// <summary>The index of the log's head.</summary>
    public required long Log { get; init; }

    /// <summary>The changes, by principal and sequence.</summary>
    public required IReadOnlyList<WireChange> Changes { get; init; }

    /// <summary>The positions after this page, one for each principal of the asker's.</summary>
    public required IReadOnlyList<WirePosition> Positions { get; init; }

    /// <summary>Whether there is more behind them.</summary>
    public required bool More { get; init; }

    void IListed.CheckLists()
    {
        WireJson.Check(Changes, Limits.ChangesPerPage);
        WireJson.Check(Positions, Limits.Positions);
        foreach (var change in Changes)
        {
            WireJson.Check(change.Records ?? [], Limits.ChangesPerPage);
            WireJson.Check(change.Wraps ?? [], Limits.GrantsPerRecord);
        }
    }
}

/// <summary>What a change is about.</summary>
public enum WireChangeKind
{
    /// <summary>An item that the principal holds.</summary>
    Item,

    /// <summary>An item that the principal held.</summary>
    Lost,

    /// <summary>A key of a group for the member.</summary>
    GroupKey,

    /// <summary>An answer to an invitation of the member's.</summary>
    Invitation,

    /// <summary>A request for access by the member, or to the member.</summary>
    Request,

    /// <summary>A member's profile.</summary>
    Profile,

    /// <summary>A group's name.</summary>
    GroupName,

    /// <summary>The beacon.</summary>
    Beacon,
}

/// <summary>One object of a stream, as it is now. Which members are there depends on the kind: see api.md, "Items".</summary>
public sealed record WireChange
{
    /// <summary>Whose stream.</summary>
    public required Id Principal { get; init; }

    /// <summary>Its place there.</summary>
    public required long Sequence { get; init; }

    /// <summary>What it is about.</summary>
    public required WireChangeKind Kind { get; init; }

    /// <summary>The item, group, invitation, request, member or office.</summary>
    public required Id Subject { get; init; }

    /// <summary>The item's access records from version 1, if one came after the position that was sent.</summary>
    public IReadOnlyList<WireSigned>? Records { get; init; }

    /// <summary>Whether there are more records: read the item from the next version on.</summary>
    public bool? More { get; init; }

    /// <summary>The newest epoch's key for the principal, with the records.</summary>
    public IReadOnlyList<WireWrap>? Wraps { get; init; }

    /// <summary>The newest envelope, if it came after the position that was sent.</summary>
    public WireEnvelope? Envelope { get; init; }

    /// <summary>The profile, group's name or beacon.</summary>
    public WireSigned? Statement { get; init; }

    /// <summary>The request.</summary>
    public WireRequest? Request { get; init; }
}

/// <summary>Says that there is something to ask for: in a stream, or in the log.</summary>
public sealed record WireHint
{
    /// <summary>Whose stream.</summary>
    public Id? Principal { get; init; }

    /// <summary>Where it ends now.</summary>
    public long? Sequence { get; init; }

    /// <summary>The index of the log's head.</summary>
    public long? Log { get; init; }
}
