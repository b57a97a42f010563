namespace Browsers;

/// <summary>The part of <see cref="IFrame"/> that is JavaScript and therefore the same in both browsers.</summary>
internal abstract class ScriptedFrame : IFrame
{
    protected abstract Watch Watch { get; }

    /// <summary>Evaluates a script of <see cref="Scripts"/> and returns the JSON text that it yields.</summary>
    /// <exception cref="DocumentReplacedException">The page navigated while the script ran.</exception>
    protected abstract Task<string> RunAsync(string script);

    /// <summary>
    /// Completes when another document takes the place of the one that is there now. A driver whose browser says so
    /// by failing the call may leave it as it is: never.
    /// </summary>
    protected virtual Task Replaced { get; } = new TaskCompletionSource().Task;

    /// <summary>Clicks at a point of this document's own view.</summary>
    protected abstract Task ClickAsync(Point point);

    public abstract Task<IFrame> FrameAsync(string selector);

    public async Task<T> EvaluateAsync<T>(string javaScript, params object?[] arguments)
    {
        try
        {
            var json = await Watch.For(RunAsync(Scripts.Call(javaScript, arguments)), javaScript);
            return Scripts.Result<T>(json, javaScript);
        }
        catch (DocumentReplacedException cause)
        {
            throw new BrowserException($"{cause.Message}: {javaScript}", cause);
        }
    }

    public Task WaitForAsync(string javaScript, params object?[] arguments) =>
        UntilAsync<System.Text.Json.JsonElement>(javaScript, arguments);

    public async Task ClickAsync(string selector) =>
        await ClickAsync(await UntilAsync<Point>(Scripts.PointOf, selector));

    /// <summary>
    /// Waits for a function to return something truthy, in this document or in those that replace it.
    /// </summary>
    protected async Task<T> UntilAsync<T>(string javaScript, params object?[] arguments)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var left = Watch.Limit - TimeProvider.System.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                throw new BrowserException($"documents replaced one another until the deadline: {javaScript}");
            }
            try
            {
                // The page keeps the deadline, because it can say what the last answer was; the driver's own is for
                // a page that does not answer at all.
                var script = Scripts.Call(Scripts.Until(javaScript, left), arguments);
                var replaced = Replaced;
                var json = RunAsync(script);
                await Watch.For(Task.WhenAny(json, replaced), javaScript, left + Watch.Limit);
                if (json.IsCompleted || !replaced.IsCompleted)
                {
                    var answer = await Watch.For(json, javaScript);
                    return Scripts.Result<T>(answer, $"{javaScript} with ({string.Join(", ", arguments)})");
                }
            }
            catch (DocumentReplacedException)
            {
            }
        }
    }
}
