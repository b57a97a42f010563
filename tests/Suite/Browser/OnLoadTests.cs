using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>What the person chose to have always filled is filled when its page loads, and nothing else is.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class OnLoadTests(string name) : UnlockedBrowser(name, "who always fills")
{
    [OneTimeSetUp]
    public async Task Choose()
    {
        await OpenPage();
        await ChooseAsync(isOn: true);
        await Page.CloseAsync();
    }

    [TestCase("login")]
    [TestCase("controlled-react")]
    [TestCase("model-vue")]
    [TestCase("late-fields")]
    [TestCase("busy")]
    [TestCase("shadow-open")]
    public async Task Page_of_a_chosen_item_fills_by_itself(string pageName)
    {
        await GotoAsync(pageName);
        await Page.IsFilledAsync(Site);
        await Page.SignInAsync(Site);
    }

    [Test]
    public async Task Page_fills_by_itself_although_another_form_of_its_site_was_taught()
    {
        var options = await Browser.OpenExtensionPageAsync("options.html");
        await options.AskAsync("""
            {"type":"teachAgain","field":{"hostname":"shop.test","role":"username","form":"0123456789abcdef","field":0,"page":"/elsewhere"}}
            """);
        try
        {
            await Page.ActivateAsync();
            await GotoAsync("login");
            await Page.IsFilledAsync(Site);
        }
        finally
        {
            await options.AskAsync("""{"type":"forgetTaught","names":[{"hostname":"shop.test","role":"username","form":"0123456789abcdef"}]}""");
            await options.CloseAsync();
        }
    }

    [Test]
    public async Task Choice_that_was_taken_back_fills_nothing()
    {
        await ChooseAsync(isOn: false);
        await GotoAsync("login");
        await Page.IsIdleAsync(Browser);

        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
        await ChooseAsync(isOn: true);
    }

    [TestCase("signup")]
    [TestCase("change-password")]
    [TestCase("no-login")]
    [TestCase("one-time-code")]
    [TestCase("action-other-origin")]
    [TestCase("method-get")]
    public async Task Page_that_is_no_login_to_this_site_stays_empty_although_its_item_is_chosen(string pageName)
    {
        await GotoAsync(pageName);
        await Page.IsIdleAsync(Browser);

        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
        await ChoiceHoldsAsync();
    }

    [TestCase("frame-same-origin")]
    [TestCase("frame-sandboxed")]
    [TestCase("frame-srcdoc")]
    [TestCase("frame-srcdoc-sandboxed")]
    [TestCase("frame-other-origin")]
    public async Task Subframe_never_fills_by_itself(string pageName)
    {
        await GotoAsync(pageName);
        var frame = await Page.FrameAsync("iframe");
        await frame.WaitForAsync("() => document.querySelector('#password') !== null");
        await Page.IsIdleAsync(Browser);

        Assert.That(await frame.FilledFieldsAsync(), Is.Empty);
        await ChoiceHoldsAsync();
    }

    [Test]
    public async Task Another_hostname_and_the_plain_twin_do_not_fill_by_themselves()
    {
        foreach (var url in (string[])[$"{Site.Secure("other.test")}/login.html", $"{Site.Plain("shop.test")}/login.html"])
        {
            await Browser.OpenAsync(Page, url);
            await Page.IsIdleAsync(Browser);

            Assert.That(await Page.FilledFieldsAsync(), Is.Empty, url);
        }
        await ChoiceHoldsAsync();
    }

    /// <summary>The same browser fills where it should: what stayed empty before did so for a reason of its own.</summary>
    private async Task ChoiceHoldsAsync()
    {
        await GotoAsync("login");
        await Page.IsFilledAsync(Site);
    }

    /// <summary>Fills <c>shop.test</c> by the popup and sets "always fill here".</summary>
    private async Task ChooseAsync(bool isOn)
    {
        await GotoAsync("login");
        await FillAsync();
        await Page.IsFilledAsync(Site);
        await SucceededAsync();
        var popup = await PopupAsync();
        await popup.WaitForAsync("() => document.querySelector('#always') !== null");
        if (await IsOnAsync(popup) != isOn)
        {
            await popup.ClickAsync("#always");
            await popup.WaitForAsync("(on) => document.querySelector('#always').getAttribute('aria-pressed') === String(on)", isOn);
        }
        await popup.CloseAsync();
    }

    private static Task<bool> IsOnAsync(IView popup) =>
        popup.EvaluateAsync<bool>("() => document.querySelector('#always').getAttribute('aria-pressed') === 'true'");
}
