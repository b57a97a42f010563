using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>
/// One running browser of each name and person who has unlocked, for all fixtures that leave it unlocked: starting one for each fixture
/// would take most of the time of these tests.
/// </summary>
[SetUpFixture]
public sealed class SharedBrowsers
{
    private static readonly Dictionary<(string Name, string Person), Task<(BrowserPerson Person, IBrowser Browser)>> _started = [];

    /// <summary>The browser of that name and person, started and unlocked at the first call.</summary>
    internal static Task<(BrowserPerson Person, IBrowser Browser)> OfAsync(string name, string person)
    {
        if (!_started.TryGetValue((name, person), out var started))
        {
            _started[(name, person)] = started = StartAsync(name);
        }
        return started;
    }

    [OneTimeTearDown]
    public static async Task EndAll()
    {
        foreach (var started in _started.Values.Where(each => each.IsCompletedSuccessfully))
        {
            await (await started).Person.DisposeAsync();
        }
    }

    private static async Task<(BrowserPerson Person, IBrowser Browser)> StartAsync(string name)
    {
        // Fixtures that have a browser of their own may take longer than the ten minutes after which an idle vault locks.
        var person = await BrowserPerson.CreateAsync(("latchkey.lockAfterMinutes", "480"));
        try
        {
            var browser = await person.StartBrowserAsync(name);
            var page = await browser.NewPageAsync();
            await page.GotoAsync($"{person.Site.Secure("shop.test")}/no-login.html");
            var popup = await browser.TriggerActionAsync(page);
            await popup.UnlockAsync();
            await popup.CloseAsync();
            await page.CloseAsync();
            return (person, browser);
        }
        catch
        {
            await person.DisposeAsync();
            throw;
        }
    }
}
