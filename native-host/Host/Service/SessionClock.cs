namespace Host.Service;

/// <summary>
/// Decides when an open vault must lock. Looks at two clocks: the one that stands still while the computer sleeps, and the one on the
/// wall, which does not but can be set.
/// </summary>
internal sealed class SessionClock
{
    /// <summary>How often an open vault's clock is looked at.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>How far the clocks may part before the computer must have slept. Clocks that are corrected jump by less.</summary>
    private static readonly TimeSpan SleepThreshold = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly Moment _opened;
    private Moment _lastAction;
    private Moment _lastLook;
    private Moment? _browsersLeft;

    public SessionClock(TimeProvider time)
    {
        _time = time;
        _opened = _lastAction = _lastLook = Now();
    }

    private readonly record struct Moment(long Stamp, DateTimeOffset Wall);

    /// <summary>When the vault was opened.</summary>
    public DateTimeOffset OpenedAt => _opened.Wall;

    /// <summary>Notes a person's action.</summary>
    public void NoteAction() => _lastAction = Now();

    /// <summary>Notes that a browser has come.</summary>
    public void NoteBrowser() => _browsersLeft = null;

    /// <summary>Notes that the last browser has gone.</summary>
    public void NoteNoBrowser() => _browsersLeft = Now();

    /// <summary>Tells whether to lock now.</summary>
    /// <returns>The reason, as the event has it, or <see langword="null"/>.</returns>
    public string? ReasonToLock(LockRules rules)
    {
        var now = Now();
        var slept = now.Wall - _lastLook.Wall - _time.GetElapsedTime(_lastLook.Stamp, now.Stamp) > SleepThreshold;
        _lastLook = now;
        if (slept)
        {
            return "sleep";
        }
        if (Since(_opened, now) >= TimeSpan.FromHours(rules.AfterHours))
        {
            return "limit";
        }
        if (rules.WithoutBrowserMinutes > 0
            && _browsersLeft is { } left
            && Since(left, now) >= TimeSpan.FromMinutes(rules.WithoutBrowserMinutes))
        {
            return "browsers";
        }
        return Since(_lastAction, now) >= TimeSpan.FromMinutes(rules.AfterMinutes) ? "idle" : null;
    }

    private TimeSpan Since(Moment then, Moment now)
    {
        var byStamp = _time.GetElapsedTime(then.Stamp, now.Stamp);
        var byWall = now.Wall - then.Wall;
        return byStamp > byWall ? byStamp : byWall;
    }

    private Moment Now() => new(_time.GetTimestamp(), _time.GetUtcNow());
}
