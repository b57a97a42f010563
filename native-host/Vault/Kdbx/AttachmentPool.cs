namespace Vault.Kdbx;

/// <summary>The files of a vault's pool. Entries and their revisions name them by number, so a number once given stays.</summary>
internal static class AttachmentPool
{
    // Bit 0 asks a program to protect it in memory.
    private const byte Protected = 1;

    /// <summary>Puts a content into the pool, if it is not there.</summary>
    /// <returns>Its number.</returns>
    internal static int Add(VaultTree tree, ReadOnlyMemory<byte> content)
    {
        var number = tree.Attachments.FindIndex(one => one.Content.Span.SequenceEqual(content.Span));
        if (number >= 0)
        {
            return number;
        }
        tree.Attachments.Add(new PooledAttachment(content, Protected));
        return tree.Attachments.Count - 1;
    }

    /// <summary>Empties what no entry and no revision refers to any more.</summary>
    internal static void EmptyUnused(VaultTree tree)
    {
        var used = new HashSet<int>();
        foreach (var entry in tree.Entries.Values.Where(entry => HasAttachments(entry.Slice)))
        {
            AddUsed(used, entry.Slice);
        }
        for (var number = 0; number < tree.Attachments.Count; number++)
        {
            if (!used.Contains(number))
            {
                tree.Attachments[number] = tree.Attachments[number] with { Content = default };
            }
        }
    }

    /// <summary>Whether an entry or one of its revisions has any: a look at its bytes, which for nearly all says no.</summary>
    internal static bool HasAttachments(Slice entry) => entry.Span.IndexOf("<Binary"u8) >= 0;

    private static void AddUsed(HashSet<int> used, Slice entry)
    {
        var cursor = new KdbxCursor(entry.Span, entry.StreamOffset);
        while (cursor.Read())
        {
            if (cursor.Token == XmlToken.Start && ItemReader.AttachmentNumber(ref cursor, entry.Source) is { } number)
            {
                used.Add(number);
            }
        }
    }
}
