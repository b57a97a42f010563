using System.Runtime.Versioning;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>Pages that do what they can so that nothing is filled, too much is, or the browser hangs.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class HostileTests(string name) : UnlockedBrowser(name)
{
    [TestCase("hostile-names")]
    [TestCase("hostile-prototypes")]
    [TestCase("hostile-many")]
    [TestCase("hostile-long")]
    [TestCase("hostile-endless")]
    public async Task Login_is_filled_and_nothing_else(string pageName)
    {
        await GotoAsync(pageName);
        await FillAsync();
        await Page.IsFilledAsync(Site);
        Assert.That(await Page.EvaluateAsync<int>(
            "() => [...document.querySelectorAll('input:not([type=hidden])')].filter(({ value }) => value !== '').length"), Is.EqualTo(2));
    }

    [TestCase("moved", "The page changed the form while it was filled")]
    [TestCase("gone", "The page changed the form while it was filled")]
    [TestCase("sent", "The form sends to another site")]
    [TestCase("shown", "The password field shows what is typed")]
    [TestCase("hidden", "A field is hidden or read-only")]
    [TestCase("read", "A field is hidden or read-only")]
    public async Task Form_that_becomes_another_one_while_it_is_filled_gets_no_password(string how, string reason)
    {
        await Browser.OpenAsync(Page, $"{Site.Secure("shop.test")}/hostile-moves.html#{how}");
        await Page.EvaluateAsync<object>("() => { globalThis.password = document.querySelector('#password'); }");
        var popup = await PopupAsync();
        await popup.FillFirstAsync();
        await popup.SaysAsync(reason);

        Assert.That(await Page.EvaluateAsync<string>("() => globalThis.password.value"), Is.Empty);
    }
}
