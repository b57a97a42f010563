namespace Browsers;

/// <summary>The browser did not do what a driver asked for; the message says what that was.</summary>
public sealed class BrowserException : Exception
{
    internal BrowserException(string message, Exception? cause = null) : base(message, cause) { }
}

/// <summary>The document in which a call ran was replaced before it answered.</summary>
internal sealed class DocumentReplacedException(Exception cause)
    : Exception("the document was replaced before the call answered", cause);
