using System.Text.Json.Serialization;

namespace Host.Protocol;

// Bytes of WebAuthn travel as base64url without padding.

/// <summary>Asks which passkeys there are for a page's relying party: all, those of some credentials, or those of a user.</summary>
public sealed record FindPasskeys(
    string Origin, IReadOnlyList<string> Ancestors, string RelyingParty, IReadOnlyList<string>? Credentials = null, string? User = null) : Request;

/// <summary>Makes a passkey, in an item that is named or in a new one.</summary>
public sealed record CreatePasskey(
    string Origin, IReadOnlyList<string> Ancestors, IReadOnlyList<string> Confirmed, string RelyingParty, PasskeyUser User, string Challenge,
    IReadOnlyList<int> Algorithms, IReadOnlyList<string> Exclude, string? Item = null, CapturedItem? Set = null) : Request;

/// <summary>Whom a site makes a passkey for: its id of the user, and the user name.</summary>
public sealed record PasskeyUser(string Id, string Name);

/// <summary>Signs in with an item's passkey. With <c>Allow</c> it must be one of these credentials.</summary>
public sealed record UsePasskey(
    string Item, string Origin, IReadOnlyList<string> Ancestors, IReadOnlyList<string> Confirmed, string RelyingParty, string Challenge,
    IReadOnlyList<string>? Allow = null) : Request;

/// <summary>Takes an item's passkey away.</summary>
public sealed record DropPasskey(string Item) : Request;

/// <summary>Answers <c>passkeys</c>, the one used last first.</summary>
public sealed record Passkeys([property: JsonPropertyName("passkeys")] IReadOnlyList<FoundPasskey> List) : Reply;

/// <summary>A passkey: its item, and the user name that the site gave.</summary>
public sealed record FoundPasskey(ListedItem Item, string Username);

/// <summary>Answers <c>createPasskey</c> with what the page gets. The public key is a SubjectPublicKeyInfo.</summary>
public sealed record CreatedPasskey(
    ListedItem Item, string Credential, string ClientData, string Attestation, string AuthenticatorData, string PublicKey, int Algorithm) : Reply;

/// <summary>Answers <c>usePasskey</c> with what the page gets.</summary>
public sealed record UsedPasskey(string Credential, string ClientData, string AuthenticatorData, string Signature, string User) : Reply;

/// <summary>An item's passkey in its details; the time is known of those that this program made.</summary>
public sealed record DetailPasskey(string RelyingParty, string Username, DateTimeOffset? CreatedAt = null);
