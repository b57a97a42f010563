using System.Text.Json.Serialization;

namespace Host.Protocol;

// The records of native-host/docs/protocol.md, "Offices", about requests for access.

/// <summary>Asks somebody who manages an item for a higher right to it, or a member for what the reason names.</summary>
public sealed record AskAccess(string Right, string Reason, string? Item = null, string? Office = null, string? Member = null) : OfficeRequest;

/// <summary>Lists the requests that are open, and the person's own that are over.</summary>
public sealed record GetAccessRequests : OfficeRequest;

/// <summary>Answers a request that asks the person, takes back one of theirs, or forgets one of theirs that is over.</summary>
public sealed record AnswerAccess(string Office, string Request, bool Grant, string? Item = null) : OfficeRequest;

/// <summary>Answers <c>accessRequests</c>, <c>askAccess</c> and <c>answerAccess</c>: of all offices, the oldest first.</summary>
public sealed record AccessRequests(IReadOnlyList<ListedRequest> Requests) : OfficeReply;

/// <summary>
/// A request for access. <c>Mine</c>: the person asks; otherwise they are asked. Without an item, the reason says what it is about. With an
/// outcome (<c>answered</c>, <c>granted</c>, <c>declined</c>) it is over.
/// </summary>
public sealed record ListedRequest(
    string Office, [property: JsonPropertyName("request")] string Id, bool Mine, string Member, string Name, string Right, string At, string? Item = null,
    string? Title = null, string? Reason = null, string? Outcome = null);
