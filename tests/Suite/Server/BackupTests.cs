using System.IO.Compression;
using Contracts;
using Contracts.Wire;
using NUnit.Framework;
using Server.Backup;
using static Suite.Serving.TestItem;

namespace Suite.Serving;

[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class BackupTests(DatabaseKind database)
{
    private const int GzipHeaderBytes = 10;
    private const int GzipTrailerBytes = 32;

    [Test]
    public async Task After_a_restore_members_put_back_what_was_lost()
    {
        await using var world = await ServerWorld.StartAsync(database);
        var olga = await world.FoundAsync();
        var anna = await olga.TakeInAsync();
        var item = await CreateAsync(olga, GrantOf(olga.Id, Right.Manage), GrantOf(anna.Id, Right.Write));
        var backup = await BackupAsync(world);
        var before = await anna.ChangesAsync();
        // What the backup does not have: a member, a revision, an item.
        var bert = await olga.TakeInAsync();
        await anna.CatchUpAsync();
        (await PutAsync(anna, new WireItemChange { Envelope = item.Write(anna) })).Done();
        (await PutAsync(anna, new WireItemChange { Envelope = item.Write(anna) })).Done();
        var later = await CreateAsync(olga, GrantOf(olga.Id, Right.Manage), GrantOf(anna.Id, Right.Read), GrantOf(bert.Id, Right.Read));
        var known = new[] { await ReadAsync(anna, item), await ReadAsync(anna, later) };

        await world.RestoreAsync(backup);

        var restored = await anna.ChangesAsync(before);
        Assert.That(restored.Incarnation, Is.Not.EqualTo(before.Incarnation));
        Assert.That(restored.Changes.Single(change => change.Subject == item.Id).Envelope!.Decode().Record.Revision, Is.EqualTo(1), "all from the start");
        (await bert.GetAsync("/v1/log")).Fails(401, WireErrorKind.Signature);
        foreach (var entry in anna.Entries.Skip((int)restored.Log + 1))
        {
            (await anna.PutEntryAsync(entry)).Done();
        }
        await PutBackAsync(anna, item, known[0]);
        await PutBackAsync(anna, item, known[0]);
        await PutBackAsync(anna, later, known[1]);
        // Bert's own wrap is lost with the server; whoever manages makes a new epoch. What is signed is there.
        var his = (await bert.GetAsync($"/v1/items/{later.Id}")).Read(WireJson.Default.WireItem);
        Assert.That((his.Wraps.Count, his.Envelope!.Decode().Record.Revision), Is.EqualTo((0, 1L)));
        Assert.That((await ReadAsync(anna, item)).Envelope!.Decode().Record.Revision, Is.EqualTo(3));
        var eve = await olga.TakeInAsync();
        (await eve.PutAsync($"/v1/items/{item.Id}/put-back", known[0], WireJson.Default.WireItem)).Fails(404, WireErrorKind.NotThere);
        (await PutAsync(anna, new WireItemChange { Envelope = item.Rewrite(anna, item.Envelope!) })).Done();
    }

    [Test]
    public async Task A_backup_of_one_database_goes_into_the_other()
    {
        await using var world = await ServerWorld.StartAsync(database);
        var olga = await world.FoundAsync();
        var item = await CreateAsync(olga, GrantOf(olga.Id, Right.Manage));
        var backup = await BackupAsync(world);
        await using var other = await ServerWorld.StartAsync(database == DatabaseKind.Sqlite ? DatabaseKind.Postgres : DatabaseKind.Sqlite);

        await other.RestoreAsync(backup);

        olga.Use(other);
        Assert.That((await ReadAsync(olga, item)).Envelope!.Sealed!.Value.ToArray(), Is.EqualTo(item.Content));
        await olga.AppendAsync(place => new GroupEntry { Place = place, Time = 1, Members = [] });
    }

    [Test]
    public async Task A_backup_that_is_damaged_or_cut_off_is_refused_and_so_is_a_database_that_is_not_empty()
    {
        await using var world = await ServerWorld.StartAsync(database);
        await world.FoundAsync();
        var backup = await BackupAsync(world);
        var bytes = await File.ReadAllBytesAsync(backup);
        Assert.That((await Backups.VerifyAsync(backup)).LogHead, Is.Zero);
        await using (var full = world.OpenDatabase())
        {
            Assert.That(
                async () => await Backups.RestoreAsync(full, backup, "first", world.Clock, CancellationToken.None),
                Throws.TypeOf<InvalidDataException>().With.Message.Contains("office already"));
        }

        // The header of the compression, and its last bytes, say nothing of what was packed.
        for (var place = GzipHeaderBytes; place < bytes.Length - GzipTrailerBytes; place += 1 + (bytes.Length / 50))
        {
            byte[] changed = [.. bytes[..place], (byte)(bytes[place] ^ 1), .. bytes[(place + 1)..]];
            await File.WriteAllBytesAsync(backup, changed);
            // What unpacks to the same, such as a repetition from another place, is no damage.
            if (!Unpacked(changed).SequenceEqual(Unpacked(bytes)))
            {
                Assert.That(async () => await Backups.VerifyAsync(backup), Throws.TypeOf<InvalidDataException>(), $"byte {place}");
            }
            await File.WriteAllBytesAsync(backup, bytes[..place]);
            Assert.That(async () => await Backups.VerifyAsync(backup), Throws.TypeOf<InvalidDataException>(), $"cut at {place}");
        }
    }

    [Test]
    public async Task Whatever_byte_of_what_is_packed_was_changed_the_backup_is_refused()
    {
        const int Places = 300;
        await using var world = await ServerWorld.StartAsync(database);
        await world.FoundAsync();
        var backup = await BackupAsync(world);
        var content = Unpacked(await File.ReadAllBytesAsync(backup));
        // From the log's columns on: lengths, kinds, and what is read before the hash is.
        var log = content.AsSpan().IndexOf("\u0003log"u8);
        foreach (var place in Enumerable.Range(log, Places).Concat(Enumerable.Range(1, Places - 1).Select(part => content.Length * part / Places)))
        {
            byte[] changed = [.. content[..place], (byte)(content[place] ^ 1), .. content[(place + 1)..]];
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            {
                gzip.Write(changed);
            }
            await File.WriteAllBytesAsync(backup, packed.ToArray());
            Assert.That(async () => await Backups.VerifyAsync(backup), Throws.TypeOf<InvalidDataException>(), $"byte {place} of {content.Length}");
        }
    }

    [Test]
    public async Task By_the_clock_backups_are_made_and_the_newest_kept()
    {
        await using var world = await ServerWorld.StartAsync(database);
        await world.FoundAsync();
        for (var day = 0; day < 16; day++)
        {
            Assert.That(await world.Server.Backups.RunOnceAsync(CancellationToken.None), Is.True);
            Assert.That(await world.Server.Backups.RunOnceAsync(CancellationToken.None), Is.False);
            world.Clock.Shift(TimeSpan.FromDays(1));
        }

        var kept = Backups.In(Backups.FolderIn(world.DataFolder));

        Assert.That(kept, Has.Count.EqualTo(14));
        Assert.That(Backups.TimeOf(kept[0]), Is.GreaterThan(world.Clock.GetUtcNow() - TimeSpan.FromDays(2)));
    }

    [Test]
    public async Task Every_table_is_in_a_backup()
    {
        await using var world = await ServerWorld.StartAsync(database);
        await using var opened = world.OpenDatabase();

        var tables = await opened.ReadAsync(
            session => session.ListAsync(
                database == DatabaseKind.Sqlite
                    ? "SELECT CAST(name AS BLOB) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                    : "SELECT CONVERT_TO(table_name, 'UTF8') FROM information_schema.tables WHERE table_schema = 'public'",
                row => System.Text.Encoding.UTF8.GetString(row.Bytes(0))),
            CancellationToken.None);

        Assert.That(tables, Is.EquivalentTo(Dump.Tables.Append("migrations")));
    }

    internal static async Task<string> BackupAsync(ServerWorld world)
    {
        await using var opened = world.OpenDatabase();
        return await Backups.CreateAsync(opened, Backups.FolderIn(world.DataFolder), world.Clock.GetUtcNow(), CancellationToken.None);
    }

    private static async Task<WireItem> ReadAsync(OfficeMember member, TestItem item) =>
        (await member.GetAsync($"/v1/items/{item.Id}")).Read(WireJson.Default.WireItem);

    /// <summary>What is packed in a file; empty if it is damaged.</summary>
    private static byte[] Unpacked(byte[] packed)
    {
        try
        {
            using var unpacked = new MemoryStream();
            using var stream = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            stream.CopyTo(unpacked);
            return unpacked.ToArray();
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    private static async Task PutBackAsync(OfficeMember member, TestItem item, WireItem known) =>
        (await member.PutAsync($"/v1/items/{item.Id}/put-back", known, WireJson.Default.WireItem)).Done();
}
