using System.Security.Cryptography;
using Host.Protocol;
using Vault;
using Vault.Crypto;

namespace Host.Service;

/// <summary>
/// A new password waits in its item, beside the one that works, until it works itself: <c>promote</c>,
/// <c>dropNew</c>, and what <c>fill</c> and <c>capture</c> put there. What they answer is durable; what goes is in the item's history.
/// </summary>
internal static class NewPasswordAnswers
{
    /// <summary>Keeps a new password beside an item's own, in the place of one that waits already; not if it is the item's own.</summary>
    /// <exception cref="VaultException">Nothing was written.</exception>
    public static void Keep(HomedItem homed, Secret password)
    {
        var (vault, item) = homed;
        if (Has(homed, FieldName.Password, password.Utf8) || Has(homed, FieldName.NewPassword, password.Utf8))
        {
            return;
        }
        using var value = SecretBytes.CopyOf(password.Utf8);
        vault.CommitItem(() => vault.File.Update(item.Id, new ItemDraft { Fields = [NewField.Protected(FieldName.NewPassword, value)] })!);
    }

    /// <summary>Keeps one that was typed into a page beside the password that it replaces; a vault that cannot be written is only logged.</summary>
    public static void KeepTyped(SeenVaults vaults, CapturedForm? form, Secret password, Log log)
    {
        if (CaptureAnswers.Replaced(vaults, form) is not { } item)
        {
            return;
        }
        try
        {
            Keep(item, password);
        }
        catch (VaultException)
        {
            log.NewPasswordNotWritten(); // it is among the generated ones, and still captured
        }
    }

    /// <summary>Makes the one that waits the item's password.</summary>
    /// <exception cref="ProtocolException"><c>notFound</c>: none waits there.</exception>
    public static Settled Promote(SeenVaults vaults, string item)
    {
        var homed = vaults.Require(item);
        using var password = homed.Vault.File.OpenField(homed.Item.Id, FieldName.NewPassword) ?? throw ErrorKind.NotFoundError("new password");
        return End(homed, NewField.Protected(FieldName.Password, password));
    }

    /// <summary>The same for the item whose new password a capture signed in with, if there is exactly one.</summary>
    public static Settled Promote(CapturedForm? form, SeenVaults vaults)
    {
        if (form?.ToKeep is null || !form.Origin.IsWeb || form.IsChange)
        {
            return new Settled();
        }
        using var typed = form.ToKeep.Open();
        List<HomedItem> found = [.. vaults.Match(form.Origin).Items.Select(match => vaults.HomeOf(match.Item)).Where(one =>
            one.Item.HasNewPassword && CaptureAnswers.MayBeOf(one.Item, form.UserName) && !VaultAnswers.IsReadOnly(one.Vault)
            && Has(one, FieldName.NewPassword, typed.Span))];
        return found.Count == 1 ? Promote(vaults, found[0].Id) : new Settled();
    }

    /// <summary>Takes the one that waits away; what it was stays in the item's history.</summary>
    /// <exception cref="ProtocolException"><c>notFound</c>: none waits there.</exception>
    public static Settled Drop(SeenVaults vaults, string item)
    {
        var homed = vaults.Require(item);
        return homed.Item.HasNewPassword ? End(homed) : throw ErrorKind.NotFoundError("new password");
    }

    /// <summary>Whether a field of an item is that, compared in constant time.</summary>
    public static bool Has(HomedItem homed, string field, ReadOnlySpan<byte> value)
    {
        using var stored = homed.Vault.File.OpenField(homed.Item.Id, field);
        return stored is not null && CryptographicOperations.FixedTimeEquals(stored.Span, value);
    }

    private static Settled End(HomedItem homed, params NewField[] fields)
    {
        var (vault, item) = homed;
        var none = new NewField(FieldName.NewPassword, Value: null, Secret: null);
        var settled = vault.CommitItem(() => vault.File.Update(item.Id, new ItemDraft { Fields = [.. fields, none] })!);
        // The newest revision with one that waited: another program's changes may have been merged in with ours.
        for (var revision = vault.File.Get(item.Id)!.Revisions; revision > 0; revision--)
        {
            using var was = vault.File.OpenField(item.Id, FieldName.NewPassword, revision);
            if (was is not null)
            {
                return new Settled(Words.Listed(new HomedItem(vault, settled)), revision);
            }
        }
        return new Settled(Words.Listed(new HomedItem(vault, settled))); // a vault that keeps no history
    }
}
