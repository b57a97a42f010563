using System.Buffers.Text;
using System.Text;
using Vault.Crypto;

namespace Vault.Kdbx;

/// <summary>Takes elements apart on demand: for the one item that is read whole or changed, never for all of them.</summary>
internal static class Parts
{
    /// <summary>The child elements in their order.</summary>
    internal static List<Part> Of(Slice element)
    {
        var parts = new List<Part>();
        var cursor = new KdbxCursor(element.Span, element.StreamOffset);
        cursor.Read();
        while (cursor.Read())
        {
            if (cursor.Token == XmlToken.Start)
            {
                parts.Add(Take(ref cursor, element.Source, element.Start));
            }
        }
        return parts;
    }

    /// <summary>At a start tag: takes the whole element and leaves the cursor at its end tag.</summary>
    internal static Part Take(ref KdbxCursor cursor, SliceSource source, int spanStart)
    {
        var name = Encoding.ASCII.GetString(cursor.Name);
        var start = cursor.TokenStart;
        var streamOffset = cursor.StreamOffset;
        cursor.SkipElement();
        return new Part(name, new Slice(source, spanStart + start, cursor.Position - start, streamOffset));
    }

    /// <summary>The first part of a name.</summary>
    internal static Part? Find(this List<Part> parts, string name)
    {
        foreach (var part in parts)
        {
            if (part.Name == name)
            {
                return part;
            }
        }
        return null;
    }

    /// <summary>The text of a child element in clear, empty if there is none.</summary>
    internal static string TextOf(this List<Part> parts, string name) =>
        Find(parts, name) is { } part ? Text(part.Slice) : "";

    /// <summary>The time in a child element, the year 1 if there is none.</summary>
    internal static DateTimeOffset TimeOf(this List<Part> parts, string name) =>
        Find(parts, name) is { } part ? KdbxTime.Read(Encoding.UTF8.GetBytes(Text(part.Slice))) : DateTimeOffset.MinValue;

    /// <summary>Whether the element is a protected value.</summary>
    internal static bool IsProtected(Slice element)
    {
        var cursor = new KdbxCursor(element.Span, element.StreamOffset);
        return cursor.Read() && cursor.IsProtected;
    }

    /// <summary>The text of an element that is not protected.</summary>
    internal static string Text(Slice element) => Encoding.UTF8.GetString(Bytes(element));

    /// <summary>The value of an element, opened if it is protected.</summary>
    /// <returns>The value, which the caller disposes.</returns>
    internal static SecretBytes Open(Slice element)
    {
        var cursor = new KdbxCursor(element.Span, element.StreamOffset);
        cursor.Read();
        if (!cursor.IsProtected)
        {
            return SecretBytes.CopyOf(Bytes(element));
        }
        cursor.Read();
        var value = new SecretBytes(cursor.SealedLength);
        if (value.Length > 0)
        {
            Base64.DecodeFromUtf8(cursor.Text, value.Span, out _, out _);
            element.Source.Stream.Xor(cursor.StreamOffset, value.Span);
        }
        return value;
    }

    private static byte[] Bytes(Slice element)
    {
        var cursor = new KdbxCursor(element.Span, element.StreamOffset);
        byte[] bytes = [];
        while (cursor.Read())
        {
            if (cursor.Token == XmlToken.Text && cursor.Depth == 1)
            {
                bytes = [.. bytes, .. XmlText.Decode(cursor.Text, cursor.IsCData)];
            }
        }
        return bytes;
    }
}
