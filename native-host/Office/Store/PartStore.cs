using Contracts;
using Office.Content;
using Vault;
using Vault.Storage;

namespace Office.Store;

/// <summary>
/// The sealed parts of attached files on this computer: those that wait to be sent, those that were fetched or sent, and which ones the server
/// need not keep any more. What is in them is sealed under keys that only the items hold. May be used from several threads.
/// </summary>
/// <remarks>A folder for each item; in it a file for each part, whose ending says how it stands: <c>.new</c>, <c>.part</c>, <c>.gone</c>.</remarks>
internal sealed class PartStore
{
    private const string New = ".new", Kept = ".part", Gone = ".gone";

    private readonly string _folder;
    private readonly Lock _gate = new(); // held for the disk, never for the network
    private readonly HashSet<Id> _items = [];

    /// <summary>Opens the parts of an office.</summary>
    /// <exception cref="VaultException">They cannot be read.</exception>
    public PartStore(Membership us, string folder)
    {
        _folder = Path.Combine(folder, us.FileName + ".parts");
        Try(_folder, () =>
        {
            foreach (var path in Directory.Exists(_folder) ? Directory.EnumerateDirectories(_folder) : [])
            {
                if (Id.TryParse(Path.GetFileName(path)) is { } item)
                {
                    _items.Add(item);
                }
            }
            return true;
        });
    }

    /// <summary>The items of which anything is here.</summary>
    public IReadOnlyList<Id> Items
    {
        get
        {
            lock (_gate)
            {
                return [.. _items];
            }
        }
    }

    /// <summary>Keeps parts that are to be sent. They are on the disk when the call returns.</summary>
    /// <exception cref="VaultException">One cannot be written: then none is there.</exception>
    public void Add(Id item, IReadOnlyList<SealedPart> parts)
    {
        try
        {
            foreach (var part in parts)
            {
                Write(item, part.Name, New, part.Bytes);
            }
        }
        catch (VaultException)
        {
            Remove(item, parts);
            throw;
        }
    }

    /// <summary>Takes back what <see cref="Add"/> did.</summary>
    public void Remove(Id item, IReadOnlyList<SealedPart> parts)
    {
        foreach (var part in parts)
        {
            Delete(PathOf(item, part.Name, New));
        }
    }

    /// <summary>Keeps a part that the server has.</summary>
    /// <exception cref="VaultException">It cannot be written.</exception>
    public void Keep(Id item, Id part, byte[] bytes) => Write(item, part, Kept, bytes);

    /// <summary>Reads a part, sent or not.</summary>
    /// <returns>Its bytes, which are those that it is named by; <see langword="null"/> if it is not here.</returns>
    public byte[]? Find(Id item, Id part)
    {
        lock (_gate)
        {
            foreach (var path in new[] { PathOf(item, part, New), PathOf(item, part, Kept) })
            {
                try
                {
                    if (_items.Contains(item) && File.Exists(path) && File.ReadAllBytes(path) is var bytes && Id.Of(Hash.Of(bytes)) == part)
                    {
                        return bytes;
                    }
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
                {
                    // As one that is not here: the server has it.
                }
            }
            return null;
        }
    }

    /// <summary>The parts of an item that wait to be sent.</summary>
    public IReadOnlyList<Id> Waiting(Id item) => Named(item, New);

    /// <summary>The parts of an item that the server need not keep.</summary>
    public IReadOnlyList<Id> Unneeded(Id item) => Named(item, Gone);

    /// <summary>Notes that the server has a part.</summary>
    public void Sent(Id item, Id part) => Move(item, part, New, Kept);

    /// <summary>Notes that the server may have lost the parts of an item: they wait again.</summary>
    public void SendAgain(Id item)
    {
        foreach (var part in Named(item, Kept))
        {
            Move(item, part, Kept, New);
        }
    }

    /// <summary>Notes parts that no revision of an item names any more.</summary>
    /// <exception cref="VaultException">It cannot be written.</exception>
    public void Drop(Id item, IEnumerable<Id> parts)
    {
        foreach (var part in parts)
        {
            Write(item, part, Gone, []);
            Delete(PathOf(item, part, New));
            Delete(PathOf(item, part, Kept));
        }
    }

    /// <summary>Notes that the server has not a part any more.</summary>
    public void Dropped(Id item, Id part) => Delete(PathOf(item, part, Gone));

    /// <summary>Takes away the parts of an item but those that it names.</summary>
    public void KeepOnly(Id item, IReadOnlySet<Id> named)
    {
        foreach (var ending in new[] { New, Kept })
        {
            foreach (var part in Named(item, ending).Where(part => !named.Contains(part)))
            {
                Delete(PathOf(item, part, ending));
            }
        }
    }

    /// <summary>Takes away everything of an item.</summary>
    public void Remove(Id item)
    {
        lock (_gate)
        {
            if (!_items.Remove(item))
            {
                return;
            }
            try
            {
                Directory.Delete(FolderOf(item), recursive: true);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // What is left is sealed under a key that is gone.
            }
        }
    }

    private string FolderOf(Id item) => Path.Combine(_folder, item.ToString());

    private string PathOf(Id item, Id part, string ending) => Path.Combine(FolderOf(item), part + ending);

    private List<Id> Named(Id item, string ending)
    {
        lock (_gate)
        {
            return !_items.Contains(item) ? [] : Try(FolderOf(item), () =>
            {
                var named = new List<Id>();
                foreach (var path in Directory.Exists(FolderOf(item)) ? Directory.EnumerateFiles(FolderOf(item), "*" + ending) : [])
                {
                    if (Id.TryParse(Path.GetFileNameWithoutExtension(path)) is { } part)
                    {
                        named.Add(part);
                    }
                }
                return named;
            });
        }
    }

    private void Move(Id item, Id part, string from, string to)
    {
        lock (_gate)
        {
            Try(PathOf(item, part, to), () =>
            {
                if (File.Exists(PathOf(item, part, from))) // it may have been taken away meanwhile
                {
                    File.Move(PathOf(item, part, from), PathOf(item, part, to), overwrite: true);
                }
                return true;
            });
        }
    }

    private void Write(Id item, Id part, string ending, byte[] bytes)
    {
        var path = PathOf(item, part, ending);
        lock (_gate)
        {
            Try(path, () => Directory.CreateDirectory(FolderOf(item)));
            _items.Add(item);
            DurableFile.Write(path, bytes);
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It lies there until the item goes.
        }
    }

    private static T Try<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Journal.Failed(failure, path);
        }
    }
}
