using System.Text;
using NUnit.Framework;
using Vault;
using Vault.Crypto;

namespace Suite.Unit.Vault.File;

/// <summary>The history of generated passwords: protected, bounded, no items, and one history after a merge.</summary>
public class GeneratedTests
{
    [Test]
    public void Of_more_than_a_hundred_the_oldest_go()
    {
        using var test = new TestVault();
        using var vault = test.Create();
        for (var number = 0; number < 102; number++)
        {
            test.Clock.Advance(TimeSpan.FromSeconds(number % 2)); // two in each second
            Keep(vault, $"value {number}");
        }
        vault.Write();
        using var again = test.Open();

        Assert.That(again.Generated.Select(one => Open(again, one.Id)), Is.EqualTo(Enumerable.Range(2, 100).Reverse().Select(number => $"value {number}")));
        Assert.That(again.Generated[0].At, Is.EqualTo(test.Clock.GetUtcNow()));
        Assert.That((again.Items.Count, again.Removed.Count, again.Folders.Count), Is.EqualTo((0, 0, 0)));
        Assert.That((again.Find(again.Generated[0].Id), again.FindRemoved(again.Generated[0].Id)), Is.EqualTo(((object?)null, (object?)null)));
    }

    [Test]
    public void Two_copies_that_each_kept_one_have_both_after_a_merge()
    {
        using var test = new TestVault();
        using var ours = test.Create();
        using var theirs = test.Open();
        Keep(ours, "ours");
        ours.Write();
        Keep(theirs, "theirs");

        Assert.That(theirs.Write(), Is.EqualTo(WriteOutcome.Merged));

        Assert.That(theirs.Generated.Select(one => Open(theirs, one.Id)), Is.EquivalentTo(["ours", "theirs"]));
        Assert.That(theirs.Items, Is.Empty);
    }

    [Test]
    public void What_the_other_program_shows_and_saves_of_it_is_still_the_history()
    {
        using var test = new TestVault();
        using (var vault = test.Create())
        {
            Keep(vault, "pä$$ <wörd>");
            vault.Write();
        }
        const string Entry = "Generated passwords/Generated password";

        var shown = KeePassXc.Run(test.Folder, [TestVault.Passphrase], "show", "-q", "-s", "-a", "Password", test.Path, Entry);
        KeePassXc.Run(test.Folder, [TestVault.Passphrase], "add", "-q", "-u", "bob", test.Path, "Added there");

        Assert.That(shown, Is.EqualTo("pä$$ <wörd>\n"));
        using (var again = test.Open())
        {
            Assert.That(again.Generated.Select(one => Open(again, one.Id)), Is.EqualTo(new[] { "pä$$ <wörd>" }));
            Assert.That(again.Items.Select(item => item.Title), Is.EqualTo(new[] { "Added there" }));
        }
        KeePassXc.Run(test.Folder, [TestVault.Passphrase], "rm", "-q", test.Path, Entry);
        using var later = test.Open();
        Assert.That((later.Generated.Count, later.Removed.Select(item => item.Summary.Title)), Is.EqualTo((0, new[] { "Generated password" })));
    }

    [Test]
    public void Group_thrown_away_in_the_other_program_is_not_shown_as_removed_items()
    {
        using var test = new TestVault();
        using (var vault = test.Create())
        {
            Keep(vault, "value");
            vault.Write();
        }
        KeePassXc.Run(test.Folder, [TestVault.Passphrase], "rmdir", "-q", test.Path, "Generated passwords");

        using var again = test.Open();

        Assert.That((again.Removed.Count, again.Items.Count), Is.EqualTo((0, 0)));
        Keep(again, "another");
        Assert.That(Open(again, again.Generated[0].Id), Is.EqualTo("another"));
    }

    private static void Keep(VaultFile vault, string value)
    {
        using var secret = SecretBytes.CopyOf(Encoding.UTF8.GetBytes(value));
        vault.KeepGenerated(secret);
    }

    private static string Open(VaultFile vault, ItemId id)
    {
        using var value = vault.OpenGenerated(id)!;
        return Encoding.UTF8.GetString(value.Span);
    }
}
