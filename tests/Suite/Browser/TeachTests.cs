using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>A form that says nothing is filled, saved and left alone as the person taught it.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class TeachTests(string name) : UnlockedBrowser(name, "teaches")
{
    /// <summary>What the options list of one site: other tests teach others.</summary>
    private const string Lines = "[...document.querySelectorAll('#setting-taught li')].filter((each) => each.textContent.startsWith('new.test/'))";

    private const string UserName = "teach:username", Password = "teach:password";

    [Test]
    public async Task Taught_fields_are_filled_saved_listed_and_forgotten()
    {
        await GotoAsync("untold", "new.test");
        var popup = await TeachAsync("#number", UserName);
        await popup.SaysAsync("Understood: this field is the user name");
        await popup.CloseAsync();
        popup = await TeachAsync("#secret", Password);
        await popup.SaysAsync("Understood: this field is the password");
        await Looks.CheckAsync(popup, "taught", Name);
        await popup.CloseAsync();

        // Saving goes by it at once.
        await Page.TypeIntoAsync("#number", Site.UserName);
        await Page.TypeIntoAsync("#secret", Site.Password);
        popup = await Browser.PopupAfterAsync(() => Page.ClickAsync("#submit"));
        await popup.HeadingAsync("Save this login?");
        Assert.That(await popup.FieldAsync("#username"), Is.EqualTo(Site.UserName));
        await popup.PressButtonAsync("Save login");
        await popup.ReadsAsync("“new.test” is saved.");
        await popup.CloseAsync();

        // So does filling, at the next visit.
        await GotoAsync("untold", "new.test");
        await Browser.CommandAsync(Page, "fill");
        await Page.IsFilledAsync(Site, "#number", "#secret");
        Assert.That(await Page.FilledFieldsAsync(), Is.EqualTo((string[])["number", "secret"]));

        // On another site it says nothing.
        await GotoAsync("untold", "elsewhere.test");
        popup = await Browser.PopupAfterAsync(() => Browser.CommandAsync(Page, "fill"));
        await popup.SaysAsync("No login form on this page");
        await popup.CloseAsync();

        var options = await Browser.OpenExtensionPageAsync("options.html");
        Task ListsAsync(params string[] wanted) => options.WaitForAsync($$"""
            (wanted) => {
              const lines = {{Lines}}.map(({ textContent }) => textContent);
              if (JSON.stringify(lines) === JSON.stringify(wanted)) return true;
              throw new Error(`it lists ${JSON.stringify(lines)}`);
            }
            """, (object)wanted);
        Task ForgetFirstAsync() => options.EvaluateAsync<object>($"() => {Lines}[0].querySelector('button').click()");
        await ListsAsync("new.test/untold.htmlThis is the password", "new.test/untold.htmlThis is the user name");
        await options.EvaluateAsync<object>("() => document.querySelector('#setting-taught').scrollIntoView()");
        await Looks.CheckAsync(options, "taught-listed", Name);
        await ForgetFirstAsync();
        await ListsAsync("new.test/untold.htmlThis is the user name");
        await options.ClickAsync(".toasts button");
        await ListsAsync("new.test/untold.htmlThis is the password", "new.test/untold.htmlThis is the user name");
        await ForgetFirstAsync();
        await ListsAsync("new.test/untold.htmlThis is the user name");
        await options.CloseAsync();

        await GotoAsync("untold", "new.test");
        await FillAsync();
        await Page.HoldsAsync("#number", Site.UserName);
        await SucceededAsync();
        Assert.That(await Page.FilledFieldsAsync(), Is.EqualTo((string[])["number"]));
    }

    [Test]
    public async Task Password_is_not_taught_to_a_field_that_shows_it_and_a_lesson_can_be_undone()
    {
        await GotoAsync("untold", "pair.test");
        var popup = await TeachAsync("#number", Password);
        await popup.SaysAsync("The password field shows what is typed");
        await Looks.CheckAsync(popup, "taught-not", Name);
        await popup.CloseAsync();

        popup = await TeachAsync("#number", UserName);
        await popup.SaysAsync("Understood: this field is the user name");
        await popup.ClickAsync("#forget-taught");
        await popup.ReadsAsync("What you taught was forgotten");
        Assert.That((await popup.AskAsync("""{"type":"page"}""")).GetProperty("choices").GetProperty("taught").GetRawText(), Does.Not.Contain("pair.test"));
    }

    [Test]
    public async Task Form_that_was_changed_is_left_alone_and_the_popup_says_so()
    {
        await GotoAsync("untold", "other.test");
        var popup = await TeachAsync("#secret", Password);
        await popup.SaysAsync("Understood: this field is the password");
        await popup.CloseAsync();

        await Browser.OpenAsync(Page, $"{Site.Secure("other.test")}/untold.html?changed");
        popup = await PopupAsync();
        await popup.SaysAsync("other.test has changed its form");
        await Looks.CheckAsync(popup, "taught-outgrown", Name);
        await popup.ClickAsync("#forget-outgrown");
        await popup.ReadsAsync("What you taught was forgotten");
        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
    }

    [Test]
    public async Task Fields_of_a_closed_shadow_root_are_taught()
    {
        await GotoAsync("untold-shadow");
        await Page.PressAsync("Tab");
        await TaughtAsync(() => TabAndTeachAsync(UserName), "Understood: this field is the user name");
        await TaughtAsync(() => TabAndTeachAsync(Password), "Understood: this field is the password");

        await FillAsync();
        // No script of the page sees into the root: the background knows when it is done, and then the site's answer tells.
        await Browser.EvaluateInBackgroundAsync<object>("""
            async () => {
              const kept = async () => Object.values(await chrome.storage.session.get(null));
              while (!(await kept()).some(({ outcome }) => outcome?.kind === "filled")) await new Promise((resolve) => setTimeout(resolve, 10));
            }
            """);
        await Page.PressAsync("Enter");
        await Page.WaitForAsync("(text) => document.querySelector('#answer')?.textContent === text", $"signed in as {Site.UserName}");
    }

    [Test]
    public async Task Field_of_a_frame_is_taught_for_the_frame_s_own_site()
    {
        await GotoAsync("untold-frame");
        var frame = await Page.FrameAsync("iframe");
        await frame.ClickAsync("#secret");
        var number = await Browser.EvaluateInBackgroundAsync<long>("""
            async () => {
              const [{ id }] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
              return (await chrome.webNavigation.getAllFrames({ tabId: id })).find(({ parentFrameId }) => parentFrameId === 0).frameId;
            }
            """);
        await TaughtAsync(() => Browser.ContextMenuAsync(Page, Password, number), "Understood: this field is the password");

        var options = await Browser.OpenExtensionPageAsync("options.html");
        var site = new Uri(await frame.EvaluateAsync<string>("() => location.href")).Host;
        await options.WaitForAsync(
            "(site) => [...document.querySelectorAll('#setting-taught li')].some(({ textContent }) => textContent.startsWith(`${site}/`))", site);
        Assert.That(site, Is.Not.EqualTo("shop.test"));
        await options.CloseAsync();
    }

    /// <summary>Goes to a field and says in the browser's menu what it is. The menu is about what has the focus.</summary>
    private async Task<IView> TeachAsync(string selector, string entry)
    {
        await Page.ClickAsync(selector);
        return await Browser.PopupAfterAsync(() => Browser.ContextMenuAsync(Page, entry));
    }

    private async Task TabAndTeachAsync(string entry)
    {
        await Page.PressAsync("Tab");
        await Browser.ContextMenuAsync(Page, entry);
    }

    private async Task TaughtAsync(Func<Task> teach, string answer)
    {
        var popup = await Browser.PopupAfterAsync(teach);
        await popup.SaysAsync(answer);
        await popup.CloseAsync();
    }
}
