namespace Vault.Kdbx;

/// <summary>Makes the tree of an empty vault: a root group and a recycle bin.</summary>
internal static class NewVault
{
    private const string RecycleBinIcon = "43";
    private const string FolderIcon = "48";
    private const string ClockIcon = "39";
    private const int HistoryMaxItems = 10;
    private const int HistoryMaxBytes = 6 * 1024 * 1024;

    internal static VaultTree Make(Scratch scratch, string name, DateTimeOffset now)
    {
        var root = new GroupNode(ItemId.New(), null) { Name = name };
        root.Own = Own(scratch, root.Id, name, FolderIcon, now);
        var bin = NewGroup(scratch, root, "Recycle Bin", RecycleBinIcon, now);
        var meta = scratch.Make(output => WriteMeta(output, name, bin.Id, now));
        return new VaultTree
        {
            Source = meta.Source,
            Meta = Parts.Of(meta),
            Root = root,
            RootOthers = [],
            FileOthers = [],
            Deleted = [],
            Attachments = [],
            Groups = { [root.Id] = root, [bin.Id] = bin },
        };
    }

    /// <summary>Makes a group below another.</summary>
    internal static GroupNode NewGroup(Scratch scratch, GroupNode parent, string name, DateTimeOffset now) =>
        NewGroup(scratch, parent, name, FolderIcon, now);

    /// <summary>Makes the group of generated passwords below the root group. Other programs show it, but are told not to search in it.</summary>
    internal static GroupNode NewGenerated(Scratch scratch, GroupNode root, DateTimeOffset now)
    {
        var group = NewGroup(scratch, root, "Generated passwords", ClockIcon, now, Names.GeneratedGroup);
        group.Own.Set(scratch.Part("EnableSearching", "false"), PartOrder.Group);
        group.Own.Set(scratch.Part("EnableAutoType", "false"), PartOrder.Group);
        return group;
    }

    /// <summary>Makes the recycle bin below the root group.</summary>
    internal static GroupNode NewRecycleBin(Scratch scratch, GroupNode root, DateTimeOffset now) =>
        NewGroup(scratch, root, "Recycle Bin", RecycleBinIcon, now);

    private static GroupNode NewGroup(
        Scratch scratch, GroupNode parent, string name, string icon, DateTimeOffset now, ItemId? id = null)
    {
        var group = new GroupNode(id ?? ItemId.New(), parent) { Name = name };
        group.Own = Own(scratch, group.Id, name, icon, now);
        group.NamePath();
        parent.Groups.Add(group);
        return group;
    }

    private static List<Part> Own(Scratch scratch, ItemId id, string name, string icon, DateTimeOffset now) =>
    [
        scratch.Part(Names.Uuid, id),
        scratch.Part(Names.Name, name),
        scratch.Part("Notes", ""),
        scratch.Part("IconID", icon),
        new EntryEditor(scratch).NewTimes(now),
        scratch.Part("IsExpanded", "True"),
        scratch.Part("EnableAutoType", "null"),
        scratch.Part("EnableSearching", "null"),
    ];

    private static void WriteMeta(XmlOutput output, string name, ItemId recycleBin, DateTimeOffset now)
    {
        output.Open("Meta");
        output.Element("SettingsChanged", now);
        output.Element(Names.DatabaseName, name);
        output.Element("DatabaseNameChanged", now);
        output.Element("DatabaseDescription", "");
        output.Element("DatabaseDescriptionChanged", now);
        output.Element("DefaultUserName", "");
        output.Element("DefaultUserNameChanged", now);
        output.Element("MaintenanceHistoryDays", 365);
        output.Element("MasterKeyChanged", now);
        output.Element("MasterKeyChangeRec", -1);
        output.Element("MasterKeyChangeForce", -1);
        output.Open("MemoryProtection");
        output.Element("ProtectTitle", false);
        output.Element("ProtectUserName", false);
        output.Element("ProtectPassword", true);
        output.Element("ProtectURL", false);
        output.Element("ProtectNotes", false);
        output.Close("MemoryProtection");
        output.Element(Names.RecycleBinEnabled, true);
        output.Element(Names.RecycleBinUuid, recycleBin);
        output.Element(Names.RecycleBinChanged, now);
        output.Element("EntryTemplatesGroup", ItemId.Zero);
        output.Element("EntryTemplatesGroupChanged", now);
        output.Element(Names.HistoryMaxItems, HistoryMaxItems);
        output.Element("HistoryMaxSize", HistoryMaxBytes);
        output.Close("Meta");
    }
}
