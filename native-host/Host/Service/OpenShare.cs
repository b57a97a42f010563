using System.Security.Cryptography;
using Contracts;
using Host.Protocol;
using Office;
using Office.Content;
using Office.State;
using Office.Store;
using Vault;
using Vault.Crypto;

namespace Host.Service;

/// <summary>
/// An office as one more vault: its copy on this computer, read like any other, and written only by what a member may write. The copy reaches
/// the disk now and then and on lock, as all of it can be had again; what a person changes is in the outbox before the answer.
/// </summary>
internal sealed class OpenShare : OpenVault, IShareView
{
    /// <summary>Above so many changes at once the lists are read again whole.</summary>
    private const int FewChanges = 100;

    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(30);

    private readonly ShareCopy _copy;
    private readonly Gate _gate;
    private readonly TimeProvider _time;
    private readonly Action<OpenShare> _changed;
    private long _writtenAt;

    private OpenShare(Membership us, ItemId item, LogHead? remembered, ShareCopy copy, VaultLock vaultLock, Gate gate, SessionOptions options, Action<OpenShare> changed)
        : base(copy.File, vaultLock)
    {
        (_copy, _gate, _time, _changed, Item) = (copy, gate, options.Time, changed, item);
        Client = new OfficeClient(us, FolderIn(options.Paths), this, options.Time, remembered)
        {
            Synced = () => Synced?.Invoke(this),
            Failed = options.Log.Failed,
            Noticed = () => changed(this),
        };
    }

    /// <summary>The item of the own vault that holds the membership.</summary>
    public ItemId Item { get; }

    /// <summary>As people see it: <c>[server:port]</c>, another where the server has moved.</summary>
    public string Name => Client.Us.Name;

    /// <summary>What is done with the server.</summary>
    public OfficeClient Client { get; }

    /// <summary>Called after each exchange that succeeded, outside every gate.</summary>
    public Action<OpenShare>? Synced { get; set; }

    /// <summary>Where the copies are.</summary>
    public static string FolderIn(Paths paths) => Path.Combine(paths.DataFolder, "shares");

    /// <summary>Opens the copy of an office, or makes one, and everything that is kept beside it. Takes its time for many items.</summary>
    /// <param name="us">The membership, which is the share's from now on.</param>
    /// <param name="item">The item that holds it.</param>
    /// <param name="remembered">The log's head that the item remembers.</param>
    /// <param name="gate">The session's, under which the copy is changed.</param>
    /// <param name="options">The session's.</param>
    /// <param name="changed">Called when items changed that others show, outside the gate.</param>
    /// <exception cref="ProtocolException"><c>vaultInUse</c>.</exception>
    /// <exception cref="VaultException">Something cannot be read or written.</exception>
    public static OpenShare Open(
        Membership us, ItemId item, LogHead? remembered, Gate gate, SessionOptions options, Action<OpenShare> changed)
    {
        var folder = FolderIn(options.Paths);
        Paths.MakeFolder(options.Paths.DataFolder);
        Paths.MakeFolder(folder);
        VaultLock? vaultLock = null;
        ShareCopy? copy = null;
        try
        {
            vaultLock = VaultLock.Take(options.Paths, ShareCopy.PathOf(us, folder), options.IsHost);
            copy = ShareCopy.Open(us, folder, options.Time);
            return new OpenShare(us, item, remembered, copy, vaultLock, gate, options, changed);
        }
        catch
        {
            copy?.Dispose();
            vaultLock?.Dispose();
            us.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override Right RightOf(ItemId item) => _copy.RightOf(item, _time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <inheritdoc/>
    public override void Report(ItemId item, Contracts.Wire.WireEventKind kind) => Client.Report(ShareCopy.IdOf(item), kind);

    /// <inheritdoc/>
    public void Change(Action<ShareCopy> change)
    {
        IReadOnlyCollection<ItemId> changed;
        lock (_gate)
        {
            if (IsClosed)
            {
                return;
            }
            change(_copy);
            changed = _copy.TakeChanged();
            TakeIntoLists(changed);
            WriteIfDue();
        }
        if (changed.Count > 0)
        {
            _changed(this);
        }
    }

    /// <inheritdoc/>
    public override ItemSummary CommitItem(Func<ItemSummary> change) => CommitItem(change, parts: []);

    /// <inheritdoc/>
    public override IReadOnlyList<ItemAttachment> AttachmentsOf(Item item)
    {
        var attachments = new List<ItemAttachment>();
        foreach (var field in item.Fields.Where(field => SharedFile.IsField(field.Name)))
        {
            using var file = Read(item.Summary.Id, field.Name);
            attachments.Add(new ItemAttachment(SharedFile.TitleOf(field.Name), file?.Size ?? 0));
        }
        return attachments;
    }

    /// <inheritdoc/>
    /// <remarks>Reading throws <see cref="OfficeException"/> where the server has to be asked and cannot be, or has it not.</remarks>
    public override Func<byte[]>? FindAttachment(ItemId item, string name)
    {
        var field = SharedFile.FieldOf(name);
        if (!HasField(item, field))
        {
            return null;
        }
        var file = Read(item, field)
            ?? throw new OfficeException(OfficeError.UpdateNeeded, "the file was attached by a newer program", "update latchkey on this computer");
        return () =>
        {
            using (file)
            {
                var content = Client.ReadFile(ShareCopy.IdOf(item), file);
                Report(item, Contracts.Wire.WireEventKind.Reveal);
                return content;
            }
        };
    }

    /// <inheritdoc/>
    /// <exception cref="OfficeException">The files of the item would be too large together.</exception>
    public override ItemSummary Attach(ItemId item, string name, ReadOnlyMemory<byte>? content)
    {
        CheckMay(item, Right.Write);
        var field = SharedFile.FieldOf(name);
        if (content is null)
        {
            return HasField(item, field)
                ? CommitItem(() => File.Update(item, new ItemDraft { Fields = [new NewField(field, Value: null, Secret: null)] })!)
                : throw ErrorKind.NotFoundError("attachment");
        }
        var (named, parts) = SharedFile.Seal(Client.Us.Office, name, content.Value.Span);
        using var secret = SecretBytes.CopyOf(named.Value);
        CryptographicOperations.ZeroMemory(named.Value);
        return CommitItem(() => File.Update(item, new ItemDraft { Fields = [NewField.Protected(field, secret)] })!, parts);
    }

    private ItemSummary CommitItem(Func<ItemSummary> change, IReadOnlyList<SealedPart> parts)
    {
        var bin = File.Removed.Select(removed => removed.Summary.Id).ToHashSet();
        var id = ItemId.Zero;
        File.Change(() =>
        {
            id = change().Id;
            CheckMay(id, Right.Write);
            var isRemoved = File.Find(id) is null;
            if (isRemoved == bin.Contains(id))
            {
                Send(id, parts);
            }
            else
            {
                SendRemoved(id, isRemoved);
            }
        });
        TakeIntoLists([id]);
        return File.Find(id) ?? File.FindRemoved(id)!;
    }

    /// <inheritdoc/>
    /// <exception cref="ProtocolException"><c>refused</c> <c>officeFolder</c>.</exception>
    /// <exception cref="OfficeException">The person is no member, or the item is too large.</exception>
    public override ItemSummary AddItem(ItemDraft draft)
    {
        if (draft.Folder is { Length: > 0 })
        {
            throw ErrorKind.Error(ErrorKind.Refused, "an item of an office lies in no folder of yours", "leave the folder out", "officeFolder");
        }
        using var content = ShareCopy.ContentOf(draft);
        var item = Client.AddOwnItem(content);
        _copy.Put(item, content);
        _copy.SetRight(item, HeldRight.Always(Right.Manage));
        var id = ShareCopy.IdOf(item);
        TakeIntoLists([id]);
        return File.Find(id)!;
    }

    /// <inheritdoc/>
    public override void Commit(Action change) =>
        throw ErrorKind.Error(ErrorKind.Refused, "this cannot be done in the vault of an office", "do it in your own vault", "shared");

    /// <summary>Writes the copy.</summary>
    /// <exception cref="VaultException">It cannot be written: what the server has comes again.</exception>
    public override void Write()
    {
        base.Write();
        _writtenAt = _time.GetTimestamp();
    }

    /// <inheritdoc/>
    protected override void Close()
    {
        try
        {
            Write();
        }
        catch (VaultException)
        {
            // A full disk must not keep the keys in memory. What is missing in the copy is put in again from what lies beside it.
        }
        Client.Dispose();
    }

    /// <summary>Gives the change of an item to the outbox; what was there before is the newest of its history.</summary>
    private void Send(ItemId id, IReadOnlyList<SealedPart> parts)
    {
        var before = ShareCopy.Read(File, id, File.Get(id)!.Revisions)!.Value;
        var (kind, after) = ShareCopy.Read(File, id)!.Value;
        try
        {
            Client.ChangeItem(ShareCopy.IdOf(id), kind, before.Body, after, parts);
        }
        finally
        {
            before.Body.Clear();
            after.Clear();
        }
    }

    private bool HasField(ItemId item, string name) => File.Get(item)!.Fields.Any(field => field.Name == name);

    private SharedFile? Read(ItemId item, string field)
    {
        using var value = File.OpenField(item, field);
        return value is null ? null : SharedFile.TryRead(field, value.Span);
    }

    private void SendRemoved(ItemId id, bool isRemoved)
    {
        var (kind, body) = ShareCopy.Read(File, id)!.Value;
        try
        {
            Client.SetRemoved(ShareCopy.IdOf(id), kind, body, isRemoved);
        }
        finally
        {
            body.Clear();
        }
    }

    private void TakeIntoLists(IReadOnlyCollection<ItemId> changed)
    {
        if (changed.Count > FewChanges)
        {
            ReadAgain();
            return;
        }
        foreach (var id in changed)
        {
            TakeIntoLists(id);
        }
    }

    private void WriteIfDue()
    {
        if (_time.GetElapsedTime(_writtenAt) >= WriteEvery)
        {
            Write();
        }
    }
}
