using System.Text.Json.Nodes;

namespace Browsers.Firefox;

/// <summary>A top-level browsing context: a tab.</summary>
internal sealed class FirefoxPage(BidiConnection connection, Watch watch, string context, double deviceScale)
    : FirefoxFrame(connection, watch, context), IPage
{
    public async Task<string> UrlAsync()
    {
        var tree = await Connection.SendAsync("browsingContext.getTree",
            new JsonObject { ["root"] = Context, ["maxDepth"] = 0 });
        return (string)tree["contexts"]![0]!["url"]!;
    }

    public Task GotoAsync(string url) =>
        Connection.SendAsync("browsingContext.navigate", Here(("url", url), ("wait", "complete")));

    public Task ReloadAsync() => Connection.SendAsync("browsingContext.reload", Here(("wait", "complete")));

    public Task RunFirstAsync(string javaScript) => Connection.SendAsync("script.addPreloadScript", new JsonObject
    {
        ["functionDeclaration"] = $"() => {{ {javaScript} }}",
        ["contexts"] = new JsonArray(Context),
    });

    public Task ActivateAsync() => Connection.SendAsync("browsingContext.activate", Here());

    public Task ClickAtAsync(int x, int y) => ClickAsync(new Point(x, y));

    public Task DragAsync(int fromX, int fromY, int toX, int toY) => PerformAsync("pointer",
        new JsonObject { ["type"] = "pointerMove", ["x"] = fromX, ["y"] = fromY },
        new JsonObject { ["type"] = "pointerDown", ["button"] = 0 },
        new JsonObject { ["type"] = "pointerMove", ["x"] = (fromX + toX) / 2, ["y"] = (fromY + toY) / 2 },
        new JsonObject { ["type"] = "pointerMove", ["x"] = toX, ["y"] = toY },
        new JsonObject { ["type"] = "pointerUp", ["button"] = 0 });

    public Task SetViewportAsync(int width, int height) => Connection.SendAsync("browsingContext.setViewport",
        Here(("viewport", new JsonObject { ["width"] = width, ["height"] = height }),
            ("devicePixelRatio", deviceScale)));

    public async Task TypeAsync(string text) => await (await FocusedAsync()).PerformAsync("key",
        [.. text.EnumerateRunes().Select(rune => rune.ToString())
            .SelectMany(key => new[] { Key("keyDown", key), Key("keyUp", key) })]);

    public async Task PressAsync(string keys)
    {
        var codes = Keys.Split(keys).Select(key => Keys.Find(key) is { } named ? $"{named.WebDriver}" : key).ToList();
        await (await FocusedAsync()).PerformAsync("key",
            [.. codes.Select(code => Key("keyDown", code)),
                .. Enumerable.Reverse(codes).Select(code => Key("keyUp", code))]);
    }

    public async Task<byte[]> ScreenshotAsync()
    {
        var answer = await Connection.SendAsync("browsingContext.captureScreenshot", Here());
        return Convert.FromBase64String((string)answer["data"]!);
    }

    public Task CloseAsync() => Connection.SendAsync("browsingContext.close", Here());

    private JsonObject Here(params (string Name, JsonNode Value)[] parameters)
    {
        var all = new JsonObject { ["context"] = Context };
        foreach (var (name, value) in parameters)
        {
            all[name] = value;
        }
        return all;
    }

    private static JsonObject Key(string type, string value) => new() { ["type"] = type, ["value"] = value };
}
