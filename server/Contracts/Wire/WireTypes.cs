namespace Contracts.Wire;

/// <summary>What travels as JSON and has more to be checked than its members' types.</summary>
internal interface IListed
{
    /// <summary>Refuses lists that are too long or have a null in them.</summary>
    /// <exception cref="ContractException">One is or has.</exception>
    void CheckLists();
}

/// <summary>A signed record on the wire: its signed bytes as they are, never its fields one by one.</summary>
public sealed record WireSigned
{
    /// <summary>The signed bytes.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The signature.</summary>
    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>Puts a record on the wire.</summary>
    public static WireSigned Of<T>(SignedRecord<T> record) where T : IRecord<T> =>
        new() { Bytes = record.Bytes.ToArray(), Signature = record.Signature.ToArray() };

    /// <summary>Takes the record that is asked for.</summary>
    /// <exception cref="ContractException">It is none of that type, or not in its one encoding.</exception>
    public SignedRecord<T> Decode<T>() where T : IRecord<T> => SignedRecord.Decode<T>(Bytes.Span, Signature.Span);
}

/// <summary>A wrapped key on the wire.</summary>
public sealed record WireWrap
{
    /// <summary>For whom.</summary>
    public required Id Principal { get; init; }

    /// <summary>For a group: the epoch of its key. For a member: 0.</summary>
    public required long GroupEpoch { get; init; }

    /// <summary>The wrapped key.</summary>
    public required ReadOnlyMemory<byte> Key { get; init; }

    /// <summary>Puts a wrap on the wire.</summary>
    public static WireWrap Of(KeyWrap wrap) => new() { Principal = wrap.Principal, GroupEpoch = wrap.GroupEpoch, Key = wrap.Bytes };

    /// <summary>Takes the wrap.</summary>
    /// <exception cref="ContractException">The key does not have the length of a wrap, or the epoch is out of range.</exception>
    public KeyWrap Decode() =>
        Key.Length == KeyWrap.Length && GroupEpoch is >= 0 and < Limits.NumbersBelow
            ? new KeyWrap { Principal = Principal, GroupEpoch = GroupEpoch, Bytes = Key }
            : throw ContractException.Malformed("a wrap has another length, or a group epoch out of range");
}

/// <summary>Entries of the membership log, in order.</summary>
public sealed record WireLog : IListed
{
    /// <summary>The entries.</summary>
    public required IReadOnlyList<WireSigned> Entries { get; init; }

    /// <summary>Whether there are more behind the last.</summary>
    public required bool More { get; init; }

    void IListed.CheckLists() => WireJson.Check(Entries, Limits.ChangesPerPage);
}

/// <summary>An access record with its wraps: all of a new epoch, or those of added principals.</summary>
public sealed record WireAccess : IListed
{
    /// <summary>The record.</summary>
    public required WireSigned Record { get; init; }

    /// <summary>The wraps.</summary>
    public required IReadOnlyList<WireWrap> Wraps { get; init; }

    void IListed.CheckLists() => WireJson.Check(Wraps, Limits.GrantsPerRecord);
}

/// <summary>An envelope with its sealed content, or a removal without.</summary>
public sealed record WireEnvelope
{
    /// <summary>The envelope.</summary>
    public required WireSigned Envelope { get; init; }

    /// <summary>The sealed content; not there for a removal.</summary>
    public ReadOnlyMemory<byte>? Sealed { get; init; }

    /// <summary>Takes the envelope, once its content is the one that was signed.</summary>
    /// <exception cref="ContractException">It is no envelope, or its content is too long, another one, missing, or one too many.</exception>
    public SignedRecord<Envelope> Decode()
    {
        var envelope = Envelope.Decode<Envelope>();
        if (Sealed?.Length > Limits.SealedItemBytes)
        {
            throw ContractException.TooLarge("bytes of a sealed item", Limits.SealedItemBytes);
        }
        Hash? content = Sealed is { } present ? Hash.Of(present.Span) : null;
        return content == envelope.Record.Content
            ? envelope
            : throw ContractException.Malformed("the sealed content is not the one that was signed");
    }
}

/// <summary>An entry to append to the membership log.</summary>
public sealed record WireLogEntry : IListed
{
    /// <summary>The entry.</summary>
    public required WireSigned Entry { get; init; }

    /// <summary>With a <see cref="GroupRekeyEntry"/>, which names their hash: the group's key for each member, beside the log.</summary>
    public IReadOnlyList<WireWrap>? Wraps { get; init; }

    void IListed.CheckLists() => WireJson.Check(Wraps ?? [], Limits.MembersPerGroup);
}

/// <summary>An invitation as it lies at the server.</summary>
public sealed record WireInvitation
{
    /// <summary>The bytes of an <see cref="Contracts.Invitation"/>.</summary>
    public required ReadOnlyMemory<byte> Invitation { get; init; }

    /// <summary><see cref="InvitationSecret.AuthenticateInvitation"/>.</summary>
    public required ReadOnlyMemory<byte> Authentication { get; init; }
}

/// <summary>A newcomer's answer to an invitation.</summary>
public sealed record WireAnswer
{
    /// <summary>The <see cref="MemberRecord"/>.</summary>
    public required WireSigned Member { get; init; }

    /// <summary>The <see cref="MemberProfile"/> that it names.</summary>
    public required WireSigned Profile { get; init; }

    /// <summary><see cref="InvitationSecret.AuthenticateAnswer"/>.</summary>
    public required ReadOnlyMemory<byte> Authentication { get; init; }
}
