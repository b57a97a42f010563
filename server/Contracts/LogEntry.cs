namespace Contracts;

/// <summary>The newest entry of a membership log that somebody has seen.</summary>
/// <param name="Index">Its place, from 0 on.</param>
/// <param name="Hash">The hash of its signed bytes.</param>
public readonly record struct LogHead(long Index, Hash Hash);

/// <summary>
/// One entry of the membership log, signed by its author. The label says which kind it is; a kind that is not known stops the
/// reader (<see cref="ContractError.UpdateNeeded"/>), as skipping it might keep somebody in who was removed.
/// </summary>
public abstract record LogEntry : IRecord<LogEntry>
{
    /// <summary>When its author's clock says it was made, in milliseconds since 1970. Information: nothing is decided by it.</summary>
    public required long Time { get; init; }

    /// <summary>Who signed it.</summary>
    public abstract Id Author { get; }

    /// <inheritdoc/>
    public static LogEntry Read(ref FieldReader reader)
    {
        if (reader.Label == FieldWriter.LabelOf(Genesis.Type))
        {
            return Genesis.ReadFields(ref reader);
        }
        var label = reader.Label;
        var kind = LaterEntry.Kinds.FirstOrDefault(kind => FieldWriter.LabelOf(kind.Type) == label);
        if (kind is null)
        {
            throw new ContractException(ContractError.UpdateNeeded, "the membership log has an entry of a kind that is not known here");
        }
        return LaterEntry.ReadFields(ref reader, kind);
    }

    /// <inheritdoc/>
    public abstract byte[] Encode();

    private protected static SignedRecord<MemberRecord> ReadMember(ref FieldReader reader) =>
        SignedRecord.Decode<MemberRecord>(reader.Bytes(0, Limits.RecordBytes), reader.Bytes(SigningKey.SignatureBytes));

    private protected static void AddMember(FieldWriter writer, SignedRecord<MemberRecord> member)
    {
        writer.Add(member.Bytes);
        writer.Add(member.Signature);
    }
}

/// <summary>The first entry: it founds the office, whose id is the first 16 bytes of its hash. Its author is the first owner.</summary>
public sealed record Genesis : LogEntry
{
    internal const string Type = "genesis";

    /// <summary>How many random bytes make each office's id another one.</summary>
    public const int NonceBytes = 32;

    /// <summary><see cref="NonceBytes"/> random bytes.</summary>
    public required ReadOnlyMemory<byte> Nonce { get; init; }

    /// <summary>The first owner.</summary>
    public required SignedRecord<MemberRecord> Owner { get; init; }

    /// <summary>Whether hosts report reveals, copies and fills to the server.</summary>
    public required bool AuditsItems { get; init; }

    /// <inheritdoc/>
    public override Id Author => Owner.Record.Member;

    /// <inheritdoc/>
    public override byte[] Encode()
    {
        var writer = new FieldWriter(Type);
        writer.Add(Nonce.Span);
        writer.Add(Time);
        AddMember(writer, Owner);
        writer.Add(AuditsItems ? 1 : 0);
        return writer.ToArray();
    }

    internal static Genesis ReadFields(ref FieldReader reader) => new()
    {
        Nonce = reader.Bytes(NonceBytes).ToArray(),
        Time = reader.Number(),
        Owner = ReadMember(ref reader),
        AuditsItems = reader.Flag(),
    };
}

/// <summary>Where an entry stands: it follows exactly one other, of one office.</summary>
/// <param name="Office">The office.</param>
/// <param name="Index">From 1 on.</param>
/// <param name="Previous">The hash of the entry before it.</param>
/// <param name="Author">Who signed it.</param>
public readonly record struct EntryPlace(Id Office, long Index, Hash Previous, Id Author);

/// <summary>Any entry behind the first.</summary>
public abstract record LaterEntry : LogEntry
{
    internal sealed record Kind(string Type, ReadOwnFields Read);

    internal delegate LaterEntry ReadOwnFields(ref FieldReader reader, EntryPlace place, long time);

    internal static readonly Kind[] Kinds =
    [
        new(AddEntry.Type, AddEntry.ReadOwn),
        new(RoleEntry.Type, RoleEntry.ReadOwn),
        new(RemoveEntry.Type, RemoveEntry.ReadOwn),
        new(RekeyEntry.Type, RekeyEntry.ReadOwn),
        new(GroupEntry.Type, GroupEntry.ReadOwn),
        new(GroupMemberEntry.Type, GroupMemberEntry.ReadOwn),
        new(GroupRekeyEntry.Type, GroupRekeyEntry.ReadOwn),
        new(ServerEntry.Type, ServerEntry.ReadOwn),
    ];

    /// <summary>Where it stands.</summary>
    public required EntryPlace Place { get; init; }

    /// <inheritdoc/>
    public override Id Author => Place.Author;

    private protected abstract string OwnType { get; }

    /// <inheritdoc/>
    public override byte[] Encode()
    {
        var writer = new FieldWriter(OwnType);
        writer.Add(Place.Office);
        writer.Add(Place.Index);
        writer.Add(Place.Previous);
        writer.Add(Time);
        writer.Add(Place.Author);
        AddOwn(writer);
        return writer.ToArray();
    }

    internal static LaterEntry ReadFields(ref FieldReader reader, Kind kind)
    {
        var office = reader.Id();
        var index = reader.Number(least: 1);
        var previous = reader.Hash();
        var time = reader.Number();
        var author = reader.Id();
        return kind.Read(ref reader, new EntryPlace(office, index, previous, author), time);
    }

    private protected abstract void AddOwn(FieldWriter writer);

    private protected static Role ReadRole(ref FieldReader reader) => (Role)reader.Number((long)Role.Member, (long)Role.Owner);
}

/// <summary>Takes a person in who answered an invitation.</summary>
public sealed record AddEntry : LaterEntry
{
    internal const string Type = "add";

    /// <summary>The invitation; each is good for one entry.</summary>
    public required Id Invitation { get; init; }

    /// <summary>What the person may do.</summary>
    public required Role Role { get; init; }

    /// <summary>Who the person is.</summary>
    public required SignedRecord<MemberRecord> Member { get; init; }

    private protected override string OwnType => Type;

    internal static LaterEntry ReadOwn(ref FieldReader reader, EntryPlace place, long time) => new AddEntry
    {
        Place = place,
        Time = time,
        Invitation = reader.Id(),
        Role = ReadRole(ref reader),
        Member = ReadMember(ref reader),
    };

    private protected override void AddOwn(FieldWriter writer)
    {
        writer.Add(Invitation);
        writer.Add((long)Role);
        AddMember(writer, Member);
    }
}

/// <summary>Gives a member another role.</summary>
public sealed record RoleEntry : LaterEntry
{
    internal const string Type = "role";

    /// <summary>Whose.</summary>
    public required Id Member { get; init; }

    /// <summary>The new one.</summary>
    public required Role Role { get; init; }

    private protected override string OwnType => Type;

    internal static LaterEntry ReadOwn(ref FieldReader reader, EntryPlace place, long time) => new RoleEntry
    {
        Place = place,
        Time = time,
        Member = reader.Id(),
        Role = ReadRole(ref reader),
    };

    private protected override void AddOwn(FieldWriter writer)
    {
        writer.Add(Member);
        writer.Add((long)Role);
    }
}

/// <summary>Ends a membership, and with it the member's keys and stays in groups.</summary>
public sealed record RemoveEntry : LaterEntry
{
    internal const string Type = "remove";

    /// <summary>Whose.</summary>
    public required Id Member { get; init; }

    private protected override string OwnType => Type;

    internal static LaterEntry ReadOwn(ref FieldReader reader, EntryPlace place, long time) => new RemoveEntry
    {
        Place = place,
        Time = time,
        Member = reader.Id(),
    };

    private protected override void AddOwn(FieldWriter writer) => writer.Add(Member);
}

/// <summary>Ends a member's keys and takes the same person in again with new ones: lost, stolen or planned.</summary>
public sealed record RekeyEntry : LaterEntry
{
    internal const string Type = "rekey";

    /// <summary>The invitation that was bound to the member; each is good for one entry.</summary>
    public required Id Invitation { get; init; }

    /// <summary>The member's new record, with a higher counter.</summary>
    public required SignedRecord<MemberRecord> Member { get; init; }

    private protected override string OwnType => Type;

    internal static LaterEntry ReadOwn(ref FieldReader reader, EntryPlace place, long time) => new RekeyEntry
    {
        Place = place,
        Time = time,
        Invitation = reader.Id(),
        Member = ReadMember(ref reader),
    };

    private protected override void AddOwn(FieldWriter writer)
    {
        writer.Add(Invitation);
        AddMember(writer, Member);
    }
}

/// <summary>
/// Founds a group, whose id is the first 16 bytes of the entry's hash. It has no key, and can be granted nothing, before its first
/// <see cref="GroupRekeyEntry"/>: the wraps of that key name the group.
/// </summary>
public sealed record GroupEntry : LaterEntry
{
    internal const string Type = "group";

    /// <summary>Who is in it, sorted by id.</summary>
    public required IReadOnlyList<Id> Members { get; init; }

    private protected override string OwnType => Type;

    internal static LaterEntry ReadOwn(ref FieldReader reader, EntryPlace place, long time)
    {
        var members = new Id[reader.Count(Limits.MembersPerGroup)];
        for (var number = 0; number < members.Length; number++)
        {
            members[number] = reader.Id();
            if (number > 0 && members[number] <= members[number - 1])
            {
                throw ContractException.Malformed("the members of a group are not sorted, or one is there twice");
            }
        }
        return new GroupEntry { Place = place, Time = time, Members = members };
    }

    private protected override void AddOwn(FieldWriter writer)
    {
        writer.Add(Members.Count);
        foreach (var member in Members.Order())
        {
            writer.Add(member);
        }
    }
}

/// <summary>Takes a member into a group or out of it.</summary>
public sealed record GroupMemberEntry : LaterEntry
{
    internal const string Type = "group-member";

    /// <summary>The group.</summary>
    public required Id Group { get; init; }

    /// <summary>The member.</summary>
    public required Id Member { get; init; }

    /// <summary>Whether the member joins; else leaves, which ends the group's key.</summary>
    public required bool Joins { get; init; }

    private protected override string OwnType => Type;

    internal static LaterEntry ReadOwn(ref FieldReader reader, EntryPlace place, long time) => new GroupMemberEntry
    {
        Place = place,
        Time = time,
        Group = reader.Id(),
        Member = reader.Id(),
        Joins = reader.Flag(),
    };

    private protected override void AddOwn(FieldWriter writer)
    {
        writer.Add(Group);
        writer.Add(Member);
        writer.Add(Joins ? 1 : 0);
    }
}

/// <summary>Gives a group a new key. The wraps lie beside the log; a member checks that what is unwrapped yields the key named here.</summary>
public sealed record GroupRekeyEntry : LaterEntry
{
    internal const string Type = "group-rekey";

    /// <summary>The group.</summary>
    public required Id Group { get; init; }

    /// <summary>One more than before; 1 at first.</summary>
    public required long Epoch { get; init; }

    /// <summary>What item keys are wrapped for from now on.</summary>
    public required PublicKey AgreementKey { get; init; }

    /// <summary><see cref="KeyWrap.HashOf"/> over the wraps of the private half, one for each member.</summary>
    public required Hash Wraps { get; init; }

    private protected override string OwnType => Type;

    internal static LaterEntry ReadOwn(ref FieldReader reader, EntryPlace place, long time) => new GroupRekeyEntry
    {
        Place = place,
        Time = time,
        Group = reader.Id(),
        Epoch = reader.Number(least: 1),
        AgreementKey = new PublicKey(reader.Bytes(PublicKey.Bytes)),
        Wraps = reader.Hash(),
    };

    private protected override void AddOwn(FieldWriter writer)
    {
        writer.Add(Group);
        writer.Add(Epoch);
        writer.Add(AgreementKey.Span);
        writer.Add(Wraps);
    }
}

/// <summary>Says where the share server is and by which root keys it is known, before either changes.</summary>
public sealed record ServerEntry : LaterEntry
{
    internal const string Type = "server";

    /// <summary>SHA-256 of the subject public key info of each root key; none means a public certificate authority.</summary>
    public required IReadOnlyList<Hash> Pins { get; init; }

    /// <summary>Where to connect, in order of preference, each as <see cref="ServerAddress.IsOne"/> has it.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    private protected override string OwnType => Type;

    internal static LaterEntry ReadOwn(ref FieldReader reader, EntryPlace place, long time) => new ServerEntry
    {
        Place = place,
        Time = time,
        Pins = ServerAddress.ReadPins(ref reader),
        Addresses = ServerAddress.ReadAddresses(ref reader),
    };

    private protected override void AddOwn(FieldWriter writer)
    {
        ServerAddress.AddPins(writer, Pins);
        writer.Add(Addresses.Count);
        foreach (var address in Addresses)
        {
            writer.Add(address);
        }
    }
}
