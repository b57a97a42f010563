namespace Browsers.Firefox;

/// <summary>
/// The real toolbar popup. BiDi does not list it, so its JavaScript runs from the driver's page of the same extension,
/// and its pointer, keys and picture go through the browser's window.
/// </summary>
internal sealed class FirefoxPopup(
    BidiConnection connection, Watch watch, FirefoxPage driverPage, FirefoxWindow window, double deviceScale)
    : FirefoxFrame(connection, watch, driverPage.Context), IView
{
    private const string View = """browser.extension.getViews({ type: "popup" })[0]""";

    /// <summary>Waits until the popup's document has loaded and its panel has come to rest.</summary>
    public async Task LoadedAsync()
    {
        await driverPage.WaitForAsync(
            $$"""
            () => {{View}}.location.protocol === "moz-extension:" && {{View}}.document.readyState === "complete"
            """);
        await window.PopupShownAsync();
    }

    public async Task TypeAsync(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            await HeardAsync("keyup", 1, () => window.PressInPopupAsync(new PopupKey(rune.ToString(), 0)));
        }
    }

    public Task PressAsync(string keys)
    {
        var pressed = Keys.Split(keys).Select(key => new PopupKey(key, Keys.Find(key)?.VirtualKey ?? 0)).ToList();
        return HeardAsync("keyup", pressed.Count, () => window.PressInPopupAsync(pressed));
    }

    public Task<byte[]> ScreenshotAsync() => window.CapturePopupAsync(deviceScale);

    public Task CloseAsync() => window.ClosePopupAsync();

    public override Task<IFrame> FrameAsync(string selector) =>
        throw new NotSupportedException("the popup's subframes cannot be reached in Firefox: open the page in a tab");

    protected override Task ClickAsync(Point point) => HeardAsync("mouseup", 1, () => window.ClickInPopupAsync(point));

    /// <summary>
    /// Does something that the popup hears so many events of, and waits until it has heard them or has closed: the window hands events on
    /// to the popup's process and waits for nothing.
    /// </summary>
    private async Task HeardAsync(string type, int count, Func<Task> act)
    {
        await driverPage.EvaluateAsync<object>(
            $$"""
            (type, count) => {
              const popup = {{View}};
              if (!popup) throw new Error("the popup is closed");
              const heard = { popup, left: count };
              globalThis.heard = heard;
              popup.addEventListener(type, () => heard.left--, { capture: true });
            }
            """, type, count);
        await act();
        await driverPage.WaitForAsync($$"""() => heard.left <= 0 || {{View}} !== heard.popup""");
    }

    // "with" makes the popup's document, window and globals the ones that the script sees.
    protected override Task<string> RunAsync(string script) =>
        base.RunAsync($$"""
            (() => {
              const popup = {{View}};
              if (!popup) throw new Error("the popup is closed");
              with (popup) { return {{script}}; }
            })()
            """);
}
