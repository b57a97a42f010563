namespace Contracts;

/// <summary>What a principal may do with one item; each includes those before it.</summary>
public enum Right
{
    /// <summary>Nothing. Never in a grant: who has nothing is not listed.</summary>
    None = 0,

    /// <summary>Fill without being shown. It deters and does not prevent.</summary>
    Use = 1,

    /// <summary>See.</summary>
    Read = 2,

    /// <summary>Change the content, and start a new epoch.</summary>
    Write = 3,

    /// <summary>Change the grants, remove.</summary>
    Manage = 4,
}

/// <summary>What one principal, a member or a group, may do.</summary>
public sealed record Grant
{
    /// <summary>Who.</summary>
    public required Id Principal { get; init; }

    /// <summary>What.</summary>
    public required Right Right { get; init; }

    /// <summary>From when on, in milliseconds since 1970; 0 for always. Only with <see cref="Right.Use"/> and <see cref="Right.Read"/>.</summary>
    public long NotBefore { get; init; }

    /// <summary>Until when, likewise; 0 for ever.</summary>
    public long NotAfter { get; init; }

    /// <summary>Whether a time lies within the limits.</summary>
    public bool IsOpenAt(long time) => time >= NotBefore && (NotAfter == 0 || time <= NotAfter);
}

/// <summary>The newest revision of an item that somebody has seen.</summary>
/// <param name="Revision">From 1 on; 0 if there is none.</param>
/// <param name="Hash">The hash of the envelope's signed bytes; <see langword="null"/> if there is none.</param>
public readonly record struct ItemHead(long Revision, Hash? Hash);

/// <summary>
/// Who may do what with an item, in one version. Version 1 founds the item: the item's id is the first 16 bytes of the hash of its
/// signed bytes. See server/docs/sharing.md, "Items".
/// </summary>
public sealed record AccessRecord : IRecord<AccessRecord>
{
    /// <summary>How many random bytes stand in version 1 where later ones have the item's id.</summary>
    public const int NonceBytes = 32;

    private const string Type = "access";

    /// <summary>The office.</summary>
    public required Id Office { get; init; }

    /// <summary>The item; <see langword="null"/> in version 1.</summary>
    public Id? Item { get; init; }

    /// <summary><see cref="NonceBytes"/> random bytes in version 1; empty later.</summary>
    public ReadOnlyMemory<byte> Nonce { get; init; }

    /// <summary>From 1 on.</summary>
    public required long Version { get; init; }

    /// <summary>The number of the item key, from 1 on.</summary>
    public required long Epoch { get; init; }

    /// <summary>The hash of the version before; <see langword="null"/> in version 1.</summary>
    public Hash? Previous { get; init; }

    /// <summary>The membership log as its author saw it.</summary>
    public required LogHead LogHead { get; init; }

    /// <summary>The item's content as its author saw it.</summary>
    public required ItemHead ItemHead { get; init; }

    /// <summary>Fixes the item key of this epoch without showing it.</summary>
    public required Hash Commitment { get; init; }

    /// <summary>Who signed it.</summary>
    public required Id Author { get; init; }

    /// <summary>One grant for each principal.</summary>
    public required IReadOnlyList<Grant> Grants { get; init; }

    /// <inheritdoc/>
    public static AccessRecord Read(ref FieldReader reader)
    {
        reader.RequireType(Type);
        var office = reader.Id();
        var subject = reader.Bytes(Id.Bytes, NonceBytes);
        var version = reader.Number(least: 1);
        if (subject.Length != (version == 1 ? NonceBytes : Id.Bytes))
        {
            throw ContractException.Malformed("an access record names its item from version 2 on, and only then");
        }
        var record = new AccessRecord
        {
            Office = office,
            Item = version == 1 ? null : new Id(subject),
            Nonce = version == 1 ? subject.ToArray() : default,
            Version = version,
            Epoch = reader.Number(least: 1),
            Previous = reader.OptionalHash(),
            LogHead = new LogHead(reader.Number(), reader.Hash()),
            ItemHead = new ItemHead(reader.Number(), reader.OptionalHash()),
            Commitment = reader.Hash(),
            Author = reader.Id(),
            Grants = ReadGrants(ref reader),
        };
        return record.Previous is null != (version == 1) || record.ItemHead.Hash is null != (record.ItemHead.Revision == 0)
            ? throw ContractException.Malformed("an access record lacks a hash, or has one of nothing")
            : record;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        var writer = new FieldWriter(Type);
        writer.Add(Office);
        writer.Add(Item is { } item ? item.ToArray() : Nonce.Span);
        writer.Add(Version);
        writer.Add(Epoch);
        writer.Add(Previous);
        writer.Add(LogHead.Index);
        writer.Add(LogHead.Hash);
        writer.Add(ItemHead.Revision);
        writer.Add(ItemHead.Hash);
        writer.Add(Commitment);
        writer.Add(Author);
        writer.Add(Grants.Count);
        foreach (var grant in IsSorted(Grants) ? Grants : [.. Grants.OrderBy(grant => grant.Principal)])
        {
            writer.Add(grant.Principal);
            writer.Add((long)grant.Right);
            writer.Add(grant.NotBefore);
            writer.Add(grant.NotAfter);
        }
        return writer.ToArray();
    }

    private static bool IsSorted(IReadOnlyList<Grant> grants)
    {
        for (var number = 1; number < grants.Count; number++)
        {
            if (grants[number].Principal < grants[number - 1].Principal)
            {
                return false;
            }
        }
        return true;
    }

    private static Grant[] ReadGrants(ref FieldReader reader)
    {
        var grants = new Grant[reader.Count(Limits.GrantsPerRecord)];
        for (var number = 0; number < grants.Length; number++)
        {
            var grant = new Grant
            {
                Principal = reader.Id(),
                Right = (Right)reader.Number((long)Right.Use, (long)Right.Manage),
                NotBefore = reader.Number(),
                NotAfter = reader.Number(),
            };
            if (number > 0 && grant.Principal <= grants[number - 1].Principal)
            {
                throw ContractException.Malformed("the grants are not sorted, or a principal is there twice");
            }
            if (grant.Right > Right.Read && (grant.NotBefore != 0 || grant.NotAfter != 0))
            {
                throw ContractException.Malformed("a grant to write or manage has a time limit");
            }
            if (grant.NotAfter != 0 && grant.NotAfter <= grant.NotBefore)
            {
                throw ContractException.Malformed("a grant ends before it begins");
            }
            grants[number] = grant;
        }
        return grants;
    }
}
