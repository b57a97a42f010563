using Host.Protocol;
using Office.Content;
using Vault;
using Vault.Passkeys;

namespace Host.Service;

/// <summary>Answers that carry no secret: <c>match</c>, <c>search</c>, <c>get</c>, <c>folders</c>.</summary>
internal static class ListAnswers
{
    /// <summary>How many items are told of a page.</summary>
    public const int MaxMatches = 100;

    public static Matches Match(SeenVaults vaults, FindMatches request)
    {
        var page = Words.OriginOf(request.Origin);
        _ = Words.AncestorsOf(request.Ancestors);
        var settings = vaults.Own.Settings;
        var never = settings.IsNever(page.Hostname);
        var found = never ? [] : vaults.Match(page).Items;
        var items = new List<ListedItem>(Math.Min(found.Count, MaxMatches));
        foreach (var match in found)
        {
            if (items.Count == MaxMatches)
            {
                break;
            }
            var homed = vaults.HomeOf(match.Item);
            items.Add(Words.Listed(homed, Words.Of(match.Strength), settings.AlwaysFills(homed.Id, page.Hostname)));
        }
        return new Matches(
            items, More: found.Count > items.Count, Insecure: page is { IsWeb: true, IsSecure: false, IsLoopback: false }, Never: never);
    }

    public static Found Search(SeenVaults vaults, Search request, DateTimeOffset now)
    {
        var paging = new Paging(request.Limit, request.After);
        var (found, total) = vaults.Search(request.Query, now, paging.Limit, paging.Offset);
        var items = Paging.Fitting(found, homed => homed.Item);
        // Beyond the last item there is nothing, and nothing after it.
        var after = items.Count > 0 ? paging.After(items.Count, total) : null;
        return new Found([.. items.Select(homed => Words.Listed(homed))], total, after);
    }

    public static Details Get(SeenVaults vaults, GetItem request)
    {
        var homed = vaults.RequireAnywhere(request.Item);
        var (vault, summary) = homed;
        var item = vault.File.Get(summary.Id)!;
        return new Details(
            Words.Listed(homed),
            summary.Folder,
            // What waits beside the password, and the passkey, have requests of their own.
            [.. item.Fields.Where(field => field.Name != FieldName.NewPassword && !PasskeyField.Is(field.Name) && !(vault is OpenShare && SharedFile.IsField(field.Name))).Select(field => new DetailField(field.Name, field.IsProtected, field.IsProtected ? null : field.Value))],
            [.. summary.Urls.Select(url => new UrlToSave(url.Value, Words.Of(url.Kind)))],
            [.. vault.AttachmentsOf(item).Select(attachment => new DetailAttachment(attachment.Name, attachment.Bytes))],
            item.CreatedAt,
            summary.ModifiedAt,
            item.Revisions,
            summary.ExpiresAt,
            PasskeyAnswers.Detail(vault, summary),
            vault is OpenShare ? Contracts.Wire.WireWords.Of(vault.RightOf(summary.Id)) : null);
    }

    public static FoldersAndTags Folders(SeenVaults vaults, GetFolders request)
    {
        var vault = request.Vault is { } id ? vaults.RequireVault(id) : vaults.Own;
        var items = vault.File.Items;
        var inFolder = items.CountBy(item => item.Folder).ToDictionary();
        var folders = vault.File.Folders.Order(StringComparer.Ordinal).Select(path => new FolderItems(path, inFolder.GetValueOrDefault(path)));
        var tags = items.SelectMany(item => item.Tags.Distinct()).CountBy(tag => tag).OrderBy(tag => tag.Key, StringComparer.Ordinal);
        return new FoldersAndTags([.. folders], [.. tags.Select(tag => new TagItems(tag.Key, tag.Value))]);
    }
}
