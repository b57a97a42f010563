using Contracts;
using Contracts.Wire;
using Office.Client;
using Office.State;

namespace Office;

/// <summary>Takes what is new: first start, reconnect and live are this one path.</summary>
public sealed partial class OfficeClient
{
    private readonly HashSet<Id> _answered;

    private void Pull()
    {
        try
        {
            var known = _state.Log.Head?.Index ?? -1;
            var isRestored = false;
            var delivered = new Dictionary<Id, WireChange>();
            var next = Task.FromResult(new JudgedPage(_server.Changes(_state.Positions), []));
            var over = new List<OpenRequest>();
            try
            {
                bool more;
                do
                {
                    var judged = next.GetAwaiter().GetResult();
                    var page = judged.Page;
                    more = page.More;
                    // The server makes the next page while we judge this one.
                    var ahead = more ? Task.Run(() => _server.Changes(new WirePositions { Incarnation = page.Incarnation, Positions = page.Positions })) : null;
                    isRestored |= _state.Incarnation is { } before && before != page.Incarnation;
                    PullLog(page.Log, isRestored);
                    var changed = Take(judged, isRestored ? delivered : null, over);
                    ShowAgain(changed, whenOpened: () =>
                    {
                        if (ahead is not null)
                        {
                            // And we judge what is new in it while this one goes into the copy, which takes one core and only looks at the state.
                            next = Task.Run(async () => JudgeNew(await ahead.ConfigureAwait(false)));
                        }
                    });
                }
                while (more);
            }
            finally
            {
                Task.WaitAny(next); // whoever comes after us may change the state
            }
            if (isRestored)
            {
                PutBack(delivered);
            }
            if (_state.Log.Head?.Index != known)
            {
                // Somebody may have left a group, or the office.
                ShowAgain([.. _state.Items.Where(item => _state.StatusOf(item, Now) == ItemStatus.Lost)]);
            }
            LookAtAnswers(over); // not sooner: what was granted is here by now
            ShowRequests();
            if (!_state.AreMember && !_state.IsEmpty)
            {
                throw NotMember();
            }
        }
        catch (ContractException refused)
        {
            throw ServerConnection.Nonsense(refused);
        }
        catch (OfficeException refused) when (refused.Error == OfficeError.NotMember && _state.IsEmpty)
        {
            throw new OfficeException(
                OfficeError.NotMember, $"you are not let in to {_us.Name} yet", "whoever invited you must be online with latchkey unlocked: it goes by itself then");
        }
        catch (OfficeException refused) when (refused.Error == OfficeError.NotMember)
        {
            if (_state.AreMember)
            {
                TakeRemoval(refused);
            }
            throw new OfficeException(
                OfficeError.NotMember, $"you are not a member of {_us.Name} any more", "what it shared with you is gone from this computer; ask an administrator if that is wrong");
        }
        finally
        {
            _state.Write();
        }
    }

    /// <summary>Looks into the log whether we were removed, as who was may still do, and takes everything out of the copy then.</summary>
    /// <exception cref="OfficeException">What the server said at first: the log does not say so.</exception>
    private void TakeRemoval(OfficeException said)
    {
        try
        {
            PullLog(long.MaxValue, isRestored: false);
        }
        catch (OfficeException failure) when (failure.Error == OfficeError.NotMember)
        {
            throw said;
        }
        if (_state.AreMember)
        {
            throw said;
        }
        ShowAgain([.. _state.Items.Where(item => _state.StatusOf(item, Now) == ItemStatus.Lost)]);
        ShowRequests();
    }

    /// <summary>Reads the log up to the server's head.</summary>
    private void PullLog(long serverHead, bool isRestored)
    {
        var ours = _state.Log.Head?.Index ?? -1;
        if (serverHead < ours && !isRestored)
        {
            throw new OfficeException(
                OfficeError.Alarm, "the server's membership log is shorter than it was", "tell an owner: the server may have been tampered with, or restored wrongly");
        }
        while ((_state.Log.Head?.Index ?? -1) < serverHead)
        {
            var page = _server.Log((_state.Log.Head?.Index ?? -1) + 1);
            if (page.Entries.Count == 0)
            {
                return;
            }
            foreach (var entry in page.Entries)
            {
                _state.Take(entry.Decode<LogEntry>());
            }
        }
        TakeServer();
        if (_remembered is { } remembered && !isRestored)
        {
            _state.CheckContains(remembered);
            _remembered = null; // the state goes on from it
        }
    }

    /// <summary>Judges the items of a page that nothing is known of, if the log that we have is enough for it.</summary>
    private JudgedPage JudgeNew(WireChanges page)
    {
        if (page.Log > (_state.Log.Head?.Index ?? -1))
        {
            return new JudgedPage(page, []);
        }
        var items = page.Changes
            .Where(change => change.Kind is WireChangeKind.Item or WireChangeKind.Lost && _state.Find(change.Subject) is null)
            .GroupBy(change => change.Subject)
            .Where(same => same.All(change => change.More != true)) // the rest of a chain is asked for later
            .SelectMany(same => same.Select(change => new DeliveredItem(change.Subject, change.Records, change.Wraps, change.Envelope)));
        return new JudgedPage(page, _state.Judge([.. items]));
    }

    /// <returns>What may have to be shown again.</returns>
    private List<SharedItem> Take(JudgedPage judged, Dictionary<Id, WireChange>? delivered, List<OpenRequest> over)
    {
        var page = judged.Page;
        var known = judged.Items.Select(one => one.Item.Id).ToHashSet();
        var changed = new Dictionary<Id, SharedItem>();
        var items = new List<DeliveredItem>();
        foreach (var change in page.Changes)
        {
            switch (change.Kind)
            {
                case WireChangeKind.Item or WireChangeKind.Lost:
                    if (delivered is not null)
                    {
                        delivered[change.Subject] = change;
                    }
                    if (!known.Contains(change.Subject) && (delivered is null || !IsLower(change)))
                    {
                        items.Add(new DeliveredItem(change.Subject, WholeChain(change), change.Wraps, change.Envelope));
                    }
                    break;
                case WireChangeKind.GroupKey:
                    TakeGroupKeys(change.Subject);
                    foreach (var item in _state.Items.Where(item => item.Wraps.Any(wrap => wrap.Principal == change.Subject)))
                    {
                        changed[item.Id] = item;
                    }
                    break;
                case WireChangeKind.Invitation:
                    _answered.Add(change.Subject);
                    break;
                case WireChangeKind.Request when change.Request is { } request:
                    _state.TakeRequest(change.Subject, request);
                    break;
                case WireChangeKind.Request:
                    if (_state.Requests.FirstOrDefault(one => one.Id == change.Subject && one.Author == _us.Member) is { } ended)
                    {
                        over.Add(ended);
                        _state.EndRequest(ended.Id, RequestOutcome.Answered);
                    }
                    else
                    {
                        _state.RemoveRequest(change.Subject);
                    }
                    break;
                case WireChangeKind.Profile when change.Statement is { } profile:
                    _state.TakeProfile(profile.Decode<MemberProfile>());
                    break;
                case WireChangeKind.GroupName when change.Statement is { } name:
                    _state.TakeGroupName(name.Decode<GroupName>());
                    break;
                case WireChangeKind.Beacon when change.Statement is { } beacon:
                    _state.TakeBeacon(beacon.Decode<Beacon>());
                    break;
                default:
                    break;
            }
        }
        foreach (var item in _state.Accept(judged.Items).Concat(_state.Take(items)))
        {
            changed[item.Id] = item;
        }
        _state.SetPositions(page.Incarnation, page.Positions);
        _state.Write(isLast: false); // the disk is waited for once, at the end
        return [.. changed.Values];
    }

    private void TakeGroupKeys(Id group)
    {
        if (_state.Log.FindGroup(group)?.Members.Contains(_us.Member) != true)
        {
            return; // left meanwhile
        }
        foreach (var wrap in _server.GroupKeys(group).Wraps)
        {
            _state.TakeGroupKey(group, wrap.Decode());
        }
    }

    /// <summary>The records of a change, the rest of a chain that was cut read too.</summary>
    private List<WireSigned>? WholeChain(WireChange change)
    {
        if (change.Records is not { } records)
        {
            return null;
        }
        List<WireSigned> all = [.. records];
        for (var more = change.More == true; more;)
        {
            var next = _server.Item(change.Subject, all.Count + 1);
            all.AddRange(next.Records);
            more = next.More && next.Records.Count > 0;
        }
        return all;
    }

    /// <summary>Whether a restored server has less of an item than we.</summary>
    private bool IsLower(WireChange change) =>
        _state.Find(change.Subject) is { Chain: var ours }
        && (change.Records is { Count: var count } && count < ours.Records.Count && change.More != true
            || (change.Envelope?.Envelope.Decode<Envelope>().Record.Revision ?? 0) < (ours.Envelope?.Record.Revision ?? 0));

    /// <summary>Gives a restored server what it lost and we have.</summary>
    private void PutBack(Dictionary<Id, WireChange> delivered)
    {
        var count = 0;
        var theirs = _server.Log(0);
        var last = (long)theirs.Entries.Count;
        while (theirs.More)
        {
            theirs = _server.Log(last);
            last += theirs.Entries.Count;
        }
        foreach (var entry in _state.Entries.Skip((int)last))
        {
            _server.Append(last++, new WireLogEntry { Entry = WireSigned.Of(entry) });
            count++;
        }
        foreach (var item in _state.Items.Where(item => _state.RightOf(item, Now) > Right.None || item.Chain.Envelope?.Record.IsRemoval == true))
        {
            var change = delivered.GetValueOrDefault(item.Id);
            if (change is not null && !IsLower(change))
            {
                continue;
            }
            var known = change?.Records?.Count ?? 0;
            try
            {
                _server.PutBack(item.Id, new WireItem
                {
                    Records = [.. item.Chain.Records.Skip(known).Select(WireSigned.Of)],
                    More = false,
                    Wraps = [.. item.Wraps.Select(WireWrap.Of)],
                    Envelope = EnvelopeOf(item),
                });
                count++;
            }
            catch (OfficeException refused) when (refused.Error is OfficeError.Refused or OfficeError.Conflict or OfficeError.NotThere)
            {
                // Somebody else put it back, or went on with it: the next exchange judges that.
            }
        }
        SendPartsAgain();
        Notice(new OfficeNotice("restored", $"the server of {_us.Name} was restored from a backup; {count} changes were put back"));
    }

    /// <summary>A page of changes.</summary>
    /// <param name="Page">The page.</param>
    /// <param name="Items">What of it was judged already.</param>
    private sealed record JudgedPage(WireChanges Page, IReadOnlyList<JudgedItem> Items);

    private static WireEnvelope? EnvelopeOf(SharedItem item) => item.Chain.Envelope is { } envelope
        ? new WireEnvelope { Envelope = WireSigned.Of(envelope), Sealed = item.Sealed }
        : null;
}
