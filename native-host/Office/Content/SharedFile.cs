using System.Security.Cryptography;
using Contracts;
using Contracts.Wire;
using Vault.Crypto;
using Vault.Sharing;

namespace Office.Content;

/// <summary>A sealed part of an attached file.</summary>
/// <param name="Name">The first 16 bytes of its SHA-256.</param>
/// <param name="Bytes">The sealed bytes.</param>
public sealed record SealedPart(Id Name, byte[] Bytes);

/// <summary>
/// An attached file of a shared item. The item names it in a protected field (server/docs/sharing.md, "Attached files"), so that what
/// becomes of it in a merge and in the history is what becomes of any field; its parts lie beside the item. Holds the file's key: whoever has it disposes it.
/// </summary>
public sealed class SharedFile : IDisposable
{
    private const string Prefix = "Latchkey.File.";

    private readonly SecretBytes _key;

    private SharedFile(int size, SecretBytes key, IReadOnlyList<Id> parts) => (Size, _key, Parts) = (size, key, parts);

    /// <summary>Its bytes.</summary>
    public int Size { get; }

    /// <summary>The names of its parts, in order.</summary>
    public IReadOnlyList<Id> Parts { get; }

    /// <summary>The name of the field that a file is named in.</summary>
    public static string FieldOf(string name) => Prefix + name;

    /// <summary>Whether a field names a file.</summary>
    public static bool IsField(string field) => field.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>What to call a field before a person: a file by its own name.</summary>
    public static string TitleOf(string field) => IsField(field) ? field[Prefix.Length..] : field;

    /// <summary>Seals a file under a key of its own.</summary>
    /// <param name="office">The office.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="content">What is in it.</param>
    /// <returns>The field that names it, whose value the caller clears, and its parts.</returns>
    /// <exception cref="OfficeException">It is larger than all files of an item may be.</exception>
    public static (ContentField Field, IReadOnlyList<SealedPart> Parts) Seal(Id office, string name, ReadOnlySpan<byte> content)
    {
        if (FileCrypto.SealedBytes(content.Length) > Limits.AttachmentBytesPerItem)
        {
            throw TooLarge();
        }
        var key = ItemCrypto.NewKey();
        try
        {
            SealedPart[] parts = [.. FileCrypto.Close(office, key, content).Select(part => new SealedPart(FileCrypto.NameOf(part), part))];
            var file = new WireFile { Size = content.Length, Key = key, Parts = [.. parts.Select(part => part.Name)] };
            return (new ContentField(FieldOf(name), WireJson.Write(file, WireJson.Default.WireFile), IsProtected: true), parts);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Reads the value of a field.</summary>
    /// <returns>The file; <see langword="null"/> if the field names none, or one as nobody writes it.</returns>
    public static SharedFile? TryRead(string field, ReadOnlySpan<byte> value)
    {
        if (!IsField(field))
        {
            return null;
        }
        try
        {
            var file = WireJson.Read(value, WireJson.Default.WireFile);
            try
            {
                return file.Parts.Count == FileCrypto.CountOf((int)file.Size)
                    ? new SharedFile((int)file.Size, SecretBytes.CopyOf(file.Key.Span), file.Parts)
                    : null;
            }
            finally
            {
                System.Runtime.InteropServices.MemoryMarshal.AsMemory(file.Key).Span.Clear();
            }
        }
        catch (ContractException)
        {
            return null;
        }
    }

    /// <summary>Opens the file.</summary>
    /// <param name="office">The office.</param>
    /// <param name="parts">Its sealed parts, in order.</param>
    /// <returns>The file, which the caller clears; <see langword="null"/> if the parts are not its own.</returns>
    public byte[]? Open(Id office, IReadOnlyList<byte[]> parts) => FileCrypto.Open(office, _key.Span, Size, parts);

    /// <summary>All parts that a content names, now and in its history.</summary>
    public static HashSet<Id> PartsOf(ItemContent content) =>
        [.. PartsOf(content.Body), .. content.History.SelectMany(revision => PartsOf(revision.Body))];

    /// <summary>Whether files of these sizes may be one item's.</summary>
    public static bool HaveRoom(IEnumerable<long> sizes) =>
        sizes.Sum(size => size > Limits.AttachmentBytesPerItem ? size : FileCrypto.SealedBytes((int)size)) <= Limits.AttachmentBytesPerItem;

    /// <summary>Throws if the files that an item has now are more than it may have.</summary>
    /// <exception cref="OfficeException">They are.</exception>
    public static void CheckRoom(ContentBody body)
    {
        if (SealedBytes([body]) > Limits.AttachmentBytesPerItem)
        {
            throw TooLarge();
        }
    }

    /// <summary>A content whose files have room: where they have not, the oldest revisions give theirs up first.</summary>
    public static ItemContent WithRoom(ItemContent content)
    {
        var history = content.History.ToList();
        for (var oldest = history.Count - 1; oldest >= 0 && SealedBytes([content.Body, .. history.Select(one => one.Body)]) > Limits.AttachmentBytesPerItem; oldest--)
        {
            var body = history[oldest].Body;
            history[oldest] = history[oldest] with { Body = body with { Fields = [.. body.Fields.Where(field => !IsField(field.Name))] } };
        }
        return content with { History = history };
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static OfficeException TooLarge() => new(
        OfficeError.TooLarge, "the attached files of an item of an office are above 20 MiB together", "remove one, or keep the file elsewhere");

    private static List<Id> PartsOf(ContentBody body) => [.. FilesOf(body).SelectMany(file => file.Parts)];

    /// <summary>The bytes of all sealed parts, each file counted once however often it is named.</summary>
    private static long SealedBytes(IEnumerable<ContentBody> bodies) =>
        bodies.SelectMany(FilesOf).DistinctBy(file => file.Parts[0]).Sum(file => FileCrypto.SealedBytes(file.Size));

    /// <summary>The files of a body, without their keys.</summary>
    private static IEnumerable<(int Size, IReadOnlyList<Id> Parts)> FilesOf(ContentBody body)
    {
        foreach (var field in body.Fields)
        {
            using var file = TryRead(field.Name, field.Value);
            if (file is not null)
            {
                yield return (file.Size, file.Parts);
            }
        }
    }
}
