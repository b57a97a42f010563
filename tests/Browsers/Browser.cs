using Browsers.Chromium;
using Browsers.Firefox;

namespace Browsers;

/// <summary>The front door of the drivers.</summary>
public static class Browser
{
    /// <summary>The browsers that can be driven, by name.</summary>
    public static IReadOnlyList<string> Names { get; } = ["chromium", "firefox"];

    /// <summary>
    /// Starts a browser and waits until its extension, if any, is installed and its background has run.
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="setup">How to start it; the defaults suit a page without an extension.</param>
    /// <exception cref="ArgumentException">There is no driver of that name.</exception>
    /// <exception cref="BrowserException">The browser did not start, or refused the extension.</exception>
    public static async Task<IBrowser> StartAsync(string name, BrowserSetup? setup = null) => name switch
    {
        "chromium" => await ChromiumBrowser.StartAsync(setup ?? new()),
        "firefox" => await FirefoxBrowser.StartAsync(setup ?? new()),
        _ => throw new ArgumentException($"no driver for a browser called {name}", nameof(name)),
    };
}
