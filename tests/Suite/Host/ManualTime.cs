namespace Suite.Hosting;

/// <summary>Time that moves when told. A computer's sleep moves the clock on the wall alone.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _wall = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private long _stamp;

    /// <summary>Called when a timer is disposed.</summary>
    public Action TimerDisposed { get; set; } = () => { };

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _wall;

    public override long GetTimestamp() => _stamp;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state), period, dueTime);
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Lets time pass, and timers fire on the way.</summary>
    public void Advance(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero;)
        {
            var step = left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
            left -= step;
            _wall += step;
            _stamp += step.Ticks;
            FireDue();
        }
    }

    /// <summary>Somebody sets the clock on the wall back.</summary>
    public void SetBack(TimeSpan time) => _wall -= time;

    /// <summary>Lets the computer sleep.</summary>
    public void Sleep(TimeSpan time) => _wall += time;

    private void FireDue()
    {
        foreach (var timer in _timers.Where(timer => timer.DueAt <= _stamp).ToList())
        {
            timer.DueAt = timer.Period == Timeout.InfiniteTimeSpan ? long.MaxValue : timer.DueAt + timer.Period.Ticks;
            timer.Fire();
        }
    }

    private long In(TimeSpan dueTime) => dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : _stamp + dueTime.Ticks;

    private sealed class ManualTimer(ManualTime time, Action fire, TimeSpan period, TimeSpan dueTime) : ITimer
    {
        public TimeSpan Period { get; private set; } = period;

        public long DueAt { get; set; } = time.In(dueTime);

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (Period, DueAt) = (period, time.In(dueTime));
            return true;
        }

        public void Dispose()
        {
            time._timers.Remove(this);
            time.TimerDisposed();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
