namespace Vault.Kdbx;

/// <summary>The names of KDBX elements that more than one file of ours uses, and our own keys.</summary>
internal static class Names
{
    internal const string Entry = "Entry";
    internal const string Group = "Group";
    internal const string Uuid = "UUID";
    internal const string Name = "Name";
    internal const string Times = "Times";
    internal const string CreationTime = "CreationTime";
    internal const string LastModificationTime = "LastModificationTime";
    internal const string LastAccessTime = "LastAccessTime";
    internal const string ExpiryTime = "ExpiryTime";
    internal const string Expires = "Expires";
    internal const string UsageCount = "UsageCount";
    internal const string LocationChanged = "LocationChanged";
    internal const string PreviousParentGroup = "PreviousParentGroup";
    internal const string String = "String";
    internal const string Key = "Key";
    internal const string Value = "Value";
    internal const string Binary = "Binary";
    internal const string Binaries = "Binaries";
    internal const string Tags = "Tags";
    internal const string History = "History";
    internal const string CustomData = "CustomData";
    internal const string Item = "Item";
    internal const string Generator = "Generator";
    internal const string HeaderHash = "HeaderHash";
    internal const string DatabaseName = "DatabaseName";
    internal const string RecycleBinEnabled = "RecycleBinEnabled";
    internal const string RecycleBinUuid = "RecycleBinUUID";
    internal const string RecycleBinChanged = "RecycleBinChanged";
    internal const string HistoryMaxItems = "HistoryMaxItems";
    internal const string DeletedObjects = "DeletedObjects";
    internal const string DeletedObject = "DeletedObject";
    internal const string DeletionTime = "DeletionTime";

    /// <summary>Further URLs of an entry, as browser extensions of KeePass programs name them.</summary>
    internal const string FurtherUrl = "KP2A_URL";

    /// <summary>
    /// The group of generated passwords. One id in every vault, so that two copies of a file that each made the group have one after a merge.
    /// </summary>
    internal static readonly ItemId GeneratedGroup = new("latchkey.history"u8);

    /// <summary>Custom data of an entry: its kind, in lower case.</summary>
    internal const string KindKey = "Latchkey.Kind";

    /// <summary>Custom data of an entry: a line <c>kind url</c> for each URL that does not match by hostname.</summary>
    internal const string MatchKey = "Latchkey.Match";
}
