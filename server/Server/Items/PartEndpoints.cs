using Contracts;
using Contracts.Wire;
using Server.Http;
using Server.Storage;

namespace Server.Items;

/// <summary>
/// The sealed parts of attached files. A part is named by its bytes, so nothing can be put in its place; which files there are says the
/// item's content, which is sealed.
/// </summary>
internal sealed class PartEndpoints(Database database, Writer writer, TimeProvider clock)
{
    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("PUT", "/v1/items/{item}/parts/{part}", Access.Member, PutAsync, typeof(WirePart)),
        new("GET", "/v1/items/{item}/parts/{part}", Access.Member, GetAsync, Result: typeof(WirePart)),
        new("DELETE", "/v1/items/{item}/parts/{part}", Access.Member, DeleteAsync),
    ];

    private async Task<Answer> PutAsync(Call call)
    {
        var (item, part) = (call.Id("item"), call.Id("part"));
        var bytes = call.Read(WireJson.Default.WirePart).Sealed;
        if (bytes.Length > Limits.SealedItemBytes)
        {
            throw ApiException.TooLarge($"bytes of a part: at most {Limits.SealedItemBytes} are allowed");
        }
        if (part != Id.Of(Hash.Of(bytes.Span)))
        {
            throw ApiException.Refused("part", "the part is not the one that the path names");
        }
        await writer.RunAsync(
            async work =>
            {
                await call.Caller.RoleAsync(work.Session);
                if (await work.Session.RunAsync(
                    $"""
                    INSERT INTO parts (item, part, bytes)
                    SELECT i.item, @part, @bytes FROM items i WHERE i.item = @item AND i.content IS NOT NULL AND {Rights.HeldOnItem}
                    ON CONFLICT (item, part) DO NOTHING
                    """,
                    [("part", part), ("bytes", bytes), .. Asked(call, Right.Write, work.Now)]) == 0)
                {
                    await RequireThereAsync(work, call, "SELECT 1 FROM parts i WHERE i.item = @item AND i.part = @part AND", ("part", part));
                    return;
                }
                if (await work.Session.RunAsync(
                    """
                    UPDATE items SET parts = parts + 1, part_bytes = part_bytes + @length
                    WHERE item = @item AND parts < @most AND part_bytes + @length <= @mostBytes
                    """,
                    ("item", item), ("length", (long)bytes.Length), ("most", Limits.PartsPerItem), ("mostBytes", Limits.AttachmentBytesPerItem)) == 0)
                {
                    throw ApiException.TooLarge($"attached files of an item: at most {Limits.AttachmentBytesPerItem} sealed bytes in {Limits.PartsPerItem} parts");
                }
            },
            call.CancellationToken);
        return Answer.Nothing;
    }

    private async Task<Answer> GetAsync(Call call)
    {
        var asked = Asked(call, Right.Read, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var found = await database.ReadOnceAsync(
            session => session.FindAsync(
                $"SELECT i.bytes FROM parts i WHERE i.item = @item AND i.part = @part AND {Rights.HeldOnItem}",
                row => new WirePart { Sealed = row.Bytes(0) },
                [("part", call.Id("part")), .. asked]),
            call.CancellationToken) ?? throw ApiException.NotThere();
        return Answer.Of(found, WireJson.Default.WirePart);
    }

    private async Task<Answer> DeleteAsync(Call call)
    {
        var (item, part) = (call.Id("item"), call.Id("part"));
        await writer.RunAsync(
            async work =>
            {
                await call.Caller.RoleAsync(work.Session);
                await RequireThereAsync(work, call, "SELECT 1 FROM items i WHERE i.item = @item AND");
                await work.Session.RunAsync(
                    """
                    UPDATE items SET parts = parts - 1, part_bytes = part_bytes - (SELECT LENGTH(p.bytes) FROM parts p WHERE p.item = @item AND p.part = @part)
                    WHERE item = @item AND EXISTS (SELECT 1 FROM parts p WHERE p.item = @item AND p.part = @part)
                    """,
                    ("item", item), ("part", part));
                await work.Session.RunAsync("DELETE FROM parts WHERE item = @item AND part = @part", ("item", item), ("part", part));
            },
            call.CancellationToken);
        return Answer.Nothing;
    }

    /// <summary>Goes on only where something is there that the caller may write. What a reader may only not write is said to be so.</summary>
    private static async Task RequireThereAsync(Work work, Call call, string found, params (string, object?)[] more)
    {
        if (!await work.Session.HasAsync($"{found} {Rights.HeldOnItem}", [.. more, .. Asked(call, Right.Write, work.Now)]))
        {
            var (member, item) = (call.Caller.Member, call.Id("item"));
            throw await Rights.HasAsync(work.Session, member, item, Right.Use, work.Now) && !await Rights.HasAsync(work.Session, member, item, Right.Write, work.Now)
                ? ApiException.NotEntitled("the member's right to the item does not go so far")
                : ApiException.NotThere();
        }
    }

    private static (string, object?)[] Asked(Call call, Right right, long now) =>
        [("item", call.Id("item")), ("member", call.Caller.Member), ("right", (int)right), ("now", now)];
}
