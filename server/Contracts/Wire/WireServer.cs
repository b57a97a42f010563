namespace Contracts.Wire;

/// <summary>Which versions of the interface a server speaks.</summary>
public sealed record WireApi
{
    /// <summary>The lowest and highest version that this code knows.</summary>
    public const int Current = 1;

    /// <summary>The lowest.</summary>
    public required int Min { get; init; }

    /// <summary>The highest.</summary>
    public required int Max { get; init; }
}

/// <summary>What a server says of itself to anybody.</summary>
public sealed record WireServer
{
    /// <summary>Its versions.</summary>
    public required WireApi Api { get; init; }

    /// <summary>Its office; <see langword="null"/> before genesis.</summary>
    public Id? Office { get; init; }

    /// <summary>Another one after each restore: positions of an earlier one mean nothing.</summary>
    public required Id Incarnation { get; init; }

    /// <summary>Its clock, in milliseconds since 1970.</summary>
    public required long Time { get; init; }

    /// <summary>Its build, to be shown.</summary>
    public required string Build { get; init; }
}

/// <summary>The first owner founds the office.</summary>
public sealed record WireGenesis
{
    /// <summary>The <see cref="Contracts.Genesis"/>.</summary>
    public required WireSigned Entry { get; init; }

    /// <summary>The profile that the owner's record names.</summary>
    public required WireSigned Profile { get; init; }

    /// <summary><see cref="InvitationSecret.AuthenticateAnswer"/> by the owner code, with the new office and the owner's record.</summary>
    public required ReadOnlyMemory<byte> Authentication { get; init; }
}

/// <summary>Why a request was not done. See server/docs/api.md, "Rules for all".</summary>
public enum WireErrorKind
{
    /// <summary>Not JSON of this request, not a record, or a path of no such form.</summary>
    Malformed,

    /// <summary>No signature, office, or digest of a body.</summary>
    NotSigned,

    /// <summary>Too far from the server's clock.</summary>
    Clock,

    /// <summary>Wrong signature, or nobody who is a member.</summary>
    Signature,

    /// <summary>Known to the member, and not the member's to do.</summary>
    NotEntitled,

    /// <summary>Not there, or nothing of the member's.</summary>
    NotThere,

    /// <summary>Somebody was quicker, or other bytes are in its place.</summary>
    Conflict,

    /// <summary>The invitation has run out.</summary>
    Expired,

    /// <summary>The invitation or the owner code was used.</summary>
    Used,

    /// <summary>Above a limit.</summary>
    TooLarge,

    /// <summary>A check failed; <see cref="WireError.Check"/> names it.</summary>
    Refused,

    /// <summary>The server does not know this type or version: it must be updated.</summary>
    UpdateNeeded,

    /// <summary>Above a rate.</summary>
    TooMany,

    /// <summary>A fault of the server.</summary>
    Internal,

    /// <summary>The server cannot just now.</summary>
    Unavailable,
}

/// <summary>An answer that is an error.</summary>
public sealed record WireError
{
    /// <summary>Why.</summary>
    public required WireErrorKind Kind { get; init; }

    /// <summary>What happened, lower case, without a full stop.</summary>
    public required string Message { get; init; }

    /// <summary>What to do.</summary>
    public string? Hint { get; init; }

    /// <summary>The server's clock, in milliseconds since 1970, with <see cref="WireErrorKind.Clock"/>.</summary>
    public long? Time { get; init; }

    /// <summary>The check that failed, with <see cref="WireErrorKind.Refused"/>: <see cref="WireWords.Of"/> of a verdict, or a word of api.md.</summary>
    public string? Check { get; init; }

    /// <summary>The item that it is about.</summary>
    public Id? Subject { get; init; }

    /// <summary>The index of the log's head, where a <see cref="WireErrorKind.Conflict"/> is about the log.</summary>
    public long? Head { get; init; }
}
