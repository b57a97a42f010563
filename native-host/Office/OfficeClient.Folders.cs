using System.Text;
using Contracts;
using Office.Content;
using Office.State;

namespace Office;

/// <summary>A folder of an office.</summary>
/// <param name="Name">Its name, without control characters.</param>
/// <param name="Parent">The folder that it lies in; <see langword="null"/> at the top.</param>
public sealed record OfficeFolder(string Name, Id? Parent);

/// <summary>
/// Folders: items of a kind of their own (server/docs/sharing.md, "Folders"). Which folder an item is in says its envelope; what a folder is
/// called says its content. In the copy they are groups, and nothing else.
/// </summary>
public sealed partial class OfficeClient
{
    private const string FolderKind = "folder", NameField = "Title";

    /// <summary>Deeper is taken for a ring.</summary>
    private const int MaxFolderDepth = 16;

    private readonly Dictionary<Id, OfficeFolder> _folders = [];

    /// <summary>Makes a folder, with the grants of the one that it is made in.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="OfficeException">The name is empty, too long or has control characters; or there is no such folder, or not ours to put into.</exception>
    /// <exception cref="Vault.VaultException">The outbox cannot be written: then there is no folder.</exception>
    public Id AddFolder(string name, Id? parent)
    {
        using var content = ContentOf(name);
        return AddItem(FolderKind, content.Body, [], parent);
    }

    /// <summary>Finds a folder that we may put items into, or makes it for exactly those who are named. Waits for the server where it is made.</summary>
    /// <param name="name">What it is called; what is no name becomes the nearest one.</param>
    /// <param name="parent">The folder that it lies in, which is returned where folders go no deeper.</param>
    /// <param name="grants">Who else may do what with it if it is made; we manage it.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="OfficeException">A grant is for nobody, or the server cannot be reached or refuses.</exception>
    /// <exception cref="Vault.VaultException">The outbox cannot be written.</exception>
    public Id FolderIn(string name, Id? parent, IReadOnlyList<Grant> grants)
    {
        var fit = FitName(name);
        Id made;
        lock (_gate)
        {
            if (parent is { } full && DepthOf(full) == MaxFolderDepth)
            {
                return full;
            }
            var there = _folders.Where(folder => folder.Value == new OfficeFolder(fit, parent)).Select(folder => folder.Key)
                .Where(folder => _state.Find(folder) is { } item && _state.RightOf(item, Now) >= Right.Write).Order().ToList();
            if (there.Count > 0)
            {
                return there[0];
            }
            using var content = ContentOf(fit);
            made = AddItem(content, grants, parent);
        }
        Sync();
        return made;
    }

    /// <summary>Gives a folder another name. It is durable when the call returns, and goes to the server when that can be reached.</summary>
    /// <exception cref="OfficeException">There is no such folder, we may not write it, or the name is none.</exception>
    /// <exception cref="Vault.VaultException">The outbox cannot be written: then it has the old name.</exception>
    public void RenameFolder(Id folder, string name)
    {
        using var named = ContentOf(name);
        lock (_gate)
        {
            var item = FolderToWrite(folder);
            using var content = _state.OpenContent(item) ?? throw KeyMissing();
            // What a later program keeps in a folder stays.
            var others = content.Body.Fields.Where(field => field.Name != NameField);
            ChangeItem(folder, FolderKind, content.Body, content.Body with { Fields = [.. named.Body.Fields, .. others] });
            ShowAgain([item]);
        }
    }

    /// <summary>Removes a folder in which nothing is, for everybody. Waits for the server.</summary>
    /// <exception cref="OfficeException">There is no such folder, we do not manage it, something is in it, or the server cannot be asked.</exception>
    public void RemoveFolder(Id folder)
    {
        lock (_gate)
        {
            FolderToWrite(folder);
            // Of what only others see nobody here knows: it is at the top then, for them.
            if (_state.Items.Any(item => FolderOf(item) == folder && item.Chain.Envelope is { Record.IsRemoval: false } && _state.RightOf(item, Now) > Right.None))
            {
                throw new OfficeException(OfficeError.NotEmpty, "something is in this folder", "move it elsewhere, or remove it first");
            }
            RemoveItem(folder);
        }
    }

    /// <summary>Where an item lies, as the copy shows it: the names of its folders with a slash between them; empty at the top.</summary>
    private string PathOf(Id? folder)
    {
        var names = new Stack<string>();
        for (var at = folder; at is { } id && _folders.TryGetValue(id, out var found); at = found.Parent)
        {
            if (names.Count == MaxFolderDepth)
            {
                return "";
            }
            names.Push(found.Name.Replace('/', '∕')); // the sign that looks like it and divides nothing
        }
        return string.Join('/', names);
    }

    private int DepthOf(Id folder)
    {
        var depth = 0;
        for (Id? at = folder; at is { } id && depth < MaxFolderDepth; at = _folders.GetValueOrDefault(id)?.Parent)
        {
            depth++;
        }
        return depth;
    }

    private static Id? FolderOf(SharedItem item) => item.Chain.Envelope?.Record.Folder;

    /// <summary>Notes what folders are called and where they are.</summary>
    /// <returns>Those that are called or lie otherwise than before.</returns>
    private HashSet<Id> TakeFolders(IEnumerable<(SharedItem Item, ItemContent? Content)> shown)
    {
        var changed = new HashSet<Id>();
        foreach (var (item, content) in shown)
        {
            var folder = content is { Kind: FolderKind } ? new OfficeFolder(NameIn(content), FolderOf(item)) : null;
            if (_folders.GetValueOrDefault(item.Id) == folder)
            {
                continue;
            }
            changed.Add(item.Id);
            if (folder is null)
            {
                _folders.Remove(item.Id);
            }
            else
            {
                _folders[item.Id] = folder;
            }
        }
        return changed;
    }

    /// <summary>The items that lie in one of the folders, at any depth, and are no folders.</summary>
    private List<SharedItem> ItemsIn(HashSet<Id> folders)
    {
        bool Lies(Id? folder)
        {
            for (var depth = 0; folder is { } id && depth < MaxFolderDepth; depth++)
            {
                if (folders.Contains(id))
                {
                    return true;
                }
                folder = _folders.GetValueOrDefault(id)?.Parent;
            }
            return false;
        }
        return [.. _state.Items.Where(item => !_folders.ContainsKey(item.Id) && Lies(FolderOf(item)))];
    }

    /// <summary>A folder that is there and that we may put items into.</summary>
    private SharedItem FolderToWrite(Id folder)
    {
        if (!_folders.ContainsKey(folder) || _state.Find(folder) is not { } item)
        {
            throw new OfficeException(OfficeError.NotThere, "there is no such folder in the office, or none for you", "reload, and look again");
        }
        return _state.RightOf(item, Now) >= Right.Write ? item : throw NotAllowed();
    }

    /// <summary>The nearest name that a folder of an office can have.</summary>
    private static string FitName(string name)
    {
        var clean = new string([.. name.Trim().Take(Limits.NameCharacters).Select(letter => char.IsControl(letter) ? ' ' : letter)]).Trim();
        return IsName(clean) ? clean : "?";
    }

    private static string NameIn(ItemContent content) =>
        content.Body.Fields.FirstOrDefault(field => field.Name == NameField) is { } field && Encoding.UTF8.GetString(field.Value) is var name && IsName(name) ? name : "?";

    private static ItemContent ContentOf(string name) => IsName(name)
        ? new ItemContent { Kind = FolderKind, Body = new ContentBody { Fields = [new ContentField(NameField, Encoding.UTF8.GetBytes(name), IsProtected: false)] } }
        : throw new OfficeException(OfficeError.Refused, "this is no name for a folder", $"1 to {Limits.NameCharacters} characters, without control characters");

    private static bool IsName(string name) =>
        name.Trim().Length > 0 && name.Length <= Limits.NameCharacters && !name.Any(char.IsControl);
}
