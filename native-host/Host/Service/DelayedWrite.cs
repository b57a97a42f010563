namespace Host.Service;

/// <summary>A write that several changes share: soon after the first of them, or sooner if somebody cannot wait. Guarded by the session's gate.</summary>
/// <param name="time">The time.</param>
/// <param name="delay">How long a change may be in memory only.</param>
/// <param name="due">Called when the delay is over, on a thread of the timer: it takes the gate and calls <see cref="Now"/>.</param>
/// <param name="write">Writes.</param>
internal sealed class DelayedWrite(TimeProvider time, TimeSpan delay, Action due, Action write)
{
    private ITimer? _timer;

    /// <summary>Writes when the delay is over.</summary>
    public void Soon() => _timer ??= time.CreateTimer(_ => due(), null, delay, Timeout.InfiniteTimeSpan);

    /// <summary>Writes what waits to be written; does nothing if nothing does.</summary>
    public void Now()
    {
        if (_timer is null)
        {
            return;
        }
        _timer.Dispose();
        _timer = null;
        write();
    }
}
