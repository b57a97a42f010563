using Contracts;
using Server.Storage;

namespace Server.Items;

/// <summary>The items of a transaction's changes, in their order, of those that the member holds. Several are asked for at once.</summary>
internal sealed class HeldItems
{
    /// <summary>An item's records may be long, and as many are in memory.</summary>
    private const int Together = 16;

    private readonly Work _work;
    private readonly Id _member;
    private readonly IReadOnlyList<ItemChange> _changes;
    private readonly Queue<Func<MembershipLog, Task<StoredItem?>>> _asked = [];
    private int _next;

    /// <summary>Asks for the first of them, which come along with the next statement that is waited for.</summary>
    public HeldItems(Work work, Id member, IReadOnlyList<ItemChange> changes)
    {
        (_work, _member, _changes) = (work, member, changes);
        Ask();
    }

    /// <summary>Gives the next one, as it is once what came before it is done.</summary>
    /// <returns><see langword="null"/> if there is none, or the member holds none.</returns>
    public async Task<StoredItem?> NextAsync(MembershipLog log)
    {
        if (_asked.Count == 0)
        {
            Ask();
        }
        return await _asked.Dequeue()(log);
    }

    private void Ask()
    {
        HashSet<Id> items = [];
        // What comes again is another one by then.
        while (_next < _changes.Count && items.Count < Together && items.Add(_changes[_next].Item))
        {
            _asked.Enqueue(StoredItem.HeldLater(_work.Session, _changes[_next].Item, _member, _work.Now));
            _next++;
        }
    }
}
