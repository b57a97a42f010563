using Contracts;
using Contracts.Wire;
using Office.Client;
using Office.State;
using Vault.Sharing;

namespace Office;

/// <summary>A request for access as people see it.</summary>
/// <param name="Open">The request.</param>
/// <param name="IsOurs">Whether we ask; else we are asked.</param>
/// <param name="Who">The name of the other one.</param>
public sealed record ShownRequest(OpenRequest Open, bool IsOurs, string Who);

/// <summary>Requests for access: asking for a higher right, and answering.</summary>
public sealed partial class OfficeClient
{
    private volatile IReadOnlyList<ShownRequest> _requests = [];

    /// <summary>The requests that are open, the oldest first. Waits for nothing.</summary>
    public IReadOnlyList<ShownRequest> Requests => _requests;

    /// <summary>Called, from any thread, when something other than an item changed that people see.</summary>
    public Action Noticed { get; init; } = () => { };

    /// <summary>Asks for a higher right to an item that we have, or a person for what the reason names.</summary>
    /// <param name="item">The item; <see langword="null"/> to ask a person.</param>
    /// <param name="to">Who is asked; <see langword="null"/> for somebody who manages the item.</param>
    /// <param name="right">What for.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <exception cref="OfficeException">There is nobody to ask, we have the right already, or the server cannot be asked or refuses.</exception>
    public void Ask(Id? item, Id? to, Right right, string reason)
    {
        lock (_gate)
        {
            CheckMember();
            Pull();
            if (item is { } wanted && RightOf(wanted) >= right)
            {
                throw new OfficeException(OfficeError.Refused, "you have this right already", "use it");
            }
            var asked = to ?? ManagerOf(item);
            if (_state.Log.FindMember(asked) is not { IsCurrent: true, Record: var record } || asked == _us.Member)
            {
                throw new OfficeException(OfficeError.NotThere, "there is nobody of this name to ask", "choose another member");
            }
            if (reason.Length > 0 && !Limits.IsName(reason))
            {
                throw new OfficeException(OfficeError.Refused, $"a reason has at most {Limits.NameCharacters} characters, and no control characters", "shorten it");
            }
            var signed = SignedRecord.Sign(
                new AccessRequest { Office = _us.Office, Request = Id.New(), Author = _us.Member, To = asked, Item = item, Right = right, Time = Now, Reason = reason },
                _us.Signing);
            var sent = new WireRequest
            {
                Author = _us.Member,
                Item = item,
                To = asked,
                Right = right,
                Time = signed.Record.Time,
                Reason = RequestCrypto.Close(signed, record),
            };
            _server.PutRequest(signed.Record.Request, sent);
            _state.TakeRequest(signed.Record.Request, sent);
            _state.Write();
            ShowRequests();
        }
    }

    /// <summary>Answers a request that asks us, takes back one of ours, or forgets one of ours that is over.</summary>
    /// <param name="request">Its id.</param>
    /// <param name="grants">Whether the right is granted.</param>
    /// <param name="item">The item that it is granted to, where the request names none.</param>
    /// <exception cref="OfficeException">There is no such request, we may not grant it, or the server cannot be asked or refuses.</exception>
    public void AnswerRequest(Id request, bool grants, Id? item)
    {
        lock (_gate)
        {
            Pull();
            var open = _state.Requests.FirstOrDefault(one => one.Id == request)
                ?? throw new OfficeException(OfficeError.NotThere, "there is no such request any more", "look at the list again");
            if (grants)
            {
                if (open.Author == _us.Member)
                {
                    throw new OfficeException(OfficeError.NotEntitled, "nobody answers a request of their own", "wait for the answer, or take it back");
                }
                var wanted = open.Item ?? item
                    ?? throw new OfficeException(OfficeError.Refused, "the request names no item", "say which one is to be granted, or grant it in the office and close the request");
                Raise(wanted, open.Author, open.Right);
            }
            if (open.Outcome == RequestOutcome.Open)
            {
                Delete(request);
            }
            _state.RemoveRequest(request);
            _state.Write();
            ShowRequests();
        }
    }

    private void Delete(Id request)
    {
        try
        {
            _server.DeleteRequest(request);
        }
        catch (OfficeException gone) when (gone.Error == OfficeError.NotThere)
        {
            // Taken back meanwhile, or answered from another computer of ours.
        }
    }

    /// <summary>Grants a member a right, unless the member has as much by a grant that has no end.</summary>
    private void Raise(Id item, Id member, Right right)
    {
        var has = _state.Find(item)?.Chain.CountingRecord?.Record.Grants.FirstOrDefault(grant => grant.Principal == member);
        if (has is null || has.Right < right || has.NotBefore != 0 || has.NotAfter != 0)
        {
            SetRight(item, new Grant { Principal = member, Right = right });
        }
    }

    /// <summary>Somebody who manages an item: who signed its newest record if that still does, else whoever is granted it by name before who has it through a group.</summary>
    private Id ManagerOf(Id? item)
    {
        var managers = item is { } known ? AccessTo(known).Where(access => access.Right == Right.Manage && access.Member != _us.Member).ToList() : [];
        var author = item is { } its ? _state.Find(its)?.Chain.CountingRecord?.Record.Author : null;
        return (managers.Find(access => access.Member == author) ?? managers.Find(access => access.Through is null) ?? managers.FirstOrDefault())?.Member
            ?? throw new OfficeException(OfficeError.NotThere, "nobody is known who manages this item", "ask a person of the office instead");
    }

    /// <summary>Finds out what became of requests of ours that are over.</summary>
    private void LookAtAnswers(List<OpenRequest> over)
    {
        foreach (var request in over)
        {
            if (request.Item is { } item)
            {
                _state.EndRequest(request.Id, RightOf(item) >= request.Right ? RequestOutcome.Granted : RequestOutcome.Declined);
            }
        }
    }

    private void ShowRequests()
    {
        var before = _requests;
        _requests = [.. _state.Requests.Select(open => open.Author == _us.Member
            ? new ShownRequest(open, IsOurs: true, _state.NameOf(open.To))
            : new ShownRequest(open, IsOurs: false, _state.NameOf(open.Author)))];
        if (!before.SequenceEqual(_requests))
        {
            Noticed();
        }
    }
}
