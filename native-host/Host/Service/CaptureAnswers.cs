using System.Security.Cryptography;
using Host.Protocol;
using Vault;
using Vault.Crypto;

namespace Host.Service;

/// <summary>
/// Answers <c>captured</c>, which compares and releases nothing, and <c>keepCaptured</c>, which writes in the ways of <c>save</c> and
/// <c>update</c>. What the latter answers is durable.
/// </summary>
internal static class CaptureAnswers
{
    /// <summary>Tells what would be made of a capture: no offer where nothing would.</summary>
    public static Captured Offer(CapturedForm? form, SeenVaults vaults)
    {
        if (form is null || TargetsOf(vaults, form) is not { } targets)
        {
            return new Captured();
        }
        var hostname = form.Origin.Hostname;
        return new Captured(new CaptureOffer(
            targets.Count > 0 ? "update" : "save",
            form.Origin.ToString(),
            targets.Count == 1 ? targets[0].Item.Title : hostname.StartsWith("www.", StringComparison.Ordinal) ? hostname[4..] : hostname,
            form.UserName ?? "",
            [.. targets.Select(homed => Words.Listed(homed))]));
    }

    /// <summary>Releases the password of an offer.</summary>
    /// <exception cref="ProtocolException"><c>notFound</c>: there is no offer.</exception>
    public static Revealed Reveal(CapturedForm? form, SeenVaults vaults, Action release)
    {
        if (form is null || TargetsOf(vaults, form) is null)
        {
            throw ErrorKind.NotFoundError("capture");
        }
        release();
        using var password = form.ToKeep!.Open();
        return new Revealed(new Secret(password.Span));
    }

    /// <summary>Makes an item of a capture, or changes the password of one that the offer names.</summary>
    /// <exception cref="ProtocolException"><c>notFound</c>: there is no offer, or the item is none of its; or as for <c>save</c> and <c>update</c>.</exception>
    public static KeptCapture Keep(CapturedForm? form, SeenVaults vaults, KeepCaptured request)
    {
        if (form is null || TargetsOf(vaults, form) is not { } targets)
        {
            throw ErrorKind.NotFoundError("capture");
        }
        using var opened = form.ToKeep!.Open();
        using var password = new Secret(opened.Span);
        if (request.Set is { } set)
        {
            var url = new UrlToSave(form.Origin.ToString(), vaults.Own.Settings.Read().MatchKind);
            return new KeptCapture(ItemAnswers.Save(vaults, new ItemToSave(
                "login", set.Title, [url], set.Tags, set.Username, password, Folder: set.Folder, Vault: set.Vault)).Item);
        }
        var index = targets.FindIndex(one => one.Id == request.Into);
        return index < 0 ? throw ErrorKind.NotFoundError("item") : Update(vaults, targets[index], password);
    }

    private static KeptCapture Update(SeenVaults vaults, HomedItem target, Secret password)
    {
        var (vault, item) = target;
        using var replaced = vault.File.OpenField(item.Id, FieldName.Password);
        var saved = ItemAnswers.Update(vaults, new Update(target.Id, new ItemChanges(Password: password)));
        // Not simply the newest: another program's changes may have been merged in with ours.
        for (var revision = vault.File.Get(item.Id)!.Revisions; revision > 0; revision--)
        {
            using var was = vault.File.OpenField(item.Id, FieldName.Password, revision);
            if (IsSame(was, replaced))
            {
                return new KeptCapture(saved.Item, revision);
            }
        }
        return new KeptCapture(saved.Item); // a vault that keeps no history
    }

    /// <summary>The items that would take the password.</summary>
    /// <returns>None if it would become a new item; <see langword="null"/> if there is nothing to keep.</returns>
    private static List<HomedItem>? TargetsOf(SeenVaults vaults, CapturedForm form)
    {
        if (form.ToKeep is null || !form.Origin.IsWeb || vaults.Own.Settings.IsNever(form.Origin.Hostname))
        {
            return null;
        }
        List<HomedItem> matching = [.. vaults.Match(form.Origin).Items.Select(match => vaults.HomeOf(match.Item))];
        using (var typed = form.ToKeep.Open())
        {
            if (matching.Exists(one => MayBeOf(one.Item, form.UserName) && HasPassword(one, typed)))
            {
                return null;
            }
        }
        var writable = vaults.All.Where(vault => !VaultAnswers.IsReadOnly(vault)).ToHashSet();
        matching.RemoveAll(one => !writable.Contains(one.Vault) || one.Vault.RightOf(one.Item.Id) < Contracts.Right.Write);
        return Paging.Fitting([.. ThatTake(matching, form).Take(ListAnswers.MaxMatches)], one => one.Item);
    }

    private static List<HomedItem> ThatTake(List<HomedItem> matching, CapturedForm form)
    {
        var ofUser = form.UserName is { } userName ? matching.FindAll(one => IsOneUser(one.Item.UserName, userName)) : matching;
        using var replaced = form.Replaced?.Open();
        if (replaced is null)
        {
            return ofUser;
        }
        // A page may call a person by another name than the item does: then the old password tells.
        var among = ofUser.Count > 0 ? ofUser : matching;
        var withOld = among.FindAll(one => HasPassword(one, replaced));
        return withOld.Count > 0 ? withOld : ofUser;
    }

    /// <summary>The item whose password a change replaces: the one that can be written and has the old one.</summary>
    /// <returns><see langword="null"/> if there is none, or more than one.</returns>
    public static HomedItem? Replaced(SeenVaults vaults, CapturedForm? form)
    {
        if (form?.Replaced is null || TargetsOf(vaults, form) is not [var only])
        {
            return null;
        }
        using var replaced = form.Replaced.Open();
        return HasPassword(only, replaced) ? only : null;
    }

    /// <summary>Whether a user name that was typed, or none, may be an item's.</summary>
    public static bool MayBeOf(ItemSummary item, string? userName) =>
        userName is null || string.IsNullOrWhiteSpace(item.UserName) || IsOneUser(item.UserName, userName);

    private static bool IsOneUser(string one, string other) => one.AsSpan().Trim().Equals(other.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool HasPassword(HomedItem one, SecretBytes password)
    {
        using var stored = one.Vault.File.OpenField(one.Item.Id, FieldName.Password);
        return IsSame(stored, password);
    }

    // An empty password and none say the same.
    private static bool IsSame(SecretBytes? one, SecretBytes? other) =>
        CryptographicOperations.FixedTimeEquals(one is null ? [] : one.Span, other is null ? [] : other.Span);
}
