using System.Runtime.Versioning;
using NUnit.Framework;
using Vault;

namespace Suite.Unit.Vault.File;

/// <summary>What a write leaves behind when the disk or the folder says no, and beside the vault when all is well.</summary>
public class WriteTests
{
    [Test]
    public void A_full_disk_loses_nothing_and_the_write_works_when_there_is_space_again()
    {
        using var disk = new SmallDisk();
        using var test = new TestVault { Path = Path.Combine(disk.Folder, "vault.kdbx") };
        using var vault = test.Create();
        var before = System.IO.File.ReadAllBytes(test.Path);
        var filler = disk.Fill();
        vault.Add(new ItemDraft { Fields = [NewField.Clear(FieldName.Notes, Noise(50_000))] });

        Assert.That(() => vault.Write(), Throws.TypeOf<VaultException>().With.Property("Error").EqualTo(VaultError.DiskFull));

        Assert.That(System.IO.File.ReadAllBytes(test.Path), Is.EqualTo(before));
        Assert.That(Directory.GetFiles(disk.Folder), Is.EquivalentTo([test.Path, filler]));
        System.IO.File.Delete(filler);
        Assert.That(vault.Write(), Is.EqualTo(WriteOutcome.Written));
        using var again = test.Open();
        Assert.That(again.Items, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_read_only_folder_loses_nothing()
    {
        using var disk = new SmallDisk();
        using var test = new TestVault { Path = Path.Combine(disk.Folder, "vault.kdbx") };
        using var vault = test.Create();
        var before = System.IO.File.ReadAllBytes(test.Path);
        vault.Add(new ItemDraft());
        disk.Remount("ro");

        Assert.That(() => vault.Write(), Throws.TypeOf<VaultException>().With.Property("Error").EqualTo(VaultError.ReadOnly));

        Assert.That(System.IO.File.ReadAllBytes(test.Path), Is.EqualTo(before));
        disk.Remount("rw");
        Assert.That(vault.Write(), Is.EqualTo(WriteOutcome.Written));
    }

    [Test]
    public void A_file_that_was_moved_away_is_not_written_anew_and_the_write_works_when_it_is_back()
    {
        using var test = new TestVault();
        using var vault = test.Create();
        vault.Backup();
        System.IO.File.Move(test.Path, test.Path + ".away");

        var refusal = Assert.Throws<VaultException>(() => vault.Commit(() => vault.SetSetting("k", "v")))!;

        Assert.That(refusal.Error, Is.EqualTo(VaultError.Missing));
        Assert.That(refusal.Hint, Is.EqualTo("put it back, or lock and open it where it is; its newest backup is vault.kdbx.backup-20261120-120000"));
        Assert.That(refusal.File, Is.EqualTo("vault.kdbx.backup-20261120-120000"));
        Assert.That(System.IO.File.Exists(test.Path), Is.False);
        Assert.That(vault.Setting("k"), Is.Null);
        System.IO.File.Move(test.Path + ".away", test.Path);
        Assert.That(vault.Commit(() => vault.SetSetting("k", "v")), Is.EqualTo(WriteOutcome.Written));
    }

    [Test]
    public void A_file_that_another_program_deletes_before_it_writes_it_is_waited_for_and_merged()
    {
        using var test = new TestVault();
        var looks = 0;
        void WriteAtTheThird(TimeSpan _)
        {
            if (++looks == 3)
            {
                System.IO.File.Move(test.Path + ".new", test.Path);
            }
        }
        using var vault = test.Create(options: test.Options with { Wait = WriteAtTheThird });
        using (var other = test.Open())
        {
            other.SetSetting("theirs", "1");
            other.Write();
        }
        System.IO.File.Move(test.Path, test.Path + ".new");

        Assert.That(vault.Commit(() => vault.SetSetting("ours", "2")), Is.EqualTo(WriteOutcome.Merged));
        Assert.That(looks, Is.EqualTo(3));
        Assert.That((vault.Setting("theirs"), vault.Setting("ours")), Is.EqualTo(("1", "2")));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void A_new_file_is_its_owners_and_a_replaced_one_keeps_its_mode()
    {
        using var test = new TestVault();
        using var vault = test.Create();
        Assert.That(new FileInfo(test.Path).UnixFileMode, Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        const UnixFileMode Shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        System.IO.File.SetUnixFileMode(test.Path, Shared);
        vault.SetSetting("k", "v");

        vault.Write();

        Assert.That(new FileInfo(test.Path).UnixFileMode, Is.EqualTo(Shared));
    }

    [Test]
    public void A_symbolic_link_stays_one_and_its_file_is_replaced()
    {
        using var test = new TestVault();
        var real = Path.Combine(test.Folder.FullName, "real.kdbx");
        using (test.Create())
        {
        }
        System.IO.File.Move(test.Path, real);
        System.IO.File.CreateSymbolicLink(test.Path, real);
        using (var vault = test.Open())
        {
            vault.SetSetting("k", "v");
            vault.Write();
            Assert.That(vault.Path, Is.EqualTo(real));
        }

        Assert.That(new FileInfo(test.Path).LinkTarget, Is.EqualTo(real));
        using var again = test.Open();
        Assert.That(again.Setting("k"), Is.EqualTo("v"));
    }

    [Test]
    public void The_first_write_of_a_day_keeps_a_backup_and_five_are_kept()
    {
        using var test = new TestVault();
        using var vault = test.Create();
        for (var day = 0; day < 7; day++)
        {
            for (var write = 0; write < 2; write++)
            {
                vault.SetSetting("day", $"{day} {write}");
                vault.Write();
                test.Clock.Advance(TimeSpan.FromHours(1));
            }
            test.Clock.Advance(TimeSpan.FromHours(22));
        }

        var backups = Directory.GetFiles(test.Folder.FullName, "*.backup-*").Order(StringComparer.Ordinal).ToList();
        Assert.That(backups.Select(Path.GetFileName), Is.EqualTo(Enumerable.Range(22, 5).Select(day => $"vault.kdbx.backup-202611{day}-120000")));
        using var key = TestVault.Key();
        using var oldest = VaultFile.Open(backups[0], key, test.Options);
        Assert.That(oldest.Setting("day"), Is.EqualTo("1 1"));
    }

    [Test]
    public void A_temporary_file_of_a_crashed_writer_is_deleted_at_the_next_open_and_others_are_not()
    {
        using var test = new TestVault();
        using (test.Create())
        {
        }
        var stale = Path.Combine(test.Folder.FullName, ".vault.kdbx.latchkey-0011223344556677.tmp");
        var inUse = Path.Combine(test.Folder.FullName, ".vault.kdbx.latchkey-8899AABBCCDDEEFF.tmp");
        System.IO.File.WriteAllText(stale, "half");
        using var writer = new FileStream(inUse, FileMode.CreateNew, FileAccess.Write, FileShare.Delete);

        using var vault = test.Open();

        Assert.That(Directory.GetFiles(test.Folder.FullName), Is.EquivalentTo([test.Path, inUse]));
    }

    [Test]
    public void A_missing_file_and_one_that_is_no_vault_are_told_apart()
    {
        using var test = new TestVault();
        Assert.That(() => test.Open(), Throws.TypeOf<VaultException>().With.Property("Error").EqualTo(VaultError.Missing));
        System.IO.File.WriteAllText(test.Path, "some text that is no vault");
        Assert.That(() => test.Open(), Throws.TypeOf<VaultException>().With.Property("Error").EqualTo(VaultError.Unsupported));
    }

    private static string Noise(int length) => Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(length));
}
