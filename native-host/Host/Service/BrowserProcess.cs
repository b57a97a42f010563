using Host.Native;

namespace Host.Service;

/// <summary>
/// The browser that started a relay. Its extension may close the port while the browser runs on: Firefox ends a background that was idle
/// for half a minute.
/// </summary>
/// <param name="Id">The process id.</param>
/// <param name="StartedAt">When it started, in ticks since the system did: with the id it names this process and no later one.</param>
internal sealed record BrowserProcess(int Id, ulong StartedAt)
{
    private const int Init = 1;

    /// <summary>Whether it still runs.</summary>
    public bool IsRunning => ProcessFacts.Of(Id)?.StartedAt == StartedAt;

    /// <summary>Finds the parent of the process at the other end of a socket.</summary>
    /// <returns>The parent, or <see langword="null"/> if it has ended or may not be seen.</returns>
    public static BrowserProcess? OfPeer(int descriptor) =>
        UnixSocket.PeerProcess(descriptor) is { } relay
        && ProcessFacts.Of(relay) is { Parent: > Init and var parent }
        && ProcessFacts.Of(parent) is { } browser
            ? new BrowserProcess(browser.Id, browser.StartedAt)
            : null;
}
