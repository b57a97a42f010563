using Contracts;
using Contracts.Wire;
using NUnit.Framework;
using Office;
using Office.Store;
using Vault;
using Vault.Sharing;

namespace Suite.Shares;

/// <summary>Reports wait on the disk until the server has them, and each goes in one batch only.</summary>
public class ReportsTests
{
    private static readonly Id Item = Id.New();

    private DirectoryInfo _folder = null!;
    private Membership _us = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("latchkey-reports");
        _us = Membership.New(
            Id.New(), Id.New(), "https://office.example", [], invitation: null, SigningKey.New(), AgreementKey.New());
    }

    [TearDown]
    public void TearDown()
    {
        _us.Dispose();
        _folder.Delete(recursive: true);
    }

    [Test]
    public void What_was_added_is_there_after_a_restart_also_if_nobody_wrote_it()
    {
        using (var reports = Open())
        {
            Add(reports, 1);
            reports.Write();
            Add(reports, 2);
            reports.Write();
        }

        using var again = Open();
        Assert.That(Times(again.Next()!.Value.Events), Is.EqualTo("1 2"));
    }

    [Test]
    public void Batch_that_was_not_answered_goes_again_under_the_same_id_without_what_came_since()
    {
        Id batch;
        using (var reports = Open())
        {
            Add(reports, 1);
            batch = reports.Next()!.Value.Batch;
            Add(reports, 2);
            reports.Write();
        }

        using var again = Open();
        var (same, events) = again.Next()!.Value;
        Assert.That((same, Times(events)), Is.EqualTo((batch, "1")));
        again.Remove(batch);
        Assert.That(Times(again.Next()!.Value.Events), Is.EqualTo("2"));
    }

    [Test]
    public void Batch_that_was_taken_is_gone_after_a_restart_and_another_id_removes_nothing()
    {
        using (var reports = Open())
        {
            Enumerable.Range(0, Limits.ChangesPerPage + 1).ToList().ForEach(time => Add(reports, time));
            var (batch, events) = reports.Next()!.Value;
            Assert.That(events, Has.Count.EqualTo(Limits.ChangesPerPage));
            reports.Remove(Id.New());
            Assert.That(reports.Count, Is.EqualTo(Limits.ChangesPerPage + 1));
            reports.Remove(batch);
        }

        using (var again = Open())
        {
            var (batch, events) = again.Next()!.Value;
            Assert.That(Times(events), Is.EqualTo($"{Limits.ChangesPerPage}"));
            again.Remove(batch);
        }
        using var empty = Open();
        Assert.That(empty.Next(), Is.Null);
    }

    [Test]
    public void More_than_may_wait_is_not_kept()
    {
        using var reports = Open();
        for (var time = 0; time <= Reports.MaxWaiting; time++)
        {
            Add(reports, time);
        }

        Assert.That(reports.Count, Is.EqualTo(Reports.MaxWaiting));
    }

    private static IEnumerable<byte[]> Unhappy()
    {
        byte[] item = Item.ToArray(), number = [0, 0, 0, 0, 0, 0, 0, 1];
        yield return [];
        yield return "E"u8.ToArray();
        yield return Packed("E"u8.ToArray(), [9], item, number); // a kind that is none
        yield return Packed("E"u8.ToArray(), [1], item[1..], number);
        yield return Packed("E"u8.ToArray(), [1], item, number[1..]);
        yield return Packed("E"u8.ToArray(), [1], item);
        yield return Packed("B"u8.ToArray(), item, number); // of more than there are
        yield return Packed("B"u8.ToArray(), item, new byte[8]);
        yield return Packed("D"u8.ToArray(), item); // of none
        yield return Packed("X"u8.ToArray(), item);
    }

    [TestCaseSource(nameof(Unhappy))]
    public void Entry_that_is_none_is_of_another_version_of_the_program(byte[] entry) => Assert.That(Refuses(entry));

    [FsCheck.NUnit.Property]
    public void Whatever_an_entry_is_it_is_taken_or_refused(byte[] entry) => Refuses(entry ?? []);

    /// <summary>Opens reports whose journal has that entry.</summary>
    /// <returns>Whether they are refused as of another version.</returns>
    private bool Refuses(byte[] entry)
    {
        var path = Path.Combine(_folder.FullName, _us.FileName + ".reports");
        File.Delete(path);
        using (var key = _us.FileKey("reports"))
        using (var journal = Journal.Open(path, key.Span, _ => { }))
        {
            journal.Append(entry);
        }
        try
        {
            Open().Dispose();
            return false;
        }
        catch (VaultException refused)
        {
            return refused.Error == VaultError.Unsupported;
        }
    }

    /// <summary>Parts with their lengths in front, as journals hold them.</summary>
    private static byte[] Packed(params byte[][] parts) => [.. parts.SelectMany(part => (byte[])[0, 0, 0, (byte)part.Length, .. part])];

    private Reports Open() => new(_us, _folder.FullName);

    private static void Add(Reports reports, long time) => reports.Add(new WireEvent { Kind = WireEventKind.Fill, Item = Item, Time = time });

    private static string Times(IEnumerable<WireEvent> events) => string.Join(' ', events.Select(happened => happened.Time));
}
