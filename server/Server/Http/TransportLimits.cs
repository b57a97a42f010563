using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Server.Http;

/// <summary>What may come in, and how slowly, before anything is known of who sends it, and for how long it is answered. See server/docs/operations.md, "Limits".</summary>
internal sealed record TransportLimits
{
    private const int HeaderBytes = 16 * 1024;
    private const double LeastBodyBytesPerSecond = 240;

    /// <summary>Connections at once; one more is closed.</summary>
    public int Connections { get; init; } = 20_000;

    /// <summary>How long a handshake may take, and then the fields of a request.</summary>
    public TimeSpan Headers { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a body may be slower than it must be.</summary>
    public TimeSpan SlowBody { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a request may take until it is answered.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an event stream lasts.</summary>
    public TimeSpan EventStream { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Gives Kestrel what it watches over.</summary>
    public void Apply(KestrelServerLimits kestrel)
    {
        kestrel.MaxRequestBodySize = Contracts.Limits.BodyBytes;
        kestrel.MaxRequestHeadersTotalSize = HeaderBytes;
        kestrel.RequestHeadersTimeout = Headers;
        kestrel.MinRequestBodyDataRate = new MinDataRate(LeastBodyBytesPerSecond, SlowBody);
        kestrel.MaxConcurrentConnections = Connections;
    }
}
