using System.Net;
using System.Threading.RateLimiting;
using Contracts;

namespace Server.Http;

/// <summary>How much one may ask for: a rate, and what may come at once. See server/docs/api.md, "Limits".</summary>
internal sealed class RateLimits : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly PartitionedRateLimiter<Id> _members;
    private readonly PartitionedRateLimiter<IPAddress> _addresses;

    public RateLimits(RateSettings settings)
    {
        _members = PartitionedRateLimiter.Create<Id, Id>(
            member => RateLimitPartition.GetTokenBucketLimiter(member, _ => BucketOf(settings.MemberPerSecond, settings.MemberAtOnce)));
        _addresses = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
            address => RateLimitPartition.GetTokenBucketLimiter(NetworkOf(address), _ => BucketOf(settings.AddressPerSecond, settings.AddressAtOnce)));
    }

    /// <summary>Counts a signed request.</summary>
    /// <exception cref="ApiException">It is one too many.</exception>
    public void Count(Id member) => Require(_members.AttemptAcquire(member));

    /// <summary>Counts a request that is not signed, or wrongly. An office behind one address is not held up by it in what it signs.</summary>
    /// <exception cref="ApiException">It is one too many.</exception>
    public void Count(IPAddress? address) => Require(_addresses.AttemptAcquire(address ?? IPAddress.None));

    public void Dispose()
    {
        _members.Dispose();
        _addresses.Dispose();
    }

    private static void Require(RateLimitLease lease)
    {
        using (lease)
        {
            if (!lease.IsAcquired)
            {
                throw ApiException.TooMany(lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : null);
            }
        }
    }

    private static TokenBucketRateLimiterOptions BucketOf(int perSecond, int atOnce) => new()
    {
        TokenLimit = atOnce,
        TokensPerPeriod = Math.Max(1, perSecond / (int)(TimeSpan.FromSeconds(1) / Period)),
        ReplenishmentPeriod = Period,
        QueueLimit = 0,
    };

    /// <summary>Who has one address of IPv6 has the 2^64 beside it too.</summary>
    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }
        var bytes = address.GetAddressBytes();
        if (bytes.Length == 16)
        {
            bytes.AsSpan(8).Clear();
        }
        return new IPAddress(bytes);
    }
}

/// <summary>The rates of <see cref="RateLimits"/>.</summary>
internal sealed record RateSettings
{
    public int MemberPerSecond { get; init; } = 100;

    public int MemberAtOnce { get; init; } = 2000;

    public int AddressPerSecond { get; init; } = 10;

    public int AddressAtOnce { get; init; } = 200;
}
