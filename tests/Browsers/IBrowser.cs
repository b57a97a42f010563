namespace Browsers;

/// <summary>
/// One running browser with a profile and a home of its own, and with the extension under test if the setup names one.
/// </summary>
/// <remarks>
/// Every call has a deadline (<see cref="BrowserSetup.Timeout"/>) and throws <see cref="BrowserException"/> that says
/// what was awaited when it passes, and at once when the browser has died. Disposing ends the browser's processes and
/// deletes the folders that the setup did not name.
/// </remarks>
public interface IBrowser : IAsyncDisposable
{
    /// <summary>"chromium" or "firefox".</summary>
    string Name { get; }

    /// <summary>The process that <c>kill -9</c> must hit for the browser to crash.</summary>
    int ProcessId { get; }

    /// <summary>Completes when the browser is gone, by whatever cause. Never fails.</summary>
    Task Gone { get; }

    /// <summary>The folder of the profile.</summary>
    string ProfileFolder { get; }

    /// <summary>The folder that the browser and the native hosts that it starts have as <c>HOME</c>.</summary>
    string HomeFolder { get; }

    /// <summary>The extension's id as the browser knows it; the native host is started with it.</summary>
    /// <exception cref="BrowserException">The setup named no extension.</exception>
    string ExtensionId { get; }

    /// <summary>The origin of the extension's own pages, without a slash at the end.</summary>
    /// <exception cref="BrowserException">The setup named no extension.</exception>
    string ExtensionOrigin { get; }

    /// <summary>Opens an empty page in a new tab, which becomes the active one.</summary>
    Task<IPage> NewPageAsync();

    /// <summary>Opens a page in a new private window, which becomes the focused one.</summary>
    /// <exception cref="BrowserException">The setup does not let the extension into private windows: it opens them.</exception>
    Task<IPage> NewPrivatePageAsync(string url);

    /// <summary>Opens a page of the extension in a new, active tab.</summary>
    /// <param name="path">For instance <c>popup.html?tab=3</c>, without a slash in front.</param>
    Task<IPage> OpenExtensionPageAsync(string path);

    /// <summary>The open pages, the driver's own excepted, in the order in which they were opened.</summary>
    Task<IReadOnlyList<IPage>> PagesAsync();

    /// <summary>
    /// Waits for a page whose URL contains <paramref name="urlPart"/>, for instance one that a page opened.
    /// </summary>
    Task<IPage> PageAsync(string urlPart);

    /// <summary>
    /// Opens the extension's real toolbar popup over <paramref name="page"/>, as a click on its toolbar button does.
    /// </summary>
    /// <param name="page">Where it is opened; becomes the active tab.</param>
    /// <param name="begins">Called when everything is prepared and the click itself comes next.</param>
    /// <returns>The popup's document, loaded. It closes as a popup does, for instance when a page is opened.</returns>
    Task<IView> TriggerActionAsync(IPage page, Action? begins = null);

    /// <summary>Waits for the toolbar popup that the extension opens itself because of what <paramref name="act"/> does.</summary>
    /// <param name="act">For instance a command that needs the person.</param>
    /// <returns>The popup's document, loaded, as <see cref="TriggerActionAsync"/> gives it.</returns>
    Task<IView> PopupAfterAsync(Func<Task> act);

    /// <summary>
    /// Runs a command of the extension's manifest while <paramref name="page"/> is the active tab.
    /// In Firefox the shortcut's own key element runs it. Chromium hears no keys of a driver: there the event is
    /// dispatched in the background, which does not grant <c>activeTab</c> as a person's keys would.
    /// </summary>
    /// <exception cref="BrowserException">There is no such command, or the browser gave it no keys.</exception>
    Task CommandAsync(IPage page, string name);

    /// <summary>
    /// Chooses an entry of the extension's context menu, as over an editable field of <paramref name="page"/>. No driver can
    /// open the menu itself: the browser's event for the click is raised, in Chromium in the background, in Firefox where the
    /// menu's own element raises it.
    /// </summary>
    /// <param name="page">Where the menu was opened; becomes the active tab.</param>
    /// <param name="entry">The entry's id.</param>
    /// <param name="frame">The browser's number of the frame that the field is in; 0 is the top frame.</param>
    Task ContextMenuAsync(IPage page, string entry, long frame = 0);

    /// <summary>Has the browser offer to save passwords, as it does for people: drivers keep it from that.</summary>
    /// <exception cref="BrowserException">In Chromium, which shows no driver what it offers.</exception>
    Task OfferToSavePasswordsAsync();

    /// <summary>Whether the browser has asked, unasked, to save a password in the tab whose address contains <paramref name="urlPart"/>.</summary>
    /// <exception cref="BrowserException">There is no such tab; or in Chromium.</exception>
    Task<bool> OffersToSaveAsync(string urlPart);

    /// <summary>
    /// Calls a JavaScript function in the extension's background, which is started if it is not running.
    /// See <see cref="IFrame.EvaluateAsync{T}"/>. It sees what is on the background's <c>globalThis</c>.
    /// </summary>
    Task<T> EvaluateInBackgroundAsync<T>(string javaScript, params object?[] arguments);

    /// <summary>
    /// Ends the extension's background (service worker or event page) as the browser does when it is idle, and waits
    /// until it has ended. The next event for it starts it again.
    /// </summary>
    /// <exception cref="BrowserException">It was not running.</exception>
    Task KillBackgroundAsync();

    /// <summary>Sends SIGKILL to the browser's main process and waits until the driver has noticed.</summary>
    Task KillAsync();

    /// <summary>
    /// Closes the browser as a person does, and waits for its end. Its folders stay until it is disposed.
    /// </summary>
    Task CloseAsync();
}
