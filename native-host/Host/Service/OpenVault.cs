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

    /// <summary>The item of an id, outside the recycle bin.</summary>
    /// <exception cref="ProtocolException"><c>notFound</c>; <c>badMessage</c> if the text is no id.</exception>
    public ItemSummary Require(string id) => File.Find(IdOf(id)) ?? throw ErrorKind.NotFoundError("item");

    /// <summary>The item of an id in the recycle bin.</summary>
    /// <exception cref="ProtocolException">As <see cref="Require"/>.</exception>
    public ItemSummary RequireRemoved(string id) => File.FindRemoved(IdOf(id)) ?? throw ErrorKind.NotFoundError("item");

    /// <summary>The item of an id, wherever it is.</summary>
    /// <exception cref="ProtocolException">As <see cref="Require"/>.</exception>
    public ItemSummary RequireAnywhere(string id) =>
        File.Find(IdOf(id)) ?? File.FindRemoved(IdOf(id)) ?? throw ErrorKind.NotFoundError("item");

    /// <summary>Whether an item matches a page by more than its site, which is what a fill on load needs.</summary>
    public bool MatchesHostname(ItemId id, Origin page) =>
        Matches.Find(page).Items.Any(match => match.Item.Id == id && match.Strength >= MatchStrength.Hostname);

    /// <summary>Notes that an item was used now: it will be offered first.</summary>
    public void Touch(ItemId id)
    {
        File.Touch(id);
        if (File.Find(id) is { } item)
        {
            Matches.Set(item);
        }
    }

    /// <summary>Writes what is in memory only; reads the lists again if another program's changes came in.</summary>
    /// <exception cref="VaultException">Nothing was written, and all is still in memory.</exception>
    public void Write()
    {
        if (File.Write() == WriteOutcome.Merged)
        {
            ReadAgain();
        }
    }

    /// <summary>Makes changes durable; reads the lists again if another program's changes came in.</summary>
    /// <param name="change">Makes the changes in the file.</param>
    /// <exception cref="VaultException">Nothing was written, and nothing is changed in memory.</exception>
    public void Commit(Action change)
    {
        try
        {
            if (File.Commit(change) == WriteOutcome.Merged)
            {
                ReadAgain();
            }
        }
        catch
        {
            Settings.Forget();
            throw;
        }
    }

    /// <summary>Makes a change of one item durable, and takes into the lists what became of it.</summary>
    /// <param name="change">Makes the change in the file.</param>
    /// <returns>The item, wherever it is now.</returns>
    /// <exception cref="VaultException">Nothing was written, and nothing is changed in memory.</exception>
    public ItemSummary CommitItem(Func<ItemSummary> change)
    {
        var id = ItemId.Zero;
        Commit(() => id = change().Id);
        if (File.Find(id) is not { } item)
        {
            Matches.Remove(id);
            Search.Remove(id);
            return File.FindRemoved(id) ?? throw ErrorKind.NotFoundError("item");
        }
        Matches.Set(item);
        Search.Set(item);
        return item;
    }

    private void ReadAgain()
    {
        (Matches, Search) = Indexes(File.Items);
        Settings.Forget();
    }

    private static ItemId IdOf(string text) =>
        ItemId.TryParse(text) ?? throw ErrorKind.BadMessageError("the item is not named by an id");

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
