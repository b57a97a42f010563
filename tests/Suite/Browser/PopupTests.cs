using System.Runtime.Versioning;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>What the popup shows and does while the vault is unlocked.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class PopupTests(string name) : UnlockedBrowser(name)
{
    [Test]
    public async Task Items_of_the_site_stand_on_top_and_the_badge_counts_them()
    {
        await GotoAsync("login", "pair.test");
        var popup = await PopupAsync();
        await popup.AllListedAsync(Items.Of(Person.Site).Count());
        Assert.That((await popup.TitlesAsync())[..2], Is.EquivalentTo((string[])["Pair one", "Pair two"]));

        Assert.That(await BadgeAsync("2"), Is.EqualTo("2"));
    }

    [Test]
    public async Task Page_without_items_has_no_badge()
    {
        await GotoAsync("login", "pair.test");
        await BadgeAsync("2");
        await GotoAsync("login", "nobody.test");

        Assert.That(await BadgeAsync(""), Is.Empty);
    }

    [Test]
    public async Task Search_finds_as_one_types_and_passes_over_accents()
    {
        await GotoAsync("login");
        var popup = await PopupAsync();
        await popup.SearchAsync("hauser", "Häuser & Söhne");

        Assert.That(await popup.TitlesAsync(), Is.EqualTo((string[])["Häuser & Söhne"]));
    }

    [Test]
    public async Task Enter_on_a_found_item_of_the_site_fills()
    {
        await GotoAsync("login", "pair.test");
        var popup = await PopupAsync();
        await popup.SearchAsync("two", "Pair two");
        await popup.PressAsync("Enter");
        await Page.HoldsAsync("#username", Items.SecondUserName);
        await Page.HoldsAsync("#password", "another password");
    }

    [Test]
    public async Task Enter_on_an_item_of_another_site_shows_it_and_fills_nothing()
    {
        await GotoAsync("login");
        var popup = await PopupAsync();
        await popup.SearchAsync("supplier 7", "Supplier 7");
        await popup.PressAsync("Enter");
        await popup.HeadingAsync("Supplier 7");

        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
    }

    [Test]
    public async Task Fill_of_an_item_of_another_site_names_both_sites_and_stays_with_the_item()
    {
        await GotoAsync("login");
        var popup = await PopupAsync();
        await popup.DetailsAsync("supplier 7", "Supplier 7");
        await popup.PressButtonAsync("Fill");
        await popup.SaysAsync("“Supplier 7” is for supplier7.example.");
        await popup.ReadsAsync($"This page is {new Uri(Site.Secure("shop.test")).Authority}.");

        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
        Assert.That(await popup.EvaluateAsync<string>("() => document.activeElement.id"), Is.EqualTo("add-address"));
        await popup.PressButtonAsync("Back");
        await popup.ListedAsync();
        Assert.That(await popup.EvaluateAsync<int>("() => document.querySelectorAll('.banner').length"), Is.Zero);
    }

    [Test]
    public async Task Arrows_and_Enter_fill_the_second_item()
    {
        await GotoAsync("login", "pair.test");
        var popup = await PopupAsync();
        await popup.ListedAsync();
        var second = (await popup.TitlesAsync())[1];
        await popup.PressAsync("ArrowDown");
        await popup.WaitForAsync("() => document.querySelector('#row-1').getAttribute('aria-selected') === 'true'");
        await popup.PressAsync("Enter");
        await Page.HoldsAsync("#username", second == "Pair two" ? Items.SecondUserName : Site.UserName);
    }

    [Test]
    public async Task Password_is_shown_on_request()
    {
        await GotoAsync("login", "nobody.test"); // where Enter shows an item instead of filling it
        var popup = await PopupAsync();
        await popup.SearchAsync("shop", "Shop");
        await popup.PressAsync("Enter");
        await popup.HeadingAsync("Shop");
        await popup.ClickAsync("[data-reveals]");
        await popup.WaitForAsync("(text) => document.querySelector('.secret')?.textContent === text", Site.Password);
    }

    [Test]
    public async Task Details_name_each_field_once()
    {
        await GotoAsync("login", "nobody.test"); // where Enter shows an item instead of filling it
        var popup = await PopupAsync();
        await popup.SearchAsync("shop", "Shop");
        await popup.PressAsync("Enter");
        await popup.HeadingAsync("Shop");

        Assert.That(await popup.EvaluateAsync<string[]>("() => [...document.querySelectorAll('dt')].map((each) => each.textContent)"),
            Is.EqualTo((string[])["User name", "Password", "Opens on", "Changed", "Made"]));
        var shown = await popup.EvaluateAsync<string>("() => document.querySelector('#popup').textContent");
        Assert.That(shown.Split("Shop"), Has.Length.EqualTo(2));
        Assert.That(shown.Split("https://shop.test"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Answer_to_a_search_leaves_a_pressed_button_where_it_is()
    {
        await GotoAsync("login", "nobody.test");
        var popup = await PopupAsync();
        await popup.AllListedAsync(Items.Of(Person.Site).Count());
        var titles = await popup.TitlesAsync();
        await popup.EvaluateAsync<bool>("""
            () => document.querySelector(".row button").dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }))
            """);
        await popup.TypeAsync("shop");
        // Asked after the popup asked, and answered in that order.
        await popup.EvaluateAsync<int>("""
            async () => (await chrome.runtime.sendMessage({ type: "search", query: "shop" })).ok.total
            """);
        Assert.That(await popup.TitlesAsync(), Is.EqualTo(titles));

        await popup.EvaluateAsync<bool>("() => dispatchEvent(new PointerEvent('pointerup'))");
        await popup.WaitForAsync("() => document.querySelector('.row .title').textContent === 'Shop'");
    }

    [Test]
    public async Task Row_takes_what_was_found_and_its_buttons_are_of_that_item()
    {
        await GotoAsync("login", "nobody.test");
        var popup = await PopupAsync();
        await popup.ListedAsync();
        await popup.EvaluateAsync<bool>("() => document.querySelector('.row').isKept = true");
        await popup.SearchAsync("supplier 12", "Supplier 12");

        Assert.That(await popup.EvaluateAsync<bool>("() => document.querySelector('.row').isKept === true"));
        Assert.That(
            await popup.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.row mark')].map(({ textContent }) => textContent)"),
            Is.EqualTo((string[])["Supplier", "12"]));
        await popup.EvaluateAsync<object>("() => document.querySelector('.row .acts button:last-child').click()");
        await popup.HeadingAsync("Supplier 12");
    }

    [Test]
    public async Task Keyboard_on_a_row_that_goes_returns_to_the_search()
    {
        await GotoAsync("login", "nobody.test");
        var popup = await PopupAsync();
        await popup.ListedAsync();
        await popup.EvaluateAsync<object>("""
            () => {
              document.querySelector(".row .acts button").focus();
              const search = document.querySelector("#search");
              search.value = "supplier 12";
              search.dispatchEvent(new Event("input"));
            }
            """);
        await popup.WaitForAsync("() => document.querySelector('.row .title').textContent === 'Supplier 12'");
        Assert.That(await popup.EvaluateAsync<string>("() => document.activeElement.id"), Is.EqualTo("search"));
    }

    [Test]
    public async Task Rows_out_of_sight_are_there_when_they_are_reached()
    {
        await GotoAsync("login", "nobody.test");
        var popup = await PopupAsync();
        await popup.ListedAsync();
        // In one turn: before anything could follow by itself.
        await popup.EvaluateAsync<object>("""
            () => {
              const search = document.querySelector("#search");
              for (let row = 0; row < 15; row++) {
                search.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
              }
            }
            """);
        Assert.That(await popup.EvaluateAsync<string>("() => document.querySelector('.row[aria-selected=true]').id"), Is.EqualTo("row-15"));

        await popup.CloseAsync();
        popup = await PopupAsync();
        await popup.AllListedAsync(Items.Of(Person.Site).Count());
    }

    [Test]
    public async Task Rows_out_of_sight_follow_when_another_row_was_chosen_meanwhile()
    {
        await GotoAsync("login", "nobody.test");
        var popup = await PopupAsync();
        await popup.AllListedAsync(Items.Of(Person.Site).Count());
        // As soon as the answer stands there, and so before what follows it.
        await popup.EvaluateAsync<object>("""
            () => {
              const search = document.querySelector("#search");
              const observer = new MutationObserver(() => {
                observer.disconnect();
                search.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
              });
              observer.observe(document.querySelector("main"), { childList: true, subtree: true });
              search.value = "supplier";
              search.dispatchEvent(new Event("input"));
            }
            """);
        await popup.WaitForAsync("() => document.querySelector('#row-1')?.getAttribute('aria-selected') === 'true'");
        await popup.AllListedAsync(12);
    }

    [Test]
    public async Task Focus_that_the_browser_took_away_comes_back_with_the_window()
    {
        await GotoAsync("login", "nobody.test");
        var popup = await PopupAsync();
        await popup.ListedAsync();
        await popup.EvaluateAsync<object>("() => { document.activeElement.blur(); dispatchEvent(new FocusEvent('focus')); }");
        Assert.That(await popup.EvaluateAsync<string>("() => document.activeElement.id"), Is.EqualTo("search"));
    }
}
