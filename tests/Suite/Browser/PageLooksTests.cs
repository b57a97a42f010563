using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>The options and the first-run page in their states, as <see cref="Looks"/> looks: on a desk, in 320 pixels, at 200 percent.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class PageLooksTests(string name) : OwnBrowser(name)
{
    private static readonly (string Name, int Width, int Height)[] _sizes =
        [("desk", 1280, 1700), ("narrow", 320, 2600), ("zoomed", 640, 400)];

    protected override BrowserSetup Setup => Looks.Setup(Name);

    [Test]
    public async Task Options()
    {
        await Person.RunAsync("lock");
        var page = await Browser.OpenExtensionPageAsync("options.html");
        await page.WaitForAsync("() => document.querySelector('#passphrase') !== null");
        await LookAsync(page, "options-locked");

        await page.UnlockPageAsync();
        await page.ClickAsync("#new-site");
        await page.TypeAsync("kiosk.example");
        await page.PressAsync("Enter");
        await page.WaitForAsync("() => document.querySelector('#setting-sites li') !== null");
        await page.AskAsync("""
            {"type":"teachAgain","field":{"hostname":"terminal.kiosk.example","role":"username","form":"0123456789abcdef","field":1,"page":"/a/long/way/to/the/form/that/somebody/taught"}}
            """);
        await page.ReloadAsync();
        await page.WaitForAsync("() => document.querySelector('#setting-taught li') !== null");
        await LookAsync(page, "options");

        await page.ClickAsync("#setting-sites li button");
        await page.WaitForAsync("() => document.querySelector('#setting-sites li') === null"); // what is below moves up
        await page.ClickAsync("#browsers .btn");
        await page.WaitForAsync("() => document.querySelector('.toast') !== null && document.querySelector('.btn.danger') !== null");
        await LookAsync(page, "options-asks");
        await page.CloseAsync();
    }

    [Test]
    public async Task Options_that_could_not_be_saved_or_found()
    {
        var page = await Browser.OpenExtensionPageAsync("options.html");
        await page.UnlockPageAsync();
        var folder = Path.GetDirectoryName(Person.VaultPath)!;
        Directory.Move(folder, folder + ".aside");
        try
        {
            await page.ClickAsync("#setting-lockOnScreenLock .switch");
            await page.WaitForAsync("() => document.querySelector('#setting-lockOnScreenLock [role=alert]') !== null");
        }
        finally
        {
            Directory.Move(folder + ".aside", folder);
        }
        await LookAsync(page, "options-not-saved");
        await page.ClickAsync("#find");
        await page.TypeAsync("zzz");
        await page.WaitForAsync("() => document.querySelector('.empty h2') !== null");
        await LookAsync(page, "options-nothing-found");
        await page.CloseAsync();
    }

    [Test]
    public async Task Attachments()
    {
        var options = await Browser.OpenExtensionPageAsync("options.html");
        await options.UnlockPageAsync();
        var page = await Browser.OpenExtensionPageAsync($"attachments.html#{await options.IdOfAsync("shop")}");
        await page.WaitForAsync("() => document.querySelector('li.empty') !== null");
        await LookAsync(page, "attachments-none");
        foreach (var (name, size) in ((string, int)[])[("recovery codes.txt", 812), ($"{new string('n', 200)}.pdf", 3_400_000)])
        {
            await page.EvaluateAsync<object>(AttachmentPageTests.Drop, name, size, "");
            await page.WaitForAsync("(name) => [...document.querySelectorAll('li.file .grow')].some((each) => each.textContent === name)", name);
        }
        await LookAsync(page, "attachments");
        await page.ClickAsync("li.file button:last-child");
        await page.WaitForAsync("() => document.querySelector('.toast') !== null");
        await page.EvaluateAsync<object>(AttachmentPageTests.Drop, "huge.bin", (16 << 20) + 1, "");
        await page.WaitForAsync("() => !document.querySelector('main > [role=alert]').hidden");
        await LookAsync(page, "attachments-too-large");
        await page.CloseAsync();
        await options.CloseAsync();
    }

    [Test]
    public async Task Signals_of_a_page()
    {
        var seen = await Browser.NewPageAsync();
        await Browser.OpenAsync(seen, $"{Person.Site.Secure("shop.test")}/login-and-signup.html");
        var tab = await Browser.EvaluateInBackgroundAsync<long>("async () => (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0].id");
        var page = await Browser.OpenExtensionPageAsync($"signals.html#{tab}");
        await page.WaitForAsync("() => document.querySelectorAll('.form').length === 2");
        await LookAsync(page, "signals");
        Assert.That(await page.EvaluateAsync<string>("() => document.querySelector('.field .signals li').textContent"), Does.Match("^[0-9]+ "));

        await page.ClickAsync("#report");
        await page.WaitForAsync("() => document.querySelector('.bar [role=status]').textContent !== ''");
        await seen.CloseAsync();
        // The tab has gone, and with it what was seen there.
        await page.ClickAsync("#again");
        await page.WaitForAsync("() => document.querySelector('.empty') !== null");
        await page.CloseAsync();
    }

    [Test]
    public async Task Key_for_codes_from_a_picture()
    {
        var page = await Browser.OpenExtensionPageAsync("options.html");
        await page.UnlockPageAsync();
        await page.CloseAsync();
        page = await Browser.OpenExtensionPageAsync("picture.html#new");
        await page.WaitForAsync("() => document.querySelector('#choose') !== null");
        await LookAsync(page, "picture");
        await page.EvaluateAsync<object>(KeyTests.DropPictures, KeyTests.PictureOf("qr-code"));
        await page.WaitForAsync("() => document.querySelector('.proof .secret') !== null");
        await LookAsync(page, "picture-read");
        await page.EvaluateAsync<object>(KeyTests.DropPictures, KeyTests.PictureOf("qr-address"));
        await page.WaitForAsync("() => !document.querySelector('main > [role=alert]').hidden");
        await LookAsync(page, "picture-other");
        await page.CloseAsync();
    }

    [Test]
    public async Task First_run()
    {
        await Person.RunAsync("lock");
        File.Move(Person.VaultPath, Person.VaultPath + ".aside");
        var page = await Browser.OpenExtensionPageAsync("firstRun.html");
        try
        {
            await page.WaitForAsync("() => document.querySelector('#new-passphrase') !== null");
            await LookAsync(page, "first-run-make");
            await page.ClickAsync(".tick [role=group] button:nth-child(2)");
            await page.ClickAsync("#path");
            await page.TypeAsync("passwords.kdbx");
            await page.PressAsync("Enter");
            await page.WaitForAsync("() => document.querySelector('#path-hint.error') !== null");
            await LookAsync(page, "first-run-file");
        }
        finally
        {
            File.Move(Person.VaultPath + ".aside", Person.VaultPath);
        }
        await page.ReloadAsync();
        await page.UnlockPageAsync();
        await page.ClickAsync(".tick:nth-child(3) .btn.primary");
        await page.WaitForAsync("() => document.querySelectorAll('.tick.done').length === 3");
        await LookAsync(page, "first-run-done");
        await page.CloseAsync();
    }

    [Test]
    public async Task First_run_without_the_program()
    {
        var manifest = Person.ManifestOf(Browser);
        File.Move(manifest, manifest + ".aside");
        try
        {
            await Browser.KillBackgroundAsync();
            var page = await Browser.OpenExtensionPageAsync("firstRun.html");
            await page.WaitForAsync("() => document.querySelector('.tick .cmd') !== null");
            await LookAsync(page, "first-run-no-program");
            await page.CloseAsync();
        }
        finally
        {
            File.Move(manifest + ".aside", manifest);
            await Browser.KillBackgroundAsync();
        }
    }

    /// <summary>Looks at everything on a desk's screen; on the others at what a size can spoil.</summary>
    private async Task LookAsync(IPage page, string state)
    {
        foreach (var (size, width, height) in _sizes)
        {
            await page.SetViewportAsync(width, height);
            if (size == "desk")
            {
                await Looks.CheckAsync(page, $"{state}-{size}", Name);
            }
            else
            {
                await Looks.FitsAsync(page, $"{state}-{size}-{Name}");
            }
        }
    }
}
