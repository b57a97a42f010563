using Contracts;

namespace Office.State;

/// <summary>
/// The few items of which something besides a delivery may change how they stand: the clock, or the log. Kept, so that one change costs the same
/// in an office of a hundred items and of fifty thousand.
/// </summary>
public sealed partial class OfficeState
{
    private readonly HashSet<SharedItem> _limited = []; // with a grant to anybody that begins or ends
    private readonly HashSet<SharedItem> _due = [];
    private readonly HashSet<SharedItem> _notJudged = [];
    private LogHead? _judgedAt;

    /// <summary>The items of which a new epoch is due, by our log.</summary>
    public IReadOnlyList<SharedItem> EpochDue
    {
        get
        {
            foreach (var item in _judgedAt == Log.Head ? _notJudged : Items)
            {
                Put(_due, item, item.Chain.IsEpochDue);
            }
            _notJudged.Clear();
            _judgedAt = Log.Head;
            return [.. _due];
        }
    }

    private void Watch(SharedItem item)
    {
        _notJudged.Add(item);
        Put(_limited, item, item.Chain.CountingRecord?.Record.Grants.Any(grant => grant.NotBefore != 0 || grant.NotAfter != 0) == true);
    }

    private static void Put(HashSet<SharedItem> items, SharedItem item, bool belongs)
    {
        if (belongs)
        {
            items.Add(item);
        }
        else
        {
            items.Remove(item);
        }
    }
}
