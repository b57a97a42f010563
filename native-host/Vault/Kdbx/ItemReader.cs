using System.Text;
using Vault.Crypto;

namespace Vault.Kdbx;

/// <summary>Reads one entry whole, for the front door.</summary>
internal static class ItemReader
{
    internal static Item Read(VaultTree tree, EntryNode entry)
    {
        var parts = Parts.Of(entry.Slice);
        return new Item
        {
            Summary = entry.Summary,
            Fields = [.. parts.Where(part => part.Name == Names.String).Select(Field)],
            Attachments = [.. parts.Where(part => part.Name == Names.Binary).Select(part => Attachment(tree, part))],
            CreatedAt = parts.Find(Names.Times) is { } times
                ? Parts.Of(times.Slice).TimeOf(Names.CreationTime)
                : DateTimeOffset.MinValue,
            Revisions = parts.Find(Names.History) is { } history ? Parts.Of(history.Slice).Count : 0,
        };
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
        return Parts.IsProtected(value.Slice)
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
        if (!cursor.TryGetAttribute("Ref"u8, out var reference)
            || !int.TryParse(reference, System.Globalization.NumberStyles.None, null, out var number))
        {
            return null;
        }
        return value.Source.Attachments?.GetValueOrDefault(number, number) ?? number;
    }
}
