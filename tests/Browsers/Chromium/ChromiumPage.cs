namespace Browsers.Chromium;

/// <summary>A page in a tab of Chromium.</summary>
internal sealed class ChromiumPage(Microsoft.Playwright.IPage page, Watch watch)
    : ChromiumFrame(page.MainFrame, watch), IPage
{
    public Microsoft.Playwright.IPage Page => page;

    public Task<string> UrlAsync() => Task.FromResult(page.Url);

    public Task GotoAsync(string url) => Watch.For(page.GotoAsync(url, new() { Timeout = 0 }), $"opening {url}");

    public Task ReloadAsync() => Watch.For(page.ReloadAsync(new() { Timeout = 0 }), $"loading {page.Url} again");

    public Task RunFirstAsync(string javaScript) => Watch.For(page.AddInitScriptAsync(javaScript), "adding a script");

    public Task ActivateAsync() => Watch.For(page.BringToFrontAsync(), $"activating {page.Url}");

    public Task ClickAtAsync(int x, int y) => ClickAsync(new Point(x, y));

    public async Task DragAsync(int fromX, int fromY, int toX, int toY)
    {
        await Watch.For(page.Mouse.MoveAsync(fromX, fromY), "moving the mouse");
        await Watch.For(page.Mouse.DownAsync(), "pressing the mouse");
        await Watch.For(page.Mouse.MoveAsync(toX, toY, new() { Steps = 5 }), "dragging the mouse");
        await Watch.For(page.Mouse.UpAsync(), "letting go of the mouse");
    }

    public Task SetViewportAsync(int width, int height) =>
        Watch.For(page.SetViewportSizeAsync(width, height), "setting the size of the view");

    public Task TypeAsync(string text) => Watch.For(page.Keyboard.TypeAsync(text), "typing");

    public Task PressAsync(string keys)
    {
        _ = Keys.Split(keys).Select(Keys.Find).ToList(); // the same names in both browsers
        return Watch.For(page.Keyboard.PressAsync(keys), $"pressing {keys}");
    }

    public Task<byte[]> ScreenshotAsync() => Watch.For(page.ScreenshotAsync(new() { Timeout = 0 }), "taking a picture");

    public Task CloseAsync() => Watch.For(page.CloseAsync(), $"closing {page.Url}");
}
