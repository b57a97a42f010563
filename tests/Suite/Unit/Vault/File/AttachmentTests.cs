using NUnit.Framework;
using Vault;

namespace Suite.Unit.Vault.File;

/// <summary>Files attached here: shared in the pool, kept by the history, gone when nothing refers to them.</summary>
public class AttachmentTests
{
    private static readonly byte[] Letter = [.. Enumerable.Range(0, 10_000).Select(index => (byte)(index * 7))];

    private TestVault _test = null!;
    private VaultFile _vault = null!;
    private ItemId _id;

    [SetUp]
    public void SetUp()
    {
        _test = new TestVault();
        _vault = _test.Create();
        _id = _vault.Add(new ItemDraft { Fields = [NewField.Clear(FieldName.Title, "T")] }).Id;
    }

    [TearDown]
    public void TearDown()
    {
        _vault.Dispose();
        _test.Dispose();
    }

    [Test]
    public void An_attachment_made_here_opens_there_and_survives_a_save_there()
    {
        _vault.Attach(_id, "letter ü.bin", Letter);
        _vault.Attach(_id, "empty.txt", Array.Empty<byte>());
        _vault.Write();
        _vault.Dispose();
        var exported = Path.Combine(_test.Folder.FullName, "exported.bin");

        KeePassXc.Run(_test.Folder, [TestVault.Passphrase], "attachment-export", "-q", _test.Path, "T", "letter ü.bin", exported);
        KeePassXc.Run(_test.Folder, [TestVault.Passphrase], "add", "-q", "-u", "bob", _test.Path, "Added there");

        Assert.That(System.IO.File.ReadAllBytes(exported), Is.EqualTo(Letter));
        _vault = _test.Open();
        Assert.That(_vault.Get(_id)!.Attachments, Is.EquivalentTo([new ItemAttachment("letter ü.bin", 10_000), new ItemAttachment("empty.txt", 0)]));
        Assert.That(_vault.ReadAttachment(_id, "letter ü.bin"), Is.EqualTo(Letter));
    }

    [Test]
    public void A_revision_brings_the_replaced_attachment_back()
    {
        _vault.Attach(_id, "a", Letter);
        _vault.Attach(_id, "a", new byte[] { 1 });
        _vault.Attach(_id, "a", null);
        Reopen();

        _vault.Restore(_id, 2);

        Assert.That(_vault.ReadAttachment(_id, "a"), Is.EqualTo(Letter));
        _vault.Restore(_id, 3);
        Assert.That(_vault.ReadAttachment(_id, "a"), Is.EqualTo(new byte[] { 1 }));
    }

    [Test]
    public void Two_items_with_one_content_share_it_until_both_are_gone_for_good()
    {
        var other = _vault.Add(new ItemDraft()).Id;
        _vault.Attach(_id, "a", Letter);
        _vault.Attach(other, "b", Letter.ToArray());
        Assert.That(_vault.Tree.Attachments, Has.Count.EqualTo(1));

        Delete(_id);
        Reopen();
        Assert.That(_vault.ReadAttachment(other, "b"), Is.EqualTo(Letter));

        Delete(other);
        Reopen();
        Assert.That(_vault.Tree.Attachments.Select(one => one.Content.Length), Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public void What_no_revision_refers_to_any_more_is_emptied_and_the_others_stay()
    {
        _vault.Attach(_id, "a", Letter);
        _vault.Attach(_id, "b", new byte[] { 1, 2 });
        for (var change = 0; change < 11; change++)
        {
            _vault.Attach(_id, "a", new[] { (byte)change });
        }
        Reopen();

        Assert.That(_vault.Tree.Attachments.Any(one => one.Content.Length == Letter.Length), Is.False);
        Assert.That((_vault.ReadAttachment(_id, "a"), _vault.ReadAttachment(_id, "b")), Is.EqualTo((new byte[] { 10 }, new byte[] { 1, 2 })));
    }

    [Test]
    public void What_is_not_there_cannot_be_removed()
    {
        Assert.That((_vault.Attach(_id, "a", null), _vault.Attach(ItemId.New(), "a", Letter)), Is.EqualTo(((object?)null, (object?)null)));
        Assert.That(_vault.Get(_id)!.Revisions, Is.Zero);
    }

    private void Delete(ItemId id)
    {
        _vault.Remove(id);
        Assert.That(_vault.Delete(id), Is.True);
    }

    private void Reopen()
    {
        _vault.Write();
        _vault.Dispose();
        _vault = _test.Open();
    }
}
