using Contracts;
using Contracts.Wire;
using NUnit.Framework;
using Office;
using Office.State;
using Suite.Unit.Sharing;
using Vault.Sharing;

namespace Suite.Shares;

/// <summary>
/// What a state makes of everything that a server might deliver: nothing that fails a check is shown, what was good stays, and what is valid
/// again thaws. The pieces are made by hand, as no honest server would send them.
/// </summary>
public class HostileServerTests
{
    private const string Content = """{"v":1,"kind":"login","fields":[{"name":"Title","value":"Router"}]}""";

    private DirectoryInfo _folder = null!;
    private Unit.Sharing.Office _office = null!;
    private Membership _us = null!;
    private OfficeState _state = null!;
    private TestItem _item = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("latchkey-state");
        _office = new Unit.Sharing.Office();
        var anna = _office.Anna;
        _us = Membership.New(_office.Id, anna.Id, "https://office.example:7443", [], null, anna.Signing, anna.Agreement);
        _state = OpenState();
        TakeLog();
        _item = new TestItem(_office, _office.Owner, (anna, Right.Read), (_office.Bert, Right.Write));
    }

    [TearDown]
    public void TearDown()
    {
        _state.Dispose();
        _us.Dispose();
        _folder.Delete(recursive: true);
    }

    [Test]
    public void Genuine_item_is_shown()
    {
        Assert.That(Take(_item.Records, _item.Wraps, _item.Seal(_office.Owner, Content)), Is.EqualTo((ItemStatus.Shown, (string?)null)));
        Assert.That(Shown(), Is.EqualTo("Router"));
    }

    [Test]
    public void Each_forgery_freezes_the_item_with_its_check_named_and_the_genuine_one_thaws_it()
    {
        var first = _item.Seal(_office.Owner, Content);
        Take(_item.Records, _item.Wraps, first);
        var genuine = _item.Seal(_office.Bert, Content.Replace("Router", "Switch", StringComparison.Ordinal));
        _item.Back();
        var other = _item.Seal(_office.Bert, Content);
        _item.Back();
        var byReader = _item.Seal(_office.Anna, Content);
        _item.Back();

        (string Failure, WireEnvelope Envelope)[] forgeries =
        [
            ("wrong-signature", other with { Envelope = other.Envelope with { Signature = genuine.Envelope.Signature } }),
            ("malformed", other with { Sealed = genuine.Sealed }),
            ("malformed", other with { Sealed = null }),
            ("malformed", other with { Envelope = other.Envelope with { Bytes = other.Envelope.Bytes[..^1] } }),
            ("not-entitled", byReader),
        ];
        foreach (var (failure, envelope) in forgeries)
        {
            Assert.That(Take(null, null, envelope), Is.EqualTo((ItemStatus.Frozen, failure)));
            Assert.That(_state.Find(_item.Id)!.Chain.Envelope!.Record.Revision, Is.EqualTo(1));
        }
        Assert.That(Take(null, null, genuine), Is.EqualTo((ItemStatus.Shown, (string?)null)));
        Assert.That(Shown(), Is.EqualTo("Switch"));
        Assert.That(Take(null, null, other), Is.EqualTo((ItemStatus.Frozen, "fork")));
        Assert.That(Take(null, null, first), Is.EqualTo((ItemStatus.Frozen, "went-back")));
    }

    [Test]
    public void Wrap_of_another_key_shows_nothing()
    {
        var wrong = ItemCrypto.NewKey();
        var wrap = ItemCrypto.WrapFor(_office.Anna.Record.Record, _office.Id, _item.Id, 1, wrong);

        Take(_item.Records, [WireWrap.Of(wrap)], _item.Seal(_office.Owner, Content));
        Assert.That((Shown(), _state.Find(_item.Id)!.Failure), Is.EqualTo(((string?)null, "key")));

        Take(_item.Records, _item.Wraps, null);
        Assert.That(Shown(), Is.EqualTo("Router"));
    }

    [Test]
    public void Content_that_is_none_shows_nothing()
    {
        Take(_item.Records, _item.Wraps, _item.Seal(_office.Owner, """{"v":1}"""));

        Assert.That((Shown(), _state.Find(_item.Id)!.Failure), Is.EqualTo(((string?)null, "form")));
    }

    [Test]
    public void Edit_of_a_member_removed_meanwhile_waits_until_a_manager_confirms_it()
    {
        Take(_item.Records, _item.Wraps, _item.Seal(_office.Owner, Content));
        var late = _item.Seal(_office.Bert, Content.Replace("Router", "Late", StringComparison.Ordinal));
        _office.Remove(_office.Bert);
        TakeLog();

        Assert.That(Take(null, null, late), Is.EqualTo((ItemStatus.Waits, (string?)null)));

        Take([_item.Next(_office.Owner)], _item.Wraps, null);
        Assert.That(_state.StatusOf(_state.Find(_item.Id)!, now: 0), Is.EqualTo(ItemStatus.Shown));
    }

    [Test]
    public void Log_that_was_rewritten_is_an_alarm_and_changes_nothing()
    {
        var head = _state.Log.Head;
        var rewritten = _office.LogUpTo(2);
        var place = new EntryPlace(_office.Id, 3, rewritten.Head!.Value.Hash, _office.Owner.Id);
        var entry = SignedRecord.Sign<LogEntry>(new RoleEntry { Place = place, Time = 1, Member = _office.Anna.Id, Role = Role.Owner }, _office.Owner.Signing);

        Assert.That(() => _state.Take(entry), Throws.TypeOf<OfficeException>().With.Property("Error").EqualTo(OfficeError.Alarm));
        Assert.That(_state.Log.Head, Is.EqualTo(head));
        Assert.That(
            () => _state.CheckContains(new LogHead(1, Hash.Of("another"u8))),
            Throws.TypeOf<OfficeException>().With.Property("Error").EqualTo(OfficeError.Alarm));
    }

    [Test]
    public void What_was_taken_is_remembered_after_a_restart()
    {
        Take(_item.Records, _item.Wraps, _item.Seal(_office.Owner, Content));
        Take(null, null, _item.Seal(_office.Bert, Content));
        _item.Back();
        var fork = _item.Seal(_office.Bert, Content);
        _state.Write();
        _state.Dispose();

        _state = OpenState();

        Assert.That(Shown(), Is.EqualTo("Router"));
        Assert.That(Take(null, null, fork), Is.EqualTo((ItemStatus.Frozen, "fork")));
    }

    private OfficeState OpenState() => new(_us, _folder.FullName);

    private void TakeLog()
    {
        foreach (var entry in _office.Entries)
        {
            _state.Take(entry);
        }
    }

    private (ItemStatus Status, string? Failure) Take(IReadOnlyList<WireSigned>? records, IReadOnlyList<WireWrap>? wraps, WireEnvelope? envelope)
    {
        var item = _state.Take([new DeliveredItem(_item.Id, records, wraps, envelope)]).Single();
        return (_state.StatusOf(item, now: 0), item.Failure);
    }

    private string? Shown()
    {
        using var content = _state.OpenContent(_state.Find(_item.Id)!);
        return content is null ? null : Contents.ValueOf(content.Body, "Title");
    }

    /// <summary>An item made by hand.</summary>
    private sealed class TestItem
    {
        private readonly Unit.Sharing.Office _office;
        private readonly byte[] _key = ItemCrypto.NewKey();
        private readonly List<SignedRecord<Envelope>> _envelopes = [];
        private SignedRecord<AccessRecord> _record;

        public TestItem(Unit.Sharing.Office office, Person owner, params (Person Who, Right Right)[] others)
        {
            _office = office;
            _record = SignedRecord.Sign(
                new AccessRecord
                {
                    Office = office.Id,
                    Nonce = new byte[AccessRecord.NonceBytes],
                    Version = 1,
                    Epoch = 1,
                    LogHead = office.Head,
                    ItemHead = new ItemHead(0, null),
                    Commitment = Binding.Commitment(office.Id, 1, _key),
                    Author = owner.Id,
                    Grants =
                    [
                        .. others.Append((owner, Right.Manage)).Select(one => new Grant { Principal = one.Item1.Id, Right = one.Item2 })
                            .OrderBy(grant => grant.Principal),
                    ],
                },
                owner.Signing);
            Id = Id.Of(_record.Hash);
            Records = [WireSigned.Of(_record)];
            Wraps = [WireWrap.Of(ItemCrypto.WrapFor(office.Anna.Record.Record, office.Id, Id, 1, _key))];
        }

        public Id Id { get; }

        public IReadOnlyList<WireSigned> Records { get; }

        public IReadOnlyList<WireWrap> Wraps { get; private set; }

        public WireEnvelope Seal(Person author, string content)
        {
            var head = _envelopes.LastOrDefault();
            var (envelope, sealedContent) = ItemCrypto.SealContent(
                new Envelope
                {
                    Office = _office.Id,
                    Item = Id,
                    Revision = _envelopes.Count + 1,
                    Epoch = _record.Record.Epoch,
                    RecordVersion = _record.Record.Version,
                    Author = author.Id,
                    Previous = head?.Hash,
                    LogHead = _office.Head,
                },
                _key, System.Text.Encoding.UTF8.GetBytes(content), author.Signing);
            _envelopes.Add(envelope);
            return new WireEnvelope { Envelope = WireSigned.Of(envelope), Sealed = sealedContent };
        }

        /// <summary>The next revision stands in the place of the last.</summary>
        public void Back() => _envelopes.RemoveAt(_envelopes.Count - 1);

        /// <summary>The next record, which pins the last envelope: a new epoch with the grants of who is still there.</summary>
        public WireSigned Next(Person author)
        {
            var key = ItemCrypto.NewKey();
            _record = SignedRecord.Sign(
                _record.Record with
                {
                    Item = Id,
                    Nonce = default,
                    Version = _record.Record.Version + 1,
                    Epoch = 2,
                    Previous = _record.Hash,
                    LogHead = _office.Head,
                    ItemHead = new ItemHead(_envelopes.Count, _envelopes[^1].Hash),
                    Commitment = Binding.Commitment(_office.Id, 2, key),
                    Author = author.Id,
                    Grants = [.. _record.Record.Grants.Where(grant => _office.Log.FindMember(grant.Principal)!.IsCurrent)],
                },
                author.Signing);
            Wraps = [WireWrap.Of(ItemCrypto.WrapFor(_office.Anna.Record.Record, _office.Id, Id, 2, key))];
            return WireSigned.Of(_record);
        }
    }
}
