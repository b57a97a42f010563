using System.Runtime.Versioning;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>A person fills the pages of the site, of every make.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class FillTests(string name) : UnlockedBrowser(name)
{
    [TestCase("login", "#username", "#password")]
    [TestCase("login-no-form", "#user", "#secret")]
    [TestCase("controlled-react", "#username", "#password")]
    [TestCase("model-vue", "#username", "#password")]
    [TestCase("shadow-open", "#username", "#password")]
    [TestCase("shadow-nested", "#username", "#password")]
    [TestCase("strict-csp", "#username", "#password")]
    public async Task Enter_in_the_popup_fills_and_the_page_signs_in(string pageName, string userName, string password)
    {
        await GotoAsync(pageName);
        await FillAsync();
        await Page.IsFilledAsync(Site, userName, password);
        await Page.SignInAsync(Site);
    }

    [Test]
    public async Task Click_on_Fill_fills()
    {
        await GotoAsync("login");
        var popup = await PopupAsync();
        await popup.ListedAsync();
        await popup.ClickAsync(".row .btn.primary");
        await Page.IsFilledAsync(Site);
    }

    [Test]
    public async Task Command_fills()
    {
        await GotoAsync("login");
        await Browser.CommandAsync(Page, "fill");
        await Page.IsFilledAsync(Site);
    }

    [Test]
    public async Task Command_waits_for_a_page_that_is_busy_with_itself()
    {
        await GotoAsync("login");
        await Page.EvaluateAsync<object>("""
            () => setTimeout(() => { for (const end = performance.now() + 2000; performance.now() < end;); })
            """);
        await Browser.CommandAsync(Page, "fill");
        await Page.IsFilledAsync(Site);
    }

    [Test]
    public async Task Command_given_twice_fills_the_next_item()
    {
        await GotoAsync("login", "pair.test");
        await Browser.CommandAsync(Page, "fill");
        await Page.WaitForAsync("() => document.querySelector('#password').value !== ''");
        var first = await Page.ValueAsync("#username");
        await Browser.CommandAsync(Page, "fill");
        await Page.HoldsAsync("#username", first == Site.UserName ? Items.SecondUserName : Site.UserName);
    }

    [Test]
    public async Task Context_menu_fills()
    {
        await GotoAsync("login");
        await Browser.ContextMenuAsync(Page, "fill");
        await Page.IsFilledAsync(Site);
    }

    [Test]
    public async Task Fields_of_a_closed_shadow_root_are_filled()
    {
        await GotoAsync("shadow-closed");
        await FillAsync();
        // No script of the page sees into the root: the site's answer tells.
        await Page.WaitForAsync("() => document.activeElement?.localName === 'office-login'");
        await Page.PressAsync("Enter");
        await Page.WaitForAsync("(text) => document.querySelector('#answer')?.textContent === text", $"signed in as {Site.UserName}");
    }

    [TestCase("frame-same-origin")]
    [TestCase("frame-srcdoc")]
    public async Task Fields_of_a_subframe_of_the_same_origin_are_filled(string pageName)
    {
        await GotoAsync(pageName);
        var frame = await Page.FrameAsync("iframe");
        await FillAsync();
        await frame.IsFilledAsync(Site);
        await frame.SignInAsync(Site);
    }

    [Test]
    public async Task Fields_of_a_frame_in_a_frame_are_filled()
    {
        await GotoAsync("frame-nested");
        var outer = await Page.FrameAsync("iframe");
        var inner = await outer.FrameAsync("iframe");
        await FillAsync();
        await inner.IsFilledAsync(Site);
        await inner.SignInAsync(Site);
    }

    [TestCase("login-dialog")]
    [TestCase("login-popover")]
    public async Task Form_that_the_page_opens_above_itself_is_filled_once_it_is_open(string pageName)
    {
        await GotoAsync(pageName);
        var popup = await PopupAsync();
        await popup.FillFirstAsync();
        await popup.SaysAsync("No login form on this page");
        await popup.CloseAsync();
        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);

        await Page.ClickAsync("#open");
        await FillAsync();
        await Page.IsFilledAsync(Site);
        await Page.SignInAsync(Site);
    }

    [Test]
    public async Task Field_that_the_page_writes_in_a_form_of_its_own_is_filled()
    {
        await GotoAsync("login-masked");
        await FillAsync();
        await Page.HoldsAsync("#customer", "AN-NA");
        await Page.HoldsAsync("#password", Site.Password);
    }

    [Test]
    public async Task Text_that_can_be_written_and_a_search_are_never_touched()
    {
        await GotoAsync("editable");
        await Page.ClickAsync("#reply");
        await FillAsync();
        await Page.IsFilledAsync(Site);

        Assert.That(await Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('#reply, #draft, #search')].map((each) => each.value ?? each.textContent)"),
            Is.All.Empty);
    }

    [Test]
    public async Task Form_of_a_single_page_app_is_filled_after_the_change_of_route()
    {
        await GotoAsync("single-page-app");
        await Page.ClickAsync("#to-login");
        await FillAsync();
        await Page.IsFilledAsync(Site);
        await Page.SignInAsync(Site);
    }

    [Test]
    public async Task Password_follows_on_the_second_page()
    {
        await GotoAsync("two-pages");
        await FillAsync();
        await Page.HoldsAsync("#username", Site.UserName);
        await Page.ClickAsync("#submit");
        await Page.HoldsAsync("#password", Site.Password);
        await Page.SignInAsync(Site);
    }

    [Test]
    public async Task Password_follows_when_the_page_reveals_its_field()
    {
        await GotoAsync("two-steps");
        await FillAsync();
        await Page.HoldsAsync("#username", Site.UserName);
        await Page.ClickAsync("#submit");
        await Page.HoldsAsync("#password", Site.Password);
        await Page.SignInAsync(Site);
    }

    [Test]
    public async Task Fields_that_come_late_are_filled()
    {
        await GotoAsync("late-fields");
        await Page.WaitForAsync("() => document.querySelector('#password')?.type === 'password'");
        await FillAsync();
        await Page.IsFilledAsync(Site);
    }

    [Test]
    public async Task Login_beside_a_sign_up_form_is_the_one_that_is_filled()
    {
        await GotoAsync("login-and-signup");
        await FillAsync();
        await Page.IsFilledAsync(Site);

        Assert.That(await Page.FilledFieldsAsync(), Is.EqualTo((string[])["username", "password"]));
    }

    [Test]
    public async Task Fields_that_nobody_sees_stay_empty()
    {
        await GotoAsync("honeypots");
        await FillAsync();
        await Page.WaitForAsync("() => [...document.querySelectorAll('input[type=password]')].some(({ value }) => value !== '')");

        Assert.That(await Page.FilledFieldsAsync(), Is.EqualTo((string[])["username", "password"]));
    }

    [Test]
    public async Task Changed_passwords_are_never_filled_with_the_stored_one()
    {
        await GotoAsync("change-password");
        await FillAsync();
        await Page.HoldsAsync("#current", Site.Password);

        Assert.That(await Page.FilledFieldsAsync(), Is.EqualTo((string[])["current"]));
    }

    [Test]
    public async Task Ten_fills_in_a_row_each_fill()
    {
        await GotoAsync("login");
        for (var count = 0; count < 10; count++)
        {
            await Page.EvaluateAsync<object>("() => document.querySelector('form').reset()");
            await Browser.CommandAsync(Page, "fill");
            await Page.IsFilledAsync(Site);
        }
    }

    [Test]
    public async Task Fill_goes_into_the_tab_in_front()
    {
        await GotoAsync("login");
        var behind = Page;
        var front = await Browser.NewPageAsync();
        await Browser.OpenAsync(front, $"{Site.Secure("shop.test")}/login.html");
        await Browser.CommandAsync(front, "fill");
        await front.IsFilledAsync(Site);

        Assert.That(await behind.FilledFieldsAsync(), Is.Empty);
        await front.CloseAsync();
    }

    [Test]
    public async Task Fill_works_after_the_background_was_ended()
    {
        await GotoAsync("login");
        await Browser.KillBackgroundAsync();
        await FillAsync();
        await Page.IsFilledAsync(Site);
    }
}
