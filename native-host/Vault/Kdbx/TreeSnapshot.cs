namespace Vault.Kdbx;

/// <summary>
/// A tree as it was at one moment, to go back to when a change cannot be written. Slices never change, so this copies references only:
/// a few milliseconds at 50,000 entries, beside a write of the whole file.
/// </summary>
internal sealed class TreeSnapshot
{
    private readonly VaultTree _tree;
    private readonly Part[] _meta;
    private readonly Entry[] _entries;
    private readonly Group[] _groups;
    private readonly KeyValuePair<ItemId, Deletion>[] _deleted;
    private readonly PooledAttachment[] _attachments;

    /// <summary>Takes the tree as it is now.</summary>
    internal TreeSnapshot(VaultTree tree)
    {
        _tree = tree;
        _meta = [.. tree.Meta];
        _entries = [.. tree.Entries.Values.Select(entry => new Entry(entry, entry.Parent, entry.Slice, entry.Summary))];
        _groups = [.. tree.Groups.Values.Select(
            group => new Group(group, group.Parent, group.Name, group.Own, [.. group.Entries], [.. group.Groups]))];
        _deleted = [.. tree.Deleted];
        _attachments = [.. tree.Attachments];
    }

    private readonly record struct Entry(EntryNode Node, GroupNode Parent, Slice Slice, ItemSummary Summary);

    private readonly record struct Group(
        GroupNode Node, GroupNode? Parent, string Name, List<Part> Own, EntryNode[] Entries, GroupNode[] Groups);

    /// <summary>Makes the tree what it was.</summary>
    internal void Restore()
    {
        Refill(_tree.Meta, _meta);
        Refill(_tree.Attachments, _attachments);
        Refill(_tree.Deleted, _deleted);
        _tree.Groups.Clear();
        foreach (var (node, parent, name, own, entries, groups) in _groups)
        {
            (node.Parent, node.Name, node.Own) = (parent, name, own);
            Refill(node.Entries, entries);
            Refill(node.Groups, groups);
            _tree.Groups.Add(node.Id, node);
        }
        foreach (var group in _tree.Root.WithAllBelow())
        {
            group.NamePath();
        }
        _tree.Entries.Clear();
        foreach (var (node, parent, slice, summary) in _entries)
        {
            (node.Parent, node.Slice, node.Summary) = (parent, slice, summary);
            _tree.Entries.Add(summary.Id, node);
        }
    }

    private static void Refill<T>(ICollection<T> list, T[] content)
    {
        list.Clear();
        foreach (var one in content)
        {
            list.Add(one);
        }
    }
}
