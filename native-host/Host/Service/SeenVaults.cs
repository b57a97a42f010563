using Host.Protocol;
using Vault;
using Vault.Matching;
using Vault.Search;

namespace Host.Service;

/// <summary>An item and the vault that it is in.</summary>
internal readonly record struct HomedItem(OpenVault Vault, ItemSummary Item)
{
    /// <summary>The item's id on the wire.</summary>
    public string Id => Vault.IdOf(Item.Id);
}

/// <summary>The vaults as one asker sees them. Of an item in one that it does not see it is told what it is told of none.</summary>
/// <param name="vaults">All there are.</param>
/// <param name="sees">Whether it sees the further vault of an id.</param>
internal sealed class SeenVaults(OpenVaults vaults, Predicate<string> sees)
{
    /// <summary>What stands between a further vault's id and an item's.</summary>
    public const char Separator = '.';

    /// <summary>The own vault: settings and choices are its alone.</summary>
    public OwnVault Own => vaults.Own;

    /// <summary>The open ones that it sees, the own one first. An office has no passphrase: whoever sees the own vault sees it too.</summary>
    public IReadOnlyList<OpenVault> All { get; } =
        [vaults.Own, .. vaults.Further.Select(one => one.Open).OfType<OpenVault>().Where(open => sees(open.Id)), .. vaults.Shares];

    /// <summary>All there are, also those that it does not see or that are not open.</summary>
    public OpenVaults Listed => vaults;

    /// <summary>The one that takes new items: the person's choice, or the own one if this asker does not see that.</summary>
    public OpenVault TakesNew => Own.VaultSettings.TakesNew is { } chosen ? Find(chosen) ?? Own : Own;

    /// <summary>Whether it sees the further vault of an id, if that is open.</summary>
    public bool Sees(string id) => sees(id);

    /// <summary>The vault of an id.</summary>
    /// <exception cref="ProtocolException"><c>notFound</c>.</exception>
    public OpenVault RequireVault(string id) => Find(id) ?? throw ErrorKind.NotFoundError("vault");

    /// <summary>The item of an id, outside the recycle bins.</summary>
    /// <exception cref="ProtocolException"><c>notFound</c>; <c>badMessage</c> if the text is no id.</exception>
    public HomedItem Require(string id) => Require(id, (vault, item) => vault.File.Find(item));

    /// <summary>The item of an id in a recycle bin.</summary>
    /// <exception cref="ProtocolException">As <see cref="Require(string)"/>.</exception>
    public HomedItem RequireRemoved(string id) => Require(id, (vault, item) => vault.File.FindRemoved(item));

    /// <summary>The item of an id, wherever it is.</summary>
    /// <exception cref="ProtocolException">As <see cref="Require(string)"/>.</exception>
    public HomedItem RequireAnywhere(string id) => Require(id, (vault, item) => vault.File.Find(item) ?? vault.File.FindRemoved(item));

    /// <summary>Whether an id names an item of an office, be it there or not.</summary>
    /// <exception cref="ProtocolException"><c>badMessage</c> if the text is no id.</exception>
    public bool IsShared(string id) => Read(id).Vault is OpenShare;

    /// <summary>Finds the items for a page, as one index of all vaults would order them; between equals the own vault's come first.</summary>
    public MatchResult Match(Origin page)
    {
        var keys = VaultKeys();
        if (All.Count == 1 && keys.Count == 0)
        {
            return Own.Matches.Find(page);
        }
        List<MatchResult> results = [.. All.Select(vault => vault.Matches.Find(page))];
        return new MatchResult(
            [.. results.SelectMany(result => result.Items).Where(match => !keys.Contains(match.Item.Id)).OrderByDescending(match => match.Strength).ThenByDescending(match => match.Item.UsedAt)],
            results.Exists(result => result.HasInsecureItems));
    }

    /// <summary>The home of an item that <see cref="Match"/> found.</summary>
    public HomedItem HomeOf(ItemSummary item) => new(All.First(vault => ReferenceEquals(vault.Matches.Get(item.Id), item)), item);

    /// <summary>Searches all of them: see <see cref="SearchIndex.Find(IReadOnlyList{SearchIndex}, string, DateTimeOffset, int, int, Predicate{ItemId})"/>.</summary>
    public (IReadOnlyList<HomedItem> Items, int Total) Search(string query, DateTimeOffset now, int limit, int offset)
    {
        var keys = string.IsNullOrWhiteSpace(query) ? VaultKeys() : [];
        var page = SearchIndex.Find([.. All.Select(vault => vault.Search)], query, now, limit, offset, keys.Contains);
        return ([.. page.Items.Select(found => new HomedItem(All[found.Index], found.Item))], page.Total);
    }

    /// <summary>The items that open other vaults are offered only to whoever looks for them by words.</summary>
    private HashSet<ItemId> VaultKeys() => [.. vaults.Keys];

    private OpenVault? Find(string id) => All.FirstOrDefault(vault => vault.Id == id);

    private HomedItem Require(string id, Func<OpenVault, ItemId, ItemSummary?> find)
    {
        var (vault, item) = Read(id);
        return vault is not null && find(vault, item) is { } summary ? new HomedItem(vault, summary) : throw ErrorKind.NotFoundError("item");
    }

    private (OpenVault? Vault, ItemId Item) Read(string id)
    {
        OpenVault? vault = Own;
        var item = id.AsSpan();
        if (id.Length > ItemId.Characters && id[ItemId.Characters] == Separator && ItemId.TryParse(id.AsSpan(0, ItemId.Characters)) is { } home)
        {
            var name = home.ToString();
            vault = All.Skip(1).FirstOrDefault(one => one.Id == name);
            item = item[(ItemId.Characters + 1)..];
        }
        return (vault, ItemId.TryParse(item) ?? throw ErrorKind.BadMessageError("the item is not named by an id"));
    }
}
