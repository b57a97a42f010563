namespace Browsers;

/// <summary>
/// A document with the keyboard's focus in it and a picture of its own: a page, or the toolbar popup.
/// </summary>
public interface IView : IFrame
{
    /// <summary>Types text into what has the focus, a trusted key press for each character.</summary>
    Task TypeAsync(string text);

    /// <summary>Presses one key with its modifiers: <c>Enter</c>, <c>Shift+Tab</c>, <c>Control+a</c>.</summary>
    /// <exception cref="ArgumentException">The key is neither one character nor in <see cref="Keys"/>.</exception>
    Task PressAsync(string keys);

    /// <summary>A PNG of what is in view, in device pixels.</summary>
    Task<byte[]> ScreenshotAsync();

    /// <summary>Closes the tab or the popup.</summary>
    Task CloseAsync();
}
