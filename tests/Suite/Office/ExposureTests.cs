using Contracts;
using NUnit.Framework;
using Office;
using Office.Content;

namespace Suite.Shares;

/// <summary>Whether a password was changed since a leaver could open it, by the item's own history.</summary>
public class ExposureTests
{
    private const long Lost = 100, Now = 200;

    private static readonly Id Eve = Id.New();
    private static readonly Id Anna = Id.New();

    [TestCase("one", 150, true, "Password", 150L)]
    [TestCase("by the leaver", 150, false, "Password", null)]
    [TestCase("before it was lost", Lost, true, "Password", null)]
    [TestCase("that is to come", Now + 1, true, "Password", null)]
    [TestCase("of something else", 150, true, "UserName", null)]
    public void Change_counts_if_somebody_else_made_it_afterwards(string what, long until, bool isByAnna, string field, long? expected)
    {
        var content = ContentOf("new", new ContentRevision(until, isByAnna ? Anna : Eve, BodyOf(field == "Password" ? "old" : "new", field)));

        Assert.That(Exposure.ChangedAt(content, Eve, Lost, Now), Is.EqualTo(expected), what);
    }

    [Test]
    public void Change_below_others_counts_and_a_password_that_was_taken_away_is_changed()
    {
        var content = ContentOf(
            "",
            new ContentRevision(170, Anna, BodyOf("", "Notes")), new ContentRevision(160, Anna, BodyOf("", "UserName")),
            new ContentRevision(150, Anna, BodyOf("old", "Title")));

        Assert.That(Exposure.ChangedAt(content, Eve, Lost, Now), Is.EqualTo(150));
        Assert.That(Exposure.HasPassword(content));
    }

    private static ItemContent ContentOf(string password, params ContentRevision[] history) =>
        new() { Kind = "login", Body = BodyOf(password, "Title"), History = history };

    private static ContentBody BodyOf(string password, string other) => new()
    {
        Fields = [.. password.Length > 0 ? new[] { Contents.Field("Password", password) } : [], .. other == "Password" ? Array.Empty<ContentField>() : [Contents.Field(other, "x")]],
    };
}
