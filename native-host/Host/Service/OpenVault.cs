using Host.Protocol;
using Vault;
using Vault.Matching;
using Vault.Search;

namespace Host.Service;

/// <summary>The open vault and what is made of its items. Guarded by the session's gate, but for <see cref="VaultFile.IsKey"/>.</summary>
internal sealed class OpenVault : IDisposable
{
    private readonly VaultLock _lock;

    public OpenVault(VaultFile file, VaultLock vaultLock)
    {
        File = file;
        Settings = new OwnSettings(file);
        _lock = vaultLock;
        (Matches, Search) = Indexes(file.Items);
    }

    /// <summary>The file.</summary>
    public VaultFile File { get; }

    /// <summary>What this program keeps in the vault about itself.</summary>
    public OwnSettings Settings { get; }

    /// <summary>Finds by origin and by id.</summary>
    public MatchIndex Matches { get; private set; }

    /// <summary>Finds by words.</summary>
    public SearchIndex Search { get; private set; }

    /// <summary>The item of an id.</summary>
    /// <exception cref="ProtocolException"><c>notFound</c>; <c>badMessage</c> if the text is no id.</exception>
    public ItemSummary Require(string id)
    {
        var item = ItemId.TryParse(id) ?? throw ErrorKind.BadMessageError("the item is not named by an id");
        return Matches.Get(item) ?? throw ErrorKind.NotFoundError("item");
    }

    /// <summary>Takes in an item that was added or changed.</summary>
    public void Set(ItemSummary item)
    {
        Matches.Set(item);
        Search.Set(item);
    }

    /// <summary>Notes that an item was used now: it will be offered first.</summary>
    public void Touch(ItemId id)
    {
        File.Touch(id);
        if (File.Get(id) is { } item)
        {
            Matches.Set(item.Summary);
        }
    }

    /// <summary>Makes the changes durable; reads the lists again if another program's changes came in.</summary>
    /// <exception cref="VaultException">Nothing was written.</exception>
    public void Write()
    {
        if (File.Write() == WriteOutcome.Merged)
        {
            (Matches, Search) = Indexes(File.Items);
            Settings.Forget();
        }
    }

    /// <summary>Writes a change of settings, and takes it back if that fails.</summary>
    /// <exception cref="VaultException">Nothing was written.</exception>
    public void WriteOrUndo(Action undo)
    {
        try
        {
            Write();
        }
        catch (VaultException)
        {
            undo();
            throw;
        }
    }

    // A person waits for both: each on a core of its own. A thread of its own, because the pool would take longer to come up than it
    // spares; in a task, because what fails in a bare thread ends the host, and a hostile file may cost an error message only.
    private static (MatchIndex Matches, SearchIndex Search) Indexes(IReadOnlyList<ItemSummary> items)
    {
        var search = Task.Factory.StartNew(
            () => new SearchIndex(items), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return (new MatchIndex(items), search.GetAwaiter().GetResult());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Dispose();
        _lock.Dispose();
    }
}
