using Host.Protocol;

namespace Host.Service;

/// <summary>Answers that carry no secret: <c>match</c>, <c>search</c>, <c>get</c>, <c>folders</c>.</summary>
internal static class ListAnswers
{
    private const int MaxMatches = 100;

    public static Matches Match(OpenVault vault, FindMatches request)
    {
        var page = Words.OriginOf(request.Origin);
        _ = Words.AncestorsOf(request.Ancestors);
        var never = vault.Settings.IsNever(page.Hostname);
        var found = never ? [] : vault.Matches.Find(page).Items;
        var items = new List<ListedItem>(Math.Min(found.Count, MaxMatches));
        foreach (var match in found)
        {
            if (items.Count == MaxMatches)
            {
                break;
            }
            items.Add(Words.Listed(
                match.Item, Words.Of(match.Strength), vault.Settings.AlwaysFills(match.Item.Id, page.Hostname)));
        }
        return new Matches(
            items, More: found.Count > items.Count, Insecure: page is { IsWeb: true, IsSecure: false, IsLoopback: false }, Never: never);
    }

    public static Found Search(OpenVault vault, Search request, DateTimeOffset now)
    {
        var paging = new Paging(request.Limit, request.After);
        var page = vault.Search.Find(request.Query, now, paging.Limit, paging.Offset);
        var items = Paging.Fitting(page.Items, item => item);
        // Beyond the last item there is nothing, and nothing after it.
        var after = items.Count > 0 ? paging.After(items.Count, page.Total) : null;
        return new Found([.. items.Select(item => Words.Listed(item))], page.Total, after);
    }

    public static Details Get(OpenVault vault, GetItem request)
    {
        var summary = vault.RequireAnywhere(request.Item);
        var item = vault.File.Get(summary.Id)!;
        return new Details(
            Words.Listed(summary),
            summary.Folder,
            [.. item.Fields.Select(field => new DetailField(field.Name, field.IsProtected, field.IsProtected ? null : field.Value))],
            [.. summary.Urls.Select(url => new UrlToSave(url.Value, Words.Of(url.Kind)))],
            [.. item.Attachments.Select(attachment => new DetailAttachment(attachment.Name, attachment.Bytes))],
            item.CreatedAt,
            summary.ModifiedAt,
            item.Revisions,
            summary.ExpiresAt);
    }

    public static FoldersAndTags Folders(OpenVault vault)
    {
        var items = vault.File.Items;
        var inFolder = items.CountBy(item => item.Folder).ToDictionary();
        var folders = vault.File.Folders.Order(StringComparer.Ordinal).Select(path => new FolderItems(path, inFolder.GetValueOrDefault(path)));
        var tags = items.SelectMany(item => item.Tags.Distinct()).CountBy(tag => tag).OrderBy(tag => tag.Key, StringComparer.Ordinal);
        return new FoldersAndTags([.. folders], [.. tags.Select(tag => new TagItems(tag.Key, tag.Value))]);
    }
}
