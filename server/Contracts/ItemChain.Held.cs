namespace Contracts;

/// <summary>What a member can or once could do with an item.</summary>
/// <param name="Right">The highest right that there ever was.</param>
/// <param name="Principal">What it came through: the member, or a group.</param>
/// <param name="Version">The last record under which the member could open the item.</param>
/// <param name="Until">The place in the log at which that ended; <see langword="null"/> if the next record ended it, or nothing has.</param>
public readonly record struct Held(Right Right, Id Principal, long Version, long? Until);

/// <summary>Looks back along the records: who could open the item, whatever has become of that since.</summary>
public sealed partial class ItemChain
{
    /// <summary>What a member can or once could do with this item, by every record that counts and every place of the log since.</summary>
    /// <param name="member">The member, also a former one.</param>
    /// <returns><see langword="null"/> if the member could never open it. Limits of time are not looked at: what a grant names counts.</returns>
    public Held? HeldBy(Id member)
    {
        var turns = log.TurnsOf(member);
        Held? held = null;
        for (var number = 0; number < _counting; number++)
        {
            var record = _records[number].Record;
            var end = number + 1 < _records.Count ? _records[number + 1].Record.LogHead.Index : log.Head!.Value.Index;
            long? until = null;
            var isHeld = false;
            foreach (var place in turns.Where(turn => turn > record.LogHead.Index && turn <= end).Prepend(record.LogHead.Index))
            {
                if (GrantOf(record, member, place) is not { } grant)
                {
                    until ??= isHeld ? place : null;
                    continue;
                }
                (isHeld, until) = (true, null);
                held = held is { } before && before.Right >= grant.Right
                    ? before with { Version = record.Version }
                    : new Held(grant.Right, grant.Principal, record.Version, Until: null);
            }
            if (isHeld)
            {
                held = held!.Value with { Until = until };
            }
        }
        return held;
    }

    /// <summary>The highest grant of a record that a member had at a place of the log; by name before through a group.</summary>
    private Grant? GrantOf(AccessRecord record, Id member, long place) => log.FindMember(member)?.RecordAt(place) is null
        ? null
        : record.Grants.Where(grant => log.IsIn(grant.Principal, member, place))
            .OrderByDescending(grant => grant.Right).ThenBy(grant => grant.Principal != member).FirstOrDefault();
}
