namespace Office;

/// <summary>Why something with an office could not be done. One for one with the reasons of native-host/docs/protocol.md.</summary>
public enum OfficeError
{
    /// <summary>The server does not answer: what was changed waits and goes when it does.</summary>
    Unreachable,

    /// <summary>Whoever answers does not have the certificate that the office says.</summary>
    Untrusted,

    /// <summary>Our clock is too far from the server's, and the server's answer did not help.</summary>
    Clock,

    /// <summary>We are no member, or no more.</summary>
    NotMember,

    /// <summary>Our role or right does not allow it.</summary>
    NotEntitled,

    /// <summary>There is no such thing, or nothing of ours.</summary>
    NotThere,

    /// <summary>Somebody was quicker, again and again.</summary>
    Conflict,

    /// <summary>The code is mistyped, or is none of this server's.</summary>
    WrongCode,

    /// <summary>The invitation has run out.</summary>
    Expired,

    /// <summary>The code was used.</summary>
    Used,

    /// <summary>Something is in it.</summary>
    NotEmpty,

    /// <summary>A check failed here or at the server.</summary>
    Refused,

    /// <summary>Above a rate, or too many at once.</summary>
    TooMany,

    /// <summary>Larger than an office takes.</summary>
    TooLarge,

    /// <summary>An attached file is not at the server, or not yet.</summary>
    FileMissing,

    /// <summary>This side or the server must be updated.</summary>
    UpdateNeeded,

    /// <summary>The server shows another history than before: nothing is taken from it any more.</summary>
    Alarm,

    /// <summary>The server has a fault, or cannot just now.</summary>
    ServerFailed,
}

/// <summary>Something with an office could not be done. Carries nothing secret.</summary>
/// <param name="error">Why.</param>
/// <param name="message">What happened, lower case, without a full stop.</param>
/// <param name="hint">What to do.</param>
public sealed class OfficeException(OfficeError error, string message, string hint) : Exception(message)
{
    /// <summary>Why.</summary>
    public OfficeError Error { get; } = error;

    /// <summary>What to do.</summary>
    public string Hint { get; } = hint;

    /// <summary>The check that failed, where one did: a word of api.md.</summary>
    public string? Check { get; init; }

    /// <summary>Whether the same may succeed later without anybody's doing.</summary>
    public bool IsPassing => Error is OfficeError.Unreachable or OfficeError.TooMany or OfficeError.ServerFailed;
}
