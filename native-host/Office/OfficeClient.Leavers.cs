using Contracts;
using Contracts.Wire;
using Office.Client;
using Office.State;

namespace Office;

/// <summary>
/// People who leave: what a removal would strand, and afterwards which passwords they could open. All of it is made anew each time, of log,
/// records, audit and the items' histories, so there is nothing to keep and nothing to lose.
/// </summary>
public sealed partial class OfficeClient
{
    /// <summary>What the removal of a member would do.</summary>
    /// <exception cref="OfficeException">We are no administrator, there is no such member, or the server cannot be asked.</exception>
    public Removal BeforeRemoval(Id member)
    {
        lock (_gate)
        {
            Pull();
            if (_state.Log.FindMember(member) is not { IsCurrent: true } leaving)
            {
                throw new OfficeException(OfficeError.NotThere, "there is no such member in the office", "reload, and look again");
            }
            var dependents = _server.Dependents(member);
            var now = Now;
            var groups = _state.Log.Groups.Where(group => group.Members.Contains(member)).ToList();
            return new Removal(
                _state.Items.Count(item => _state.StatusOf(item, now) == ItemStatus.Shown && item.Chain.RightOf(member, now, _state.NewestSigned) > Right.None),
                dependents.Unopened, dependents.Unmanaged, dependents.More,
                [.. groups.Select(group => group.Id)],
                [.. groups.Where(group => group.Members.Count() == 1).Select(group => group.Id)],
                leaving.Role == Role.Owner && _state.Log.Members.Count(other => other.IsCurrent && other.Role == Role.Owner) == 1);
        }
    }

    /// <summary>Everybody who was removed, the last one first, by what is known here: nothing is asked of the server.</summary>
    /// <param name="events">The audit, or nothing, if it is not ours to read.</param>
    public IReadOnlyList<Leaver> Leavers(IReadOnlyList<AuditEvent> events)
    {
        lock (_gate)
        {
            var removals = Removals();
            var exposed = Exposed(removals, events);
            return
            [
                .. removals.Reverse().Select(removal =>
                {
                    var passwords = exposed[removal.Member];
                    return new Leaver(
                        removal.Member, removal.Entry.Time, removal.Entry.Author, passwords.Count, passwords.Count(one => one.ChangedAt is not null),
                        passwords.Count(one => one.IsDue));
                }),
            ];
        }
    }

    /// <summary>The passwords that a leaver could open and that we can, worst first.</summary>
    /// <param name="member">The leaver.</param>
    /// <param name="events">The audit, or nothing, if it is not ours to read.</param>
    /// <returns><see langword="null"/> if the member was not removed.</returns>
    public (Leaver Leaver, IReadOnlyList<ExposedPassword> Passwords)? WorklistOf(Id member, IReadOnlyList<AuditEvent> events)
    {
        lock (_gate)
        {
            if (Removals().FirstOrDefault(removal => removal.Member == member) is not { Entry: { } entry } found)
            {
                return null;
            }
            IReadOnlyList<ExposedPassword> passwords = [.. Exposed([found], events)[member].WorstFirst()];
            return (
                new Leaver(
                    member, entry.Time, entry.Author, passwords.Count, passwords.Count(one => one.ChangedAt is not null), passwords.Count(one => one.IsDue)),
                passwords);
        }
    }

    /// <summary>The items that we see and nobody current manages, with the principals that may be given them.</summary>
    public IReadOnlyList<(Id Item, IReadOnlyList<Grant> Heirs)> Orphans()
    {
        lock (_gate)
        {
            var now = Now;
            return
            [
                .. _state.Items.Where(item => _state.StatusOf(item, now) == ItemStatus.Shown && IsOrphan(item))
                    .Select(item => (item.Id, (IReadOnlyList<Grant>)[.. item.Chain.Record!.Record.Grants.Where(IsHeir)])),
            ];
        }
    }

    /// <summary>Gives an item that nobody manages to a principal that can read it, and changes nothing else. Only owners may.</summary>
    /// <exception cref="OfficeException">Somebody manages it, the principal cannot read it, we own nothing, or the server cannot be asked.</exception>
    public void Adopt(Id id, Id principal)
    {
        lock (_gate)
        {
            CheckBeacon();
            if (_state.OurRole != Role.Owner)
            {
                throw new OfficeException(OfficeError.NotEntitled, "only an owner gives away an item that nobody manages", "ask an owner");
            }
            ChangeOnline(id, Right.Use, item =>
            {
                var record = item.Chain.Record!.Record;
                if (!IsOrphan(item) || !record.Grants.Any(grant => grant.Principal == principal && IsHeir(grant)))
                {
                    throw new OfficeException(OfficeError.Refused, "somebody manages the item, or the new manager cannot read it", "reload, and look again");
                }
                List<Grant> grants = [.. record.Grants.Select(grant => grant.Principal == principal ? grant with { Right = Right.Manage, NotBefore = 0, NotAfter = 0 } : grant)];
                return new WireItemChange
                {
                    Access = new WireAccess { Record = WireSigned.Of(NextRecord(item, record.Epoch, record.Commitment, grants)), Wraps = [] },
                };
            });
        }
    }

    private bool IsOrphan(SharedItem item) => !item.Chain.Record!.Record.Grants.Any(grant => grant.Right == Right.Manage && HasHolder(grant.Principal));

    private bool IsHeir(Grant grant) => grant.Right >= Right.Read && HasHolder(grant.Principal);

    private bool HasHolder(Id principal) =>
        _state.Log.FindMember(principal)?.IsCurrent == true || _state.Log.FindGroup(principal)?.Members.Any() == true;

    private IReadOnlyList<(Id Member, RemoveEntry Entry)> Removals() =>
    [
        .. _state.Entries.Select(entry => entry.Record).OfType<RemoveEntry>()
            .Where(entry => _state.Log.FindMember(entry.Member)?.IsCurrent == false)
            .GroupBy(entry => entry.Member)
            .Select(same => (same.Key, same.Last())),
    ];

    /// <summary>For each leaver the passwords that they could open. Every item is opened once, whoever could.</summary>
    private Dictionary<Id, List<ExposedPassword>> Exposed(IReadOnlyList<(Id Member, RemoveEntry Entry)> removals, IReadOnlyList<AuditEvent> events)
    {
        var now = Now;
        var exposed = removals.ToDictionary(removal => removal.Member, _ => new List<ExposedPassword>());
        var uses = UsesIn(events, exposed.Keys);
        var recordedAt = events.Where(happened => happened is { Kind: AuditKind.Access, Subject: not null })
            .GroupBy(happened => (happened.Subject!.Value, happened.Detail)).ToDictionary(same => same.Key, same => same.Min(happened => happened.Time));
        foreach (var item in _state.Items.Where(item => _state.StatusOf(item, now) == ItemStatus.Shown))
        {
            var holders = removals.Select(removal => (removal.Member, removal.Entry, Held: item.Chain.HeldBy(removal.Member))).Where(one => one.Held is not null).ToList();
            if (holders.Count == 0)
            {
                continue;
            }
            using var content = _state.OpenContent(item);
            if (content is null || !Exposure.HasPassword(content))
            {
                continue;
            }
            foreach (var (member, entry, held) in holders)
            {
                var after = LostAt(item, held!.Value, entry, recordedAt);
                exposed[member].Add(new ExposedPassword(
                    item.Id, Exposure.TextOf(content.Body, "Title"), Exposure.TextOf(content.Body, "UserName"), content.Body.Urls, held.Value,
                    uses.GetValueOrDefault((member, item.Id)), Exposure.ChangedAt(content, member, after, now), item.Chain.IsEpochDue));
            }
        }
        return exposed;
    }

    /// <summary>
    /// When a leaver could last open an item: by the log's entry or, where a record took it earlier, by the server's note of that record;
    /// where nobody says when, with the removal, so that nothing counts as changed that was not.
    /// </summary>
    private long LostAt(SharedItem item, Held held, RemoveEntry entry, Dictionary<(Id Item, long Version), long> recordedAt) => Math.Min(
        entry.Time,
        held.Until is { } place ? _state.Entries[(int)place].Record.Time
        : recordedAt.TryGetValue((item.Id, held.Version + 1), out var recorded) ? recorded
        : entry.Time);

    private static Dictionary<(Id Member, Id Item), Uses> UsesIn(IReadOnlyList<AuditEvent> events, IReadOnlyCollection<Id> members)
    {
        var uses = new Dictionary<(Id Member, Id Item), Uses>();
        foreach (var happened in events)
        {
            if (happened is { Kind: AuditKind.Reveal or AuditKind.Copy or AuditKind.Fill, Member: { } member, Subject: { } item } && members.Contains(member))
            {
                uses[(member, item)] = uses.GetValueOrDefault((member, item)).And(happened);
            }
        }
        return uses;
    }
}
