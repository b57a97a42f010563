using System.Runtime.Versioning;
using Browsers;
using Browsers.Site;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>One-time codes on the pages of the site: filled when a person asks, in fields and boxes of every make, and those of the right account.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class CodeTests(string name) : UnlockedBrowser(name, "saves")
{
    /// <summary>A name whose only item has codes of six digits.</summary>
    private const string One = "one.test";

    /// <summary>A name whose only item has codes of eight digits.</summary>
    private const string Eight = "eight.test";

    /// <summary>A name of two accounts, each with codes of its own.</summary>
    private const string Both = "both.test";

    /// <summary>A name of two accounts, of which only that of the site's user has codes.</summary>
    private const string Half = "half.test";

    private const string FirstAccount = "the code of the first account";
    private const string SecondAccount = "the code of the second account";

    [OneTimeSetUp]
    public async Task AddItems()
    {
        Page = await Browser.NewPageAsync();
        await GotoAsync("login", "nobody.test");
        var popup = await PopupAsync();
        await popup.ListedAsync();
        await SaveAsync(popup, "One", One, Site.UserName, AuthenticatorCodes.FirstKey);
        await SaveAsync(popup, "Eight", Eight, Site.UserName, $"otpauth://totp/x?secret={AuthenticatorCodes.FirstKey}&digits=8");
        await SaveAsync(popup, "First", Both, Site.UserName, AuthenticatorCodes.FirstKey);
        await SaveAsync(popup, "Second", Both, Items.SecondUserName, AuthenticatorCodes.SecondKey);
        await SaveAsync(popup, "With codes", Half, Site.UserName, AuthenticatorCodes.FirstKey);
        await SaveAsync(popup, "Without codes", Half, Items.SecondUserName, otp: null);
        await popup.CloseAsync();
        await Page.CloseAsync();
    }

    [TestCase("one-time-code", One)]
    [TestCase("code-six-boxes", One)]
    [TestCase("code-eight-boxes", Eight)]
    [TestCase("code-pasted", One)]
    public async Task Enter_in_the_popup_fills_the_code_and_the_page_takes_it(string pageName, string hostname)
    {
        await GotoAsync(pageName, hostname);
        await FillAsync();
        await SucceededAsync();
        await Page.AnswersCodeAsync(FirstAccount);
    }

    [Test]
    public async Task Key_fills_the_code()
    {
        await GotoAsync("one-time-code", One);
        await Browser.CommandAsync(Page, "fill");
        await SucceededAsync();
        await Page.AnswersCodeAsync(FirstAccount);
    }

    [Test]
    public async Task Context_menu_fills_the_code()
    {
        await GotoAsync("code-six-boxes", One);
        await Browser.ContextMenuAsync(Page, "fill");
        await SucceededAsync();
        await Page.AnswersCodeAsync(FirstAccount);
    }

    [Test]
    public async Task Boxes_of_another_form_stay_empty()
    {
        await GotoAsync("code-six-boxes", One);
        await FillAsync();
        await SucceededAsync();

        Assert.That(await Page.FilledFieldsAsync(), Is.EqualTo((string[])["box0", "box1", "box2", "box3", "box4", "box5"]));
    }

    [Test]
    public async Task Code_that_does_not_fit_is_not_written_and_the_popup_says_so()
    {
        await GotoAsync("code-eight-boxes", One);
        var popup = await PopupAsync();
        await popup.FillFirstAsync();
        await popup.SaysAsync("The page asks for a code of another length");

        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
    }

    [Test]
    public async Task Page_that_takes_no_code_is_told_of()
    {
        await GotoAsync("code-refused", One);
        var popup = await PopupAsync();
        await popup.FillFirstAsync();
        await popup.SaysAsync("The page did not take the code");
    }

    [Test]
    public async Task Login_without_codes_says_so()
    {
        await GotoAsync("one-time-code");
        var popup = await PopupAsync();
        await popup.FillFirstAsync();
        await popup.SaysAsync("No code is set up for this login");

        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
    }

    [Test]
    public async Task Code_is_never_filled_by_itself()
    {
        await GotoAsync("login", One);
        var popup = await PopupAsync();
        await popup.ListedAsync();
        var id = await popup.IdOfAsync("One");
        await popup.AskAsync($$"""{"type":"alwaysFill","item":"{{id}}","on":true}""");
        try
        {
            await GotoAsync("one-time-code", One);
            await Page.IsIdleAsync(Browser);

            Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
        }
        finally
        {
            popup = await PopupAsync();
            await popup.ListedAsync();
            await popup.AskAsync($$"""{"type":"alwaysFill","item":"{{id}}","on":false}""");
        }
    }

    [TestCase("First", FirstAccount)]
    [TestCase("Second", SecondAccount)]
    public async Task Code_is_that_of_the_account_that_was_filled_before(string title, string answer)
    {
        await GotoAsync("login", Both);
        var popup = await PopupAsync();
        await popup.SearchAsync(title, title);
        await popup.PressAsync("Enter");
        await SucceededAsync();
        await GotoAsync("one-time-code", Both);
        await Browser.CommandAsync(Page, "fill");
        await SucceededAsync();
        await Page.AnswersCodeAsync(answer);
    }

    [TestCase("First", FirstAccount)]
    [TestCase("Second", SecondAccount)]
    public async Task Account_that_was_filled_before_stands_on_top_in_the_popup(string title, string answer)
    {
        await GotoAsync("login", Both);
        var popup = await PopupAsync();
        await popup.SearchAsync(title, title);
        await popup.PressAsync("Enter");
        await SucceededAsync();
        await GotoAsync("one-time-code", Both);
        await FillAsync();
        await SucceededAsync();
        await Page.AnswersCodeAsync(answer);
    }

    [Test]
    public async Task Code_is_that_of_the_account_whose_user_name_was_typed()
    {
        foreach (var (userName, answer) in new[] { (Items.SecondUserName, SecondAccount), (Site.UserName, FirstAccount) })
        {
            await GotoAsync("login", Both);
            await Page.TypeIntoAsync("#username", userName);
            await Page.TypeIntoAsync("#password", "typed by hand");
            await Page.ClickAsync("#submit");
            await Page.WaitForAsync("() => document.querySelector('#answer') !== null");
            await GotoAsync("one-time-code", Both);
            await Browser.CommandAsync(Page, "fill");
            await SucceededAsync();
            await Page.AnswersCodeAsync(answer);
        }
    }

    [Test]
    public async Task Code_given_twice_is_that_of_the_next_account()
    {
        await GotoAsync("one-time-code", Both);
        await Browser.CommandAsync(Page, "fill");
        await SucceededAsync();
        var first = await Page.ValueAsync("#code");
        await Browser.CommandAsync(Page, "fill");
        await Page.WaitForAsync("(first) => document.querySelector('#code').value !== first", first);
    }

    [Test]
    public async Task Code_of_another_account_is_not_filled_where_the_one_that_was_filled_has_none()
    {
        await GotoAsync("login", Half);
        var popup = await PopupAsync();
        await popup.SearchAsync("Without", "Without codes");
        await popup.PressAsync("Enter");
        await SucceededAsync();
        await GotoAsync("one-time-code", Half);
        popup = await Browser.PopupAfterAsync(() => Browser.CommandAsync(Page, "fill"));
        await popup.SaysAsync("No code is set up for this login");

        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
    }

    [Test]
    public async Task Item_with_codes_is_filled_where_nobody_signed_in_before()
    {
        await GotoAsync("one-time-code", Half);
        await Browser.CommandAsync(Page, "fill");
        await SucceededAsync();
        await Page.AnswersCodeAsync(FirstAccount);
    }

    [Test]
    public async Task Three_steps_on_one_page_are_of_one_account()
    {
        await GotoAsync("three-steps", Both);
        var popup = await PopupAsync();
        await popup.SearchAsync("Second", "Second");
        await popup.PressAsync("Enter");
        await Page.HoldsAsync("#username", Items.SecondUserName);
        await Page.ClickAsync("#submit");
        await Page.HoldsAsync("#password", "password of Second");
        await Page.ClickAsync("#submit");
        await Browser.CommandAsync(Page, "fill");
        await Page.WaitForAsync("() => document.querySelector('#code').value.length === 6");
        await Page.AnswersCodeAsync(SecondAccount);
    }

    [Test]
    public async Task Reason_why_nothing_was_filled_is_that_a_code_waits_for_the_person()
    {
        await GotoAsync("code-six-boxes", One);
        var popup = await PopupAsync();
        await popup.ListedAsync();
        await popup.ClickAsync("#menu");
        await popup.PressButtonAsync("Why was nothing filled?");
        await popup.SaysAsync("A code is filled only when you ask");
        await popup.PressButtonAsync("Fill One");
        await SucceededAsync();
        await Page.AnswersCodeAsync(FirstAccount);
    }

    [Test]
    public async Task Copied_code_says_how_long_it_is_good()
    {
        await GotoAsync("one-time-code", One);
        var popup = await PopupAsync();
        await popup.ListedAsync();
        await popup.ClickAsync(".row[aria-selected=true] button[aria-label='Copy code']");
        await popup.WaitForAsync("""
            () => /^Code copied\. (Good for [0-9]+ s\.|It is the next one, good in [12] s\.) Clipboard clears/.test(document.querySelector(".toast")?.textContent)
            """);
    }

    private static async Task SaveAsync(IView popup, string title, string hostname, string userName, string? otp) => await popup.AskAsync($$"""
        {"type":"save","item":{"kind":"login","title":"{{title}}","username":"{{userName}}","password":"password of {{title}}",
        {{(otp is null ? "" : $"\"otp\":\"{otp}\",")}}"tags":[],"urls":[{"url":"https://{{hostname}}","match":"hostname"}]} }
        """.ReplaceLineEndings(""));
}
