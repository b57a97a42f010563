using Microsoft.Playwright;

namespace Browsers.Chromium;

/// <summary>A frame of a page as Playwright knows it, which outlives the documents that are loaded into it.</summary>
internal class ChromiumFrame(Microsoft.Playwright.IFrame frame, Watch watch) : ScriptedFrame
{
    protected override Watch Watch => watch;

    public override async Task<IFrame> FrameAsync(string selector)
    {
        await WaitForAsync(Scripts.Find, selector);
        var handle = await watch.For(frame.EvaluateHandleAsync(Scripts.Find, selector), $"finding {selector}");
        var content = await watch.For(handle.AsElement()!.ContentFrameAsync(), $"the frame of {selector}");
        return content is null
            ? throw new BrowserException($"{selector} is no frame")
            : new ChromiumFrame(content, watch);
    }

    protected override async Task<string> RunAsync(string script)
    {
        try
        {
            return await frame.EvaluateAsync<string>(script);
        }
        catch (PlaywrightException error) when (!frame.IsDetached && (
            error.Message.Contains("context was destroyed", StringComparison.Ordinal)
            || error.Message.Contains("Cannot find context", StringComparison.Ordinal)))
        {
            throw new DocumentReplacedException(error);
        }
    }

    protected override async Task ClickAsync(Point point)
    {
        var (x, y) = ((float)point.X, (float)point.Y);
        for (var inner = frame; inner.ParentFrame is not null; inner = inner.ParentFrame)
        {
            var element = await watch.For(inner.FrameElementAsync(), "finding the element of a frame");
            await watch.For(element.ScrollIntoViewIfNeededAsync(), "scrolling to a frame");
            var corner = await watch.For(element.EvaluateAsync<float[]>("""
                (element) => {
                  const box = element.getBoundingClientRect();
                  const style = getComputedStyle(element);
                  return [box.x + element.clientLeft + parseFloat(style.paddingLeft),
                    box.y + element.clientTop + parseFloat(style.paddingTop)];
                }
                """), "measuring a frame");
            (x, y) = (x + corner[0], y + corner[1]);
        }
        await watch.For(frame.Page.Mouse.ClickAsync(x, y), $"clicking at {x}, {y}");
    }
}
