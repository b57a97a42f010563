using System.Security.Cryptography;
using Contracts;
using Contracts.Wire;
using Office.Client;
using Office.Content;
using Office.State;
using Office.Store;
using Vault.Sharing;

namespace Office;

/// <summary>Sends what waits: own changes merged with what others did meanwhile, and the new epochs that a change of the log asks for.</summary>
public sealed partial class OfficeClient
{
    /// <summary>Items whose epochs are started in one transaction: small, as one that somebody else was quicker with undoes all.</summary>
    private const int RekeysPerTransaction = 20;

    /// <summary>Transactions of one exchange, so that whoever asks how far it is gets an answer in between.</summary>
    private const int RekeyingsPerExchange = 10;

    /// <summary>New items that are sent in one transaction: who brings a thousand does not ask a thousand times.</summary>
    private const int NewPerTransaction = 50;

    private void Push()
    {
        var waiting = new Queue<OutboxEntry>(_outbox.Entries.Where(entry => entry.Failure is null));
        while (waiting.Count > 0)
        {
            var together = TakeTogether(waiting);
            if (together.Count == 1 || !TryPush(together))
            {
                together.ForEach(PushOrFail);
            }
        }
    }

    /// <summary>Takes the next entry and, if it is a new item's, those behind it that are too and fit into one body with it.</summary>
    private static List<OutboxEntry> TakeTogether(Queue<OutboxEntry> waiting)
    {
        var first = waiting.Dequeue();
        List<OutboxEntry> together = [first];
        var bytes = first.Attempt?.Body.Length ?? 0;
        while (first.IsNew && together.Count < NewPerTransaction && waiting.TryPeek(out var next) && next.IsNew
            && (bytes += next.Attempt!.Value.Body.Length) <= Limits.BodyBytes)
        {
            together.Add(waiting.Dequeue());
        }
        return together;
    }

    /// <summary>
    /// Sends new items in one transaction. Its id is not kept: what founds an item can be there once only, and what is there already is done.
    /// </summary>
    /// <returns>Whether the server took them; else each goes alone, to find the one that it will not have.</returns>
    private bool TryPush(List<OutboxEntry> together)
    {
        var body = BodyOf(Id.New(), [.. together.Where(entry => !IsThere(entry)).SelectMany(entry => WireJson.Read(entry.Attempt!.Value.Body, WireJson.Default.WireTransaction).Changes)]);
        try
        {
            if (!together.TrueForAll(IsThere))
            {
                _server.Transact(Id.New(), body);
                TakeOwn(body);
            }
        }
        catch (OfficeException refused) when (IsRefusal(refused))
        {
            return false;
        }
        _outbox.Remove([.. together]);
        return true;
    }

    /// <summary>Whether a new item came from the server: it had been sent, and the answer did not arrive.</summary>
    private bool IsThere(OutboxEntry entry) => entry.IsNew && _state.Find(entry.Item) is not null;

    private void PushOrFail(OutboxEntry entry)
    {
        try
        {
            Push(entry);
        }
        catch (OfficeException refused) when (IsRefusal(refused))
        {
            _outbox.Fail(entry, refused.Message);
            Notice(new OfficeNotice("notSent", $"a change was not taken by the server and is kept here: {refused.Message}", entry.Item));
        }
    }

    private static bool IsRefusal(OfficeException refused) =>
        refused.Error is OfficeError.Refused or OfficeError.TooLarge or OfficeError.NotEntitled or OfficeError.NotThere or OfficeError.Conflict;

    private void Push(OutboxEntry entry)
    {
        for (var tries = 1; ; tries++)
        {
            if (IsThere(entry) || (entry.Attempt is null && !TryPrepare(entry)))
            {
                _outbox.Remove(entry);
                return;
            }
            var (transaction, body) = entry.Attempt!.Value;
            var files = PartsNamedBy(entry.Item);
            try
            {
                _server.Transact(transaction, body);
                TakeOwn(body);
                DropParts(entry.Item, files);
                _outbox.Remove(entry);
                return;
            }
            catch (OfficeException refused) when (tries < MaxTries && !entry.IsNew && IsOutdated(refused))
            {
                _outbox.SetAttempt(entry, null);
                Pull();
            }
        }
    }

    /// <summary>Whether the same may be taken once it is made anew of what the server has by now.</summary>
    private static bool IsOutdated(OfficeException refused) =>
        refused.Error == OfficeError.Conflict || (refused.Error == OfficeError.Refused && refused.Check is "epoch-due" or "waits" or "unknown-log-head" or "log-went-back");

    /// <summary>Makes the transaction of a changed item.</summary>
    /// <returns>Whether there is anything to send.</returns>
    private bool TryPrepare(OutboxEntry entry)
    {
        if (_state.Find(entry.Item) is not { } item || _state.StatusOf(item, Now) is ItemStatus.Lost or ItemStatus.Removed)
        {
            throw new OfficeException(OfficeError.NotThere, "the item is not there any more, or not for you", "ask a manager of the item");
        }
        using var theirs = _state.StatusOf(item, Now) == ItemStatus.Shown ? _state.OpenContent(item) : null;
        if (theirs is null)
        {
            throw new OfficeException(OfficeError.ServerFailed, "the item waits for a manager, or a check failed", "wait");
        }
        if (!theirs.IsWritable)
        {
            throw new OfficeException(OfficeError.UpdateNeeded, "the item was written by a newer program", "update latchkey on this computer");
        }
        using var common = entry.OpenCommon();
        using var ours = entry.OpenOurs();
        var merged = Merge(entry, common!, theirs, ours);
        merged = merged with { Content = SharedFile.WithRoom(merged.Content) };
        if (merged.Content == theirs)
        {
            return false;
        }
        if (merged.Conflicts.Count > 0)
        {
            Notice(new OfficeNotice(
                "conflict", $"you and somebody else changed {string.Join(", ", merged.Conflicts.Select(SharedFile.TitleOf))}: theirs stands, yours is in the history", entry.Item));
        }
        var change = item.Chain.IsEpochDue ? NewEpoch(item, GrantsKept(item), merged.Content) : NewRevision(item, merged.Content);
        _outbox.SetAttempt(entry, (Id.New(), BodyOf(entry.Id, [change])));
        return true;
    }

    /// <summary>Takes what we sent, once the server has it, as if it had come from there.</summary>
    private void TakeOwn(byte[] body)
    {
        var changes = WireJson.Read(body, WireJson.Default.WireTransaction).Changes;
        var items = new List<DeliveredItem>();
        foreach (var change in changes)
        {
            var id = change.Access?.Record.Decode<AccessRecord>() is { } record
                ? record.Record.Item ?? Id.Of(record.Hash)
                : change.Envelope!.Envelope.Decode<Envelope>().Record.Item;
            var wraps = change.Access?.Wraps.Where(wrap => wrap.Principal == _us.Member || _state.Log.FindGroup(wrap.Principal)?.Members.Contains(_us.Member) == true);
            items.Add(new DeliveredItem(id, change.Access is { } access ? [access.Record] : null, wraps is null ? null : [.. wraps], change.Envelope));
        }
        var taken = _state.Take(items);
        _state.Write();
        ShowAgain([.. taken]);
    }

    private static byte[] BodyOf(Id step, IReadOnlyList<WireItemChange> changes) =>
        WireJson.Write(new WireTransaction { Step = step, Changes = changes }, WireJson.Default.WireTransaction);

    /// <summary>Seals the next revision in the epoch that there is.</summary>
    private WireItemChange NewRevision(SharedItem item, ItemContent content)
    {
        var key = _state.OpenKey(item) ?? throw KeyMissing();
        try
        {
            return new WireItemChange { Envelope = Sealed(item, item.Chain.Record!.Record, key, content) };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Starts a new epoch for some grants, with the content sealed in it.</summary>
    private WireItemChange NewEpoch(SharedItem item, IReadOnlyList<Grant> grants, ItemContent content) => NewEpoch(item, grants, content, FolderOf(item));

    private WireItemChange NewEpoch(SharedItem item, IReadOnlyList<Grant> grants, ItemContent content, Id? folder)
    {
        var key = ItemCrypto.NewKey();
        try
        {
            var before = item.Chain.Record!.Record;
            var record = NextRecord(item, before.Epoch + 1, Binding.Commitment(_us.Office, before.Epoch + 1, key), grants);
            return new WireItemChange
            {
                Access = new WireAccess
                {
                    Record = WireSigned.Of(record),
                    Wraps = [.. grants.Select(grant => WireWrap.Of(WrapFor(grant.Principal, item.Id, before.Epoch + 1, key)))],
                },
                Envelope = Sealed(item.Id, item.Chain.Envelope, folder, record.Record, _state.Log.Head!.Value, key, content),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private SignedRecord<AccessRecord> NextRecord(SharedItem item, long epoch, Hash commitment, IReadOnlyList<Grant> grants)
    {
        var before = item.Chain.Record!;
        return SignedRecord.Sign(
            new AccessRecord
            {
                Office = _us.Office,
                Item = item.Id,
                Version = before.Record.Version + 1,
                Epoch = epoch,
                Previous = before.Hash,
                LogHead = _state.Log.Head!.Value,
                ItemHead = new ItemHead(item.Chain.Envelope?.Record.Revision ?? 0, item.Chain.Envelope?.Hash),
                Commitment = commitment,
                Author = _us.Member,
                Grants = [.. grants.OrderBy(grant => grant.Principal)],
            },
            _us.Signing);
    }

    private WireEnvelope Sealed(SharedItem item, AccessRecord record, byte[] key, ItemContent content) =>
        Sealed(item.Id, item.Chain.Envelope, FolderOf(item), record, _state.Log.Head!.Value, key, content);

    private WireEnvelope Sealed(
        Id item, SignedRecord<Envelope>? previous, Id? folder, AccessRecord record, LogHead head, byte[] key, ItemContent content)
    {
        var json = ContentJson.Write(content);
        try
        {
            var (envelope, sealedContent) = ItemCrypto.SealContent(
                new Envelope
                {
                    Office = _us.Office,
                    Item = item,
                    Revision = (previous?.Record.Revision ?? 0) + 1,
                    Epoch = record.Epoch,
                    RecordVersion = record.Version,
                    Author = _us.Member,
                    Folder = folder,
                    Previous = previous?.Hash,
                    LogHead = head,
                },
                key, json, _us.Signing);
            return new WireEnvelope { Envelope = WireSigned.Of(envelope), Sealed = sealedContent };
        }
        catch (ContractException refused) when (refused.Error == ContractError.TooLarge)
        {
            throw new OfficeException(OfficeError.TooLarge, "the item is larger than an office takes", "shorten its notes or fields");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(json);
        }
    }

    private KeyWrap WrapFor(Id principal, Id item, long epoch, byte[] key)
    {
        if (_state.Log.FindMember(principal) is { IsCurrent: true } member)
        {
            return ItemCrypto.WrapFor(member.Record, _us.Office, item, epoch, key);
        }
        return _state.Log.FindGroup(principal) is { NeedsKey: false, Key: { } group }
            ? ItemCrypto.WrapFor(group, _us.Office, item, epoch, key)
            : throw new OfficeException(OfficeError.NotThere, "a group has no key at the moment", "an administrator's host makes it one: wait until one is online");
    }

    /// <summary>The grants of an item, less those of principals that the log has ended.</summary>
    private List<Grant> GrantsKept(SharedItem item) => [.. item.Chain.Record!.Record.Grants.Where(grant => IsPrincipal(grant.Principal))];

    private bool IsPrincipal(Id principal) =>
        _state.Log.FindMember(principal)?.IsCurrent == true || _state.Log.FindGroup(principal) is { Epoch: > 0 };

    private static OfficeException KeyMissing() => new(OfficeError.Refused, "the item's key did not come with it", "ask a manager of the item to grant it again");

    /// <summary>
    /// Starts the epochs that are due since somebody left or was re-keyed: groups' keys as an administrator, items' as whoever may write. What
    /// is done already is due no more, so it goes on wherever it was interrupted.
    /// </summary>
    private void RekeyWhatIsDue()
    {
        if (_state.OurRole >= Role.Administrator)
        {
            foreach (var group in _state.Log.Groups.Where(group => group.NeedsKey && group.Members.Any()).ToList())
            {
                RekeyGroup(group.Id);
            }
        }
        var due = DueItems();
        foreach (var items in due.Chunk(RekeysPerTransaction).Take(RekeyingsPerExchange).ToList())
        {
            RekeyOrLeave(items);
        }
        if (DueItems().Count is > 0 and var left && left < due.Count)
        {
            Wake(); // the rest, in the next exchange
        }
    }

    /// <summary>Starts the epochs that are due: in the background, if this host keeps up with the server; else now, to the end.</summary>
    private void RekeySoon()
    {
        if (_isKeepingUp)
        {
            Wake();
            return;
        }
        var left = int.MaxValue;
        int before;
        do
        {
            before = left;
            RekeyWhatIsDue();
            left = DueItems().Count;
        }
        while (left > 0 && left < before);
    }

    private List<SharedItem> DueItems()
    {
        var now = Now;
        return
        [
            .. _state.EpochDue.Where(item => _state.StatusOf(item, now) == ItemStatus.Shown
                && _state.RightOf(item, now) >= Right.Write && CanWrapForAll(item)),
        ];
    }

    private bool CanWrapForAll(SharedItem item) =>
        GrantsKept(item) is var kept && kept.Exists(grant => grant.Right == Right.Manage)
        && kept.TrueForAll(grant => _state.Log.FindGroup(grant.Principal)?.NeedsKey != true);

    private void RekeyOrLeave(SharedItem[] items)
    {
        try
        {
            var changes = new List<WireItemChange>();
            foreach (var item in items)
            {
                using var content = _state.OpenContent(item);
                if (content is { IsWritable: true })
                {
                    changes.Add(NewEpoch(item, GrantsKept(item), content));
                }
            }
            if (changes.Count > 0)
            {
                var body = BodyOf(Id.New(), changes);
                _server.Transact(Id.New(), body);
                TakeOwn(body);
            }
        }
        catch (OfficeException refused) when (refused.Error is OfficeError.Conflict or OfficeError.Refused or OfficeError.TooLarge && items.Length > 1)
        {
            // Another writer's host does the same: what it did comes with the pull, the rest is tried one by one. So are items too large for one body together.
            Pull();
            foreach (var item in items.Where(item => item.Chain.IsEpochDue))
            {
                RekeyOrLeave([item]);
            }
        }
        catch (OfficeException refused) when (refused.Error is OfficeError.Conflict or OfficeError.Refused or OfficeError.TooLarge)
        {
            // The next exchange sees whether it is still due.
        }
    }
}
