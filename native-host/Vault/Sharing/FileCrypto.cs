using System.Security.Cryptography;
using Contracts;

namespace Vault.Sharing;

/// <summary>
/// Seals an attached file in parts, under a key that is made for it and stands in the content of its item. A part is named by its bytes, so
/// that a server can give only the one that is asked for. See server/docs/sharing.md, "Attached files".
/// </summary>
public static class FileCrypto
{
    /// <summary>Bytes of the file in each part but the last, which has 0 to as many.</summary>
    public const int PartBytes = Seal.MaxContentBytes;

    /// <summary>Seals a file.</summary>
    /// <param name="office">The office.</param>
    /// <param name="key">32 bytes, for this file alone.</param>
    /// <param name="content">The file.</param>
    /// <returns>Its sealed parts in order, at least one.</returns>
    public static IReadOnlyList<byte[]> Close(Id office, ReadOnlySpan<byte> key, ReadOnlySpan<byte> content)
    {
        var parts = new byte[CountOf(content.Length)][];
        for (var number = 0; number < parts.Length; number++)
        {
            parts[number] = Seal.Close(key, Binding.FilePart(office, number, parts.Length), content[(number * PartBytes)..Math.Min(content.Length, (number + 1) * PartBytes)]);
        }
        return parts;
    }

    /// <summary>Opens the parts of a file.</summary>
    /// <param name="office">The office.</param>
    /// <param name="key">32 bytes.</param>
    /// <param name="size">How long the file is.</param>
    /// <param name="parts">The sealed parts in order.</param>
    /// <returns>The file, which the caller clears; <see langword="null"/> if a part is missing, another, elsewhere, or of another key.</returns>
    public static byte[]? Open(Id office, ReadOnlySpan<byte> key, int size, IReadOnlyList<byte[]> parts)
    {
        if (parts.Count != CountOf(size))
        {
            return null;
        }
        var content = GC.AllocateUninitializedArray<byte>(size, pinned: true);
        for (var number = 0; number < parts.Count; number++)
        {
            var into = content.AsSpan((number * PartBytes)..Math.Min(size, (number + 1) * PartBytes));
            var opened = Seal.Open(key, Binding.FilePart(office, number, parts.Count), parts[number]);
            var fits = opened?.Length == into.Length;
            if (fits)
            {
                opened.CopyTo(into);
            }
            CryptographicOperations.ZeroMemory(opened);
            if (!fits)
            {
                CryptographicOperations.ZeroMemory(content);
                return null;
            }
        }
        return content;
    }

    /// <summary>The name of a sealed part.</summary>
    public static Id NameOf(ReadOnlySpan<byte> part) => Id.Of(Hash.Of(part));

    /// <summary>How many parts a file of a size has.</summary>
    public static int CountOf(int size) => Math.Max(1, (int)(((long)size + PartBytes - 1) / PartBytes));

    /// <summary>How many bytes the sealed parts of a file of a size have together.</summary>
    public static long SealedBytes(int size)
    {
        var count = CountOf(size);
        return ((count - 1) * (long)Limits.SealedItemBytes) + Seal.SealedBytes(size - ((count - 1) * PartBytes));
    }
}
