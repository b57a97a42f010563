using System.Text.Json.Nodes;

namespace Browsers.Firefox;

/// <summary>A browsing context, which outlives the documents that are loaded into it.</summary>
internal class FirefoxFrame(BidiConnection connection, Watch watch, string context) : ScriptedFrame
{
    public string Context => context;

    protected override Watch Watch => watch;

    protected BidiConnection Connection => connection;

    // A document that leaves for the back-forward cache sleeps there, and its calls with it: none would ever fail.
    protected override Task Replaced => connection.NavigationOf(context);

    public override async Task<IFrame> FrameAsync(string selector)
    {
        // A waiting call hands over JSON and no window, so wait first and take it then.
        await WaitForAsync(Scripts.Find, selector);
        var inside = await ContextOfAsync(
            $"({Scripts.Find})({JsonValue.Create(selector).ToJsonString()})?.contentWindow");
        return inside is null
            ? throw new BrowserException($"{selector} is no frame")
            : new FirefoxFrame(connection, watch, inside);
    }

    /// <summary>The frame, of this one and those inside it, that has the keyboard's focus.</summary>
    protected async Task<FirefoxFrame> FocusedAsync()
    {
        var inside = await ContextOfAsync("""
            (() => {
              let element = document.activeElement;
              while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
              return element?.contentWindow;
            })()
            """);
        return inside is null ? this : await new FirefoxFrame(connection, watch, inside).FocusedAsync();
    }

    protected override async Task<string> RunAsync(string script)
    {
        var result = await EvaluateRawAsync(script);
        return (string)result["value"]!;
    }

    protected override Task ClickAsync(Point point) => PerformAsync("pointer",
        new JsonObject { ["type"] = "pointerMove", ["x"] = point.X, ["y"] = point.Y },
        new JsonObject { ["type"] = "pointerDown", ["button"] = 0 },
        new JsonObject { ["type"] = "pointerUp", ["button"] = 0 });

    /// <summary>Performs the actions of one input device, by which the page sees trusted events.</summary>
    public Task PerformAsync(string device, params JsonNode[] actions) => connection.SendAsync("input.performActions",
        new JsonObject
        {
            ["context"] = context,
            ["actions"] = new JsonArray(new JsonObject
            {
                ["type"] = device,
                ["id"] = device,
                ["actions"] = new JsonArray(actions),
            }),
        });

    /// <summary>The browsing context of the window that a script yields; null if it yields something else.</summary>
    private async Task<string?> ContextOfAsync(string script)
    {
        var result = await EvaluateRawAsync(script);
        return (string?)result["type"] == "window" ? (string)result["value"]!["context"]! : null;
    }

    private async Task<JsonNode> EvaluateRawAsync(string script)
    {
        JsonNode answer;
        try
        {
            answer = await connection.SendAsync("script.evaluate", new JsonObject
            {
                ["expression"] = script,
                ["target"] = new JsonObject { ["context"] = context },
                ["awaitPromise"] = true,
            }, within: watch.Limit * 2);
        }
        catch (BrowserException error) when (error.InnerException is BidiException { DocumentReplaced: true })
        {
            throw new DocumentReplacedException(error);
        }
        return (string?)answer["type"] == "success"
            ? answer["result"]!
            : throw new BrowserException($"{(string?)answer["exceptionDetails"]?["text"]}: {script}");
    }
}
