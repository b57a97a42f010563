using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>One person with both browsers open: one host, one unlock, one lock.</summary>
[UnsupportedOSPlatform("windows")]
public class TwoBrowsersTests
{
    [Test]
    public async Task Unlock_and_lock_in_one_browser_are_those_of_the_other()
    {
        await using var person = await BrowserPerson.CreateAsync();
        var chromium = await OpenAsync(person, "chromium");
        var firefox = await OpenAsync(person, "firefox");
        var popup = await chromium.Browser.TriggerActionAsync(chromium.Page);
        await popup.UnlockAsync();

        // A profile sees the vault only after it has itself given the passphrase once.
        var other = await firefox.Browser.TriggerActionAsync(firefox.Page);
        await other.UnlockAsync();
        Assert.That(person.HostIds, Has.Count.EqualTo(1));

        await other.ClickAsync("#lock");
        await popup.WaitForAsync("() => document.activeElement?.id === 'passphrase'");

        await popup.UnlockAsync();
        await other.ListedAsync();
        await firefox.Browser.CommandAsync(firefox.Page, "fill");
        await firefox.Page.IsFilledAsync(person.Site);
    }

    private static async Task<(IBrowser Browser, IPage Page)> OpenAsync(BrowserPerson person, string name)
    {
        var browser = await person.StartBrowserAsync(name);
        var page = await browser.NewPageAsync();
        await browser.OpenAsync(page, $"{person.Site.Secure("shop.test")}/login.html");
        return (browser, page);
    }
}
