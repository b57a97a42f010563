using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>A page that makes an account or changes a password gets a new one that is kept before the page has it.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class NewPasswordTests(string name) : UnlockedBrowser(name, "news")
{
    private const string Made = "() => !document.querySelector('#use').disabled && document.querySelector('.result').textContent !== ''";

    [Test]
    public async Task Sign_up_gets_a_password_by_its_rules_in_both_fields_and_is_offered_for_saving()
    {
        await GotoAsync("signup-rules", "join.test");
        var popup = await PopupAsync();
        await popup.PressButtonAsync("New password…");
        var made = await MadeAsync(popup);
        await popup.ReadsAsync("8 to 12 characters");
        Assert.That(await KeptAsync(popup, made), "kept before it is used");
        await popup.PressButtonAsync("Fill it in");

        await Page.HoldsAsync("#password", made);
        Assert.That(await Page.FilledFieldsAsync(), Is.EqualTo((string[])["password", "repeat"]));
        Assert.That(await Page.ValueAsync("#repeat"), Is.EqualTo(made));
        Assert.That(made, Does.Match(@"^(?=.*[A-Z])(?=.*[0-9])(?=.*[-.])(?!.*(.)\1)[A-Za-z0-9.-]{12}$"));
        Assert.That(await Page.EvaluateAsync<bool>("() => document.querySelector('#password').checkValidity()"), Is.True);

        await Page.TypeIntoAsync("#email", "anna@join.test");
        popup = await Browser.PopupAfterAsync(() => Page.ClickAsync("#submit"));
        await popup.HeadingAsync("Save this login?");
        await popup.PressButtonAsync("Save login");
        await popup.ReadsAsync("“join.test” is saved.");
        Assert.That(await popup.PasswordOfAsync("join.test"), Is.EqualTo(made));
    }

    [Test]
    public async Task Page_that_takes_nothing_that_is_made_is_said_to_do_so()
    {
        await GotoAsync("signup-unmet", "join.test");
        var popup = await PopupAsync();
        await popup.PressButtonAsync("New password…");
        await popup.ReadsAsync("Nothing that was made like this is what the page takes.");
        Assert.That(await popup.EvaluateAsync<bool>("() => document.querySelector('#use').disabled"), Is.True);

        await popup.PressButtonAsync("Pattern");
        await popup.SetAsync("#pattern", @"\s\p\r\i\n\g-dddd");
        await popup.PressAsync("Tab");
        var made = await MadeAsync(popup);
        Assert.That(made, Does.Match("^spring-[0-9]{4}$"));
        await popup.PressButtonAsync("Fill it in");
        await Page.HoldsAsync("#password", made);
        await RecipeAsync();
    }

    [Test]
    public async Task Change_gets_the_password_of_today_in_its_field_and_the_new_one_in_the_others()
    {
        await AddAsync("Mine", "change.test", "the old one");
        await GotoAsync("change-password", "change.test");
        var popup = await PopupAsync();
        await popup.SaysAsync($"Change your password on {new Uri(await Page.UrlAsync()).Authority}");
        await popup.PressButtonAsync("New password…");
        var made = await MadeAsync(popup);
        await popup.PressButtonAsync("Fill it in");

        await Page.HoldsAsync("#repeat", made);
        Assert.That(await Page.ValueAsync("#current"), Is.EqualTo("the old one"));
        Assert.That(await Page.ValueAsync("#new"), Is.EqualTo(made));
    }

    [Test]
    public async Task Change_for_none_of_the_items_leaves_the_field_of_today_empty()
    {
        await AddAsync("Mine", "nobody-changes.test", "the old one");
        await GotoAsync("change-password", "nobody-changes.test");
        var popup = await PopupAsync();
        await popup.PressButtonAsync("New password…");
        var made = await MadeAsync(popup);
        await popup.EvaluateAsync<object>("() => document.querySelector('#whose-1').click()");
        await popup.PressButtonAsync("Fill it in");

        await Page.HoldsAsync("#repeat", made);
        Assert.That(await Page.FilledFieldsAsync(), Is.EqualTo((string[])["new", "repeat"]));
    }

    [Test]
    public async Task New_password_waits_beside_the_old_one_until_a_sign_in_with_it_works()
    {
        await AddAsync("Waits", "waits.test", "the old one");
        await GotoAsync("change-password", "waits.test");
        await Page.TypeIntoAsync("#current", "the old one");
        await Page.TypeIntoAsync("#new", Site.Password);
        await Page.TypeIntoAsync("#repeat", Site.Password);
        var popup = await Browser.PopupAfterAsync(() => Page.ClickAsync("#submit"));
        await popup.HeadingAsync("Update the password?");
        await popup.PressButtonAsync("Not now");
        await popup.SaysAsync("A new password waits for “Waits”");
        await popup.CloseAsync();

        await GotoAsync("login", "waits.test");
        await FillAsync();
        await Page.HoldsAsync("#password", "the old one");
        popup = await Browser.PopupAfterAsync(() => Page.ClickAsync("#submit"));
        await popup.SaysAsync("A new password waits for “Waits”");
        await popup.PressButtonAsync("Fill the new one");
        await Page.IsFilledAsync(Site);
        await Page.SignInAsync(Site);
        await SettledAsync();

        popup = await PopupAsync();
        await popup.ListedAsync();
        Assert.That(await popup.PasswordOfAsync("Waits"), Is.EqualTo(Site.Password));
        Assert.That(await WaitingAsync(popup), Is.Empty);
    }

    [Test]
    public async Task New_password_that_was_filled_is_there_after_the_host_was_killed()
    {
        await AddAsync("Survives", "survives.test", "the old one");
        await GotoAsync("change-password", "survives.test");
        var popup = await PopupAsync();
        await popup.PressButtonAsync("New password…");
        var made = await MadeAsync(popup);
        await popup.PressButtonAsync("Fill it in");
        await Page.HoldsAsync("#repeat", made);
        HostProcess.End(Person.HostId);

        popup = await PopupAsync();
        await popup.UnlockAsync();
        var id = await popup.IdOfAsync("Survives");
        Assert.That(await popup.PasswordOfAsync("Survives"), Is.EqualTo("the old one"));
        var reply = await popup.AskAsync($$"""{"type":"reveal","item":"{{id}}","field":"Latchkey.NewPassword","purpose":"show"}""");
        Assert.That(reply.GetProperty("value").GetString(), Is.EqualTo(made));
    }

    [Test]
    public async Task Person_decides_about_a_new_password_in_the_details()
    {
        await AddAsync("Decided", "decided.test", "the old one");
        await GotoAsync("change-password", "decided.test");
        var popup = await PopupAsync();
        await popup.PressButtonAsync("New password…");
        var made = await MadeAsync(popup);
        await popup.PressButtonAsync("Fill it in");
        await Page.HoldsAsync("#repeat", made);

        popup = await PopupAsync();
        await popup.DetailsAsync("decided", "Decided");
        await popup.ReadsAsync("A new password waits here");
        await popup.PressButtonAsync("Show or hide: New password");
        await popup.ReadsAsync(made);
        await popup.PressButtonAsync("Drop it");
        await popup.ReadsAsync("The new password of “Decided” is dropped.");
        Assert.That(await WaitingAsync(popup), Is.Empty);
        await popup.PressButtonAsync("Undo");
        await popup.ReadsAsync("A new password waits here");
        await popup.PressButtonAsync("It is valid now");
        await popup.ReadsAsync("“Decided” has the new password.");
        Assert.That(await popup.PasswordOfAsync("Decided"), Is.EqualTo(made));
        Assert.That(await popup.EvaluateAsync<bool>("() => document.querySelector('#promote') === null"), Is.True);
    }

    [Test]
    public async Task Details_lead_to_the_place_where_the_site_changes_passwords()
    {
        await AddAsync("Leads", new Uri(Site.Secure("leads.test")).Authority, "the old one");
        await GotoAsync("login", "leads.test");
        var popup = await PopupAsync();
        await popup.DetailsAsync("leads", "Leads");
        await popup.ClickAsync("#item-menu");
        await popup.PressButtonAsync("Change password on the site");
        var opened = await Browser.PageAsync("change-password.html?well-known");
        Assert.That(await opened.UrlAsync(), Does.StartWith(Site.Secure("leads.test")), "the site leads there from its well-known address");
        await opened.CloseAsync();
    }

    [Test]
    public async Task Fill_key_on_a_sign_up_shows_a_new_password()
    {
        await GotoAsync("signup", "key.test");
        await Page.ClickAsync("#password");
        var popup = await Browser.PopupAfterAsync(() => Browser.CommandAsync(Page, "fill"));
        await popup.HeadingAsync($"New password for {new Uri(await Page.UrlAsync()).Authority}");
        var made = await MadeAsync(popup);
        await popup.PressAsync("Enter");
        await Page.HoldsAsync("#repeat", made);
    }

    [Test]
    public async Task Field_that_shows_what_is_typed_gets_nothing_and_the_popup_says_why()
    {
        await GotoAsync("signup", "shows.test");
        var popup = await PopupAsync();
        await popup.PressButtonAsync("New password…");
        await MadeAsync(popup);
        await Page.EvaluateAsync<object>("() => { for (const field of document.querySelectorAll('#password, #repeat')) field.type = 'text'; }");
        await popup.PressButtonAsync("Fill it in");
        await popup.ReadsAsync("No login form on this page");
        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
    }

    [Test]
    public async Task Login_is_offered_no_new_password()
    {
        await GotoAsync("login");
        var popup = await PopupAsync();
        await popup.ListedAsync();
        Assert.That(await popup.EvaluateAsync<bool>("() => document.querySelector('#new-password') === null"), Is.True);
    }

    /// <summary>The password that the popup shows, when there is one.</summary>
    private static async Task<string> MadeAsync(IView popup)
    {
        await popup.WaitForAsync(Made);
        return await popup.EvaluateAsync<string>("() => document.querySelector('.result').textContent");
    }

    /// <summary>The titles of the items in which a new password waits.</summary>
    private static async Task<string[]> WaitingAsync(IView popup)
    {
        var known = await popup.AskAsync("""{"type":"open"}""");
        return [.. known.GetProperty("all").GetProperty("items").EnumerateArray().Where(item => item.TryGetProperty("hasNewPassword", out _)).Select(item => item.GetProperty("title").GetString()!).Where(title => title is "Waits" or "Decided")];
    }

    /// <summary>Waits until the background has come to an end with the tab's sign-in.</summary>
    private async Task SettledAsync() => await Browser.EvaluateInBackgroundAsync<object>("""
        async () => {
          const [{ id }] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
          const isThere = async () => Object.hasOwn(await chrome.storage.session.get(null), `sign:${id}`);
          while (await isThere()) await new Promise((resolve) => setTimeout(resolve, 10));
        }
        """);

    /// <summary>Makes passwords of characters again.</summary>
    private async Task RecipeAsync() => await Browser.EvaluateInBackgroundAsync<object>("async () => await chrome.storage.local.remove('recipe')");

    /// <summary>Whether the vault's history of generated passwords has one.</summary>
    private static async Task<bool> KeptAsync(IView popup, string password)
    {
        var entry = (await popup.AskAsync("""{"type":"generated"}""")).GetProperty("entries")[0].GetProperty("id").GetString();
        var reply = await popup.AskAsync($$"""{"type":"revealGenerated","entry":"{{entry}}","purpose":"show"}""");
        return reply.GetProperty("value").GetString() == password;
    }
}
