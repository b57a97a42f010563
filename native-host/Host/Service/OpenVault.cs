using Contracts;
using Host.Protocol;
using Vault;
using Vault.Matching;
using Vault.Search;

namespace Host.Service;

/// <summary>
/// An open vault and what is made of its items. Guarded by the session's gate, but for <see cref="VaultFile.IsKey"/>. A further vault is no
/// more than this: what its file says about this program is never read.
/// </summary>
internal class OpenVault : IDisposable
{
    private readonly VaultLock _lock;

    public OpenVault(VaultFile file, VaultLock vaultLock)
    {
        File = file;
        Id = file.RootGroup.ToString();
        _lock = vaultLock;
        (Matches, Search) = Indexes(file.Items);
    }

    /// <summary>The file.</summary>
    public VaultFile File { get; }

    /// <summary>The vault's id on the wire.</summary>
    public string Id { get; }

    /// <summary>Finds by origin and by id.</summary>
    public MatchIndex Matches { get; private set; }

    /// <summary>Finds by words.</summary>
    public SearchIndex Search { get; private set; }

    /// <summary>Whether it was closed: its keys are zeroed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>What an item says about where it is; <see langword="null"/> for the own vault.</summary>
    public virtual string? Mark => Id;

    /// <summary>An item's id on the wire.</summary>
    public string IdOf(ItemId item) => Mark is { } vault ? $"{vault}{SeenVaults.Separator}{item}" : item.ToString();

    /// <summary>What the person may do with an item: everything, unless it is an office's.</summary>
    public virtual Right RightOf(ItemId item) => Right.Manage;

    /// <summary>Checks that the person may do something with an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="needed">The right for it.</param>
    /// <exception cref="ProtocolException"><c>refused</c> <c>ended</c>, <c>useOnly</c> or <c>noRight</c>.</exception>
    public void CheckMay(ItemId item, Right needed)
    {
        var right = RightOf(item);
        if (right >= needed)
        {
            return;
        }
        throw right == Right.None
            ? ErrorKind.Error(
                ErrorKind.Refused, "your right to this item has ended, or has not begun, by this computer's clock", "look at the clock, or ask somebody who manages the item",
                "ended")
            : needed == Right.Read
                ? ErrorKind.Error(ErrorKind.Refused, "you may fill this item, and not see it", "ask somebody who manages it", "useOnly")
                : ErrorKind.Error(ErrorKind.Refused, "you may not change this item", "ask somebody who manages it", "noRight");
    }

    /// <summary>Notes that a secret of an item was shown, copied or filled: an office's audit hears of it.</summary>
    public virtual void Report(ItemId item, Contracts.Wire.WireEventKind kind)
    {
    }

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
    public virtual void Write()
    {
        if (File.Write() == WriteOutcome.Merged)
        {
            ReadAgain();
        }
    }

    /// <summary>Makes changes durable; reads the lists again if another program's changes came in.</summary>
    /// <param name="change">Makes the changes in the file.</param>
    /// <exception cref="VaultException">Nothing was written, and nothing is changed in memory.</exception>
    public virtual void Commit(Action change)
    {
        try
        {
            if (File.Commit(change) == WriteOutcome.Merged)
            {
                ReadAgain();
            }
        }
        finally
        {
            Forget();
        }
    }

    /// <summary>Makes changes that the file has with its next write.</summary>
    /// <param name="change">Makes the changes in memory.</param>
    public void Remember(Action change)
    {
        change();
        Forget();
    }

    /// <summary>Adds an item, durably.</summary>
    /// <returns>The item.</returns>
    /// <exception cref="VaultException">Nothing was written, and nothing is changed in memory.</exception>
    public virtual ItemSummary AddItem(ItemDraft draft) => CommitItem(() => File.Add(draft));

    /// <summary>Makes a change of one item durable, and takes into the lists what became of it.</summary>
    /// <param name="change">Makes the change in the file.</param>
    /// <returns>The item, wherever it is now.</returns>
    /// <exception cref="VaultException">Nothing was written, and nothing is changed in memory.</exception>
    public virtual ItemSummary CommitItem(Func<ItemSummary> change)
    {
        var id = ItemId.Zero;
        Commit(() => id = change().Id);
        return TakeIntoLists(id) ?? File.FindRemoved(id) ?? throw ErrorKind.NotFoundError("item");
    }

    /// <summary>Puts items into the recycle bin, durably, all of them or none.</summary>
    /// <exception cref="VaultException">Nothing was written, and nothing is changed in memory.</exception>
    public void Remove(IReadOnlyList<ItemId> items)
    {
        Commit(() =>
        {
            foreach (var item in items)
            {
                File.Remove(item);
            }
        });
        foreach (var item in items)
        {
            TakeIntoLists(item);
        }
    }

    /// <summary>The files attached to an item.</summary>
    public virtual IReadOnlyList<ItemAttachment> AttachmentsOf(Item item) => item.Attachments;

    /// <summary>Makes a reading of an attached file, to be done outside the gate: it may have to be fetched.</summary>
    /// <returns>Gives the file, which the caller clears; <see langword="null"/> if there is none.</returns>
    public virtual Func<byte[]>? FindAttachment(ItemId item, string name) =>
        File.ReadAttachment(item, name) is { } content ? () => content : null;

    /// <summary>Attaches a file to an item, durably, in the place of the one of that name; or removes that one.</summary>
    /// <param name="item">The item.</param>
    /// <param name="name">What the file is called.</param>
    /// <param name="content">What is in it; <see langword="null"/> to remove it.</param>
    /// <exception cref="ProtocolException"><c>notFound</c>: there is none to remove.</exception>
    /// <exception cref="VaultException">Nothing was written, and nothing is changed in memory.</exception>
    public virtual ItemSummary Attach(ItemId item, string name, ReadOnlyMemory<byte>? content) =>
        CommitItem(() => File.Attach(item, name, content) ?? throw ErrorKind.NotFoundError("attachment"));

    /// <summary>Takes into the lists what became of an item.</summary>
    /// <returns>The item, or <see langword="null"/> if it is in the recycle bin or gone.</returns>
    protected ItemSummary? TakeIntoLists(ItemId id)
    {
        if (File.Find(id) is not { } item)
        {
            Matches.Remove(id);
            Search.Remove(id);
            return null;
        }
        Matches.Set(item);
        Search.Set(item);
        return item;
    }

    /// <summary>Called before the keys are zeroed.</summary>
    protected virtual void Close()
    {
    }

    /// <summary>Drops what was read from the file and may be another by now.</summary>
    protected virtual void Forget()
    {
    }

    /// <summary>Makes the lists anew from the file.</summary>
    protected void ReadAgain()
    {
        (Matches, Search) = Indexes(File.Items);
        Forget();
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
        Close();
        IsClosed = true;
        File.Dispose();
        _lock.Dispose();
    }
}

/// <summary>The own vault: the only one whose settings count.</summary>
internal sealed class OwnVault(VaultFile file, VaultLock vaultLock) : OpenVault(file, vaultLock)
{
    /// <summary>What this program keeps in the vault about itself.</summary>
    public OwnSettings Settings { get; } = new(file);

    /// <summary>What the person chose for their vaults, and who may see the further ones.</summary>
    public VaultSettings VaultSettings { get; } = new(file);

    /// <summary>The further vaults that the file names.</summary>
    public AutoOpen AutoOpen { get; } = new(file);

    /// <summary>Counts changes of the file: what was read from it may be another by now.</summary>
    public int Changes { get; private set; }

    /// <inheritdoc/>
    public override string? Mark => null;

    /// <inheritdoc/>
    protected override void Forget()
    {
        Settings.Forget();
        Changes++;
    }
}
