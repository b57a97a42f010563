using Host.Protocol;

namespace Host.Service;

/// <summary>Keeps a hijacked extension from emptying the vault: the secrets of at most 30 different items a minute for each profile.</summary>
internal sealed class ReleaseLimit(TimeProvider time)
{
    private const int MaxItems = 30;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<object, Releases> _releases = [];

    /// <summary>Lets a release pass and notes it.</summary>
    /// <param name="asker">The profile, or the connection of a command line.</param>
    /// <param name="item">The item's id on the wire.</param>
    /// <returns>Whether it may.</returns>
    public bool TryRelease(object asker, string item)
    {
        if (!_releases.TryGetValue(asker, out var releases))
        {
            _releases[asker] = releases = new Releases();
        }
        var now = time.GetTimestamp();
        foreach (var (old, stamp) in releases.Times)
        {
            if (time.GetElapsedTime(stamp, now) >= Window)
            {
                releases.Times.Remove(old);
            }
        }
        releases.IsBlocked |= releases.Times.Count >= MaxItems && !releases.Times.ContainsKey(item);
        if (releases.IsBlocked)
        {
            return false;
        }
        releases.Times[item] = now;
        return true;
    }

    /// <summary>Begins anew: the passphrase was given, or the connection is gone.</summary>
    public void Reset(object asker) => _releases.Remove(asker);

    /// <summary>The refusal.</summary>
    public static ProtocolException Refusal() => ErrorKind.Error(
        ErrorKind.RateLimited, "the secrets of too many items were asked for in a minute", "give the passphrase again");

    private sealed class Releases
    {
        public Dictionary<string, long> Times { get; } = [];

        public bool IsBlocked { get; set; }
    }
}
