using System.Security.Cryptography;
using Contracts;
using Contracts.Wire;
using Office.Client;
using Office.Content;
using Office.State;
using Vault;
using Vault.Sharing;

namespace Office;

/// <summary>Somebody who can open an item.</summary>
/// <param name="Member">Who.</param>
/// <param name="Right">The highest right.</param>
/// <param name="Through">The group that it comes through; <see langword="null"/> if it is granted by name.</param>
public sealed record Access(Id Member, Right Right, Id? Through);

/// <summary>Items: adding, changing, granting.</summary>
public sealed partial class OfficeClient
{
    /// <summary>Adds an item. It is durable when the call returns, and goes to the server when that can be reached.</summary>
    /// <param name="kind">As <see cref="ItemContent.Kind"/>.</param>
    /// <param name="body">What it is; its values are the caller's.</param>
    /// <param name="grants">Who else may do what; we manage it.</param>
    /// <param name="folder">The folder to put it into, whose grants it gets too where <paramref name="grants"/> says nothing else.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="OfficeException">A grant is for nobody, the content is too large, or the folder is not there or not ours to put into.</exception>
    /// <exception cref="VaultException">The outbox cannot be written: then nothing was added.</exception>
    public Id AddItem(string kind, ContentBody body, IReadOnlyList<Grant> grants, Id? folder = null)
    {
        lock (_gate)
        {
            CheckMember();
            List<Grant> template = folder is { } home ? GrantsKept(FolderToWrite(home)) : [];
            IReadOnlyList<Grant> all = [.. template.Where(grant => !grants.Any(one => one.Principal == grant.Principal)), .. grants];
            return AddItem(new ItemContent { Kind = kind, Body = body }, all, folder);
        }
    }

    /// <summary>Adds an item with its history, for exactly those who are named, whatever the grants of its folder. In all else as the other.</summary>
    /// <param name="content">What it is and was; its values are the caller's.</param>
    /// <param name="grants">Who else may do what; we manage it.</param>
    /// <param name="folder">The folder to put it into.</param>
    /// <param name="parts">The parts of the files that it names.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="OfficeException">A grant is for nobody, the content is too large, or the folder is not there or not ours to put into.</exception>
    /// <exception cref="VaultException">The outbox cannot be written: then nothing was added.</exception>
    public Id AddItem(ItemContent content, IReadOnlyList<Grant> grants, Id? folder, IReadOnlyList<SealedPart>? parts = null)
    {
        lock (_gate)
        {
            CheckMember();
            IReadOnlyList<Grant> all =
            [
                .. grants.Where(grant => grant.Principal != _us.Member).Append(new Grant { Principal = _us.Member, Right = Right.Manage })
                    .OrderBy(grant => grant.Principal),
            ];
            var item = Found(_state.Log.Head!.Value, content, all, WrapFor, folder is { } home ? FolderToWrite(home) : null, parts ?? []);
            if (content.Kind != FolderKind) // a folder is shown when the server has it
            {
                _view.Change(copy =>
                {
                    copy.Put(item, content, PathOf(folder));
                    copy.SetRight(item, HeldRight.Always(Right.Manage));
                });
            }
            return item;
        }
    }

    /// <summary>
    /// Adds an item that nobody but us can open until it is granted. It is durable when the call returns, and waits for nothing but the disk:
    /// called by who holds the copy, and puts it there.
    /// </summary>
    /// <param name="content">What it is; its values are the caller's.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="OfficeException">We are no member, or the content is too large.</exception>
    /// <exception cref="VaultException">The outbox cannot be written: then nothing was added.</exception>
    public Id AddOwnItem(ItemContent content)
    {
        var (head, us) = _state.Standing ?? throw NotMember();
        return Found(
            head, content, [new Grant { Principal = _us.Member, Right = Right.Manage }],
            (_, item, epoch, key) => ItemCrypto.WrapFor(us, _us.Office, item, epoch, key), home: null, parts: []);
    }

    /// <summary>Signs and seals a new item, and gives it to the outbox.</summary>
    private Id Found(
        LogHead head, ItemContent content, IReadOnlyList<Grant> grants, Func<Id, Id, long, byte[], KeyWrap> wrapFor, SharedItem? home,
        IReadOnlyList<SealedPart> parts)
    {
        var key = ItemCrypto.NewKey();
        try
        {
            var record = SignedRecord.Sign(
                new AccessRecord
                {
                    Office = _us.Office,
                    Nonce = RandomNumberGenerator.GetBytes(AccessRecord.NonceBytes),
                    Version = 1,
                    Epoch = 1,
                    LogHead = head,
                    ItemHead = new ItemHead(0, null),
                    Commitment = Binding.Commitment(_us.Office, 1, key),
                    Author = _us.Member,
                    Grants = grants,
                },
                _us.Signing);
            var item = Id.Of(record.Hash);
            var change = new WireItemChange
            {
                Access = new WireAccess
                {
                    Record = WireSigned.Of(record),
                    Wraps = [.. grants.Select(grant => WireWrap.Of(wrapFor(grant.Principal, item, 1, key)))],
                },
                Envelope = Sealed(item, previous: null, home?.Id, record.Record, head, key, content),
                FolderVersion = home?.Chain.Record!.Record.Version,
            };
            AddToOutbox(item, common: null, content, Now, parts, (Id.New(), BodyOf(Id.New(), [change])));
            Wake();
            return item;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>
    /// Takes a change in that a person made in the copy, and may make by the right that the copy notes. It is durable when the call returns,
    /// and waits for nothing but the disk: called by who holds the copy, while the change can still be taken back there.
    /// </summary>
    /// <param name="item">The item.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="before">What it was; its values are the caller's.</param>
    /// <param name="after">What it is to be; likewise.</param>
    /// <param name="parts">The parts of files that it names and did not.</param>
    /// <exception cref="OfficeException">The files that it is to have are too large together.</exception>
    /// <exception cref="VaultException">The outbox cannot be written: then nothing changed.</exception>
    public void ChangeItem(Id item, string kind, ContentBody before, ContentBody after, IReadOnlyList<SealedPart>? parts = null)
    {
        var now = Now;
        var common = new ItemContent { Kind = kind, Body = before };
        var ours = common.Change(after, now, _us.Member);
        if (ours != common)
        {
            AddToOutbox(item, common, ours, now, parts ?? []);
            Wake();
        }
    }

    /// <summary>Gives a change to the outbox, with the parts of the files that it adds before it.</summary>
    private void AddToOutbox(
        Id item, ItemContent? common, ItemContent ours, long now, IReadOnlyList<SealedPart> parts, (Id Transaction, byte[] Body)? attempt = null)
    {
        if (parts.Count > 0)
        {
            SharedFile.CheckRoom(ours.Body);
        }
        _parts.Add(item, parts);
        try
        {
            _outbox.Add(item, common, ours, now, attempt);
        }
        catch (VaultException)
        {
            _parts.Remove(item, parts);
            throw;
        }
    }

    /// <summary>Puts an item into the office's recycle bin, or takes it out, for everybody who sees it. As <see cref="ChangeItem"/> in all else.</summary>
    /// <param name="item">The item.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="body">What it is; its values are the caller's.</param>
    /// <param name="isRemoved">Whether it is to lie there.</param>
    /// <exception cref="VaultException">The outbox cannot be written: then nothing changed.</exception>
    public void SetRemoved(Id item, string kind, ContentBody body, bool isRemoved)
    {
        var now = Now;
        var kept = new ItemContent { Kind = kind, Body = body };
        var removed = kept with { RemovedAt = now };
        _ = isRemoved ? _outbox.Add(item, kept, removed, now) : _outbox.Add(item, removed, kept, now);
        Wake();
    }

    /// <summary>Removes an item for everybody, for good: no content of it goes to anybody any more.</summary>
    /// <exception cref="OfficeException">We may not, or the server cannot be asked.</exception>
    public void RemoveItem(Id id)
    {
        lock (_gate)
        {
            if (_state.Find(id) is null && _outbox.Entries.Where(entry => entry.Item == id).ToList() is { Count: > 0 } waiting)
            {
                _outbox.Remove([.. waiting]); // the server never had it, or would not have it
                _parts.Remove(id);
                _view.Change(copy => copy.Remove(id));
                return;
            }
            ChangeOnline(id, Right.Manage, item => new WireItemChange
            {
                Envelope = new WireEnvelope
                {
                    Envelope = WireSigned.Of(SignedRecord.Sign(
                        new Envelope
                        {
                            Office = _us.Office,
                            Item = id,
                            Revision = (item.Chain.Envelope?.Record.Revision ?? 0) + 1,
                            Epoch = item.Chain.Record!.Record.Epoch,
                            RecordVersion = item.Chain.Record.Record.Version,
                            Author = _us.Member,
                            Folder = item.Chain.Envelope?.Record.Folder,
                            Previous = item.Chain.Envelope?.Hash,
                            LogHead = _state.Log.Head!.Value,
                        },
                        _us.Signing)),
                },
            });
        }
    }

    /// <summary>Grants a right to a member or a group, changes it, or takes it away (<see cref="Right.None"/>), which starts a new epoch.</summary>
    /// <exception cref="OfficeException">We may not, nobody would manage the item, or the server cannot be asked.</exception>
    public void SetRight(Id id, Grant grant)
    {
        lock (_gate)
        {
            CheckBeacon();
            ChangeOnline(id, Right.Manage, item =>
            {
                var before = GrantsKept(item);
                List<Grant> grants = [.. before.Where(one => one.Principal != grant.Principal)];
                if (grant.Right > Right.None)
                {
                    grants.Add(grant);
                }
                if (!grants.Exists(one => one.Right == Right.Manage))
                {
                    throw new OfficeException(OfficeError.Refused, "nobody would manage the item any more", "let somebody else manage it first");
                }
                grants.Sort((one, other) => one.Principal.CompareTo(other.Principal));
                return grants.SequenceEqual(item.Chain.Record!.Record.Grants) ? null : WithGrants(item, grants);
            });
        }
    }

    /// <summary>Whether we founded an item, be it at the server already or not.</summary>
    public bool IsOurs(Id item) => Read(state => state.Find(item) is { Chain.Records: [var founding, ..] }
        ? founding.Record.Author == _us.Member
        : _outbox.Of(item).Any(entry => entry.IsNew));

    /// <summary>Who can open an item, and why.</summary>
    public IReadOnlyList<Access> AccessTo(Id item)
    {
        lock (_gate)
        {
            if (_state.Find(item)?.Chain.CountingRecord is not { Record: var record })
            {
                return [];
            }
            return
            [
                .. record.Grants.SelectMany(grant => _state.Log.FindGroup(grant.Principal) is { } group
                        ? group.Members.Select(member => new Access(member, grant.Right, group.Id))
                        : [new Access(grant.Principal, grant.Right, Through: null)])
                    .Where(access => _state.Log.FindMember(access.Member)?.IsCurrent == true)
                    .GroupBy(access => access.Member)
                    .Select(same => same.OrderByDescending(access => access.Right).ThenBy(access => access.Through is not null).First()),
            ];
        }
    }

    private WireItemChange WithGrants(SharedItem item, List<Grant> grants)
    {
        var record = item.Chain.Record!.Record;
        var isDropped = !record.Grants.All(before => grants.Exists(grant => grant.Principal == before.Principal));
        if (isDropped || item.Chain.IsEpochDue)
        {
            using var content = _state.OpenContent(item) ?? throw KeyMissing();
            return content.IsWritable
                ? NewEpoch(item, grants, content)
                : throw new OfficeException(OfficeError.UpdateNeeded, "the item was written by a newer program", "update latchkey on this computer");
        }
        var key = _state.OpenKey(item) ?? throw KeyMissing();
        try
        {
            var added = grants.Where(grant => !record.Grants.Any(before => before.Principal == grant.Principal));
            return new WireItemChange
            {
                Access = new WireAccess
                {
                    Record = WireSigned.Of(NextRecord(item, record.Epoch, record.Commitment, grants)),
                    Wraps = [.. added.Select(grant => WireWrap.Of(WrapFor(grant.Principal, item.Id, record.Epoch, key)))],
                },
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Makes and sends a change of an item, anew if somebody was quicker.</summary>
    /// <param name="id">The item.</param>
    /// <param name="needed">The right for it.</param>
    /// <param name="make">Makes the change; <see langword="null"/> if there is nothing to do.</param>
    private void ChangeOnline(Id id, Right needed, Func<SharedItem, WireItemChange?> make)
    {
        Push(); // what waits of the item goes first: it would be in an old epoch
        for (var tries = 1; ; tries++)
        {
            var item = _state.Find(id) is { } found && _state.RightOf(found, Now) > Right.None ? found : throw ItemMissing();
            if (_state.RightOf(item, Now) < needed)
            {
                throw NotAllowed();
            }
            if (make(item) is not { } change)
            {
                return;
            }
            var body = BodyOf(Id.New(), [change]);
            try
            {
                _server.Transact(Id.New(), body);
                TakeOwn(body);
                return;
            }
            catch (OfficeException refused) when (tries < MaxTries && IsOutdated(refused))
            {
                Pull();
            }
        }
    }

    private void CheckMember()
    {
        if (!_state.AreMember)
        {
            throw NotMember();
        }
    }

    private OfficeException NotMember() =>
        new(OfficeError.NotMember, $"you are not a member of {_us.Name}, or not yet", "wait until you are let in, or ask an administrator");

    private void CheckBeacon()
    {
        CheckMember();
        if (_state.Beacon?.Record.AgeAt(_time.GetUtcNow()) == BeaconAge.TooOldForGrants)
        {
            throw new OfficeException(
                OfficeError.Refused, "no administrator has confirmed the list of members for 30 days", "ask an administrator to go online, then try again");
        }
    }

    private static OfficeException ItemMissing() => new(OfficeError.NotThere, "there is no such item in the office, or none for you", "reload, and look again");

    private static OfficeException NotAllowed() => new(OfficeError.NotEntitled, "you may not do this with this item", "ask somebody who manages it");
}
