using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Browsers.Chromium;

/// <summary>
/// The targets of a browser, as the DevTools protocol reports them: also those that Playwright for .NET does not show,
/// such as the popup of an extension.
/// </summary>
internal sealed class CdpTargets
{
    private readonly ICDPSession _session;
    private readonly Watch _watch;
    private readonly ConcurrentDictionary<string, CdpTarget> _targets = new();
    private readonly ConcurrentDictionary<string, CdpSession> _attached = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CdpTargets(ICDPSession session, Watch watch)
    {
        _session = session;
        _watch = watch;
    }

    public static async Task<CdpTargets> WatchAsync(IBrowserContext context, Watch watch)
    {
        var session = await watch.For(context.Browser!.NewBrowserCDPSessionAsync(), "opening a DevTools session");
        var targets = new CdpTargets(session, watch);
        session.Event("Target.targetCreated").OnEvent += (_, parameters) => targets.Put(parameters!.Value);
        session.Event("Target.targetDestroyed").OnEvent += (_, parameters) => targets.Remove(parameters!.Value);
        session.Event("Target.receivedMessageFromTarget").OnEvent +=
            (_, parameters) => targets.Receive(parameters!.Value);
        await targets.SendAsync("Target.setDiscoverTargets", new()
        {
            ["discover"] = true,
            ["filter"] = new object[] { new { } }, // everything: a popup is no page yet when it is created
        });
        return targets;
    }

    /// <summary>The targets that are there now.</summary>
    public IReadOnlyCollection<CdpTarget> Now => [.. _targets.Values];

    /// <summary>Waits until there is a target of a kind.</summary>
    public async Task<CdpTarget> WaitForAsync(Func<CdpTarget, bool> wanted, string what)
    {
        while (true)
        {
            var changed = _changed.Task;
            if (_targets.Values.FirstOrDefault(wanted) is { } found)
            {
                return found;
            }
            await _watch.For(changed, what);
        }
    }

    /// <summary>Waits until a target is no longer there.</summary>
    public async Task WaitForEndAsync(CdpTarget target)
    {
        while (true)
        {
            var changed = _changed.Task;
            if (!_targets.ContainsKey(target.Id))
            {
                return;
            }
            await _watch.For(changed, $"the end of a {target.Kind}");
        }
    }

    /// <summary>Opens a session with a target, over this one.</summary>
    public async Task<CdpSession> AttachAsync(string targetId)
    {
        // Not "flatten": Playwright for .NET has no way to address a flattened session.
        var answer = await SendAsync("Target.attachToTarget", new() { ["targetId"] = targetId, ["flatten"] = false });
        var session = new CdpSession(this, _watch, answer.GetProperty("sessionId").GetString()!);
        _attached[session.Id] = session; // no command was sent on it yet, so no answer was lost
        return session;
    }

    public async Task DetachAsync(CdpSession session)
    {
        if (_attached.TryRemove(session.Id, out _))
        {
            await SendAsync("Target.detachFromTarget", new() { ["sessionId"] = session.Id });
        }
    }

    /// <summary>Sends a command to the browser itself.</summary>
    public async Task<JsonElement> SendAsync(string method, Dictionary<string, object>? parameters = null) =>
        (await _watch.For(_session.SendAsync(method, parameters), method))!.Value;

    private void Put(JsonElement parameters)
    {
        var info = parameters.GetProperty("targetInfo");
        var target = new CdpTarget(info.GetProperty("targetId").GetString()!, info.GetProperty("type").GetString()!);
        _targets[target.Id] = target;
        Changed();
    }

    private void Remove(JsonElement parameters)
    {
        var id = parameters.GetProperty("targetId").GetString()!;
        _targets.TryRemove(id, out _);
        Changed();
    }

    private void Receive(JsonElement parameters)
    {
        if (_attached.TryGetValue(parameters.GetProperty("sessionId").GetString()!, out var session))
        {
            session.Receive(parameters.GetProperty("message").GetString()!);
        }
    }

    private void Changed() =>
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}

/// <summary>
/// A target: its kind is "tab", "page", "service_worker" and others, as it was at its creation. Its URL is not here,
/// because Chromium reports later changes only of targets with a session.
/// </summary>
internal sealed record CdpTarget(string Id, string Kind);
