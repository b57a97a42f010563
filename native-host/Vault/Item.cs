using Vault.Codes;
using Vault.Crypto;
using Vault.Kdbx;
using Vault.Passkeys;

namespace Vault;

/// <summary>The names that KDBX gives the standard fields of an entry.</summary>
public static class FieldName
{
    /// <summary>Title.</summary>
    public const string Title = "Title";

    /// <summary>User name.</summary>
    public const string UserName = "UserName";

    /// <summary>Password.</summary>
    public const string Password = "Password";

    /// <summary>First URL.</summary>
    public const string Url = "URL";

    /// <summary>Notes.</summary>
    public const string Notes = "Notes";

    /// <summary>The otp seed as an otpauth URI.</summary>
    public const string Otp = "otp";

    /// <summary>A new password that a site was given, or is about to be, and that is not known to work there yet. Other programs show it.</summary>
    public const string NewPassword = "Latchkey.NewPassword";

    /// <summary>Whether a field holds one of the URLs.</summary>
    public static bool IsUrl(string name) => name is Url || name.StartsWith(Names.FurtherUrl, StringComparison.Ordinal);

    /// <summary>Whether a field is no field of its own to a person, but the title, the user name, a password, a URL, the notes, an otp seed or a part of a passkey.</summary>
    public static bool IsStandard(string name) =>
        name is Title or UserName or Password or NewPassword or Notes || IsUrl(name) || OtpFields.All.Contains(name) || PasskeyField.Is(name);
}

/// <summary>One field of an item, without its secret.</summary>
/// <param name="Name">The KDBX key.</param>
/// <param name="IsProtected">Whether the value is opened on use only: as the file says, and of an otp seed always.</param>
/// <param name="Value">The value, or <see langword="null"/> if protected.</param>
public sealed record ItemField(string Name, bool IsProtected, string? Value);

/// <summary>A file attached to an item.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Bytes">Its length.</param>
public sealed record ItemAttachment(string Name, long Bytes);

/// <summary>One item read whole, without its secrets: open those with <see cref="VaultFile.OpenField"/>.</summary>
public sealed record Item
{
    /// <summary>What lists show.</summary>
    public required ItemSummary Summary { get; init; }

    /// <summary>All fields in the file's order, standard ones included.</summary>
    public required IReadOnlyList<ItemField> Fields { get; init; }

    /// <summary>Attached files.</summary>
    public required IReadOnlyList<ItemAttachment> Attachments { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How many earlier revisions its history holds.</summary>
    public required int Revisions { get; init; }
}

/// <summary>A field to be written. The secret is copied into the vault's own sealed memory by the call that takes it.</summary>
public sealed record NewField(string Name, string? Value, SecretBytes? Secret)
{
    /// <summary>A field in clear.</summary>
    public static NewField Clear(string name, string value) => new(name, value, null);

    /// <summary>A protected field.</summary>
    public static NewField Protected(string name, SecretBytes secret) => new(name, null, secret);
}

/// <summary>What an item is to become. A member left <see langword="null"/> stays as it is (or empty, for a new item).</summary>
public sealed record ItemDraft
{
    /// <summary>Its kind.</summary>
    public ItemKind? Kind { get; init; }

    /// <summary>Fields to set, by name; a field with neither value nor secret is removed.</summary>
    public IReadOnlyList<NewField> Fields { get; init; } = [];

    /// <summary>All URLs in order; the first becomes <c>URL</c>, the others <c>KP2A_URL*</c>.</summary>
    public IReadOnlyList<ItemUrl>? Urls { get; init; }

    /// <summary>All tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The folder path, made if it is not there; empty for the root group.</summary>
    public string? Folder { get; init; }

    /// <summary>When it expires; <see cref="DateTimeOffset.MaxValue"/> for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
