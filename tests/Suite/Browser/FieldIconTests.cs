using System.Runtime.Versioning;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>The icon in the field that the person goes to: where it comes and where it does not, and that a click opens the popup and fills nothing.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class FieldIconTests(string name) : UnlockedBrowser(name)
{
    private const string Icon = "div[popover]";

    /// <summary>Where the icon and a field are, if the icon can be seen: left, right, top, bottom of each.</summary>
    private const string Places = """
        (field) => {
          const boxes = [document.querySelector("div[popover]"), document.querySelector(field)].map((each) => each?.getBoundingClientRect());
          return boxes[0]?.width > 0 ? boxes.flatMap(({ left, right, top, bottom }) => [left, right, top, bottom]) : [];
        }
        """;

    [TestCase("login", "#username")]
    [TestCase("login", "#password")]
    [TestCase("login-no-form", "#secret")]
    [TestCase("strict-csp", "#username")]
    [TestCase("one-time-code", "#code")]
    [TestCase("signup", "#password")]
    public async Task Field_that_the_person_goes_to_has_it_at_its_end(string pageName, string field)
    {
        await GotoAsync(pageName);
        await Page.ClickAsync(field);
        var at = await ShownAsync(field);

        Assert.That(at.Icon.Right, Is.LessThanOrEqualTo(at.Field.Right));
        Assert.That(at.Icon.Left, Is.GreaterThan((at.Field.Left + at.Field.Right) / 2));
        Assert.That((at.Icon.Top, -at.Icon.Bottom), Is.GreaterThanOrEqualTo((at.Field.Top, -at.Field.Bottom)));
        Assert.That(await Page.EvaluateAsync<bool>($"() => document.querySelector('{Icon}').shadowRoot === null"), "closed");
        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
    }

    [Test]
    public async Task Boxes_have_it_behind_the_last_one()
    {
        await GotoAsync("code-six-boxes");
        await Page.ClickAsync("#box0");
        var at = await ShownAsync("#box5");

        Assert.That(at.Icon.Left, Is.GreaterThanOrEqualTo(at.Field.Right));
    }

    [Test]
    public async Task Click_opens_the_popup_fills_nothing_and_Enter_there_fills()
    {
        await GotoAsync("login");
        await Page.ClickAsync("#password");
        await ShownAsync("#password");
        await Looks.SaveAsync(Page, $"{Browser.Name}-field-icon");
        var popup = await Browser.PopupAfterAsync(() => Page.ClickAsync(Icon));
        await popup.ListedAsync();
        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
        Assert.That(await Page.EvaluateAsync<string>("() => document.activeElement.id"), Is.EqualTo("password"));

        await popup.PressAsync("Enter");
        await Page.IsFilledAsync(Site);
    }

    [Test]
    public async Task Where_the_browser_opens_no_popup_the_key_is_named_and_the_toolbar_marked()
    {
        await GotoAsync("login");
        await Browser.EvaluateInBackgroundAsync<object>("""
            () => { chrome.action.openPopupWas = chrome.action.openPopup; chrome.action.openPopup = () => Promise.reject(new Error("no")); return null; }
            """);
        try
        {
            await Page.ClickAsync("#username");
            await ShownAsync("#username");
            await Page.ClickAsync(Icon);

            Assert.That(await BadgeAsync("•"), Is.EqualTo("•"));
            await Looks.SaveAsync(Page, $"{Browser.Name}-field-icon-refused");
        }
        finally
        {
            await Browser.EvaluateInBackgroundAsync<object>("() => { chrome.action.openPopup = chrome.action.openPopupWas; return null; }");
        }
    }

    [Test]
    public async Task Icon_never_stands_over_the_text()
    {
        await GotoAsync("login");
        await Page.TypeIntoAsync("#username", "a.user.name.that.is.longer.than.its.field@shop.test");
        var at = await ShownAsync("#username");
        await Page.WaitForAsync($"() => document.querySelector('{Icon}').getBoundingClientRect().left >= document.querySelector('#username').getBoundingClientRect().right");

        Assert.That(at.Icon.Left, Is.GreaterThanOrEqualTo(0));
    }

    [Test]
    public async Task Icon_keeps_clear_of_a_button_of_the_page_in_the_field()
    {
        await GotoAsync("login");
        await Page.EvaluateAsync<object>("""
            () => {
              const { right, top, height } = document.querySelector("#password").getBoundingClientRect();
              const button = document.createElement("button");
              button.id = "eye";
              button.style.cssText = `position: absolute; left: ${right - 28 + scrollX}px; top: ${top + scrollY}px; width: 26px; height: ${height}px; padding: 0`;
              document.body.append(button);
            }
            """);
        await Page.ClickAsync("#password");
        var at = await ShownAsync("#password");

        Assert.That(at.Icon.Right, Is.LessThanOrEqualTo(at.Field.Right - 28));
    }

    [Test]
    public async Task Modal_dialog_has_it_where_it_can_be_pressed()
    {
        await GotoAsync("login-dialog");
        await Page.ClickAsync("#open");
        await Page.ClickAsync("#password");
        await ShownAsync("#password");
        var popup = await Browser.PopupAfterAsync(() => Page.ClickAsync(Icon));
        await popup.FillFirstAsync();
        await Page.IsFilledAsync(Site);
        await Page.SignInAsync(Site);
    }

    [Test]
    public async Task Icon_goes_with_the_focus_and_with_the_field()
    {
        await GotoAsync("login");
        await Page.ClickAsync("#username");
        await ShownAsync("#username");
        await Page.EvaluateAsync<object>("() => document.activeElement.blur()");
        await GoneAsync();

        await Page.ClickAsync("#username");
        await ShownAsync("#username");
        await Page.EvaluateAsync<object>("() => { document.querySelector('form').replaceWith(document.createElement('p')); }");
        await GoneAsync();
    }

    [Test]
    public async Task Page_that_moves_the_focus_by_itself_sees_nothing_until_the_person_presses_there()
    {
        await GotoAsync("login-focused");
        await Page.WaitForAsync("() => document.activeElement.id === 'username'");
        await Page.IsIdleAsync(Browser);
        await GoneAsync();

        await Page.ClickAsync("#username");
        await ShownAsync("#username");
    }

    [TestCase("no-login", "input")]
    [TestCase("signup", "#email")]
    public async Task Field_that_nothing_of_ours_goes_into_has_none(string pageName, string field)
    {
        await GotoAsync(pageName);
        await Page.ClickAsync(field);
        await Page.IsIdleAsync(Browser);

        await GoneAsync();
    }

    [Test]
    public async Task Switch_of_the_options_takes_it_away_and_brings_it_back()
    {
        await GotoAsync("login");
        await SwitchAsync("[aria-labelledby=fieldIcon-name]");
        try
        {
            await Page.ClickAsync("#username");
            await Page.IsIdleAsync(Browser);
            await GoneAsync();
        }
        finally
        {
            await SwitchAsync("#setting-fieldIcon .link");
        }
        await Page.ClickAsync("#password");
        await ShownAsync("#password");
    }

    [Test]
    public async Task Site_that_is_never_filled_by_itself_has_none()
    {
        await GotoAsync("login", "bare.test");
        var popup = await PopupAsync();
        await popup.ListedAsync();
        await popup.AskAsync($$"""{"type":"never","origin":"{{Site.Secure("bare.test")}}","on":true}""");
        await popup.CloseAsync();
        await Page.ClickAsync("#username");
        await Page.IsIdleAsync(Browser);

        await GoneAsync();
    }

    private async Task<(Box Icon, Box Field)> ShownAsync(string field)
    {
        await Page.WaitForAsync($"(field) => ({Places})(field).length > 0", field);
        var at = await Page.EvaluateAsync<double[]>(Places, field);
        return (new(at[0], at[1], at[2], at[3]), new(at[4], at[5], at[6], at[7]));
    }

    private Task GoneAsync() => Page.WaitForAsync($"() => document.querySelector('{Icon}') === null");

    private async Task SwitchAsync(string selector)
    {
        var options = await Browser.OpenExtensionPageAsync("options.html");
        // What the vault keeps comes a little later, and moves what is below.
        await options.WaitForAsync("() => document.querySelector('#setting-clipboardSeconds')?.checkVisibility()");
        await options.ClickAsync(selector);
        await options.WaitForAsync($"async () => (await chrome.storage.local.get('fieldIcon')).fieldIcon === {(selector.Contains("link") ? "true" : "false")}");
        await options.CloseAsync();
        await Page.ActivateAsync();
    }

    private readonly record struct Box(double Left, double Right, double Top, double Bottom);
}
