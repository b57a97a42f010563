using System.Text;
using Contracts;
using NUnit.Framework;

namespace Suite.Unit.Sharing;

public class FieldsTests
{
    [Test]
    public void Fields_are_written_in_the_one_form()
    {
        var writer = new FieldWriter("note");
        writer.Add("ä");
        writer.Add(258);
        writer.Add((Hash?)null);
        writer.Add(new Id(Enumerable.Repeat((byte)7, 16).ToArray()));

        Assert.That(Convert.ToHexStringLower(writer.ToArray()), Is.EqualTo(
            "000f" + Convert.ToHexStringLower("latchkey/note/1"u8)
            + "00000002c3a4"
            + "00000008" + "0000000000000102"
            + "00000000"
            + "00000010" + "07070707070707070707070707070707"));
    }

    [Test]
    public void What_was_written_is_read()
    {
        var id = Id.New();
        var hash = Hash.Of("x"u8);
        var writer = new FieldWriter("note");
        writer.Add("Anna Ł");
        writer.Add(Limits.NumbersBelow - 1);
        writer.Add(hash);
        writer.Add((Hash?)null);
        writer.Add(id);
        writer.Add([1, 2, 3]);
        writer.Add(1);

        var reader = new FieldReader(writer.ToArray());

        reader.RequireType("note");
        Assert.That(reader.Name(), Is.EqualTo("Anna Ł"));
        Assert.That(reader.Number(), Is.EqualTo(9007199254740991));
        Assert.That(reader.OptionalHash(), Is.EqualTo(hash));
        Assert.That(reader.OptionalHash(), Is.Null);
        Assert.That(reader.Id(), Is.EqualTo(id));
        Assert.That(reader.Bytes(3).ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(reader.Flag(), Is.True);
        reader.End();
    }

    [TestCase(-1)]
    [TestCase(Limits.NumbersBelow)]
    public void A_number_out_of_range_is_not_written(long number) =>
        Assert.That(() => new FieldWriter("note").Add(number), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private delegate void Step(ref FieldReader reader);

    private static readonly (string Name, string Fields, Step Read, ContractError Error)[] Unhappy =
    [
        ("nothing where a field should be", "", (ref FieldReader reader) => reader.Bytes(0, 9), ContractError.Malformed),
        ("a length that is cut", "000000", (ref FieldReader reader) => reader.Bytes(0, 9), ContractError.Malformed),
        ("a field that ends early", "0000000201", (ref FieldReader reader) => reader.Bytes(0, 9), ContractError.Malformed),
        ("a length that is negative", "ffffffff", (ref FieldReader reader) => reader.Bytes(0, 9), ContractError.Malformed),
        ("a field that is too short", "0000000101", (ref FieldReader reader) => reader.Bytes(2), ContractError.Malformed),
        ("a field that is too long", "00000003010203", (ref FieldReader reader) => reader.Bytes(2), ContractError.Malformed),
        ("a number of 4 bytes", "0000000400000001", (ref FieldReader reader) => reader.Number(), ContractError.Malformed),
        ("a number of 9 bytes", "00000009000000000000000001", (ref FieldReader reader) => reader.Number(), ContractError.Malformed),
        ("a negative number", "00000008ffffffffffffffff", (ref FieldReader reader) => reader.Number(), ContractError.Malformed),
        ("a number of 2^53", "000000080020000000000000", (ref FieldReader reader) => reader.Number(), ContractError.Malformed),
        ("a flag of 2", "000000080000000000000002", (ref FieldReader reader) => reader.Flag(), ContractError.Malformed),
        ("a count above the limit", "000000080000000000000004", (ref FieldReader reader) => reader.Count(3), ContractError.TooLarge),
        ("an id of 15 bytes", "0000000f" + "000000000000000000000000000000", (ref FieldReader reader) => reader.Id(), ContractError.Malformed),
        ("a hash of one byte", "0000000101", (ref FieldReader reader) => reader.OptionalHash(), ContractError.Malformed),
        ("a missing hash", "00000000", (ref FieldReader reader) => reader.Hash(), ContractError.Malformed),
        ("an empty name", "00000000", (ref FieldReader reader) => reader.Name(), ContractError.Malformed),
        ("a name that is not UTF-8", "00000001ff", (ref FieldReader reader) => reader.Name(), ContractError.Malformed),
        ("a name with a line end", "000000036100" + "0a", (ref FieldReader reader) => reader.Name(), ContractError.Malformed),
        ("bytes left over", "00", (ref FieldReader reader) => reader.End(), ContractError.Malformed),
    ];

    [Test]
    public void What_is_no_such_field_is_refused()
    {
        foreach (var (name, fields, read, error) in Unhappy)
        {
            byte[] bytes = [.. new FieldWriter("note").ToArray(), .. Convert.FromHexString(fields)];

            var refused = Assert.Throws<ContractException>(
                () =>
                {
                    var reader = new FieldReader(bytes);
                    read(ref reader);
                },
                name)!;

            Assert.That(refused.Error, Is.EqualTo(error), name);
        }
    }

    [TestCase("")]
    [TestCase("00")]
    [TestCase("0001")] // a label of one byte, and none there
    [TestCase("0001ff")] // not ASCII
    public void What_has_no_label_is_refused(string hex) =>
        Assert.That(() => { _ = new FieldReader(Convert.FromHexString(hex)); }, Throws.TypeOf<ContractException>());

    [Test]
    public void More_bytes_than_a_record_has_are_not_looked_at() =>
        Assert.That(
            () => { _ = new FieldReader(new byte[Limits.RecordBytes + 1]); },
            Throws.TypeOf<ContractException>().With.Property("Error").EqualTo(ContractError.TooLarge));

    [Test]
    public void Another_type_means_that_this_side_is_too_old() =>
        Assert.That(
            () => new FieldReader(new FieldWriter("note").ToArray()).RequireType("other"),
            Throws.TypeOf<ContractException>().With.Property("Error").EqualTo(ContractError.UpdateNeeded));

    [TestCase("Anna", true)]
    [TestCase("名前 Ł 😀", true)]
    [TestCase("می\u200cخواهم", true)] // a joiner that Persian needs
    [TestCase("", false)]
    [TestCase("a\tb", false)]
    [TestCase("a\u0085b", false)]
    [TestCase("a\u2028b", false)]
    [TestCase("a\u202eb", false)] // right-to-left override
    [TestCase("a\u2066b", false)] // isolate
    [TestCase("a\u200fb", false)] // mark
    [TestCase("a\u061cb", false)]
    public void A_name_cannot_move_what_stands_beside_it(string text, bool isName) =>
        Assert.That(Limits.IsName(text), Is.EqualTo(isName));

    [Test]
    public void A_name_has_whole_characters_and_at_most_200_units()
    {
        Assert.That(Limits.IsName("\ud83d"), Is.False);
        Assert.That(Limits.IsName(new string('a', 200)), Is.True);
        Assert.That(Limits.IsName(new string('a', 201)), Is.False);
        Assert.That(Encoding.UTF8.GetByteCount(new string('名', 200)), Is.EqualTo(600), "what a reader lets through");
    }
}
