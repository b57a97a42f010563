using System.Globalization;
using Host.Protocol;

namespace Host.Service;

/// <summary>Answers that carry no secret: <c>match</c>, <c>search</c>, <c>get</c>.</summary>
internal static class ListAnswers
{
    private const int MaxMatches = 100;

    /// <summary>Bytes of a page's items, by a guess that is too high; leaves room for the rest of the frame.</summary>
    private const int MaxPageBytes = Limits.FromHostBytes - (64 * 1024);
    private const int BytesAroundItem = 200;
    private const int MaxBytesOfCharacter = 3;

    public static Matches Match(OpenVault vault, FindMatches request)
    {
        var page = Words.OriginOf(request.Origin);
        _ = Words.AncestorsOf(request.Ancestors);
        var found = vault.Matches.Find(page).Items;
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
        return new Matches(items, More: found.Count > items.Count, Insecure: page is { IsWeb: true, IsSecure: false, IsLoopback: false });
    }

    public static Found Search(OpenVault vault, Search request, DateTimeOffset now)
    {
        var offset = 0;
        if (request.After is { } after && !int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out offset))
        {
            throw ErrorKind.BadMessageError("after is not from an earlier page");
        }
        var page = vault.Search.Find(request.Query, now, request.Limit, offset);
        var items = new List<ListedItem>(page.Items.Count);
        var bytes = 0;
        foreach (var item in page.Items)
        {
            bytes += BytesAroundItem + (MaxBytesOfCharacter * (item.Title.Length + item.UserName.Length + item.Tags.Sum(tag => tag.Length + 1)));
            if (items.Count > 0 && bytes > MaxPageBytes)
            {
                break;
            }
            items.Add(Words.Listed(item));
        }
        int? next = items.Count < page.Items.Count ? offset + items.Count : page.Next;
        return new Found(items, page.Total, next?.ToString(CultureInfo.InvariantCulture));
    }

    public static Details Get(OpenVault vault, GetItem request)
    {
        var summary = vault.Require(request.Item);
        var item = vault.File.Get(summary.Id) ?? throw ErrorKind.NotFoundError("item");
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
}
