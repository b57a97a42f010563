using NUnit.Framework;
using Vault;

namespace Suite.Unit.Vault.File;

/// <summary>What was removed or changed can be brought back, and what was deleted for good cannot.</summary>
public class RecycleBinTests
{
    private TestVault _test = null!;
    private VaultFile _vault = null!;

    [SetUp]
    public void SetUp()
    {
        _test = new TestVault();
        _vault = _test.Create();
    }

    [TearDown]
    public void TearDown()
    {
        _vault.Dispose();
        _test.Dispose();
    }

    [Test]
    public void A_removed_item_is_in_the_bin_alone_and_goes_back_to_its_folder()
    {
        var id = Add("Bank", "Office/Geld");
        var other = Add("Other", "");

        _vault.Remove(id);

        Assert.That((_vault.Find(id), _vault.FindRemoved(id)?.Title), Is.EqualTo(((ItemSummary?)null, "Bank")));
        Assert.That(_vault.Items.Select(item => item.Id), Is.EqualTo(new[] { other }));
        Reopen();
        Assert.That(_vault.Removed.Single(), Is.EqualTo(new RemovedItem(_vault.FindRemoved(id)!, _test.Clock.GetUtcNow())));
        Assert.That(_vault.Restore(id)?.Folder, Is.EqualTo("Office/Geld"));
        Assert.That((_vault.Find(id)?.Title, _vault.Removed.Count), Is.EqualTo(("Bank", 0)));
        Assert.That(_vault.Restore(id), Is.Null, "it is not in the bin any more");
    }

    [Test]
    public void An_item_whose_folder_went_to_the_bin_goes_back_to_the_top()
    {
        var id = Add("Bank", "Old/Geld");
        var folder = _vault.Tree.Groups.Values.Single(group => group.Name == "Geld");
        _vault.Remove(id);
        // As another program does: the whole folder goes to the bin.
        folder.Parent!.Groups.Remove(folder);
        folder.Parent = _vault.Tree.RecycleBin!;
        folder.Parent.Groups.Add(folder);

        Assert.That(_vault.Restore(id)?.Folder, Is.Empty);
    }

    [Test]
    public void The_last_one_removed_comes_first()
    {
        var ids = new[] { Add("A", ""), Add("B", ""), Add("C", "") };
        foreach (var id in new[] { ids[1], ids[2], ids[0] })
        {
            _test.Clock.Advance(TimeSpan.FromMinutes(1));
            _vault.Remove(id);
        }

        Assert.That(_vault.Removed.Select(item => item.Summary.Title), Is.EqualTo(new[] { "A", "C", "B" }));
    }

    [Test]
    public void An_item_deleted_for_good_is_gone_and_the_file_says_so()
    {
        var id = Add("Bank", "");
        Assert.That(_vault.Delete(id), Is.False, "it is not in the bin");
        _vault.Remove(id);

        Assert.That(_vault.Delete(id), Is.True);

        Reopen();
        Assert.That((_vault.Get(id), _vault.Removed.Count), Is.EqualTo(((Item?)null, 0)));
        Assert.That(_vault.Tree.Deleted[id].Time, Is.EqualTo(_test.Clock.GetUtcNow()));
        Assert.That(_vault.Delete(id), Is.False);
    }

    [Test]
    public void Revisions_say_what_the_next_newer_content_changed()
    {
        var id = Add("Bank", "");
        Change(id, TestVault.Secret(FieldName.Password, "new"), NewField.Clear(FieldName.Title, "The bank"));
        Change(id, TestVault.Secret("PIN", "0815"));
        Change(id, new NewField("PIN", null, null), NewField.Clear(FieldName.UserName, "anna"));
        Reopen();

        var revisions = _vault.Revisions(id)!;

        Assert.That(revisions.Select(one => (one.Number, one.Title, string.Join(' ', one.Changed))), Is.EqualTo(new[]
        {
            (3, "The bank", "UserName PIN"), (2, "The bank", "PIN"), (1, "Bank", "Title Password"),
        }));
        Assert.That(revisions.Select(one => one.ModifiedAt).Distinct().Count(), Is.EqualTo(3));
        Assert.That(
            new[] { 0, 1, 2, 3, 4 }.Select(number => ReadRevision(id, FieldName.Password, number)),
            Is.EqualTo(new[] { null, "old", "new", "new", null }));
        Assert.That(_vault.Revisions(ItemId.New()), Is.Null);
    }

    [Test]
    public void A_revision_restored_is_the_content_again_and_what_it_replaced_is_a_revision()
    {
        var id = Add("Bank", "Office");
        var tags = _vault.Update(id, new ItemDraft { Tags = ["money"] })!.Tags;
        _test.Clock.Advance(TimeSpan.FromMinutes(1));
        _vault.Update(id, new ItemDraft { Fields = [TestVault.Secret(FieldName.Password, "new")], Tags = [], Folder = "Elsewhere" });
        _test.Clock.Advance(TimeSpan.FromMinutes(1));

        var restored = _vault.Restore(id, 2);

        Reopen();
        var item = _vault.Find(id)!;
        Assert.That(item, Is.EqualTo(restored! with { Tags = item.Tags }));
        Assert.That((item.Folder, item.ModifiedAt), Is.EqualTo(("Elsewhere", _test.Clock.GetUtcNow())));
        Assert.That(item.Tags, Is.EqualTo(tags));
        Assert.That(TestVault.Read(_vault, id, FieldName.Password), Is.EqualTo("old"));
        Assert.That(_vault.Revisions(id)!.Select(one => one.Number), Is.EqualTo(new[] { 3, 2, 1 }));
        Assert.That(ReadRevision(id, FieldName.Password, 3), Is.EqualTo("new"));
        Assert.That((_vault.Restore(id, 4), _vault.Restore(id, 0), _vault.Restore(id, -1)), Is.EqualTo(((object?)null, (object?)null, (object?)null)));
    }

    [Test]
    public void Folders_are_listed_with_empty_ones_and_without_the_bin()
    {
        Add("Bank", "Office/Geld");
        _vault.Remove(Add("Gone", "Empty"));

        Assert.That(_vault.Folders, Is.EqualTo(new[] { "Office", "Office/Geld", "Empty" }));
    }

    [Test]
    public void A_change_that_cannot_be_written_leaves_nothing()
    {
        var kept = Add("Kept", "Office");
        var removed = Add("Removed", "");
        _vault.Remove(removed);
        _vault.SetSetting("k", "before");
        _vault.Write();
        var (items, bin) = (_vault.Items.ToList(), _vault.Removed.ToList());
        var written = System.IO.File.ReadAllBytes(_test.Path);
        System.IO.File.WriteAllText(_test.Path, "somebody else's file, not to be overwritten");

        var failure = Assert.Throws<VaultException>(() => _vault.Commit(() =>
        {
            Add("New", "New folder");
            _vault.Update(kept, new ItemDraft { Fields = [TestVault.Secret(FieldName.Password, "new")], Folder = "Other" });
            _vault.Delete(removed);
            _vault.SetSetting("k", "after");
        }));

        Assert.That(failure!.Error, Is.EqualTo(VaultError.Changed));
        Assert.That(_vault.Items, Is.EqualTo(items));
        Assert.That(_vault.Removed, Is.EqualTo(bin));
        Assert.That(_vault.Folders, Is.EqualTo(new[] { "Office" }));
        Assert.That((_vault.Setting("k"), TestVault.Read(_vault, kept, FieldName.Password)), Is.EqualTo(("before", "old")));
        System.IO.File.WriteAllBytes(_test.Path, written);
        Assert.That(_vault.Commit(() => _vault.SetSetting("k", "later")), Is.EqualTo(WriteOutcome.Written));
        Reopen();
        Assert.That(_vault.Items.Select(item => item.Title), Is.EqualTo(new[] { "Kept" }));
    }

    [Test]
    public void A_change_that_fails_after_a_merge_does_not_lose_what_was_merged()
    {
        Add("Ours", "");
        _vault.Write();
        using (var other = _test.Open())
        {
            other.Add(new ItemDraft { Fields = [NewField.Clear(FieldName.Title, "Theirs")] });
            other.Write();
        }

        Assert.That(
            () => _vault.Commit(() =>
            {
                _vault.SetSetting("k", "v");
                _vault.Refresh();
                throw new InvalidOperationException("a bug");
            }),
            Throws.InvalidOperationException);

        Assert.That(_vault.Items.Select(item => item.Title), Is.EqualTo(new[] { "Ours" }));
        Assert.That(_vault.Commit(() => _vault.SetSetting("k", "v")), Is.EqualTo(WriteOutcome.Merged));
        Assert.That(_vault.Items.Select(item => item.Title), Is.EquivalentTo(new[] { "Ours", "Theirs" }));
    }

    private ItemId Add(string title, string folder) => _vault.Add(new ItemDraft
    {
        Fields = [NewField.Clear(FieldName.Title, title), TestVault.Secret(FieldName.Password, "old")],
        Folder = folder,
    }).Id;

    private void Change(ItemId id, params NewField[] fields)
    {
        _test.Clock.Advance(TimeSpan.FromMinutes(1));
        _vault.Update(id, new ItemDraft { Fields = fields });
    }

    private string? ReadRevision(ItemId id, string field, int revision)
    {
        using var value = _vault.OpenField(id, field, revision);
        return value is null ? null : System.Text.Encoding.UTF8.GetString(value.Span);
    }

    private void Reopen()
    {
        _vault.Write();
        _vault.Dispose();
        _vault = _test.Open();
    }
}
