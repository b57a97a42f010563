using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>The popup's further views: recycle bin, generator, why nothing was filled, and what is chosen for a site.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class PopupViewTests(string name) : UnlockedBrowser(name, "views")
{
    [Test]
    public async Task Deleted_item_comes_back_by_undo_and_from_the_recycle_bin_and_goes_for_good_when_asked_twice()
    {
        await GotoAsync("login", "nobody.test");
        var popup = await PopupAsync();
        await popup.DetailsAsync("supplier 7", "Supplier 7");
        await DeleteAsync(popup);
        await popup.ReadsAsync("“Supplier 7” is in the recycle bin.");
        Assert.That(await FoundAsync(popup, "supplier 7"), Is.Zero);

        await popup.PressButtonAsync("Undo");
        await popup.WaitForAsync("async () => (await chrome.runtime.sendMessage({ type: 'search', query: 'supplier 7' })).ok.total === 1");

        await popup.PressButtonAsync("Clear search");
        await popup.DetailsAsync("supplier 7", "Supplier 7");
        await DeleteAsync(popup);
        await OpenTrashAsync(popup);
        await popup.PressButtonAsync("Restore: Supplier 7");
        await popup.ReadsAsync("“Supplier 7” is back.");
        Assert.That(await FoundAsync(popup, "supplier 7"), Is.EqualTo(1));

        await popup.PressButtonAsync("Undo");
        await popup.PressButtonAsync("Details: Supplier 7");
        await popup.HeadingAsync("Supplier 7");
        await popup.PressButtonAsync("Delete for good");
        await popup.HeadingAsync("Delete “Supplier 7” for good?");
        Assert.That(await popup.EvaluateAsync<string>("() => document.activeElement.textContent"), Is.EqualTo("Keep it"));
        await popup.PressButtonAsync("Keep it");
        await popup.HeadingAsync("Supplier 7");
        await popup.PressButtonAsync("Delete for good");
        await popup.HeadingAsync("Delete “Supplier 7” for good?");
        await popup.PressButtonAsync("Delete for good");
        await popup.ReadsAsync("The recycle bin is empty");
    }

    [Test]
    public async Task Generated_password_is_kept_before_it_is_shown_and_copied_from_the_history()
    {
        await GotoAsync("login");
        var popup = await PopupAsync();
        await popup.ListedAsync();
        await popup.PressAsync("Control+g");
        await popup.HeadingAsync("Generate a password");
        await popup.WaitForAsync("() => document.querySelector('.result').textContent.length === 20");
        var value = await popup.EvaluateAsync<string>("() => document.querySelector('.result').textContent");
        await popup.ClickAsync("#generated");
        await popup.HeadingAsync("Generated before");
        Assert.That(await popup.EvaluateAsync<string>("() => document.activeElement.textContent"), Is.EqualTo("Generated before"));
        await popup.ClickAsync(".prop [data-reveals]");
        await popup.WaitForAsync("(value) => document.querySelector('.secret')?.textContent === value", value);

        await popup.ClickAsync(".prop .acts button:last-child");
        await popup.ReadsAsync("Password copied");
        await popup.PressButtonAsync("Back");
        await popup.HeadingAsync("Generate a password");
        Assert.That(await popup.EvaluateAsync<string>("() => document.activeElement.id"), Is.EqualTo("generated"));
    }

    [Test]
    public async Task Reason_why_nothing_was_filled_stands_first_and_then_the_fields_that_were_seen()
    {
        await GotoAsync("login");
        var popup = await PopupAsync();
        await WhyAsync(popup);
        Assert.That(await popup.EvaluateAsync<string>("() => document.querySelector('.banner b').textContent"),
            Is.EqualTo("Nothing is chosen for this page"));
        Assert.That(await popup.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.seen li.fills code')].map((each) => each.textContent)"),
            Is.EqualTo((string[])["username", "password"]));

        await popup.PressButtonAsync("Fill Shop");
        await Page.IsFilledAsync(Site);
    }

    [Test]
    public async Task Report_has_the_fields_of_the_page_and_nothing_that_was_typed()
    {
        await GotoAsync("login");
        await Page.TypeIntoAsync("#username", "canary");
        var popup = await PopupAsync();
        await WhyAsync(popup);
        var report = (await popup.AskAsync("""{"type":"report"}""")).GetString();
        Assert.That(report, Does.Contain("<form data-kind=\"login\"").And.Contain("data-role=\"current-password\""));
        Assert.That(report, Does.Not.Contain("canary").And.Not.Contain("shop.test"));

        await popup.PressButtonAsync("Copy a report");
        await popup.ReadsAsync("The report is copied.");
    }

    [Test]
    public async Task Frame_of_another_site_is_filled_from_there_after_the_question()
    {
        await GotoAsync("frame-other-origin");
        var popup = await PopupAsync();
        await WhyAsync(popup);
        await popup.PressButtonAsync("Fill it anyway…");
        await popup.WaitForAsync("() => document.activeElement.textContent === 'Cancel'");
        await popup.PressButtonAsync("Cancel");
        await popup.HeadingAsync("Why was nothing filled?");
    }

    [Test]
    public async Task Site_without_an_item_is_added_to_one()
    {
        await GotoAsync("login", "nobody.test");
        var popup = await PopupAsync();
        await popup.ListedAsync();
        await popup.ClickAsync("#add-here");
        await popup.ReadsAsync("Which item also opens on");
        await popup.SearchAsync("pair two", "Pair two");
        await popup.PressAsync("Enter");
        await popup.ReadsAsync("“Pair two” opens here too now.");
        await popup.WaitForAsync("() => document.querySelector('.row[aria-selected=true] .btn.primary') !== null");

        await popup.PressButtonAsync("Undo");
        await popup.ReadsAsync("No login of yours belongs to");
    }

    [Test]
    public async Task Page_that_makes_an_account_says_so_and_offers_a_new_login()
    {
        await GotoAsync("signup");
        var popup = await PopupAsync();
        await WhyAsync(popup);
        await popup.SaysAsync("This form makes an account");
        await popup.PressButtonAsync("New login here");
        await popup.HeadingAsync("New login");
        await popup.PressButtonAsync("Back");
    }

    [Test]
    public async Task Site_of_never_is_offered_nothing_until_it_is_taken_back()
    {
        await GotoAsync("login", "other.test");
        var popup = await PopupAsync();
        await popup.ListedAsync();
        await ChooseAsync(popup, "Never on");
        await popup.ReadsAsync("You chose never on this site.");
        Assert.That(await BadgeAsync(""), Is.Empty);
        await WhyAsync(popup);
        await popup.ReadsAsync("You chose never on this site.");
        await popup.PressButtonAsync("Back");

        await popup.PressButtonAsync("Offer again");
        await popup.ReadsAsync("Items are offered on");
        Assert.That(await BadgeAsync("1"), Is.EqualTo("1"));
    }

    [Test]
    public async Task Pause_fills_nothing_by_itself_and_shows_on_the_badge()
    {
        await GotoAsync("login", "other.test");
        var popup = await PopupAsync();
        await popup.ListedAsync();
        await ChooseAsync(popup, "Always fill");
        await popup.AskAsync("""{"type":"pause","on":true}""");
        try
        {
            Assert.That(await BadgeAsync("‖"), Is.EqualTo("‖"));
            await popup.CloseAsync();
            await GotoAsync("login", "other.test");
            await Page.IsIdleAsync(Browser);
            Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
        }
        finally
        {
            popup = await PopupAsync();
            await popup.PressButtonAsync("Go on");
        }
        await GotoAsync("login", "other.test");
        await Page.IsFilledAsync(Site);
    }

    private static async Task DeleteAsync(IView popup)
    {
        await popup.ClickAsync("#item-menu");
        await popup.PressButtonAsync("Delete");
        await popup.ListedOrEmptyAsync();
    }

    private static async Task OpenTrashAsync(IView popup)
    {
        await ChooseAsync(popup, "Recycle bin");
        await popup.HeadingAsync("Recycle bin");
        Assert.That(await popup.EvaluateAsync<string>("() => document.activeElement.textContent"), Is.EqualTo("Recycle bin"));
    }

    private static async Task WhyAsync(IView popup)
    {
        await popup.ListedAsync();
        await ChooseAsync(popup, "Why was nothing filled?");
        await popup.HeadingAsync("Why was nothing filled?");
    }

    /// <summary>Opens the list's menu with the keyboard and chooses the entry whose name begins so.</summary>
    private static async Task ChooseAsync(IView popup, string beginning)
    {
        await popup.EvaluateAsync<object>("() => document.querySelector('#menu').focus()");
        await popup.PressAsync("Enter");
        await popup.WaitForAsync("""
            (beginning) => {
              const entry = [...document.querySelectorAll("#menu-menu button")].find((each) => each.textContent.startsWith(beginning));
              entry.focus();
              return document.activeElement === entry;
            }
            """, beginning);
        await popup.PressAsync("Enter");
    }

    private static async Task<int> FoundAsync(IView popup, string query) =>
        (await popup.AskAsync($$"""{"type":"search","query":"{{query}}"}""")).GetProperty("total").GetInt32();
}
