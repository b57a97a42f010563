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
