using System.Buffers.Text;
using System.Globalization;

namespace Vault.Kdbx;

/// <summary>
/// What KDBX 3.1 keeps in its XML and 4.1 elsewhere: the header's hash, which is checked, and the attachments, which move to
/// the pool. Times are converted where they are written.
/// </summary>
internal static class Version3
{
    /// <summary>Checks and converts a tree that was just read.</summary>
    /// <exception cref="VaultException">The header was altered, or an attachment is not whole.</exception>
    internal static void Adopt(VaultTree tree, ReadOnlySpan<byte> headerHash)
    {
        var stated = tree.Meta.TextOf(Names.HeaderHash);
        if (stated.Length > 0 && stated != Convert.ToBase64String(headerHash))
        {
            throw Failures.Damaged("its header was altered");
        }
        tree.Meta.RemoveAll(part => part.Name == Names.HeaderHash);

        if (tree.Meta.Find(Names.Binaries) is not { } binaries)
        {
            return;
        }
        var numbers = new Dictionary<int, int>();
        long expanded = 0;
        foreach (var binary in Parts.Of(binaries.Slice))
        {
            var (number, content, flags) = Read(binary.Slice);
            expanded += content.Length;
            if (expanded > Limits.MaxPayloadBytes)
            {
                throw Failures.TooLarge("the vault's attachments expand to more than is allowed");
            }
            numbers[number] = tree.Attachments.Count;
            tree.Attachments.Add(new PooledAttachment(content, flags));
        }
        tree.Source.Attachments = numbers;
        tree.Meta.Remove(binaries);
    }

    private static (int Number, ReadOnlyMemory<byte> Content, byte Flags) Read(Slice binary)
    {
        var cursor = new KdbxCursor(binary.Span, binary.StreamOffset);
        cursor.Read();
        var isWhole = cursor.TryGetAttribute("ID"u8, out var id)
            & int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        var isCompressed = cursor.TryGetAttribute("Compressed"u8, out var compressed) && KdbxCursor.IsTrue(compressed);
        var isProtected = cursor.IsProtected;

        using var value = Parts.Open(binary);
        var bytes = value.Span.ToArray();
        if (!isProtected)
        {
            var text = bytes;
            bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
            isWhole &= Base64.DecodeFromUtf8(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done;
            Array.Resize(ref bytes, written);
        }
        if (!isWhole)
        {
            throw Failures.Damaged("an attachment is not whole");
        }
        return (number, isCompressed ? Expand(bytes) : bytes, isProtected ? (byte)1 : (byte)0);
    }

    private static ReadOnlyMemory<byte> Expand(byte[] bytes)
    {
        var (expanded, length) = Expander.Expand(new MemoryStream(bytes), Expander.LengthHint(bytes), bytes.Length);
        return expanded.AsMemory(0, length);
    }
}
