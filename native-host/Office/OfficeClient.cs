using Contracts;
using Office.Client;
using Office.Content;
using Office.State;
using Office.Store;

namespace Office;

/// <summary>Shows what became of items to whoever holds the copy.</summary>
public interface IShareView
{
    /// <summary>Makes changes in the copy, one caller at a time, and tells whoever looks at it.</summary>
    void Change(Action<ShareCopy> change);
}

/// <summary>Something that a person should hear of.</summary>
/// <param name="Kind"><c>conflict</c>, <c>frozen</c>, <c>notSent</c>, <c>restored</c>, <c>copyLost</c>, <c>secondAnswer</c>, <c>oldBeacon</c>, <c>auditChanged</c>.</param>
/// <param name="Text">What happened, lower case, without a full stop, nothing secret.</param>
/// <param name="Item">The item that it is about.</param>
public sealed record OfficeNotice(string Kind, string Text, Id? Item = null);

/// <summary>How things are with an office.</summary>
/// <param name="IsConnected">Whether the last exchange with the server succeeded.</param>
/// <param name="Problem">Why not; <see langword="null"/> if it did, or none was tried.</param>
/// <param name="SyncedAt">When it last did.</param>
/// <param name="Waiting">How many changes wait to be sent.</param>
/// <param name="NotSent">How many the server would not have.</param>
/// <param name="Frozen">How many items are frozen.</param>
/// <param name="Notices">What happened since the office was opened, the newest last.</param>
public sealed record OfficeStatus(
    bool IsConnected, OfficeException? Problem, DateTimeOffset? SyncedAt, int Waiting, int NotSent, int Frozen, IReadOnlyList<OfficeNotice> Notices);

/// <summary>
/// One office, open: everything that a member's host does with its share server. Requests of people and the exchange with the server may come
/// from any thread; one at a time works on the state, and nobody waits for the network who only reads the copy.
/// </summary>
public sealed partial class OfficeClient : IDisposable
{
    private const int MaxTries = 5;
    private const int MaxNotices = 100;

    private readonly Membership _us;
    private readonly OfficeState _state;
    private readonly Outbox _outbox;
    private readonly Reports _reports;
    private readonly PartStore _parts;
    private readonly AccessSteps _steps;
    private readonly ServerConnection _server;
    private readonly IShareView _view;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<OfficeNotice> _notices = [];
    private LogHead? _remembered;
    private OfficeException? _problem;
    private DateTimeOffset? _syncedAt;

    /// <summary>Opens an office. Nothing is sent yet.</summary>
    /// <param name="us">Who we are there; the client disposes it.</param>
    /// <param name="folder">Where the copy and what lies beside it are.</param>
    /// <param name="view">Who holds the copy.</param>
    /// <param name="time">The clock.</param>
    /// <param name="remembered">A head that the log must have gone through, by the own vault; <see langword="null"/> if none is known.</param>
    /// <exception cref="Vault.VaultException">What is kept cannot be read or written.</exception>
    public OfficeClient(Membership us, string folder, IShareView view, TimeProvider time, LogHead? remembered = null)
    {
        (_us, _view, _time, _remembered) = (us, view, time, remembered);
        _state = new OfficeState(us, folder);
        try
        {
            _outbox = new Outbox(us, folder);
            _reports = new Reports(us, folder);
            _parts = new PartStore(us, folder);
            _steps = new AccessSteps(us, folder);
        }
        catch
        {
            _reports?.Dispose();
            _outbox?.Dispose();
            _state.Dispose();
            throw;
        }
        RemoveStrayParts();
        _limits = time.CreateTimer(_ => LookAtLimits(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        ShowRequests();
        _answered = [.. _state.OpenInvitations]; // an answer may have come and not been looked at
        TakeServer();
        _server = new ServerConnection(
            () => (_vouching ?? us.Server).Addresses, ServerTrust.In(() => (_vouching ?? us.Server).Pins), new Signer(us.Office, us.Member, us.Signing), time);
    }

    /// <summary>Who we are.</summary>
    public Membership Us => _us;

    /// <summary>How things are.</summary>
    public OfficeStatus Status
    {
        get
        {
            lock (_gate)
            {
                var now = Now;
                return new OfficeStatus(
                    _problem is null && _syncedAt is not null, _problem, _syncedAt,
                    _outbox.Entries.Count(entry => entry.Failure is null), _outbox.Entries.Count(entry => entry.Failure is not null),
                    _state.Items.Count(item => _state.StatusOf(item, now) == ItemStatus.Frozen), [.. _notices]);
            }
        }
    }

    /// <summary>Whether the last exchange with the server succeeded, or none was tried. Waits for nobody.</summary>
    public bool IsReached => Volatile.Read(ref _problem) is null;

    /// <summary>The log's head, to be remembered in the own vault too.</summary>
    public LogHead? Head => Read(state => state.Log.Head);

    /// <summary>Reads the state.</summary>
    public T Read<T>(Func<OfficeState, T> read)
    {
        lock (_gate)
        {
            return read(_state);
        }
    }

    /// <summary>What we may do with an item now.</summary>
    public Right RightOf(Id item) => Read(state => state.Find(item) is { } found ? state.RightOf(found, Now)
        : _outbox.Of(item).Count > 0 ? Right.Manage
        : Right.None);

    /// <summary>How an item stands.</summary>
    public ItemStatus? StatusOf(Id item) => Read<ItemStatus?>(state => state.Find(item) is { } found ? state.StatusOf(found, Now) : null);

    /// <summary>Says what may be done with each item and, in a copy that is new or behind, puts in everything that may be shown.</summary>
    public void Show()
    {
        lock (_gate)
        {
            var isBehind = false;
            _view.Change(copy =>
            {
                foreach (var (folder, known) in copy.Folders)
                {
                    _folders[folder] = known;
                }
                isBehind = copy.Mark != _state.Count;
                if (copy.IsNew && !_state.IsEmpty)
                {
                    Notice(new OfficeNotice("copyLost", $"the copy of {_us.Name} was not there, or damaged, and was made anew"));
                }
                foreach (var item in _state.Items)
                {
                    copy.SetRight(item.Id, _state.HeldRightOf(item, Now));
                }
                foreach (var entry in _outbox.Entries.Where(entry => entry.IsNew && _state.Find(entry.Item) is null))
                {
                    using var content = WithWaiting(entry.Item, entry.OpenOurs());
                    copy.Put(entry.Item, content);
                    copy.SetRight(entry.Item, HeldRight.Always(Right.Manage));
                }
            });
            // The copy may not have reached the disk since a change was made: what waits tells.
            ShowAgain([.. _state.Items.Where(item => isBehind || _outbox.Of(item.Id).Count > 0)]);
            if (isBehind)
            {
                MarkCopy();
            }
            ShowLimited();
        }
    }

    /// <summary>One whole exchange: takes what is new, sends what waits, and does what a change of the log asks for.</summary>
    /// <exception cref="OfficeException">It could not be done to the end; what was done stays.</exception>
    public void Sync()
    {
        lock (_gate)
        {
            try
            {
                Pull();
                Push();
                SendParts();
                AnswerInvitations();
                RekeyWhatIsDue();
                PutBeaconIfDue();
                SendReports();
                ShowLimited();
                MarkCopy();
                (_problem, _syncedAt) = (null, _time.GetUtcNow());
            }
            catch (OfficeException failure)
            {
                _problem = failure;
                throw;
            }
        }
    }

    /// <summary>Ends what runs with the server and wipes the keys: at once or, if an exchange runs just now, when that has noticed.</summary>
    public void Dispose()
    {
        Stop();
        _reportsDue?.Dispose();
        _limits.Dispose();
        _server.Dispose(); // what waits for an answer gets none
        KeepReports();
        if (_gate.TryEnter())
        {
            Wipe();
            _gate.Exit();
            return;
        }
        // Whoever locks holds what the exchange may wait for.
        new Thread(() =>
        {
            lock (_gate)
            {
                Wipe();
            }
        })
        { IsBackground = true }.Start();
    }

    private void Wipe()
    {
        _steps.Dispose();
        _outbox.Dispose();
        _reports.Dispose();
        _state.Dispose();
        _us.Dispose();
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Notice(OfficeNotice notice)
    {
        if (_notices.Count == MaxNotices)
        {
            _notices.RemoveAt(0);
        }
        _notices.Add(notice);
    }

    /// <summary>Puts into the copy what may be shown of items, with the changes of ours that wait, and takes out what may not.</summary>
    /// <param name="items">The items.</param>
    /// <param name="whenOpened">Called once every core is no longer needed: what is opened goes into the copy on one.</param>
    private void ShowAgain(List<SharedItem> items, Action? whenOpened = null)
    {
        if (items.Count == 0)
        {
            whenOpened?.Invoke();
            return;
        }
        var now = Now;
        var shown = new List<(SharedItem Item, ItemContent? Content)>();
        HashSet<Id> moved = [];
        try
        {
            var toOpen = items.Where(item => _state.StatusOf(item, now) == ItemStatus.Shown).ToList();
            shown.AddRange(toOpen.Zip(_state.OpenContents(toOpen)).Where(one => one.Second is not null));
            whenOpened?.Invoke();
            foreach (var item in items)
            {
                switch (_state.StatusOf(item, now))
                {
                    case ItemStatus.Lost or ItemStatus.Removed:
                        shown.Add((item, null));
                        break;
                    case ItemStatus.Frozen:
                        Notice(new OfficeNotice("frozen", $"an item stays as it was last: a check failed ({item.Failure})", item.Id));
                        break;
                    default:
                        break; // opened already, or what was shown stays
                }
            }
            _view.Change(copy =>
            {
                // Here, where nobody changes the copy meanwhile.
                for (var number = 0; number < shown.Count; number++)
                {
                    var (item, content) = shown[number];
                    shown[number] = (item, content is null ? null : WithWaiting(item.Id, content));
                }
                moved = TakeFolders(shown);
                HashSet<Id> withParts = [.. _parts.Items];
                foreach (var (item, content) in shown)
                {
                    if (withParts.Contains(item.Id))
                    {
                        KeepParts(item.Id, content);
                    }
                    copy.SetFolder(item.Id, _folders.GetValueOrDefault(item.Id));
                    if (content is null or { Kind: FolderKind })
                    {
                        copy.Remove(item.Id);
                        continue;
                    }
                    copy.Put(item.Id, content, PathOf(FolderOf(item)));
                    var right = _state.HeldRightOf(item, now);
                    copy.SetRight(item.Id, content.IsWritable ? right : right with { Right = Least(right.Right, Right.Read), Unlimited = Least(right.Unlimited, Right.Read) });
                }
            });
        }
        finally
        {
            shown.ForEach(one => one.Content?.Dispose());
        }
        _state.Write(isLast: false); // what failed
        if (moved.Count > 0)
        {
            ShowAgain([.. ItemsIn(moved).Except(items)]);
        }
    }

    private static Right Least(Right one, Right other) => one < other ? one : other;

    /// <summary>Notes in the copy how much of what is known is in it.</summary>
    private void MarkCopy() => _view.Change(copy =>
    {
        if (copy.Mark != _state.Count)
        {
            copy.Mark = _state.Count;
        }
    });

    /// <summary>What a content is once the changes that wait are made.</summary>
    private ItemContent WithWaiting(Id item, ItemContent content)
    {
        foreach (var entry in _outbox.Of(item))
        {
            using var common = entry.OpenCommon();
            using var ours = entry.OpenOurs();
            if (common is not null && content.IsWritable)
            {
                var merged = Copy(Merge(entry, common, content, ours).Content);
                content.Dispose();
                content = merged;
            }
        }
        return content;
    }

    private MergedContent Merge(OutboxEntry entry, ItemContent common, ItemContent theirs, ItemContent ours) => ContentMerge.Merge(
        ContentMerge.WithUnknownOf(theirs, common), theirs, ContentMerge.WithUnknownOf(theirs, ours), entry.Time, _us.Member);

    /// <summary>A content of its own, so that clearing another does not clear it.</summary>
    private static ItemContent Copy(ItemContent content)
    {
        var json = ContentJson.Write(content);
        try
        {
            return ContentJson.TryRead(json) ?? throw new InvalidOperationException("what was written is not read");
        }
        finally
        {
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(json);
        }
    }
}
