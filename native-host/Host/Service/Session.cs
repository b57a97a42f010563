using Host.Protocol;
using Vault;
using Vault.Crypto;

namespace Host.Service;

/// <summary>
/// The state that all ports share, and the answers to their requests. Handlers run on their ports' threads, one at a time behind a gate;
/// only key derivations run outside it, so that they hold up nobody.
/// </summary>
internal sealed class Session : IDisposable
{
    /// <summary>How long a generated password may be in memory only.</summary>
    private static readonly TimeSpan GeneratedIsWrittenAfter = TimeSpan.FromSeconds(2);

    private static readonly string HostVersion = typeof(Session).Assembly.GetName().Version!.ToString(fieldCount: 3);

    private readonly SessionOptions _options;
    private readonly VaultOpener _opener;
    private readonly PassphraseLimit _passphrases;
    private readonly ReleaseLimit _releases;

    private readonly Gate _gate = new();
    private readonly Gate _derivation = new();
    private readonly List<Client> _clients = [];
    private readonly Access _access = new();
    private readonly Drafts _drafts = new();
    private readonly DelayedWrite _generated;
    private readonly Leftovers _leftovers = new();
    private readonly HashSet<BrowserProcess> _browsers = [];
    private OpenVault? _vault;
    private SessionClock? _clock;
    private ITimer? _timer;
    private LogindWatch? _logind;
    private bool _isFresh;
    private bool _ended;

    public Session(SessionOptions options)
    {
        _options = options;
        _opener = new VaultOpener(options);
        _passphrases = new PassphraseLimit(options.Time);
        _releases = new ReleaseLimit(options.Time);
        _generated = new DelayedWrite(options.Time, GeneratedIsWrittenAfter, WriteGeneratedSoon, WriteGenerated);
    }

    /// <summary>Called once when the session has wiped its keys, before the ports are told.</summary>
    public Action Ending { get; init; } = () => { };

    /// <summary>Called once when the ports have been told.</summary>
    public Action<string> Ended { get; init; } = _ => { };

    /// <summary>Whether it has locked, or is about to have.</summary>
    public bool HasEnded => Volatile.Read(ref _ended);

    /// <summary>Whether a vault is open.</summary>
    public bool IsOpen => Volatile.Read(ref _vault) is not null;

    /// <summary>Answers one request.</summary>
    /// <returns>The reply, whose secrets the caller forgets when it is out.</returns>
    /// <exception cref="ProtocolException">The refusal.</exception>
    public Reply Handle(Client client, Request request)
    {
        try
        {
            LockIfDue();
            return request is Unlock or Create ? HandleKey(client, request) : HandleGated(client, request);
        }
        catch (VaultException failure)
        {
            throw ErrorKind.Of(failure);
        }
        catch (UnsafePathException unsafePath)
        {
            throw ErrorKind.HostFailedError(unsafePath.Message, unsafePath.Hint);
        }
        catch (MissingLibraryException)
        {
            throw ErrorKind.LibraryMissingError();
        }
    }

    /// <summary>Does what must wait for the reply to be out.</summary>
    public void AfterReply(Client client)
    {
        if (Interlocked.Exchange(ref _isFresh, false))
        {
            WatchLogind(); // not sooner: nobody waits now
            _leftovers.GiveBack(); // reading the file left several times its size behind
        }
        if (client.EndsSession is { } reason)
        {
            Lock(reason);
            return;
        }
        if (!client.HearsEvents)
        {
            lock (_gate)
            {
                client.HearsEvents = client.SaidHello;
            }
        }
    }

    /// <summary>Forgets a client.</summary>
    public void Leave(Client client)
    {
        lock (_gate)
        {
            if (_clients.Remove(client) && client.Profile is not null)
            {
                NoteIfNoBrowser();
            }
            _releases.Reset(client);
            _drafts.Forget(client);
        }
    }

    /// <summary>Wipes, tells every port, and ends. Only the first call does anything.</summary>
    public void Lock(string reason)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }
            _ended = true;
            _timer?.Dispose();
            try
            {
                _generated.Now();
            }
            finally
            {
                // Whatever the write came to.
                _drafts.Clear();
                _logind?.Stop();
                _vault?.Dispose();
                _vault = null;
            }
        }
        Ending();
        Tell("locked", reason, _ => true);
        Ended(reason);
    }

    /// <inheritdoc/>
    public void Dispose() => Lock("stopped");

    private Reply HandleGated(Client client, Request request)
    {
        Reply reply;
        lock (_gate)
        {
            CheckHello(client, request);
            reply = Answer(client, request);
            if (_vault is not null && RequestEffects.IsAction(request))
            {
                _clock!.NoteAction();
            }
        }
        if (RequestEffects.ChangesLists(request))
        {
            Tell("changed", null, other => other != client && Sees(other));
        }
        return reply;
    }

    private Reply Answer(Client client, Request request) => request switch
    {
        Hello hello => Welcome(client, hello),
        GetStatus => StatusFor(client),
        Generate { Keep: true } generate => KeepGenerated(VaultOf(client), generate),
        Generate generate => GenerateAnswers.Generate(generate),
        GetGenerated => GenerateAnswers.Kept(VaultOf(client)),
        RevealGenerated reveal => GenerateAnswers.Reveal(VaultOf(client), reveal, item => Release(client, item)),
        Protocol.Lock => AskToEnd(client, "command"),
        Retire when _vault is null => AskToEnd(client, "stopped"),
        Retire => throw ErrorKind.Error(ErrorKind.VaultInUse, "a vault is open", "lock it first"),
        FindMatches match => ListAnswers.Match(VaultOf(client), match),
        Search search => ListAnswers.Search(VaultOf(client), search, _options.Time.GetUtcNow()),
        GetItem get => ListAnswers.Get(VaultOf(client), get),
        GetHistory history => TrashAnswers.History(VaultOf(client), history),
        GetTrash trash => TrashAnswers.Trash(VaultOf(client), trash),
        GetFolders => ListAnswers.Folders(VaultOf(client)),
        Reveal reveal => SecretAnswers.Reveal(VaultOf(client), reveal, item => Release(client, item)),
        GetCode code => SecretAnswers.Code(VaultOf(client), code, item => Release(client, item), _options.Time.GetUtcNow()),
        Explain explain => FillAnswers.Explain(VaultOf(client), explain),
        Fill fill => FillAnswers.Fill(VaultOf(client), fill, item => Release(client, item)),
        AlwaysFill always => ChangeAnswers.AlwaysFill(VaultOf(client), always),
        GetAttachment attachment => AttachmentAnswers.Read(VaultOf(client), attachment, item => Release(client, item)),
        Attach attach => AttachmentAnswers.Attach(VaultOf(client), attach),
        GetDraft draft => DraftsOf(client).Answer(client.Asker, draft),
        GetSite site => ChangeAnswers.Site(VaultOf(client), site),
        GetSites => new Sites(VaultOf(client).Settings.NeverSites()),
        Save save => ItemAnswers.Save(VaultOf(client), save.Item),
        Update update => ItemAnswers.Update(VaultOf(client), update),
        Remove remove => TrashAnswers.Remove(VaultOf(client), remove),
        Restore restore => TrashAnswers.Restore(VaultOf(client), restore),
        GetProfiles profiles => Profiles(client, profiles.Remove),
        ChangeSettings { Set: null } => VaultOf(client).Settings.Read(),
        ChangeSettings { Set: { } change } => ChangeSettings(client, change),
        _ => throw new InvalidOperationException($"{request.GetType().Name} has no answer"),
    };

    /// <summary>Opens, makes, or proves a passphrase against the vault. One at a time, and nobody else waits.</summary>
    private Status HandleKey(Client client, Request request)
    {
        lock (_gate)
        {
            CheckHello(client, request);
        }
        lock (_derivation)
        {
            var isNew = request switch
            {
                Unlock unlock when Volatile.Read(ref _vault) is { } open => Prove(open, unlock),
                Unlock unlock => Publish(_opener.Open(unlock)),
                Create create when !IsOpen => Publish(_opener.Create(create)),
                _ => throw ErrorKind.Error(ErrorKind.VaultInUse, "a vault is open", "lock it first"),
            };
            Client[] couldNotSee;
            lock (_gate)
            {
                couldNotSee = [.. _clients.Where(other => other != client && (isNew || !Sees(other)))];
                Admit(client);
                if (request is Unlock { Terminal: true } && client is { Profile: null, Terminal: { } terminal })
                {
                    _access.Admit(terminal);
                }
            }
            Tell("unlocked", null, other => couldNotSee.Contains(other) && Sees(other));
            lock (_gate)
            {
                return StatusFor(client);
            }
        }
    }

    private bool Prove(OpenVault open, Unlock unlock)
    {
        _opener.CheckIsSame(open, unlock.Path);
        lock (_gate)
        {
            _passphrases.Check();
        }
        using var key = VaultOpener.KeyOf(unlock.Passphrase, unlock.KeyFile);
        var isKey = open.File.IsKey(key);
        lock (_gate)
        {
            ThrowIfEnded();
            if (isKey)
            {
                _passphrases.Succeeded();
                return false;
            }
            _passphrases.Failed();
        }
        _options.Log.PassphraseRefused();
        throw ErrorKind.Error(ErrorKind.WrongKey, "the passphrase is not the vault's", "look at Caps Lock; a key file may be needed");
    }

    private bool Publish(OpenVault opened)
    {
        lock (_gate)
        {
            if (_ended)
            {
                opened.Dispose();
            }
            ThrowIfEnded();
            _vault = opened;
            _isFresh = _options.IsHost;
            _clock = new SessionClock(_options.Time);
            _timer = _options.Time.CreateTimer(_ => Tick(), null, SessionClock.Interval, SessionClock.Interval);
        }
        return true;
    }

    /// <summary>Lets a client in that gave the passphrase, and its profile from now on.</summary>
    private void Admit(Client client)
    {
        ThrowIfEnded();
        var vault = _vault!;
        client.PassphraseAt = _options.Time.GetTimestamp();
        _clock!.NoteAction();
        _releases.Reset(client.Asker);
        if (client.Profile is not { } profile || !_access.Admit(profile) || vault.Settings.Knows(profile.Hash))
        {
            return;
        }
        try
        {
            vault.Commit(() => vault.Settings.AddProfile(profile.Hash, client.Browser, _options.Time.GetUtcNow()));
            _options.Log.ProfileAdded();
        }
        catch (VaultException)
        {
            _options.Log.ProfileNotKept(); // the vault can be read all the same; this profile is let in until the next lock
        }
    }

    /// <summary>Lists the profiles, without the one to be removed: it must give the passphrase again, on the ports that it has open too.</summary>
    private Profiles Profiles(Client client, string? remove)
    {
        var vault = VaultOf(client);
        if (remove is not null)
        {
            if (!vault.Settings.Knows(remove))
            {
                throw ErrorKind.NotFoundError("profile");
            }
            vault.Commit(() => vault.Settings.RemoveProfile(remove));
            _access.Dismiss(remove);
            _drafts.Forget(remove);
            foreach (var its in _clients.Where(other => other.Profile?.Hash == remove))
            {
                its.PassphraseAt = null;
            }
        }
        var current = client.Profile?.Hash;
        return new Profiles(
            [.. vault.Settings.Profiles().Select(one => new KnownProfile(one.Profile, one.Browser, one.AddedAt, one.Profile == current))]);
    }

    private Settings ChangeSettings(Client client, SettingsChange change)
    {
        var vault = VaultOf(client);
        var isFresh = client.PassphraseAt is { } given && _options.Time.GetElapsedTime(given) < Client.PassphraseIsFresh;
        return isFresh || !vault.Settings.LowersProtection(change)
            ? ChangeAnswers.Change(vault, change)
            : throw ErrorKind.Error(
                ErrorKind.Refused, "this protects less than before", "give the passphrase again, then change it", "passphrase");
    }

    private void Release(Client client, ItemId item)
    {
        if (!_releases.TryRelease(client.Asker, item))
        {
            _options.Log.SecretsLimited();
            throw ReleaseLimit.Refusal();
        }
    }

    private Drafts DraftsOf(Client client)
    {
        _ = VaultOf(client);
        return _drafts;
    }

    /// <summary>Generates and keeps; the file has it soon, so that somebody who looks for a good one does not wait for a write each time.</summary>
    private Generated KeepGenerated(OpenVault vault, Generate request)
    {
        var generated = GenerateAnswers.Keep(vault, request);
        _generated.Soon();
        return generated;
    }

    private void WriteGeneratedSoon()
    {
        lock (_gate)
        {
            _generated.Now();
        }
    }

    private void WriteGenerated()
    {
        try
        {
            _vault?.Write();
        }
        catch (VaultException)
        {
            _options.Log.GeneratedNotWritten(); // the next write takes them along
        }
    }

    private static Done AskToEnd(Client client, string reason)
    {
        client.EndsSession = reason;
        return new Done();
    }

    private Welcome Welcome(Client client, Hello hello)
    {
        if (hello.Protocol.Min > Limits.Version || hello.Protocol.Max < Limits.Version)
        {
            var older = hello.Protocol.Max < Limits.Version ? "the extension" : "the host";
            throw ErrorKind.Error(ErrorKind.ProtocolVersion, "host and client speak no common version", $"update {older}");
        }
        client.Profile = Profile.Of(hello);
        client.Browser = hello.Browser ?? "";
        client.TakesParts = hello.Capabilities.Contains(Limits.Parts);
        client.SaidHello = true;
        _clients.Add(client);
        if (client.Profile is not null)
        {
            _clock?.NoteBrowser();
            if (client.BrowserProcess is { } browser)
            {
                _browsers.Add(browser);
            }
        }
        return new Welcome(
            Limits.Version, Build.Name, [Limits.Parts], new FrameLimits(Limits.ToHostBytes, Limits.FromHostBytes), StatusFor(client));
    }

    private Status StatusFor(Client client)
    {
        if (_vault is { } vault && Sees(client))
        {
            return new Status(
                "unlocked", vault.Settings.Read().LockAfterMinutes, HostVersion,
                vault.File.Name, vault.File.Path, vault.Matches.Count, _clock!.OpenedAt);
        }
        var path = _vault?.File.Path ?? _opener.DefaultPath;
        return new Status(
            _vault is null && _opener.HasNoVault ? "noVault" : "locked", OwnSettings.Initial.LockAfterMinutes, HostVersion,
            Path.GetFileNameWithoutExtension(path), path);
    }

    private bool Sees(Client client) => _vault is { } vault && _access.Sees(client, vault);

    private OpenVault VaultOf(Client client) => Sees(client) ? _vault! : throw ErrorKind.LockedError();

    private static void CheckHello(Client client, Request request)
    {
        if (client.SaidHello == request is Hello)
        {
            throw ErrorKind.Error(ErrorKind.HelloFirst, "a port begins with hello, and says it once", "reload the extension");
        }
    }

    private void ThrowIfEnded()
    {
        if (_ended)
        {
            throw ErrorKind.LockedError();
        }
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (_browsers.Count > 0)
            {
                NoteIfNoBrowser();
            }
        }
        LockIfDue();
        if (_options.IsHost)
        {
            _leftovers.GiveBackIfMuch();
        }
    }

    /// <summary>Notes that nobody is left who would use or lock the vault: no port of an extension, and no browser that had one.</summary>
    private void NoteIfNoBrowser()
    {
        _browsers.RemoveWhere(browser => !browser.IsRunning);
        if (_browsers.Count == 0 && _clients.TrueForAll(client => client.Profile is null))
        {
            _clock?.NoteNoBrowser();
        }
    }

    private void LockIfDue()
    {
        string? reason;
        lock (_gate)
        {
            reason = _vault is { } vault ? _clock!.ReasonToLock(LockRules.Of(vault.Settings.Read())) : null;
        }
        if (reason is not null)
        {
            Lock(reason);
        }
    }

    private void WatchLogind()
    {
        lock (_gate)
        {
            if (_options.SystemBus is { } bus && !_ended)
            {
                _logind = LogindWatch.Start(bus, _options.Log, Heard);
            }
        }
    }

    private void Heard(string reason)
    {
        bool locks;
        lock (_gate)
        {
            locks = _vault is { } vault && (reason == "sleep" || LockRules.Of(vault.Settings.Read()).OnScreenLock);
        }
        if (locks)
        {
            Lock(reason);
        }
    }

    /// <summary>Sends an event to those it concerns: outside the gate, because a browser that does not read may take seconds.</summary>
    private void Tell(string name, string? reason, Func<Client, bool> concerns)
    {
        Client[] clients;
        lock (_gate)
        {
            clients = [.. _clients.Where(client => client.HearsEvents && concerns(client))];
        }
        foreach (var client in clients)
        {
            client.Events.Send(name, reason);
        }
    }
}
