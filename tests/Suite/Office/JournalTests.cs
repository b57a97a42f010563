using System.Text;
using NUnit.Framework;
using Office.Store;
using Vault;

namespace Suite.Shares;

/// <summary>Entries that are on the disk when the call returns, whatever happens to the file's end.</summary>
public class JournalTests
{
    private static readonly byte[] Key = [.. Enumerable.Repeat((byte)7, 32)];

    private DirectoryInfo _folder = null!;

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("latchkey-journal");

    [TearDown]
    public void TearDown() => _folder.Delete(recursive: true);

    private string PathOf => Path.Combine(_folder.FullName, "a.outbox");

    [Test]
    public void Entries_come_back_in_order_and_nothing_is_readable_on_the_disk()
    {
        Write("first", "", "third secret");

        Assert.That(Read(), Is.EqualTo("first||third secret"));
        Assert.That(Encoding.Latin1.GetString(File.ReadAllBytes(PathOf)), Does.Not.Contain("secret"));
        Assert.That(OperatingSystem.IsWindows() || File.GetUnixFileMode(PathOf) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Journal_that_somebody_is_about_to_close_is_waited_for()
    {
        var closing = Journal.Open(PathOf, Key, _ => { });
        var opening = Task.Run(() => Journal.Open(PathOf, Key, _ => { }));
        Assert.That(opening.Wait(TimeSpan.FromMilliseconds(200)), Is.False);

        closing.Dispose();

        opening.Result.Dispose();
    }

    [Test]
    public void Entries_that_more_came_after_are_all_there()
    {
        using (var journal = Journal.Open(PathOf, Key, _ => { }))
        {
            journal.Append([Encoding.UTF8.GetBytes("first")], isLast: false);
            journal.Append([], isLast: true);
        }

        Assert.That(Read(), Is.EqualTo("first"));
    }

    [Test]
    public void Entries_of_one_call_share_frames_of_a_bounded_size_and_come_back_each_by_itself()
    {
        string[] entries = [.. Enumerable.Range(0, 100).Select(number => new string((char)('a' + (number % 26)), number * 20)), new string('!', 100_000), "", "last"];
        using (var journal = Journal.Open(PathOf, Key, _ => { }))
        {
            journal.Append(["before"u8.ToArray()]);
            journal.Append([.. entries.Select(Encoding.UTF8.GetBytes)]);
        }

        Assert.That(Read(), Is.EqualTo("before|" + string.Join('|', entries)));
        Assert.That(Frames(), Is.EqualTo(1 + 4));
    }

    [Test]
    public void Frames_that_a_crash_left_whole_are_kept_and_their_entries_with_them()
    {
        using (var journal = Journal.Open(PathOf, Key, _ => { }))
        {
            journal.Append([.. "abcdefgh".Select(letter => Encoding.UTF8.GetBytes(new string(letter, 10_000)))]);
        }
        var whole = File.ReadAllBytes(PathOf);
        Assert.That(Frames(), Is.EqualTo(2));

        File.WriteAllBytes(PathOf, whole[..^1]);
        Write("again");

        Assert.That(string.Concat(Read().Split('|').Select(entry => entry[0])), Is.EqualTo("abcda"));
    }

    [Test]
    public void Journal_that_could_not_be_written_anew_goes_on_where_it_was()
    {
        Write("first", "second", "third");
        using (var journal = Journal.Open(PathOf, Key, _ => { }))
        {
            Assert.That(() => journal.Rewrite(number => number < 1 ? true : throw new IOException("the disk went")), Throws.TypeOf<VaultException>());
            journal.Append("fourth"u8.ToArray());
        }

        Assert.That(Read(), Is.EqualTo("first|second|third|fourth"));
    }

    [Test]
    public void Entry_cut_short_anywhere_is_dropped_and_the_next_takes_its_place()
    {
        Write("first", "second");
        var whole = File.ReadAllBytes(PathOf);
        var start = whole.Length - SizeOf("second");
        for (var length = start; length < whole.Length; length++)
        {
            File.WriteAllBytes(PathOf, whole[..length]);

            Write("again");

            Assert.That(Read(), Is.EqualTo("first|again"), $"cut to {length} bytes");
        }
    }

    [Test]
    public void Byte_changed_before_the_last_entry_is_damage_and_nothing_is_cut()
    {
        Write("first", "second");
        var whole = File.ReadAllBytes(PathOf);
        for (var at = 0; at < SizeOf("first"); at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 1;
            File.WriteAllBytes(PathOf, damaged);

            Assert.That(() => Read(), Throws.TypeOf<VaultException>().With.Property("Error").EqualTo(VaultError.Damaged), $"byte {at}");
            Assert.That(File.ReadAllBytes(PathOf), Is.EqualTo(damaged));
        }
    }

    [Test]
    public void Length_that_is_damaged_is_damage_also_where_it_points_behind_the_end()
    {
        Write("first", "second");
        var whole = File.ReadAllBytes(PathOf);
        for (var bit = 0; bit < 8 * 8; bit++)
        {
            byte[] damaged = [.. whole];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(PathOf, damaged);

            Assert.That(() => Read(), Throws.TypeOf<VaultException>().With.Property("Error").EqualTo(VaultError.Damaged), $"bit {bit}");
            Assert.That(File.ReadAllBytes(PathOf), Is.EqualTo(damaged));
        }
    }

    [Test]
    public void Empty_bytes_that_a_crash_left_behind_the_last_entry_are_cut()
    {
        Write("first");
        File.WriteAllBytes(PathOf, [.. File.ReadAllBytes(PathOf), .. new byte[5000]]);

        Write("again");

        Assert.That(Read(), Is.EqualTo("first|again"));
    }

    [Test]
    public void Entries_in_another_order_or_with_one_left_out_are_damage()
    {
        Write("first", "other", "third");
        var whole = File.ReadAllBytes(PathOf);
        var entry = SizeOf("first");

        File.WriteAllBytes(PathOf, [.. whole[entry..(2 * entry)], .. whole[..entry], .. whole[(2 * entry)..]]);
        Assert.That(() => Read(), Throws.TypeOf<VaultException>());
        File.WriteAllBytes(PathOf, [.. whole[..entry], .. whole[(2 * entry)..], .. whole[(2 * entry)..]]);
        Assert.That(() => Read(), Throws.TypeOf<VaultException>());
    }

    [Test]
    public void Another_key_opens_nothing_and_destroys_nothing()
    {
        Write("first", "second");
        var before = File.ReadAllBytes(PathOf);

        Assert.That(() => Journal.Open(PathOf, new byte[32], _ => { }), Throws.TypeOf<VaultException>());
        Assert.That(File.ReadAllBytes(PathOf), Is.EqualTo(before));
    }

    [Test]
    public void Second_program_is_told_that_it_is_in_use()
    {
        using var journal = Journal.Open(PathOf, Key, _ => { });

        Assert.That(() => Journal.Open(PathOf, Key, _ => { }), Throws.TypeOf<VaultException>().With.Property("Error").EqualTo(VaultError.ReadOnly));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Random_bytes_are_cut_or_damage(byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, "random");
        File.WriteAllBytes(path, bytes);
        var read = 0;
        try
        {
            using var journal = Journal.Open(path, Key, _ => read++);
            return read == 0;
        }
        catch (VaultException damaged)
        {
            return damaged.Error == VaultError.Damaged;
        }
    }

    /// <summary>Bytes of a frame with one entry: two lengths, salt, the entry behind its length, tag.</summary>
    private static int SizeOf(string entry) => 4 + 4 + 16 + 4 + entry.Length + 16;

    private int Frames()
    {
        var count = 0;
        for (var bytes = File.ReadAllBytes(PathOf).AsSpan(); !bytes.IsEmpty; count++)
        {
            bytes = bytes[(8 + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes))..];
        }
        return count;
    }

    private void Write(params string[] entries)
    {
        using var journal = Journal.Open(PathOf, Key, _ => { });
        foreach (var entry in entries)
        {
            journal.Append(Encoding.UTF8.GetBytes(entry));
        }
    }

    private string Read()
    {
        var entries = new List<string>();
        using var journal = Journal.Open(PathOf, Key, entry => entries.Add(Encoding.UTF8.GetString(entry)));
        return string.Join('|', entries);
    }
}
