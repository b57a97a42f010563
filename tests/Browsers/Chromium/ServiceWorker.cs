using System.Text.Json;
using Microsoft.Playwright;

namespace Browsers.Chromium;

/// <summary>
/// The background of an extension: its service worker, as the DevTools domain ServiceWorker reports it.
/// </summary>
/// <remarks>
/// Targets would not do: Playwright holds a session with the worker's target, which therefore outlives the worker.
/// </remarks>
internal sealed class ServiceWorker : IAsyncDisposable
{
    private readonly ICDPSession _session;
    private readonly Watch _watch;
    private readonly string _origin;
    private volatile Version? _version;
    private volatile int _stops;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceWorker(ICDPSession session, Watch watch, string origin)
    {
        _session = session;
        _watch = watch;
        _origin = origin;
    }

    /// <summary>Watches the worker of an origin. It need not be there yet.</summary>
    public static async Task<ServiceWorker> WatchAsync(IBrowserContext context, Watch watch, string origin)
    {
        // Any page will do: the domain reports the workers of its whole profile.
        var session = await watch.For(context.NewCDPSessionAsync(context.Pages[0]), "opening a DevTools session");
        var worker = new ServiceWorker(session, watch, origin);
        session.Event("ServiceWorker.workerVersionUpdated").OnEvent +=
            (_, parameters) => worker.Take(parameters!.Value);
        await watch.For(session.SendAsync("ServiceWorker.enable"), "ServiceWorker.enable");
        return worker;
    }

    /// <summary>Starts the worker if it is not running.</summary>
    /// <returns>Its DevTools target.</returns>
    public async Task<string> StartAsync()
    {
        var version = await UntilAsync(each => each.Installed, "the extension's background to be installed");
        if (version.Status is not ("running" or "starting"))
        {
            await _watch.For(_session.SendAsync("ServiceWorker.startWorker", new() { ["scopeURL"] = $"{_origin}/" }),
                "starting the background");
        }
        version = await UntilAsync(
            each => each.Status == "running" && each.Target is not null, "the background to start");
        return version.Target!;
    }

    /// <summary>Stops the worker and waits until it has stopped.</summary>
    /// <exception cref="BrowserException">It was not running.</exception>
    public async Task StopAsync()
    {
        var version = await UntilAsync(each => each.Installed, "the extension's background to be installed");
        if (version.Status == "stopped")
        {
            throw new BrowserException("the background is stopped");
        }
        // Counted, because a page that is open may start it again before anybody has looked.
        var before = _stops;
        await _watch.For(_session.SendAsync("ServiceWorker.stopWorker", new() { ["versionId"] = version.Id }),
            "stopping the background");
        await UntilAsync(_ => _stops != before, "the background to stop");
    }

    public async ValueTask DisposeAsync() => await _watch.For(_session.DetachAsync(), "closing a DevTools session");

    private async Task<Version> UntilAsync(Func<Version, bool> holds, string what)
    {
        while (true)
        {
            var changed = _changed.Task;
            if (_version is { } version && holds(version))
            {
                return version;
            }
            await _watch.For(changed, $"waiting for {what}");
        }
    }

    private void Take(JsonElement parameters)
    {
        foreach (var version in parameters.GetProperty("versions").EnumerateArray())
        {
            if (version.GetProperty("scriptURL").GetString()!.StartsWith($"{_origin}/", StringComparison.Ordinal))
            {
                var last = _version;
                _version = new Version(
                    version.GetProperty("versionId").GetString()!,
                    version.GetProperty("runningStatus").GetString()!,
                    version.GetProperty("status").GetString() is "activated",
                    version.TryGetProperty("targetId", out var target) ? target.GetString() : null);
                if (_version.Status == "stopped" && last?.Status != "stopped")
                {
                    _stops++;
                }
            }
        }
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private sealed record Version(string Id, string Status, bool Installed, string? Target);
}
