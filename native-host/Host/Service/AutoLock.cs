namespace Host.Service;

/// <summary>
/// Locks an open vault by itself: when its time is up, some time after the last browser has gone, before the computer sleeps, and with the
/// screen. Guarded by the session's gate, but for <see cref="LockIfDue"/> and <see cref="Watch"/>, which take it.
/// </summary>
/// <param name="options">The session's.</param>
/// <param name="gate">The session's.</param>
/// <param name="clients">Who is connected.</param>
/// <param name="tick">Called every now and then while the vault is open, outside the gate.</param>
/// <param name="lockNow">Locks, with the reason as the event has it; called outside the gate.</param>
internal sealed class AutoLock(SessionOptions options, Gate gate, Clients clients, Action tick, Action<string> lockNow)
{
    private OwnVault? _own;
    private SessionClock? _clock;
    private ITimer? _timer;
    private LogindWatch? _logind;

    /// <summary>When the vault was opened. Only while one is.</summary>
    public DateTimeOffset OpenedAt => _clock!.OpenedAt;

    /// <summary>Begins, with a vault that was opened now.</summary>
    public void Begin(OwnVault own)
    {
        _own = own;
        _clock = new SessionClock(options.Time);
        _timer = options.Time.CreateTimer(_ => Tick(), null, SessionClock.Interval, SessionClock.Interval);
    }

    /// <summary>Begins to hear of sleep and screen. It takes its time: not while somebody waits.</summary>
    public void Watch()
    {
        lock (gate)
        {
            if (options.SystemBus is { } bus && _own is not null)
            {
                _logind = LogindWatch.Start(bus, options.Log, Heard);
            }
        }
    }

    /// <summary>Ends, once keys are wiped: sleep waits until then.</summary>
    public void End()
    {
        _own = null;
        _timer?.Dispose();
        _logind?.Stop();
    }

    /// <summary>Notes a person's action.</summary>
    public void NoteAction() => _clock?.NoteAction();

    /// <summary>Notes that a browser has come.</summary>
    public void NoteBrowser() => _clock?.NoteBrowser();

    /// <summary>Notes it if the last browser has gone.</summary>
    public void NoteIfNoBrowser()
    {
        if (clients.HasNoBrowser)
        {
            _clock?.NoteNoBrowser();
        }
    }

    /// <summary>Locks if it is time.</summary>
    public void LockIfDue()
    {
        string? reason;
        lock (gate)
        {
            reason = _own is null ? null : _clock!.ReasonToLock(LockRules.Of(_own.Settings.Read()));
        }
        if (reason is not null)
        {
            lockNow(reason);
        }
    }

    private void Tick()
    {
        lock (gate)
        {
            if (clients.WatchesBrowsers)
            {
                NoteIfNoBrowser();
            }
        }
        LockIfDue();
        tick();
    }

    private void Heard(string reason)
    {
        bool locks;
        lock (gate)
        {
            locks = _own is not null && (reason == "sleep" || LockRules.Of(_own.Settings.Read()).OnScreenLock);
        }
        if (locks)
        {
            lockNow(reason);
        }
    }
}
