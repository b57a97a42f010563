namespace Vault.Kdbx;

/// <summary>The items of a <c>CustomData</c> element.</summary>
internal static class CustomDataItems
{
    /// <summary>Sets or removes a key.</summary>
    /// <param name="scratch">Where the new item is made.</param>
    /// <param name="items">The items.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value, or <see langword="null"/> to remove it.</param>
    /// <param name="time">The item's time of change, which only the database's own custom data has.</param>
    internal static void Set(Scratch scratch, List<Part> items, string key, string? value, DateTimeOffset? time)
    {
        var index = Find(items, key);
        if (value is null)
        {
            if (index >= 0)
            {
                items.RemoveAt(index);
            }
            return;
        }
        var item = new Part(Names.Item, scratch.Make(output => Write(output, key, value, time)));
        if (index >= 0)
        {
            items[index] = item;
        }
        else
        {
            items.Add(item);
        }
    }

    /// <summary>Writes an item.</summary>
    internal static void Write(XmlOutput output, string key, string value, DateTimeOffset? time)
    {
        output.Open(Names.Item);
        output.Element(Names.Key, key);
        output.Element(Names.Value, value);
        if (time is { } changed)
        {
            output.Element(Names.LastModificationTime, changed);
        }
        output.Close(Names.Item);
    }

    /// <summary>The key of an item.</summary>
    internal static string KeyOf(Part item) => Parts.Of(item.Slice).TextOf(Names.Key);

    private static int Find(List<Part> items, string key) => items.FindIndex(item => KeyOf(item) == key);
}
