namespace Vault.Kdbx;

/// <summary>One entry: its element, and what lists need of it.</summary>
internal sealed class EntryNode(GroupNode parent, Slice slice, ItemSummary summary)
{
    internal GroupNode Parent { get; set; } = parent;

    internal Slice Slice { get; set; } = slice;

    internal ItemSummary Summary { get; set; } = summary;
}

/// <summary>One group: its own elements, its entries and its groups.</summary>
internal sealed class GroupNode(ItemId id, GroupNode? parent)
{
    internal ItemId Id { get; set; } = id;

    internal GroupNode? Parent { get; set; } = parent;

    internal string Name { get; set; } = "";

    /// <summary>The names from below the root, joined by <c>/</c>.</summary>
    internal string Path { get; private set; } = "";

    /// <summary>All elements of the group but its entries and groups.</summary>
    internal List<Part> Own { get; set; } = [];

    internal List<EntryNode> Entries { get; } = [];

    internal List<GroupNode> Groups { get; } = [];

    /// <summary>Takes the path from the parent's. Call it when name or parent changed, from the top down.</summary>
    internal void NamePath() =>
        Path = Parent is null ? "" : Parent.Path.Length == 0 ? Name : $"{Parent.Path}/{Name}";

    /// <summary>Takes the paths of this group and all below it, and of their entries, again: a name or a place changed.</summary>
    internal void RenamePaths()
    {
        foreach (var group in WithAllBelow())
        {
            group.NamePath();
            foreach (var entry in group.Entries)
            {
                entry.Summary = entry.Summary with { Folder = group.Path };
            }
        }
    }

    /// <summary>The group and all below it.</summary>
    internal IEnumerable<GroupNode> WithAllBelow()
    {
        yield return this;
        foreach (var group in Groups)
        {
            foreach (var below in group.WithAllBelow())
            {
                yield return below;
            }
        }
    }

    /// <summary>Whether it is the other group or below it.</summary>
    internal bool IsIn(GroupNode other)
    {
        for (var group = this; group is not null; group = group.Parent)
        {
            if (group == other)
            {
                return true;
            }
        }
        return false;
    }
}

/// <summary>A file of the vault's pool, which entries name by its number.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Flags">The inner header's flags; bit 0 asks a program to protect it in memory.</param>
internal sealed record PooledAttachment(ReadOnlyMemory<byte> Content, byte Flags);

/// <summary>That an entry or a group was deleted for good.</summary>
/// <param name="Time">When.</param>
/// <param name="Others">What else the element says, which we do not know.</param>
internal sealed record Deletion(DateTimeOffset Time, IReadOnlyList<Part> Others);

/// <summary>A whole vault in memory.</summary>
internal sealed class VaultTree
{
    internal required SliceSource Source { get; init; }

    /// <summary>The elements of <c>Meta</c>.</summary>
    internal required List<Part> Meta { get; init; }

    internal required GroupNode Root { get; init; }

    /// <summary>The elements of <c>Root</c> that we do not know.</summary>
    internal required List<Part> RootOthers { get; init; }

    /// <summary>The elements of <c>KeePassFile</c> that we do not know.</summary>
    internal required List<Part> FileOthers { get; init; }

    /// <summary>What was deleted for good.</summary>
    internal required Dictionary<ItemId, Deletion> Deleted { get; init; }

    internal required List<PooledAttachment> Attachments { get; init; }

    internal Dictionary<ItemId, EntryNode> Entries { get; init; } = [];

    internal Dictionary<ItemId, GroupNode> Groups { get; init; } = [];

    /// <summary>The recycle bin, or <see langword="null"/> if there is none.</summary>
    internal GroupNode? RecycleBin
    {
        get
        {
            var id = EntryReader.ParseId(Meta.TextOf(Names.RecycleBinUuid));
            return id is { } value && value != ItemId.Zero ? Groups.GetValueOrDefault(value) : null;
        }
    }

    /// <summary>The group of generated passwords, or <see langword="null"/> if none was kept.</summary>
    internal GroupNode? Generated => Groups.GetValueOrDefault(Names.GeneratedGroup);

    /// <summary>Whether the entry is an item in the recycle bin.</summary>
    internal bool IsRemoved(EntryNode entry) => RecycleBin is { } bin && entry.Parent.IsIn(bin) && !IsGenerated(entry);

    /// <summary>Whether the entry is no item, but a generated password.</summary>
    internal bool IsGenerated(EntryNode entry) => Generated is { } generated && entry.Parent.IsIn(generated);

    /// <summary>The groups that hold what lists show: all but the recycle bin and that of generated passwords.</summary>
    internal IEnumerable<GroupNode> ListedGroups()
    {
        var (bin, generated) = (RecycleBin, Generated);
        return Root.WithAllBelow().Where(group => (bin is null || !group.IsIn(bin)) && (generated is null || !group.IsIn(generated)));
    }
}
