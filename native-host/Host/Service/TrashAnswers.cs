using Host.Protocol;
using Office.Content;

namespace Host.Service;

/// <summary>Answers about what was: <c>remove</c>, <c>restore</c>, <c>trash</c>, <c>history</c>.</summary>
internal static class TrashAnswers
{
    public static Done Remove(SeenVaults vaults, Remove request)
    {
        if (request.Forever is true)
        {
            Delete(vaults.Own, vaults.RequireRemoved(request.Item));
            return new Done();
        }
        var (vault, item) = vaults.RequireAnywhere(request.Item);
        vault.CommitItem(() =>
        {
            vault.File.Remove(item.Id);
            return item;
        });
        return new Done();
    }

    public static Saved Restore(SeenVaults vaults, Restore request)
    {
        if (request.Revision is not { } revision)
        {
            var (home, removed) = vaults.RequireRemoved(request.Item);
            return new Saved(Words.Listed(new HomedItem(home, home.CommitItem(() => home.File.Restore(removed.Id)!))));
        }
        var (vault, item) = vaults.RequireAnywhere(request.Item);
        var restored = vault.CommitItem(() => vault.File.Restore(item.Id, revision) ?? throw ErrorKind.NotFoundError("revision"));
        return new Saved(Words.Listed(new HomedItem(vault, restored)));
    }

    public static Found Trash(SeenVaults vaults, GetTrash request)
    {
        var removed = vaults.All.SelectMany(vault => vault.File.Removed.Select(one => (Vault: vault, Item: one)))
            .OrderByDescending(one => one.Item.RemovedAt).ToList();
        var page = new Paging(request.Limit, request.After);
        var shown = removed.Skip(page.Offset).Take(page.Limit).ToList();
        var items = Paging.Fitting(shown, one => one.Item.Summary)
            .Select(one => Words.Listed(new HomedItem(one.Vault, one.Item.Summary), removedAt: one.Item.RemovedAt)).ToList();
        return new Found(items, removed.Count, page.After(items.Count, removed.Count));
    }

    public static History History(SeenVaults vaults, GetHistory request)
    {
        var (vault, item) = vaults.RequireAnywhere(request.Item);
        var revisions = vault.File.Revisions(item.Id)!;
        return new History([.. revisions.Select(one => new HistoryRevision(one.Number, one.ModifiedAt, one.Title, one.UserName, vault is OpenShare ? [.. one.Changed.Select(SharedFile.TitleOf)] : one.Changed))]);
    }

    private static void Delete(OwnVault own, HomedItem removed)
    {
        removed.Vault.Commit(() =>
        {
            removed.Vault.File.Delete(removed.Item.Id);
            if (removed.Vault == own)
            {
                own.Settings.ForgetItem(removed.Id);
            }
        });
        if (own.Settings.HasItem(removed.Id))
        {
            own.Commit(() => own.Settings.ForgetItem(removed.Id)); // of a further vault's item: another file
        }
    }
}
