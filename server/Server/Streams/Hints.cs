using System.Collections.Concurrent;
using System.Threading.Channels;
using Contracts;

namespace Server.Streams;

/// <summary>Tells the event streams of this app server that something moved. Says nothing to anybody itself: who may hear it is asked of the database.</summary>
internal sealed class Hints
{
    private const int MostWaiting = 1000;

    private readonly ConcurrentDictionary<Subscription, bool> _subscriptions = new();

    /// <summary>Begins to listen.</summary>
    public Subscription Subscribe(Id member)
    {
        var subscription = new Subscription(this, member);
        _subscriptions[subscription] = true;
        return subscription;
    }

    /// <summary>How many streams a member has here.</summary>
    public int CountOf(Id member) => _subscriptions.Keys.Count(subscription => subscription.Member == member);

    /// <summary>Something was stored.</summary>
    /// <param name="heads">Which streams end where now.</param>
    /// <param name="logHead">The index of the log's head, if the log grew.</param>
    public void Publish(IReadOnlyList<(Id Principal, long Head)> heads, long? logHead)
    {
        foreach (var subscription in _subscriptions.Keys)
        {
            if (logHead is { } index)
            {
                subscription.Put(new Hint(null, index));
            }
            foreach (var (principal, head) in heads)
            {
                if (subscription.Wants(principal))
                {
                    subscription.Put(new Hint(principal, head));
                }
            }
        }
    }

    /// <summary>That a stream, or the log, goes up to a number.</summary>
    internal readonly record struct Hint(Id? Principal, long Number);

    /// <summary>One event stream.</summary>
    internal sealed class Subscription(Hints hints, Id member) : IDisposable
    {
        // Who reads too slowly loses the oldest: a hint carries nothing that the next does not say too.
        private readonly Channel<Hint> _waiting = Channel.CreateBounded<Hint>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        private volatile IReadOnlySet<Id> _principals = new HashSet<Id>();

        public Id Member => member;

        public ChannelReader<Hint> Waiting => _waiting.Reader;

        /// <summary>Whose streams to hear of.</summary>
        public void Want(IReadOnlySet<Id> principals) => _principals = principals;

        public bool Wants(Id principal) => _principals.Contains(principal);

        public void Put(Hint hint) => _waiting.Writer.TryWrite(hint);

        public void Dispose() => hints._subscriptions.TryRemove(this, out _);
    }
}
