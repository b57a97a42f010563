namespace Vault.Kdbx.Merge;

/// <summary>Merges what the file says of itself: each value by its own time of change, settings and icons by their keys.</summary>
internal static class MetaMerger
{
    private const string CustomIcons = "CustomIcons";

    // Which time decides over which elements.
    private static readonly (string Time, string[] Elements)[] Groups =
    [
        ("DatabaseNameChanged", [Names.DatabaseName]),
        ("DatabaseDescriptionChanged", ["DatabaseDescription"]),
        ("DefaultUserNameChanged", ["DefaultUserName"]),
        ("MasterKeyChanged", []),
        (Names.RecycleBinChanged, [Names.RecycleBinEnabled, Names.RecycleBinUuid]),
        ("EntryTemplatesGroupChanged", ["EntryTemplatesGroup"]),
        ("SettingsChanged", ["MaintenanceHistoryDays", "Color", "MasterKeyChangeRec", "MasterKeyChangeForce",
            "MemoryProtection", Names.HistoryMaxItems, "HistoryMaxSize"]),
    ];

    internal static void Merge(List<Part> ours, List<Part> theirs, Scratch scratch)
    {
        foreach (var (time, elements) in Groups)
        {
            if (theirs.TimeOf(time) <= ours.TimeOf(time))
            {
                continue;
            }
            foreach (var name in elements.Append(time))
            {
                if (theirs.Find(name) is { } part)
                {
                    ours.Set(part, PartOrder.Meta);
                }
            }
        }
        Unite(ours, theirs, scratch, CustomIcons, icon => Parts.Of(icon.Slice).TextOf(Names.Uuid));
        Unite(ours, theirs, scratch, Names.CustomData, CustomDataItems.KeyOf);
        // What only they have, such as elements of other programs.
        var names = ours.Select(part => part.Name).ToHashSet();
        foreach (var part in theirs.Where(part => !names.Contains(part.Name)))
        {
            ours.Insert(part, PartOrder.Meta);
        }
    }

    private static void Unite(
        List<Part> ours, List<Part> theirs, Scratch scratch, string name, Func<Part, string> keyOf)
    {
        if (theirs.Find(name) is not { } their || ours.Find(name) is not { } our)
        {
            return;
        }
        var items = Parts.Of(our.Slice);
        foreach (var item in Parts.Of(their.Slice))
        {
            var key = keyOf(item);
            var index = items.FindIndex(other => keyOf(other) == key);
            if (index < 0)
            {
                items.Add(item);
            }
            else if (ChangedAt(item) > ChangedAt(items[index]))
            {
                items[index] = item;
            }
        }
        ours.Set(new Part(name, scratch.Remake(our.Slice, name, items)), PartOrder.Meta);
    }

    private static DateTimeOffset ChangedAt(Part item) => Parts.Of(item.Slice).TimeOf(Names.LastModificationTime);
}
