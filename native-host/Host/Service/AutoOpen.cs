using Host.Protocol;
using Vault;
using Vault.Crypto;

namespace Host.Service;

/// <summary>Where a further vault is, by an item of the own vault.</summary>
/// <param name="Item">The item.</param>
/// <param name="Name">Its title.</param>
/// <param name="Path">The vault's file.</param>
/// <param name="KeyFile">Its key file, or <see langword="null"/>.</param>
/// <param name="ModifiedAt">When the item last changed.</param>
internal sealed record AutoOpenEntry(ItemId Item, string Name, string Path, string? KeyFile, DateTimeOffset ModifiedAt);

/// <summary>
/// The items of the own vault's folder <c>AutoOpen</c>, by which KeePass with KeeAutoExec, KeePassXC and this program open further vaults:
/// URL the file, password its passphrase, user name its key file, title its name. <c>{DB_DIR}</c> is the own vault's folder; items that then name no absolute path are left alone.
/// </summary>
internal sealed class AutoOpen(VaultFile file)
{
    private const string Folder = "AutoOpen";
    private const string VaultScheme = "kdbx://";
    private const string FileScheme = "file://";

    // What KeePass programs write for the folder of the file that the item is in.
    private const string OwnFolder = "{DB_DIR}";

    /// <summary>The further vaults, in the file's order.</summary>
    public IEnumerable<AutoOpenEntry> Read()
    {
        foreach (var item in file.ItemsIn(Folder))
        {
            var keyFile = PathOf(item.UserName);
            if (item.Urls is [var url, ..] && PathOf(url.Value) is { } path && (keyFile is not null || item.UserName.Length == 0))
            {
                yield return new AutoOpenEntry(item.Id, item.Title, path, keyFile, item.ModifiedAt);
            }
        }
    }

    /// <summary>The passphrase of a further vault.</summary>
    /// <returns>The passphrase, which the caller disposes; <see langword="null"/> if the item is gone or has none.</returns>
    public SecretBytes? OpenPassphrase(ItemId item) => file.OpenField(item, FieldName.Password);

    /// <summary>Adds an item for a further vault.</summary>
    /// <returns>The item.</returns>
    public ItemSummary Add(string name, string path, string? keyFile, Secret passphrase)
    {
        using var copy = SecretBytes.CopyOf(passphrase.Utf8);
        return file.Add(new ItemDraft
        {
            Kind = ItemKind.Login,
            Fields =
            [
                NewField.Clear(FieldName.Title, name),
                NewField.Clear(FieldName.UserName, keyFile ?? ""),
                NewField.Protected(FieldName.Password, copy),
            ],
            Urls = [new ItemUrl(VaultScheme + path)],
            Folder = Folder,
        });
    }

    /// <summary>Changes the passphrase and the key file of a further vault.</summary>
    /// <returns>The item.</returns>
    public ItemSummary Change(ItemId item, string? keyFile, Secret passphrase)
    {
        using var copy = SecretBytes.CopyOf(passphrase.Utf8);
        return file.Update(item, new ItemDraft
        {
            Fields = [NewField.Clear(FieldName.UserName, keyFile ?? ""), NewField.Protected(FieldName.Password, copy)],
        }) ?? throw ErrorKind.NotFoundError("vault");
    }

    /// <summary>The absolute path that a text names, or <see langword="null"/>.</summary>
    private string? PathOf(string text)
    {
        text = text.Replace(OwnFolder, Path.GetDirectoryName(file.Path), StringComparison.OrdinalIgnoreCase);
        var path = text.StartsWith(VaultScheme, StringComparison.OrdinalIgnoreCase) ? text[VaultScheme.Length..]
            : text.StartsWith(FileScheme, StringComparison.OrdinalIgnoreCase) ? LocalPathOf(text)
            : text;
        return path is not null && Path.IsPathFullyQualified(path) && !path.Contains('\0') ? Path.GetFullPath(path) : null;
    }

    // A file URL is of this computer or of none.
    private static string? LocalPathOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed is { IsFile: true, IsUnc: false } ? parsed.LocalPath : null;
}
