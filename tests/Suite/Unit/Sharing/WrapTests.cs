using Contracts;
using NUnit.Framework;
using Vault.Sharing;

namespace Suite.Unit.Sharing;

public class WrapTests
{
    private static readonly byte[] ItemKey = [.. Enumerable.Range(100, 32).Select(number => (byte)number)];

    private readonly Id _office = Id.New();
    private readonly Id _item = Id.New();
    private readonly Id _member = Id.New();

    [Test]
    public void A_key_comes_back_to_whom_it_was_wrapped_for()
    {
        using var theirKey = AgreementKey.New();
        var info = Binding.ItemWrap(_office, _item, 1, _member);

        var wrap = Wrap.For(theirKey.Public, info, ItemKey);

        Assert.That(wrap, Has.Length.EqualTo(113));
        Assert.That(Wrap.Open(theirKey, info, wrap), Is.EqualTo(ItemKey));
    }

    [Test]
    public void To_nobody_else()
    {
        using var theirKey = AgreementKey.New();
        using var otherKey = AgreementKey.New();
        var info = Binding.ItemWrap(_office, _item, 1, _member);

        Assert.That(Wrap.Open(otherKey, info, Wrap.For(theirKey.Public, info, ItemKey)), Is.Null);
    }

    [Test]
    public void Not_from_another_place()
    {
        using var theirKey = AgreementKey.New();
        var wrap = Wrap.For(theirKey.Public, Binding.ItemWrap(_office, _item, 1, _member), ItemKey);

        byte[][] others =
        [
            Binding.ItemWrap(Id.New(), _item, 1, _member),
            Binding.ItemWrap(_office, Id.New(), 1, _member),
            Binding.ItemWrap(_office, _item, 2, _member),
            Binding.ItemWrap(_office, _item, 1, Id.New()),
            Binding.ItemWrap(_office, _item, 1, _member, groupEpoch: 1),
            Binding.GroupWrap(_office, _item, 1, _member),
            [],
        ];

        Assert.That(others.Select(info => Wrap.Open(theirKey, info, wrap)), Is.All.Null);
    }

    [Test]
    public void Not_with_a_changed_byte()
    {
        using var theirKey = AgreementKey.New();
        var info = Binding.ItemWrap(_office, _item, 1, _member);
        var wrap = Wrap.For(theirKey.Public, info, ItemKey);

        Assert.That(Enumerable.Range(0, wrap.Length).Select(place => Wrap.Open(theirKey, info, wrap.With(place))), Is.All.Null);
        Assert.That(Wrap.Open(theirKey, info, wrap.AsSpan(0, wrap.Length - 1)), Is.Null);
        Assert.That(Wrap.Open(theirKey, info, [.. wrap, 0]), Is.Null);
        Assert.That(Wrap.Open(theirKey, info, []), Is.Null);
    }

    [TestCase(0), TestCase(31), TestCase(33)]
    public void Only_a_key_of_32_bytes_is_wrapped(int bytes)
    {
        using var theirKey = AgreementKey.New();

        Assert.That(() => Wrap.For(theirKey.Public, [], new byte[bytes]), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_commitment_fixes_office_epoch_and_key()
    {
        var commitment = Binding.Commitment(_office, 1, ItemKey);

        Assert.That(Binding.Commitment(_office, 1, ItemKey), Is.EqualTo(commitment));
        Assert.That(Binding.Commitment(Id.New(), 1, ItemKey), Is.Not.EqualTo(commitment));
        Assert.That(Binding.Commitment(_office, 2, ItemKey), Is.Not.EqualTo(commitment));
        Assert.That(Binding.Commitment(_office, 1, ItemKey.With(31)), Is.Not.EqualTo(commitment));
    }
}
