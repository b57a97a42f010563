using Host.Protocol;
using Vault;

namespace Host.Service;

/// <summary>A further vault of the list: open, failed, or waiting to be opened.</summary>
internal sealed class FurtherVault(AutoOpenEntry entry)
{
    /// <summary>By what it is named.</summary>
    public AutoOpenEntry Entry { get; set; } = entry;

    /// <summary>The vault, while it is open.</summary>
    public OpenVault? Open { get; set; }

    /// <summary>Why it could not be opened the last time.</summary>
    public ErrorReply? Error { get; set; }

    /// <summary>Whether it is yet to be opened.</summary>
    public bool IsWaiting => Open is null && Error is null;
}

/// <summary>An office that the own vault holds a membership of: open, failed, or waiting to be opened.</summary>
internal sealed class JoinedOffice(ItemId item)
{
    /// <summary>The item of the own vault that holds the membership.</summary>
    public ItemId Item => item;

    /// <summary>Its vault, while it is open.</summary>
    public OpenShare? Open { get; set; }

    /// <summary>Why it could not be opened the last time.</summary>
    public ErrorReply? Error { get; set; }

    /// <summary>Whether it is yet to be opened.</summary>
    public bool IsWaiting => Open is null && Error is null;
}

/// <summary>The own vault, and the further ones that its <see cref="AutoOpen"/> names. Guarded by the session's gate.</summary>
internal sealed class OpenVaults(OwnVault own) : IDisposable
{
    /// <summary>How many further vaults are opened at the most: each costs a key derivation at every unlock.</summary>
    public const int MaxFurther = 16;

    private static readonly ErrorReply TooMany = new(
        ErrorKind.Refused, $"only {MaxFurther} further vaults are opened", "remove one of the others", "tooMany");

    private List<FurtherVault> _further = [];
    private List<JoinedOffice> _offices = [];
    private int _changesRead = -1;

    /// <summary>The own vault.</summary>
    public OwnVault Own => own;

    /// <summary>The further vaults, in the order in which the own vault names them.</summary>
    public IReadOnlyList<FurtherVault> Further
    {
        get
        {
            ReadIfChanged();
            return _further;
        }
    }

    /// <summary>The offices whose memberships the own vault holds.</summary>
    public IReadOnlyList<JoinedOffice> Offices
    {
        get
        {
            ReadIfChanged();
            return _offices;
        }
    }

    /// <summary>The vaults of the offices that are open.</summary>
    public IEnumerable<OpenShare> Shares => Offices.Select(office => office.Open).OfType<OpenShare>();

    /// <summary>The items of the own vault that are no logins, but open other vaults.</summary>
    public IEnumerable<ItemId> Keys => Further.Select(one => one.Entry.Item).Concat(Offices.Select(office => office.Item));

    /// <summary>How many items the own vault has, without those that open others.</summary>
    public int OwnItems => own.Matches.Count - Further.Count - Offices.Count;

    /// <summary>The next further vault that is yet to be opened, or <see langword="null"/>.</summary>
    public FurtherVault? Waiting => Further.FirstOrDefault(one => one.IsWaiting);

    /// <summary>The next office that is yet to be opened, or <see langword="null"/>.</summary>
    public JoinedOffice? WaitingOffice => Offices.FirstOrDefault(office => office.IsWaiting);

    /// <summary>
    /// The id of a further vault: of one that cannot be opened, that of the last time; of one that never could, that of the item that names it.
    /// </summary>
    public string IdOf(FurtherVault one) =>
        one.Open?.Id
        ?? (own.VaultSettings.OpenedBy(one.Entry.Item) is { } last && !IsOpen(last) ? last : one.Entry.Item.ToString());

    /// <summary>The further vault of an id.</summary>
    /// <exception cref="ProtocolException"><c>notFound</c>.</exception>
    public FurtherVault Require(string id) => Further.FirstOrDefault(one => IdOf(one) == id) ?? throw ErrorKind.NotFoundError("vault");

    /// <summary>The further vault of a file, or <see langword="null"/> if none is of that file.</summary>
    public FurtherVault? OfFile(string path) => Further.FirstOrDefault(one => one.Entry.Path == path);

    /// <summary>Lets those that failed be tried once more.</summary>
    public void RetryFailed()
    {
        foreach (var one in Further.Take(MaxFurther))
        {
            one.Error = null;
        }
        foreach (var office in Offices)
        {
            office.Error = null;
        }
    }

    /// <summary>Checks that one of the list, or another (<see langword="null"/>), may be opened.</summary>
    /// <exception cref="ProtocolException"><c>refused</c> <c>tooMany</c>.</exception>
    public void CheckHasRoom(FurtherVault? one)
    {
        if (Further.TakeWhile(each => each != one).Count() >= MaxFurther)
        {
            throw new ProtocolException(TooMany);
        }
    }

    /// <summary>Checks that a file is none of those that are open: it could not be locked twice.</summary>
    /// <exception cref="ProtocolException"><c>refused</c> <c>same</c>.</exception>
    public void CheckIsOther(string path)
    {
        var file = VaultLock.Resolve(path);
        if (own.File.Path == file || Further.Any(one => one.Open?.File.Path == file))
        {
            throw Same();
        }
    }

    /// <summary>Checks that a vault is no copy of one that is open.</summary>
    /// <exception cref="ProtocolException"><c>refused</c> <c>same</c>.</exception>
    public void CheckIsOther(OpenVault opened)
    {
        if (IsOpen(opened.Id))
        {
            throw Same();
        }
    }

    /// <summary>Takes in a vault that was opened.</summary>
    public void Put(FurtherVault one, OpenVault opened)
    {
        (one.Open, one.Error) = (opened, null);
        own.VaultSettings.SetOpenedBy(one.Entry.Item, opened.Id);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var one in _further)
        {
            one.Open?.Dispose();
        }
        foreach (var office in _offices)
        {
            office.Open?.Dispose();
        }
        own.Dispose();
    }

    private void ReadIfChanged()
    {
        if (_changesRead != own.Changes)
        {
            _changesRead = own.Changes;
            ReadAgain();
            ReadOfficesAgain();
        }
    }

    private void ReadOfficesAgain()
    {
        var before = _offices;
        _offices = [.. Office.Membership.ItemsIn(own.File).Select(item => before.Find(known => known.Item == item) ?? new JoinedOffice(item))];
        foreach (var gone in before.Except(_offices))
        {
            gone.Open?.Dispose();
            gone.Open = null;
        }
    }

    private bool IsOpen(string id) => own.Id == id || _further.Exists(one => one.Open?.Id == id);

    private void ReadAgain()
    {
        var before = _further;
        _further = [];
        foreach (var entry in own.AutoOpen.Read())
        {
            if (_further.Count >= MaxFurther)
            {
                _further.Add(new FurtherVault(entry) { Error = TooMany });
                continue;
            }
            var one = before.Take(MaxFurther).FirstOrDefault(known => known.Entry.Item == entry.Item && known.Entry.Path == entry.Path)
                ?? new FurtherVault(entry);
            if (one.Entry != entry)
            {
                (one.Entry, one.Error) = (entry, null); // it may have another passphrase now
            }
            _further.Add(one);
        }
        foreach (var gone in before.Except(_further))
        {
            gone.Open?.Dispose();
            gone.Open = null;
        }
    }

    private static ProtocolException Same() => ErrorKind.Error(
        ErrorKind.Refused, "this vault is open already, or is a copy of one that is", "choose another file", "same");
}
