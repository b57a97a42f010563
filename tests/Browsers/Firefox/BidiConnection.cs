using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Browsers.Firefox;

/// <summary>
/// A WebDriver BiDi session over one WebSocket (https://w3c.github.io/webdriver-bidi/): commands, their answers, and
/// events. What the commands mean is the callers' business.
/// </summary>
internal sealed class BidiConnection : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonNode>> _waiting = new();
    private readonly Watch _watch;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _navigations = new();
    private long _lastId;
    private Task _receiving = Task.CompletedTask;

    private BidiConnection(Watch watch) => _watch = watch;

    /// <summary>
    /// Some event that the session is subscribed to. Raised on the receiving thread: it must not block.
    /// </summary>
    public event Action? Event;

    public static async Task<BidiConnection> OpenAsync(Uri address, Watch watch)
    {
        var connection = new BidiConnection(watch);
        await watch.For(connection._socket.ConnectAsync(address, CancellationToken.None), $"connecting to {address}");
        connection._receiving = connection.ReceiveAsync();
        return connection;
    }

    /// <summary>Sends a command and returns the <c>result</c> of its answer.</summary>
    /// <exception cref="BrowserException">
    /// There was no answer before the deadline or the browser's end, or it was an error: the inner exception is then a
    /// <see cref="BidiException"/>.
    /// </exception>
    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null, TimeSpan? within = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        try
        {
            return await _watch.For(ExchangeAsync(command, answer.Task), Describe(command), within);
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    /// <summary>
    /// Completes when the next document takes its place in a browsing context. The session must be subscribed to
    /// <c>browsingContext.navigationCommitted</c>.
    /// </summary>
    public Task NavigationOf(string context) => _navigations.GetOrAdd(context,
        _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task<JsonNode> ExchangeAsync(JsonObject command, Task<JsonNode> answer)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(command);
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
        return await answer;
    }

    private async Task ReceiveAsync()
    {
        try
        {
            var buffer = new byte[64 * 1024];
            using var message = new MemoryStream();
            while (true)
            {
                message.SetLength(0);
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                    message.Write(buffer, 0, part.Count);
                }
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }
                Receive(JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!);
            }
        }
        catch (Exception cause) when (cause is WebSocketException or OperationCanceledException)
        {
            // The browser went away, or we did: the calls that wait are told below.
        }
        finally
        {
            _watch.BrowserIsGone();
        }
    }

    private void Receive(JsonNode message)
    {
        if ((string?)message["type"] == "event")
        {
            if ((string)message["method"]! == "browsingContext.navigationCommitted"
                && _navigations.TryRemove((string)message["params"]!["context"]!, out var navigation))
            {
                navigation.SetResult();
            }
            Event?.Invoke();
        }
        else if ((long?)message["id"] is { } id && _waiting.TryRemove(id, out var answer))
        {
            if ((string?)message["type"] == "success")
            {
                answer.SetResult(message["result"]!);
            }
            else
            {
                answer.SetException(new BidiException((string)message["error"]!, (string)message["message"]!));
            }
        }
    }

    private static string Describe(JsonObject command)
    {
        const int MaxShown = 600;
        var text = command.ToJsonString();
        return text.Length <= MaxShown ? text : text[..MaxShown] + "…";
    }
}

/// <summary>The browser answered a command with an error.</summary>
internal sealed class BidiException(string error, string message) : Exception($"{error}: {message}")
{
    /// <summary>
    /// Whether the document in which the command ran was replaced meanwhile. Firefox reports it as the end of the
    /// actor that ran the command, or as a browsing context that is not there between two processes.
    /// </summary>
    public bool DocumentReplaced =>
        Message.Contains("destroyed", StringComparison.Ordinal)
        || Message.Contains("AbortError", StringComparison.Ordinal);
}
