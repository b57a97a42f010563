namespace Contracts;

/// <summary>What a person may do with the membership log. See server/docs/sharing.md, "Office, members, log".</summary>
public enum Role
{
    /// <summary>Nothing but leave.</summary>
    Member = 1,

    /// <summary>Adds and removes members who are neither administrator nor owner; groups.</summary>
    Administrator = 2,

    /// <summary>Everything.</summary>
    Owner = 3,
}

/// <summary>Who a member is, signed by themselves. The keys are made fresh for each office.</summary>
public sealed record MemberRecord : IRecord<MemberRecord>
{
    private const string Type = "member";

    /// <summary>The member's id, random.</summary>
    public required Id Member { get; init; }

    /// <summary>What the member signs with.</summary>
    public required PublicKey SigningKey { get; init; }

    /// <summary>What others wrap for.</summary>
    public required PublicKey AgreementKey { get; init; }

    /// <summary>From 1 on; higher in each record of the same member.</summary>
    public required long Counter { get; init; }

    /// <summary>Hash of the signed bytes of the <see cref="MemberProfile"/>, which may be deleted later.</summary>
    public required Hash Profile { get; init; }

    /// <inheritdoc/>
    public static MemberRecord Read(ref FieldReader reader)
    {
        reader.RequireType(Type);
        return new()
        {
            Member = reader.Id(),
            SigningKey = new PublicKey(reader.Bytes(PublicKey.Bytes)),
            AgreementKey = new PublicKey(reader.Bytes(PublicKey.Bytes)),
            Counter = reader.Number(least: 1),
            Profile = reader.Hash(),
        };
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        var writer = new FieldWriter(Type);
        writer.Add(Member);
        writer.Add(SigningKey.Span);
        writer.Add(AgreementKey.Span);
        writer.Add(Counter);
        writer.Add(Profile);
        return writer.ToArray();
    }
}

/// <summary>A member's name and mail address, in a row beside the log that can be deleted.</summary>
public sealed record MemberProfile : IRecord<MemberProfile>
{
    /// <summary>How many random bytes keep the hash from being guessed once the profile is deleted.</summary>
    public const int SaltBytes = 32;

    private const string Type = "profile";

    /// <summary>Whose.</summary>
    public required Id Member { get; init; }

    /// <summary>That of the member record it came with, or higher: the highest counts.</summary>
    public required long Counter { get; init; }

    /// <summary><see cref="SaltBytes"/> random bytes.</summary>
    public required ReadOnlyMemory<byte> Salt { get; init; }

    /// <summary>A name that may be shown.</summary>
    public required string Name { get; init; }

    /// <summary>A mail address that may be shown, or an empty text.</summary>
    public required string Mail { get; init; }

    /// <summary>
    /// Whether a profile is of the member with this record: the one that the record names, or a later one that its key signed.
    /// </summary>
    public static bool IsOf(SignedRecord<MemberProfile> profile, MemberRecord member) =>
        profile.Record.Member == member.Member
        && (profile.Record.Counter == member.Counter ? profile.Hash == member.Profile : profile.Record.Counter > member.Counter)
        && profile.IsBy(member.SigningKey);

    /// <inheritdoc/>
    public static MemberProfile Read(ref FieldReader reader)
    {
        reader.RequireType(Type);
        return new()
        {
            Member = reader.Id(),
            Counter = reader.Number(least: 1),
            Salt = reader.Bytes(SaltBytes).ToArray(),
            Name = reader.Name(),
            Mail = reader.OptionalName(),
        };
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        var writer = new FieldWriter(Type);
        writer.Add(Member);
        writer.Add(Counter);
        writer.Add(Salt.Span);
        writer.Add(Name);
        writer.Add(Mail);
        return writer.ToArray();
    }
}

/// <summary>A group's name, in a row beside the log that can be deleted; signed by an administrator.</summary>
public sealed record GroupName : IRecord<GroupName>
{
    private const string Type = "group-name";

    /// <summary>The office.</summary>
    public required Id Office { get; init; }

    /// <summary>Whose.</summary>
    public required Id Group { get; init; }

    /// <summary>From 1 on: the highest counts.</summary>
    public required long Counter { get; init; }

    /// <summary>A name that may be shown.</summary>
    public required string Name { get; init; }

    /// <summary>Who signed it.</summary>
    public required Id Author { get; init; }

    /// <inheritdoc/>
    public static GroupName Read(ref FieldReader reader)
    {
        reader.RequireType(Type);
        return new()
        {
            Office = reader.Id(),
            Group = reader.Id(),
            Counter = reader.Number(least: 1),
            Name = reader.Name(),
            Author = reader.Id(),
        };
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        var writer = new FieldWriter(Type);
        writer.Add(Office);
        writer.Add(Group);
        writer.Add(Counter);
        writer.Add(Name);
        writer.Add(Author);
        return writer.ToArray();
    }
}
