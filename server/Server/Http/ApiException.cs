using Contracts;
using Contracts.Wire;

namespace Server.Http;

/// <summary>A request is not done, and this is the answer. Thrown anywhere inside, written at one place, <see cref="Pipeline"/>.</summary>
internal sealed class ApiException(int status, WireError error) : Exception(error.Message)
{
    public int Status { get; } = status;

    public WireError Error { get; } = error;

    /// <summary>Seconds after which to try again, where that helps.</summary>
    public int? RetryAfterSeconds { get; init; }

    public static ApiException NotThere() => new(404, new()
    {
        Kind = WireErrorKind.NotThere,
        Message = "there is nothing here, or nothing of yours",
    });

    public static ApiException Malformed(string message) => new(400, new() { Kind = WireErrorKind.Malformed, Message = message });

    public static ApiException TooSlow() => new(408, new()
    {
        // The same may be sent again: nothing is wrong with it.
        Kind = WireErrorKind.Unavailable,
        Message = "the request came too slowly",
    });

    public static ApiException NoSuchMethod() => new(405, new() { Kind = WireErrorKind.Malformed, Message = "the path has other methods" });

    public static ApiException NotSigned() => new(401, new()
    {
        Kind = WireErrorKind.NotSigned,
        Message = "the request is not signed, or names no office or no digest of its body",
    });

    public static ApiException Signature() => new(401, new()
    {
        Kind = WireErrorKind.Signature,
        Message = "no current member of this office made the signature",
        Hint = "if you are a member, ask an administrator whether you were removed or got new keys",
    });

    public static ApiException Clock(DateTimeOffset now) => new(401, new()
    {
        Kind = WireErrorKind.Clock,
        Message = $"the request was made more than {Limits.RequestWindowSeconds} s from the server's clock",
        Hint = "set the clock of this computer",
        Time = now.ToUnixTimeMilliseconds(),
    });

    public static ApiException NotEntitled(string message, string? check = null, Id? subject = null) =>
        new(403, new() { Kind = WireErrorKind.NotEntitled, Message = message, Check = check, Subject = subject });

    public static ApiException Conflict(string message, Id? subject = null, long? head = null) => new(409, new()
    {
        Kind = WireErrorKind.Conflict,
        Message = message,
        Hint = "read what is there now and sign anew",
        Subject = subject,
        Head = head,
    });

    public static ApiException Expired() => new(410, new()
    {
        Kind = WireErrorKind.Expired,
        Message = "the invitation has run out",
        Hint = "ask for a new one",
    });

    public static ApiException Used() => new(410, new()
    {
        Kind = WireErrorKind.Used,
        Message = "the code was used",
        Hint = "ask for a new one",
    });

    public static ApiException TooLarge(string message) => new(413, new() { Kind = WireErrorKind.TooLarge, Message = message });

    public static ApiException Refused(string check, string message, Id? subject = null) =>
        new(422, new() { Kind = WireErrorKind.Refused, Check = check, Message = message, Subject = subject });

    public static ApiException UpdateNeeded() => new(426, new()
    {
        Kind = WireErrorKind.UpdateNeeded,
        Message = "the server does not know this type or version",
        Hint = "update the share server",
    });

    public static ApiException TooMany(TimeSpan? retryAfter) => new(429, new()
    {
        Kind = WireErrorKind.TooMany,
        Message = "too many requests, or too many of these at once",
    })
    {
        RetryAfterSeconds = Math.Max(1, (int)Math.Ceiling((retryAfter ?? TimeSpan.FromSeconds(1)).TotalSeconds)),
    };

    public static ApiException Internal() => new(500, new()
    {
        Kind = WireErrorKind.Internal,
        Message = "the server made a mistake; its log has it",
    });

    public static ApiException Unavailable() => new(503, new()
    {
        Kind = WireErrorKind.Unavailable,
        Message = "the server cannot reach or write its database just now",
    })
    {
        RetryAfterSeconds = 5,
    };

    /// <summary>What bytes from outside are refused as.</summary>
    public static ApiException Of(ContractException failure) => failure.Error switch
    {
        ContractError.TooLarge => TooLarge(failure.Message),
        ContractError.UpdateNeeded => UpdateNeeded(),
        _ => Malformed(failure.Message),
    };
}
