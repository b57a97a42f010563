using System.Collections.Concurrent;
using System.Threading.Channels;
using Contracts;

namespace Server.Streams;

/// <summary>
/// Wakes the event streams of this app server, and whoever tells the other app servers, when something moved. Says nothing to anybody
/// itself: what a stream may say, it asks of the database.
/// </summary>
internal sealed class Hints : IDisposable
{
    private static readonly TimeSpan LifeSign = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<Subscription, bool> _subscriptions = new();
    private readonly ITimer _lifeSigns;

    /// <summary>Begins: every 20 seconds each stream is to say that it lives. One clock for all of them, since there are many.</summary>
    public Hints(TimeProvider clock) => _lifeSigns = clock.CreateTimer(
        _ =>
        {
            foreach (var subscription in _subscriptions.Keys)
            {
                subscription.ShowLife();
            }
        },
        state: null, LifeSign, LifeSign);

    /// <summary>Called with what moved here, to be told to other app servers.</summary>
    public Action<IReadOnlyCollection<Id>, bool> Moved { get; set; } = (_, _) => { };

    /// <summary>Begins to listen.</summary>
    public Subscription Subscribe(Id member)
    {
        var subscription = new Subscription(this, member);
        _subscriptions[subscription] = true;
        return subscription;
    }

    /// <summary>How many streams a member has here.</summary>
    public int CountOf(Id member) => _subscriptions.Keys.Count(subscription => subscription.Member == member);

    /// <summary>Something was stored here.</summary>
    public void Publish(IReadOnlyCollection<Id> principals, bool logGrew)
    {
        Wake(principals, logGrew);
        Moved(principals, logGrew);
    }

    /// <summary>Something was stored here or elsewhere.</summary>
    public void Wake(IReadOnlyCollection<Id> principals, bool logGrew)
    {
        foreach (var subscription in _subscriptions.Keys)
        {
            if (logGrew || principals.Any(subscription.Wants))
            {
                subscription.Wake();
            }
        }
    }

    /// <summary>Something may have been stored that nobody told of.</summary>
    public void WakeAll() => Wake([], logGrew: true);

    /// <inheritdoc/>
    public void Dispose() => _lifeSigns.Dispose();

    /// <summary>One event stream.</summary>
    internal sealed class Subscription(Hints hints, Id member) : IDisposable
    {
        // One waiting signal says as much as many.
        private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

        private volatile IReadOnlySet<Id> _principals = new HashSet<Id>();
        private int _hasNews;

        public Id Member => member;

        /// <summary>Waits until there is something to do.</summary>
        /// <returns>Whether something may have moved; else it is time for a sign of life.</returns>
        public async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
        {
            await _signal.Reader.ReadAsync(cancellationToken);
            return Interlocked.Exchange(ref _hasNews, 0) == 1;
        }

        /// <summary>Whose streams to hear of.</summary>
        public void Want(IReadOnlySet<Id> principals) => _principals = principals;

        public bool Wants(Id principal) => _principals.Contains(principal);

        public void Wake()
        {
            Volatile.Write(ref _hasNews, 1); // first: a signal that waits already says it too
            ShowLife();
        }

        public void ShowLife() => _signal.Writer.TryWrite(true);

        public void Dispose() => hints._subscriptions.TryRemove(this, out _);
    }
}
