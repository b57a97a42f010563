using Contracts;
using Office.Content;
using Vault.Crypto;

namespace Office.Store;

/// <summary>A change that waits to be sent. Sealed in memory as on the disk.</summary>
public sealed class OutboxEntry
{
    private readonly SealedSecret _common;
    private readonly SealedSecret _ours;

    internal OutboxEntry(Id id, Id item, long time, ReadOnlySpan<byte> common, ReadOnlySpan<byte> ours)
    {
        (Id, Item, Time, IsNew) = (id, item, time, common.IsEmpty);
        (_common, _ours) = (new SealedSecret(common), new SealedSecret(ours));
    }

    /// <summary>Its id.</summary>
    public Id Id { get; }

    /// <summary>The item.</summary>
    public Id Item { get; }

    /// <summary>When it was made, in milliseconds since 1970.</summary>
    public long Time { get; }

    /// <summary>Whether it founds the item.</summary>
    public bool IsNew { get; }

    /// <summary>Why the server will not have it; <see langword="null"/> while it may still go.</summary>
    public string? Failure { get; internal set; }

    /// <summary>What was sent and not answered: exactly these bytes go again.</summary>
    internal (Id Transaction, byte[] Body)? Attempt { get; set; }

    /// <summary>What the change was made of.</summary>
    /// <returns>The content, which the caller disposes, or <see langword="null"/> for a new item.</returns>
    public ItemContent? OpenCommon() => Open(_common);

    /// <summary>What it made of it.</summary>
    /// <returns>The content, which the caller disposes.</returns>
    public ItemContent OpenOurs() => Open(_ours) ?? throw new InvalidOperationException("what was written is not read");

    internal void Clear()
    {
        _common.Clear();
        _ours.Clear();
    }

    private static ItemContent? Open(SealedSecret kept)
    {
        using var json = kept.Open();
        return ContentJson.TryRead(json.Span);
    }
}

/// <summary>
/// The changes that a person made and the server does not have yet, in order: on the disk before the person is told that they are made, and
/// gone only when the server has them. May be used from several threads.
/// </summary>
public sealed class Outbox : IDisposable
{
    private const byte Change = (byte)'C', Sent = (byte)'S', Done = (byte)'D', Failed = (byte)'F', NotSent = (byte)'N';

    private readonly Lock _gate = new(); // held for as long as an entry takes to the disk, and for nothing else
    private readonly Journal _journal;
    private readonly List<OutboxEntry> _entries = [];

    /// <summary>Opens the outbox of an office.</summary>
    /// <exception cref="Vault.VaultException">It is damaged, or cannot be read or written.</exception>
    public Outbox(Membership us, string folder)
    {
        using var key = us.FileKey("outbox");
        _journal = Journal.Open(Path.Combine(folder, us.FileName + ".outbox"), key.Span, Replay);
    }

    /// <summary>What waits, the oldest first.</summary>
    public IReadOnlyList<OutboxEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>The changes of an item that wait and may still go.</summary>
    public IReadOnlyList<OutboxEntry> Of(Id item) => [.. Entries.Where(entry => entry.Item == item && entry.Failure is null)];

    /// <summary>Takes a change in. It is on the disk when the call returns.</summary>
    /// <param name="item">The item.</param>
    /// <param name="common">What it was; <see langword="null"/> for a new item.</param>
    /// <param name="ours">What it is to be.</param>
    /// <param name="time">The time, in milliseconds since 1970.</param>
    /// <param name="attempt">For a new item: what founds it.</param>
    /// <exception cref="Vault.VaultException">It could not be written: then it is not there.</exception>
    public OutboxEntry Add(Id item, ItemContent? common, ItemContent ours, long time, (Id Transaction, byte[] Body)? attempt = null)
    {
        var id = Id.New();
        var commonJson = common is null ? [] : ContentJson.Write(common);
        var oursJson = ContentJson.Write(ours);
        byte[][] entries = attempt is { } sent
            ? [ChangeOf(id, item, time, commonJson, oursJson), SentOf(id, sent)]
            : [ChangeOf(id, item, time, commonJson, oursJson)];
        try
        {
            var entry = new OutboxEntry(id, item, time, commonJson, oursJson) { Attempt = attempt };
            lock (_gate)
            {
                _journal.Append(entries);
                _entries.Add(entry);
            }
            return entry;
        }
        finally
        {
            Pack.Clear(entries);
            Pack.Clear(commonJson, oursJson);
        }
    }

    /// <summary>Notes what is about to be sent.</summary>
    public void SetAttempt(OutboxEntry entry, (Id Transaction, byte[] Body)? attempt)
    {
        lock (_gate)
        {
            _journal.Append(attempt is { } sent ? SentOf(entry.Id, sent) : Pack.Of([NotSent], entry.Id.ToArray()));
            entry.Attempt = attempt;
        }
    }

    /// <summary>The server has them, or they change nothing any more.</summary>
    public void Remove(params IReadOnlyList<OutboxEntry> entries)
    {
        lock (_gate)
        {
            _journal.Append([.. entries.Select(entry => Pack.Of([Done], entry.Id.ToArray()))]);
            foreach (var entry in entries)
            {
                Drop(entry.Id);
            }
            if (_entries.Count == 0)
            {
                _journal.Clear();
            }
        }
    }

    /// <summary>The server will not have it: it is kept, and said.</summary>
    public void Fail(OutboxEntry entry, string failure)
    {
        lock (_gate)
        {
            _journal.Append(Pack.Of([Failed], entry.Id.ToArray(), System.Text.Encoding.UTF8.GetBytes(failure)));
            entry.Failure = failure;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _journal.Dispose();
            _entries.ForEach(entry => entry.Clear());
        }
    }

    private static byte[] ChangeOf(Id id, Id item, long time, byte[] common, byte[] ours) =>
        Pack.Of([Change], id.ToArray(), item.ToArray(), Pack.Of(time), common, ours);

    private static byte[] SentOf(Id id, (Id Transaction, byte[] Body) sent) => Pack.Of([Sent], id.ToArray(), sent.Transaction.ToArray(), sent.Body);

    private void Replay(ReadOnlySpan<byte> entry)
    {
        try
        {
            var parts = Pack.Open(entry);
            switch (parts[0], parts.Length)
            {
                case ([Change], 6):
                    _entries.Add(new OutboxEntry(new Id(parts[1]), new Id(parts[2]), Pack.NumberOf(parts[3]), parts[4], parts[5]));
                    Pack.Clear(parts);
                    break;
                case ([Sent], 4):
                    Find(parts[1]).Attempt = (new Id(parts[2]), parts[3]);
                    break;
                case ([NotSent], 2):
                    Find(parts[1]).Attempt = null;
                    break;
                case ([Failed], 3):
                    Find(parts[1]).Failure = System.Text.Encoding.UTF8.GetString(parts[2]);
                    break;
                case ([Done], 2):
                    Drop(new Id(parts[1]));
                    break;
                default:
                    throw new FormatException("an entry of the outbox is of no known kind");
            }
        }
        catch (Exception refused) when (refused is FormatException or ArgumentException)
        {
            throw new Vault.VaultException(
                Vault.VaultError.Unsupported, "the outbox of an office is of another version of this program", "update latchkey on this computer");
        }
    }

    private OutboxEntry Find(byte[] id) => _entries.Find(entry => entry.Id == new Id(id)) ?? throw new FormatException("an entry is about none");

    private void Drop(Id id)
    {
        var entry = _entries.Find(one => one.Id == id);
        if (entry is not null)
        {
            entry.Clear();
            _entries.Remove(entry);
        }
    }
}
