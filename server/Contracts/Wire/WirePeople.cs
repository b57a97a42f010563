namespace Contracts.Wire;

/// <summary>The keys of a group that a member was given.</summary>
public sealed record WireGroupKeys : IListed
{
    /// <summary>One for each epoch of the group that there is one for; the principal of each is the member.</summary>
    public required IReadOnlyList<WireWrap> Wraps { get; init; }

    void IListed.CheckLists() => WireJson.Check(Wraps, Limits.MembersPerGroup);
}

/// <summary>The invitations that are open.</summary>
public sealed record WireInvitations : IListed
{
    /// <summary>The invitations.</summary>
    public required IReadOnlyList<WireOpenInvitation> Invitations { get; init; }

    void IListed.CheckLists() => WireJson.Check(Invitations, Limits.ChangesPerPage);
}

/// <summary>An invitation that is neither used nor run out.</summary>
public sealed record WireOpenInvitation
{
    /// <summary>Its id.</summary>
    public required Id Id { get; init; }

    /// <summary>Who left it.</summary>
    public required Id Author { get; init; }

    /// <summary>The bytes of an <see cref="Contracts.Invitation"/>.</summary>
    public required ReadOnlyMemory<byte> Invitation { get; init; }

    /// <summary>How many answers came.</summary>
    public required int Answers { get; init; }
}

/// <summary>The answers to an invitation.</summary>
public sealed record WireAnswers : IListed
{
    /// <summary>The answers, the first one first.</summary>
    public required IReadOnlyList<WireAnswer> Answers { get; init; }

    void IListed.CheckLists() => WireJson.Check(Answers, Limits.AnswersPerInvitation);
}

/// <summary>Somebody asks somebody for access.</summary>
public sealed record WireRequest
{
    /// <summary>Who asks.</summary>
    public required Id Author { get; init; }

    /// <summary>The item that the author has already; <see langword="null"/> where the reason says what it is about.</summary>
    public Id? Item { get; init; }

    /// <summary>Who is asked.</summary>
    public required Id To { get; init; }

    /// <summary>What for.</summary>
    public required Right Right { get; init; }

    /// <summary>When, in milliseconds since 1970, by the author's clock.</summary>
    public required long Time { get; init; }

    /// <summary>Why, sealed to who is asked.</summary>
    public required ReadOnlyMemory<byte> Reason { get; init; }
}

/// <summary>What a host did with an item.</summary>
public enum WireEventKind
{
    /// <summary>Showed a secret.</summary>
    Reveal,

    /// <summary>Copied a secret.</summary>
    Copy,

    /// <summary>Filled a page.</summary>
    Fill,
}

/// <summary>One thing that a host did.</summary>
public sealed record WireEvent
{
    /// <summary>What.</summary>
    public required WireEventKind Kind { get; init; }

    /// <summary>With which item.</summary>
    public required Id Item { get; init; }

    /// <summary>When, in milliseconds since 1970, by the host's clock.</summary>
    public required long Time { get; init; }
}

/// <summary>What a host did, in order.</summary>
public sealed record WireEvents : IListed
{
    /// <summary>The events, at least one.</summary>
    public required IReadOnlyList<WireEvent> Events { get; init; }

    void IListed.CheckLists()
    {
        WireJson.Check(Events, Limits.ChangesPerPage);
        if (Events.Count == 0)
        {
            throw ContractException.Malformed("a batch of events is empty");
        }
    }
}

/// <summary>The audit's chains.</summary>
public sealed record WireAuditChains : IListed
{
    /// <summary>One for each app server.</summary>
    public required IReadOnlyList<WireAuditChain> Chains { get; init; }

    void IListed.CheckLists() => WireJson.Check(Chains, Limits.ChangesPerPage);
}

/// <summary>How far one chain of the audit goes.</summary>
public sealed record WireAuditChain
{
    /// <summary>Its id.</summary>
    public required Id Chain { get; init; }

    /// <summary>The number of its last entry.</summary>
    public required long Count { get; init; }

    /// <summary>The hash of its last entry.</summary>
    public required ReadOnlyMemory<byte> Head { get; init; }
}

/// <summary>Entries of one chain of the audit, in order.</summary>
public sealed record WireAudit : IListed
{
    /// <summary>The bytes of each <see cref="AuditEntry"/>.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Entries { get; init; }

    /// <summary>Whether there are more behind the last.</summary>
    public required bool More { get; init; }

    void IListed.CheckLists() => WireJson.CheckCount(Entries.Count, Limits.ChangesPerPage);
}

/// <summary>The items that depend on one member: what is to be settled before the member is removed.</summary>
public sealed record WireDependents : IListed
{
    /// <summary>Items that nobody else can open, at most <see cref="Limits.ChangesPerPage"/>.</summary>
    public required IReadOnlyList<Id> Unopened { get; init; }

    /// <summary>Items that others can open and nobody else manages, likewise.</summary>
    public required IReadOnlyList<Id> Unmanaged { get; init; }

    /// <summary>Whether there are more of either.</summary>
    public required bool More { get; init; }

    void IListed.CheckLists()
    {
        WireJson.CheckCount(Unopened.Count, Limits.ChangesPerPage);
        WireJson.CheckCount(Unmanaged.Count, Limits.ChangesPerPage);
    }
}
