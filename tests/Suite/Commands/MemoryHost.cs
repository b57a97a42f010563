using Host.Commands;
using Host.Protocol;

namespace Suite.Commands;

/// <summary>A host with a few items in memory and the passphrase "open sesame".</summary>
internal sealed class MemoryHost(params Details[] items) : IHostConnection
{
    private bool _isUnlocked;

    /// <summary>What was asked, in order.</summary>
    public List<Request> Asked { get; } = [];

    /// <summary>The most items on a page.</summary>
    public int PageSize { get; init; } = 200;

    /// <summary>What is in the recycle bin.</summary>
    public IReadOnlyList<ListedItem> Removed { get; init; } = [];

    /// <summary>What every item was.</summary>
    public IReadOnlyList<HistoryRevision> Revisions { get; init; } = [];

    /// <summary>Its vaults; none for a host that knows only one.</summary>
    public IReadOnlyList<ListedVault>? Vaults { get; init; }

    /// <summary>Its settings: the clipboard is cleared soon.</summary>
    public Settings Settings { get; init; } = new(10, 8, ClipboardSeconds: 3, "chosen", "hostname", LockOnScreenLock: true, 0);

    /// <summary>Whether it serves this terminal already.</summary>
    public bool IsOpenForTerminal { init => _isUnlocked = value; }

    public HostAccess Access => new(
        (_, _) => Task.FromResult<IHostConnection>(this), _ => Task.FromResult<IHostConnection>(this),
        _ => Task.FromResult<IHostConnection?>(this));

    public static Details Item(string id, string title, string username = "anna", params DetailField[] fields) => new(
        new ListedItem(id, "login", title, username, Tags: [], HasPassword: true, HasCode: false), Folder: "",
        [new DetailField("Title", false, title), .. fields], Urls: [], Attachments: [],
        DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, Revisions: 0);

    public Task<Reply> AskAsync(Request request, CancellationToken cancellationToken = default)
    {
        Asked.Add(request);
        return Task.FromResult<Reply>(request switch
        {
            Hello => new Welcome(1, "0.1.0", [], new FrameLimits(1, 1), State),
            Unlock unlock => Unlock(unlock),
            _ when !_isUnlocked => throw Refusal("locked"),
            Search search => Find(search),
            GetItem get => items.FirstOrDefault(item => item.Item.Id == get.Item) ?? throw Refusal("notFound"),
            Reveal reveal => new Revealed(new Secret(System.Text.Encoding.UTF8.GetBytes($"secret of {reveal.Item}"))),
            Generate => new Generated(new Secret("generated"u8), Bits: 60),
            Save save => new Saved(new ListedItem("new", save.Item.Kind, save.Item.Title, "", [], save.Item.Password is not null, false)),
            Update update => new Saved(items.Single(item => item.Item.Id == update.Item).Item),
            GetTrash trash => Page(Removed, trash.Limit, trash.After),
            Remove => new Done(),
            Restore restore => new Saved(items.Select(item => item.Item).Concat(Removed).First(item => item.Id == restore.Item)),
            GetVaults => new Vaults(Vaults ?? throw Refusal("unknownType")),
            GetHistory => new History(Revisions),
            GetCode => new Code(new Secret("123456"u8), PeriodSeconds: 30, RemainingSeconds: 7),
            ChangeSettings => Settings,
            _ => throw Refusal("unknownType"),
        });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Status State => new(_isUnlocked ? "unlocked" : "locked", LockAfterMinutes: 10, "0.1.0");

    private Status Unlock(Unlock unlock)
    {
        _isUnlocked = unlock.Passphrase.Utf8.SequenceEqual("open sesame"u8) ? true : throw Refusal("wrongKey");
        return State;
    }

    private Found Find(Search search)
    {
        var fitting = items.Select(item => item.Item)
            .Where(item => item.Title.Contains(search.Query, StringComparison.OrdinalIgnoreCase)).ToList();
        return Page(fitting, search.Limit, search.After);
    }

    private Found Page(IReadOnlyList<ListedItem> all, int limit, string? after)
    {
        var start = after is null ? 0 : int.Parse(after);
        var page = all.Skip(start).Take(Math.Min(PageSize, limit)).ToList();
        var end = start + page.Count;
        return new Found(page, all.Count, end < all.Count ? $"{end}" : null);
    }

    private static ProtocolException Refusal(string kind) => new(new ErrorReply(kind, $"refused: {kind}"));
}
