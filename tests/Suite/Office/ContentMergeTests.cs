using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Office.Content;

namespace Suite.Shares;

/// <summary>Two people change one item: what becomes of every value.</summary>
public class ContentMergeTests
{
    private static readonly ItemContent Common = Contents.Login(("Title", "Mail"), ("UserName", "anna"), ("Password", "old"));

    [Test]
    public void Changes_of_different_fields_are_both_taken_without_a_conflict()
    {
        var theirs = Change(Common, ("Title", "Mail"), ("UserName", "anna@example.com"), ("Password", "old"));
        var ours = Change(Common, ("Title", "Mail"), ("UserName", "anna"), ("Password", "new"), ("Notes", "ours"));

        var merged = ContentMerge.Merge(Common, theirs, ours, now: 9, Contents.Bert);

        Assert.That(merged.Conflicts, Is.Empty);
        Assert.That(merged.Content.Body, Is.EqualTo(
            Contents.Body(("Title", "Mail"), ("UserName", "anna@example.com"), ("Password", "new"), ("Notes", "ours"))));
    }

    [Test]
    public void Of_two_changes_of_one_field_theirs_stands_and_ours_is_in_the_history()
    {
        var theirs = Change(Common, ("Title", "Mail"), ("UserName", "anna"), ("Password", "theirs"));
        var ours = Change(Common, ("Title", "Post"), ("UserName", "anna"), ("Password", "ours"));

        var merged = ContentMerge.Merge(Common, theirs, ours, now: 9, Contents.Bert);

        Assert.That(merged.Conflicts.Single(), Is.EqualTo("Password"));
        Assert.That(Contents.ValueOf(merged.Content.Body, "Password"), Is.EqualTo("theirs"));
        Assert.That(Contents.ValueOf(merged.Content.Body, "Title"), Is.EqualTo("Post"));
        Assert.That(merged.Content.History[0], Is.EqualTo(new ContentRevision(9, Contents.Bert, ours.Body)));
    }

    [Test]
    public void The_same_change_on_both_sides_is_no_conflict()
    {
        var both = Change(Common, ("Title", "Mail"), ("UserName", "anna"), ("Password", "new"));

        var merged = ContentMerge.Merge(Common, both, both, now: 9, Contents.Bert);

        Assert.That(merged.Conflicts, Is.Empty);
        Assert.That(merged.Content, Is.EqualTo(both));
    }

    [Test]
    public void A_field_that_we_removed_and_they_changed_stays()
    {
        var theirs = Change(Common, ("Title", "Mail"), ("UserName", "other"), ("Password", "old"));
        var ours = Change(Common, ("Title", "Mail"), ("Password", "old"));

        var merged = ContentMerge.Merge(Common, theirs, ours, now: 9, Contents.Bert);

        Assert.That(merged.Conflicts.Single(), Is.EqualTo("UserName"));
        Assert.That(Contents.ValueOf(merged.Content.Body, "UserName"), Is.EqualTo("other"));
    }

    [Test]
    public void More_fields_than_anybody_reads_leave_theirs_whole()
    {
        ItemContent With(string prefix) => Contents.Login([.. Enumerable.Range(0, 300).Select(number => ($"{prefix}{number}", "x"))]);

        var merged = ContentMerge.Merge(Contents.Login(), With("a"), With("b"), now: 9, Contents.Bert);

        Assert.That(merged.Conflicts.Single(), Is.EqualTo("fields"));
        Assert.That(merged.Content.Body.Fields, Has.Count.EqualTo(300));
        Assert.That(merged.Content.History[0].Body.Fields, Has.Count.EqualTo(300));
    }

    [FsCheck.NUnit.Property(MaxTest = 2_000)]
    public Property No_value_is_ever_lost() => Prop.ForAll(Three, three =>
    {
        var (common, theirs, ours) = three;
        var content = new ItemContent { Kind = "login", Body = common };
        var (changedByThem, changedByUs) = (content.Change(theirs, 1, Contents.Anna), content.Change(ours, 2, Contents.Bert));

        var merged = ContentMerge.Merge(content, changedByThem, changedByUs, now: 9, Contents.Bert).Content;

        var kept = merged.History.Select(revision => revision.Body).Prepend(merged.Body).ToList();
        return new[] { common, theirs, ours }.All(body =>
            body.Fields.All(field => field.Value.Length == 0 || kept.Any(one => one.Fields.Contains(field)))
            && kept.Any(one => one.Urls.SequenceEqual(body.Urls))
            && kept.Any(one => one.Tags.SequenceEqual(body.Tags))
            && kept.Any(one => one.ExpiresAt == body.ExpiresAt));
    });

    [FsCheck.NUnit.Property(MaxTest = 1_000)]
    public Property What_one_side_alone_changed_is_taken() => Prop.ForAll(Three, three =>
    {
        var (common, theirs, _) = three;
        var content = new ItemContent { Kind = "login", Body = common };
        var changed = content.Change(theirs, 1, Contents.Anna);

        return ContentMerge.Merge(content, changed, content, 9, Contents.Bert) is { Conflicts.Count: 0 } forThem && forThem.Content == changed
            && ContentMerge.Merge(content, content, changed, 9, Contents.Bert) is { Conflicts.Count: 0 } forUs
            && SameFields(forUs.Content.Body, changed.Body);
    });

    private static Arbitrary<(ContentBody Common, ContentBody Theirs, ContentBody Ours)> Three => Arb.From(
        from common in Contents.Bodies
        from theirs in Contents.Bodies
        from ours in Contents.Bodies
        select (common, theirs, ours));

    /// <summary>Fields have no order that means anything, and an empty one is as none.</summary>
    private static bool SameFields(ContentBody one, ContentBody other) => Sorted(one) == Sorted(other);

    private static ContentBody Sorted(ContentBody body) =>
        body with { Fields = [.. body.Fields.Where(field => field.Value.Length > 0).OrderBy(field => field.Name)] };

    private static ItemContent Change(ItemContent content, params (string, string)[] fields) =>
        content.Change(Contents.Body(fields), now: 5, Contents.Anna);
}
