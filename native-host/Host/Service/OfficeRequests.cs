using Contracts;
using Host.Protocol;
using Office;
using Vault;

namespace Host.Service;

/// <summary>Finds the office that a request is about, brings it up to date where the answer depends on it, and has it answered.</summary>
internal sealed class OfficeRequests(SessionOptions options, Gate gate, ShareOpener opener)
{
    private readonly GridAnswers _grid = new(options, gate);

    /// <summary>Tells what only somebody may ask who gave the passphrase a moment ago on this very port.</summary>
    public static bool NeedsPassphrase(OfficeRequest request) => request is not (GetOffices or GetPeople or GetAccess or GetOfficeLog
        or GetGrid or GetAccessStep or GetAudit or GetRemoval or GetLeavers or GetWorklist or GetOrphans
        or BringItems { Preview: true } or AskAccess or GetAccessRequests or AnswerAccess { Grant: false });

    /// <summary>Answers a request, outside the gate.</summary>
    /// <param name="vaults">The vaults as the asker sees them.</param>
    /// <param name="request">What is asked.</param>
    /// <exception cref="ProtocolException"><c>notFound</c>, <c>refused</c>, <c>badMessage</c>.</exception>
    /// <exception cref="OfficeException">The server cannot be asked, or refuses.</exception>
    /// <exception cref="VaultException">A file cannot be written.</exception>
    public Reply Answer(SeenVaults vaults, OfficeRequest request)
    {
        switch (request)
        {
            case GetOffices:
                if (!options.IsHost)
                {
                    OpenOnes(vaults).ForEach(TrySync); // a host does so all the time
                }
                return new Offices([.. OpenOnes(vaults).Select(OfficeAnswers.Of), .. FailedOnes(vaults)]);
            case EnterOffice enter:
                return Enter(vaults, enter);
            case Invite invite:
                return OfficeAnswers.Invite(Find(vaults, invite.Office), invite);
            case Uninvite uninvite:
                return OfficeAnswers.Uninvite(Find(vaults, uninvite.Office), uninvite);
            case Reconnect reconnect:
                return Reconnect(vaults, Find(vaults, reconnect.Office), reconnect);
            case GetPeople people:
                return OfficeAnswers.People(UpToDate(Find(vaults, people.Office)));
            case RemoveMember remove:
                return OfficeAnswers.Change(UpToDate(Find(vaults, remove.Office)), remove);
            case SetRole set:
                return OfficeAnswers.Change(UpToDate(Find(vaults, set.Office)), set);
            case AddGroup add:
                return OfficeAnswers.Change(UpToDate(Find(vaults, add.Office)), add);
            case SetGroupMember set:
                return OfficeAnswers.Change(UpToDate(Find(vaults, set.Office)), set);
            case ShareItems share:
                return Share(vaults, share);
            case BringItems bring:
                var bringsTo = bring.Preview is true ? Find(vaults, bring.Office) : UpToDate(Find(vaults, bring.Office));
                var brought = BringAnswers.Bring(gate, vaults, bringsTo, bring);
                if (brought.Items.Count > 0)
                {
                    TrySync(bringsTo);
                }
                return brought;
            case SetGrant grant:
                var (granted, item) = FindItem(vaults, grant.Item);
                return OfficeAnswers.Grant(UpToDate(granted), item, grant);
            case GetAccess access:
                var (asked, about) = FindItem(vaults, access.Item);
                return OfficeAnswers.Access(asked, about);
            case RemoveShared remove:
                var (home, removed) = FindItem(vaults, remove.Item);
                return OfficeAnswers.Remove(UpToDate(home), removed);
            case AskAccess ask:
                Ask(vaults, ask);
                return Requests(vaults);
            case GetAccessRequests:
                return Requests(vaults);
            case AnswerAccess answer:
                var granting = answer.Item is { } named ? FindItem(vaults, named).Item : (ItemId?)null;
                OfficeAnswers.Answer(Find(vaults, answer.Office), answer, granting);
                return Requests(vaults);
            case GetOfficeLog log:
                return OfficeAnswers.Log(UpToDate(Find(vaults, log.Office)));
            case GetAudit audit:
                return AuditAnswers.Page(UpToDate(Find(vaults, audit.Office)), audit, audit.Item is { } filtered ? FindItem(vaults, filtered).Item : null, gate);
            case GetRemoval removal:
                return LeaverAnswers.Removal(Find(vaults, removal.Office), removal, gate);
            case GetLeavers leavers:
                return LeaverAnswers.Leavers(Find(vaults, leavers.Office));
            case GetWorklist worklist:
                return LeaverAnswers.Worklist(Find(vaults, worklist.Office), worklist);
            case GetOrphans orphans:
                return LeaverAnswers.Orphans(Find(vaults, orphans.Office), gate);
            case Adopt adopt:
                var (ownerless, orphan) = FindItem(vaults, adopt.Item);
                return LeaverAnswers.Adopt(UpToDate(ownerless), orphan, adopt);
            case GetGrid grid:
                return _grid.Grid(Find(vaults, grid.Office), grid);
            case SetAccess set:
                return _grid.Set(Find(vaults, set.Office), set);
            case GetAccessStep step:
                return GridAnswers.Step(Find(vaults, step.Office), step);
            case AddFolder add:
                var office = UpToDate(Find(vaults, add.Office));
                var added = GridAnswers.Add(office, add);
                TrySync(office);
                return added;
            case RenameFolder rename:
                return GridAnswers.Rename(FindByItem(vaults, rename.Folder), rename);
            case RemoveFolder remove:
                return GridAnswers.Remove(UpToDate(FindByItem(vaults, remove.Folder)), remove);
            default:
                throw new InvalidOperationException($"{request.GetType().Name} has no answer");
        }
    }

    private ListedOffice Enter(SeenVaults vaults, EnterOffice request)
    {
        var (entry, item) = Unanswered(vaults.Own, request.Address) is { } begun ? begun : Begin(vaults.Own, request);
        using var membership = entry.Membership;
        try
        {
            entry.Send();
        }
        catch (OfficeException failure) when (!failure.IsPassing)
        {
            Change(vaults.Own, item, () => vaults.Own.File.Remove(item));
            throw;
        }
        Change(vaults.Own, item, () => Membership.SetUnanswered(vaults.Own.File, item, sent: null));
        while (opener.OpenNext(vaults.Listed))
        {
            // this one, and any that waits before it
        }
        JoinedOffice? office;
        lock (gate)
        {
            office = vaults.Listed.Offices.FirstOrDefault(one => one.Item == item);
        }
        if (office?.Open is not { } share)
        {
            throw new ProtocolException(office?.Error ?? ErrorKind.LockedError().Error);
        }
        TrySync(share);
        return OfficeAnswers.Of(share);
    }

    private (OfficeEntry Entry, ItemId Item) Begin(OwnVault own, EnterOffice request)
    {
        var code = new char[request.Code.Utf8.Length];
        try
        {
            var length = System.Text.Encoding.UTF8.GetChars(request.Code.Utf8, code);
            var entry = request.Who == "owner"
                ? OfficeEntry.Found(request.Address, code.AsSpan(0, length), request.Name, request.Mail ?? "", request.Audit ?? true, options.Time)
                : OfficeEntry.Join(request.Address, code.AsSpan(0, length), request.Name, request.Mail ?? "", options.Time);
            return (entry, Keep(own, entry));
        }
        finally
        {
            Array.Clear(code);
        }
    }

    /// <summary>What was sent to the server of an address and not answered: the server may have taken it, and its code is used then.</summary>
    private (OfficeEntry Entry, ItemId Item)? Unanswered(OwnVault own, string address)
    {
        lock (gate)
        {
            if (own.IsClosed || !ServerAddress.IsOne(address))
            {
                return null;
            }
            foreach (var item in own.File.ItemsIn(Membership.Folder).Where(item => item.Title == Membership.NameOf(address)))
            {
                if (Membership.UnansweredIn(own.File, item.Id) is { } sent && Membership.TryRead(own.File, item.Id) is { } membership)
                {
                    return (OfficeEntry.Resume(membership, sent, options.Time), item.Id);
                }
            }
            return null;
        }
    }

    private void Change(OwnVault own, ItemId item, Action change)
    {
        lock (gate)
        {
            if (!own.IsClosed)
            {
                own.CommitItem(() =>
                {
                    var before = own.File.Find(item)!;
                    change();
                    return before;
                });
            }
        }
    }

    /// <summary>The membership is on the disk before anybody hears of its keys.</summary>
    private ItemId Keep(OwnVault own, OfficeEntry entry)
    {
        lock (gate)
        {
            if (own.IsClosed)
            {
                throw ErrorKind.LockedError();
            }
            if (own.File.ItemsIn(Membership.Folder).Any(item => item.Title == entry.Membership.Name))
            {
                throw ErrorKind.Error(
                    ErrorKind.Refused, $"you are in the office {entry.Membership.Name} already", "to begin anew, remove its item from the folder Offices", "same");
            }
            return own.CommitItem(() =>
            {
                var item = entry.Membership.AddTo(own.File);
                Membership.SetUnanswered(own.File, item, entry.Sent);
                if (entry.Seen is { } head)
                {
                    Membership.SetHead(own.File, item, head);
                }
                return own.File.Find(item)!;
            }).Id;
        }
    }

    private Reconnected Reconnect(SeenVaults vaults, OpenShare share, Reconnect request)
    {
        var code = OfficeAnswers.Reconnect(share, request);
        lock (gate)
        {
            var own = vaults.Own;
            if (own.IsClosed)
            {
                throw ErrorKind.LockedError();
            }
            own.CommitItem(() =>
            {
                Membership.SetServer(own.File, share.Item, share.Client.Us.Server);
                return own.File.Find(share.Item)!;
            });
        }
        TrySync(share);
        return new Reconnected(OfficeAnswers.Of(share), code);
    }

    private SharedItems Share(SeenVaults vaults, ShareItems request)
    {
        var share = UpToDate(Find(vaults, request.Office));
        var shared = new List<ListedItem>();
        foreach (var id in request.Items)
        {
            HomedItem homed;
            OwnItem read;
            lock (gate)
            {
                homed = vaults.Require(id);
                if (homed.Vault is OpenShare || vaults.Listed.Keys.Contains(homed.Item.Id))
                {
                    throw ErrorKind.Error(ErrorKind.Refused, "this item is an office's already, or opens a vault", "choose another", "shared");
                }
                read = OwnItem.Read(homed, share.Client.Us);
            }
            ItemId added;
            using (read)
            {
                added = read.AddTo(share, request.Grants, withHistory: false, folder: null);
            }
            lock (gate)
            {
                // One item, one home; it can be had back from the recycle bin.
                homed.Vault.CommitItem(() =>
                {
                    homed.Vault.File.Remove(homed.Item.Id);
                    return homed.Item;
                });
                shared.Add(Words.Listed(new HomedItem(share, share.File.Find(added)!)));
            }
        }
        TrySync(share);
        return new SharedItems(shared);
    }

    private void Ask(SeenVaults vaults, AskAccess request)
    {
        if (request.Item is { } id)
        {
            var (share, item) = FindItem(vaults, id);
            OfficeAnswers.Ask(share, item, request);
        }
        else
        {
            OfficeAnswers.Ask(Find(vaults, request.Office!), item: null, request);
        }
    }

    private AccessRequests Requests(SeenVaults vaults)
    {
        lock (gate)
        {
            return new AccessRequests([.. vaults.Listed.Shares.SelectMany(OfficeAnswers.Requests)]);
        }
    }

    private static OpenShare UpToDate(OpenShare share)
    {
        share.Client.Sync();
        return share;
    }

    /// <summary>What was done here is durable; the exchange is made now only so that it need not wait.</summary>
    private static void TrySync(OpenShare share)
    {
        try
        {
            share.Client.Sync();
        }
        catch (OfficeException)
        {
            // It stands in the status.
        }
    }

    private List<OpenShare> OpenOnes(SeenVaults vaults)
    {
        lock (gate)
        {
            return [.. vaults.Listed.Shares];
        }
    }

    private List<ListedOffice> FailedOnes(SeenVaults vaults)
    {
        lock (gate)
        {
            return
            [
                .. vaults.Listed.Offices.Where(office => office.Error is not null).Select(office => new ListedOffice(
                    office.Item.ToString(), vaults.Own.File.Find(office.Item)?.Title ?? "", "", Connected: false, 0, 0, 0, [], Error: office.Error)),
            ];
        }
    }

    private OpenShare Find(SeenVaults vaults, string office) =>
        FindOpen(vaults, share => share.Client.Us.Office.ToString() == office) ?? throw ErrorKind.NotFoundError("office");

    /// <summary>The office that something lies in which is named as an item is, and need not be one: a folder.</summary>
    private OpenShare FindByItem(SeenVaults vaults, string id) =>
        FindOpen(vaults, share => id.StartsWith(share.Id + SeenVaults.Separator, StringComparison.Ordinal)) ?? throw ErrorKind.NotFoundError("folder");

    private OpenShare? FindOpen(SeenVaults vaults, Predicate<OpenShare> isIt)
    {
        var found = OpenOnes(vaults).Find(isIt);
        // The vault was unlocked a moment ago: it may still be opening.
        while (found is null && opener.OpenNext(vaults.Listed))
        {
            found = OpenOnes(vaults).Find(isIt);
        }
        return found ?? OpenOnes(vaults).Find(isIt);
    }

    private (OpenShare Share, ItemId Item) FindItem(SeenVaults vaults, string id)
    {
        lock (gate)
        {
            var homed = vaults.RequireAnywhere(id);
            return homed.Vault is OpenShare share
                ? (share, homed.Item.Id)
                : throw ErrorKind.Error(ErrorKind.Refused, "this item is yours alone", "bring it into an office: latchkey office share", "notShared");
        }
    }
}
