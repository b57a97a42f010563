using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>A private window is filled like any other, and nothing is kept of it.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class PrivateTests(string name) : OwnBrowser(name)
{
    private const string Hostname = "private.test";

    protected override BrowserSetup Setup => new() { InPrivateWindows = true };

    protected override (string Name, string Value)[] Settings => [("latchkey.fillOnLoad", "ownItems")];

    [Test]
    public async Task Private_window_is_filled_and_what_is_typed_there_is_not_captured()
    {
        var normal = await Browser.NewPageAsync();
        await normal.GotoAsync($"{Person.Site.Secure("shop.test")}/no-login.html");
        var popup = await Browser.TriggerActionAsync(normal);
        await popup.UnlockAsync();
        await popup.CloseAsync();

        var page = await Browser.NewPrivatePageAsync($"{Person.Site.Secure("shop.test")}/login.html");
        await page.IsFilledAsync(Person.Site);

        await page.GotoAsync($"{Person.Site.Secure(Hostname)}/login.html");
        await page.TypeIntoAsync("#username", Person.Site.UserName);
        await page.TypeIntoAsync("#password", Person.Site.Password);
        await page.SignInAsync(Person.Site);
        // The same once more: the background hears of the second after it is done with the first.
        await page.GotoAsync($"{Person.Site.Secure(Hostname)}/login.html");
        Assert.That(await KeptAsync(), Does.Not.Contain("sign:"));
        await page.CloseAsync();

        // What a tab had in memory goes with it.
        await Browser.EvaluateInBackgroundAsync<object>("""
            async () => {
              const left = async () => Object.keys(await chrome.storage.session.get(null)).filter((name) => /:\d+$/.test(name));
              while ((await left()).length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
            }
            """);
        Assert.That(await KeptAsync(), Does.Not.Contain(Hostname));
    }

    /// <summary>All that the extension keeps, in memory and on disk.</summary>
    private Task<string> KeptAsync() => Browser.EvaluateInBackgroundAsync<string>(
        "async () => JSON.stringify([await chrome.storage.session.get(null), await chrome.storage.local.get(null)])");
}
