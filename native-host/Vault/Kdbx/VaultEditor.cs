using System.Globalization;
using Vault.Crypto;

namespace Vault.Kdbx;

/// <summary>The changes that a person makes to a tree.</summary>
internal sealed class VaultEditor(VaultTree tree, Scratch scratch, TimeProvider clock)
{
    private const int DefaultMaxRevisions = 10;

    private readonly EntryEditor _entries = new(scratch);

    private DateTimeOffset Now => KdbxTime.ToSeconds(clock.GetUtcNow());

    internal ItemSummary Add(ItemDraft draft) => Add(ItemId.New(), draft);

    internal ItemSummary Add(ItemId id, ItemDraft draft)
    {
        var group = FolderOf(draft.Folder ?? "");
        var slice = _entries.New(id, draft, Now);
        var entry = new EntryNode(group, slice, EntryReader.Summarise(slice, group.Path));
        group.Entries.Add(entry);
        tree.Entries.Add(id, entry);
        tree.Deleted.Remove(id);
        return entry.Summary;
    }

    internal ItemSummary Update(EntryNode entry, ItemDraft draft)
    {
        entry.Slice = _entries.Update(entry.Slice, draft, Now, MaxRevisions());
        if (draft.Folder is { } folder && (folder != entry.Parent.Path || tree.IsRemoved(entry)))
        {
            Move(entry, FolderOf(folder));
        }
        entry.Summary = EntryReader.Summarise(entry.Slice, entry.Parent.Path);
        return entry.Summary;
    }

    internal void Remove(EntryNode entry)
    {
        if (!tree.IsRemoved(entry))
        {
            Move(entry, RecycleBin());
            entry.Summary = EntryReader.Summarise(entry.Slice, entry.Parent.Path);
        }
    }

    /// <summary>Takes an entry out of the recycle bin, to the group that it was in; to the root, if that is gone or in the bin too.</summary>
    internal void Restore(EntryNode entry)
    {
        var previous = entry.Parent == tree.RecycleBin
            && EntryReader.ParseId(Parts.Of(entry.Slice).TextOf(Names.PreviousParentGroup)) is { } id
                ? tree.Groups.GetValueOrDefault(id)
                : null;
        Move(entry, previous is null || previous.IsIn(tree.RecycleBin!) ? tree.Root : previous);
        entry.Summary = EntryReader.Summarise(entry.Slice, entry.Parent.Path);
    }

    /// <summary>Makes a revision's content the entry's again; what it was goes to its history.</summary>
    internal void Restore(EntryNode entry, Slice revision)
    {
        entry.Slice = _entries.Restore(entry.Slice, revision, Now, MaxRevisions());
        entry.Summary = EntryReader.Summarise(entry.Slice, entry.Parent.Path);
    }

    /// <summary>Adds a generated password; of those beyond <paramref name="max"/> the oldest go.</summary>
    internal void AddGenerated(SecretBytes value, int max)
    {
        var now = Now;
        var group = tree.Generated;
        if (group is null)
        {
            group = NewVault.NewGenerated(scratch, tree.Root, now);
            tree.Groups.Add(group.Id, group);
            tree.Deleted.Remove(group.Id);
        }
        var id = ItemId.New();
        var draft = new ItemDraft
        {
            Fields = [NewField.Clear(FieldName.Title, "Generated password"), NewField.Protected(FieldName.Password, value)],
        };
        var slice = _entries.New(id, draft, now);
        var entry = new EntryNode(group, slice, EntryReader.Summarise(slice, group.Path));
        group.Entries.Add(entry);
        tree.Entries.Add(id, entry);
        // Nothing is noted of those that go: they are many, and what comes back with a merge goes with the next one.
        foreach (var oldest in GeneratedEntries().Skip(max).ToList())
        {
            group.Entries.Remove(oldest);
            tree.Entries.Remove(oldest.Summary.Id);
        }
    }

    /// <summary>The generated passwords, the newest first.</summary>
    internal IEnumerable<EntryNode> GeneratedEntries() =>
        tree.Generated is { } group ? Enumerable.Reverse(group.Entries).OrderByDescending(entry => entry.Summary.ModifiedAt) : [];

    /// <summary>Deletes an entry for good, and tells other copies of the file so.</summary>
    internal void Delete(EntryNode entry)
    {
        entry.Parent.Entries.Remove(entry);
        tree.Entries.Remove(entry.Summary.Id);
        tree.Deleted[entry.Summary.Id] = new Deletion(Now, []);
        if (AttachmentPool.HasAttachments(entry.Slice))
        {
            AttachmentPool.EmptyUnused(tree);
        }
    }

    /// <summary>Attaches a file to an entry, in the place of the one of that name, or removes it.</summary>
    internal void Attach(EntryNode entry, string name, ReadOnlyMemory<byte>? content)
    {
        int? number = content is { } bytes ? AttachmentPool.Add(tree, bytes) : null;
        entry.Slice = _entries.Attach(entry.Slice, name, number, Now, MaxRevisions());
        entry.Summary = EntryReader.Summarise(entry.Slice, entry.Parent.Path);
        AttachmentPool.EmptyUnused(tree);
    }

    internal void Touch(EntryNode entry)
    {
        var now = Now;
        entry.Slice = _entries.WithTimes(entry.Slice, (Names.LastAccessTime, now));
        entry.Summary = entry.Summary with { UsedAt = now };
    }

    /// <summary>The database's custom data. Of a key that comes twice, the first counts.</summary>
    internal Dictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>();
        if (tree.Meta.Find(Names.CustomData) is { } customData)
        {
            foreach (var item in Parts.Of(customData.Slice))
            {
                settings.TryAdd(CustomDataItems.KeyOf(item), Parts.Of(item.Slice).TextOf(Names.Value));
            }
        }
        return settings;
    }

    internal void SetSetting(string key, string? value)
    {
        var old = tree.Meta.Find(Names.CustomData) ?? scratch.Part(Names.CustomData, "");
        var items = Parts.Of(old.Slice);
        CustomDataItems.Set(scratch, items, key, value, Now);
        tree.Meta.Set(new Part(Names.CustomData, scratch.Remake(old.Slice, Names.CustomData, items)), PartOrder.Meta);
    }

    /// <summary>The recycle bin, made if there is none.</summary>
    internal GroupNode RecycleBin()
    {
        if (tree.RecycleBin is { } bin)
        {
            return bin;
        }
        var made = NewVault.NewRecycleBin(scratch, tree.Root, Now);
        tree.Groups.Add(made.Id, made);
        tree.Meta.Set(scratch.Part(Names.RecycleBinEnabled, "True"), PartOrder.Meta);
        tree.Meta.Set(scratch.Part(Names.RecycleBinUuid, made.Id), PartOrder.Meta);
        tree.Meta.Set(scratch.Part(Names.RecycleBinChanged, Now), PartOrder.Meta);
        return made;
    }

    private void Move(EntryNode entry, GroupNode group)
    {
        entry.Slice = _entries.Moved(entry.Slice, entry.Parent.Id, Now);
        entry.Parent.Entries.Remove(entry);
        group.Entries.Add(entry);
        entry.Parent = group;
    }

    private GroupNode FolderOf(string path)
    {
        var bin = tree.RecycleBin;
        var known = tree.Root.WithAllBelow().FirstOrDefault(group => group.Path == path && group != bin);
        if (known is not null)
        {
            return known;
        }
        var parent = tree.Root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var next = parent.Groups.Find(group => group.Name == name && group != bin);
            if (next is null)
            {
                next = NewVault.NewGroup(scratch, parent, name, Now);
                tree.Groups.Add(next.Id, next);
            }
            parent = next;
        }
        return parent;
    }

    private int MaxRevisions() =>
        int.TryParse(tree.Meta.TextOf(Names.HistoryMaxItems), CultureInfo.InvariantCulture, out var max)
            ? max
            : DefaultMaxRevisions;
}
