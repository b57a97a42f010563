namespace Vault.Passkeys;

/// <summary>The fields that make an item's passkey, by the names that KeePassXC gives them, and one of our own.</summary>
public static class PasskeyField
{
    /// <summary>The id of the relying party, in clear.</summary>
    public const string RelyingParty = Prefix + "RELYING_PARTY";

    /// <summary>The user name that the site gave, in clear.</summary>
    public const string UserName = Prefix + "USERNAME";

    /// <summary>The credential's id, base64url, protected.</summary>
    public const string CredentialId = Prefix + "CREDENTIAL_ID";

    /// <summary>The site's id of the user, base64url, protected.</summary>
    public const string UserHandle = Prefix + "USER_HANDLE";

    /// <summary>The private key, PKCS #8 in PEM, protected.</summary>
    public const string PrivateKey = Prefix + "PRIVATE_KEY_PEM";

    /// <summary>1: it may be on more than one device. A site holds a passkey to what this was at first.</summary>
    public const string BackupEligible = Prefix + "FLAG_BE";

    /// <summary>1: it is on more than one device.</summary>
    public const string BackedUp = Prefix + "FLAG_BS";

    /// <summary>When it was made, which KeePassXC does not keep: ISO 8601, in clear.</summary>
    public const string CreatedAt = "Latchkey.PasskeyCreated";

    private const string Prefix = "KPEX_PASSKEY_";

    /// <summary>Whether a field belongs to a passkey. Other programs have further ones of that prefix.</summary>
    public static bool Is(string name) => name is CreatedAt || name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The same of a name in UTF-8.</summary>
    internal static bool IsRelyingParty(ReadOnlySpan<byte> name) => name.SequenceEqual("KPEX_PASSKEY_RELYING_PARTY"u8);

    /// <summary>The same of a name in UTF-8.</summary>
    internal static bool IsPrivateKey(ReadOnlySpan<byte> name) => name.SequenceEqual("KPEX_PASSKEY_PRIVATE_KEY_PEM"u8);
}
