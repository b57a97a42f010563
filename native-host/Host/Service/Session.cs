using Host.Protocol;

namespace Host.Service;

/// <summary>
/// The state that all ports share, and the answers to their requests. Handlers run on their ports' threads, one at a time behind a gate;
/// only key derivations, and what may wait for an office's server, run outside it, so that they hold up nobody.
/// </summary>
internal sealed partial class Session : IDisposable
{
    private static readonly string HostVersion = typeof(Session).Assembly.GetName().Version!.ToString(fieldCount: 3);

    private readonly SessionOptions _options;
    private readonly VaultOpener _opener;
    private readonly PassphraseProof _proof;
    private readonly FurtherOpener _further;
    private readonly ShareOpener _shares;
    private readonly OfficeRequests _offices;
    private readonly ReleaseLimit _releases;

    private readonly Gate _gate = new();
    private readonly Gate _derivation = new();
    private readonly Clients _clients;
    private readonly AutoLock _autoLock;
    private readonly Access _access = new();
    private readonly Drafts _drafts = new();
    private readonly Captures _captures;
    private readonly GeneratedWrites _generated;
    private readonly Leftovers _leftovers = new();
    private OpenVaults? _vaults;
    private bool _isFresh;
    private bool _isOpeningFurther;
    private bool _ended;

    public Session(SessionOptions options)
    {
        _options = options;
        _opener = new VaultOpener(options);
        _proof = new PassphraseProof(options, _gate);
        _further = new FurtherOpener(options, _opener, _gate, _derivation);
        _shares = new ShareOpener(options, _gate, () => _clients!.Tell("changed", null, Sees));
        _offices = new OfficeRequests(options, _gate, _shares);
        _releases = new ReleaseLimit(options.Time);
        _generated = new GeneratedWrites(options, _gate);
        _captures = new Captures(options.Time, _gate);
        _clients = new Clients(_gate);
        _autoLock = new AutoLock(options, _gate, _clients, GiveBack, Lock);
    }

    /// <summary>Called once when the session has wiped its keys, before the ports are told.</summary>
    public Action Ending { get; init; } = () => { };

    /// <summary>Called once when the ports have been told.</summary>
    public Action<string> Ended { get; init; } = _ => { };

    /// <summary>Whether it has locked, or is about to have.</summary>
    public bool HasEnded => Volatile.Read(ref _ended);

    /// <summary>Whether a vault is open.</summary>
    public bool IsOpen => Volatile.Read(ref _vaults) is not null;

    /// <summary>What is captured, for tests that look behind the answers.</summary>
    internal Captures Captures => _captures;

    /// <summary>Answers one request.</summary>
    /// <returns>The reply, whose secrets the caller forgets when it is out.</returns>
    /// <exception cref="ProtocolException">The refusal.</exception>
    public Reply Handle(Client client, Request request)
    {
        try
        {
            _autoLock.LockIfDue();
            return request switch
            {
                Unlock or Create => HandleKey(client, request),
                AddVault add => HandleAdd(client, add),
                OfficeRequest office => HandleOffice(client, office),
                GetAttachment attachment => HandleAttachment(client, attachment),
                Remove { Forever: true } remove when IsShared(client, remove.Item) => HandleOffice(client, new RemoveShared(remove.Item)),
                _ => HandleGated(client, request),
            };
        }
        catch (Exception failure) when (failure is not ProtocolException && ErrorKind.Of(failure) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>Does what must wait for the reply to be out.</summary>
    public void AfterReply(Client client)
    {
        if (Interlocked.Exchange(ref _isFresh, false))
        {
            _autoLock.Watch(); // not sooner: nobody waits now
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
        OpenFurtherSoon();
    }

    /// <summary>Forgets a client.</summary>
    public void Leave(Client client)
    {
        lock (_gate)
        {
            if (_clients.Remove(client) && client.Profile is not null)
            {
                _autoLock.NoteIfNoBrowser();
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
            try
            {
                _generated.Now();
            }
            finally
            {
                // Whatever the write came to.
                _drafts.Clear();
                _captures.Clear();
                _vaults?.Dispose();
                _vaults = null;
                _autoLock.End();
            }
        }
        Ending();
        _clients.Tell("locked", reason, _ => true);
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
            if (RequestEffects.IsAction(request))
            {
                _autoLock.NoteAction();
            }
        }
        if (RequestEffects.ChangesLists(request))
        {
            _clients.Tell("changed", null, other => other != client && Sees(other));
        }
        return reply;
    }

    private Reply Answer(Client client, Request request) => request switch
    {
        Hello hello => Welcome(client, hello),
        GetStatus => StatusFor(client),
        Generate { Keep: true } generate => _generated.Keep(OwnOf(client), generate),
        Generate generate => GenerateAnswers.Generate(generate),
        KeepGenerated keep => _generated.KeepNow(OwnOf(client), keep),
        GetGenerated => GenerateAnswers.Kept(OwnOf(client)),
        RevealGenerated reveal => GenerateAnswers.Reveal(OwnOf(client), reveal, item => Release(client, item)),
        Protocol.Lock => AskToEnd(client, "command"),
        Retire when _vaults is null => AskToEnd(client, "stopped"),
        Retire => throw ErrorKind.Error(ErrorKind.VaultInUse, "a vault is open", "lock it first"),
        FindMatches match => ListAnswers.Match(VaultsOf(client), match),
        Search search => ListAnswers.Search(VaultsOf(client), search, _options.Time.GetUtcNow()),
        GetItem get => ListAnswers.Get(VaultsOf(client), get),
        GetHistory history => TrashAnswers.History(VaultsOf(client), history),
        GetTrash trash => TrashAnswers.Trash(VaultsOf(client), trash),
        GetFolders folders => ListAnswers.Folders(VaultsOf(client), folders),
        GetVaults => VaultAnswers.List(VaultsOf(client)),
        RemoveVault remove => RemoveFurther(VaultsOf(client).Listed, remove),
        ChangeVault change => VaultAnswers.Change(VaultsOf(client), change),
        Reveal reveal => SecretAnswers.Reveal(VaultsOf(client), reveal, item => Release(client, item)),
        GetCode code => SecretAnswers.Code(VaultsOf(client), code, item => Release(client, item), _options.Time.GetUtcNow()),
        ReadOtp read => ReadOtp(client, read),
        Explain explain => FillAnswers.Explain(VaultsOf(client), explain),
        Fill fill => FillAnswers.Fill(VaultsOf(client), fill, item => Release(client, item), _options.Time.GetUtcNow()),
        AlwaysFill always => ChangeAnswers.AlwaysFill(VaultsOf(client), always),
        Attach attach => AttachmentAnswers.Attach(VaultsOf(client), attach),
        Capture capture => TakeCapture(client, capture),
        GetCaptured { Drop: true } captured => Forget(client, captured),
        GetCaptured captured => CaptureAnswers.Offer(CaptureOf(client, captured.Key), VaultsOf(client)),
        RevealCaptured reveal => CaptureAnswers.Reveal(
            CaptureOf(client, reveal.Key), VaultsOf(client), () => Release(client, $"capture {reveal.Key}")),
        KeepCaptured keep => KeepCapture(client, keep),
        Promote { Item: { } item } => NewPasswordAnswers.Promote(VaultsOf(client), item),
        Promote { Key: { } key } => NewPasswordAnswers.Promote(CaptureOf(client, key), VaultsOf(client)),
        FindPasskeys find => PasskeyAnswers.Find(VaultsOf(client), find),
        CreatePasskey create => PasskeyAnswers.Create(VaultsOf(client), create, _options.Time.GetUtcNow()),
        UsePasskey use => PasskeyAnswers.Use(VaultsOf(client), use, item => Release(client, item)),
        DropPasskey drop => PasskeyAnswers.Drop(VaultsOf(client), drop),
        DropNewPassword drop => NewPasswordAnswers.Drop(VaultsOf(client), drop.Item),
        GetDraft draft => DraftsOf(client).Answer(client.Asker, draft),
        GetSite site => ChangeAnswers.Site(OwnOf(client), site),
        GetSites => new Sites(OwnOf(client).Settings.NeverSites()),
        Teach teach => ChangeAnswers.Teach(OwnOf(client), teach),
        GetTaught taught => ChangeAnswers.Taught(OwnOf(client), taught),
        Save save => ItemAnswers.Save(VaultsOf(client), save.Item),
        Update update => ItemAnswers.Update(VaultsOf(client), update),
        Remove remove => TrashAnswers.Remove(VaultsOf(client), remove),
        Restore restore => TrashAnswers.Restore(VaultsOf(client), restore),
        GetProfiles profiles => Profiles(client, profiles.Remove),
        ChangeSettings { Set: null } => OwnOf(client).Settings.Read(),
        ChangeSettings { Set: { } change } => ChangeSettings(client, change),
        _ => throw new InvalidOperationException($"{request.GetType().Name} has no answer"),
    };

    /// <summary>Nothing of the vault is in the answer, but who does not see it is told nothing.</summary>
    private OtpRead ReadOtp(Client client, ReadOtp request)
    {
        _ = OwnOf(client);
        return OtpAnswers.Read(request, _options.Time.GetUtcNow());
    }

    private bool IsShared(Client client, string item)
    {
        lock (_gate)
        {
            return Sees(client) && VaultsOf(client).IsShared(item);
        }
    }

    /// <summary>Answers about an office, which may wait for its server: nobody else waits.</summary>
    private Reply HandleOffice(Client client, OfficeRequest request)
    {
        SeenVaults vaults;
        lock (_gate)
        {
            CheckHello(client, request);
            vaults = VaultsOf(client);
            if (OfficeRequests.NeedsPassphrase(request))
            {
                CheckPassphraseIsFresh(client, "this lets others see more, or changes who can");
            }
            if (RequestEffects.IsAction(request))
            {
                _autoLock.NoteAction();
            }
        }
        var reply = _offices.Answer(vaults, request);
        if (RequestEffects.ChangesLists(request))
        {
            _clients.Tell("changed", null, other => other != client && Sees(other));
        }
        return reply;
    }

    /// <summary>Reads an attached file, which may wait for an office's server: nobody else waits.</summary>
    private Revealed HandleAttachment(Client client, GetAttachment request)
    {
        Func<Revealed> read;
        lock (_gate)
        {
            CheckHello(client, request);
            read = AttachmentAnswers.Read(VaultsOf(client), request, item => Release(client, item));
            _autoLock.NoteAction();
        }
        Revealed revealed;
        try
        {
            revealed = read();
        }
        catch (Exception failure) when (HasEnded && failure is ObjectDisposedException or Office.OfficeException)
        {
            throw ErrorKind.LockedError();
        }
        if (HasEnded)
        {
            revealed.Forget(); // locked while the file was on its way
            throw ErrorKind.LockedError();
        }
        return revealed;
    }

    private Done RemoveFurther(OpenVaults vaults, RemoveVault request)
    {
        var done = VaultAnswers.Remove(vaults, vaults.Require(request.Vault));
        _access.DismissAll(request.Vault);
        return done;
    }

    /// <summary>Lists the profiles, without the one to be removed: it must give the passphrase again, on the ports that it has open too.</summary>
    private Profiles Profiles(Client client, string? remove)
    {
        var vault = OwnOf(client);
        if (remove is not null)
        {
            ProfileAnswers.Remove(vault, remove);
            _access.Dismiss(remove);
            _drafts.Forget(remove);
            _captures.Forget(remove);
            foreach (var its in _clients.Where(other => other.Profile?.Hash == remove))
            {
                its.PassphraseAt = null;
            }
        }
        return ProfileAnswers.List(vault, client.Profile?.Hash);
    }

    private Settings ChangeSettings(Client client, SettingsChange change)
    {
        var vault = OwnOf(client);
        if (vault.Settings.LowersProtection(change))
        {
            CheckPassphraseIsFresh(client, "this protects less than before");
        }
        return ChangeAnswers.Change(vault, change);
    }

    private void CheckPassphraseIsFresh(Client client, string why)
    {
        if (!(client.PassphraseAt is { } given && _options.Time.GetElapsedTime(given) < Client.PassphraseIsFresh))
        {
            throw ErrorKind.Error(ErrorKind.Refused, why, "give the passphrase again, then change it", "passphrase");
        }
    }

    private void Release(Client client, string item)
    {
        if (!_releases.TryRelease(client.Asker, item))
        {
            _options.Log.SecretsLimited();
            throw ReleaseLimit.Refusal();
        }
    }

    /// <summary>Takes a capture, also of a profile that does not see the vault: the answer tells nothing.</summary>
    private Done TakeCapture(Client client, Capture request)
    {
        var profile = CapturerOf(client);
        ThrowIfEnded(); // nobody would wipe it any more
        _captures.Take(profile, request);
        if (request.Form != "login" && CapturedForm.Typed(request.NewPassword) is { } password && Sees(client))
        {
            var vaults = VaultsOf(client);
            // The page has it by now: nobody is to wait for the delay.
            _generated.KeepIfNew(vaults.Own, password);
            _generated.Now();
            NewPasswordAnswers.KeepTyped(vaults, _captures.Find(profile, request.Key), password, _options.Log);
        }
        return new Done();
    }

    /// <summary>Comes before the look at the vault: who captures nothing is told so whether or not one is open.</summary>
    private CapturedForm? CaptureOf(Client client, string key) => _captures.Find(CapturerOf(client), key);

    /// <summary>Lets a capture go, also of a profile that does not see the vault.</summary>
    private Captured Forget(Client client, GetCaptured request)
    {
        _captures.Remove(CapturerOf(client), request.Key);
        return new Captured();
    }

    private KeptCapture KeepCapture(Client client, KeepCaptured request)
    {
        var form = CaptureOf(client, request.Key);
        var kept = CaptureAnswers.Keep(form, VaultsOf(client), request);
        _captures.Remove(CapturerOf(client), request.Key);
        return kept;
    }

    private static string CapturerOf(Client client) => client.Profile?.Hash
        ?? throw ErrorKind.Error(ErrorKind.Refused, "only a browser's extension captures what is typed into pages", "save the item itself");

    private Drafts DraftsOf(Client client)
    {
        _ = OwnOf(client);
        return _drafts;
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
            _autoLock.NoteBrowser();
        }
        return new Welcome(
            Limits.Version, Build.Name, [Limits.Parts], new FrameLimits(Limits.ToHostBytes, Limits.FromHostBytes), StatusFor(client));
    }

    private Status StatusFor(Client client)
    {
        if (_vaults is { Own: var vault } && Sees(client))
        {
            return new Status(
                "unlocked", vault.Settings.Read().LockAfterMinutes, HostVersion,
                vault.File.Name, vault.File.Path, _vaults.OwnItems, _autoLock.OpenedAt);
        }
        var path = _vaults?.Own.File.Path ?? _opener.DefaultPath;
        return new Status(
            _vaults is null && _opener.HasNoVault ? "noVault" : "locked", OwnSettings.Initial.LockAfterMinutes, HostVersion,
            Path.GetFileNameWithoutExtension(path), path);
    }

    private bool Sees(Client client) => _vaults is { } vaults && _access.Sees(client, vaults.Own);

    private OwnVault OwnOf(Client client) => Sees(client) ? _vaults!.Own : throw ErrorKind.LockedError();

    private SeenVaults VaultsOf(Client client)
    {
        var own = OwnOf(client);
        return new SeenVaults(_vaults!, vault => _access.Sees(client, own, vault));
    }

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

    private void GiveBack()
    {
        if (_options.IsHost)
        {
            _leftovers.GiveBackIfDue();
        }
    }
}
