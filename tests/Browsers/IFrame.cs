namespace Browsers;

/// <summary>A document in the browser: of a page, of one of its subframes, or of a popup.</summary>
public interface IFrame
{
    /// <summary>Calls a JavaScript function in the document's own world and awaits what it returns.</summary>
    /// <param name="javaScript">The function's source, for instance <c>(a, b) => a + b</c>.</param>
    /// <param name="arguments">What the function is called with. They travel as JSON, as does the result.</param>
    /// <returns>The result; <c>undefined</c> comes back as <c>default(T)</c>.</returns>
    /// <exception cref="BrowserException">
    /// The function threw (the message carries its error), the document was replaced, or the browser died.
    /// </exception>
    Task<T> EvaluateAsync<T>(string javaScript, params object?[] arguments);

    /// <summary>
    /// Waits, in the page, until a JavaScript function returns something truthy. A throw counts as "not yet". If the
    /// document is replaced meanwhile, the next one is asked.
    /// </summary>
    /// <exception cref="BrowserException">It did not within the deadline, or the browser died.</exception>
    Task WaitForAsync(string javaScript, params object?[] arguments);

    /// <summary>
    /// Moves the pointer over the middle of an element and clicks, with events that the page sees as trusted.
    /// Waits until the element has a size and lies where the click would hit.
    /// </summary>
    /// <param name="selector">A CSS selector. Open shadow roots are searched too, closed ones cannot be.</param>
    Task ClickAsync(string selector);

    /// <summary>The document in a subframe, whatever its origin.</summary>
    /// <param name="selector">
    /// A CSS selector of the <c>iframe</c>, as for <see cref="ClickAsync"/>. It is waited for.
    /// </param>
    Task<IFrame> FrameAsync(string selector);
}
