using Contracts;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Suite.Unit.Sharing;

public class IdTests
{
    [Test]
    public void An_id_keeps_the_order_of_its_bytes_in_every_form()
    {
        var bytes = Enumerable.Range(0, 16).Select(number => (byte)number).ToArray();

        Assert.That(new Id(bytes).ToArray(), Is.EqualTo(bytes));
        Assert.That(new Id(bytes).ToString(), Is.EqualTo("AAECAwQFBgcICQoLDA0ODw"));
        Assert.That(Id.TryParse("AAECAwQFBgcICQoLDA0ODw"), Is.EqualTo(new Id(bytes)));
    }

    [TestCase("")]
    [TestCase("AAECAwQFBgcICQoLDA0OD")] // one short
    [TestCase("AAECAwQFBgcICQoLDA0ODwA")] // one long
    [TestCase("AAECAwQFBgcICQoLDA0ODx")] // unused bits set: a second spelling
    [TestCase("AAECAwQFBgcICQoLDA0OD=")]
    [TestCase("AAECAwQFBgcICQoLDA0OD ")]
    [TestCase("AAECAwQFBgc+CQoLDA0ODw")] // the other alphabet
    public void No_other_text_is_an_id(string text) => Assert.That(Id.TryParse(text), Is.Null);

    [TestCase(0), TestCase(15), TestCase(17)]
    public void Another_number_of_bytes_is_no_id(int count) =>
        Assert.That(() => new Id(new byte[count]), Throws.InstanceOf<ArgumentException>());

    [FsCheck.NUnit.Property]
    public Property Ids_sort_as_their_bytes() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>().Filter(bytes => bytes.Length >= 32),
        bytes => Math.Sign(new Id(bytes.AsSpan(0, 16)).CompareTo(new Id(bytes.AsSpan(16, 16))))
            == Math.Sign(bytes.AsSpan(0, 16).SequenceCompareTo(bytes.AsSpan(16, 16))));

    [Test]
    public void What_a_record_founds_has_the_first_half_of_its_hash_as_id() =>
        Assert.That(
            Convert.ToHexStringLower(Id.Of(Hash.Of("abc"u8)).ToArray()),
            Is.EqualTo("ba7816bf8f01cfea414140de5dae2223")); // FIPS 180-4
}
