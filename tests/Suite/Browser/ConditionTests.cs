using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>
/// The main views for a person whose system chooses the colours, who asked for less motion and whose words are two fifths longer: as they
/// are, in 320 pixels, and in the room that 200 percent leave. See <see cref="Looks"/> for what is looked for.
/// </summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public sealed class ConditionTests(string name) : OwnBrowser(name), IDisposable
{
    // A popup is at most 800 × 600 pixels of the screen: 200 percent leave 300 of its height and all of its width.
    private static readonly (string Name, int Width, int Height)[] _popupSizes = [("whole", 380, 560), ("narrow", 320, 560), ("zoomed", 380, 300)];

    private static readonly (string Name, int Width, int Height)[] _pageSizes = [("desk", 1280, 1700), ("narrow", 320, 2600), ("zoomed", 640, 400)];

    private readonly LongWords _words = new(name);

    protected override BrowserSetup Setup => Looks.Setup(Name) with
    {
        ExtensionFolder = _words.Folder,
        ForcedColours = true,
        ReducedMotion = true,
    };

    public void Dispose() => _words.Dispose();

    [Test]
    public async Task Popup()
    {
        using var _ = Assert.EnterMultipleScope(); // one walk finds everything
        await Person.RunAsync("lock");
        var popup = await Browser.TriggerActionAsync(await OpenPageAsync());
        await popup.WaitForAsync("() => document.activeElement?.id === 'passphrase'");
        await LookAsync(popup, "locked");
        // While it is held still, the popup says that it waits.
        HostProcess.Stop(Person.HostId);
        try
        {
            await popup.TypePassphraseAsync();
            await popup.WaitForAsync("() => document.querySelector('.progress') !== null");
            await LookAsync(popup, "opening");
        }
        finally
        {
            HostProcess.Continue(Person.HostId);
        }
        await popup.ListedAsync();
        await LookAsync(popup, "list");
        await popup.PressAsync("Control+b");
        await popup.WaitForAsync("() => document.querySelector('.toast') !== null");
        await LookAsync(popup, "copied");
        await popup.ClickAsync("#menu");
        await popup.WaitForAsync("() => document.activeElement.closest('#menu-menu') !== null");
        await LookAsync(popup, "menu");
        await popup.PressAsync("Enter");
        await popup.WaitForAsync("() => document.querySelector('.seen') !== null");
        await LookAsync(popup, "why");
        await BackAsync(popup);

        await popup.EvaluateAsync<object>("() => document.querySelector('.row[aria-selected=true] .acts button:last-child').click()");
        await popup.WaitForAsync("() => document.querySelector('.details-list') !== null");
        await LookAsync(popup, "details");
        await popup.ClickAsync("#item-menu");
        await LookAsync(popup, "item-menu");
        await popup.PressAsync("Control+e");
        await popup.WaitForAsync("() => document.querySelector('#edit') !== null");
        await LookAsync(popup, "edit");
        await popup.ClickAsync("#generate");
        await popup.WaitForAsync("() => document.querySelector('.meter > i.on') !== null");
        await LookAsync(popup, "edit-generated");
        await BackAsync(popup);
        await BackAsync(popup);

        await popup.ClickAsync("#generator");
        await popup.WaitForAsync("() => document.querySelector('.result').textContent.length === 20");
        await LookAsync(popup, "generator");
        await popup.EvaluateAsync<object>("() => document.querySelector('.seg [aria-pressed=true]').focus()");
        await popup.PressAsync("ArrowRight");
        await popup.PressAsync("Enter");
        await popup.WaitForAsync("() => document.querySelector('#count') !== null");
        await LookAsync(popup, "generator-words");
        await BackAsync(popup);

        await popup.ListedAsync();
        await popup.ClickAsync("#menu");
        await popup.ClickAsync("#menu-menu button:last-child");
        await popup.WaitForAsync("() => document.querySelector('#search') === null");
        await LookAsync(popup, "trash");
    }

    [Test]
    public async Task Pages()
    {
        using var _ = Assert.EnterMultipleScope(); // one walk finds everything
        var page = await Browser.OpenExtensionPageAsync("firstRun.html");
        await page.UnlockPageAsync();
        await LookAtPageAsync(page, "first-run");
        await page.GotoAsync($"{Browser.ExtensionOrigin}/options.html");
        await page.UnlockPageAsync();
        await page.EvaluateAsync<object>("() => document.querySelector('.switch').focus()");
        await LookAtPageAsync(page, "options");
        await page.CloseAsync();
    }

    private async Task<IPage> OpenPageAsync()
    {
        var page = await Browser.NewPageAsync();
        await Browser.OpenAsync(page, $"{Person.Site.Secure("shop.test")}/frame-other-origin.html");
        return page;
    }

    private static async Task BackAsync(IView popup) => await popup.EvaluateAsync<object>("() => document.querySelector('header .btn.icon').click()");

    /// <summary>The browser makes the popup as large as its document is.</summary>
    private async Task LookAsync(IView popup, string state)
    {
        foreach (var (size, width, height) in _popupSizes)
        {
            await popup.EvaluateAsync<object>("""
                (width, height) => {
                  document.body.style.inlineSize = `${width}px`;
                  document.querySelector("#popup").style.blockSize = `${height}px`;
                }
                """, width, height);
            await popup.WaitForAsync("(width, height) => innerWidth === width && innerHeight === height", width, height);
            await Looks.FitsAsync(popup, $"condition-{state}-{size}-{Name}");
        }
    }

    private async Task LookAtPageAsync(IPage page, string state)
    {
        foreach (var (size, width, height) in _pageSizes)
        {
            await page.SetViewportAsync(width, height);
            await Looks.FitsAsync(page, $"condition-{state}-{size}-{Name}");
        }
    }
}
