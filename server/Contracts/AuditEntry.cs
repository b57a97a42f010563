namespace Contracts;

/// <summary>What an entry of the audit says.</summary>
public enum AuditKind
{
    /// <summary>A log entry was appended; the detail is its index.</summary>
    Log = 1,

    /// <summary>An invitation was left; the subject is its id.</summary>
    Invitation = 2,

    /// <summary>Somebody answered an invitation; the subject is its id.</summary>
    Answer = 3,

    /// <summary>An access record was stored; the subject is the item, the detail its version.</summary>
    Access = 4,

    /// <summary>An envelope was stored; the subject is the item, the detail its revision.</summary>
    Revision = 5,

    /// <summary>An item was removed; the subject is the item, the detail the removal's revision.</summary>
    Removal = 6,

    /// <summary>A member put something back after a restore; the subject is the item.</summary>
    PutBack = 7,

    /// <summary>A member asked for access; the subject is the request.</summary>
    Request = 8,

    /// <summary>A profile was deleted; the subject is the member.</summary>
    ProfileDeleted = 9,

    /// <summary>The server was restored; the detail is the time of the backup.</summary>
    Restore = 10,

    /// <summary>A host showed a secret; the subject is the item, the detail the host's time.</summary>
    Reveal = 11,

    /// <summary>A host copied a secret; the subject is the item, the detail the host's time.</summary>
    Copy = 12,

    /// <summary>A host filled a page; the subject is the item, the detail the host's time.</summary>
    Fill = 13,
}

/// <summary>
/// One entry of the audit, which one app server wrote. Nobody signs it: each names the hash of the one before, so whoever
/// remembers a number and a hash sees that nothing before was cut, changed or moved.
/// </summary>
public sealed record AuditEntry : IRecord<AuditEntry>
{
    private const string Type = "audit";

    /// <summary>The chain.</summary>
    public required Id Chain { get; init; }

    /// <summary>From 1 on.</summary>
    public required long Number { get; init; }

    /// <summary>The hash of the entry before; <see langword="null"/> in entry 1.</summary>
    public Hash? Previous { get; init; }

    /// <summary>The server's clock, in milliseconds since 1970.</summary>
    public required long Time { get; init; }

    /// <summary>What happened.</summary>
    public required AuditKind Kind { get; init; }

    /// <summary>Who did it; <see langword="null"/> where it was nobody's request.</summary>
    public Id? Member { get; init; }

    /// <summary>What it was done to, by kind.</summary>
    public Id? Subject { get; init; }

    /// <summary>A number, by kind; else 0.</summary>
    public long Detail { get; init; }

    /// <inheritdoc/>
    public static AuditEntry Read(ref FieldReader reader)
    {
        reader.RequireType(Type);
        var entry = new AuditEntry
        {
            Chain = reader.Id(),
            Number = reader.Number(least: 1),
            Previous = reader.OptionalHash(),
            Time = reader.Number(),
            Kind = ReadKind(ref reader),
            Member = reader.OptionalId(),
            Subject = reader.OptionalId(),
            Detail = reader.Number(),
        };
        return entry.Previous is null == (entry.Number == 1)
            ? entry
            : throw ContractException.Malformed("an audit entry names the one before it from number 2 on, and only then");
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        var writer = new FieldWriter(Type);
        writer.Add(Chain);
        writer.Add(Number);
        writer.Add(Previous);
        writer.Add(Time);
        writer.Add((long)Kind);
        writer.Add(Member);
        writer.Add(Subject);
        writer.Add(Detail);
        return writer.ToArray();
    }

    private static AuditKind ReadKind(ref FieldReader reader)
    {
        var kind = (AuditKind)reader.Number();
        return Enum.IsDefined(kind)
            ? kind
            : throw new ContractException(ContractError.UpdateNeeded, "the audit has an entry of a kind that is not known here");
    }
}
