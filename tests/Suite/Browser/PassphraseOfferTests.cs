using System.Runtime.Versioning;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>Firefox offers to save what is typed into password fields, those of an extension's pages too. It must not get the passphrase.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("firefox")]
public class PassphraseOfferTests(string name) : OwnBrowser(name)
{
    [OneTimeSetUp]
    public Task OfferToSave() => Browser.OfferToSavePasswordsAsync();

    [SetUp]
    public Task Lock() => Person.RunAsync("lock");

    [TestCase("firstRun.html")]
    [TestCase("options.html")]
    public async Task Passphrase_that_unlocks_is_not_offered_for_saving(string path)
    {
        var page = await Browser.OpenExtensionPageAsync(path);
        await page.UnlockPageAsync();
        await NothingIsOfferedAsync(path);
        await page.CloseAsync();
    }

    [Test]
    public async Task Passphrase_that_was_refused_is_not_offered_when_the_page_goes_on()
    {
        var page = await Browser.OpenExtensionPageAsync("options.html");
        await page.WaitForAsync("() => document.querySelector('#passphrase') !== null");
        await page.ClickAsync("#passphrase");
        await page.TypeAsync(BrowserPerson.WrongPassphrase);
        await page.PressAsync("Enter");
        await page.WaitForAsync("() => document.querySelector('#passphrase-hint.error') !== null");
        await page.EvaluateAsync<object>("() => { document.querySelector('a[href=\"firstRun.html\"]').click(); }");
        await page.WaitForAsync("() => document.querySelector('.tick') !== null");
        await NothingIsOfferedAsync("firstRun.html");
        await page.CloseAsync();
    }

    /// <summary>Waits until the browser has offered what was typed into a web page later: it would have offered ours by then.</summary>
    private async Task NothingIsOfferedAsync(string path)
    {
        var web = await Browser.NewPageAsync();
        await Browser.OpenAsync(web, $"{Person.Site.Secure("shop.test")}/login.html");
        await web.ClickAsync("#username");
        await web.TypeAsync("anna");
        await web.ClickAsync("#password");
        await web.TypeAsync("typed by hand");
        await web.PressAsync("Enter");
        await web.WaitForAsync("() => location.pathname === '/signin'");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await Browser.OffersToSaveAsync("shop.test"))
        {
            limit.Token.ThrowIfCancellationRequested();
        }
        Assert.That(await Browser.OffersToSaveAsync(path), Is.False);
        await web.CloseAsync();
    }
}
