using System.Security.Cryptography;
using Contracts;
using Contracts.Wire;
using NUnit.Framework;
using static Suite.Serving.TestItem;

namespace Suite.Serving;

/// <summary>The sealed parts of attached files.</summary>
public class PartTests(DatabaseKind database) : ServerTests(database)
{
    private const int SmallBytes = 593;

    [Test]
    public async Task A_part_goes_to_whoever_may_read_and_nobody_else()
    {
        var (anna, bert, eve) = (await Olga.TakeInAsync(), await Olga.TakeInAsync(), await Olga.TakeInAsync());
        await Olga.CatchUpAsync();
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Read), GrantOf(bert.Id, Right.Use));
        var part = RandomNumberGenerator.GetBytes(SmallBytes);

        (await PutAsync(Olga, item, part)).Done();

        foreach (var reader in new[] { Olga, anna })
        {
            Assert.That((await GetAsync(reader, item, NameOf(part))).Read(WireJson.Default.WirePart).Sealed.ToArray(), Is.EqualTo(part));
        }
        foreach (var other in new[] { bert, eve })
        {
            (await GetAsync(other, item, NameOf(part))).Fails(404, WireErrorKind.NotThere);
        }
        (await GetAsync(Olga, item, Id.New())).Fails(404, WireErrorKind.NotThere);
    }

    [Test]
    public async Task Only_whoever_may_write_puts_and_deletes()
    {
        var (anna, bert, eve) = (await Olga.TakeInAsync(), await Olga.TakeInAsync(), await Olga.TakeInAsync());
        await Olga.CatchUpAsync();
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Read), GrantOf(bert.Id, Right.Write));
        var (part, other) = (RandomNumberGenerator.GetBytes(SmallBytes), RandomNumberGenerator.GetBytes(SmallBytes));

        (await PutAsync(bert, item, part)).Done();
        (await PutAsync(bert, item, part)).Done();
        foreach (var bytes in new[] { part, other })
        {
            (await PutAsync(anna, item, bytes)).Fails(403, WireErrorKind.NotEntitled);
            (await PutAsync(eve, item, bytes)).Fails(404, WireErrorKind.NotThere);
            (await DeleteAsync(anna, item, NameOf(bytes))).Fails(403, WireErrorKind.NotEntitled);
            (await DeleteAsync(eve, item, NameOf(bytes))).Fails(404, WireErrorKind.NotThere);
        }
        Assert.That(await CountedAsync(item), Is.EqualTo((1, SmallBytes)));
        (await DeleteAsync(bert, item, NameOf(part))).Done();
        (await DeleteAsync(bert, item, NameOf(part))).Done();
        Assert.That(await CountedAsync(item), Is.EqualTo((0, 0)));
        (await GetAsync(Olga, item, NameOf(part))).Fails(404, WireErrorKind.NotThere);
    }

    [Test]
    public async Task A_part_is_named_by_its_bytes_and_no_longer_than_an_item()
    {
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage));
        var part = RandomNumberGenerator.GetBytes(SmallBytes);

        (await PutAsync(Olga, item, part, Id.New())).Fails(422, WireErrorKind.Refused, "part");
        (await PutAsync(Olga, item, RandomNumberGenerator.GetBytes(Limits.SealedItemBytes + 1))).Fails(413, WireErrorKind.TooLarge);
        (await PutAsync(Olga, item, RandomNumberGenerator.GetBytes(Limits.SealedItemBytes))).Done();
    }

    [Test]
    public async Task An_item_has_so_many_bytes_and_parts_and_not_one_more()
    {
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage));
        var part = RandomNumberGenerator.GetBytes(SmallBytes);
        await CountAsync(item, parts: 1, bytes: Limits.AttachmentBytesPerItem - SmallBytes + 1);
        (await PutAsync(Olga, item, part)).Fails(413, WireErrorKind.TooLarge);
        (await GetAsync(Olga, item, NameOf(part))).Fails(404, WireErrorKind.NotThere);
        await CountAsync(item, parts: Limits.PartsPerItem, bytes: 0);
        (await PutAsync(Olga, item, part)).Fails(413, WireErrorKind.TooLarge);

        await CountAsync(item, parts: Limits.PartsPerItem - 1, bytes: Limits.AttachmentBytesPerItem - SmallBytes);
        (await PutAsync(Olga, item, part)).Done();
    }

    [Test]
    public async Task Parts_go_with_their_item_and_none_comes_after()
    {
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage));
        var part = RandomNumberGenerator.GetBytes(SmallBytes);
        (await PutAsync(Olga, item, part)).Done();

        (await TestItem.PutAsync(Olga, new WireItemChange { Envelope = item.Remove(Olga) })).Done();

        (await GetAsync(Olga, item, NameOf(part))).Fails(404, WireErrorKind.NotThere);
        (await PutAsync(Olga, item, part)).Fails(404, WireErrorKind.NotThere);
        Assert.That(await CountedAsync(item), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Parts_are_in_a_backup()
    {
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage));
        var part = RandomNumberGenerator.GetBytes(SmallBytes);
        (await PutAsync(Olga, item, part)).Done();
        var backup = await BackupTests.BackupAsync(World);
        (await DeleteAsync(Olga, item, NameOf(part))).Done();

        await World.RestoreAsync(backup);

        Assert.That((await GetAsync(Olga, item, NameOf(part))).Read(WireJson.Default.WirePart).Sealed.ToArray(), Is.EqualTo(part));
        Assert.That(await CountedAsync(item), Is.EqualTo((1, SmallBytes)));
    }

    private static Id NameOf(byte[] part) => Id.Of(Hash.Of(part));

    private static Task<Reply> PutAsync(OfficeMember member, TestItem item, byte[] part, Id? name = null) => member.PutAsync(
        PathOf(item, name ?? NameOf(part)), new WirePart { Sealed = part }, WireJson.Default.WirePart);

    private static Task<Reply> GetAsync(OfficeMember member, TestItem item, Id part) => member.GetAsync(PathOf(item, part));

    private static Task<Reply> DeleteAsync(OfficeMember member, TestItem item, Id part) => member.DeleteAsync(PathOf(item, part));

    private static string PathOf(TestItem item, Id part) => $"/v1/items/{item.Id}/parts/{part}";

    private async Task<(long Parts, long Bytes)> CountedAsync(TestItem item)
    {
        await using var opened = World.OpenDatabase();
        return (await opened.ReadAsync(
            session => session.FindAsync("SELECT parts, part_bytes FROM items WHERE item = @item", row => Tuple.Create(row.Number(0), row.Number(1)), ("item", item.Id)),
            CancellationToken.None))!.ToValueTuple();
    }

    private async Task CountAsync(TestItem item, int parts, int bytes)
    {
        await using var opened = World.OpenDatabase();
        await opened.WriteAsync(
            session => session.RunAsync(
                "UPDATE items SET parts = @parts, part_bytes = @bytes WHERE item = @item", ("parts", parts), ("bytes", bytes), ("item", item.Id)),
            CancellationToken.None);
    }
}
