using System.Runtime.Versioning;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>A person signs in, signs up and changes passwords by typing; what is new or different is offered when it has worked.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class SignInTests(string name) : UnlockedBrowser(name, "saves")
{
    private const string Save = "Save this login?";

    private const string Update = "Update the password?";

    [Test]
    public async Task New_login_is_offered_saved_as_edited_and_filled_the_next_time()
    {
        await GotoAsync("login", "new.test");
        var popup = await Browser.PopupAfterAsync(() => SignInAsync());
        await popup.HeadingAsync(Save);
        Assert.That(await popup.FieldAsync("#username"), Is.EqualTo(Site.UserName));
        await popup.SetAsync("#title", "The new one");
        await popup.SetAsync("#folder", "Work");
        await popup.PressButtonAsync("Save login");
        await popup.ReadsAsync("“The new one” is saved.");
        await popup.CloseAsync();

        await GotoAsync("login", "new.test");
        await FillAsync();
        await Page.IsFilledAsync(Site);
        await Page.SignInAsync(Site);
        await NothingIsOfferedAsync();
    }

    [Test]
    public async Task Undo_takes_a_saved_login_to_the_recycle_bin()
    {
        await GotoAsync("login", "undone.test");
        var popup = await Browser.PopupAfterAsync(() => SignInAsync());
        await popup.PressButtonAsync("Save login");
        await popup.ReadsAsync("“undone.test” is saved.");
        await popup.PressButtonAsync("Undo");
        await popup.ReadsAsync("No login of yours belongs to undone.test");
    }

    [Test]
    public async Task Known_login_is_not_offered()
    {
        await GotoAsync("login");
        await SignInAsync();
        await NothingIsOfferedAsync();
    }

    [Test]
    public async Task Sign_in_that_failed_is_offered_when_it_has_worked()
    {
        await GotoAsync("login", "again.test");
        await Page.TypeIntoAsync("#username", Site.UserName);
        await Page.TypeIntoAsync("#password", "a slip of the finger");
        await Page.ClickAsync("#submit");
        await Page.WaitForAsync("() => document.querySelector('#answer')?.textContent.startsWith('wrong')");
        var popup = await Browser.PopupAfterAsync(() => SignInAsync());
        await popup.HeadingAsync(Save);
        await popup.PressButtonAsync("Save login");
        await popup.ReadsAsync("“again.test” is saved.");
        Assert.That(await popup.PasswordOfAsync("again.test"), Is.EqualTo(Site.Password));
    }

    [Test]
    public async Task Other_password_of_a_known_user_is_offered_as_an_update_that_can_be_undone()
    {
        await AddAsync("Old one", "old.test", "what it was");
        await GotoAsync("login", "old.test");
        var popup = await Browser.PopupAfterAsync(() => SignInAsync());
        await popup.HeadingAsync(Update);
        await popup.ReadsAsync("Old one");
        await popup.PressButtonAsync("Update");
        await popup.ReadsAsync("“Old one” has the new password.");
        Assert.That(await popup.PasswordOfAsync("Old one"), Is.EqualTo(Site.Password));

        await popup.PressButtonAsync("Undo");
        await popup.WaitForAsync("() => document.querySelector('.toast') === null");
        Assert.That(await popup.PasswordOfAsync("Old one"), Is.EqualTo("what it was"));
    }

    [Test]
    public async Task Update_can_be_saved_as_a_new_item_instead()
    {
        await AddAsync("First one", "both.test", "what it was");
        await GotoAsync("login", "both.test");
        var popup = await Browser.PopupAfterAsync(() => SignInAsync());
        await popup.HeadingAsync(Update);
        await popup.PressButtonAsync("Save as new item");
        await popup.HeadingAsync(Save);
        await popup.SetAsync("#title", "Second one");
        await popup.PressButtonAsync("Save login");
        await popup.ReadsAsync("“Second one” is saved.");
        Assert.That(await popup.PasswordOfAsync("First one"), Is.EqualTo("what it was"));
    }

    [Test]
    public async Task User_name_of_the_first_page_goes_with_the_password_of_the_second()
    {
        await GotoAsync("two-pages", "steps.test");
        await Page.TypeIntoAsync("#username", Site.UserName);
        await Page.PressAsync("Enter");
        await Page.WaitForAsync("() => document.querySelector('#password') !== null");
        await Browser.IsAnsweredAsync(await Page.UrlAsync());
        await Page.TypeIntoAsync("#password", Site.Password);
        var popup = await Browser.PopupAfterAsync(() => Page.PressAsync("Enter"));
        await popup.HeadingAsync(Save);
        Assert.That(await popup.FieldAsync("#username"), Is.EqualTo(Site.UserName));
    }

    [Test]
    public async Task Sign_in_by_script_is_offered_with_what_was_typed()
    {
        await GotoAsync("signs-in-by-script", "script.test");
        var popup = await Browser.PopupAfterAsync(() => SignInAsync());
        await popup.HeadingAsync(Save);
        await popup.PressButtonAsync("Save login");
        await popup.ReadsAsync("“script.test” is saved.");
        Assert.That(await popup.PasswordOfAsync("script.test"), Is.EqualTo(Site.Password));
    }

    [Test]
    public async Task Closed_shadow_root_is_no_hindrance()
    {
        await GotoAsync("shadow-closed", "closed.test");
        await Page.PressAsync("Tab");
        await Page.WaitForAsync("() => document.activeElement.localName === 'office-login'");
        await Page.TypeAsync(Site.UserName);
        await Page.PressAsync("Tab");
        await Page.TypeAsync(Site.Password);
        var popup = await Browser.PopupAfterAsync(() => Page.PressAsync("Enter"));
        await popup.HeadingAsync(Save);
        Assert.That(await popup.FieldAsync("#username"), Is.EqualTo(Site.UserName));
    }

    [Test]
    public async Task Sign_up_is_offered_with_its_new_password()
    {
        await GotoAsync("signup", "join.test");
        await Page.TypeIntoAsync("#email", "anna@join.test");
        await Page.TypeIntoAsync("#password", "a chosen one");
        await Page.TypeIntoAsync("#repeat", "a chosen one");
        var popup = await Browser.PopupAfterAsync(() => Page.ClickAsync("#submit"));
        await popup.HeadingAsync(Save);
        Assert.That(await popup.FieldAsync("#username"), Is.EqualTo("anna@join.test"));
        await popup.PressButtonAsync("Save login");
        await popup.ReadsAsync("“join.test” is saved.");
        Assert.That(await popup.PasswordOfAsync("join.test"), Is.EqualTo("a chosen one"));
    }

    [Test]
    public async Task Changed_password_is_offered_to_the_item_that_had_the_old_one()
    {
        await AddAsync("Mine", "change.test", "the old one");
        await AddAsync("Somebody else's", "change.test", "another one", "berta");
        await GotoAsync("change-password", "change.test");
        await Page.TypeIntoAsync("#current", "the old one");
        await Page.TypeIntoAsync("#new", "the next one");
        await Page.TypeIntoAsync("#repeat", "the next one");
        var popup = await Browser.PopupAfterAsync(() => Page.ClickAsync("#submit"));
        await popup.HeadingAsync(Update);
        await popup.PressButtonAsync("Update");
        await popup.ReadsAsync("“Mine” has the new password.");
        Assert.That(await popup.PasswordOfAsync("Mine"), Is.EqualTo("the next one"));
    }

    [Test]
    public async Task Not_now_ends_the_offer()
    {
        await GotoAsync("login", "later.test");
        var popup = await Browser.PopupAfterAsync(() => SignInAsync());
        await popup.HeadingAsync(Save);
        await popup.PressButtonAsync("Not now");
        await popup.ReadsAsync("No login of yours belongs to later.test");
        await popup.CloseAsync();
        await NothingIsOfferedAsync();
    }

    [Test]
    public async Task Never_here_ends_all_offers_of_the_site_until_it_is_undone()
    {
        await GotoAsync("login", "never.test");
        var popup = await Browser.PopupAfterAsync(() => SignInAsync());
        await popup.HeadingAsync(Save);
        await popup.PressButtonAsync("Never here");
        await popup.ReadsAsync("Nothing is offered on never.test");
        await popup.CloseAsync();
        await GotoAsync("login", "never.test");
        await SignInAsync();
        await NothingIsOfferedAsync();

        popup = await PopupAsync();
        await popup.PressButtonAsync("Offer again");
        await popup.ReadsAsync("No login of yours belongs to never.test");
        await popup.CloseAsync();
        await GotoAsync("login", "never.test");
        popup = await Browser.PopupAfterAsync(() => SignInAsync());
        await popup.HeadingAsync(Save);
        await popup.PressButtonAsync("Not now");
    }

    [Test]
    public async Task Popup_that_was_closed_offers_it_again_and_the_toolbar_says_so()
    {
        await GotoAsync("login", "closed-popup.test");
        var popup = await Browser.PopupAfterAsync(() => SignInAsync());
        await popup.HeadingAsync(Save);
        await popup.CloseAsync();
        Assert.That(await BadgeAsync("+"), Is.EqualTo("+"));

        popup = await PopupAsync();
        await popup.HeadingAsync(Save);
        await popup.PressButtonAsync("Not now");
        Assert.That(await BadgeAsync(""), Is.Empty);
    }

    [Test]
    public async Task What_was_edited_in_an_offer_is_there_again_after_the_popup_was_closed()
    {
        await GotoAsync("login", "edited.test");
        var popup = await Browser.PopupAfterAsync(() => SignInAsync());
        await popup.HeadingAsync(Save);
        await popup.SetAsync("#title", "Edited");
        await popup.SetAsync("#folder", "Work");
        await popup.CloseAsync();

        popup = await PopupAsync();
        await popup.HeadingAsync(Save);
        Assert.That((await popup.FieldAsync("#title"), await popup.FieldAsync("#folder")), Is.EqualTo(("Edited", "Work")));
        await popup.PressButtonAsync("Save login");
        await popup.ReadsAsync("“Edited” is saved.");
        await popup.CloseAsync();

        await GotoAsync("login", "edited-too.test");
        popup = await Browser.PopupAfterAsync(() => SignInAsync());
        await popup.HeadingAsync(Save);
        Assert.That(await popup.FieldAsync("#title"), Is.EqualTo("edited-too.test"), "it was another offer's");
        await popup.PressButtonAsync("Not now");
    }

    [Test]
    public async Task Choice_in_an_offer_is_there_again_after_the_popup_was_closed()
    {
        await AddAsync("Chosen", "chosen.test", "what it was");
        await GotoAsync("login", "chosen.test");
        var popup = await Browser.PopupAfterAsync(() => SignInAsync());
        await popup.PressButtonAsync("Save as new item");
        await popup.HeadingAsync(Save);
        await popup.SetAsync("#title", "As new");
        await popup.CloseAsync();

        popup = await PopupAsync();
        await popup.HeadingAsync(Save);
        Assert.That(await popup.FieldAsync("#title"), Is.EqualTo("As new"));
        await popup.PressButtonAsync("Not now");
    }

    [Test]
    public async Task Password_of_an_offer_is_shown_on_request()
    {
        await GotoAsync("login", "shown.test");
        var popup = await Browser.PopupAfterAsync(() => SignInAsync());
        await popup.HeadingAsync(Save);
        Assert.That(await popup.EvaluateAsync<bool>("(password) => document.body.innerHTML.includes(password)", Site.Password), Is.False);
        await popup.PressButtonAsync("Show or hide: Password");
        await popup.ReadsAsync(Site.Password);
        await popup.PressButtonAsync("Not now");
    }

    [Test]
    public async Task Page_that_is_there_before_the_program_has_answered_is_no_hindrance()
    {
        await GotoAsync("login", "slow.test");
        var popup = await Browser.PopupAfterAsync(async () =>
        {
            HostProcess.Stop(Person.HostId);
            try
            {
                await SignInAsync();
                await Browser.EvaluateInBackgroundAsync<object>("""
                    async () => {
                      const isLoaded = async () => (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0].status === "complete";
                      while (!(await isLoaded())) await new Promise((resolve) => setTimeout(resolve, 10));
                    }
                    """);
            }
            finally
            {
                HostProcess.Continue(Person.HostId);
            }
        });
        await popup.HeadingAsync(Save);
        await popup.PressButtonAsync("Not now");
    }

    [Test]
    public async Task What_a_page_does_by_itself_is_not_captured()
    {
        await GotoAsync("login", "page.test");
        await Page.EvaluateAsync<object>("""
            (user, password) => {
              const set = (selector, value) => {
                const field = document.querySelector(selector);
                field.value = value;
                field.dispatchEvent(new InputEvent("input", { bubbles: true }));
              };
              set("#username", user);
              set("#password", password);
              document.querySelector("#submit").click();
            }
            """, Site.UserName, Site.Password);
        await Page.WaitForAsync("() => document.querySelector('#answer') !== null");
        Assert.That(await StateAsync(), Is.Null);
    }

    private async Task SignInAsync()
    {
        await Page.TypeIntoAsync("#username", Site.UserName);
        await Page.TypeIntoAsync("#password", Site.Password);
        await Page.ClickAsync("#submit");
        await Page.WaitForAsync("(text) => document.querySelector('#answer')?.textContent === text", $"signed in as {Site.UserName}");
    }

    /// <summary>Waits until the background has come to an end with the tab's sign-in, and looks whether anything is offered.</summary>
    private async Task NothingIsOfferedAsync()
    {
        await Browser.EvaluateInBackgroundAsync<object>("""
            async () => {
              const [{ id }] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
              const isThere = async () => Object.hasOwn(await chrome.storage.session.get(null), `sign:${id}`);
              while (await isThere()) await new Promise((resolve) => setTimeout(resolve, 10));
            }
            """);
        var popup = await PopupAsync();
        await popup.ListedOrEmptyAsync();
        Assert.That(await popup.EvaluateAsync<bool>("() => document.querySelector('#offer') === null"), Is.True);
        await popup.CloseAsync();
    }

    private Task<string?> StateAsync() => Browser.EvaluateInBackgroundAsync<string?>("""
        async () => {
          const [{ id }] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
          return (await chrome.storage.session.get(`sign:${id}`))[`sign:${id}`]?.state ?? null;
        }
        """);
}
