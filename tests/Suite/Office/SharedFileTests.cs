using System.Security.Cryptography;
using System.Text;
using Contracts;
using NUnit.Framework;
using Office;
using Office.Content;
using Vault.Sharing;

namespace Suite.Shares;

/// <summary>The field that names an attached file, and the room that the files of an item have.</summary>
public class SharedFileTests
{
    private const int Half = Limits.AttachmentBytesPerItem / 2;

    private static readonly Id Here = Id.New();
    private static readonly string Field = SharedFile.FieldOf("contract.pdf");

    [Test]
    public void What_was_sealed_is_named_and_opens()
    {
        var content = RandomNumberGenerator.GetBytes(FileCrypto.PartBytes + 9);

        var (field, parts) = SharedFile.Seal(Here, "contract.pdf", content);
        using var file = SharedFile.TryRead(field.Name, field.Value);

        Assert.That((field.Name, field.IsProtected, file!.Size), Is.EqualTo(("Latchkey.File.contract.pdf", true, content.Length)));
        Assert.That(file.Parts, Is.EqualTo(parts.Select(part => part.Name)));
        Assert.That(file.Open(Here, [.. parts.Select(part => part.Bytes)]), Is.EqualTo(content));
    }

    [Test]
    public void Two_files_of_the_same_content_have_nothing_in_common()
    {
        var (one, itsParts) = SharedFile.Seal(Here, "a", "same"u8);
        var (_, otherParts) = SharedFile.Seal(Here, "a", "same"u8);

        using var file = SharedFile.TryRead(one.Name, one.Value);
        Assert.That(itsParts.Single().Name, Is.Not.EqualTo(otherParts.Single().Name));
        Assert.That(file!.Open(Here, [otherParts.Single().Bytes]), Is.Null);
    }

    private static readonly string Key = new('A', 43), Part = new('A', 22);

    private static IEnumerable<string> NoFiles =>
    [
        "", "{}", "null", "contract.pdf",
        $$"""{"size":1,"key":"{{Key}}","parts":[]}""",
        $$"""{"size":1,"key":"{{Key}}","parts":["{{Part}}","{{Part}}"]}""",
        $$"""{"size":-1,"key":"{{Key}}","parts":["{{Part}}"]}""",
        $$"""{"size":{{Limits.AttachmentBytesPerItem + 1}},"key":"{{Key}}","parts":["{{Part}}"]}""",
        $$"""{"size":9007199254740993,"key":"{{Key}}","parts":["{{Part}}"]}""",
        $$"""{"size":1.5,"key":"{{Key}}","parts":["{{Part}}"]}""",
        $$"""{"size":1,"key":"{{Key}}A","parts":["{{Part}}"]}""",
        $$"""{"size":1,"key":"","parts":["{{Part}}"]}""",
        $$"""{"size":1,"parts":["{{Part}}"]}""",
        $$"""{"size":1,"key":"{{Key}}","parts":[null]}""",
        $$"""{"size":1,"key":"{{Key}}","parts":["short"]}""",
        $$"""{"size":1,"key":"{{Key}}","parts":["{{Part}}"],"more":1}""",
        $$"""{"size":1,"key":"{{Key}}","parts":["{{Part}}"]} """ + "x",
    ];

    [TestCaseSource(nameof(NoFiles))]
    public void A_value_that_names_no_file_is_none(string value) => Assert.That(SharedFile.TryRead(Field, Encoding.UTF8.GetBytes(value)), Is.Null);

    [Test]
    public void A_value_that_names_one_is_read_in_such_a_field_only()
    {
        var value = Encoding.UTF8.GetBytes($$"""{"size":1,"key":"{{Key}}","parts":["{{Part}}"]}""");
        using var file = SharedFile.TryRead(Field, value);

        Assert.That(file, Is.Not.Null);
        Assert.That(SharedFile.TryRead("Notes", value), Is.Null);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void A_changed_byte_gives_a_file_or_none(int place, byte with)
    {
        var (field, _) = SharedFile.Seal(Here, "a", "content"u8);
        field.Value[(int)((uint)place % field.Value.Length)] = with;
        using var file = SharedFile.TryRead(field.Name, field.Value);
        Assert.That(file is null || file.Parts.Count == 1);
    }

    [Test]
    public void A_file_above_the_room_of_an_item_is_refused()
    {
        Assert.That(
            () => SharedFile.Seal(Here, "a", new byte[Limits.AttachmentBytesPerItem + 1]),
            Throws.TypeOf<OfficeException>().With.Property("Error").EqualTo(OfficeError.TooLarge));
        Assert.That(SharedFile.HaveRoom([Half, Half / 2]), Is.True);
        Assert.That(SharedFile.HaveRoom([Half, Half]), Is.False, "sealed they are larger");
        Assert.That(SharedFile.HaveRoom([long.MaxValue]), Is.False);
        var (large, _) = SharedFile.Seal(Here, "a", new byte[Half]);
        var (another, _) = SharedFile.Seal(Here, "b", new byte[Half]);
        Assert.That(() => SharedFile.CheckRoom(new ContentBody { Fields = [large, another] }), Throws.TypeOf<OfficeException>());
        Assert.That(() => SharedFile.CheckRoom(new ContentBody { Fields = [large, large with { Name = SharedFile.FieldOf("c") }] }), Throws.Nothing, "the same file");
    }

    [Test]
    public void Former_files_give_way_the_oldest_first_and_nothing_else_does()
    {
        ContentBody BodyWith(string title, int bytes) =>
            new() { Fields = [Contents.Field("Title", title), SharedFile.Seal(Here, "a", new byte[bytes]).Field] };
        var content = new ItemContent
        {
            Kind = "login",
            Body = BodyWith("now", Half),
            History =
            [
                new ContentRevision(3, Id.New(), BodyWith("before", Half / 2)),
                new ContentRevision(2, Id.New(), BodyWith("earlier", 100)),
                new ContentRevision(1, Id.New(), BodyWith("first", Half)),
            ],
        };

        var fitting = SharedFile.WithRoom(content);

        Assert.That(fitting.Body, Is.EqualTo(content.Body));
        Assert.That(fitting.History.Take(2), Is.EqualTo(content.History.Take(2)));
        Assert.That(fitting.History[2].Body.Fields, Is.EqualTo(content.History[2].Body.Fields.Take(1)));
        Assert.That(SharedFile.PartsOf(content), Is.SupersetOf(SharedFile.PartsOf(fitting)));
        Assert.That(SharedFile.WithRoom(fitting), Is.EqualTo(fitting));
    }
}
