using Contracts;
using NUnit.Framework;
using Vault.Sharing;

namespace Suite.Unit.Sharing;

public class ItemCryptoTests
{
    private static readonly Office Office = new();
    private static readonly Id Item = Id.New();

    private readonly byte[] _itemKey = ItemCrypto.NewKey();

    [Test]
    public void A_member_unwraps_the_key_that_the_record_commits_to()
    {
        var wrap = ItemCrypto.WrapFor(Office.Anna.Record.Record, Office.Id, Item, 1, _itemKey);

        Assert.That(wrap.Bytes.Length, Is.EqualTo(KeyWrap.Length));
        Assert.That(ItemCrypto.Unwrap(Office.Anna.Agreement, RecordOf(_itemKey), Item, wrap), Is.EqualTo(_itemKey));
        Assert.That(ItemCrypto.Unwrap(Office.Bert.Agreement, RecordOf(_itemKey), Item, wrap), Is.Null, "another's key");
        Assert.That(ItemCrypto.Unwrap(Office.Anna.Agreement, RecordOf(_itemKey), Id.New(), wrap), Is.Null, "another item");
        Assert.That(ItemCrypto.Unwrap(Office.Anna.Agreement, RecordOf(_itemKey), Item, wrap with { Principal = Office.Bert.Id }), Is.Null, "another principal");
        Assert.That(ItemCrypto.Unwrap(Office.Anna.Agreement, RecordOf(_itemKey), Item, wrap with { GroupEpoch = 1 }), Is.Null, "a group's");
    }

    /// <summary>Anybody can wrap a key of their own for a public key; what stops them is the signed record.</summary>
    [Test]
    public void A_key_that_somebody_slipped_in_is_not_taken()
    {
        var wrap = ItemCrypto.WrapFor(Office.Anna.Record.Record, Office.Id, Item, 1, ItemCrypto.NewKey());

        Assert.That(ItemCrypto.Unwrap(Office.Anna.Agreement, RecordOf(_itemKey), Item, wrap), Is.Null);
    }

    [Test]
    public void A_group_opens_by_the_key_that_the_log_names()
    {
        using var groupKey = AgreementKey.New();
        var group = Id.New();
        var entry = new GroupRekeyEntry
        {
            Place = Office.PlaceBy(Office.Administrator),
            Time = 1,
            Group = group,
            Epoch = 2,
            AgreementKey = groupKey.Public,
            Wraps = Hash.Of(""u8),
        };
        var groupWrap = ItemCrypto.WrapGroupKey(groupKey, Office.Id, group, 2, Office.Anna.Record.Record);
        var itemWrap = ItemCrypto.WrapFor(entry, Office.Id, Item, 1, _itemKey);

        using var unwrapped = ItemCrypto.UnwrapGroupKey(Office.Anna.Agreement, Office.Id, entry, groupWrap)!;
        Assert.That(ItemCrypto.Unwrap(unwrapped, RecordOf(_itemKey), Item, itemWrap), Is.EqualTo(_itemKey));

        Assert.That(ItemCrypto.UnwrapGroupKey(Office.Bert.Agreement, Office.Id, entry, groupWrap), Is.Null, "another's");
        Assert.That(ItemCrypto.UnwrapGroupKey(Office.Anna.Agreement, Office.Id, entry with { Epoch = 3 }, groupWrap), Is.Null, "another epoch");
        using var other = AgreementKey.New();
        var slipped = ItemCrypto.WrapGroupKey(other, Office.Id, group, 2, Office.Anna.Record.Record);
        Assert.That(ItemCrypto.UnwrapGroupKey(Office.Anna.Agreement, Office.Id, entry, slipped), Is.Null, "not the key of the log");
    }

    [Test]
    public void A_wrapped_group_key_that_is_no_key_is_not_taken()
    {
        var entry = new GroupRekeyEntry
        {
            Place = Office.PlaceBy(Office.Administrator),
            Time = 1,
            Group = Item,
            Epoch = 1,
            AgreementKey = Office.Anna.Agreement.Public,
            Wraps = Hash.Of(""u8),
        };
        var info = Binding.GroupWrap(Office.Id, Item, 1, Office.Anna.Id);
        foreach (var filling in new byte[] { 0, 0xff })
        {
            var nonsense = new KeyWrap
            {
                Principal = Office.Anna.Id,
                GroupEpoch = 1,
                Bytes = Wrap.For(Office.Anna.Agreement.Public, info, Enumerable.Repeat(filling, 32).ToArray()),
            };

            Assert.That(ItemCrypto.UnwrapGroupKey(Office.Anna.Agreement, Office.Id, entry, nonsense), Is.Null);
        }
    }

    [Test]
    public void Content_opens_from_its_own_envelope_only()
    {
        var draft = new Envelope
        {
            Office = Office.Id,
            Item = Item,
            Revision = 1,
            Epoch = 1,
            RecordVersion = 1,
            Author = Office.Anna.Id,
            LogHead = Office.Head,
        };
        var (envelope, sealedContent) = ItemCrypto.SealContent(draft, _itemKey, "{}"u8, Office.Anna.Signing);
        var (second, _) = ItemCrypto.SealContent(draft, _itemKey, "{}"u8, Office.Anna.Signing);

        Assert.That(envelope.IsBy(Office.Anna.Signing.Public), Is.True);
        Assert.That(ItemCrypto.OpenContent(envelope.Record, _itemKey, sealedContent), Is.EqualTo("{}"u8.ToArray()));
        Assert.That(ItemCrypto.OpenContent(envelope.Record, _itemKey.With(0), sealedContent), Is.Null);
        Assert.That(ItemCrypto.OpenContent(envelope.Record, _itemKey, sealedContent.With(90)), Is.Null);
        Assert.That(ItemCrypto.OpenContent(second.Record, _itemKey, sealedContent), Is.Null, "sealed for the same place, but not what was signed");
        Assert.That(ItemCrypto.OpenContent(envelope.Record with { Revision = 2 }, _itemKey, sealedContent), Is.Null);
        Assert.That(ItemCrypto.OpenContent(draft, _itemKey, sealedContent), Is.Null, "a removal has no content");
    }

    [Test]
    public void Words_are_the_same_for_the_same_log_only()
    {
        var words = ComparisonWords.Of(Office.Id, Office.Head);

        Assert.That(words, Has.Count.EqualTo(8));
        Assert.That(ComparisonWords.Of(Office.Id, Office.Head), Is.EqualTo(words));
        Assert.That(ComparisonWords.Of(Id.New(), Office.Head), Is.Not.EqualTo(words));
        Assert.That(ComparisonWords.Of(Office.Id, Office.Head with { Index = 3 }), Is.Not.EqualTo(words));
        Assert.That(ComparisonWords.Of(Office.Id, Office.Head with { Hash = Hash.Of(""u8) }), Is.Not.EqualTo(words));
    }

    private static AccessRecord RecordOf(byte[] itemKey) => new()
    {
        Office = Office.Id,
        Nonce = new byte[32],
        Version = 1,
        Epoch = 1,
        LogHead = Office.Head,
        ItemHead = default,
        Commitment = Binding.Commitment(Office.Id, 1, itemKey),
        Author = Office.Anna.Id,
        Grants = [new Grant { Principal = Office.Anna.Id, Right = Right.Manage }],
    };
}
