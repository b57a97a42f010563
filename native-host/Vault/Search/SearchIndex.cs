using System.Runtime.InteropServices;
using Vault.Matching;

namespace Vault.Search;

/// <summary>A page of what was found.</summary>
/// <param name="Items">The items, the best first.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Next">The offset of the next page, or <see langword="null"/> if this is the last.</param>
public sealed record SearchPage(IReadOnlyList<ItemSummary> Items, int Total, int? Next);

/// <summary>A page of what was found in several indexes.</summary>
/// <param name="Items">The items, the best first, each with the position of its index.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Next">The offset of the next page, or <see langword="null"/> if this is the last.</param>
public sealed record JointSearchPage(IReadOnlyList<(ItemSummary Item, int Index)> Items, int Total, int? Next);

/// <summary>
/// Finds items as a person types. Holds their folded text in one array and reads all of it for each query: a scan of
/// 10,000 items costs
/// less than a millisecond, so there is no index of words. Not safe for use from two threads at once.
/// </summary>
public sealed class SearchIndex
{
    // Below this many bytes of removed text, making room costs more than it gives.
    private const int MinWasteBytes = 64 * 1024;

    private readonly Dictionary<ItemId, int> _slots = [];
    private readonly List<Entry> _entries = [];
    private byte[] _text = [];
    private int _textBytes;
    private int _wasteBytes;

    /// <summary>Makes an empty index.</summary>
    public SearchIndex()
    {
    }

    /// <summary>Makes an index of many items at once.</summary>
    public SearchIndex(IReadOnlyCollection<ItemSummary> items)
    {
        _slots.EnsureCapacity(items.Count);
        _entries.EnsureCapacity(items.Count);
        foreach (var item in items)
        {
            Set(item);
        }
        Array.Resize(ref _text, _textBytes);
    }

    // The time of use stands here too: reaching for each item that a letter finds would cost more than finding it.
    private readonly record struct Entry(ItemSummary Item, int Start, int Length, long UsedTicks);

    /// <summary>How many items there are.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds an item, or replaces the one of the same id.</summary>
    public void Set(ItemSummary item)
    {
        var maxBytes = SearchText.MaxBytes(item);
        if (maxBytes > _text.Length - _textBytes)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _textBytes + maxBytes));
        }
        var length = SearchText.Write(item, _text.AsSpan(_textBytes));
        var entry = new Entry(item, _textBytes, length, item.UsedAt.UtcTicks);
        _textBytes += length;

        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_slots, item.Id, out var exists);
        if (!exists)
        {
            slot = _entries.Count;
            _entries.Add(entry);
            return;
        }
        _wasteBytes += _entries[slot].Length;
        _entries[slot] = entry;
        CompactIfWorthIt();
    }

    /// <summary>Removes an item.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(ItemId id)
    {
        if (!_slots.Remove(id, out var slot))
        {
            return false;
        }
        _wasteBytes += _entries[slot].Length;
        var last = _entries.Count - 1;
        if (slot != last)
        {
            _entries[slot] = _entries[last];
            _slots[_entries[slot].Item.Id] = slot;
        }
        _entries.RemoveAt(last);
        CompactIfWorthIt();
        return true;
    }

    /// <summary>Finds items.</summary>
    /// <param name="query">As typed: see native-host/docs/matching.md, "Search". Empty finds every item.</param>
    /// <param name="now">The time, for <c>is:expired</c>.</param>
    /// <param name="limit">How many items a page has at the most.</param>
    /// <param name="offset">How many items to leave out: <see cref="SearchPage.Next"/> of the page before, or
    /// 0.</param>
    /// <returns>A page; empty if the offset is beyond the last item.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is less than 1 or the offset negative.</exception>
    public SearchPage Find(string query, DateTimeOffset now, int limit, int offset = 0)
    {
        var page = Find([this], query, now, limit, offset);
        return new SearchPage([.. page.Items.Select(found => found.Item)], page.Total, page.Next);
    }

    /// <summary>Finds items of several indexes in the order that one index of them all would have. Between equals the earlier index comes
    /// first.</summary>
    /// <param name="indexes">The indexes, one at the least.</param>
    /// <param name="query">As above.</param>
    /// <param name="now">As above.</param>
    /// <param name="limit">As above.</param>
    /// <param name="offset">As above.</param>
    /// <param name="isLeftOut">Whether an item is not to be found; none if not given.</param>
    /// <returns>A page; empty if the offset is beyond the last item.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is less than 1 or the offset negative.</exception>
    public static JointSearchPage Find(
        IReadOnlyList<SearchIndex> indexes, string query, DateTimeOffset now, int limit, int offset = 0, Predicate<ItemId>? isLeftOut = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var parsed = SearchQuery.Parse(query);
        List<Hit>[] found = [.. indexes.Select(index => index.Scan(parsed, now, isLeftOut))];
        var total = found.Sum(hits => hits.Count);
        if (offset >= total)
        {
            return new JointSearchPage([], total, null);
        }
        var end = (int)Math.Min((long)offset + limit, total);
        for (var index = 0; index < found.Length; index++)
        {
            indexes[index].Order(CollectionsMarshal.AsSpan(found[index]), Math.Min(end, found[index].Count));
        }
        var items = new List<(ItemSummary Item, int Index)>(end - offset);
        var next = new int[found.Length];
        for (var at = 0; at < end; at++)
        {
            var best = Best(indexes, found, next);
            var hit = found[best][next[best]++];
            if (at >= offset)
            {
                items.Add((indexes[best]._entries[hit.Slot].Item, best));
            }
        }
        return new JointSearchPage(items, total, end < total ? end : null);
    }

    /// <summary>The index whose next hit comes first; there is one.</summary>
    private static int Best(IReadOnlyList<SearchIndex> indexes, List<Hit>[] found, int[] next)
    {
        var best = -1;
        for (var index = 0; index < found.Length; index++)
        {
            if (next[index] < found[index].Count
                && (best < 0 || Compare(indexes[index], found[index][next[index]], indexes[best], found[best][next[best]]) < 0))
            {
                best = index;
            }
        }
        return best;
    }

    private readonly record struct Hit(int Rank, int Slot, long UsedTicks);

    private List<Hit> Scan(SearchQuery query, DateTimeOffset now, Predicate<ItemId>? isLeftOut)
    {
        var hits = new List<Hit>();
        var entries = CollectionsMarshal.AsSpan(_entries);
        for (var slot = 0; slot < entries.Length; slot++)
        {
            ref readonly var entry = ref entries[slot];
            var rank = SearchRanking.Rank(_text.AsSpan(entry.Start, entry.Length), query.Words);
            if (rank >= 0 && Holds(query, entry.Item, now) && isLeftOut?.Invoke(entry.Item.Id) != true)
            {
                hits.Add(new Hit(rank, slot, entry.UsedTicks));
            }
        }
        return hits;
    }

    private static bool Holds(SearchQuery query, ItemSummary item, DateTimeOffset now)
    {
        foreach (var holds in query.Conditions)
        {
            if (!holds(item, now))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Brings the first hits into order and leaves the others behind them: one letter finds most of a vault,
    /// and a page shows few.</summary>
    private void Order(Span<Hit> hits, int wanted)
    {
        while (hits.Length > wanted * 2 && hits.Length > 64)
        {
            var middle = Partition(hits);
            if (middle >= wanted)
            {
                hits = hits[..middle];
                continue;
            }
            hits[..middle].Sort(Compare);
            hits = hits[middle..];
            wanted -= middle;
        }
        hits.Sort(Compare);
    }

    /// <summary>Hoare's partition: what comes first in order to the left, what comes later to the right of the
    /// position returned.</summary>
    private int Partition(Span<Hit> hits)
    {
        var pivot = MedianOf(hits[0], hits[hits.Length / 2], hits[^1]);
        var (left, right) = (-1, hits.Length);
        while (true)
        {
            do
            {
                left++;
            }
            while (Compare(hits[left], pivot) < 0);
            do
            {
                right--;
            }
            while (Compare(hits[right], pivot) > 0);
            if (left >= right)
            {
                return left;
            }
            (hits[left], hits[right]) = (hits[right], hits[left]);
        }
    }

    private Hit MedianOf(Hit first, Hit second, Hit third)
    {
        if (Compare(first, second) > 0)
        {
            (first, second) = (second, first);
        }
        if (Compare(second, third) <= 0)
        {
            return second;
        }
        return Compare(first, third) > 0 ? first : third;
    }

    private int Compare(Hit left, Hit right) => Compare(this, left, this, right);

    /// <summary>Rank, then the last used, then title, then id: the same order each time.</summary>
    private static int Compare(SearchIndex leftIndex, Hit left, SearchIndex rightIndex, Hit right)
    {
        if (left.Rank != right.Rank)
        {
            return left.Rank.CompareTo(right.Rank);
        }
        if (left.UsedTicks != right.UsedTicks)
        {
            return right.UsedTicks.CompareTo(left.UsedTicks);
        }
        var (first, second) = (leftIndex._entries[left.Slot], rightIndex._entries[right.Slot]);
        // The text begins with the folded title.
        var order = leftIndex._text.AsSpan(first.Start, first.Length)
            .SequenceCompareTo(rightIndex._text.AsSpan(second.Start, second.Length));
        return order != 0 ? order : IdOrder.Compare(first.Item.Id, second.Item.Id);
    }

    private void CompactIfWorthIt()
    {
        if (_wasteBytes < MinWasteBytes || _wasteBytes < _textBytes / 2)
        {
            return;
        }
        var text = new byte[_textBytes - _wasteBytes];
        var at = 0;
        foreach (ref var entry in CollectionsMarshal.AsSpan(_entries))
        {
            _text.AsSpan(entry.Start, entry.Length).CopyTo(text.AsSpan(at));
            entry = entry with { Start = at };
            at += entry.Length;
        }
        (_text, _textBytes, _wasteBytes) = (text, at, 0);
    }
}
