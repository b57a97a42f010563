namespace Browsers;

/// <summary>A page in a tab.</summary>
public interface IPage : IView
{
    /// <summary>The URL of the document that is shown now.</summary>
    Task<string> UrlAsync();

    /// <summary>Opens a URL and waits for its load event.</summary>
    Task GotoAsync(string url);

    /// <summary>Loads the page again and waits for its load event.</summary>
    Task ReloadAsync();

    /// <summary>Runs a script in each document that is opened here from now on, before any other script, also an extension's.</summary>
    /// <param name="javaScript">Statements.</param>
    Task RunFirstAsync(string javaScript);

    /// <summary>Makes this page's tab the active one.</summary>
    Task ActivateAsync();

    /// <summary>
    /// Clicks at a point of the page's view, in CSS pixels. Reaches closed shadow roots and the top layer.
    /// </summary>
    Task ClickAtAsync(int x, int y);

    /// <summary>Presses the mouse's button at one point of the page's view and lets go of it at another, in CSS pixels.</summary>
    Task DragAsync(int fromX, int fromY, int toX, int toY);

    /// <summary>Sets the size of the page's view in CSS pixels.</summary>
    Task SetViewportAsync(int width, int height);
}
