using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Vault;

namespace Suite.Unit.Vault.File;

/// <summary>Two programs with one file: <c>here</c> has it open and changed, <c>there</c> has written it meanwhile.</summary>
public class MergeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public void Items_added_on_both_sides_are_both_there()
    {
        using var world = new World();
        world.Here.Add(Login("here"));
        world.There(vault => vault.Add(Login("there")));

        Assert.That(world.Here.Write(), Is.EqualTo(WriteOutcome.Merged));

        Assert.That(world.Here.Items.Select(item => item.Title), Is.EquivalentTo(["shared", "here", "there"]));
        Assert.That(world.Reopened(vault => vault.Items.Select(item => item.Title).ToList()),
            Is.EquivalentTo(["shared", "here", "there"]));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Of_two_changes_the_later_is_current_and_the_other_in_the_history(bool isHereLater)
    {
        using var world = new World();
        if (isHereLater)
        {
            world.There(vault => vault.Update(world.Shared, Password("there")));
            world.Test.Clock.Advance(Minute);
            world.Here.Update(world.Shared, Password("here"));
        }
        else
        {
            world.Here.Update(world.Shared, Password("here"));
            world.Test.Clock.Advance(Minute);
            world.There(vault => vault.Update(world.Shared, Password("there")));
        }

        world.Here.Write();

        world.Reopened(vault =>
        {
            Assert.That(TestVault.Read(vault, world.Shared, FieldName.Password), Is.EqualTo(isHereLater ? "here" : "there"));
            Assert.That(World.AllPasswords(vault), Is.EquivalentTo(["first", "here", "there"]));
            return 0;
        });
    }

    [Test]
    public void Of_two_changes_in_the_same_second_both_are_kept()
    {
        using var world = new World();
        world.Here.Update(world.Shared, Password("here"));
        world.There(vault => vault.Update(world.Shared, Password("there")));

        world.Here.Write();

        Assert.That(world.Reopened(World.AllPasswords), Is.EquivalentTo(["first", "here", "there"]));
    }

    [TestCase(true, false, TestName = "Deleted_here_and_changed_there_later_is_an_item_again")]
    [TestCase(false, true, TestName = "Changed_there_and_deleted_here_later_is_in_the_recycle_bin")]
    public void Deleted_and_changed(bool isDeletedFirst, bool isInBin)
    {
        using var world = new World();
        if (isDeletedFirst)
        {
            world.Here.Remove(world.Shared);
            world.Test.Clock.Advance(Minute);
            world.There(vault => vault.Update(world.Shared, Password("there")));
        }
        else
        {
            world.There(vault => vault.Update(world.Shared, Password("there")));
            world.Test.Clock.Advance(Minute);
            world.Here.Remove(world.Shared);
        }

        world.Here.Write();

        Assert.That(world.Here.Items.Any(), Is.EqualTo(!isInBin));
        Assert.That(world.Reopened(World.AllPasswords), Is.EquivalentTo(["first", "there"]));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Deleted_for_good_there_goes_to_the_recycle_bin_unless_it_was_changed_here_later(bool isChangedLater)
    {
        using var world = new World();
        world.Here.SetSetting("k", "v");
        world.Test.Clock.Advance(Minute);
        world.ThereForGood(world.Shared);
        world.Test.Clock.Advance(Minute);
        if (isChangedLater)
        {
            world.Here.Update(world.Shared, Password("here"));
        }

        world.Here.Write();

        Assert.That(world.Here.Items.Any(), Is.EqualTo(isChangedLater));
        Assert.That(world.Here.Get(world.Shared), Is.Not.Null);
    }

    [Test]
    public void Moved_on_both_sides_stands_where_it_was_moved_last()
    {
        using var world = new World();
        world.Here.Update(world.Shared, new ItemDraft { Folder = "Here" });
        world.Test.Clock.Advance(Minute);
        world.There(vault => vault.Update(world.Shared, new ItemDraft { Folder = "There/Below" }));

        world.Here.Write();

        Assert.That(world.Reopened(vault => vault.Items.Single().Folder), Is.EqualTo("There/Below"));
    }

    [Test]
    public void Settings_of_both_sides_are_kept_and_the_later_of_one_key_wins()
    {
        using var world = new World();
        world.Here.SetSetting("here", "1");
        world.Here.SetSetting("both", "here");
        world.Test.Clock.Advance(Minute);
        world.There(vault =>
        {
            vault.SetSetting("there", "2");
            vault.SetSetting("both", "there");
        });

        world.Here.Write();

        Assert.That(world.Reopened(vault => (vault.Setting("here"), vault.Setting("there"), vault.Setting("both"))),
            Is.EqualTo(("1", "2", "there")));
    }

    [Test]
    public void What_KeePassXC_changed_is_merged_with_what_was_changed_here()
    {
        using var world = new World();
        var letter = Path.Combine(world.Test.Folder.FullName, "letter");
        System.IO.File.WriteAllText(letter, "hello");
        world.Here.Add(Login("here"));
        string[] passphrase = [TestVault.Passphrase];
        KeePassXc.Run(world.Test.Folder, passphrase, "edit", "-q", "-u", "there", world.Test.Path, "shared");
        KeePassXc.Run(world.Test.Folder, passphrase, "add", "-q", world.Test.Path, "there");
        KeePassXc.Run(world.Test.Folder, passphrase, "attachment-import", "-q", world.Test.Path, "there", "letter", letter);

        Assert.That(world.Here.Write(), Is.EqualTo(WriteOutcome.Merged));

        world.Reopened(vault =>
        {
            Assert.That(vault.Items.Select(item => item.Title), Is.EquivalentTo(["shared", "here", "there"]));
            var shared = vault.Get(world.Shared)!;
            Assert.That((shared.Summary.UserName, shared.Revisions), Is.EqualTo(("there", 1)));
            Assert.That(vault.Get(vault.Items.Single(item => item.Title == "here").Id)!.Revisions, Is.Zero);
            var there = vault.Items.Single(item => item.Title == "there").Id;
            Assert.That(vault.ReadAttachment(there, "letter"), Is.EqualTo("hello"u8.ToArray()));
            return 0;
        });
    }

    [Test]
    public void Two_programs_that_write_at_once_lose_nothing_of_either()
    {
        const int Theirs = 8;
        using var world = new World();
        var there = Task.Run(() =>
        {
            for (var number = 0; number < Theirs;)
            {
                var (exitCode, _, errors) = KeePassXc.TryRun(
                    world.Test.Folder, [TestVault.Passphrase], "add", "-q", world.Test.Path, $"there {number}");
                if (exitCode == 0)
                {
                    number++;
                }
                else
                {
                    // It saw us write after it had read, wrote nothing and said so: a person tries again.
                    Assert.That(errors, Does.Contain("unmerged changes"));
                }
            }
        });
        var ours = 0;
        while (!there.IsCompleted)
        {
            world.Here.Add(Login($"here {ours++}"));
            world.Here.Write();
        }
        there.GetAwaiter().GetResult();
        world.Here.SetSetting("k", "v");
        world.Here.Write();

        Assert.That(ours, Is.GreaterThan(Theirs));
        Assert.That(world.Reopened(vault => vault.Items.Select(item => item.Title).ToList()), Is.EquivalentTo((string[])
        [
            "shared", .. Enumerable.Range(0, ours).Select(number => $"here {number}"),
            .. Enumerable.Range(0, Theirs).Select(number => $"there {number}"),
        ]));
    }

    [Test]
    public void A_file_that_KeePassXC_only_saved_again_gives_no_item_a_revision()
    {
        using var world = new World();
        KeePassXc.Run(world.Test.Folder, [TestVault.Passphrase], "add", "-q", world.Test.Path, "there");

        Assert.That(world.Here.Refresh(), Is.True);

        Assert.That(world.Here.Items, Has.Count.EqualTo(2));
        Assert.That(world.Here.Get(world.Shared)!.Revisions, Is.Zero);
    }

    [Test]
    public void A_vault_of_another_root_group_is_not_touched_and_ours_is_written_beside_it()
    {
        using var world = new World();
        world.Here.Add(Login("here"));
        System.IO.File.Delete(world.Test.Path);
        using (world.Test.Create())
        {
        }
        AssertWrittenBeside(world);
    }

    [Test]
    public void A_vault_under_another_key_is_not_touched_and_ours_is_written_beside_it()
    {
        using var world = new World();
        world.Here.Add(Login("here"));
        System.IO.File.Delete(world.Test.Path);
        using (var key = TestVault.Key("another"))
        using (VaultFile.Create(world.Test.Path, key, TestVault.Cheap, world.Test.Options))
        {
        }
        AssertWrittenBeside(world);
    }

    [Test]
    public void Nonsense_in_the_place_of_the_vault_is_not_touched_and_ours_is_written_beside_it()
    {
        using var world = new World();
        world.Here.Add(Login("here"));
        System.IO.File.WriteAllText(world.Test.Path, "half of a sync");
        AssertWrittenBeside(world);
    }

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public Property No_value_of_either_side_is_lost() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<(byte, byte)[]>().ToArbitrary(),
        ArbMap.Default.GeneratorFor<(byte, byte)[]>().ToArbitrary(),
        (here, there) =>
        {
            using var world = new World();
            var values = new HashSet<string> { "first" };
            world.There(vault => Change(vault, there, "there", world.Test.Clock, values));
            Change(world.Here, here, "here", world.Test.Clock, values);
            world.Here.SetSetting("k", "v");
            world.Here.Write();
            var kept = world.Reopened(World.AllPasswords);
            return values.IsSubsetOf(kept);
        });

    // Each pair is one change: what, and to which item. Few enough that no history is trimmed.
    private static void Change(VaultFile vault, (byte What, byte Item)[] changes, string side, TestClock clock, HashSet<string> values)
    {
        foreach (var (what, item) in changes.Take(8))
        {
            if (what % 7 == 0)
            {
                clock.Advance(Minute);
            }
            var value = $"{side} {values.Count}";
            if (what % 4 == 0 || vault.Items.Count == 0)
            {
                vault.Add(Password(value));
                values.Add(value);
                continue;
            }
            var id = vault.Items[item % vault.Items.Count].Id;
            switch (what % 4)
            {
                case 1:
                    vault.Update(id, Password(value));
                    values.Add(value);
                    break;
                case 2:
                    vault.Remove(id);
                    break;
                default:
                    vault.Update(id, new ItemDraft { Folder = $"Folder {item % 3}" });
                    break;
            }
        }
    }

    private static void AssertWrittenBeside(World world)
    {
        var before = System.IO.File.ReadAllBytes(world.Test.Path);

        var failure = Assert.Throws<VaultException>(() => world.Here.Write())!;

        Assert.That(failure.Error, Is.EqualTo(VaultError.Changed));
        Assert.That(System.IO.File.ReadAllBytes(world.Test.Path), Is.EqualTo(before));
        var beside = Directory.GetFiles(world.Test.Folder.FullName, "vault.latchkey-*.kdbx").Single();
        Assert.That(failure.Hint, Does.Contain(beside));
        Assert.That(failure.File, Is.EqualTo(beside));
        Assert.That(new FileInfo(beside).UnixFileMode, Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        using var key = TestVault.Key();
        using var ours = VaultFile.Open(beside, key, world.Test.Options);
        Assert.That(ours.Items.Select(item => item.Title), Is.EquivalentTo(["shared", "here"]));
    }

    private static ItemDraft Login(string title) => new() { Fields = [NewField.Clear(FieldName.Title, title)] };

    private static ItemDraft Password(string password) => new() { Fields = [TestVault.Secret(FieldName.Password, password)] };

    private sealed class World : IDisposable
    {
        internal World()
        {
            Here = Test.Create();
            Shared = Here.Add(new ItemDraft
            {
                Fields = [NewField.Clear(FieldName.Title, "shared"), TestVault.Secret(FieldName.Password, "first")],
            }).Id;
            Here.Write();
            Test.Clock.Advance(Minute);
        }

        internal TestVault Test { get; } = new();

        internal VaultFile Here { get; }

        internal ItemId Shared { get; }

        internal void There(Action<VaultFile> change)
        {
            using var vault = Test.Open();
            change(vault);
            vault.Write();
        }

        // As a program does that empties its recycle bin.
        internal void ThereForGood(ItemId id)
        {
            using var vault = Test.Open();
            var entry = vault.Tree.Entries[id];
            entry.Parent.Entries.Remove(entry);
            vault.Tree.Entries.Remove(id);
            vault.Tree.Deleted[id] = new global::Vault.Kdbx.Deletion(Test.Clock.GetUtcNow(), []);
            vault.SetSetting("k", "v");
            vault.Write();
        }

        internal T Reopened<T>(Func<VaultFile, T> look)
        {
            using var vault = Test.Open();
            return look(vault);
        }

        /// <summary>Every password in the file: of every item, in the recycle bin too, and of every revision.</summary>
        internal static List<string> AllPasswords(VaultFile vault)
        {
            var passwords = new List<string>();
            foreach (var entry in vault.Tree.Entries.Values)
            {
                var parts = global::Vault.Kdbx.Parts.Of(entry.Slice);
                var revisions = parts.Where(part => part.Name == "History")
                    .SelectMany(history => global::Vault.Kdbx.Parts.Of(history.Slice)).Select(part => part.Slice);
                foreach (var slice in revisions.Prepend(entry.Slice))
                {
                    using var password = global::Vault.Kdbx.ItemReader.OpenField(slice, FieldName.Password)!;
                    passwords.Add(System.Text.Encoding.UTF8.GetString(password.Span));
                }
            }
            return passwords;
        }

        public void Dispose()
        {
            Here.Dispose();
            Test.Dispose();
        }
    }
}
