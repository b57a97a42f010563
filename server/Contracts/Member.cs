namespace Contracts;

/// <summary>A member of an office, current or former, with everything the log has said so far.</summary>
public sealed class Member
{
    private readonly List<(MemberRecord Record, long From)> _records = [];
    private readonly List<long> _ends = [];
    private readonly List<(Role Role, long From)> _roles = [];

    internal Member(Id id) => Id = id;

    /// <summary>The member's id.</summary>
    public Id Id { get; }

    /// <summary>Whether the membership goes on.</summary>
    public bool IsCurrent => _ends.Count < _records.Count;

    /// <summary>The last role.</summary>
    public Role Role => _roles[^1].Role;

    /// <summary>The last member record.</summary>
    public MemberRecord Record => _records[^1].Record;

    /// <summary>The places at which keys of this member ended.</summary>
    internal IReadOnlyList<long> KeyEnds => _ends;

    /// <summary>The places at which the membership began or ended, or went on with other keys.</summary>
    internal IEnumerable<long> Turns => _records.Select(record => record.From).Concat(_ends);

    /// <summary>The record that held at a place, the entry there included.</summary>
    /// <returns><see langword="null"/> if the member was none then.</returns>
    internal MemberRecord? RecordAt(long index)
    {
        var number = _records.FindLastIndex(record => record.From <= index);
        return number < 0 || (number < _ends.Count && _ends[number] <= index) ? null : _records[number].Record;
    }

    /// <summary>The role at a place, the entry there included.</summary>
    internal Role RoleAt(long index) => _roles.FindLast(role => role.From <= index).Role;

    internal void Begin(MemberRecord record, long index) => _records.Add((record, index));

    internal void End(long index) => _ends.Add(index);

    internal void SetRole(Role role, long index) => _roles.Add((role, index));
}

/// <summary>A group of an office.</summary>
public sealed class Group
{
    private readonly List<(Id Member, long From, long? To)> _stays = [];
    private readonly List<long> _ends = [];
    private long? _keySince;
    private long? _firstKey;

    internal Group(Id id) => Id = id;

    /// <summary>The group's id.</summary>
    public Id Id { get; }

    /// <summary>The number of its key; 0 before the first.</summary>
    public long Epoch { get; private set; }

    /// <summary>The entry that gave it its key; <see langword="null"/> before the first.</summary>
    public GroupRekeyEntry? Key { get; private set; }

    /// <summary>Whether it needs a new key before anything is wrapped for it: it has none, or somebody who had it is gone or was re-keyed.</summary>
    public bool NeedsKey => _keySince is not { } since || _ends.Any(index => index > since);

    /// <summary>Who is in it.</summary>
    public IEnumerable<Id> Members => _stays.Where(stay => stay.To is null).Select(stay => stay.Member);

    /// <summary>The places at which keys of this group ended.</summary>
    internal IReadOnlyList<long> KeyEnds => _ends;

    /// <summary>The places at which a member came into the group or left it.</summary>
    internal IEnumerable<long> TurnsOf(Id member) =>
        _stays.Where(stay => stay.Member == member).SelectMany(stay => stay.To is { } to ? [stay.From, to] : new[] { stay.From });

    internal bool HasMemberAt(Id member, long index) =>
        _stays.Any(stay => stay.Member == member && stay.From <= index && (stay.To is not { } to || index < to));

    internal bool HasAnybodyAt(long index) => _stays.Any(stay => stay.From <= index && (stay.To is not { } to || index < to));

    internal bool HasKeyAt(long index) => _firstKey <= index;

    internal void Join(Id member, long index) => _stays.Add((member, index, null));

    internal void Leave(Id member, long index)
    {
        var number = _stays.FindLastIndex(stay => stay.Member == member);
        _stays[number] = _stays[number] with { To = index };
        EndKey(index);
    }

    internal void EndKey(long index) => _ends.Add(index);

    internal void Rekey(GroupRekeyEntry entry, long index)
    {
        if (Key is not null)
        {
            EndKey(index);
        }
        Key = entry;
        Epoch = entry.Epoch;
        _keySince = index;
        _firstKey ??= index;
    }
}
