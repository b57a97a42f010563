using Contracts;
using Contracts.Wire;
using Vault.Sharing;

namespace Office.State;

/// <summary>What became of a request.</summary>
public enum RequestOutcome : byte
{
    /// <summary>Nobody has answered.</summary>
    Open,

    /// <summary>It is over, and names no item that would tell more.</summary>
    Answered,

    /// <summary>The right was granted.</summary>
    Granted,

    /// <summary>It was not, or nobody answered for 30 days.</summary>
    Declined,
}

/// <summary>A request for access: one of ours, until we have seen what became of it, or one that asks us and is open.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Author">Who asks.</param>
/// <param name="To">Who is asked.</param>
/// <param name="Item">The item; <see langword="null"/> where the reason says what it is about.</param>
/// <param name="Right">What for.</param>
/// <param name="Time">When, in milliseconds since 1970, by the author's clock.</param>
/// <param name="Reason">Why, in the author's words; <see langword="null"/> of our own, which are sealed to who is asked.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record OpenRequest(
    Id Id, Id Author, Id To, Id? Item, Right Right, long Time, string? Reason, RequestOutcome Outcome = RequestOutcome.Open);

/// <summary>The requests for access that are ours or ask us.</summary>
public sealed partial class OfficeState
{
    private readonly Dictionary<Id, OpenRequest> _requests = [];

    /// <summary>The requests, the oldest first.</summary>
    public IEnumerable<OpenRequest> Requests => _requests.Values.OrderBy(request => request.Time);

    /// <summary>Takes a request that is ours, or one that asks us and was signed by its author; else leaves it.</summary>
    public void TakeRequest(Id id, WireRequest sent)
    {
        if (!_requests.ContainsKey(id) && Read(id, sent) is { } open)
        {
            _requests[id] = open;
            Keep(Request, id.ToArray(), WireJson.Write(sent, WireJson.Default.WireRequest));
        }
    }

    /// <summary>Notes that a request of ours is over, or, once more is known, how it ended.</summary>
    public void EndRequest(Id id, RequestOutcome outcome)
    {
        if (_requests.TryGetValue(id, out var request))
        {
            _requests[id] = request with { Outcome = outcome };
            Keep(RequestDone, id.ToArray(), [(byte)outcome]);
        }
    }

    /// <summary>Forgets a request: it was answered or taken back, or what became of it was seen.</summary>
    public void RemoveRequest(Id id)
    {
        if (_requests.Remove(id))
        {
            Keep(RequestDone, id.ToArray(), []);
        }
    }

    private OpenRequest? Read(Id id, WireRequest sent)
    {
        if (sent.Author == _us.Member)
        {
            return new OpenRequest(id, sent.Author, sent.To, sent.Item, sent.Right, sent.Time, Reason: null);
        }
        // What the server says beside it decides nothing.
        return Log.FindMember(sent.Author) is { IsCurrent: true, Record: var author }
            && RequestCrypto.Open(_us.Agreement, _us.Office, id, _us.Member, author, sent.Reason.Span) is { } asked
            ? new OpenRequest(id, asked.Author, asked.To, asked.Item, asked.Right, asked.Time, asked.Reason)
            : null;
    }
}
