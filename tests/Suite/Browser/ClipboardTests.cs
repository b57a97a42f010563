using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>A copied password leaves the clipboard when its time is up, and only then, and only if it is still there.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class ClipboardTests(string name) : OwnBrowser(name)
{
    private const string SomethingElse = "copied since";

    /// <summary>The shortest time that the host allows.</summary>
    protected override (string Name, string Value)[] Settings => [("latchkey.clipboardSeconds", "5")];

    [Test]
    public async Task Copied_password_is_cleared_when_its_time_is_up()
    {
        var reader = await CopyPasswordAsync();
        Assert.That(await ReadAsync(reader), Is.EqualTo(Person.Site.Password));

        await reader.WaitForAsync("async () => await navigator.clipboard.readText() === ''");
    }

    [Test]
    public async Task What_was_copied_since_stays()
    {
        var reader = await CopyPasswordAsync();
        await reader.EvaluateAsync<object>("(text) => navigator.clipboard.writeText(text)", SomethingElse);
        // The toast goes when the time is up; the background answers this request after it has looked.
        await reader.WaitForAsync("() => document.querySelector('.row') !== null && document.querySelector('.toast') === null");
        await reader.EvaluateAsync<object>("() => chrome.runtime.sendMessage({ type: 'clearClipboard' })");

        Assert.That(await ReadAsync(reader), Is.EqualTo(SomethingElse));
    }

    [Test]
    public async Task Copied_password_is_cleared_although_the_background_ended_meanwhile()
    {
        // The page of the extension that is opened then starts it again, as the next web page would.
        var reader = await CopyPasswordAsync(Person, Browser, meanwhile: Browser.KillBackgroundAsync);

        await reader.WaitForAsync("async () => await navigator.clipboard.readText() === ''");
    }

    [Test]
    public async Task Copied_password_is_cleared_at_a_lock_long_before_its_time_is_up()
    {
        await using var person = await BrowserPerson.CreateAsync(("latchkey.clipboardSeconds", "600"));
        var browser = await person.StartBrowserAsync(Name);
        var reader = await CopyPasswordAsync(person, browser);
        Assert.That(await ReadAsync(reader), Is.EqualTo(person.Site.Password));
        await person.RunAsync("lock");

        await reader.WaitForAsync("async () => await navigator.clipboard.readText() === ''");
    }

    private Task<IPage> CopyPasswordAsync() => CopyPasswordAsync(Person, Browser);

    /// <summary>
    /// Copies the password of the first item in the toolbar popup.
    /// </summary>
    /// <returns>A page of the extension, which may read the clipboard and shows how long the password stays.</returns>
    private static async Task<IPage> CopyPasswordAsync(BrowserPerson person, IBrowser browser, Func<Task>? meanwhile = null)
    {
        var page = await browser.NewPageAsync();
        await browser.OpenAsync(page, $"{person.Site.Secure("shop.test")}/login.html");
        var popup = await browser.TriggerActionAsync(page);
        await popup.WaitForAsync("() => document.querySelector('#passphrase, .row') !== null");
        if (await popup.EvaluateAsync<bool>("() => document.querySelector('#passphrase') !== null"))
        {
            await popup.UnlockAsync();
        }
        await popup.SearchAsync("shop", "Shop");
        await popup.PressAsync("Control+c");
        await popup.WaitForAsync("() => document.querySelector('.toast') !== null");
        if (meanwhile is not null)
        {
            await popup.CloseAsync();
            await meanwhile();
        }
        return await browser.OpenExtensionPageAsync("popup.html");
    }

    private static Task<string> ReadAsync(IPage reader) =>
        reader.EvaluateAsync<string>("() => navigator.clipboard.readText()");
}
