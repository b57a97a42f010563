using Contracts;
using Contracts.Wire;

namespace Office.Store;

/// <summary>
/// What this host has to report to the audit and the server does not have yet. Adding waits for nothing; the disk follows behind, so that a
/// fill is not held up. Batches keep their ids over a restart, so none is counted twice. May be used from several threads.
/// </summary>
public sealed class Reports : IDisposable
{
    /// <summary>How many wait at the most: whoever is away for so long loses the later ones.</summary>
    public const int MaxWaiting = 20_000;

    private const byte Event = (byte)'E', Batch = (byte)'B', Done = (byte)'D';

    private readonly Lock _gate = new(); // never held for the network
    private readonly Journal _journal;
    private readonly List<WireEvent> _events = [];
    private int _written;
    private (Id Id, int Count)? _batch;
    private bool _isClosed;

    /// <summary>Opens the reports of an office.</summary>
    /// <exception cref="Vault.VaultException">They are damaged, or cannot be read or written.</exception>
    public Reports(Membership us, string folder)
    {
        using var key = us.FileKey("reports");
        _journal = Journal.Open(Path.Combine(folder, us.FileName + ".reports"), key.Span, Replay);
        _written = _events.Count;
    }

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _events.Count;
            }
        }
    }

    /// <summary>Takes an event in, in memory: call <see cref="Write"/> when nobody waits.</summary>
    /// <returns>Whether nothing waited before.</returns>
    public bool Add(WireEvent happened)
    {
        lock (_gate)
        {
            if (_events.Count < MaxWaiting && !_isClosed)
            {
                _events.Add(happened);
            }
            return _events.Count == 1;
        }
    }

    /// <summary>Brings to the disk what was added since the last time.</summary>
    /// <exception cref="Vault.VaultException">It cannot be written: it stays in memory.</exception>
    public void Write()
    {
        lock (_gate)
        {
            if (_written < _events.Count && !_isClosed)
            {
                _journal.Append([.. _events.Skip(_written).Select(EntryOf)]);
                _written = _events.Count;
            }
        }
    }

    /// <summary>What is to be sent next: the same until <see cref="Remove"/>, also after a restart.</summary>
    /// <returns><see langword="null"/> if nothing waits.</returns>
    /// <exception cref="Vault.VaultException">The disk cannot be written.</exception>
    public (Id Batch, IReadOnlyList<WireEvent> Events)? Next()
    {
        lock (_gate)
        {
            if (_events.Count == 0)
            {
                return null;
            }
            Write();
            if (_batch is null)
            {
                var next = (Id.New(), Math.Min(_events.Count, Limits.ChangesPerPage));
                _journal.Append(Pack.Of([Batch], next.Item1.ToArray(), Pack.Of(next.Item2)));
                _batch = next;
            }
            var (id, count) = _batch.Value;
            return (id, [.. _events.Take(count)]);
        }
    }

    /// <summary>The server has the batch, or will never have it.</summary>
    /// <exception cref="Vault.VaultException">The disk cannot be written.</exception>
    public void Remove(Id batch)
    {
        lock (_gate)
        {
            if (_batch is not { } sent || sent.Id != batch)
            {
                return;
            }
            if (sent.Count == _events.Count)
            {
                _journal.Clear();
            }
            else
            {
                _journal.Append(Pack.Of([Done], batch.ToArray()));
            }
            Drop(sent.Count);
        }
    }

    /// <summary>Keeps what was added, and closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _isClosed = true;
                _journal.Dispose();
            }
        }
    }

    private void Drop(int count)
    {
        _events.RemoveRange(0, count);
        _written -= count;
        _batch = null;
    }

    private static byte[] EntryOf(WireEvent happened) =>
        Pack.Of([Event], [(byte)happened.Kind], happened.Item.ToArray(), Pack.Of(happened.Time));

    private void Replay(ReadOnlySpan<byte> entry)
    {
        try
        {
            var parts = Pack.Open(entry);
            switch (parts[0], parts.Length)
            {
                case ([Event], 4) when parts[1] is [var kind] && Enum.IsDefined((WireEventKind)kind):
                    _events.Add(new WireEvent { Kind = (WireEventKind)kind, Item = new Id(parts[2]), Time = Pack.NumberOf(parts[3]) });
                    break;
                case ([Batch], 3) when Pack.NumberOf(parts[2]) is > 0 and <= Limits.ChangesPerPage and var count && count <= _events.Count:
                    _batch = (new Id(parts[1]), (int)count);
                    break;
                case ([Done], 2) when _batch is { } sent && sent.Id == new Id(parts[1]):
                    Drop(sent.Count);
                    break;
                default:
                    throw new FormatException("an entry of the reports is of no known kind");
            }
        }
        catch (Exception refused) when (refused is FormatException or ArgumentException)
        {
            throw new Vault.VaultException(
                Vault.VaultError.Unsupported, "the reports of an office are of another version of this program", "update latchkey on this computer");
        }
    }
}
