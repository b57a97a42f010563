using NUnit.Framework;
using Vault.Storage;

namespace Suite.Unit.Vault.File;

/// <summary>What happens to a file that another program writes in the moment in which ours takes its name.</summary>
public class SafeFileTests
{
    private const string Known = "known";
    private const string Ours = "ours";
    private const string Theirs = "theirs";

    private string _folder = null!;

    private string FilePath => Path.Combine(_folder, "file");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("latchkey-safe-file-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void File_that_was_expected_is_replaced()
    {
        System.IO.File.WriteAllText(FilePath, Known);

        Assert.That(Replace(atLast: () => { }), Is.True);

        Assert.That(System.IO.File.ReadAllText(FilePath), Is.EqualTo(Ours));
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo((string[])[FilePath]));
    }

    [Test]
    public void File_that_came_at_the_last_moment_stays()
    {
        System.IO.File.WriteAllText(FilePath, Known);

        Assert.That(Replace(atLast: () => System.IO.File.WriteAllText(FilePath, Theirs)), Is.False);

        Assert.That(System.IO.File.ReadAllText(FilePath), Is.EqualTo(Theirs));
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo((string[])[FilePath]));
    }

    [Test]
    public void File_that_came_where_none_was_stays()
    {
        Assert.That(Replace(atLast: () => System.IO.File.WriteAllText(FilePath, Theirs)), Is.False);

        Assert.That(System.IO.File.ReadAllText(FilePath), Is.EqualTo(Theirs));
    }

    [Test]
    public void File_that_went_at_the_last_moment_is_written()
    {
        System.IO.File.WriteAllText(FilePath, Known);

        Assert.That(Replace(atLast: () => System.IO.File.Delete(FilePath)), Is.True);

        Assert.That(System.IO.File.ReadAllText(FilePath), Is.EqualTo(Ours));
    }

    private bool Replace(Action atLast) => SafeFile.Replace(
        FilePath,
        output => output.Write("ours"u8),
        _ =>
        {
            atLast();
            return true;
        },
        replaced => System.IO.File.ReadAllText(replaced) == Known);
}
