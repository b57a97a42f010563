using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Browsers.Chromium;

/// <summary>
/// Chromium, driven by Playwright, and by the DevTools protocol for what Playwright for .NET leaves out.
/// </summary>
internal sealed class ChromiumBrowser : IBrowser
{
    private const string Program = "/usr/bin/chromium";
    private const int Width = 1280;
    private const int Height = 720;

    private readonly Folders _folders;
    private readonly Extension? _extension;
    private readonly Watch _watch;
    private readonly BrowserSetup _setup;
    private IPlaywright? _playwright;
    private IBrowserContext _context = null!;
    private CdpTargets _targets = null!;
    private ChromiumPopup? _popup;

    private ChromiumBrowser(BrowserSetup setup)
    {
        _setup = setup;
        _folders = new Folders(setup);
        _extension = setup.ExtensionFolder is null ? null : new Extension(setup.ExtensionFolder);
        _watch = new Watch(Name, setup.Timeout);
    }

    public string Name => "chromium";

    public int ProcessId { get; private set; }

    public Task Gone => _watch.Gone;

    public string ProfileFolder => _folders.Profile;

    public string HomeFolder => _folders.Home;

    public string ExtensionId =>
        _extension?.ChromiumId ?? throw new BrowserException("no extension was named in the setup");

    public string ExtensionOrigin => $"chrome-extension://{ExtensionId}";

    public static async Task<ChromiumBrowser> StartAsync(BrowserSetup setup)
    {
        var browser = new ChromiumBrowser(setup);
        try
        {
            await browser.StartAsync();
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    public async Task<IPage> NewPageAsync()
    {
        var page = new ChromiumPage(await _watch.For(_context.NewPageAsync(), "opening a page"), _watch);
        await page.ActivateAsync();
        return page;
    }

    public async Task<IPage> NewPrivatePageAsync(string url)
    {
        if (!_setup.InPrivateWindows)
        {
            throw new BrowserException("the extension is not let into private windows");
        }
        await EvaluateInBackgroundAsync<object>(Scripts.PrivateWindow, url);
        return await PageAsync(url);
    }

    public async Task<IPage> OpenExtensionPageAsync(string path)
    {
        var page = await NewPageAsync();
        await page.GotoAsync($"{ExtensionOrigin}/{path}");
        return page;
    }

    public Task<IReadOnlyList<IPage>> PagesAsync() =>
        Task.FromResult<IReadOnlyList<IPage>>([.. Pages().Select(page => new ChromiumPage(page, _watch))]);

    public async Task<IPage> PageAsync(string urlPart)
    {
        var changed = new SemaphoreSlim(0);
        void Changed(object? sender, object? changedPage) => changed.Release();
        void Follow(object? sender, Microsoft.Playwright.IPage page)
        {
            page.FrameNavigated += Changed;
            Changed(sender, page);
        }
        _context.Page += Follow;
        foreach (var page in Pages())
        {
            page.FrameNavigated += Changed;
        }
        try
        {
            while (true)
            {
                var found = Pages().FirstOrDefault(page => page.Url.Contains(urlPart, StringComparison.Ordinal));
                if (found is not null)
                {
                    return new ChromiumPage(found, _watch);
                }
                await _watch.For(changed.WaitAsync(), $"a page whose URL contains {urlPart}");
            }
        }
        finally
        {
            _context.Page -= Follow;
            foreach (var page in Pages())
            {
                page.FrameNavigated -= Changed;
            }
        }
    }

    public async Task<IView> TriggerActionAsync(IPage page, Action? begins = null)
    {
        await page.ActivateAsync();
        var tab = await TabOfAsync((ChromiumPage)page);
        return await PopupAfterAsync(() =>
        {
            begins?.Invoke();
            return _targets.SendAsync("Extensions.triggerAction", new() { ["id"] = ExtensionId, ["targetId"] = tab });
        });
    }

    public async Task<IView> PopupAfterAsync(Func<Task> act)
    {
        if (_popup is not null)
        {
            await _popup.EndAsync();
        }
        var before = _targets.Now.Select(target => target.Id).ToHashSet();
        await act();
        var target = await _targets.WaitForAsync(
            each => each.Kind == "other" && !before.Contains(each.Id), "the popup");
        var popup = new ChromiumPopup(_targets, target, await _targets.AttachAsync(target.Id), _watch);
        _popup = popup;
        await popup.LoadedAsync(ExtensionOrigin, _setup);
        return popup;
    }

    public async Task CommandAsync(IPage page, string name)
    {
        await page.ActivateAsync();
        await EvaluateInBackgroundAsync<object>("""
            async (name) => {
              const command = (await chrome.commands.getAll()).find((each) => each.name === name);
              if (!command?.shortcut) throw new Error(`the extension has no command ${name} with a shortcut`);
              const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
              chrome.commands.onCommand.dispatch(name, tab);
            }
            """, name);
    }

    public async Task ContextMenuAsync(IPage page, string entry, long frame)
    {
        await page.ActivateAsync();
        await EvaluateInBackgroundAsync<object>("""
            async (entry, frameId) => {
              const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
              chrome.contextMenus.onClicked.dispatch({ menuItemId: entry, editable: true, frameId, pageUrl: tab.url }, tab);
            }
            """, entry, frame);
    }

    public async Task<T> EvaluateInBackgroundAsync<T>(string javaScript, params object?[] arguments)
    {
        await using var worker = await WorkerAsync();
        await using var session = await _targets.AttachAsync(await worker.StartAsync());
        return Scripts.Result<T>(await session.EvaluateAsync(Scripts.Call(javaScript, arguments)), javaScript);
    }

    public Task OfferToSavePasswordsAsync() => throw new BrowserException("Chromium shows no driver what it offers to save");

    public Task<bool> OffersToSaveAsync(string urlPart) => throw new BrowserException("Chromium shows no driver what it offers to save");

    public async Task KillBackgroundAsync()
    {
        await using var worker = await WorkerAsync();
        await worker.StopAsync();
    }

    public async Task KillAsync()
    {
        ProcessGroup.KillLeader(ProcessId);
        await Gone.WaitAsync(_watch.Limit);
    }

    public async Task CloseAsync()
    {
        await _context.CloseAsync().WaitAsync(_watch.Limit);
        await Gone.WaitAsync(_watch.Limit);
    }

    public async ValueTask DisposeAsync()
    {
        if (ProcessId != 0)
        {
            await ProcessGroup.EndAsync(ProcessId, _watch.Limit);
            await Gone.WaitAsync(_watch.Limit);
        }
        _playwright?.Dispose();
        _folders.Dispose();
    }

    private async Task StartAsync()
    {
        var patience = _watch.Limit * 3;
        if (_extension is not null)
        {
            Extension.WriteManifests(Path.Combine(_folders.Profile, "NativeMessagingHosts"), _setup.NativeHosts,
                "allowed_origins", $"{ExtensionOrigin}/");
            Pin();
        }
        _playwright = await _watch.For(Playwright.CreateAsync(), "starting Playwright", patience);
        var launch = _playwright.Chromium.LaunchPersistentContextAsync(_folders.Profile, new()
        {
            ExecutablePath = Program,
            Headless = _setup.Headless,
            ChromiumSandbox = false, // the tests may run as root, where Chromium refuses to start with it
            // A window has the size that fits its screen, and the pages that of the window.
            ViewportSize = _setup.Headless ? new() { Width = Width, Height = Height } : ViewportSize.NoViewport,
            DeviceScaleFactor = _setup.Headless ? (float)_setup.DeviceScale : null,
            ColorScheme = _setup.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ForcedColors = _setup.ForcedColours ? ForcedColors.Active : ForcedColors.None,
            ReducedMotion = _setup.ReducedMotion ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
            IgnoreHTTPSErrors = true,
            Env = _folders.Environment(_setup),
            Args = [.. Arguments()],
        });
        _context = await _watch.For(launch, "starting", patience);
        _context.Close += (_, _) => _watch.BrowserIsGone();
        _targets = await CdpTargets.WatchAsync(_context, _watch);
        var processes = await _targets.SendAsync("SystemInfo.getProcessInfo");
        ProcessId = processes.GetProperty("processInfo").EnumerateArray()
            .Single(process => process.GetProperty("type").GetString() == "browser").GetProperty("id").GetInt32();
        if (_extension is { HasBackground: true })
        {
            await EvaluateInBackgroundAsync<bool>("() => true");
        }
        if (_setup.InPrivateWindows)
        {
            await LetIntoPrivateWindowsAsync();
        }
    }

    /// <summary>
    /// Lets the extension into private windows, as the switch on its page among the extensions does: it starts anew by that, which Chromium
    /// grants an unpacked one to developers only.
    /// </summary>
    private async Task LetIntoPrivateWindowsAsync()
    {
        var page = await NewPageAsync();
        await page.GotoAsync("chrome://extensions");
        await page.EvaluateAsync<object>("""
            async (extensionId) => {
              await chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
              await chrome.developerPrivate.updateExtensionConfiguration({ extensionId, incognitoAccess: true });
            }
            """, ExtensionId);
        await page.WaitForAsync("""
            async (id) => {
              const { incognitoAccess, state } = (await chrome.developerPrivate.getExtensionsInfo()).find((each) => each.id === id);
              return incognitoAccess.isActive && state === "ENABLED";
            }
            """, ExtensionId);
        await page.CloseAsync();
    }

    /// <summary>
    /// Pins the extension to the toolbar, as its first-run page advises: the icon of one that is not pinned comes out with an animation
    /// of a quarter of a second, and the popup after it.
    /// </summary>
    private void Pin()
    {
        var preferences = Path.Combine(_folders.Profile, "Default", "Preferences");
        if (!File.Exists(preferences))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(preferences)!);
            var pinned = new { extensions = new { pinned_extensions = (string[])[ExtensionId] } };
            File.WriteAllText(preferences, JsonSerializer.Serialize(pinned));
        }
    }

    /// <summary>The pages of this moment: the driver's own list changes while it is read, on another thread.</summary>
    private List<Microsoft.Playwright.IPage> Pages()
    {
        var pages = new List<Microsoft.Playwright.IPage>();
        var all = _context.Pages;
        for (var index = 0; index < all.Count; index++)
        {
            if (all.ElementAtOrDefault(index) is { } page)
            {
                pages.Add(page);
            }
        }
        return pages;
    }

    private IEnumerable<string> Arguments()
    {
        string[] always = ["--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-quic", "--disable-gpu", "--ignore-certificate-errors",
            // Every name of our own is this machine, and no other name is anywhere: tests reach nobody.
            "--host-resolver-rules=MAP *.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"];
        // Playwright scales its pages only, and not a popup.
        var scale = string.Create(CultureInfo.InvariantCulture, $"--force-device-scale-factor={_setup.DeviceScale}");
        string[] extension = _extension is null
            ? []
            : [$"--disable-extensions-except={_extension.Folder}", $"--load-extension={_extension.Folder}"];
        return [.. always, scale, .. extension, .. _setup.Arguments];
    }

    private Task<ServiceWorker> WorkerAsync() => ServiceWorker.WatchAsync(_context, _watch, ExtensionOrigin);

    /// <summary>The tab that a page is in, which is a target of its own.</summary>
    private async Task<string> TabOfAsync(ChromiumPage page)
    {
        var session = await _watch.For(_context.NewCDPSessionAsync(page.Page), "opening a DevTools session");
        var info = (await _watch.For(session.SendAsync("Target.getTargetInfo"), "Target.getTargetInfo"))!.Value;
        await session.DetachAsync();
        var id = info.GetProperty("targetInfo").GetProperty("targetId").GetString();
        foreach (var tab in _targets.Now.Where(target => target.Kind == "tab"))
        {
            await using var tabSession = await _targets.AttachAsync(tab.Id);
            if ((await tabSession.ChildrenAsync()).Contains(id))
            {
                return tab.Id;
            }
        }
        throw new BrowserException($"the page {page.Page.Url} is in no tab");
    }
}
