using System.Collections.Concurrent;
using System.Text.Json;

namespace Browsers.Chromium;

/// <summary>A DevTools session with one target.</summary>
internal sealed class CdpSession(CdpTargets targets, Watch watch, string id) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _waiting = new();
    private int _lastId;

    public string Id => id;

    /// <summary>An event's name and parameters. Raised on the receiving thread: it must not block.</summary>
    public event Action<string, JsonElement>? Event;

    /// <summary>Sends a command and returns the <c>result</c> of its answer.</summary>
    /// <exception cref="BrowserException">The target answered with an error, or not in time.</exception>
    public async Task<JsonElement> SendAsync(string method, object parameters)
    {
        var number = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[number] = answer;
        try
        {
            await targets.SendAsync("Target.sendMessageToTarget", new()
            {
                ["sessionId"] = id,
                ["message"] = JsonSerializer.Serialize(new { id = number, method, @params = parameters }),
            });
            var message = await watch.For(answer.Task, method, watch.Limit * 2);
            return message.TryGetProperty("error", out var error)
                ? throw new BrowserException($"{method}: {error.GetProperty("message").GetString()}")
                : message.GetProperty("result");
        }
        finally
        {
            _waiting.TryRemove(number, out _);
        }
    }

    /// <summary>The targets that belong to this one: of a tab, its page.</summary>
    public async Task<IReadOnlyList<string>> ChildrenAsync()
    {
        var children = new ConcurrentQueue<string>();
        void Take(string method, JsonElement parameters)
        {
            if (method == "Target.attachedToTarget")
            {
                children.Enqueue(parameters.GetProperty("targetInfo").GetProperty("targetId").GetString()!);
            }
        }
        Event += Take;
        // Those that are there already are reported before the answer.
        await SendAsync("Target.setAutoAttach",
            new { autoAttach = true, waitForDebuggerOnStart = false, flatten = false });
        Event -= Take;
        return [.. children];
    }

    /// <summary>Evaluates a script of <see cref="Scripts"/> and returns the JSON text that it yields.</summary>
    public async Task<string> EvaluateAsync(string script)
    {
        var answer = await SendAsync("Runtime.evaluate",
            new { expression = script, awaitPromise = true, returnByValue = true, userGesture = false });
        return answer.TryGetProperty("exceptionDetails", out var details)
            ? throw new BrowserException($"{details.GetRawText()}: {script}")
            : answer.GetProperty("result").GetProperty("value").GetString()!;
    }

    /// <summary>Takes a message of the target.</summary>
    public void Receive(string message)
    {
        using var document = JsonDocument.Parse(message);
        var root = document.RootElement.Clone();
        if (root.TryGetProperty("method", out var method))
        {
            Event?.Invoke(method.GetString()!, root.GetProperty("params"));
        }
        else if (_waiting.TryRemove(root.GetProperty("id").GetInt32(), out var answer))
        {
            answer.SetResult(root);
        }
    }

    public async ValueTask DisposeAsync() => await targets.DetachAsync(this);
}
