using Contracts;

namespace Vault.Sharing;

/// <summary>
/// The bytes that say where a wrap, a sealed content or a key belongs. All begin with the office, so that nothing of one
/// office opens in another. See server/docs/sharing.md, "Items".
/// </summary>
public static class Binding
{
    /// <summary>The info of an item key's wrap for a member.</summary>
    public static byte[] ItemWrap(Id office, Id item, long epoch, Id member) => ItemWrap(office, item, epoch, member, groupEpoch: 0);

    /// <summary>The info of an item key's wrap for a group, whose key has an epoch of its own (from 1 on; 0 means a member).</summary>
    public static byte[] ItemWrap(Id office, Id item, long epoch, Id principal, long groupEpoch)
    {
        var writer = new FieldWriter("item-wrap");
        writer.Add(office);
        writer.Add(item);
        writer.Add(epoch);
        writer.Add(principal);
        writer.Add(groupEpoch);
        return writer.ToArray();
    }

    /// <summary>The info of a group key's wrap for one of its members.</summary>
    public static byte[] GroupWrap(Id office, Id group, long groupEpoch, Id member)
    {
        var writer = new FieldWriter("group-wrap");
        writer.Add(office);
        writer.Add(group);
        writer.Add(groupEpoch);
        writer.Add(member);
        return writer.ToArray();
    }

    /// <summary>The info of the wrap of a request's key, and the context of the request that is sealed under it.</summary>
    public static byte[] Request(Id office, Id request, Id asked)
    {
        var writer = new FieldWriter("request-seal");
        writer.Add(office);
        writer.Add(request);
        writer.Add(asked);
        return writer.ToArray();
    }

    /// <summary>The context of a part of an attached file, whose key is no other file's.</summary>
    /// <param name="office">The office.</param>
    /// <param name="number">The part, from 0 on.</param>
    /// <param name="count">How many there are, so that none can be left off.</param>
    public static byte[] FilePart(Id office, int number, int count)
    {
        var writer = new FieldWriter("file-part");
        writer.Add(office);
        writer.Add((long)number);
        writer.Add((long)count);
        return writer.ToArray();
    }

    /// <summary>
    /// Fixes an item key without showing it. It names no item: in version 1 of an access record the item's id is the hash of what
    /// holds the commitment. The record that holds it is signed and names the item.
    /// </summary>
    public static Hash Commitment(Id office, long epoch, ReadOnlySpan<byte> itemKey)
    {
        var writer = new FieldWriter("commitment");
        writer.Add(office);
        writer.Add(epoch);
        writer.Add(itemKey);
        var commitment = Hash.Of(writer.Written);
        writer.Clear();
        return commitment;
    }
}
