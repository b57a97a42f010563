using System.Text.Json.Nodes;

namespace Browsers.Firefox;

/// <summary>Firefox, driven by WebDriver BiDi alone.</summary>
internal sealed class FirefoxBrowser : IBrowser
{
    private const int DefaultWidth = 1280;
    private const int DefaultHeight = 720;

    private static readonly string[] TreeEvents = ["browsingContext.contextCreated", "browsingContext.contextDestroyed",
        "browsingContext.domContentLoaded", "browsingContext.load", "browsingContext.historyUpdated",
        "browsingContext.fragmentNavigated", "browsingContext.navigationCommitted"];

    private readonly BrowserSetup _setup;
    private readonly Folders _folders;
    private readonly Extension? _extension;
    private readonly FirefoxProcess _process;
    private readonly Watch _watch;
    private readonly Lazy<Task<FirefoxPage>> _driverPage;
    private BidiConnection _connection = null!;
    private FirefoxWindow _window = null!;
    private TaskCompletionSource _treeChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FirefoxBrowser(BrowserSetup setup)
    {
        _setup = setup;
        _folders = new Folders(setup);
        _extension = setup.ExtensionFolder is null ? null : new Extension(setup.ExtensionFolder);
        _watch = new Watch(Name, setup.Timeout);
        if (_extension is not null)
        {
            Extension.WriteManifests(Path.Combine(_folders.Home, ".mozilla", "native-messaging-hosts"),
                setup.NativeHosts, "allowed_extensions", _extension.FirefoxId);
        }
        _process = new FirefoxProcess(setup, _folders, _extension);
        _ = _process.Ended.ContinueWith(_ => _watch.BrowserIsGone(), TaskScheduler.Default);
        _driverPage = new(OpenDriverPageAsync);
    }

    public string Name => "firefox";

    public int ProcessId => _process.Id;

    public Task Gone => _watch.Gone;

    public string ProfileFolder => _folders.Profile;

    public string HomeFolder => _folders.Home;

    public string ExtensionId => Installed.FirefoxId;

    public string ExtensionOrigin => _extension is null
        ? throw new BrowserException("no extension was named in the setup")
        : $"moz-extension://{FirefoxProcess.ExtensionUuid}";

    private Extension Installed => _extension ?? throw new BrowserException("no extension was named in the setup");

    public static async Task<FirefoxBrowser> StartAsync(BrowserSetup setup)
    {
        var browser = new FirefoxBrowser(setup);
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

    public async Task<IPage> NewPageAsync() => await NewPageAsync(background: false);

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

    public async Task<IReadOnlyList<IPage>> PagesAsync()
    {
        var own = _driverPage.IsValueCreated ? (await _driverPage.Value).Context : null;
        return [.. (await ContextsAsync()).Where(tab => tab.Context != own).Select(tab => Page(tab.Context))];
    }

    public async Task<IPage> PageAsync(string urlPart)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var changed = _treeChanged.Task;
            var found = (await ContextsAsync())
                .FirstOrDefault(tab => tab.Url.Contains(urlPart, StringComparison.Ordinal));
            if (found.Context is not null)
            {
                return Page(found.Context);
            }
            await _watch.For(changed, $"a page whose URL contains {urlPart}",
                _watch.Limit - TimeProvider.System.GetElapsedTime(started));
        }
    }

    public async Task<IView> TriggerActionAsync(IPage page, Action? begins = null)
    {
        await _driverPage.Value; // it is a tab, and opening one closes a popup
        await page.ActivateAsync();
        return await PopupAfterAsync(() =>
        {
            begins?.Invoke();
            return _window.TriggerActionAsync(ExtensionId);
        });
    }

    public async Task<IView> PopupAfterAsync(Func<Task> act)
    {
        var driverPage = await _driverPage.Value;
        await _window.ClosePopupAsync();
        await act();
        var popup = new FirefoxPopup(_connection, _watch, driverPage, _window, _setup.DeviceScale);
        await popup.LoadedAsync();
        return popup;
    }

    public async Task CommandAsync(IPage page, string name)
    {
        await page.ActivateAsync();
        await _window.CommandAsync(ExtensionId, name);
    }

    public async Task ContextMenuAsync(IPage page, string entry, long frame)
    {
        await page.ActivateAsync();
        await _window.ContextMenuAsync(ExtensionId, entry, frame);
    }

    public async Task<T> EvaluateInBackgroundAsync<T>(string javaScript, params object?[] arguments)
    {
        var driverPage = await _driverPage.Value;
        // "with" finds the background's globals first; the extension's own policy forbids eval there.
        var inBackground = $$"""
            async (...args) => {
              const background = await browser.runtime.getBackgroundPage();
              with (background) { return await ({{javaScript}})(...args); }
            }
            """;
        return await driverPage.EvaluateAsync<T>(inBackground, arguments);
    }

    public Task OfferToSavePasswordsAsync() => _window.OfferToSavePasswordsAsync();

    public Task<bool> OffersToSaveAsync(string urlPart) => _window.OffersToSaveAsync(urlPart);

    public Task KillBackgroundAsync() => _window.KillBackgroundAsync(ExtensionId);

    public async Task KillAsync()
    {
        ProcessGroup.KillLeader(ProcessId);
        await Gone.WaitAsync(_watch.Limit);
    }

    public async Task CloseAsync()
    {
        // It may go before it has answered.
        await Task.WhenAny(_connection.SendAsync("browser.close"), Gone);
        await _process.Ended.WaitAsync(_watch.Limit);
    }

    public async ValueTask DisposeAsync()
    {
        await ProcessGroup.EndAsync(ProcessId, _watch.Limit);
        await _process.Ended.WaitAsync(_watch.Limit);
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
        _process.Dispose();
        _folders.Dispose();
    }

    private async Task StartAsync()
    {
        var patience = _watch.Limit * 3;
        var address = await _watch.For(_process.Address, "starting", patience);
        _connection = await BidiConnection.OpenAsync(address, _watch);
        await _connection.SendAsync("session.new", new JsonObject
        {
            ["capabilities"] = new JsonObject { ["alwaysMatch"] = new JsonObject { ["acceptInsecureCerts"] = true } },
        }, patience);
        _connection.Event += () => Interlocked.Exchange(ref _treeChanged,
            new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        await _connection.SendAsync("session.subscribe", new JsonObject
        {
            ["events"] = new JsonArray([.. TreeEvents.Select(each => JsonValue.Create(each))]),
        });
        _window = await FirefoxWindow.FindAsync(_connection, _watch);
        if (_extension is not null)
        {
            if (_setup.InPrivateWindows)
            {
                await _window.LetIntoPrivateWindowsAsync(_extension.FirefoxId);
            }
            await InstallAsync(_extension);
        }
    }

    private async Task InstallAsync(Extension extension)
    {
        var archive = _folders.Temporary("extension.xpi");
        extension.Pack(archive);
        // Installed for good, not "temporarily": a temporary extension loses its storage when the browser ends.
        await _connection.SendAsync("webExtension.install", new JsonObject
        {
            ["extensionData"] = new JsonObject { ["type"] = "archivePath", ["path"] = archive },
            ["moz:permanent"] = true,
        });
        if (extension.HasBackground)
        {
            await EvaluateInBackgroundAsync<bool>("() => true");
        }
    }

    private async Task<FirefoxPage> OpenDriverPageAsync()
    {
        var page = await NewPageAsync(background: true);
        await page.GotoAsync($"{ExtensionOrigin}/{Extension.EmptyPage}");
        return page;
    }

    private async Task<FirefoxPage> NewPageAsync(bool background)
    {
        var tab = await _connection.SendAsync("browsingContext.create",
            new JsonObject { ["type"] = "tab", ["background"] = background });
        var page = Page((string)tab["context"]!);
        await page.SetViewportAsync(DefaultWidth, DefaultHeight);
        return page;
    }

    private FirefoxPage Page(string context) => new(_connection, _watch, context, _setup.DeviceScale);

    private async Task<List<(string Context, string Url)>> ContextsAsync()
    {
        var tree = await _connection.SendAsync("browsingContext.getTree", new JsonObject { ["maxDepth"] = 0 });
        return [.. tree["contexts"]!.AsArray().Select(tab => ((string)tab!["context"]!, (string)tab["url"]!))];
    }
}
