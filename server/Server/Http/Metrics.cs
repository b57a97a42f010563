using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Server.Http;

/// <summary>Counts what the server does, for Prometheus. Names of endpoints and nothing of what went through them.</summary>
internal sealed class Metrics
{
    private readonly ConcurrentDictionary<(string Method, string Pattern, int Status), Counter> _requests = new();
    private long _streams;

    /// <summary>Counts a request that was answered.</summary>
    public void Count(ApiEndpoint endpoint, int status, TimeSpan elapsed)
    {
        var counter = _requests.GetOrAdd((endpoint.Method, endpoint.Pattern, status), _ => new Counter());
        Interlocked.Increment(ref counter.Requests);
        Interlocked.Add(ref counter.Ticks, elapsed.Ticks);
    }

    /// <summary>An event stream began or ended.</summary>
    public void Stream(bool begins) => Interlocked.Add(ref _streams, begins ? 1 : -1);

    /// <summary>The text format, version 0.0.4.</summary>
    /// <param name="newestBackup">When the newest backup was made; left out where there is none.</param>
    public string Write(DateTimeOffset? newestBackup)
    {
        var text = new StringBuilder();
        text.Append("# TYPE latchkey_requests_total counter\n");
        Append(text, "latchkey_requests_total", counter => Interlocked.Read(ref counter.Requests));
        text.Append("# TYPE latchkey_request_seconds_total counter\n");
        Append(text, "latchkey_request_seconds_total", counter => new TimeSpan(Interlocked.Read(ref counter.Ticks)).TotalSeconds);
        text.Append("# TYPE latchkey_event_streams gauge\n");
        text.Append(CultureInfo.InvariantCulture, $"latchkey_event_streams {Interlocked.Read(ref _streams)}\n");
        text.Append("# TYPE latchkey_memory_bytes gauge\n");
        text.Append(CultureInfo.InvariantCulture, $"latchkey_memory_bytes {Environment.WorkingSet}\n");
        if (newestBackup is { } time)
        {
            text.Append("# TYPE latchkey_newest_backup_timestamp_seconds gauge\n");
            text.Append(CultureInfo.InvariantCulture, $"latchkey_newest_backup_timestamp_seconds {time.ToUnixTimeSeconds()}\n");
        }
        return text.ToString();
    }

    private void Append(StringBuilder text, string name, Func<Counter, double> value)
    {
        foreach (var ((method, pattern, status), counter) in _requests.OrderBy(pair => pair.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{{method=\"{method}\",path=\"{pattern}\",status=\"{status}\"}} {value(counter)}\n");
        }
    }

    private sealed class Counter
    {
        public long Requests;
        public long Ticks;
    }
}
