using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Vault.Crypto;

namespace Vault.Passkeys;

/// <summary>An item's passkey without its private key.</summary>
/// <param name="RelyingParty">The id of the relying party.</param>
/// <param name="UserName">The user name that the site gave.</param>
/// <param name="CredentialId">The credential's id.</param>
/// <param name="UserHandle">The site's id of the user; may be empty in a passkey that another program made.</param>
/// <param name="Flags"><see cref="AuthenticatorBits.BackupEligible"/> and <see cref="AuthenticatorBits.BackedUp"/>, as they were when it was made.</param>
/// <param name="CreatedAt">When it was made, if this program made it.</param>
public sealed record Passkey(
    string RelyingParty, string UserName, byte[] CredentialId, byte[] UserHandle, AuthenticatorBits Flags, DateTimeOffset? CreatedAt)
{
    /// <summary>The longest id of a credential, in bytes (WebAuthn Level 3 section 4).</summary>
    public const int MaxCredentialIdBytes = 1023;

    /// <summary>The longest id of a user, in bytes (WebAuthn Level 3 section 5.4.3).</summary>
    public const int MaxUserHandleBytes = 64;

    private const string Yes = "1";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Reads an item's passkey.</summary>
    /// <param name="open">Opens a field, as <see cref="VaultFile.OpenField"/> does; what it gives is disposed here.</param>
    /// <returns>The passkey, or <see langword="null"/> if the item has none, or none that can be one.</returns>
    public static Passkey? TryRead(Func<string, SecretBytes?> open)
    {
        if (TextOf(open, PasskeyField.RelyingParty) is not { Length: > 0 } relyingParty
            || BytesOf(open, PasskeyField.CredentialId) is not { Length: > 0 and <= MaxCredentialIdBytes } credentialId
            || BytesOf(open, PasskeyField.UserHandle) is not { Length: <= MaxUserHandleBytes } userHandle)
        {
            return null;
        }
        // KeePassXC's first passkeys have no flags, and said so to the sites.
        var flags = (TextOf(open, PasskeyField.BackupEligible) == Yes ? AuthenticatorBits.BackupEligible : AuthenticatorBits.None)
            | (TextOf(open, PasskeyField.BackedUp) == Yes ? AuthenticatorBits.BackedUp : AuthenticatorBits.None);
        DateTimeOffset? createdAt = DateTimeOffset.TryParseExact(
            TextOf(open, PasskeyField.CreatedAt), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
        return new Passkey(relyingParty, TextOf(open, PasskeyField.UserName) ?? "", credentialId, userHandle, flags, createdAt);
    }

    /// <summary>The fields that make it.</summary>
    /// <param name="key">Its private key.</param>
    /// <param name="secrets">Takes what the caller disposes when the fields are in the vault.</param>
    public IReadOnlyList<NewField> Fields(PasskeyKey key, ICollection<SecretBytes> secrets) =>
    [
        NewField.Clear(PasskeyField.RelyingParty, RelyingParty),
        NewField.Clear(PasskeyField.UserName, UserName),
        Protected(PasskeyField.CredentialId, SecretBytes.Take(Base64Url.EncodeToUtf8(CredentialId)), secrets),
        Protected(PasskeyField.UserHandle, SecretBytes.Take(Base64Url.EncodeToUtf8(UserHandle)), secrets),
        Protected(PasskeyField.PrivateKey, key.ToPem(), secrets),
        NewField.Clear(PasskeyField.BackupEligible, Flag(AuthenticatorBits.BackupEligible)),
        NewField.Clear(PasskeyField.BackedUp, Flag(AuthenticatorBits.BackedUp)),
        NewField.Clear(PasskeyField.CreatedAt, CreatedAt?.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) ?? ""),
    ];

    /// <summary>What takes an item's passkey away: nothing of it stays, whoever made it.</summary>
    public static IReadOnlyList<NewField> Without(Item item) =>
        [.. item.Fields.Where(field => PasskeyField.Is(field.Name)).Select(field => new NewField(field.Name, Value: null, Secret: null))];

    private static NewField Protected(string name, SecretBytes secret, ICollection<SecretBytes> secrets)
    {
        secrets.Add(secret);
        return NewField.Protected(name, secret);
    }

    private string Flag(AuthenticatorBits flag) => Flags.HasFlag(flag) ? Yes : "0";

    private static string? TextOf(Func<string, SecretBytes?> open, string field)
    {
        using var value = open(field);
        return value is null ? null : Encoding.UTF8.GetString(value.Span);
    }

    /// <summary>Bytes of base64url, with padding or without: other programs write either.</summary>
    private static byte[]? BytesOf(Func<string, SecretBytes?> open, string field)
    {
        using var value = open(field);
        if (value is null)
        {
            return [];
        }
        if (!Base64Url.IsValid(value.Span, out var length))
        {
            return null;
        }
        var bytes = new byte[length];
        return Base64Url.DecodeFromUtf8(value.Span, bytes, out _, out _) == OperationStatus.Done ? bytes : null;
    }
}
