using System.Text;
using Host.Protocol;
using Vault;
using Vault.Codes;
using Vault.Crypto;

namespace Host.Service;

/// <summary>Answers that write an item's content: <c>save</c>, <c>update</c>. What they answer is durable.</summary>
internal static class ItemAnswers
{
    private const string OtpUriStart = "otpauth://";

    public static Saved Save(SeenVaults vaults, ItemToSave item)
    {
        var vault = item.Vault is { } id ? vaults.RequireVault(id) : vaults.TakesNew;
        return Commit(vault, item.AsChanges(), existing: null, draft => vault.AddItem(draft with { Kind = Words.ItemKindOf(item.Kind) }));
    }

    public static Saved Update(SeenVaults vaults, Update request)
    {
        var (vault, item) = vaults.Require(request.Item);
        if (request.ModifiedAt is { } text && WireTime.Parse(text) != item.ModifiedAt)
        {
            throw ErrorKind.Error(ErrorKind.Refused, "the item has changed since it was read", "read it again", "changed");
        }
        if (vault is OpenShare && request.Set.Folder is { } folder && folder != item.Folder)
        {
            throw ErrorKind.Error(ErrorKind.Refused, "an item of an office is put into another folder in the office page", "leave the folder as it is", "officeFolder");
        }
        var homed = new HomedItem(vault, item);
        var ends = request.Set.Password is { } password && NewPasswordAnswers.Has(homed, FieldName.NewPassword, password.Utf8);
        // What waited is the item's password from now on.
        NewField[] more = ends ? [new NewField(FieldName.NewPassword, Value: null, Secret: null)] : [];
        return Commit(
            vault, request.Set, vault.File.Get(item.Id)!,
            draft => vault.CommitItem(() => vault.File.Update(item.Id, draft with { Fields = [.. draft.Fields, .. more] })!));
    }

    private static Saved Commit(OpenVault vault, ItemChanges set, Item? existing, Func<ItemDraft, ItemSummary> change)
    {
        var secrets = new List<SecretBytes>();
        try
        {
            var draft = new ItemDraft
            {
                Fields = [.. StandardFields(set, secrets), .. OtherFields(existing, set.Fields ?? [], secrets)],
                Urls = set.Urls is { } urls ? Words.UrlsOf(urls) : null,
                Tags = set.Tags,
                Folder = set.Folder,
                ExpiresAt = set.ExpiresAt switch
                {
                    null => null,
                    "" => DateTimeOffset.MaxValue,
                    var time => WireTime.Parse(time),
                },
            };
            return new Saved(Words.Listed(new HomedItem(vault, change(draft))));
        }
        finally
        {
            secrets.ForEach(secret => secret.Dispose());
        }
    }

    private static IEnumerable<NewField> StandardFields(ItemChanges set, List<SecretBytes> secrets)
    {
        foreach (var (name, value) in new[]
        {
            (FieldName.Title, set.Title), (FieldName.UserName, set.Username), (FieldName.Notes, set.Notes),
        })
        {
            if (value is not null)
            {
                yield return NewField.Clear(name, value);
            }
        }
        if (set.Password is { } password)
        {
            yield return Protected(FieldName.Password, Guarded(password), secrets);
        }
        if (set.Otp is not { } otp)
        {
            yield break;
        }
        // Each program has its own fields for the seed: one that stayed would go on giving the old codes there.
        foreach (var name in OtpFields.All)
        {
            yield return new NewField(name, Value: null, Secret: null);
        }
        if (otp.Utf8.Length > 0)
        {
            yield return Protected(FieldName.Otp, OtpUri(otp), secrets);
        }
    }

    private static IEnumerable<NewField> OtherFields(Item? existing, IReadOnlyList<FieldChange> changes, List<SecretBytes> secrets)
    {
        foreach (var change in changes)
        {
            if (change.Name.Length == 0 || FieldName.IsStandard(change.Name))
            {
                throw ErrorKind.BadMessageError("a field has no name, or one that has a member of its own");
            }
            if (change.Value is null || (!change.Protected && existing is not null && existing.Fields.Any(field => field.Name == change.Name && field.IsProtected)))
            {
                // A protected field stays so, unless it is removed first.
                yield return new NewField(change.Name, Value: null, Secret: null);
            }
            if (change.Value is { } value)
            {
                yield return change.Protected
                    ? Protected(change.Name, Guarded(value), secrets)
                    : NewField.Clear(change.Name, Encoding.UTF8.GetString(value.Utf8));
            }
        }
    }

    private static NewField Protected(string name, SecretBytes secret, List<SecretBytes> secrets)
    {
        secrets.Add(secret);
        return NewField.Protected(name, secret);
    }

    private static SecretBytes Guarded(Secret secret) => SecretBytes.CopyOf(secret.Utf8);

    /// <summary>The seed as the <c>otpauth</c> URI that other programs read; a bare key gets the usual settings.</summary>
    private static SecretBytes OtpUri(Secret seed)
    {
        using (var parsed = OtpSeed.TryParse(seed.Utf8) ?? throw ErrorKind.BadMessageError("the otp seed is none"))
        {
            if (Encoding.UTF8.GetBytes(OtpUriStart) is var start && seed.Utf8.StartsWith(start))
            {
                return SecretBytes.CopyOf(seed.Utf8);
            }
        }
        var prefix = "otpauth://totp/item?secret="u8;
        var uri = new SecretBytes(prefix.Length + seed.Utf8.Length);
        prefix.CopyTo(uri.Span);
        var length = prefix.Length;
        foreach (var character in seed.Utf8)
        {
            if (char.IsAsciiLetterOrDigit((char)character))
            {
                uri.Span[length++] = (byte)char.ToUpperInvariant((char)character);
            }
        }
        if (length == uri.Length)
        {
            return uri;
        }
        using (uri)
        {
            return SecretBytes.CopyOf(uri.Span[..length]);
        }
    }
}
