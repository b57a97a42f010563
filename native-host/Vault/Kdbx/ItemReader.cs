using System.Text;
using Vault.Codes;
using Vault.Crypto;

namespace Vault.Kdbx;

/// <summary>Reads one entry whole, for the front door.</summary>
internal static class ItemReader
{
    internal static Item Read(VaultTree tree, EntryNode entry) => Read(tree, entry.Slice, entry.Summary);

    /// <summary>Reads what an entry was in one of its revisions.</summary>
    internal static Item Read(VaultTree tree, EntryNode entry, Slice revision) =>
        Read(tree, revision, EntryReader.Summarise(revision, entry.Parent.Path));

    private static Item Read(VaultTree tree, Slice slice, ItemSummary summary)
    {
        var parts = Parts.Of(slice);
        return new Item
        {
            Summary = summary,
            Fields = [.. parts.Where(part => part.Name == Names.String).Select(Field)],
            Attachments = [.. parts.Where(part => part.Name == Names.Binary).Select(part => Attachment(tree, part))],
            CreatedAt = parts.Find(Names.Times) is { } times
                ? Parts.Of(times.Slice).TimeOf(Names.CreationTime)
                : DateTimeOffset.MinValue,
            Revisions = History(slice).Count,
        };
    }

    /// <summary>The elements of an entry's history, the oldest first.</summary>
    internal static IReadOnlyList<Slice> History(Slice entry) =>
        Parts.Of(entry).Find(Names.History) is { } history ? [.. Parts.Of(history.Slice).Select(part => part.Slice)] : [];

    /// <summary>What an entry was, the newest revision first.</summary>
    internal static IReadOnlyList<ItemRevision> Revisions(Slice entry)
    {
        var contents = History(entry).Append(entry).ToList();
        var revisions = new List<ItemRevision>(contents.Count - 1);
        for (var index = contents.Count - 2; index >= 0; index--)
        {
            var was = EntryReader.Summarise(contents[index], folder: "");
            revisions.Add(new ItemRevision(
                index + 1, was.ModifiedAt, was.Title, was.UserName, ChangedFields(contents[index], contents[index + 1])));
        }
        return revisions;
    }

    /// <summary>When an entry came to the group it is in, alone or with a group above it.</summary>
    internal static DateTimeOffset MovedAt(EntryNode entry, GroupNode below)
    {
        var movedAt = MovedAt(Parts.Of(entry.Slice));
        for (var group = entry.Parent; group is not null && group != below; group = group.Parent)
        {
            movedAt = MovedAt(group.Own) is var groupMovedAt && groupMovedAt > movedAt ? groupMovedAt : movedAt;
        }
        return movedAt;
    }

    private static DateTimeOffset MovedAt(List<Part> parts) =>
        parts.Find(Names.Times) is { } times ? Parts.Of(times.Slice).TimeOf(Names.LocationChanged) : DateTimeOffset.MinValue;

    private static List<string> ChangedFields(Slice older, Slice newer)
    {
        var names = new[] { older, newer }.SelectMany(Parts.Of).Where(part => part.Name == Names.String)
            .Select(part => Parts.Of(part.Slice).TextOf(Names.Key)).Distinct();
        return [.. names.Where(name =>
        {
            using var was = OpenField(older, name);
            using var became = OpenField(newer, name);
            // An empty field and none say the same.
            return !(was is null ? [] : was.Span).SequenceEqual(became is null ? [] : became.Span);
        })];
    }

    /// <summary>Opens a field.</summary>
    /// <returns>Its value, or <see langword="null"/> if there is none of that name.</returns>
    internal static SecretBytes? OpenField(Slice entry, string name)
    {
        foreach (var part in Parts.Of(entry))
        {
            if (part.Name != Names.String)
            {
                continue;
            }
            var field = Parts.Of(part.Slice);
            if (field.TextOf(Names.Key) == name && field.Find(Names.Value) is { } value)
            {
                return Parts.Open(value.Slice);
            }
        }
        return null;
    }

    /// <summary>The content of an attachment.</summary>
    /// <returns>Its bytes, or <see langword="null"/> if there is none of that name.</returns>
    internal static byte[]? Attachment(VaultTree tree, Slice entry, string name)
    {
        foreach (var part in Parts.Of(entry))
        {
            if (part.Name == Names.Binary && Parts.Of(part.Slice) is var parts && parts.TextOf(Names.Key) == name)
            {
                return Content(tree, parts).ToArray();
            }
        }
        return null;
    }

    private static ItemField Field(Part part)
    {
        var field = Parts.Of(part.Slice);
        var name = field.TextOf(Names.Key);
        if (field.Find(Names.Value) is not { } value)
        {
            return new ItemField(name, IsProtected: false, "");
        }
        return Parts.IsProtected(value.Slice) || OtpFields.IsSecret(name)
            ? new ItemField(name, IsProtected: true, null)
            : new ItemField(name, IsProtected: false, Parts.Text(value.Slice));
    }

    private static ItemAttachment Attachment(VaultTree tree, Part part)
    {
        var parts = Parts.Of(part.Slice);
        return new ItemAttachment(parts.TextOf(Names.Key), Content(tree, parts).Length);
    }

    /// <summary>The content that a <c>Binary</c> element stands for: from the pool, or its own.</summary>
    internal static ReadOnlyMemory<byte> Content(VaultTree tree, List<Part> binary)
    {
        if (binary.Find(Names.Value) is not { } value)
        {
            return default;
        }
        if (AttachmentNumber(value.Slice) is { } number)
        {
            return number < tree.Attachments.Count ? tree.Attachments[number].Content : default;
        }
        using var inline = Parts.Open(value.Slice);
        if (Parts.IsProtected(value.Slice))
        {
            return inline.Span.ToArray();
        }
        var text = Encoding.ASCII.GetString(inline.Span);
        var bytes = new byte[inline.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes.AsMemory(0, length) : default;
    }

    /// <summary>The number in the pool that a value refers to, or <see langword="null"/> if it holds its own content.</summary>
    internal static int? AttachmentNumber(Slice value)
    {
        var cursor = new KdbxCursor(value.Span, value.StreamOffset);
        cursor.Read();
        return AttachmentNumber(ref cursor, value.Source);
    }

    /// <summary>The number in the pool that the element refers to at whose start tag the cursor stands, or <see langword="null"/>.</summary>
    internal static int? AttachmentNumber(ref KdbxCursor cursor, SliceSource source)
    {
        if (!cursor.TryGetAttribute("Ref"u8, out var reference)
            || !int.TryParse(reference, System.Globalization.NumberStyles.None, null, out var number))
        {
            return null;
        }
        return source.Attachments?.GetValueOrDefault(number, number) ?? number;
    }
}
