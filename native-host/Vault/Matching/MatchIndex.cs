using System.Runtime.InteropServices;

namespace Vault.Matching;

/// <summary>
/// Finds the items for a page. A look-up costs two probes and the items of that one hostname or site, however many
/// items there are.
/// Not safe for use from two threads at once.
/// </summary>
/// <remarks>
/// Items stand under a hash of their URL's hostname (or of its site, for URLs of kind <see cref="MatchKind.Site"/>),
/// and what is found is
/// compared in full: so no text is kept here beside the summaries, and a collision of hashes costs time and nothing
/// else.
/// </remarks>
public sealed class MatchIndex
{
    private const int None = -1;

    private readonly Dictionary<int, int> _heads = [];
    private readonly Dictionary<ItemId, ItemSummary> _items = [];
    private readonly List<Posting> _postings = [];
    private int _free = None;
    private int _siteUrls;

    /// <summary>Makes an empty index.</summary>
    public MatchIndex()
    {
    }

    /// <summary>Makes an index of many items at once.</summary>
    public MatchIndex(IReadOnlyCollection<ItemSummary> items)
    {
        _heads.EnsureCapacity(items.Count);
        _items.EnsureCapacity(items.Count);
        _postings.EnsureCapacity(items.Count);
        foreach (var item in items)
        {
            Set(item);
        }
    }

    private record struct Posting(ItemSummary? Item, int Next);

    /// <summary>How many items there are, those without URLs included.</summary>
    public int Count => _items.Count;

    /// <summary>Adds an item, or replaces the one of the same id.</summary>
    public void Set(ItemSummary item)
    {
        Remove(item.Id);
        _items.Add(item.Id, item);
        _siteUrls += SiteUrlsOf(item);
        foreach (var key in KeysOf(item))
        {
            Post(key, item);
        }
    }

    /// <summary>Removes an item.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(ItemId id)
    {
        if (!_items.Remove(id, out var item))
        {
            return false;
        }
        _siteUrls -= SiteUrlsOf(item);
        foreach (var key in KeysOf(item))
        {
            Withdraw(key, item);
        }
        return true;
    }

    /// <summary>The item of an id, or <see langword="null"/>.</summary>
    public ItemSummary? Get(ItemId id) => _items.GetValueOrDefault(id);

    /// <summary>Finds the items for a page.</summary>
    /// <param name="page">The origin of the page or subframe that would be filled.</param>
    /// <param name="path">The page's path if it is known: it orders equals and nothing else.</param>
    /// <returns>The items; none if the page is neither https nor http.</returns>
    public MatchResult Find(Origin page, string? path = null)
    {
        var ranked = new List<Ranked>();
        var hasInsecureItems = false;
        Collect(HashOf(page.Hostname, isSite: false), page, path, ranked, ref hasInsecureItems);
        // Few people have a URL of that kind, and a page's site costs as much as the rest of the look-up.
        if (_siteUrls > 0 && page.Site is { } site)
        {
            Collect(HashOf(site, isSite: true), page, path, ranked, ref hasInsecureItems);
        }
        return new MatchResult(InOrder(ranked), hasInsecureItems);
    }

    private readonly record struct Ranked(Match Match, int PathAgreement);

    private void Collect(int hash, Origin page, string? path, List<Ranked> ranked, ref bool hasInsecureItems)
    {
        for (var at = _heads.GetValueOrDefault(hash, None); at != None; at = _postings[at].Next)
        {
            if (Best(_postings[at].Item!, page, path, ref hasInsecureItems) is { } best)
            {
                ranked.Add(best);
            }
        }
    }

    private static Ranked? Best(ItemSummary item, Origin page, string? path, ref bool hasInsecureItems)
    {
        Ranked? best = null;
        foreach (var url in item.Urls)
        {
            if (TypedUrl.TryParse(url.Value) is not { } typed)
            {
                continue;
            }
            var (verdict, strength) = MatchRules.Compare(typed, url.Kind, page);
            hasInsecureItems |= verdict == MatchRules.Verdict.InsecurePage;
            if (verdict != MatchRules.Verdict.Agrees)
            {
                continue;
            }
            var candidate = new Ranked(new Match(item, url, strength), PathAgreement(typed.Path, path));
            if (best is null || IsBetter(candidate, best.Value))
            {
                best = candidate;
            }
        }
        return best;
    }

    private static bool IsBetter(Ranked candidate, Ranked best)
    {
        var order = candidate.Match.Strength.CompareTo(best.Match.Strength);
        return order > 0 || (order == 0 && candidate.PathAgreement > best.PathAgreement);
    }

    /// <summary>How many characters of an item's path the page's path begins with, by whole segments; 0 if they
    /// part.</summary>
    private static int PathAgreement(string typed, string? page)
    {
        var prefix = typed.AsSpan().TrimEnd('/');
        return page is not null
            && page.StartsWith(prefix, StringComparison.Ordinal)
            && (page.Length == prefix.Length || page[prefix.Length] == '/')
                ? prefix.Length
                : 0;
    }

    private static List<Match> InOrder(List<Ranked> ranked)
    {
        ranked.Sort(Compare);
        var matches = new List<Match>(ranked.Count);
        foreach (var one in ranked)
        {
            // An item stands here twice if it has a URL of kind site and another for this hostname. Both are the same,
            // so neighbours.
            if (matches.Count == 0 || matches[^1].Item.Id != one.Match.Item.Id)
            {
                matches.Add(one.Match);
            }
        }
        return matches;
    }

    private static int Compare(Ranked left, Ranked right)
    {
        var (first, second) = (left.Match, right.Match);
        var order = second.Strength.CompareTo(first.Strength);
        order = order != 0 ? order : second.Item.UsedAt.CompareTo(first.Item.UsedAt);
        order = order != 0 ? order : right.PathAgreement.CompareTo(left.PathAgreement);
        order = order != 0 ? order : string.CompareOrdinal(first.Item.Title, second.Item.Title);
        return order != 0 ? order : IdOrder.Compare(first.Item.Id, second.Item.Id);
    }

    private void Post(int key, ItemSummary item)
    {
        ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(_heads, key, out var exists);
        var posting = new Posting(item, exists ? head : None);
        if (_free == None)
        {
            head = _postings.Count;
            _postings.Add(posting);
            return;
        }
        head = _free;
        _free = _postings[head].Next;
        _postings[head] = posting;
    }

    private void Withdraw(int key, ItemSummary item)
    {
        var postings = CollectionsMarshal.AsSpan(_postings);
        var (before, at) = (None, _heads[key]);
        while (!ReferenceEquals(postings[at].Item, item))
        {
            (before, at) = (at, postings[at].Next);
        }
        var next = postings[at].Next;
        if (before != None)
        {
            postings[before].Next = next;
        }
        else if (next != None)
        {
            _heads[key] = next;
        }
        else
        {
            _heads.Remove(key);
        }
        postings[at] = new Posting(null, _free);
        _free = at;
    }

    private static int SiteUrlsOf(ItemSummary item)
    {
        var count = 0;
        foreach (var url in item.Urls)
        {
            count += url.Kind == MatchKind.Site ? 1 : 0;
        }
        return count;
    }

    /// <summary>The hashes under which an item stands, each once.</summary>
    private static List<int> KeysOf(ItemSummary item)
    {
        var keys = new List<int>(item.Urls.Count);
        foreach (var url in item.Urls)
        {
            if (url.Kind == MatchKind.Never || TypedUrl.TryParse(url.Value) is not { } typed)
            {
                continue;
            }
            var site = url.Kind == MatchKind.Site ? PublicSuffixList.SiteIn(typed.Hostname) : default;
            var key = site.IsEmpty ? HashOf(typed.Hostname, isSite: false) : HashOf(site, isSite: true);
            if (!keys.Contains(key))
            {
                keys.Add(key);
            }
        }
        return keys;
    }

    /// <summary>The runtime's hash is keyed anew in each process, so nobody can prepare items that collide.</summary>
    private static int HashOf(ReadOnlySpan<char> name, bool isSite) => string.GetHashCode(name) ^ (isSite ? 1 : 0);
}
