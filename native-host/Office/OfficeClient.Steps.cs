using System.Security.Cryptography;
using Contracts;
using Contracts.Wire;
using Office.Client;
using Office.State;
using Office.Store;

namespace Office;

/// <summary>Changes of access to many items: kept as a step, and made in transactions by whoever keeps up with the server.</summary>
public sealed partial class OfficeClient
{
    /// <summary>
    /// Items in one transaction of a step. The server takes 500; with fewer, somebody who waits sees how it goes, can stop it, and the work of
    /// one that somebody else was quicker with is soon made anew.
    /// </summary>
    private const int ItemsPerTransaction = 100;

    /// <summary>Begins a step. It is durable when the call returns, and goes on by itself whenever the server can be reached.</summary>
    /// <param name="id">Its id; a step of this id that is there already goes on as it is.</param>
    /// <param name="changes">What is to be, at most one change an item.</param>
    /// <exception cref="OfficeException">We are no member, or no administrator has confirmed the members for 30 days.</exception>
    /// <exception cref="Vault.VaultException">It cannot be written: then it does not begin.</exception>
    public void BeginStep(Id id, IReadOnlyList<AccessChange> changes)
    {
        lock (_gate)
        {
            CheckBeacon();
        }
        _steps.Begin(id, changes);
        Wake();
    }

    /// <summary>How a step stands. Waits for nobody.</summary>
    /// <returns><see langword="null"/> if there is none of this id, or it was over long ago.</returns>
    public StepProgress? ProgressOf(Id id) => _steps.ProgressOf(id);

    /// <summary>Gives up what is left of a step. What is done stays, and the transaction that is on its way comes to its end.</summary>
    /// <exception cref="Vault.VaultException">It cannot be written: then the step goes on.</exception>
    public void CancelStep(Id id) => _steps.Cancel(id);

    /// <summary>Makes what is left of all steps.</summary>
    /// <exception cref="OfficeException">The server cannot be asked: what is left waits.</exception>
    public void RunSteps()
    {
        while (!_stop.IsCancellationRequested && _steps.Next(ItemsPerTransaction) is { } next)
        {
            lock (_gate)
            {
                Push(); // what waits of the items goes first: it would be in an old epoch
                var refused = new List<StepRefusal>();
                Make(next.Step, [.. next.Changes], refused);
                _steps.Advance(next.Step, next.Changes.Count, refused);
            }
        }
    }

    /// <summary>Makes changes in one transaction or, where one of them spoils it, in several.</summary>
    private void Make(Id step, AccessChange[] changes, List<StepRefusal> refused)
    {
        for (var tries = 1; ; tries++)
        {
            var made = new List<WireItemChange>();
            var rest = new List<AccessChange>();
            foreach (var change in changes)
            {
                try
                {
                    if (ChangeOf(change) is { } one)
                    {
                        made.Add(one);
                        rest.Add(change);
                    }
                }
                catch (OfficeException failure) when (!failure.IsPassing)
                {
                    refused.Add(new StepRefusal(change.Item, failure.Error));
                }
            }
            if (made.Count == 0)
            {
                return;
            }
            changes = [.. rest]; // what was refused or is so already is not asked again
            var body = BodyOf(step, made);
            if (body.Length > Limits.BodyBytes && changes.Length > 1)
            {
                MakeHalves(step, changes, refused);
                return;
            }
            try
            {
                _server.Transact(Id.New(), body);
                TakeOwn(body);
                return;
            }
            catch (OfficeException failure) when (tries < MaxTries && IsOutdated(failure))
            {
                Pull();
            }
            catch (OfficeException failure) when (!failure.IsPassing && failure.Error is not (OfficeError.NotMember or OfficeError.Untrusted or OfficeError.Alarm or OfficeError.Clock))
            {
                if (changes.Length == 1)
                {
                    refused.Add(new StepRefusal(changes[0].Item, failure.Error));
                    return;
                }
                MakeHalves(step, changes, refused);
                return;
            }
        }
    }

    private void MakeHalves(Id step, AccessChange[] changes, List<StepRefusal> refused)
    {
        Make(step, changes[..(changes.Length / 2)], refused);
        Make(step, changes[(changes.Length / 2)..], refused);
    }

    /// <summary>Makes the change of one item.</summary>
    /// <returns><see langword="null"/> if it is so already.</returns>
    private WireItemChange? ChangeOf(AccessChange change)
    {
        var item = _state.Find(change.Item) is { } found && _state.RightOf(found, Now) > Right.None ? found : throw ItemMissing();
        var grants = WithChanges(GrantsKept(item), change.Grants);
        var isGranted = !grants.SequenceEqual(GrantsKept(item));
        var isMoved = change.Moves && change.Folder != FolderOf(item);
        if (!isGranted && !isMoved)
        {
            return null;
        }
        if (_state.RightOf(item, Now) < (isGranted ? Right.Manage : Right.Write))
        {
            throw NotAllowed();
        }
        if (!grants.Exists(grant => grant.Right == Right.Manage))
        {
            throw new OfficeException(OfficeError.Refused, "nobody would manage the item any more", "let somebody else manage it first");
        }
        if (isMoved && change.Folder is { } folder)
        {
            FolderToWrite(folder);
            CheckNoRing(item.Id, folder);
        }
        return isMoved ? Moved(item, change.Folder, grants, isGranted) : WithGrants(item, grants);
    }

    private static List<Grant> WithChanges(List<Grant> before, IReadOnlyList<Grant> changes) =>
    [
        .. before.Where(one => !changes.Any(change => change.Principal == one.Principal))
            .Concat(changes.Where(change => change.Right > Right.None)).OrderBy(grant => grant.Principal),
    ];

    /// <summary>Puts an item into another folder, which is a revision, with a record before it if the grants change too.</summary>
    private WireItemChange Moved(SharedItem item, Id? folder, List<Grant> grants, bool isGranted)
    {
        using var content = _state.OpenContent(item) ?? throw KeyMissing();
        if (!content.IsWritable)
        {
            throw new OfficeException(OfficeError.UpdateNeeded, "the item was written by a newer program", "update latchkey on this computer");
        }
        var before = item.Chain.Record!.Record;
        if (item.Chain.IsEpochDue || !before.Grants.All(grant => grants.Exists(one => one.Principal == grant.Principal)))
        {
            return NewEpoch(item, grants, content, folder);
        }
        var access = isGranted ? WithGrants(item, grants).Access : null;
        var record = access?.Record.Decode<AccessRecord>().Record ?? before;
        var key = _state.OpenKey(item) ?? throw KeyMissing();
        try
        {
            return new WireItemChange { Access = access, Envelope = Sealed(item.Id, item.Chain.Envelope, folder, record, _state.Log.Head!.Value, key, content) };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private void CheckNoRing(Id item, Id folder)
    {
        Id? at = folder;
        for (var depth = 0; at is { } id; depth++)
        {
            if (id == item || depth == MaxFolderDepth)
            {
                throw new OfficeException(OfficeError.Refused, "a folder cannot lie in itself, or too deep", "choose another folder");
            }
            at = _folders.GetValueOrDefault(id)?.Parent;
        }
    }
}
