using Office.Store;

namespace Office.State;

/// <summary>Tells which entries of a state's journal a later one has made void, so that the journal can be written anew without them.</summary>
internal sealed class JournalIndex
{
    /// <summary>Less is not worth the writing.</summary>
    private const long LeastVoidBytes = 1024 * 1024;

    private readonly Dictionary<string, (long Number, int Bytes)> _live = [];
    private readonly HashSet<long> _void = [];
    private long _count;
    private long _voidBytes;
    private long _bytes;

    /// <summary>Whether more than half of it is void.</summary>
    public bool IsWorthRewriting => _voidBytes >= LeastVoidBytes && _voidBytes * 2 > _bytes;

    /// <summary>How many entries are not void.</summary>
    public long Live => _count - _void.Count;

    /// <summary>Whether an entry is not void.</summary>
    public bool IsLive(long number) => !_void.Contains(number);

    /// <summary>Takes the next entry.</summary>
    /// <param name="entry">As it stands in the journal; one that is of no known kind counts as needed.</param>
    public void Note(ReadOnlySpan<byte> entry)
    {
        var number = _count++;
        _bytes += entry.Length;
        var (key, isEnd) = OfficeState.PlaceOf(Pack.Open(entry));
        if (key is null)
        {
            return;
        }
        if (_live.Remove(key, out var before))
        {
            MakeVoid(before);
        }
        if (isEnd)
        {
            MakeVoid((number, entry.Length));
        }
        else
        {
            _live[key] = (number, entry.Length);
        }
    }

    private void MakeVoid((long Number, int Bytes) entry)
    {
        _void.Add(entry.Number);
        _voidBytes += entry.Bytes;
    }
}
