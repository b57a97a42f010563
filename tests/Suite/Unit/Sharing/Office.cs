using Contracts;
using Vault.Sharing;

namespace Suite.Unit.Sharing;

/// <summary>A person with keys, for the tests of log and items.</summary>
internal sealed class Person
{
    private long _counter;

    public Person() => Renew();

    public Id Id { get; } = Id.New();

    public SigningKey Signing { get; private set; } = null!;

    public AgreementKey Agreement { get; private set; } = null!;

    public SignedRecord<MemberRecord> Record { get; private set; } = null!;

    /// <summary>New keys under the same id.</summary>
    public void Renew()
    {
        Signing = SigningKey.New();
        Agreement = AgreementKey.New();
        Record = RecordOf(Id, Signing.Public, Agreement.Public, ++_counter, Signing);
    }

    public static SignedRecord<MemberRecord> RecordOf(Id member, PublicKey signing, PublicKey agreement, long counter, SigningKey signer) =>
        SignedRecord.Sign(
            new MemberRecord
            {
                Member = member,
                SigningKey = signing,
                AgreementKey = agreement,
                Counter = counter,
                Profile = Hash.Of("profile"u8),
            },
            signer);
}

/// <summary>An office with an owner, an administrator and three members, and a log that grows by one call each.</summary>
internal sealed class Office
{
    private readonly List<SignedRecord<LogEntry>> _entries = [];

    public Office()
    {
        var genesis = SignedRecord.Sign<LogEntry>(
            new Genesis { Nonce = Id.New().ToArray().Concat(Id.New().ToArray()).ToArray(), Time = 1, Owner = Owner.Record, AuditsItems = true },
            Owner.Signing);
        Id = Id.Of(genesis.Hash);
        Log = new MembershipLog(Id);
        Append(genesis);
        Add(Administrator, Role.Administrator);
        Add(Anna);
        Add(Bert);
        Add(Carla);
    }

    public Id Id { get; }

    public MembershipLog Log { get; }

    public Person Owner { get; } = new();

    public Person Administrator { get; } = new();

    public Person Anna { get; } = new();

    public Person Bert { get; } = new();

    public Person Carla { get; } = new();

    public LogHead Head => Log.Head!.Value;

    public IReadOnlyList<SignedRecord<LogEntry>> Entries => _entries;

    public void Add(Person person, Role role = Role.Member) => Must(AddOf(person, role), Owner);

    public void Remove(Person person) => Must(RemoveOf(person), Owner);

    public void Rekey(Person person)
    {
        person.Renew();
        Must(RekeyOf(person), Owner);
    }

    /// <summary>A group with these in it, and a key.</summary>
    public Id Group(params Person[] people)
    {
        var entry = Must(new GroupEntry { Place = PlaceBy(Administrator), Time = 1, Members = [.. people.Select(person => person.Id).Order()] }, Administrator);
        var group = Contracts.Id.Of(entry.Hash);
        RekeyGroup(group);
        return group;
    }

    public void RekeyGroup(Id group) => Must(GroupRekeyOf(group), Administrator);

    public void Leave(Id group, Person person) =>
        Must(new GroupMemberEntry { Place = PlaceBy(Administrator), Time = 1, Group = group, Member = person.Id, Joins = false }, Administrator);

    public AddEntry AddOf(Person person, Role role = Role.Member, Id? invitation = null, Person? author = null) => new()
    {
        Place = PlaceBy(author ?? Owner),
        Time = 1,
        Invitation = invitation ?? Contracts.Id.New(),
        Role = role,
        Member = person.Record,
    };

    public RemoveEntry RemoveOf(Person person, Person? author = null) => new() { Place = PlaceBy(author ?? Owner), Time = 1, Member = person.Id };

    public RoleEntry RoleOf(Person person, Role role, Person? author = null) =>
        new() { Place = PlaceBy(author ?? Owner), Time = 1, Member = person.Id, Role = role };

    public RekeyEntry RekeyOf(Person person, Person? author = null) =>
        new() { Place = PlaceBy(author ?? Owner), Time = 1, Invitation = Contracts.Id.New(), Member = person.Record };

    public GroupRekeyEntry GroupRekeyOf(Id group, Person? author = null) => new()
    {
        Place = PlaceBy(author ?? Administrator),
        Time = 1,
        Group = group,
        Epoch = (Log.FindGroup(group)?.Epoch ?? 0) + 1,
        AgreementKey = new Person().Agreement.Public,
        Wraps = Hash.Of("wraps"u8),
    };

    public ServerEntry ServerOf(Person author) => new()
    {
        Place = PlaceBy(author),
        Time = 1,
        Pins = [Hash.Of("pin"u8)],
        Addresses = ["https://office.example:8443"],
    };

    public EntryPlace PlaceBy(Person author) => new(Id, Head.Index + 1, Head.Hash, author.Id);

    public LogVerdict Try(LogEntry entry, Person signer) => Log.Append(SignedRecord.Sign(entry, signer.Signing));

    public SignedRecord<LogEntry> Must(LogEntry entry, Person signer) => Append(SignedRecord.Sign(entry, signer.Signing));

    /// <summary>A log of its own with the entries up to an index.</summary>
    public MembershipLog LogUpTo(long index)
    {
        var log = new MembershipLog(Id);
        foreach (var entry in _entries.Take((int)index + 1))
        {
            log.Append(entry);
        }
        return log;
    }

    private SignedRecord<LogEntry> Append(SignedRecord<LogEntry> entry)
    {
        var verdict = Log.Append(entry);
        if (verdict != LogVerdict.Accepted)
        {
            throw new InvalidOperationException($"the test's own entry was not taken: {verdict}");
        }
        _entries.Add(entry);
        return entry;
    }
}
