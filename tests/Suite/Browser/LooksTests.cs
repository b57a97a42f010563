using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>
/// The popup in its states and a filled page, in light and dark: nothing overflows, no rule of accessibility that axe-core knows is
/// broken, the focus is where the person goes on. The pictures stand in the test's work folder, for people to look at.
/// </summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium", false)]
[TestFixture("chromium", true)]
[TestFixture("firefox", false)]
[TestFixture("firefox", true)]
public class LooksTests(string name, bool dark)
{
    private static readonly string _axe = ReadAxe();

    private BrowserPerson _person = null!;
    private IBrowser _browser = null!;
    private IPage _page = null!;

    [OneTimeSetUp]
    public async Task StartBrowser()
    {
        _person = await BrowserPerson.CreateAsync();
        // Chromium's own screen without a window is so small that no popup finds its size.
        string[] arguments = name == "chromium" ? ["--screen-info={3200x2400}"] : [];
        _browser = await _person.StartBrowserAsync(name, setup: new() { Dark = dark, DeviceScale = 2, Arguments = arguments });
        _page = await _browser.NewPageAsync();
    }

    [OneTimeTearDown]
    public async Task EndBrowser() => await (_person?.DisposeAsync() ?? default);

    [Test]
    public async Task Locked()
    {
        await _person.RunAsync("lock");
        var popup = await PopupAsync();
        await popup.WaitForAsync("() => document.activeElement?.id === 'passphrase'");
        await LookAsync(popup, "locked");

        await popup.TypePassphraseAsync(BrowserPerson.WrongPassphrase);
        await popup.WaitForAsync("() => document.querySelector('.hint.error') !== null");
        await LookAsync(popup, "wrong-passphrase");
    }

    [Test]
    public async Task List_search_details_and_a_copied_password()
    {
        var popup = await UnlockedPopupAsync();
        await LookAsync(popup, "list");
        Assert.That(await popup.EvaluateAsync<string>("() => document.activeElement.id"), Is.EqualTo("search"));

        await popup.SearchAsync("suppl", "Supplier 1");
        await LookAsync(popup, "search");
        await popup.PressAsync("Control+a");
        await popup.TypeAsync("zzz");
        await popup.WaitForAsync("() => document.querySelector('.empty h2') !== null");
        await LookAsync(popup, "nothing-found");
        await popup.PressAsync("Control+a");
        await popup.PressAsync("Backspace");
        await popup.SearchAsync("shop", "Shop");
        await popup.PressAsync("Control+b");
        await popup.WaitForAsync("() => document.querySelector('.toast') !== null");
        await LookAsync(popup, "copied");
        await popup.PressAsync("Tab");
        await popup.ClickAsync(".row .acts button:last-child");
        await popup.WaitForAsync("() => document.querySelector('.details-list') !== null");
        await LookAsync(popup, "details");
    }

    [Test]
    public async Task Filled_page_and_what_the_popup_says_then()
    {
        var popup = await UnlockedPopupAsync();
        await popup.FillFirstAsync();
        await _page.IsFilledAsync(_person.Site);
        await SaveAsync(_page, "filled-page");
        popup = await _browser.TriggerActionAsync(_page);
        await popup.WaitForAsync("() => document.querySelector('#filled #always') !== null");
        await LookAsync(popup, "filled");
    }

    [Test]
    public async Task Page_without_an_item()
    {
        var popup = await UnlockedPopupAsync(hostname: "nobody.test");
        await LookAsync(popup, "no-match");
    }

    [Test]
    public async Task Question_before_a_fill_of_another_site()
    {
        var popup = await UnlockedPopupAsync("frame-other-origin");
        await popup.FillFirstAsync();
        await popup.WaitForAsync("() => document.querySelector('[role=alertdialog]') !== null");
        await LookAsync(popup, "confirm");
        Assert.That(await popup.EvaluateAsync<string>("() => document.activeElement.textContent"), Is.EqualTo("Cancel"));
    }

    [Test]
    public async Task Without_a_vault()
    {
        await _person.RunAsync("lock");
        File.Move(_person.VaultPath, _person.VaultPath + ".aside");
        try
        {
            var popup = await PopupAsync();
            await popup.WaitForAsync("() => document.activeElement?.id === 'new-passphrase' && document.querySelector('#again') !== null");
            await LookAsync(popup, "create");
        }
        finally
        {
            File.Move(_person.VaultPath + ".aside", _person.VaultPath);
        }
    }

    [Test]
    public async Task Without_the_program()
    {
        var manifest = _person.ManifestOf(_browser);
        File.Move(manifest, manifest + ".aside");
        try
        {
            await _browser.KillBackgroundAsync();
            var popup = await PopupAsync();
            await popup.HeadingAsync("Latchkey’s program is not on this computer");
            await LookAsync(popup, "not-installed");
        }
        finally
        {
            File.Move(manifest + ".aside", manifest);
        }
        await _browser.KillBackgroundAsync();
    }

    private async Task<IView> PopupAsync(string pageName = "login", string hostname = "shop.test")
    {
        await _browser.OpenAsync(_page, $"{_person.Site.Secure(hostname)}/{pageName}.html");
        return await _browser.TriggerActionAsync(_page);
    }

    private async Task<IView> UnlockedPopupAsync(string pageName = "login", string hostname = "shop.test")
    {
        var popup = await PopupAsync(pageName, hostname);
        await popup.WaitForAsync("() => document.querySelector('#passphrase, .row') !== null");
        if (await popup.EvaluateAsync<bool>("() => document.querySelector('#passphrase') !== null"))
        {
            await popup.UnlockAsync();
        }
        return popup;
    }

    private async Task LookAsync(IView popup, string state)
    {
        await popup.WaitForAsync("() => document.getAnimations().every(({ playState }) => playState === 'finished')");
        await SaveAsync(popup, state);
        var overflow = await popup.EvaluateAsync<string[]>(Overflowing);
        Assert.That(overflow, Is.Empty, $"{state} overflows");
        Assert.That(await ViolationsAsync(popup), Is.Empty, state);
    }

    private async Task SaveAsync(IView view, string state)
    {
        var folder = Directory.CreateDirectory(Path.Combine(TestContext.CurrentContext.WorkDirectory, "looks")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, $"{state}-{name}-{(dark ? "dark" : "light")}.png"), await view.ScreenshotAsync());
    }

    private const string Overflowing = """
        () => [...document.querySelectorAll("html, body, body *")]
          .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5 || each.getBoundingClientRect().left < -0.5)
          .map((each) => `${each.localName}.${each.className} ${JSON.stringify(each.getBoundingClientRect())} of ${innerWidth}`)
        """;

    private static async Task<string[]> ViolationsAsync(IView popup) => await popup.EvaluateAsync<string[]>($$"""
        async () => {
          if (!window.axe) { {{_axe}} }
          const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ").slice(0, 300)}`);
        }
        """);

    private static string ReadAxe()
    {
        using var script = typeof(Deque.AxeCore.Commons.AxeRunOptions).Assembly
            .GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!;
        using var reader = new StreamReader(script);
        return reader.ReadToEnd();
    }
}
