using Contracts;
using NUnit.Framework;

namespace Suite.Unit.Sharing;

public class MembershipLogTests
{
    private Office _office = null!;

    [SetUp]
    public void Found() => _office = new Office();

    [Test]
    public void A_log_is_read_again_entry_by_entry()
    {
        var group = _office.Group(_office.Anna, _office.Bert);
        _office.Rekey(_office.Anna);
        _office.Remove(_office.Bert);
        _office.Must(_office.ServerOf(_office.Owner), _office.Owner);

        var log = _office.LogUpTo(_office.Head.Index);

        Assert.That(log.Head, Is.EqualTo(_office.Head));
        Assert.That(log.AuditsItems, Is.True);
        Assert.That(log.Server!.Addresses, Is.EqualTo(["https://office.example:8443"]));
        Assert.That(log.FindMember(_office.Administrator.Id)!.Role, Is.EqualTo(Role.Administrator));
        Assert.That(log.FindMember(_office.Bert.Id)!.IsCurrent, Is.False);
        Assert.That(log.FindMember(_office.Anna.Id)!.Record.SigningKey, Is.EqualTo(_office.Anna.Signing.Public));
        Assert.That(log.FindGroup(group)!.Members, Is.EqualTo([_office.Anna.Id]));
        Assert.That(log.FindGroup(group)!.NeedsKey, Is.True);
    }

    [Test]
    public void The_same_entries_again_are_known()
    {
        foreach (var entry in _office.Entries)
        {
            Assert.That(_office.Log.Append(entry), Is.EqualTo(LogVerdict.Known));
        }
    }

    [Test]
    public void Another_office_is_not_taken()
    {
        var other = new Office();

        Assert.That(_office.Log.Append(other.Entries[0]), Is.EqualTo(LogVerdict.WrongOffice));
        Assert.That(_office.Log.Append(other.Entries[1]), Is.EqualTo(LogVerdict.WrongOffice));
        Assert.That(new MembershipLog(_office.Id).Append(other.Entries[0]), Is.EqualTo(LogVerdict.WrongOffice));
    }

    [Test]
    public void Nothing_comes_before_genesis() =>
        Assert.That(new MembershipLog(_office.Id).Append(_office.Entries[1]), Is.EqualTo(LogVerdict.Gap));

    [Test]
    public void A_gap_is_not_jumped()
    {
        var log = _office.LogUpTo(1);

        Assert.That(log.Append(_office.Entries[3]), Is.EqualTo(LogVerdict.Gap));
        Assert.That(log.Append(_office.Entries[2]), Is.EqualTo(LogVerdict.Accepted));
        Assert.That(log.Append(_office.Entries[3]), Is.EqualTo(LogVerdict.Accepted));
    }

    [Test]
    public void A_second_history_is_a_fork()
    {
        var log = _office.LogUpTo(2);
        var head = log.Head!.Value;
        RemoveEntry Removal(long index, Hash previous) => new()
        {
            Place = new EntryPlace(_office.Id, index, previous, _office.Owner.Id),
            Time = 2,
            Member = _office.Anna.Id,
        };
        LogVerdict Append(LogEntry entry) => log.Append(SignedRecord.Sign(entry, _office.Owner.Signing));

        Assert.That(Append(Removal(2, _office.Entries[1].Hash)), Is.EqualTo(LogVerdict.Fork), "in the place of another");
        Assert.That(Append(Removal(3, _office.Entries[1].Hash)), Is.EqualTo(LogVerdict.Fork), "behind another than the head");
        Assert.That(log.Head, Is.EqualTo(head));
        Assert.That(Append(Removal(3, head.Hash)), Is.EqualTo(LogVerdict.Accepted));
        Assert.That(log.Append(_office.Entries[3]), Is.EqualTo(LogVerdict.Fork), "what the others have there");
        Assert.That(log.Contains(_office.Head), Is.False);
        Assert.That(log.Contains(new LogHead(3, _office.Entries[3].Hash)), Is.False);
        Assert.That(log.Contains(new LogHead(2, _office.Entries[2].Hash)), Is.True);
    }

    [Test]
    public void A_changed_byte_is_refused_wherever_it_is()
    {
        var entry = _office.Entries[^1];
        var log = _office.LogUpTo(_office.Head.Index - 1);

        for (var place = 0; place < entry.Bytes.Length; place++)
        {
            Assert.That(TakenWith(log, entry.Bytes.ToArray().With(place), entry.Signature.ToArray()), Is.False, $"byte {place}");
        }
        for (var place = 0; place < entry.Signature.Length; place++)
        {
            Assert.That(TakenWith(log, entry.Bytes.ToArray(), entry.Signature.ToArray().With(place)), Is.False, $"signature, byte {place}");
        }
        Assert.That(log.Append(entry), Is.EqualTo(LogVerdict.Accepted));
    }

    private static readonly (string Name, Func<Office, LogEntry> Entry, Func<Office, Person> Signer, LogVerdict Verdict)[] Rights =
    [
        ("an administrator adds a member", o => o.AddOf(new(), Role.Member, author: o.Administrator), o => o.Administrator, LogVerdict.Accepted),
        ("an administrator adds an administrator", o => o.AddOf(new(), Role.Administrator, author: o.Administrator), o => o.Administrator, LogVerdict.NotEntitled),
        ("an administrator adds an owner", o => o.AddOf(new(), Role.Owner, author: o.Administrator), o => o.Administrator, LogVerdict.NotEntitled),
        ("an owner adds an owner", o => o.AddOf(new(), Role.Owner), o => o.Owner, LogVerdict.Accepted),
        ("a member adds a member", o => o.AddOf(new(), author: o.Anna), o => o.Anna, LogVerdict.NotEntitled),
        ("a member signs in the owner's name", o => o.AddOf(new()), o => o.Anna, LogVerdict.WrongSignature),
        ("a stranger adds a member", o => o.AddOf(new(), author: new Person()), o => o.Anna, LogVerdict.WrongSignature),
        ("a member is added twice", o => o.AddOf(o.Anna), o => o.Owner, LogVerdict.WrongMember),

        ("an owner gives a role", o => o.RoleOf(o.Anna, Role.Administrator), o => o.Owner, LogVerdict.Accepted),
        ("an administrator gives a role", o => o.RoleOf(o.Anna, Role.Administrator, o.Administrator), o => o.Administrator, LogVerdict.NotEntitled),
        ("a member gives themselves a role", o => o.RoleOf(o.Anna, Role.Owner, o.Anna), o => o.Anna, LogVerdict.NotEntitled),
        ("the same role again", o => o.RoleOf(o.Anna, Role.Member), o => o.Owner, LogVerdict.NoChange),
        ("a role for nobody", o => o.RoleOf(new Person(), Role.Member), o => o.Owner, LogVerdict.NotThere),
        ("the last owner becomes a member", o => o.RoleOf(o.Owner, Role.Member), o => o.Owner, LogVerdict.LastOwner),

        ("an administrator removes a member", o => o.RemoveOf(o.Anna, o.Administrator), o => o.Administrator, LogVerdict.Accepted),
        ("an administrator removes the owner", o => o.RemoveOf(o.Owner, o.Administrator), o => o.Administrator, LogVerdict.NotEntitled),
        ("an administrator leaves", o => o.RemoveOf(o.Administrator, o.Administrator), o => o.Administrator, LogVerdict.Accepted),
        ("a member leaves", o => o.RemoveOf(o.Anna, o.Anna), o => o.Anna, LogVerdict.Accepted),
        ("a member removes another", o => o.RemoveOf(o.Bert, o.Anna), o => o.Anna, LogVerdict.NotEntitled),
        ("the last owner leaves", o => o.RemoveOf(o.Owner), o => o.Owner, LogVerdict.LastOwner),
        ("nobody is removed", o => o.RemoveOf(new Person()), o => o.Owner, LogVerdict.NotThere),

        ("an administrator re-keys a member", o => Renewed(o, o.Anna, o.Administrator), o => o.Administrator, LogVerdict.Accepted),
        ("an administrator re-keys the owner", o => Renewed(o, o.Owner, o.Administrator), o => o.Administrator, LogVerdict.NotEntitled),
        ("an administrator re-keys themselves", o => OwnRekey(o, o.Administrator), o => o.Administrator, LogVerdict.NotEntitled),
        ("a member re-keys themselves", o => OwnRekey(o, o.Anna), o => o.Anna, LogVerdict.NotEntitled),
        ("an owner re-keys themselves", o => OwnRekey(o, o.Owner), o => o.Owner, LogVerdict.Accepted),
        ("an owner re-keys an administrator", o => Renewed(o, o.Administrator, o.Owner), o => o.Owner, LogVerdict.Accepted),
        ("the same keys again", o => o.RekeyOf(o.Anna), o => o.Owner, LogVerdict.WrongMember),
        ("a stranger is re-keyed", o => o.RekeyOf(new Person()), o => o.Owner, LogVerdict.NotThere),

        ("an administrator founds a group", o => GroupOf(o, o.Administrator), o => o.Administrator, LogVerdict.Accepted),
        ("a member founds a group", o => GroupOf(o, o.Anna), o => o.Anna, LogVerdict.NotEntitled),
        ("a group with a stranger", o => GroupOf(o, o.Administrator, new Person()), o => o.Administrator, LogVerdict.NotThere),
        ("a key for no group", o => o.GroupRekeyOf(Id.New()), o => o.Administrator, LogVerdict.NotThere),

        ("an owner moves the server", o => o.ServerOf(o.Owner), o => o.Owner, LogVerdict.Accepted),
        ("an administrator moves the server", o => o.ServerOf(o.Administrator), o => o.Administrator, LogVerdict.NotEntitled),
    ];

    [Test]
    public void Each_may_do_what_the_role_allows()
    {
        foreach (var (name, entry, signer, verdict) in Rights)
        {
            var office = new Office();
            var head = office.Head;
            var made = entry(office);

            Assert.That(office.Try(made, signer(office)), Is.EqualTo(verdict), name);
            Assert.That(office.Head == head, Is.EqualTo(verdict != LogVerdict.Accepted), name);
        }
    }

    [Test]
    public void Who_was_removed_does_nothing_any_more_and_does_not_come_back()
    {
        _office.Remove(_office.Administrator);

        Assert.That(_office.Try(_office.AddOf(new(), author: _office.Administrator), _office.Administrator), Is.EqualTo(LogVerdict.WrongSignature));
        Assert.That(_office.Try(_office.AddOf(_office.Administrator), _office.Owner), Is.EqualTo(LogVerdict.WrongMember));
        _office.Administrator.Renew();
        Assert.That(_office.Try(_office.AddOf(_office.Administrator), _office.Owner), Is.EqualTo(LogVerdict.WrongMember));
        Assert.That(_office.Try(_office.RekeyOf(_office.Administrator), _office.Owner), Is.EqualTo(LogVerdict.NotThere));
    }

    [Test]
    public void The_old_key_ends_with_a_rekey()
    {
        var stolen = _office.Administrator.Signing;
        _office.Rekey(_office.Administrator);
        var entry = _office.AddOf(new(), author: _office.Administrator);

        Assert.That(_office.Log.Append(SignedRecord.Sign<LogEntry>(entry, stolen)), Is.EqualTo(LogVerdict.WrongSignature));
        Assert.That(_office.Try(entry, _office.Administrator), Is.EqualTo(LogVerdict.Accepted));
    }

    [Test]
    public void An_invitation_is_good_for_one_entry()
    {
        var invitation = Id.New();
        _office.Must(_office.AddOf(new(), invitation: invitation), _office.Owner);

        Assert.That(_office.Try(_office.AddOf(new(), invitation: invitation), _office.Owner), Is.EqualTo(LogVerdict.InvitationUsed));
        _office.Anna.Renew();
        Assert.That(_office.Try(_office.RekeyOf(_office.Anna) with { Invitation = invitation }, _office.Owner), Is.EqualTo(LogVerdict.InvitationUsed));
    }

    [Test]
    public void What_was_refused_has_not_used_the_invitation()
    {
        var invitation = Id.New();

        Assert.That(_office.Try(_office.AddOf(_office.Anna, invitation: invitation), _office.Owner), Is.EqualTo(LogVerdict.WrongMember));
        Assert.That(_office.Try(_office.AddOf(new(), invitation: invitation), _office.Owner), Is.EqualTo(LogVerdict.Accepted));
    }

    private static readonly (string Name, Func<Office, Person, SignedRecord<MemberRecord>> Member)[] WrongMembers =
    [
        ("signed by another", (o, p) => Person.RecordOf(p.Id, p.Signing.Public, p.Agreement.Public, 1, o.Anna.Signing)),
        ("a signing key that is another's", (o, p) => Person.RecordOf(p.Id, o.Anna.Signing.Public, p.Agreement.Public, 1, o.Anna.Signing)),
        ("an agreement key that is another's", (o, p) => Person.RecordOf(p.Id, p.Signing.Public, o.Anna.Agreement.Public, 1, p.Signing)),
        ("one key for both", (o, p) => Person.RecordOf(p.Id, p.Signing.Public, p.Signing.Public, 1, p.Signing)),
        ("an id that is another's", (o, p) => Person.RecordOf(o.Anna.Id, p.Signing.Public, p.Agreement.Public, 1, p.Signing)),
        ("an id that is a group's", (o, p) => Person.RecordOf(o.Log.Groups.First().Id, p.Signing.Public, p.Agreement.Public, 1, p.Signing)),
    ];

    [Test]
    public void A_member_record_brings_its_own_id_and_keys()
    {
        _office.Group(_office.Anna);
        foreach (var (name, member) in WrongMembers)
        {
            var person = new Person();

            Assert.That(
                _office.Try(_office.AddOf(person) with { Member = member(_office, person) }, _office.Owner),
                Is.EqualTo(LogVerdict.WrongMember),
                name);
        }
    }

    [Test]
    public void A_lower_counter_is_an_old_record()
    {
        _office.Rekey(_office.Anna);
        var keys = new Person();
        var old = Person.RecordOf(_office.Anna.Id, keys.Signing.Public, keys.Agreement.Public, 2, keys.Signing);

        Assert.That(_office.Try(_office.RekeyOf(_office.Anna) with { Member = old }, _office.Owner), Is.EqualTo(LogVerdict.WrongMember));
    }

    [Test]
    public void A_groups_key_ends_with_whoever_had_it()
    {
        Group Fresh()
        {
            var fresh = _office.Log.FindGroup(_office.Group(_office.Anna, _office.Bert))!;
            Assert.That(fresh.NeedsKey, Is.False);
            return fresh;
        }

        var left = Fresh();
        _office.Leave(left.Id, _office.Bert);
        Assert.That(left.NeedsKey, Is.True, "somebody left");
        _office.RekeyGroup(left.Id);
        Assert.That((left.NeedsKey, left.Epoch), Is.EqualTo((false, 2L)));

        var rekeyed = Fresh();
        _office.Rekey(_office.Anna);
        Assert.That(rekeyed.NeedsKey, Is.True, "somebody was re-keyed");
        Assert.That(rekeyed.Members, Has.Member(_office.Anna.Id));

        var removed = Fresh();
        _office.Remove(_office.Bert);
        Assert.That(removed.NeedsKey, Is.True, "somebody was removed");
        Assert.That(removed.Members, Is.EqualTo([_office.Anna.Id]));
    }

    [Test]
    public void A_group_takes_only_its_next_key_and_only_changes()
    {
        var group = _office.Group(_office.Anna);
        var again = _office.GroupRekeyOf(group) with { Epoch = 1 };
        var used = _office.GroupRekeyOf(group) with { AgreementKey = _office.Log.FindGroup(group)!.Key!.AgreementKey };
        GroupMemberEntry Membership(Person person, bool joins) =>
            new() { Place = _office.PlaceBy(_office.Administrator), Time = 1, Group = group, Member = person.Id, Joins = joins };

        Assert.That(_office.Try(again, _office.Administrator), Is.EqualTo(LogVerdict.NoChange));
        Assert.That(_office.Try(_office.GroupRekeyOf(group) with { Epoch = 3 }, _office.Administrator), Is.EqualTo(LogVerdict.NoChange));
        Assert.That(_office.Try(used, _office.Administrator), Is.EqualTo(LogVerdict.NoChange));
        Assert.That(_office.Try(_office.GroupRekeyOf(group, _office.Anna), _office.Anna), Is.EqualTo(LogVerdict.NotEntitled));
        Assert.That(_office.Try(Membership(_office.Anna, joins: true), _office.Administrator), Is.EqualTo(LogVerdict.NoChange));
        Assert.That(_office.Try(Membership(_office.Bert, joins: false), _office.Administrator), Is.EqualTo(LogVerdict.NoChange));
        Assert.That(_office.Try(Membership(new Person(), joins: true), _office.Administrator), Is.EqualTo(LogVerdict.NotThere));
        Assert.That(_office.Try(Membership(_office.Bert, joins: true), _office.Administrator), Is.EqualTo(LogVerdict.Accepted));
    }

    [Test]
    public void A_beacon_is_an_administrators_over_a_head_of_this_log()
    {
        SignedRecord<Beacon> Signed(Person author, LogHead head, Id? office = null) => SignedRecord.Sign(
            new Beacon { Office = office ?? _office.Id, Time = 1, Head = head, Author = author.Id }, author.Signing);

        Assert.That(_office.Log.Vouches(Signed(_office.Administrator, _office.Head)), Is.True);
        Assert.That(_office.Log.Vouches(Signed(_office.Owner, new LogHead(1, _office.Entries[1].Hash))), Is.True);
        Assert.That(_office.Log.Vouches(Signed(_office.Anna, _office.Head)), Is.False);
        Assert.That(_office.Log.Vouches(Signed(_office.Owner, _office.Head with { Index = 1 })), Is.False);
        Assert.That(_office.Log.Vouches(Signed(_office.Owner, _office.Head with { Index = 99 })), Is.False);
        Assert.That(_office.Log.Vouches(Signed(_office.Owner, _office.Head, Id.New())), Is.False);
        _office.Remove(_office.Administrator);
        Assert.That(_office.Log.Vouches(Signed(_office.Administrator, _office.Head)), Is.False);
    }

    [TestCase(0, BeaconAge.Fresh)]
    [TestCase(14, BeaconAge.Fresh)]
    [TestCase(15, BeaconAge.Old)]
    [TestCase(30, BeaconAge.Old)]
    [TestCase(31, BeaconAge.TooOldForGrants)]
    public void An_old_beacon_is_a_notice_and_then_ends_new_grants(int days, BeaconAge age)
    {
        var now = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        var beacon = new Beacon { Office = _office.Id, Time = now.AddDays(-days).ToUnixTimeMilliseconds(), Head = _office.Head, Author = _office.Owner.Id };

        Assert.That(beacon.AgeAt(now), Is.EqualTo(age));
    }

    [Test]
    public void A_profile_is_the_one_that_the_member_named_or_a_later_one_of_theirs()
    {
        using var key = SigningKey.New();
        MemberProfile ProfileOf(string name, long counter) =>
            new() { Member = _office.Anna.Id, Counter = counter, Salt = new byte[32], Name = name, Mail = "" };
        var named = SignedRecord.Sign(ProfileOf("Anna", 3), key);
        var member = _office.Anna.Record.Record with { SigningKey = key.Public, Counter = 3, Profile = named.Hash };

        Assert.That(MemberProfile.IsOf(named, member), Is.True);
        Assert.That(MemberProfile.IsOf(SignedRecord.Sign(ProfileOf("Anna B.", 4), key), member), Is.True);
        Assert.That(MemberProfile.IsOf(SignedRecord.Sign(ProfileOf("Bert", 3), key), member), Is.False);
        Assert.That(MemberProfile.IsOf(SignedRecord.Sign(ProfileOf("Anna", 2), key), member), Is.False);
        Assert.That(MemberProfile.IsOf(SignedRecord.Sign(ProfileOf("Bert", 4), _office.Bert.Signing), member), Is.False);
        Assert.That(MemberProfile.IsOf(SignedRecord.Sign(ProfileOf("Anna", 4) with { Member = _office.Bert.Id }, key), member), Is.False);
    }

    private static bool TakenWith(MembershipLog log, byte[] bytes, byte[] signature)
    {
        try
        {
            return log.Append(SignedRecord.Decode<LogEntry>(bytes, signature)) is LogVerdict.Accepted or LogVerdict.Known;
        }
        catch (ContractException)
        {
            return false;
        }
    }

    private static RekeyEntry Renewed(Office office, Person person, Person author)
    {
        var entry = office.RekeyOf(person, author);
        person.Renew();
        return entry with { Member = person.Record };
    }

    /// <summary>A new record for somebody who signs the entry with the old key.</summary>
    private static RekeyEntry OwnRekey(Office office, Person person)
    {
        var keys = new Person();
        var record = Person.RecordOf(person.Id, keys.Signing.Public, keys.Agreement.Public, 2, keys.Signing);
        return office.RekeyOf(person, person) with { Member = record };
    }

    private static GroupEntry GroupOf(Office office, Person author, params Person[] people) =>
        new() { Place = office.PlaceBy(author), Time = 1, Members = [.. people.Select(person => person.Id).Order()] };
}
