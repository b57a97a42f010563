using System.Runtime.Versioning;
using System.Text.Json;
using Browsers;
using Browsers.Site;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>What the fixtures share that begin each test with an unlocked vault and an empty page.</summary>
/// <param name="name">The browser's.</param>
/// <param name="person">Whose it is, for fixtures whose choices others must not meet.</param>
[UnsupportedOSPlatform("windows")]
public abstract class UnlockedBrowser(string name, string person = "")
{
    internal BrowserPerson Person { get; private set; } = null!;

    /// <summary>The browser's.</summary>
    protected string Name => name;

    protected IBrowser Browser { get; private set; } = null!;

    protected IPage Page { get; private protected set; } = null!;

    protected TestSite Site => Person.Site;

    [OneTimeSetUp]
    public async Task FindBrowser() => (Person, Browser) = await SharedBrowsers.OfAsync(name, person);

    [SetUp]
    public async Task OpenPage() => Page = await Browser.NewPageAsync();

    [TearDown]
    public async Task ClosePage()
    {
        if (TestContext.CurrentContext.Result.Outcome.Status == NUnit.Framework.Interfaces.TestStatus.Failed)
        {
            // What became of the last fills, in the extension's own words.
            TestContext.Out.WriteLine(await Browser.EvaluateInBackgroundAsync<string>(
                "async () => JSON.stringify(await chrome.storage.session.get(null))"));
        }
        await Page.CloseAsync();
    }

    /// <summary>Opens a page of the site, encrypted and under a name that one item is for unless told otherwise.</summary>
    protected Task GotoAsync(string pageName, string hostname = "shop.test") =>
        Browser.OpenAsync(Page, $"{Site.Secure(hostname)}/{pageName}.html");

    /// <summary>Opens the toolbar popup over the page.</summary>
    protected Task<IView> PopupAsync() => Browser.TriggerActionAsync(Page);

    /// <summary>Opens the popup and fills the page with the first item for it.</summary>
    protected async Task FillAsync()
    {
        var popup = await PopupAsync();
        await popup.FillFirstAsync();
    }

    /// <summary>Waits until the extension has kept that a fill succeeded for which the person asked: a moment after fields are filled.</summary>
    protected Task SucceededAsync() => Browser.EvaluateInBackgroundAsync<object>("""
        async () => {
          const [{ id }] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
          const kept = async () => (await chrome.storage.session.get(`outcome:${id}`))[`outcome:${id}`];
          while (await kept() === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
          const { outcome } = await kept();
          if (outcome.kind !== "filled") throw new Error(`not filled: ${JSON.stringify(outcome)}`);
        }
        """);

    /// <summary>Waits until the active tab has that badge.</summary>
    protected Task<string> BadgeAsync(string wanted) => Browser.EvaluateInBackgroundAsync<string>("""
        async (wanted) => {
          const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
          for (let left = 3000; left > 0; left--) {
            const badge = await chrome.action.getBadgeText({ tabId: tab.id });
            if (badge === wanted) return badge;
            await new Promise((resolve) => setTimeout(resolve, 10));
          }
          return await chrome.action.getBadgeText({ tabId: tab.id });
        }
        """, wanted);

    /// <summary>Adds a login to the vault.</summary>
    protected async Task AddAsync(string title, string hostname, string password, string? userName = null)
    {
        var item = JsonSerializer.Serialize(new
        {
            type = "save",
            item = new
            {
                kind = "login",
                title,
                username = userName ?? Site.UserName,
                password,
                urls = new[] { new { url = $"https://{hostname}", match = "hostname" } },
                tags = Array.Empty<string>(),
            },
        });
        var options = await Browser.OpenExtensionPageAsync("options.html");
        await options.AskAsync(item);
        await options.CloseAsync();
        await Page.ActivateAsync();
    }
}
