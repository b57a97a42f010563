namespace Contracts;

/// <summary>Why bytes from outside are not what they should be.</summary>
public enum ContractError
{
    /// <summary>Truncated, too long, out of range, or no encoding of the record that was asked for.</summary>
    Malformed,

    /// <summary>Above one of <see cref="Limits"/>.</summary>
    TooLarge,

    /// <summary>A public key is not a point of P-256 in its uncompressed form.</summary>
    NotAKey,

    /// <summary>A record of a type or version that is not known here. Never skip it: this side must be updated.</summary>
    UpdateNeeded,
}

/// <summary>Bytes from outside are not what they should be. Carries nothing of what they held.</summary>
/// <param name="error">Why.</param>
/// <param name="message">What happened, lower case, without a full stop.</param>
public sealed class ContractException(ContractError error, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public ContractError Error { get; } = error;

    internal static ContractException Malformed(string message) => new(ContractError.Malformed, message);

    internal static ContractException TooLarge(string what, long max) => new(ContractError.TooLarge, $"{what}: at most {max} are allowed");
}
