using Contracts;

namespace Office.Store;

/// <summary>What one item's access is to become.</summary>
/// <param name="Item">The item, or the folder.</param>
/// <param name="Grants">Who is to have which right; <see cref="Right.None"/> takes one away. Whoever is not named keeps what there is.</param>
/// <param name="Moves">Whether the item is to lie in <paramref name="Folder"/>; else it stays where it is.</param>
/// <param name="Folder">The folder; <see langword="null"/> for the top.</param>
public sealed record AccessChange(Id Item, IReadOnlyList<Grant> Grants, bool Moves = false, Id? Folder = null);

/// <summary>An item of a step that stays as it was.</summary>
public sealed record StepRefusal(Id Item, OfficeError Error);

/// <summary>How a step stands.</summary>
/// <param name="Total">How many items it is about.</param>
/// <param name="Done">How many of them have been gone through, from the first on.</param>
/// <param name="Refused">Those that stay as they were.</param>
/// <param name="IsCancelled">Whether the rest was given up: what is done stays.</param>
public sealed record StepProgress(int Total, int Done, IReadOnlyList<StepRefusal> Refused, bool IsCancelled)
{
    /// <summary>Whether nothing is left to be done.</summary>
    public bool IsOver => IsCancelled || Done == Total;
}

/// <summary>
/// Changes of access to many items, each a step of its own: on the disk before anybody is told that it begins, gone through in order, and after
/// a restart from where it was. A change says what is to be and not what was, so one that was done already changes nothing. May be used from
/// several threads.
/// </summary>
public sealed class AccessSteps : IDisposable
{
    private const byte Begun = (byte)'B', Went = (byte)'W', Refusal = (byte)'R', Cancelled = (byte)'C';
    private const int GrantBytes = Id.Bytes + 1 + (2 * sizeof(long));

    /// <summary>Steps that are over are told of as long as so few came after them.</summary>
    private const int KeptOver = 20;

    private readonly Lock _gate = new();
    private readonly Journal _journal;
    private readonly List<Step> _steps = [];

    /// <summary>Opens the steps of an office.</summary>
    /// <exception cref="Vault.VaultException">They are damaged, or cannot be read or written.</exception>
    public AccessSteps(Membership us, string folder)
    {
        using var key = us.FileKey("steps");
        _journal = Journal.Open(Path.Combine(folder, us.FileName + ".steps"), key.Span, Replay);
    }

    /// <summary>Begins a step. One of this id that is there already goes on as it is.</summary>
    /// <exception cref="Vault.VaultException">It cannot be written: then it does not begin.</exception>
    public void Begin(Id id, IReadOnlyList<AccessChange> changes)
    {
        lock (_gate)
        {
            if (Find(id) is not null)
            {
                return;
            }
            _journal.Append(Pack.Of([Begun], id.ToArray(), Write(changes)));
            _steps.Add(new Step(id, changes));
            while (_steps.Count > KeptOver && _steps.Find(step => step.Progress.IsOver) is { } over)
            {
                _steps.Remove(over);
            }
        }
    }

    /// <summary>How a step stands.</summary>
    /// <returns><see langword="null"/> if there is none of this id, or it was over long ago.</returns>
    public StepProgress? ProgressOf(Id id)
    {
        lock (_gate)
        {
            return Find(id)?.Progress;
        }
    }

    /// <summary>Gives up what is left of a step.</summary>
    /// <exception cref="Vault.VaultException">It cannot be written: then the step goes on.</exception>
    public void Cancel(Id id)
    {
        lock (_gate)
        {
            if (Find(id) is { Progress.IsOver: false } step)
            {
                _journal.Append(Pack.Of([Cancelled], id.ToArray()));
                step.Progress = step.Progress with { IsCancelled = true };
                ClearIfOver();
            }
        }
    }

    /// <summary>The next changes that are to be made, of the oldest step that is not over.</summary>
    /// <param name="count">How many at the most.</param>
    internal (Id Step, IReadOnlyList<AccessChange> Changes)? Next(int count)
    {
        lock (_gate)
        {
            return _steps.Find(step => !step.Progress.IsOver) is { } next
                ? (next.Id, [.. next.Changes.Skip(next.Progress.Done).Take(count)])
                : null;
        }
    }

    /// <summary>Notes that the next changes of a step were gone through.</summary>
    internal void Advance(Id id, int count, IReadOnlyList<StepRefusal> refused)
    {
        lock (_gate)
        {
            if (Find(id) is not { } step)
            {
                return;
            }
            var done = step.Progress.Done + count;
            _journal.Append([
                .. refused.Select(one => Pack.Of([Refusal], id.ToArray(), one.Item.ToArray(), [(byte)one.Error])),
                Pack.Of([Went], id.ToArray(), Pack.Of((long)done)),
            ]);
            step.Progress = step.Progress with { Done = done, Refused = [.. step.Progress.Refused, .. refused] };
            ClearIfOver();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _journal.Dispose();
        }
    }

    private Step? Find(Id id) => _steps.Find(step => step.Id == id);

    private void ClearIfOver()
    {
        if (_steps.TrueForAll(step => step.Progress.IsOver))
        {
            _journal.Clear();
        }
    }

    private void Replay(ReadOnlySpan<byte> entry)
    {
        try
        {
            var parts = Pack.Open(entry);
            switch (parts[0], parts.Length)
            {
                case ([Begun], 3):
                    _steps.Add(new Step(new Id(parts[1]), Read(parts[2])));
                    break;
                case ([Went], 3):
                    Change(parts[1], progress => progress with { Done = checked((int)Pack.NumberOf(parts[2])) });
                    break;
                case ([Refusal], 4):
                    var refusal = new StepRefusal(new Id(parts[2]), (OfficeError)parts[3].Single());
                    Change(parts[1], progress => progress with { Refused = [.. progress.Refused, refusal] });
                    break;
                case ([Cancelled], 2):
                    Change(parts[1], progress => progress with { IsCancelled = true });
                    break;
                default:
                    throw new FormatException("an entry is of no known kind");
            }
        }
        catch (Exception refused) when (refused is FormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            throw new Vault.VaultException(
                Vault.VaultError.Unsupported, "the changes of access of an office are of another version of this program", "update latchkey on this computer");
        }
    }

    private void Change(byte[] id, Func<StepProgress, StepProgress> change)
    {
        var step = Find(new Id(id)) ?? throw new FormatException("an entry is about no step");
        step.Progress = change(step.Progress);
    }

    internal static byte[] Write(IReadOnlyList<AccessChange> changes) => Pack.Of([.. changes.Select(change => Pack.Of(
        [
            change.Item.ToArray(),
            change.Moves ? [1] : [0],
            change.Folder is { } folder ? folder.ToArray() : [],
            .. change.Grants.Select(grant => (byte[])[
                .. grant.Principal.ToArray(), (byte)grant.Right, .. Pack.Of(grant.NotBefore), .. Pack.Of(grant.NotAfter),
            ]),
        ]))]);

    internal static List<AccessChange> Read(byte[] packed) =>
    [
        .. Pack.Open(packed).Select(change => Pack.Open(change)).Select(parts => parts is [var item, [var moves], var folder, .. var grants]
            ? new AccessChange(new Id(item), [.. grants.Select(ReadGrant)], moves == 1, folder.Length == 0 ? null : new Id(folder))
            : throw new FormatException("a change ends early")),
    ];

    private static Grant ReadGrant(byte[] grant) => grant.Length == GrantBytes
        ? new Grant
        {
            Principal = new Id(grant.AsSpan(0, Id.Bytes)),
            Right = (Right)grant[Id.Bytes],
            NotBefore = Pack.NumberOf(grant[(Id.Bytes + 1)..(Id.Bytes + 1 + sizeof(long))]),
            NotAfter = Pack.NumberOf(grant[(Id.Bytes + 1 + sizeof(long))..]),
        }
        : throw new FormatException("a grant is not as long as one is");

    private sealed class Step(Id id, IReadOnlyList<AccessChange> changes)
    {
        public Id Id { get; } = id;

        public IReadOnlyList<AccessChange> Changes { get; } = changes;

        public StepProgress Progress { get; set; } = new(changes.Count, 0, [], IsCancelled: false);
    }
}
