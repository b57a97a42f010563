using Host.Protocol;

namespace Host.Service;

/// <summary>Answers about what was: <c>remove</c>, <c>restore</c>, <c>trash</c>, <c>history</c>.</summary>
internal static class TrashAnswers
{
    public static Done Remove(OpenVault vault, Remove request)
    {
        if (request.Forever is true)
        {
            var removed = vault.RequireRemoved(request.Item);
            vault.Commit(() =>
            {
                vault.File.Delete(removed.Id);
                vault.Settings.ForgetItem(removed.Id);
            });
            return new Done();
        }
        var item = vault.RequireAnywhere(request.Item);
        vault.CommitItem(() =>
        {
            vault.File.Remove(item.Id);
            return item;
        });
        return new Done();
    }

    public static Saved Restore(OpenVault vault, Restore request)
    {
        if (request.Revision is not { } revision)
        {
            var removed = vault.RequireRemoved(request.Item);
            return new Saved(Words.Listed(vault.CommitItem(() => vault.File.Restore(removed.Id)!)));
        }
        var item = vault.RequireAnywhere(request.Item);
        return new Saved(Words.Listed(vault.CommitItem(
            () => vault.File.Restore(item.Id, revision) ?? throw ErrorKind.NotFoundError("revision"))));
    }

    public static Found Trash(OpenVault vault, GetTrash request)
    {
        var removed = vault.File.Removed;
        var page = new Paging(request.Limit, request.After);
        var shown = removed.Skip(page.Offset).Take(page.Limit).ToList();
        var items = Paging.Fitting(shown, one => one.Summary).Select(one => Words.Listed(one.Summary, removedAt: one.RemovedAt)).ToList();
        return new Found(items, removed.Count, page.After(items.Count, removed.Count));
    }

    public static History History(OpenVault vault, GetHistory request)
    {
        var revisions = vault.File.Revisions(vault.RequireAnywhere(request.Item).Id)!;
        return new History([.. revisions.Select(one => new HistoryRevision(one.Number, one.ModifiedAt, one.Title, one.UserName, one.Changed))]);
    }
}
