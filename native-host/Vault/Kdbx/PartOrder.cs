namespace Vault.Kdbx;

/// <summary>The order in which KeePass writes elements: a new one goes behind those that come before it.</summary>
internal static class PartOrder
{
    internal static readonly string[] Entry =
    [
        "UUID", "IconID", "CustomIconUUID", "ForegroundColor", "BackgroundColor", "OverrideURL", "QualityCheck", "Tags",
        "PreviousParentGroup", "Times", "String", "Binary", "AutoType", "CustomData", "History",
    ];

    internal static readonly string[] Group =
    [
        "UUID", "Name", "Notes", "IconID", "CustomIconUUID", "Times", "IsExpanded", "DefaultAutoTypeSequence",
        "EnableAutoType", "EnableSearching", "LastTopVisibleEntry", "PreviousParentGroup", "Tags", "CustomData",
    ];

    internal static readonly string[] Times =
    [
        "CreationTime", "LastModificationTime", "LastAccessTime", "ExpiryTime", "Expires", "UsageCount", "LocationChanged",
    ];

    internal static readonly string[] Meta =
    [
        "Generator", "SettingsChanged", "DatabaseName", "DatabaseNameChanged", "DatabaseDescription",
        "DatabaseDescriptionChanged", "DefaultUserName", "DefaultUserNameChanged", "MaintenanceHistoryDays", "Color",
        "MasterKeyChanged", "MasterKeyChangeRec", "MasterKeyChangeForce", "MemoryProtection", "CustomIcons",
        "RecycleBinEnabled", "RecycleBinUUID", "RecycleBinChanged", "EntryTemplatesGroup", "EntryTemplatesGroupChanged",
        "HistoryMaxItems", "HistoryMaxSize", "LastSelectedGroup", "LastTopVisibleGroup", "Binaries", "CustomData",
    ];

    /// <summary>Puts an element in the place of the first of its name, or where it belongs if there is none.</summary>
    internal static void Set(this List<Part> parts, Part part, string[] order)
    {
        var index = parts.FindIndex(other => other.Name == part.Name);
        if (index >= 0)
        {
            parts[index] = part;
        }
        else
        {
            parts.Insert(part, order);
        }
    }

    /// <summary>Puts an element behind those of its name and those that come before it.</summary>
    internal static void Insert(this List<Part> parts, Part part, string[] order)
    {
        var rank = Array.IndexOf(order, part.Name);
        var before = parts.FindLastIndex(other => Array.IndexOf(order, other.Name) is var rankOfOther
            && rankOfOther >= 0 && rankOfOther <= rank);
        parts.Insert(before + 1, part);
    }
}
