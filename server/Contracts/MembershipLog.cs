namespace Contracts;

/// <summary>What became of an entry that was given to a <see cref="MembershipLog"/>.</summary>
public enum LogVerdict
{
    /// <summary>It is the new head.</summary>
    Accepted,

    /// <summary>It was there already.</summary>
    Known,

    /// <summary>Another entry stands in its place, or it follows another one: two histories exist.</summary>
    Fork,

    /// <summary>Entries between the head and it are missing.</summary>
    Gap,

    /// <summary>It is of another office, or does not found this one.</summary>
    WrongOffice,

    /// <summary>Its author's key did not make the signature, or nobody current is the author.</summary>
    WrongSignature,

    /// <summary>Its author may not do this.</summary>
    NotEntitled,

    /// <summary>The member record in it is not signed by its own key, is not newer, or takes an id or a key that was there before.</summary>
    WrongMember,

    /// <summary>The member or group it is about is not there.</summary>
    NotThere,

    /// <summary>It changes nothing, or names another group epoch than the next.</summary>
    NoChange,

    /// <summary>It would leave the office without an owner.</summary>
    LastOwner,

    /// <summary>An entry has used the invitation.</summary>
    InvitationUsed,
}

/// <summary>
/// The membership log of one office, verified entry by entry: the chain, each signature, and each author's right at that place.
/// It knows who was who at every place, because a signature is judged by the keys of its time and a right by those of now.
/// Client and server run the same code; it needs no secret. See server/docs/sharing.md, "Membership log".
/// </summary>
/// <remarks>Not safe for several threads while something is appended.</remarks>
public sealed class MembershipLog(Id office)
{
    private readonly List<Hash> _hashes = [];
    private readonly Dictionary<Id, Member> _members = [];
    private readonly Dictionary<Id, Group> _groups = [];
    private readonly HashSet<Id> _invitations = [];
    private readonly HashSet<PublicKey> _keys = [];

    /// <summary>The office.</summary>
    public Id Office { get; } = office;

    /// <summary>The newest entry; <see langword="null"/> before genesis.</summary>
    public LogHead? Head => _hashes.Count == 0 ? null : new LogHead(_hashes.Count - 1, _hashes[^1]);

    /// <summary>Everybody who is or was a member.</summary>
    public IReadOnlyCollection<Member> Members => _members.Values;

    /// <summary>All groups.</summary>
    public IReadOnlyCollection<Group> Groups => _groups.Values;

    /// <summary>The newest entry about the server; <see langword="null"/> if there is none.</summary>
    public ServerEntry? Server { get; private set; }

    /// <summary>Whether hosts report reveals, copies and fills, as genesis has it.</summary>
    public bool AuditsItems { get; private set; }

    /// <summary>The member with an id, also a former one.</summary>
    /// <returns><see langword="null"/> if there never was one.</returns>
    public Member? FindMember(Id id) => _members.GetValueOrDefault(id);

    /// <summary>The group with an id.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    public Group? FindGroup(Id id) => _groups.GetValueOrDefault(id);

    /// <summary>Whether this log went through a head that somebody has seen. If not, the log is behind, or two histories exist.</summary>
    public bool Contains(LogHead head) => head.Index < _hashes.Count && _hashes[(int)head.Index] == head.Hash;

    /// <summary>Judges an entry and, if it is accepted, goes on to it. Any other verdict leaves the log as it was.</summary>
    public LogVerdict Append(SignedRecord<LogEntry> entry)
    {
        var verdict = entry.Record switch
        {
            Genesis genesis => Found(genesis, entry),
            LaterEntry later => Continue(later, entry),
            _ => LogVerdict.WrongOffice,
        };
        if (verdict == LogVerdict.Accepted)
        {
            _hashes.Add(entry.Hash);
        }
        return verdict;
    }

    /// <summary>Whether a beacon is by somebody who is an administrator now, over a head that this log went through.</summary>
    public bool Vouches(SignedRecord<Beacon> beacon) =>
        beacon.Record.Office == Office && Contains(beacon.Record.Head) && IsByAdministrator(beacon, beacon.Record.Author);

    /// <summary>Whether a group's name is by somebody who is an administrator now.</summary>
    public bool Vouches(SignedRecord<GroupName> name) =>
        name.Record.Office == Office && _groups.ContainsKey(name.Record.Group) && IsByAdministrator(name, name.Record.Author);

    /// <summary>The key that a member signed with at a place of the log.</summary>
    /// <returns><see langword="null"/> if the member was none then.</returns>
    internal PublicKey? SigningKeyAt(Id member, long index) => FindMember(member)?.RecordAt(index)?.SigningKey;

    /// <summary>Whether a principal could be granted something at a place: a member of then, or a group that had a key.</summary>
    internal bool IsPrincipalAt(Id principal, long index) =>
        FindMember(principal)?.RecordAt(index) is not null || FindGroup(principal)?.HasKeyAt(index) == true;

    /// <summary>Whether somebody holds what is granted to a principal at a place: the member of then, or a group with anybody in it.</summary>
    internal bool HasHolderAt(Id principal, long index) =>
        FindMember(principal)?.RecordAt(index) is not null || FindGroup(principal)?.HasAnybodyAt(index) == true;

    /// <summary>The highest of the rights that a member had under some grants at a place, by name or through a group, whatever their times.</summary>
    internal Right RightAt(IEnumerable<Grant> grants, Id member, long index) =>
        FindMember(member)?.RecordAt(index) is null
            ? Right.None
            : grants.Where(grant => IsIn(grant.Principal, member, index)).Select(grant => grant.Right).DefaultIfEmpty().Max();

    /// <summary>The places, in order, at which what a member holds by the same grants may begin or end.</summary>
    internal IReadOnlyList<long> TurnsOf(Id member) =>
        [.. (FindMember(member)?.Turns ?? []).Concat(_groups.Values.SelectMany(group => group.TurnsOf(member))).Distinct().Order()];

    /// <summary>Whether a member was a principal, or in it, at a place.</summary>
    internal bool IsIn(Id principal, Id member, long index) =>
        principal == member || FindGroup(principal)?.HasMemberAt(member, index) == true;

    /// <summary>Whether a key of a principal's ended behind one place and up to another: removed, re-keyed, or somebody left the group.</summary>
    internal bool HasEndedBetween(Id principal, long after, long upTo)
    {
        var ends = FindMember(principal)?.KeyEnds ?? FindGroup(principal)?.KeyEnds ?? [];
        return ends.Any(index => index > after && index <= upTo);
    }

    private LogVerdict Found(Genesis genesis, SignedRecord<LogEntry> entry)
    {
        if (Id.Of(entry.Hash) != Office)
        {
            return LogVerdict.WrongOffice;
        }
        if (_hashes.Count > 0)
        {
            return LogVerdict.Known;
        }
        var owner = genesis.Owner.Record;
        if (!genesis.Owner.IsBy(owner.SigningKey) || owner.SigningKey.Equals(owner.AgreementKey))
        {
            return LogVerdict.WrongMember;
        }
        if (!entry.IsBy(owner.SigningKey))
        {
            return LogVerdict.WrongSignature;
        }
        TakeIn(owner, Role.Owner, index: 0);
        AuditsItems = genesis.AuditsItems;
        return LogVerdict.Accepted;
    }

    private LogVerdict Continue(LaterEntry entry, SignedRecord<LogEntry> signed)
    {
        var place = entry.Place;
        if (place.Office != Office)
        {
            return LogVerdict.WrongOffice;
        }
        if (place.Index < _hashes.Count)
        {
            return _hashes[(int)place.Index] == signed.Hash ? LogVerdict.Known : LogVerdict.Fork;
        }
        if (place.Index > _hashes.Count)
        {
            return LogVerdict.Gap;
        }
        if (place.Previous != _hashes[^1])
        {
            return LogVerdict.Fork;
        }
        if (FindMember(place.Author) is not { IsCurrent: true } author || !signed.IsBy(author.Record.SigningKey))
        {
            return LogVerdict.WrongSignature;
        }
        return entry switch
        {
            AddEntry add => Apply(add, author),
            RoleEntry role => Apply(role, author),
            RemoveEntry remove => Apply(remove, author),
            RekeyEntry rekey => Apply(rekey, author),
            GroupEntry group => Apply(group, author, Id.Of(signed.Hash)),
            GroupMemberEntry member => Apply(member, author),
            GroupRekeyEntry rekey => Apply(rekey, author),
            ServerEntry server => Apply(server, author),
            _ => LogVerdict.NotEntitled,
        };
    }

    private LogVerdict Apply(AddEntry entry, Member author)
    {
        if (author.Role < Role.Administrator || (entry.Role > Role.Member && author.Role < Role.Owner))
        {
            return LogVerdict.NotEntitled;
        }
        var record = entry.Member.Record;
        if (!IsFresh(entry.Member) || _members.ContainsKey(record.Member) || _groups.ContainsKey(record.Member))
        {
            return LogVerdict.WrongMember;
        }
        if (!_invitations.Add(entry.Invitation))
        {
            return LogVerdict.InvitationUsed;
        }
        TakeIn(record, entry.Role, entry.Place.Index);
        return LogVerdict.Accepted;
    }

    private LogVerdict Apply(RoleEntry entry, Member author)
    {
        if (author.Role < Role.Owner)
        {
            return LogVerdict.NotEntitled;
        }
        if (FindMember(entry.Member) is not { IsCurrent: true } member)
        {
            return LogVerdict.NotThere;
        }
        if (member.Role == entry.Role)
        {
            return LogVerdict.NoChange;
        }
        if (IsLastOwner(member))
        {
            return LogVerdict.LastOwner;
        }
        member.SetRole(entry.Role, entry.Place.Index);
        return LogVerdict.Accepted;
    }

    private LogVerdict Apply(RemoveEntry entry, Member author)
    {
        if (FindMember(entry.Member) is not { IsCurrent: true } member)
        {
            return LogVerdict.NotThere;
        }
        if (member != author && !MayAdminister(author, member))
        {
            return LogVerdict.NotEntitled;
        }
        if (IsLastOwner(member))
        {
            return LogVerdict.LastOwner;
        }
        member.End(entry.Place.Index);
        foreach (var group in _groups.Values.Where(group => group.HasMemberAt(member.Id, entry.Place.Index)))
        {
            group.Leave(member.Id, entry.Place.Index);
        }
        return LogVerdict.Accepted;
    }

    private LogVerdict Apply(RekeyEntry entry, Member author)
    {
        var record = entry.Member.Record;
        if (FindMember(record.Member) is not { IsCurrent: true } member)
        {
            return LogVerdict.NotThere;
        }
        if (!MayAdminister(author, member))
        {
            return LogVerdict.NotEntitled;
        }
        if (!IsFresh(entry.Member) || record.Counter <= member.Record.Counter)
        {
            return LogVerdict.WrongMember;
        }
        if (!_invitations.Add(entry.Invitation))
        {
            return LogVerdict.InvitationUsed;
        }
        member.End(entry.Place.Index);
        member.Begin(record, entry.Place.Index);
        Remember(record);
        foreach (var group in _groups.Values.Where(group => group.HasMemberAt(member.Id, entry.Place.Index)))
        {
            group.EndKey(entry.Place.Index);
        }
        return LogVerdict.Accepted;
    }

    private LogVerdict Apply(GroupEntry entry, Member author, Id id)
    {
        if (author.Role < Role.Administrator)
        {
            return LogVerdict.NotEntitled;
        }
        if (_groups.ContainsKey(id) || _members.ContainsKey(id) || !entry.Members.All(member => FindMember(member)?.IsCurrent == true))
        {
            return LogVerdict.NotThere;
        }
        var group = new Group(id);
        foreach (var member in entry.Members)
        {
            group.Join(member, entry.Place.Index);
        }
        _groups.Add(id, group);
        return LogVerdict.Accepted;
    }

    private LogVerdict Apply(GroupMemberEntry entry, Member author)
    {
        if (author.Role < Role.Administrator)
        {
            return LogVerdict.NotEntitled;
        }
        if (FindGroup(entry.Group) is not { } group || FindMember(entry.Member) is not { IsCurrent: true })
        {
            return LogVerdict.NotThere;
        }
        if (group.HasMemberAt(entry.Member, entry.Place.Index) == entry.Joins)
        {
            return LogVerdict.NoChange;
        }
        if (entry.Joins)
        {
            group.Join(entry.Member, entry.Place.Index);
        }
        else
        {
            group.Leave(entry.Member, entry.Place.Index);
        }
        return LogVerdict.Accepted;
    }

    private LogVerdict Apply(GroupRekeyEntry entry, Member author)
    {
        if (author.Role < Role.Administrator)
        {
            return LogVerdict.NotEntitled;
        }
        if (FindGroup(entry.Group) is not { } group)
        {
            return LogVerdict.NotThere;
        }
        if (entry.Epoch != group.Epoch + 1 || !_keys.Add(entry.AgreementKey))
        {
            return LogVerdict.NoChange;
        }
        group.Rekey(entry, entry.Place.Index);
        return LogVerdict.Accepted;
    }

    private LogVerdict Apply(ServerEntry entry, Member author)
    {
        if (author.Role < Role.Owner)
        {
            return LogVerdict.NotEntitled;
        }
        Server = entry;
        return LogVerdict.Accepted;
    }

    private static bool MayAdminister(Member author, Member member) =>
        author.Role == Role.Owner || (author.Role == Role.Administrator && member.Role == Role.Member);

    private bool IsLastOwner(Member member) =>
        member.Role == Role.Owner && _members.Values.Count(other => other is { IsCurrent: true, Role: Role.Owner }) == 1;

    private bool IsByAdministrator<T>(SignedRecord<T> signed, Id author) where T : IRecord<T> =>
        FindMember(author) is { IsCurrent: true, Role: >= Role.Administrator } member && signed.IsBy(member.Record.SigningKey);

    /// <summary>Signed by its own key, with two keys that nobody had before: what an ended key signed must not come back with it.</summary>
    private bool IsFresh(SignedRecord<MemberRecord> member) =>
        !member.Record.SigningKey.Equals(member.Record.AgreementKey)
        && !_keys.Contains(member.Record.SigningKey)
        && !_keys.Contains(member.Record.AgreementKey)
        && member.IsBy(member.Record.SigningKey);

    private void TakeIn(MemberRecord record, Role role, long index)
    {
        var member = new Member(record.Member);
        member.Begin(record, index);
        member.SetRole(role, index);
        Remember(record);
        _members.Add(record.Member, member);
    }

    private void Remember(MemberRecord record)
    {
        _keys.Add(record.SigningKey);
        _keys.Add(record.AgreementKey);
    }
}
