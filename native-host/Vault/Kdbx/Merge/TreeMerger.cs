namespace Vault.Kdbx.Merge;

/// <summary>
/// Merges the tree of a file that another program wrote into ours, by id and times as KeePass does, and loses nothing:
/// what one side deleted goes to the recycle bin, unless the other changed it later. Both must have the same root group.
/// </summary>
internal sealed class TreeMerger
{
    private readonly VaultTree _ours;
    private readonly VaultTree _theirs;
    private readonly VaultEditor _editor;
    private readonly EntryMerger _entries;
    private readonly GroupNode? _theirBin;

    private TreeMerger(VaultTree ours, VaultTree theirs, VaultEditor editor, Scratch scratch)
    {
        (_ours, _theirs, _editor) = (ours, theirs, editor);
        _entries = new EntryMerger(ours, scratch);
        _theirBin = theirs.RecycleBin;
    }

    /// <summary>Merges theirs into ours. Afterwards ours refers to the buffer of theirs.</summary>
    internal static void Merge(VaultTree ours, VaultTree theirs, VaultEditor editor, Scratch scratch) =>
        new TreeMerger(ours, theirs, editor, scratch).Merge(scratch);

    private void Merge(Scratch scratch)
    {
        var ourBin = _ours.RecycleBin;
        AttachmentMerger.Merge(_ours, _theirs);
        MergeGroups();
        MergeEntries(ourBin);
        MetaMerger.Merge(_ours.Meta, _theirs.Meta, scratch);
        foreach (var (id, their) in _theirs.Deleted)
        {
            _ours.Deleted[id] = _ours.Deleted.TryGetValue(id, out var our) && our.Time > their.Time ? our : their;
        }
        JoinBins(ourBin);
        MoveDeleted();
        _ours.Root.RenamePaths();
    }

    private void MergeGroups()
    {
        foreach (var their in _theirs.Root.WithAllBelow())
        {
            if (!_ours.Groups.TryGetValue(their.Id, out var our))
            {
                our = new GroupNode(their.Id, _ours.Groups[their.Parent!.Id]) { Name = their.Name, Own = their.Own };
                our.Parent!.Groups.Add(our);
                _ours.Groups.Add(our.Id, our);
                continue;
            }
            if (TimeOf(their, Names.LocationChanged) > TimeOf(our, Names.LocationChanged) && their.Parent is not null)
            {
                Move(our, _ours.Groups[their.Parent.Id]);
            }
            if (TimeOf(their, Names.LastModificationTime) > TimeOf(our, Names.LastModificationTime))
            {
                (our.Name, our.Own) = (their.Name, their.Own);
            }
        }
    }

    private void MergeEntries(GroupNode? ourBin)
    {
        foreach (var their in _theirs.Entries.Values)
        {
            var group = _ours.Groups[their.Parent.Id];
            if (!_ours.Entries.TryGetValue(their.Summary.Id, out var our))
            {
                our = new EntryNode(group, their.Slice, their.Summary);
                group.Entries.Add(our);
                _ours.Entries.Add(their.Summary.Id, our);
                continue;
            }
            var isPlaceTheirs = IsPlaceTheirs(our, their, ourBin);
            our.Slice = _entries.Merge(our.Slice, their.Slice);
            if (isPlaceTheirs && our.Parent != group)
            {
                our.Parent.Entries.Remove(our);
                group.Entries.Add(our);
                our.Parent = group;
            }
            our.Summary = EntryReader.Summarise(our.Slice, our.Parent.Path);
        }
    }

    private bool IsPlaceTheirs(EntryNode our, EntryNode their, GroupNode? ourBin)
    {
        var ourMove = TimeOf(our.Slice, Names.LocationChanged);
        var theirMove = TimeOf(their.Slice, Names.LocationChanged);
        var isOursDeleted = ourBin is not null && our.Parent.IsIn(ourBin);
        var isTheirsDeleted = _theirBin is not null && their.Parent.IsIn(_theirBin);
        if (isOursDeleted && !isTheirsDeleted)
        {
            return theirMove > ourMove || their.Summary.ModifiedAt > ourMove;
        }
        if (isTheirsDeleted && !isOursDeleted)
        {
            return theirMove > ourMove && our.Summary.ModifiedAt <= theirMove;
        }
        return theirMove > ourMove;
    }

    // Two programs may each have made a bin. The one that Meta names now takes the other in.
    private void JoinBins(GroupNode? ourBin)
    {
        var bin = _ours.RecycleBin;
        var theirBin = _theirBin is null ? null : _ours.Groups.GetValueOrDefault(_theirBin.Id);
        foreach (var other in new[] { ourBin, theirBin })
        {
            if (bin is not null && other is not null && other != bin && !other.IsIn(bin))
            {
                Move(other, bin);
            }
        }
    }

    private void MoveDeleted()
    {
        foreach (var entry in _ours.Entries.Values)
        {
            if (_ours.Deleted.Remove(entry.Summary.Id, out var deletion) && deletion.Time >= entry.Summary.ModifiedAt)
            {
                _editor.Remove(entry);
            }
        }
        // From below, so that a deleted group whose deleted groups are gone is empty.
        foreach (var group in _ours.Root.WithAllBelow().Reverse().ToList())
        {
            var isGone = _ours.Deleted.Remove(group.Id, out var deletion)
                && deletion.Time >= TimeOf(group, Names.LastModificationTime)
                && group.Entries.Count + group.Groups.Count == 0
                && group.Parent is not null;
            if (isGone && _editor.RecycleBin() is var bin && group != bin && !group.IsIn(bin))
            {
                Move(group, bin);
            }
        }
    }

    private static void Move(GroupNode group, GroupNode parent)
    {
        if (group.Parent is null || group.Parent == parent || parent.IsIn(group))
        {
            // The root stays, and a group cannot go below itself: two programs may have moved each below the other.
            return;
        }
        group.Parent.Groups.Remove(group);
        parent.Groups.Add(group);
        group.Parent = parent;
    }

    private static DateTimeOffset TimeOf(GroupNode group, string name) => TimeOf(group.Own, name);

    private static DateTimeOffset TimeOf(Slice entry, string name) => TimeOf(Parts.Of(entry), name);

    private static DateTimeOffset TimeOf(List<Part> parts, string name) =>
        parts.Find(Names.Times) is { } times ? Parts.Of(times.Slice).TimeOf(name) : DateTimeOffset.MinValue;
}
