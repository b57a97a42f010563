using System.Runtime.Versioning;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>A server that asks for user name and password by HTTP itself is answered from the popup.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class HttpAuthTests(string name) : UnlockedBrowser(name)
{
    [TestCase("basic")]
    [TestCase("digest")]
    public async Task Item_that_is_chosen_in_the_popup_opens_the_page(string path)
    {
        Task? opened = null;
        var popup = await Browser.PopupAfterAsync(() =>
        {
            opened = Page.GotoAsync($"{Site.Secure("shop.test")}/{path}");
            return Task.CompletedTask;
        });
        await popup.ReadsAsync("asks for a user name and a password");
        await Looks.SaveAsync(popup, $"{Browser.Name}-http-auth");
        await popup.FillFirstAsync();
        await opened!;
        await Page.WaitForAsync("(text) => document.querySelector('#answer')?.textContent === text", $"signed in as {Site.UserName}");
    }

    [Test]
    public async Task Popup_that_is_closed_leaves_the_question_to_the_browser()
    {
        var url = $"{Site.Secure("shop.test")}/basic";
        var popup = await Browser.PopupAfterAsync(() =>
        {
            _ = Page.GotoAsync(url);
            return Task.CompletedTask;
        });
        await popup.ReadsAsync("asks for a user name and a password");
        await popup.CloseAsync();
        // As long as the question waits Chromium's driver opens no popup over the page, and after two minutes it waits no more anyway.
        popup = await PopupAsync();
        await popup.ListedAsync();
        Assert.That(
            await popup.EvaluateAsync<string>("() => document.querySelector('#popup').innerText"), Does.Not.Contain("asks for a user name and a password"));
    }
}
