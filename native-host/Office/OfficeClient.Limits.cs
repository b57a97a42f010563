using Contracts;
using Office.State;

namespace Office;

/// <summary>Grants with time limits: what begins comes into the copy and what has ended goes, when it does, whether or not a server answers.</summary>
public sealed partial class OfficeClient
{
    /// <summary>A clock that was set, or a computer that slept, is noticed after so long at the most; each release looks at the clock itself.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(10);

    private readonly ITimer _limits;
    private readonly Dictionary<Id, Right> _limited = [];

    /// <summary>Brings into the copy what the clock alone has changed, and looks again when it will next.</summary>
    private void ShowLimited()
    {
        var now = Now;
        var changed = new List<SharedItem>();
        _limited.Keys.Except(_state.LimitedItems.Select(item => item.Id)).ToList().ForEach(id => _limited.Remove(id));
        foreach (var item in _state.LimitedItems)
        {
            var right = _state.RightOf(item, now);
            if (!_limited.TryGetValue(item.Id, out var before) || before != right)
            {
                _limited[item.Id] = right;
                changed.Add(item);
            }
        }
        ShowAgain(changed);
        if (_limited.Count > 0)
        {
            var next = TimeSpan.FromMilliseconds((_state.NextLimit(now) ?? long.MaxValue / TimeSpan.TicksPerMillisecond) - now);
            _limits.Change(next < LongestLook ? next : LongestLook, Timeout.InfiniteTimeSpan);
        }
    }

    private void LookAtLimits()
    {
        try
        {
            lock (_gate)
            {
                if (!_stop.IsCancellationRequested)
                {
                    ShowLimited();
                }
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Failed(failure); // this thread must not end the host
        }
    }
}
