using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>
/// The popup in its states and a filled page, in light and dark: nothing overflows, no rule of accessibility that axe-core knows is
/// broken, the focus is where the person goes on. The pictures stand in the test's work folder, for people to look at.
/// </summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class LooksTests(string name) : OwnBrowser(name)
{
    private IPage _page = null!;

    protected override BrowserSetup Setup => Looks.Setup(Name) with { Dark = true };

    [OneTimeSetUp]
    public async Task OpenPage()
    {
        _page = await Browser.NewPageAsync();
    }

    [Test]
    public async Task Theme_is_the_system_s_unless_one_is_chosen()
    {
        var popup = await PopupAsync();
        var grounds = await popup.EvaluateAsync<string[]>("""
            () => ["", "dark", "light"].map((theme) => {
              document.documentElement.dataset.theme = theme;
              return getComputedStyle(document.body).backgroundColor;
            })
            """);
        Assert.That(grounds[0], Is.EqualTo(grounds[1]).And.Not.EqualTo(grounds[2]));
    }

    [Test]
    public async Task Locked()
    {
        await Person.RunAsync("lock");
        var popup = await PopupAsync();
        await popup.WaitForAsync("() => document.activeElement?.id === 'passphrase'");
        await LookAsync(popup, "locked");

        await popup.TypePassphraseAsync(BrowserPerson.WrongPassphrase);
        await popup.WaitForAsync("() => document.querySelector('.hint.error') !== null");
        await LookAsync(popup, "wrong-passphrase");
    }

    [Test]
    public async Task List_search_details_and_a_copied_password()
    {
        var popup = await UnlockedPopupAsync();
        await LookAsync(popup, "list");
        Assert.That(await popup.EvaluateAsync<string>("() => document.activeElement.id"), Is.EqualTo("search"));

        await popup.SearchAsync("suppl", "Supplier 1");
        await LookAsync(popup, "search");
        await popup.PressAsync("Control+a");
        await popup.TypeAsync("zzz");
        await popup.WaitForAsync("() => document.querySelector('.empty h2') !== null");
        await LookAsync(popup, "nothing-found");
        await popup.PressAsync("Control+a");
        await popup.PressAsync("Backspace");
        await popup.SearchAsync("shop", "Shop");
        await popup.PressAsync("Control+b");
        await popup.WaitForAsync("() => document.querySelector('.toast') !== null");
        await LookAsync(popup, "copied");
        await popup.PressAsync("Tab");
        await popup.ClickAsync(".row .acts button:last-child");
        await popup.WaitForAsync("() => document.querySelector('.details-list') !== null");
        await LookAsync(popup, "details");
    }

    [Test]
    public async Task Filled_page_and_what_the_popup_says_then()
    {
        var popup = await UnlockedPopupAsync();
        await popup.FillFirstAsync();
        await _page.IsFilledAsync(Person.Site);
        await Looks.SaveAsync(_page, $"filled-page-{Name}");
        popup = await Browser.TriggerActionAsync(_page);
        await popup.WaitForAsync("() => document.querySelector('#filled #always') !== null");
        await LookAsync(popup, "filled");
    }

    [Test]
    public async Task Page_without_an_item()
    {
        var popup = await UnlockedPopupAsync(hostname: "nobody.test");
        await LookAsync(popup, "no-match");
    }

    [Test]
    public async Task Question_before_a_fill_of_another_site()
    {
        var popup = await UnlockedPopupAsync("frame-other-origin");
        await popup.FillFirstAsync();
        await popup.WaitForAsync("() => document.querySelector('[role=alertdialog]') !== null");
        await LookAsync(popup, "confirm");
        Assert.That(await popup.EvaluateAsync<string>("() => document.activeElement.textContent"), Is.EqualTo("Cancel"));
    }

    [Test]
    public async Task Form_of_a_new_item_and_of_one_that_is_changed()
    {
        var popup = await UnlockedPopupAsync(hostname: "nobody.test");
        await popup.ListedAsync();
        await popup.TypeAsync("figmaa");
        await popup.WaitForAsync("() => document.querySelector('#new-found') !== null");
        await LookAsync(popup, "nothing-found-new");
        await popup.ClickAsync("#new-found");
        await popup.HeadingAsync("New login");
        await popup.SetAsync("#username", "anna.berg");
        await popup.SetAsync("#password", "Tide7-harbour&Moss41");
        await popup.SetAsync("#otp", "no key");
        await popup.ReadsAsync("Draft kept");
        await LookAsync(popup, "edit-new");
        await popup.PressButtonAsync("Save");
        await popup.ReadsAsync("That is no key for codes");
        await LookAsync(popup, "edit-error");
        await popup.PressButtonAsync("Card");
        await popup.HeadingAsync("New card");
        await LookAsync(popup, "edit-card");
        await popup.PressButtonAsync("Note");
        await popup.HeadingAsync("New note");
        await LookAsync(popup, "edit-note");
        await popup.PressButtonAsync("Discard draft");
        await popup.WaitForAsync("() => document.querySelector('header .chip').hidden");

        await popup.PressButtonAsync("Back");
        await popup.PressButtonAsync("Clear search");
        await popup.DetailsAsync("hauser", "Häuser & Söhne");
        await popup.PressAsync("Control+e");
        await popup.HeadingAsync("Edit login");
        await popup.SetAsync("#username", "ours");
        await popup.SetAsync("#tags", "building, ");
        await popup.ReadsAsync("Draft kept");
        await LookAsync(popup, "edit-saved");
        var id = await popup.IdOfAsync("hauser");
        await popup.AskAsync($$$"""{"type":"update","item":"{{{id}}}","set":{"username":"theirs","notes":"Call first."}}""");
        await popup.PressButtonAsync("Save");
        await popup.ReadsAsync("changed elsewhere meanwhile");
        await LookAsync(popup, "edit-clash");
        await popup.PressButtonAsync("Discard draft");
    }

    [Test]
    public async Task Details_history_and_recycle_bin()
    {
        var popup = await UnlockedPopupAsync(hostname: "nobody.test");
        await popup.DetailsAsync("loopback", "Loopback");
        var id = await popup.IdOfAsync("loopback");
        await popup.AskAsync($$$$"""
            {"type":"update","item":"{{{{id}}}}","set":{"password":"Tide7-harbour&Moss41","folder":"Purchasing/Paper","tags":["building","paper"],
            "notes":"Deliveries on Monday and Thursday only.\nAsk for Mr. Unverricht.","expiresAt":"2026-05-12T21:59:59Z","otp":"JBSWY3DPEHPK3PXP",
            "urls":[{"url":"https://supplier5.example","match":"hostname"},{"url":"https://a-rather-long-hostname.of-a-supplier.example/with/a/path","match":"site"}],
            "fields":[{"name":"Customer number","value":"4711-0815","protected":false},{"name":"Delivery PIN","value":"0000","protected":true}]}}
            """.ReplaceLineEndings(""));
        await popup.PressButtonAsync("Back");
        await popup.ListedAsync();
        await popup.ClickAsync(".row[aria-selected=true] .acts button:last-child");
        await popup.HeadingAsync("Loopback");
        await popup.PressButtonAsync("Show or hide: Password");
        await popup.WaitForAsync("() => document.querySelector('.secret') !== null");
        await LookAsync(popup, "details-full");
        await popup.EvaluateAsync<object>("() => { document.querySelector('main').scrollTop = 10000; }");
        await LookAsync(popup, "details-full-end");
        await popup.ClickAsync("#item-menu");
        await LookAsync(popup, "details-menu");
        await popup.ClickAsync("#history");
        await popup.HeadingAsync("History of Loopback");
        await LookAsync(popup, "history");
        await popup.PressButtonAsync("Back");
        await popup.ClickAsync("#item-menu");
        await popup.PressButtonAsync("Delete");
        await popup.ReadsAsync("is in the recycle bin");
        await LookAsync(popup, "removed");
        await popup.ClickAsync("#menu");
        await popup.PressButtonAsync("Recycle bin");
        await popup.HeadingAsync("Recycle bin");
        await LookAsync(popup, "trash");
        await popup.PressButtonAsync("Details: Loopback");
        await popup.HeadingAsync("Loopback");
        await LookAsync(popup, "removed-details");
        await popup.PressButtonAsync("Delete for good");
        await popup.HeadingAsync("Delete “Loopback” for good?");
        await LookAsync(popup, "erase");
        Assert.That(await popup.EvaluateAsync<string>("() => document.activeElement.textContent"), Is.EqualTo("Keep it"));
        await popup.PressButtonAsync("Delete for good");
        await popup.HeadingAsync("Recycle bin");
        await popup.ReadsAsync("The recycle bin is empty");
        await LookAsync(popup, "trash-empty");
    }

    [Test]
    public async Task Generator_and_what_it_made()
    {
        var popup = await UnlockedPopupAsync();
        await popup.ClickAsync("#generator");
        await popup.WaitForAsync("() => document.querySelector('.result').textContent.length === 20");
        await LookAsync(popup, "generator");
        await popup.PressButtonAsync("Words");
        await popup.WaitForAsync("() => document.querySelector('#count') !== null && document.querySelector('.result').textContent.split('-').length >= 5");
        await LookAsync(popup, "generator-words");
        await popup.PressButtonAsync("Pattern");
        await popup.WaitForAsync("() => document.querySelector('#pattern') !== null");
        await popup.SetAsync("#pattern", "b");
        await popup.PressAsync("Tab");
        await popup.ReadsAsync("That is no pattern");
        await LookAsync(popup, "generator-pattern");
        await popup.ClickAsync("#generated");
        await popup.HeadingAsync("Generated before");
        await popup.WaitForAsync("() => document.querySelectorAll('.prop').length >= 3");
        await LookAsync(popup, "generated");
    }

    [Test]
    public async Task Menu_why_never_pause_and_the_choice_of_an_item()
    {
        var popup = await UnlockedPopupAsync("frame-other-origin");
        await popup.ClickAsync("#menu");
        await LookAsync(popup, "menu");
        await popup.PressButtonAsync("Why was nothing filled?");
        await popup.HeadingAsync("Why was nothing filled?");
        await LookAsync(popup, "why");
        await popup.PressButtonAsync("Back");
        await popup.ClickAsync("#menu");
        await popup.EvaluateAsync<object>("() => document.querySelector('[role=menuitemcheckbox]').click()");
        await popup.ReadsAsync("Nothing is offered on");
        await LookAsync(popup, "never");
        await popup.PressButtonAsync("Offer again");
        await popup.WaitForAsync("() => !document.querySelector('.banner b')?.textContent.startsWith('Nothing is offered')");
        await popup.AskAsync("""{"type":"pause","on":true}""");
        await popup.CloseAsync();
        popup = await UnlockedPopupAsync(hostname: "nobody.test");
        await popup.ReadsAsync("Latchkey is paused");
        await LookAsync(popup, "paused");
        await popup.PressButtonAsync("Go on");
        await popup.WaitForAsync("() => !document.querySelector('main').innerText.includes('Latchkey is paused')"); // what is below moves up
        await popup.ClickAsync("#add-here");
        await popup.ReadsAsync("Which item also opens on");
        await LookAsync(popup, "adding");
    }

    [Test]
    public async Task New_password_for_a_page_and_one_that_waits()
    {
        var popup = await UnlockedPopupAsync("signup-rules", "nobody.test");
        await popup.WaitForAsync("() => document.querySelector('#new-password') !== null");
        await LookAsync(popup, "new-password-list");
        await popup.EvaluateAsync<object>("async () => await chrome.storage.local.remove('recipe')");
        await popup.ClickAsync("#new-password");
        await popup.WaitForAsync("() => document.querySelector('.result').textContent !== ''");
        await LookAsync(popup, "new-password");
        await popup.CloseAsync();
        popup = await UnlockedPopupAsync("signup-unmet", "nobody.test");
        await popup.ClickAsync("#new-password");
        await popup.ReadsAsync("Nothing that was made like this");
        await LookAsync(popup, "new-password-unmet");

        foreach (var title in (string[])["Reception", "Purchasing, with a rather long title for an item"])
        {
            await popup.AskAsync($$$"""
                {"type":"save","item":{"kind":"login","title":"{{{title}}}","username":"somebody","password":"another one","tags":[],
                "urls":[{"url":"https://changes.test","match":"hostname"}]}}
                """.ReplaceLineEndings(""));
        }
        await popup.CloseAsync();
        popup = await UnlockedPopupAsync("change-password", "changes.test");
        await popup.EvaluateAsync<object>("async () => await chrome.storage.local.remove('recipe')");
        await popup.ClickAsync("#new-password");
        await popup.WaitForAsync("() => document.querySelector('.result').textContent !== ''");
        await LookAsync(popup, "new-password-change");
        await popup.ClickAsync("#use");
        await _page.WaitForAsync("() => document.querySelector('#repeat').value !== ''");
        popup = await UnlockedPopupAsync(hostname: "changes.test");
        await popup.ReadsAsync("A new password waits for");
        await LookAsync(popup, "waiting");
        var waiting = (await popup.AskAsync("""{"type":"open"}""")).GetProperty("page").GetProperty("items").EnumerateArray()
            .First(item => item.TryGetProperty("hasNewPassword", out _)).GetProperty("title").GetString()!;
        await popup.DetailsAsync(waiting[..9], waiting);
        await popup.ReadsAsync("A new password waits here");
        await LookAsync(popup, "waiting-details");
        await popup.ClickAsync("#item-menu");
        await LookAsync(popup, "waiting-menu");
    }

    [Test]
    public async Task Key_for_codes_from_the_page_and_what_is_said_of_codes()
    {
        var popup = await UnlockedPopupAsync("qr-code", "codes.test");
        await popup.ClickAsync("#new");
        await popup.HeadingAsync("New login");
        await popup.SetAsync("#otp", "otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQ");
        await popup.ReadsAsync("This key makes codes that count on");
        await popup.EvaluateAsync<object>("() => document.querySelector('#otp-page').scrollIntoView()");
        await LookAsync(popup, "otp-refused");
        await popup.ClickAsync("#otp-page");
        await popup.WaitForAsync("() => document.querySelector('.proof .secret') !== null");
        await popup.EvaluateAsync<object>("() => document.querySelector('.proof').scrollIntoView({ block: 'end' })");
        await LookAsync(popup, "otp-read");
        await popup.PressButtonAsync("Save");
        await popup.HeadingAsync(new Uri(Person.Site.Secure("codes.test")).Authority);
        await popup.CloseAsync();

        popup = await UnlockedPopupAsync("code-six-boxes", "codes.test");
        await popup.ClickAsync(".row[aria-selected=true] button[aria-label='Copy code']");
        await popup.WaitForAsync("() => document.querySelector('.toast') !== null");
        await LookAsync(popup, "copied-code");
        await Browser.EvaluateInBackgroundAsync<object>(
            "async () => { await chrome.runtime.sendMessage({ type: 'codeWaits', until: Date.now() + 600_000 }); }");
        await popup.ReadsAsync("Waiting for the next one");
        await LookAsync(popup, "code-waits");
        await popup.CloseAsync();

        popup = await UnlockedPopupAsync("code-eight-boxes", "codes.test");
        await popup.FillFirstAsync();
        await popup.SaysAsync("The page asks for a code of another length");
        await LookAsync(popup, "code-length");
        await popup.CloseAsync();

        popup = await UnlockedPopupAsync("one-time-code");
        await popup.FillFirstAsync();
        await popup.SaysAsync("No code is set up for this login");
        await LookAsync(popup, "no-code");
    }

    [Test]
    public async Task Offers_to_save_and_to_update()
    {
        await OfferAsync("new.test", "login", "#username", "offer-save");
        await OfferAsync("old.test", "login", "#username", "offer-update", "Old one");
        await OfferAsync("several.test", $"two-pages-password.html?user={Person.Site.UserName}", null, "offer-which", "Reception", "Purchasing, with a rather long title for an item");
    }

    /// <summary>Signs in where these items have another password, and looks at what is offered.</summary>
    private async Task OfferAsync(string hostname, string pageName, string? userName, string state, params string[] titles)
    {
        var popup = await UnlockedPopupAsync(hostname: hostname);
        foreach (var title in titles)
        {
            await popup.AskAsync($$$"""
                {"type":"save","item":{"kind":"login","title":"{{{title}}}","username":"{{{(userName is null ? title : Person.Site.UserName)}}}","password":"another one",
                "tags":[],"urls":[{"url":"https://{{{hostname}}}","match":"hostname"}]}}
                """.ReplaceLineEndings(""));
        }
        await popup.CloseAsync();
        await Browser.OpenAsync(_page, $"{Person.Site.Secure(hostname)}/{(pageName.Contains('.', StringComparison.Ordinal) ? pageName : $"{pageName}.html")}");
        if (userName is not null)
        {
            await _page.TypeIntoAsync(userName, Person.Site.UserName);
        }
        await _page.TypeIntoAsync("#password", Person.Site.Password);
        popup = await Browser.PopupAfterAsync(() => _page.ClickAsync("#submit"));
        await popup.WaitForAsync("() => document.querySelector('#offer') !== null");
        await LookAsync(popup, state);
        await popup.PressButtonAsync("Show or hide: Password");
        await popup.WaitForAsync("() => document.querySelector('.secret') !== null");
        await LookAsync(popup, $"{state}-shown");
        await popup.PressButtonAsync("Not now");
        await popup.WaitForAsync("() => document.querySelector('#offer') === null");
    }

    [Test]
    public async Task Without_a_vault()
    {
        await Person.RunAsync("lock");
        File.Move(Person.VaultPath, Person.VaultPath + ".aside");
        try
        {
            var popup = await PopupAsync();
            await popup.WaitForAsync("() => document.activeElement?.id === 'new-passphrase' && document.querySelector('#again') !== null");
            await LookAsync(popup, "create");
        }
        finally
        {
            File.Move(Person.VaultPath + ".aside", Person.VaultPath);
        }
    }

    [Test]
    public async Task Without_the_program()
    {
        var manifest = Person.ManifestOf(Browser);
        File.Move(manifest, manifest + ".aside");
        try
        {
            await Browser.KillBackgroundAsync();
            var popup = await PopupAsync();
            await popup.HeadingAsync("Latchkey’s program is not on this computer");
            await LookAsync(popup, "not-installed");
        }
        finally
        {
            File.Move(manifest + ".aside", manifest);
        }
        await Browser.KillBackgroundAsync();
    }

    private async Task<IView> PopupAsync(string pageName = "login", string hostname = "shop.test")
    {
        await Browser.OpenAsync(_page, $"{Person.Site.Secure(hostname)}/{pageName}.html");
        return await Browser.TriggerActionAsync(_page);
    }

    private async Task<IView> UnlockedPopupAsync(string pageName = "login", string hostname = "shop.test")
    {
        var popup = await PopupAsync(pageName, hostname);
        await popup.WaitForAsync("() => document.querySelector('#passphrase, .row') !== null");
        if (await popup.EvaluateAsync<bool>("() => document.querySelector('#passphrase') !== null"))
        {
            await popup.UnlockAsync();
        }
        return popup;
    }

    private Task LookAsync(IView popup, string state) => Looks.CheckAsync(popup, state, Name);
}
