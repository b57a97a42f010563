using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>Items are made and changed in the popup, and nothing that was typed is lost.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class FormTests(string name) : UnlockedBrowser(name, "forms")
{
    /// <summary>A form that a failed test left open would be the first thing that the next popup shows.</summary>
    [TearDown]
    public Task LeaveForm() => Browser.EvaluateInBackgroundAsync<object>("async () => { await chrome.storage.session.remove('editing'); return null; }");

    [Test]
    public async Task New_login_begins_with_what_was_searched_and_this_site_and_fills_it_then()
    {
        await GotoAsync("login", "nobody.test");
        var popup = await PopupAsync();
        await popup.ListedAsync();
        await popup.TypeAsync("figmaa");
        await popup.ClickAsync("#new-found");
        await popup.HeadingAsync("New login");
        Assert.That(await popup.FieldAsync("#title"), Is.EqualTo("figmaa"));
        Assert.That(await popup.FieldAsync("#url-0"), Is.EqualTo(Site.Secure("nobody.test")));
        Assert.That(await popup.EvaluateAsync<string>("() => document.activeElement.id"), Is.EqualTo("username"));

        await popup.TypeAsync("anna.berg");
        await popup.SetAsync("#password", "Tide7-harbour");
        await popup.PressAsync("Enter");
        await popup.HeadingAsync("figmaa");
        await popup.PressButtonAsync("Fill");
        await Page.HoldsAsync("#username", "anna.berg");
        await Page.HoldsAsync("#password", "Tide7-harbour");
    }

    [Test]
    public async Task Draft_outlives_the_popup_until_it_is_discarded()
    {
        await GotoAsync("login");
        var popup = await NewItemAsync();
        await popup.SetAsync("#title", "Half done");
        await popup.SetAsync("#password", "not yet saved");
        await popup.ReadsAsync("Draft kept");
        await popup.CloseAsync();

        popup = await PopupAsync();
        await popup.HeadingAsync("New login");
        await popup.ReadsAsync("Draft kept");
        Assert.That(await popup.FieldAsync("#title"), Is.EqualTo("Half done"));
        Assert.That(await popup.FieldAsync("#password"), Is.EqualTo("not yet saved"));

        // Left but not discarded: the next popup begins with the list, and the form with the draft.
        await popup.PressButtonAsync("Back");
        await popup.ListedAsync();
        await popup.CloseAsync();
        popup = await NewItemAsync();
        Assert.That(await popup.FieldAsync("#title"), Is.EqualTo("Half done"));

        await popup.PressButtonAsync("Discard draft");
        await popup.WaitForAsync("() => document.querySelector('#title').value !== 'Half done'");
        await popup.CloseAsync();
        popup = await PopupAsync();
        await popup.ListedAsync();
        var kept = await popup.AskAsync("""{"type":"draft","key":"new"}""");
        Assert.That(kept.TryGetProperty("value", out _), Is.False);
    }

    [Test]
    public async Task Card_keeps_its_fields_and_its_number_as_a_secret()
    {
        await GotoAsync("login");
        var popup = await NewItemAsync();
        await popup.PressButtonAsync("Card");
        await popup.HeadingAsync("New card");
        await popup.SetAsync("#title", "Travel card");
        await popup.SetAsync("#field-0", "Anna Berg");
        await popup.SetAsync("#field-1", "4111 1111 1111 1111");
        await popup.PressButtonAsync("Save");
        await popup.HeadingAsync("Travel card");

        Assert.That(await NamesAsync(popup), Is.SupersetOf((string[])["Cardholder", "Number"]));
        await popup.PressButtonAsync("Show or hide: Number");
        await popup.WaitForAsync("() => document.querySelector('.secret')?.textContent === '4111 1111 1111 1111'");
    }

    [Test]
    public async Task Changed_password_is_saved_and_the_old_one_can_be_seen_and_brought_back()
    {
        await GotoAsync("login", "nobody.test");
        var popup = await PopupAsync();
        await popup.DetailsAsync("supplier 2", "Supplier 2");
        await popup.PressAsync("Control+e");
        await popup.HeadingAsync("Edit login");
        await popup.SetAsync("#password", "quite new");
        await popup.PressButtonAsync("Save");
        await popup.HeadingAsync("Supplier 2");
        await popup.PressButtonAsync("Show or hide: Password");
        await popup.WaitForAsync("() => document.querySelector('.secret')?.textContent === 'quite new'");

        await popup.ClickAsync("#history");
        await popup.HeadingAsync("History of Supplier 2");
        await popup.ReadsAsync("Changed after it: Password");
        await popup.ClickAsync(".revision [data-reveals]");
        await popup.WaitForAsync("() => document.querySelector('.revision .secret')?.textContent === 'unused'");
        await popup.ClickAsync(".revision > .btn");
        await popup.HeadingAsync("Supplier 2");
        Assert.That(await PasswordAsync(popup, "supplier 2"), Is.EqualTo("unused"));

        await popup.PressButtonAsync("Undo");
        await popup.WaitForAsync("() => document.querySelector('.toast') === null");
        await popup.WaitForAsync("""
            async () => {
              const { ok } = await chrome.runtime.sendMessage({ type: "search", query: "supplier 2" });
              const found = await chrome.runtime.sendMessage({ type: "reveal", item: ok.items[0].id, field: "Password", purpose: "show" });
              return found.ok.value === "quite new";
            }
            """);
    }

    [Test]
    public async Task Change_made_elsewhere_is_shown_beside_ours_and_neither_is_lost()
    {
        await GotoAsync("login", "nobody.test");
        var popup = await PopupAsync();
        await popup.DetailsAsync("supplier 4", "Supplier 4");
        await popup.PressAsync("Control+e");
        await popup.HeadingAsync("Edit login");
        await popup.SetAsync("#username", "ours");
        var id = await popup.IdOfAsync("supplier 4");
        await popup.AskAsync($$$"""{"type":"update","item":"{{{id}}}","set":{"username":"theirs","notes":"Call first."}}""");
        await popup.PressButtonAsync("Save");
        await popup.WaitForAsync("() => document.querySelector('.clashes dd')?.textContent === 'theirs'");
        Assert.That(await popup.FieldAsync("#username"), Is.EqualTo("ours"));
        Assert.That(await popup.FieldAsync("#notes"), Is.EqualTo("Call first."));

        await popup.PressButtonAsync("Save");
        await popup.HeadingAsync("Supplier 4");
        await popup.ReadsAsync("ours");
        var history = await popup.AskAsync($$"""{"type":"history","item":"{{id}}"}""");
        Assert.That(history.GetProperty("revisions").EnumerateArray().Select(each => each.GetProperty("username").GetString()),
            Is.EqualTo((string[])["theirs", "buyer4"]));
    }

    [TestCase("#title", " ", "An item needs a title")]
    [TestCase("#url-0", "ftp://a.test", "That is no address of a site")]
    [TestCase("#otp", "no key", "That is no key for codes")]
    public async Task What_cannot_be_saved_is_said_at_its_field(string selector, string text, string words)
    {
        await GotoAsync("login");
        var popup = await NewItemAsync();
        await popup.SetAsync("#title", "Wrong");
        await popup.SetAsync(selector, text);
        await popup.PressButtonAsync("Save");
        await popup.ReadsAsync(words);
        Assert.That(await popup.EvaluateAsync<string>("() => `#${document.activeElement.id}`"), Is.EqualTo(selector));

        await popup.PressButtonAsync("Discard draft");
        await popup.WaitForAsync("() => document.querySelector('.foot-actions .btn:not(.primary)').hidden");
    }

    [Test]
    public async Task Generated_password_stands_in_the_field_and_in_the_history()
    {
        await GotoAsync("login");
        var popup = await NewItemAsync();
        await popup.PressAsync("Control+g");
        await popup.WaitForAsync("() => document.querySelector('#password').value.length === 20");
        var value = await popup.FieldAsync("#password");
        var entries = (await popup.AskAsync("""{"type":"generated"}""")).GetProperty("entries");
        var kept = await popup.AskAsync($$"""{"type":"revealGenerated","entry":"{{entries[0].GetProperty("id").GetString()}}","purpose":"show"}""");
        Assert.That(kept.GetProperty("value").GetString(), Is.EqualTo(value));

        await popup.PressButtonAsync("Generate differently…");
        await popup.HeadingAsync("Generate a password");
        await popup.WaitForAsync("() => document.querySelector('.result').textContent.length === 20");
        var other = await popup.EvaluateAsync<string>("() => document.querySelector('.result').textContent");
        await popup.PressButtonAsync("Use it");
        await popup.HeadingAsync("New login");
        Assert.That(await popup.FieldAsync("#password"), Is.EqualTo(other));
        await popup.PressButtonAsync("Discard draft");
    }

    [Test]
    public async Task Folder_is_chosen_among_those_that_are_there()
    {
        await GotoAsync("login", "nobody.test");
        var popup = await PopupAsync();
        await popup.ListedAsync();
        var id = await popup.IdOfAsync("supplier 6");
        await popup.AskAsync($$$"""{"type":"update","item":"{{{id}}}","set":{"folder":"Purchasing/Paper"}}""");
        await popup.DetailsAsync("supplier 8", "Supplier 8");
        await popup.PressAsync("Control+e");
        await popup.HeadingAsync("Edit login");
        await popup.WaitForAsync("() => document.querySelector('#folder') !== null");
        await popup.SetAsync("#folder", "paper");
        await popup.WaitForAsync("() => document.querySelector('#folder-list [role=option]') !== null");
        await popup.PressAsync("ArrowDown");
        await popup.WaitForAsync("() => document.querySelector('#folder-list [aria-selected=true]') !== null");
        await popup.PressAsync("Enter");
        await popup.WaitForAsync("() => document.querySelector('#folder').value === 'Purchasing/Paper'");

        await popup.PressButtonAsync("Save");
        await popup.HeadingAsync("Supplier 8");
        await popup.ReadsAsync("Purchasing/Paper");
    }

    private async Task<IView> NewItemAsync()
    {
        var popup = await PopupAsync();
        await popup.ListedAsync();
        await popup.ClickAsync("#new");
        await popup.HeadingAsync("New login");
        return popup;
    }

    private static Task<string[]> NamesAsync(IView popup) =>
        popup.EvaluateAsync<string[]>("() => [...document.querySelectorAll('dt')].map((each) => each.textContent)");

    private static async Task<string?> PasswordAsync(IView popup, string query)
    {
        var id = await popup.IdOfAsync(query);
        return (await popup.AskAsync($$"""{"type":"reveal","item":"{{id}}","field":"Password","purpose":"show"}""")).GetProperty("value").GetString();
    }
}
