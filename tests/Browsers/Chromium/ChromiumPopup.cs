namespace Browsers.Chromium;

/// <summary>The real toolbar popup, by a DevTools session with its target.</summary>
internal sealed class ChromiumPopup(CdpTargets targets, CdpTarget target, CdpSession session, Watch watch)
    : ScriptedFrame, IView
{
    protected override Watch Watch => watch;

    /// <summary>
    /// Waits until the popup's document, which is of that origin, has loaded, and tells it what the person prefers.
    /// </summary>
    public async Task LoadedAsync(string origin, BrowserSetup setup)
    {
        await UntilAsync<bool>(
            """(origin) => location.origin === origin && document.readyState === "complete" """, origin);
        // Playwright does this for pages, and knows no popup.
        var features = new[]
        {
            new { name = "prefers-color-scheme", value = setup.Dark ? "dark" : "light" },
            new { name = "forced-colors", value = setup.ForcedColours ? "active" : "none" },
            new { name = "prefers-reduced-motion", value = setup.ReducedMotion ? "reduce" : "no-preference" },
        };
        await session.SendAsync("Emulation.setEmulatedMedia", new { features });
    }

    public async Task TypeAsync(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var key = rune.ToString();
            await session.SendAsync("Input.dispatchKeyEvent", new { type = "keyDown", key, text = key });
            await session.SendAsync("Input.dispatchKeyEvent", new { type = "keyUp", key });
        }
    }

    public async Task PressAsync(string keys)
    {
        var parts = Keys.Split(keys);
        var modifiers = parts[..^1].Sum(part => Keys.Find(part)?.Modifier ?? 0);
        var key = parts[^1];
        var named = Keys.Find(key);
        var windowsVirtualKeyCode = named?.VirtualKey ?? char.ToUpperInvariant(key[0]);
        var text = named?.Text ?? (modifiers == 0 ? key : "");
        // Both are sent before the first is answered: the key may close the popup, which then takes no more.
        var down = session.SendAsync("Input.dispatchKeyEvent",
            new { type = text == "" ? "rawKeyDown" : "keyDown", key, modifiers, windowsVirtualKeyCode, text });
        var up = session.SendAsync("Input.dispatchKeyEvent", new { type = "keyUp", key, modifiers, windowsVirtualKeyCode });
        await UnlessItClosesAsync(Task.WhenAll(down, up));
    }

    public async Task<byte[]> ScreenshotAsync()
    {
        var answer = await session.SendAsync("Page.captureScreenshot", new { format = "png" });
        return Convert.FromBase64String(answer.GetProperty("data").GetString()!);
    }

    public async Task CloseAsync()
    {
        await targets.SendAsync("Target.closeTarget", new() { ["targetId"] = target.Id });
        await targets.WaitForEndAsync(target);
    }

    /// <summary>Closes the popup if it is still open, and waits for its end.</summary>
    public async Task EndAsync()
    {
        if (targets.Now.Contains(target))
        {
            try
            {
                await targets.SendAsync("Target.closeTarget", new() { ["targetId"] = target.Id });
            }
            catch (BrowserException)
            {
                // It was closing by itself; what follows waits for that.
            }
            await targets.WaitForEndAsync(target);
        }
    }

    public override Task<IFrame> FrameAsync(string selector) =>
        throw new NotSupportedException("the popup's subframes cannot be reached: open the page in a tab");

    protected override async Task<string> RunAsync(string script)
    {
        try
        {
            return await session.EvaluateAsync(script);
        }
        catch (BrowserException error) when (error.Message.Contains("context was destroyed", StringComparison.Ordinal))
        {
            throw new DocumentReplacedException(error);
        }
    }

    protected override async Task ClickAsync(Point point)
    {
        var (x, y) = (point.X, point.Y);
        await session.SendAsync("Input.dispatchMouseEvent", new { type = "mouseMoved", x, y });
        await session.SendAsync("Input.dispatchMouseEvent",
            new { type = "mousePressed", x, y, button = "left", clickCount = 1 });
        await UnlessItClosesAsync(session.SendAsync("Input.dispatchMouseEvent",
            new { type = "mouseReleased", x, y, button = "left", clickCount = 1 }));
    }

    /// <summary>Awaits the answer to what may close the popup: then none may come, and its end is the answer.</summary>
    private async Task UnlessItClosesAsync(Task answer)
    {
        try
        {
            await answer;
        }
        catch (BrowserException)
        {
            await targets.WaitForEndAsync(target);
        }
    }
}
