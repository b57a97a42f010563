using System.Runtime.Versioning;
using NUnit.Framework;
using Suite.Hosting;

namespace Suite.Browser;

/// <summary>Browsers end without a word. The host stays as it was, and the next start goes on.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class KilledBrowserTests(string name)
{
    private const int Rounds = 2; // the second kills a browser that was killed before

    [Test]
    public async Task Browser_that_is_killed_during_a_fill_fills_when_it_is_back_and_asks_for_nothing()
    {
        await using var person = await BrowserPerson.CreateAsync();
        var browser = await person.StartBrowserAsync(name);
        for (var round = 0; round < Rounds; round++)
        {
            var page = await browser.NewPageAsync();
            await browser.OpenAsync(page, $"{person.Site.Secure("shop.test")}/login.html");
            var popup = await browser.TriggerActionAsync(page);
            if (round == 0)
            {
                await popup.UnlockAsync();
            }
            await popup.FillFirstAsync();
            var relay = person.RelayIds().Single();
            await browser.KillAsync();
            Assert.That(HostWorld.HasGone(relay), "the relay ends with its browser");
            browser = await person.StartBrowserAsync(name, profile: browser.ProfileFolder);
        }

        var last = await browser.NewPageAsync();
        await browser.OpenAsync(last, $"{person.Site.Secure("shop.test")}/login.html");
        await (await browser.TriggerActionAsync(last)).FillFirstAsync();
        await last.IsFilledAsync(person.Site);
        Assert.That(person.HostIds, Has.Count.EqualTo(1));
    }
}
