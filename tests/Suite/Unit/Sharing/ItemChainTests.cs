using Contracts;
using NUnit.Framework;

namespace Suite.Unit.Sharing;

/// <summary>Anna manages, Bert writes, Carla reads; everything else is said in the test.</summary>
public class ItemChainTests
{
    private Office _office = null!;
    private SharedItem _item = null!;

    [SetUp]
    public void Share()
    {
        _office = new Office();
        _item = new SharedItem(_office, _office.Anna, (_office.Anna.Id, Right.Manage), (_office.Bert.Id, Right.Write), (_office.Carla.Id, Right.Read));
    }

    [Test]
    public void An_item_is_made_shared_and_changed()
    {
        Assert.That(_item.Give(_item.Content(_office.Anna)), Is.EqualTo(Judgement.Accepted));
        Assert.That(_item.Give(_item.Content(_office.Bert)), Is.EqualTo(Judgement.Accepted));
        Assert.That(_item.Give(_item.Grants(_office.Anna, (_office.Anna.Id, Right.Manage), (_office.Bert.Id, Right.Manage), (_office.Carla.Id, Right.Read))), Is.EqualTo(Judgement.Accepted));
        Assert.That(_item.Give(_item.Content(_office.Bert)), Is.EqualTo(Judgement.Accepted));
        Assert.That(_item.Give(_item.Removal(_office.Bert)), Is.EqualTo(Judgement.Accepted));

        Assert.That(_item.Chain.RecordCounts, Is.True);
        Assert.That(_item.Chain.EnvelopeCounts, Is.True);
        Assert.That(_item.Chain.Envelope!.Record.IsRemoval, Is.True);
    }

    [Test]
    public void Who_catches_up_gives_all_records_and_the_last_envelope()
    {
        for (var revision = 1; revision <= 3; revision++)
        {
            _item.Give(_item.Content(_office.Bert));
        }
        _item.Give(_item.Rekey(_office.Bert));
        _item.Give(_item.Content(_office.Bert));

        var chain = new ItemChain(_office.Log, _item.Id);
        Assert.That(_item.Records.Select(record => chain.Take(record)), Is.All.EqualTo(Judgement.Accepted));
        Assert.That(chain.Take(_item.Envelopes[^1]), Is.EqualTo(Judgement.Accepted));
        Assert.That(chain.Memory, Is.EqualTo(_item.Chain.Memory));
    }

    [Test]
    public void The_same_again_changes_nothing()
    {
        _item.Give(_item.Content(_office.Bert));
        var memory = _item.Chain.Memory;

        Assert.That(_item.Chain.Take(_item.Records[0]), Is.EqualTo(Judgement.Accepted));
        Assert.That(_item.Chain.Take(_item.Envelopes[0]), Is.EqualTo(Judgement.Accepted));
        Assert.That(_item.Chain.Memory, Is.EqualTo(memory));
    }

    private static readonly (string Name, Func<ItemChainTests, (AccessRecord Record, Person Signer)> Make, ItemRefusal Refusal)[] Records =
    [
        ("a writer changes grants", t => (t._item.Grants(t._office.Bert, (t._office.Bert.Id, Right.Manage)) with { Epoch = 2, Commitment = NewKey }, t._office.Bert), ItemRefusal.NotEntitled),
        ("a reader starts an epoch", t => (t._item.Rekey(t._office.Carla), t._office.Carla), ItemRefusal.NotEntitled),
        ("a member without grant", t => (t._item.Rekey(t._office.Administrator), t._office.Administrator), ItemRefusal.NotEntitled),
        ("an owner without grant", t => (t._item.Rekey(t._office.Owner), t._office.Owner), ItemRefusal.NotEntitled),
        ("a writer signs in the manager's name", t => (t._item.Rekey(t._office.Anna), t._office.Bert), ItemRefusal.WrongSignature),
        ("a stranger", t => (t._item.Rekey(new Person()), t._office.Anna), ItemRefusal.WrongSignature),
        ("another office", t => (t._item.Rekey(t._office.Anna) with { Office = Id.New() }, t._office.Anna), ItemRefusal.WrongItem),
        ("another item", t => (t._item.Rekey(t._office.Anna) with { Item = Id.New() }, t._office.Anna), ItemRefusal.WrongItem),
        ("a version is missing", t => (t._item.Rekey(t._office.Anna) with { Version = 3 }, t._office.Anna), ItemRefusal.Gap),
        ("behind another record", t => (t._item.Rekey(t._office.Anna) with { Previous = NewKey }, t._office.Anna), ItemRefusal.Fork),
        ("a log that we do not have", t => (t._item.Rekey(t._office.Anna) with { LogHead = new LogHead(99, NewKey) }, t._office.Anna), ItemRefusal.UnknownLogHead),
        ("another history of the log", t => (t._item.Rekey(t._office.Anna) with { LogHead = t._office.Head with { Hash = NewKey } }, t._office.Anna), ItemRefusal.UnknownLogHead),
        ("an older log than before", t => (t._item.Rekey(t._office.Anna) with { LogHead = new LogHead(3, t._office.Entries[3].Hash) }, t._office.Anna), ItemRefusal.LogWentBack),
        ("nobody manages", t => (t._item.Grants(t._office.Anna, (t._office.Anna.Id, Right.Write), (t._office.Bert.Id, Right.Write), (t._office.Carla.Id, Right.Read)), t._office.Anna), ItemRefusal.NoManager),
        ("a stranger is granted", t => (t._item.Grants(t._office.Anna, (t._office.Anna.Id, Right.Manage), (t._office.Bert.Id, Right.Write), (t._office.Carla.Id, Right.Read), (Id.New(), Right.Read)), t._office.Anna), ItemRefusal.WrongPrincipal),
        ("somebody is dropped without a new epoch", t => (t._item.Grants(t._office.Anna, (t._office.Anna.Id, Right.Manage)), t._office.Anna), ItemRefusal.EpochDue),
        ("a new epoch with the old key", t => (t._item.Rekey(t._office.Anna) with { Commitment = t._item.Records[0].Record.Commitment }, t._office.Anna), ItemRefusal.WrongEpoch),
        ("a new key in the old epoch", t => (t._item.Rekey(t._office.Anna) with { Epoch = 1 }, t._office.Anna), ItemRefusal.WrongEpoch),
        ("an epoch is jumped", t => (t._item.Rekey(t._office.Anna) with { Epoch = 3 }, t._office.Anna), ItemRefusal.WrongEpoch),
        ("an item's head that is not there", t => (t._item.Rekey(t._office.Anna) with { ItemHead = new ItemHead(1, NewKey) }, t._office.Anna), ItemRefusal.WrongItemHead),
        ("an item's head that has gone by", t => (t._item.Rekey(t._office.Anna) with { ItemHead = default }, t._office.Anna), ItemRefusal.WrongItemHead),
        ("lowering write to read needs no new epoch", t => (t._item.Grants(t._office.Anna, (t._office.Anna.Id, Right.Manage), (t._office.Bert.Id, Right.Read), (t._office.Carla.Id, Right.Read)), t._office.Anna), ItemRefusal.None),
        ("a writer starts an epoch", t => (t._item.Rekey(t._office.Bert), t._office.Bert), ItemRefusal.None),
    ];

    [Test]
    public void A_record_is_judged()
    {
        foreach (var (name, make, refusal) in Records)
        {
            Share();
            _item.Give(_item.Content(_office.Anna));
            var (record, signer) = make(this);

            Assert.That(_item.Chain.Take(SignedRecord.Sign(record, signer.Signing)).Refusal, Is.EqualTo(refusal), name);
        }
    }

    private static readonly (string Name, Func<ItemChainTests, (Envelope Envelope, Person Signer)> Make, ItemRefusal Refusal)[] Envelopes =
    [
        ("a reader writes", t => (t._item.Content(t._office.Carla), t._office.Carla), ItemRefusal.NotEntitled),
        ("an owner without grant writes", t => (t._item.Content(t._office.Owner), t._office.Owner), ItemRefusal.NotEntitled),
        ("a writer removes", t => (t._item.Removal(t._office.Bert), t._office.Bert), ItemRefusal.NotEntitled),
        ("a reader signs in the writer's name", t => (t._item.Content(t._office.Bert), t._office.Carla), ItemRefusal.WrongSignature),
        ("another office", t => (t._item.Content(t._office.Bert) with { Office = Id.New() }, t._office.Bert), ItemRefusal.WrongItem),
        ("another item", t => (t._item.Content(t._office.Bert) with { Item = Id.New() }, t._office.Bert), ItemRefusal.WrongItem),
        ("a lower revision", t => (t._item.Content(t._office.Bert) with { Revision = 1, Previous = null }, t._office.Bert), ItemRefusal.WentBack),
        ("the same revision with another content", t => (t._item.Content(t._office.Bert) with { Revision = 2 }, t._office.Bert), ItemRefusal.Fork),
        ("behind another revision", t => (t._item.Content(t._office.Bert) with { Previous = NewKey }, t._office.Bert), ItemRefusal.Fork),
        ("a record that is not there", t => (t._item.Content(t._office.Bert) with { RecordVersion = 3 }, t._office.Bert), ItemRefusal.Gap),
        ("the record before", t => (t._item.Content(t._office.Bert) with { RecordVersion = 1, Epoch = 1 }, t._office.Bert), ItemRefusal.WrongItemHead),
        ("an epoch that is not the record's", t => (t._item.Content(t._office.Bert) with { Epoch = 1 }, t._office.Bert), ItemRefusal.WrongEpoch),
        ("a log that we do not have", t => (t._item.Content(t._office.Bert) with { LogHead = new LogHead(99, NewKey) }, t._office.Bert), ItemRefusal.UnknownLogHead),
        ("an older log than before", t => (t._item.Content(t._office.Bert) with { LogHead = new LogHead(3, t._office.Entries[3].Hash) }, t._office.Bert), ItemRefusal.LogWentBack),
        ("as it should be", t => (t._item.Content(t._office.Bert), t._office.Bert), ItemRefusal.None),
    ];

    [Test]
    public void An_envelope_is_judged()
    {
        foreach (var (name, make, refusal) in Envelopes)
        {
            Share();
            _item.Give(_item.Content(_office.Anna));
            _item.Give(_item.Rekey(_office.Anna));
            _item.Give(_item.Content(_office.Anna));
            var (envelope, signer) = make(this);

            Assert.That(_item.Chain.Take(SignedRecord.Sign(envelope, signer.Signing)).Refusal, Is.EqualTo(refusal), name);
        }
    }

    [Test]
    public void A_changed_byte_of_a_record_or_envelope_is_refused_wherever_it_is()
    {
        var content = _item.Content(_office.Bert);
        _item.Give(content);
        var second = SignedRecord.Sign(_item.Rekey(_office.Bert), _office.Bert.Signing);

        for (var place = 0; place < second.Bytes.Length; place++)
        {
            Assert.That(IsRefused(() => _item.Chain.Take(SignedRecord.Decode<AccessRecord>(second.Bytes.ToArray().With(place), second.Signature))), Is.True, $"record, byte {place}");
        }
        var next = SignedRecord.Sign(_item.Content(_office.Bert), _office.Bert.Signing);
        for (var place = 0; place < next.Bytes.Length; place++)
        {
            Assert.That(IsRefused(() => _item.Chain.Take(SignedRecord.Decode<Envelope>(next.Bytes.ToArray().With(place), next.Signature))), Is.True, $"envelope, byte {place}");
        }
        Assert.That(_item.Chain.Take(next), Is.EqualTo(Judgement.Accepted));
        Assert.That(_item.Chain.Take(second).Refusal, Is.EqualTo(ItemRefusal.WrongItemHead), "it was made before that revision");
    }

    [Test]
    public void A_right_taken_away_is_used_in_vain()
    {
        _item.Give(_item.Content(_office.Bert));
        _item.Give(_item.Grants(_office.Anna, (_office.Anna.Id, Right.Manage), (_office.Bert.Id, Right.Read), (_office.Carla.Id, Right.Read)));

        Assert.That(_item.Chain.EnvelopeCounts, Is.True, "what was accepted stays");
        Assert.That(_item.Give(_item.Content(_office.Bert)).Refusal, Is.EqualTo(ItemRefusal.NotEntitled));
    }

    [Test]
    public void An_envelope_of_somebody_who_lost_the_right_counts_where_the_head_record_names_it()
    {
        _item.Give(_item.Content(_office.Bert));
        var content = SignedRecord.Sign(_item.Content(_office.Bert), _office.Bert.Signing);
        _item.Give(content.Record);
        _item.Give(_item.Grants(_office.Anna, (_office.Anna.Id, Right.Manage), (_office.Bert.Id, Right.Read), (_office.Carla.Id, Right.Read)));

        var chain = CaughtUp();
        Assert.That(chain.Take(SignedRecord.Sign(content.Record, _office.Bert.Signing)), Is.EqualTo(Judgement.Accepted), "whatever the signature's own bytes");
        Assert.That(CaughtUp().Take(_item.Envelopes[0]), Is.EqualTo(Judgement.Waits), "not the revision before it");
    }

    [Test]
    public void Backdating_by_somebody_who_was_removed_waits_and_is_never_accepted_by_itself()
    {
        _item.Give(_item.Content(_office.Anna));
        var backdated = _item.Content(_office.Bert);
        var grab = _item.Rekey(_office.Bert);
        _office.Remove(_office.Bert);

        Assert.That(CaughtUp().Take(SignedRecord.Sign(backdated, _office.Bert.Signing)), Is.EqualTo(Judgement.Waits));
        var chain = CaughtUp();
        Assert.That(chain.Take(SignedRecord.Sign(grab, _office.Bert.Signing)), Is.EqualTo(Judgement.Waits));
        Assert.That(chain.RecordCounts, Is.False);
        Assert.That(_item.Give(backdated with { LogHead = _office.Head }).Refusal, Is.EqualTo(ItemRefusal.WrongSignature), "not as of now");
    }

    [Test]
    public void What_waits_counts_once_somebody_entitled_follows()
    {
        _item.Give(_item.Content(_office.Anna));
        _item.Give(_item.Rekey(_office.Bert));
        _item.Give(_item.Content(_office.Bert));
        _office.Remove(_office.Bert);
        var chain = new ItemChain(_office.Log, _item.Id);
        Assert.That(_item.Records.Select(record => chain.Take(record).Verdict), Is.EqualTo([Verdict.Accepted, Verdict.Waits]));
        Assert.That(chain.Take(_item.Envelopes[^1]), Is.EqualTo(Judgement.Waits));

        var confirmed = SignedRecord.Sign(_item.Rekey(_office.Anna, less: _office.Bert), _office.Anna.Signing);
        Assert.That(chain.Take(confirmed), Is.EqualTo(Judgement.Accepted));

        Assert.That(chain.RecordCounts, Is.True);
        Assert.That(chain.EnvelopeCounts, Is.True, "the record names exactly this envelope");
        Assert.That(chain.Take(_item.Records[1]), Is.EqualTo(Judgement.Accepted));
    }

    [Test]
    public void What_was_accepted_earlier_stays_accepted()
    {
        _item.Give(_item.Content(_office.Anna));
        var record = SignedRecord.Sign(_item.Rekey(_office.Bert), _office.Bert.Signing);
        _item.Give(record.Record);
        var content = SignedRecord.Sign(_item.Content(_office.Bert), _office.Bert.Signing);
        _office.Remove(_office.Bert);

        var chain = new ItemChain(_office.Log, _item.Id);
        chain.Take(_item.Records[0]);
        Assert.That(chain.Take(_item.Records[1], wasAccepted: true), Is.EqualTo(Judgement.Accepted));
        Assert.That(chain.Take(content, wasAccepted: true), Is.EqualTo(Judgement.Accepted));
    }

    [Test]
    public void Nothing_is_sealed_for_a_key_that_has_ended()
    {
        _item.Give(_item.Content(_office.Anna));
        _office.Remove(_office.Carla);

        Assert.That(_item.Give(_item.Content(_office.Bert)).Refusal, Is.EqualTo(ItemRefusal.EpochDue), "removed");
        Assert.That(_item.Give(_item.Rekey(_office.Bert)).Refusal, Is.EqualTo(ItemRefusal.WrongPrincipal), "still granted");
        Assert.That(_item.Give(_item.Rekey(_office.Bert, less: _office.Carla)), Is.EqualTo(Judgement.Accepted));
        Assert.That(_item.Give(_item.Content(_office.Bert)), Is.EqualTo(Judgement.Accepted));

        _office.Rekey(_office.Anna);
        Assert.That(_item.Give(_item.Content(_office.Bert)).Refusal, Is.EqualTo(ItemRefusal.EpochDue), "re-keyed");
        Assert.That(_item.Give(_item.SameEpoch(_office.Anna)).Refusal, Is.EqualTo(ItemRefusal.EpochDue), "a record does not heal it");
        Assert.That(_item.Give(_item.Rekey(_office.Bert)), Is.EqualTo(Judgement.Accepted));
        Assert.That(_item.Give(_item.Content(_office.Bert)), Is.EqualTo(Judgement.Accepted));
    }

    [Test]
    public void A_group_holds_what_its_members_of_the_time_hold()
    {
        var group = _office.Group(_office.Bert, _office.Carla);
        _item = new SharedItem(_office, _office.Anna, (_office.Anna.Id, Right.Manage), (group, Right.Write));
        Assert.That(_item.Give(_item.Content(_office.Bert)), Is.EqualTo(Judgement.Accepted));
        var backdated = _item.Content(_office.Bert);

        _office.Leave(group, _office.Bert);
        _office.RekeyGroup(group);

        Assert.That(_item.Give(_item.Content(_office.Bert)).Refusal, Is.EqualTo(ItemRefusal.NotEntitled));
        Assert.That(CaughtUp().Take(SignedRecord.Sign(backdated, _office.Bert.Signing)), Is.EqualTo(Judgement.Waits));
        Assert.That(_item.Give(_item.Content(_office.Carla)).Refusal, Is.EqualTo(ItemRefusal.EpochDue), "the group's old key has ended");
        Assert.That(_item.Give(_item.Rekey(_office.Carla)), Is.EqualTo(Judgement.Accepted));
        Assert.That(_item.Give(_item.Content(_office.Carla)), Is.EqualTo(Judgement.Accepted));
    }

    [Test]
    public void A_group_without_key_is_no_principal()
    {
        var entry = _office.Must(
            new GroupEntry { Place = _office.PlaceBy(_office.Administrator), Time = 1, Members = [_office.Bert.Id] }, _office.Administrator);
        var group = Id.Of(entry.Hash);
        AccessRecord WithGroup() => _item.Grants(
            _office.Anna, (_office.Anna.Id, Right.Manage), (_office.Bert.Id, Right.Write), (_office.Carla.Id, Right.Read), (group, Right.Read));

        Assert.That(_item.Give(WithGroup()).Refusal, Is.EqualTo(ItemRefusal.WrongPrincipal));
        _office.RekeyGroup(group);
        Assert.That(_item.Give(WithGroup()), Is.EqualTo(Judgement.Accepted));
    }

    [Test]
    public void An_orphan_is_adopted_by_an_owner_and_by_nobody_else()
    {
        _item.Give(_item.Content(_office.Anna));
        AccessRecord Adoption(Person author, Id heir, Right right = Right.Manage) => _item.SameEpoch(author) with
        {
            Grants = [.. _item.Records[^1].Record.Grants.Select(grant => grant.Principal == heir ? grant with { Right = right } : grant)],
        };

        Assert.That(_item.Give(Adoption(_office.Owner, _office.Carla.Id)).Refusal, Is.EqualTo(ItemRefusal.NotEntitled), "Anna still manages");
        _office.Remove(_office.Anna);

        Assert.That(_item.Give(Adoption(_office.Administrator, _office.Carla.Id)).Refusal, Is.EqualTo(ItemRefusal.NotEntitled));
        Assert.That(_item.Give(Adoption(_office.Carla, _office.Carla.Id)).Refusal, Is.EqualTo(ItemRefusal.NotEntitled));
        Assert.That(_item.Give(Adoption(_office.Owner, _office.Carla.Id, Right.Write)).Refusal, Is.Not.EqualTo(ItemRefusal.None), "manage and nothing else");
        Assert.That(_item.Give(Adoption(_office.Owner, _office.Anna.Id)).Refusal, Is.Not.EqualTo(ItemRefusal.None), "nobody new");
        Assert.That(_item.Give(Adoption(_office.Owner, _office.Carla.Id)), Is.EqualTo(Judgement.Accepted));

        Assert.That(_item.Give(_item.Content(_office.Carla)).Refusal, Is.EqualTo(ItemRefusal.EpochDue), "Anna's key is still in the epoch");
        Assert.That(_item.Give(_item.Rekey(_office.Carla, less: _office.Anna)), Is.EqualTo(Judgement.Accepted));
        Assert.That(_item.Give(_item.Content(_office.Carla)), Is.EqualTo(Judgement.Accepted));
    }

    [Test]
    public void Any_member_founds_an_item_and_it_is_known_by_its_first_record()
    {
        var record = _item.Records[0];
        Assert.That(_item.Id, Is.EqualTo(Id.Of(record.Hash)));
        Assert.That(new ItemChain(_office.Log, Id.New()).Take(record).Refusal, Is.EqualTo(ItemRefusal.WrongItem));

        var stranger = new Person();
        var forged = SignedRecord.Sign(record.Record with { Author = stranger.Id }, stranger.Signing);
        Assert.That(new ItemChain(_office.Log, Id.Of(forged.Hash)).Take(forged).Refusal, Is.EqualTo(ItemRefusal.WrongSignature));

        var late = SignedRecord.Sign(record.Record with { Epoch = 2 }, _office.Anna.Signing);
        Assert.That(new ItemChain(_office.Log, Id.Of(late.Hash)).Take(late).Refusal, Is.EqualTo(ItemRefusal.WrongEpoch));
    }

    [Test]
    public void Nothing_follows_a_removal()
    {
        _item.Give(_item.Content(_office.Anna));
        _item.Give(_item.Removal(_office.Anna));

        Assert.That(_item.Give(_item.Content(_office.Anna)).Refusal, Is.EqualTo(ItemRefusal.Removed));
        Assert.That(_item.Give(_item.Rekey(_office.Anna)).Refusal, Is.EqualTo(ItemRefusal.Removed));
    }

    [Test]
    public void Two_records_for_one_version_are_a_fork()
    {
        var one = SignedRecord.Sign(_item.Rekey(_office.Anna), _office.Anna.Signing);
        var other = SignedRecord.Sign(_item.Rekey(_office.Bert), _office.Bert.Signing);
        _item.Chain.Take(one);

        Assert.That(_item.Chain.Take(other).Refusal, Is.EqualTo(ItemRefusal.Fork));
    }

    [Test]
    public void An_older_state_than_the_remembered_one_is_found()
    {
        _item.Give(_item.Content(_office.Anna));
        _item.Give(_item.Rekey(_office.Anna));
        _item.Give(_item.Content(_office.Anna));
        var memory = _item.Chain.Memory!.Value;

        Assert.That(_item.Chain.Against(memory), Is.EqualTo(ItemRefusal.None));
        Assert.That(_item.Chain.Against(memory with { Version = 3 }), Is.EqualTo(ItemRefusal.WentBack));
        Assert.That(_item.Chain.Against(memory with { Revision = 3 }), Is.EqualTo(ItemRefusal.WentBack));
        Assert.That(_item.Chain.Against(memory with { Record = NewKey }), Is.EqualTo(ItemRefusal.Fork));
        Assert.That(_item.Chain.Against(memory with { Envelope = NewKey }), Is.EqualTo(ItemRefusal.Fork));
        Assert.That(_item.Chain.Against(memory with { Revision = 1, Envelope = NewKey }), Is.EqualTo(ItemRefusal.Fork), "what the next one follows");
        Assert.That(_item.Chain.Against(memory with { Revision = 1, Envelope = _item.Envelopes[0].Hash }), Is.EqualTo(ItemRefusal.None));
        Assert.That(CaughtUp().Against(memory), Is.EqualTo(ItemRefusal.WentBack), "the content is withheld");
        Assert.That(new ItemChain(_office.Log, _item.Id).Against(memory), Is.EqualTo(ItemRefusal.WentBack), "everything is");
    }

    [Test]
    public void Who_makes_the_order_takes_nothing_out_of_it()
    {
        var chain = new ItemChain(_office.Log, _item.Id, isInOrder: true);
        Judgement Take(object record) => record is AccessRecord access
            ? chain.Take(SignedRecord.Sign(access, _office.Anna.Signing))
            : chain.Take(SignedRecord.Sign((Envelope)record, _office.Anna.Signing));
        chain.Take(_item.Records[0]);

        Assert.That(Take(_item.Content(_office.Anna) with { Revision = 2, Previous = NewKey }).Refusal, Is.EqualTo(ItemRefusal.Gap));
        Assert.That(Take(_item.Rekey(_office.Anna) with { ItemHead = new ItemHead(1, NewKey) }).Refusal, Is.EqualTo(ItemRefusal.WrongItemHead));
        Assert.That(Take(_item.Content(_office.Anna)), Is.EqualTo(Judgement.Accepted));
        Assert.That(Take(_item.Rekey(_office.Anna)).Refusal, Is.EqualTo(ItemRefusal.WrongItemHead), "made before the content");
    }

    [Test]
    public void A_right_is_the_highest_of_those_that_are_open_now()
    {
        var group = _office.Group(_office.Carla);
        var record = _item.Grants(_office.Anna, (_office.Anna.Id, Right.Manage), (_office.Bert.Id, Right.Write), (_office.Carla.Id, Right.Use), (group, Right.Read));
        record = record with
        {
            Grants = [.. record.Grants.Select(grant => grant.Principal == group ? grant with { NotBefore = 1000, NotAfter = 2000 } : grant)],
        };
        Assert.That(_item.Give(record), Is.EqualTo(Judgement.Accepted));

        Assert.That(_item.Chain.RightOf(_office.Carla.Id, now: 999, newestSigned: 0), Is.EqualTo(Right.Use));
        Assert.That(_item.Chain.RightOf(_office.Carla.Id, now: 1000, newestSigned: 0), Is.EqualTo(Right.Read));
        Assert.That(_item.Chain.RightOf(_office.Carla.Id, now: 2000, newestSigned: 0), Is.EqualTo(Right.Read));
        Assert.That(_item.Chain.RightOf(_office.Carla.Id, now: 2001, newestSigned: 0), Is.EqualTo(Right.Use));
        Assert.That(_item.Chain.RightOf(_office.Carla.Id, now: 1500, newestSigned: 1501), Is.EqualTo(Right.Use), "the clock was set back");
        Assert.That(_item.Chain.RightOf(_office.Bert.Id, now: 0, newestSigned: 0), Is.EqualTo(Right.Write));
        Assert.That(_item.Chain.RightOf(_office.Owner.Id, now: 0, newestSigned: 0), Is.EqualTo(Right.None));
        _office.Remove(_office.Bert);
        Assert.That(_item.Chain.RightOf(_office.Bert.Id, now: 0, newestSigned: 0), Is.EqualTo(Right.None));
    }

    private static Hash NewKey => Hash.Of(Id.New().ToArray());

    /// <summary>A new reader, who was given all records.</summary>
    private ItemChain CaughtUp()
    {
        var chain = new ItemChain(_office.Log, _item.Id);
        foreach (var record in _item.Records)
        {
            chain.Take(record);
        }
        return chain;
    }

    private static bool IsRefused(Func<Judgement> take)
    {
        try
        {
            return take().Verdict == Verdict.Refused;
        }
        catch (ContractException)
        {
            return true;
        }
    }

    /// <summary>An item with a chain that it was given to; drafts follow what was accepted last.</summary>
    private sealed class SharedItem
    {
        private readonly Office _office;
        private readonly Dictionary<Id, Person> _people;

        public SharedItem(Office office, Person author, params (Id Principal, Right Right)[] grants)
        {
            _office = office;
            _people = new[] { office.Owner, office.Administrator, office.Anna, office.Bert, office.Carla }.ToDictionary(person => person.Id);
            var founding = SignedRecord.Sign(
                new AccessRecord
                {
                    Office = office.Id,
                    Nonce = Hash.Of(Id.New().ToArray()).ToArray(),
                    Version = 1,
                    Epoch = 1,
                    LogHead = office.Head,
                    ItemHead = default,
                    Commitment = NewKey,
                    Author = author.Id,
                    Grants = Of(grants),
                },
                author.Signing);
            Id = Contracts.Id.Of(founding.Hash);
            Chain = new ItemChain(office.Log, Id);
            Chain.Take(founding);
            Records.Add(founding);
        }

        public Id Id { get; }

        public ItemChain Chain { get; }

        public List<SignedRecord<AccessRecord>> Records { get; } = [];

        public List<SignedRecord<Envelope>> Envelopes { get; } = [];

        public AccessRecord SameEpoch(Person author)
        {
            var head = Records[^1];
            return head.Record with
            {
                Item = Id,
                Nonce = default,
                Version = head.Record.Version + 1,
                Previous = head.Hash,
                LogHead = _office.Head,
                ItemHead = Envelopes.Count == 0 ? default : new ItemHead(Envelopes[^1].Record.Revision, Envelopes[^1].Hash),
                Author = author.Id,
            };
        }

        public AccessRecord Rekey(Person author, Person? less = null)
        {
            var same = SameEpoch(author);
            return same with
            {
                Epoch = same.Epoch + 1,
                Commitment = NewKey,
                Grants = [.. same.Grants.Where(grant => grant.Principal != less?.Id)],
            };
        }

        public AccessRecord Grants(Person author, params (Id Principal, Right Right)[] grants) => SameEpoch(author) with { Grants = Of(grants) };

        public Envelope Content(Person author) => new()
        {
            Office = _office.Id,
            Item = Id,
            Revision = Envelopes.Count + 1,
            Epoch = Records[^1].Record.Epoch,
            RecordVersion = Records[^1].Record.Version,
            Author = author.Id,
            Previous = Envelopes.Count == 0 ? null : Envelopes[^1].Hash,
            LogHead = _office.Head,
            Content = Hash.Of("sealed"u8),
        };

        public Envelope Removal(Person author) => Content(author) with { Content = null };

        public Judgement Give(AccessRecord record)
        {
            var signed = SignedRecord.Sign(record, _people[record.Author].Signing);
            var judgement = Chain.Take(signed);
            if (judgement.Verdict != Verdict.Refused)
            {
                Records.Add(signed);
            }
            return judgement;
        }

        public Judgement Give(Envelope envelope)
        {
            var signed = SignedRecord.Sign(envelope, _people[envelope.Author].Signing);
            var judgement = Chain.Take(signed);
            if (judgement.Verdict != Verdict.Refused)
            {
                Envelopes.Add(signed);
            }
            return judgement;
        }

        private static Grant[] Of((Id Principal, Right Right)[] grants) =>
            [.. grants.Select(grant => new Grant { Principal = grant.Principal, Right = grant.Right }).OrderBy(grant => grant.Principal)];
    }
}
