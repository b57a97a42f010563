using Host.Protocol;
using Vault;
using Vault.Matching;

namespace Host.Service;

/// <summary>The protocol's words for the vault's types, and back.</summary>
internal static class Words
{
    public static string Of(ItemKind kind) => kind switch
    {
        ItemKind.Login => "login",
        ItemKind.Note => "note",
        ItemKind.Card => "card",
        ItemKind.Identity => "identity",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static ItemKind ItemKindOf(string word) => word switch
    {
        "note" => ItemKind.Note,
        "card" => ItemKind.Card,
        "identity" => ItemKind.Identity,
        _ => ItemKind.Login,
    };

    public static string Of(MatchKind kind) => kind switch
    {
        MatchKind.Site => "site",
        MatchKind.Hostname => "hostname",
        MatchKind.Origin => "origin",
        MatchKind.Never => "never",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static MatchKind MatchKindOf(string word) => word switch
    {
        "site" => MatchKind.Site,
        "origin" => MatchKind.Origin,
        "never" => MatchKind.Never,
        _ => MatchKind.Hostname,
    };

    public static string Of(MatchStrength strength) => strength switch
    {
        MatchStrength.Site => "site",
        MatchStrength.Hostname => "hostname",
        MatchStrength.Origin => "origin",
        _ => throw new ArgumentOutOfRangeException(nameof(strength)),
    };

    public static string Of(FillRefusal refusal) => refusal switch
    {
        FillRefusal.Scheme => "scheme",
        FillRefusal.InsecureItem => "insecureItem",
        FillRefusal.NoMatch => "noMatch",
        FillRefusal.Frame => "frame",
        FillRefusal.Insecure => "insecure",
        FillRefusal.NotChosen => "notChosen",
        FillRefusal.Never => "never",
        FillRefusal.Several => "several",
        FillRefusal.Subframe => "subframe",
        FillRefusal.NoField => "noField",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
    };

    /// <summary>The origin that a message names.</summary>
    /// <exception cref="ProtocolException"><c>badMessage</c>: it is none.</exception>
    public static Origin OriginOf(string text) =>
        Origin.TryParse(text) ?? throw ErrorKind.BadMessageError("an origin is not as browsers write it");

    /// <summary>The origins above a frame. One that the browser calls <c>null</c> (a sandboxed page's) is kept as nothing, and agrees with nothing.</summary>
    public static List<Origin?> AncestorsOf(IReadOnlyList<string> texts)
    {
        var ancestors = new List<Origin?>(texts.Count);
        foreach (var text in texts)
        {
            ancestors.Add(text == "null" ? null : OriginOf(text));
        }
        return ancestors;
    }

    /// <summary>The URLs that a message names.</summary>
    public static IReadOnlyList<ItemUrl> UrlsOf(IReadOnlyList<UrlToSave> urls) =>
        [.. urls.Select(url => new ItemUrl(url.Url, MatchKindOf(url.Match)))];

    /// <summary>An item as lists have it.</summary>
    public static ListedItem Listed(HomedItem homed, string? match = null, bool? alwaysFill = null, DateTimeOffset? removedAt = null)
    {
        var item = homed.Item;
        return new(
            homed.Id, Of(item.Kind), item.Title, item.UserName, item.Tags, item.HasPassword, item.HasCode, match, alwaysFill, removedAt,
            homed.Vault.Mark, item.HasNewPassword ? true : null, item.PasskeyFor is not null ? true : null);
    }
}
