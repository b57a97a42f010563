using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Browsers;
using NUnit.Framework;
using Suite.Shares;

namespace Suite.Browser;

/// <summary>What a member does with the office day by day in the popup: saving into it, deleting, asking for access and answering. Anna has the browser, Olga the command line.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class OfficeDailyTests(string name) : OwnBrowser(name)
{
    private const string Hostname = "printer.test";

    private OfficeWorld _world = null!;
    private BrowserPerson _olga = null!;
    private IPage _page = null!;

    [OneTimeSetUp]
    public async Task FoundOffice()
    {
        _world = await OfficeWorld.StartAsync(TimeProvider.System);
        _olga = await BrowserPerson.CreateAsync();
        await OlgaAsync([_world.Server.OwnerCode!], "office", "create", _world.Address, "--name", "Olga");
        await OlgaAsync([Person.Site.Password], "add", "--title", "Router", "--username", Person.Site.UserName, "--url", "https://router.test");
        var code = (string)JsonNode.Parse(await OlgaAsync([], "office", "invite", "--json"))!["code"]!;
        await AnnaAsync([code], "office", "join", _world.Address, "--name", "Anna");
        await OlgaAsync([], "office", "share", "Router", "--to", "Anna=use");
        _page = await Browser.NewPageAsync();
        await Browser.OpenAsync(_page, $"{Person.Site.Secure(Hostname)}/login.html");
        var popup = await Browser.TriggerActionAsync(_page);
        await popup.TypePassphraseAsync();
        await popup.SearchAsync("router", "Router");
        await popup.CloseAsync();
    }

    [OneTimeTearDown]
    public async Task EndOffice()
    {
        await (_olga?.DisposeAsync() ?? default);
        await (_world?.DisposeAsync() ?? default);
    }

    [Test]
    public async Task Item_goes_into_the_office_and_is_deleted_for_everybody()
    {
        var popup = await OpenAsync();
        await popup.ClickAsync("#new-here");
        await popup.HeadingAsync("New login");
        await popup.SetAsync("#title", "Printer");
        await ChooseOfficeAsync(popup);
        await popup.ReadsAsync("Only you can open it there, until you share it.");
        await Looks.CheckAsync(popup, "office-save", Name);
        await popup.SetAsync("#password", "pr1nt");
        await popup.PressAsync("Control+s");
        await popup.HeadingAsync("Printer");
        await popup.ReadsAsync("[localhost:");
        await AnnaAsync([], "office", "grant", "Printer", "Olga", "read");
        Assert.That(await OlgaReadsAsync("Printer"), Is.EqualTo("pr1nt"));

        await popup.ClickAsync("#item-menu");
        await popup.PressButtonAsync("Delete");
        await popup.ReadsAsync("2 people can open it.");
        await Looks.CheckAsync(popup, "office-delete", Name);
        await popup.ClickAsync("#go");
        await popup.ListedOrEmptyAsync();
        Assert.That(await popup.TitlesAsync(), Has.No.Member("Printer"));
        await OlgaAsync([], "office");
        Assert.That(await OlgaAsync([], "trash"), Does.Contain("Printer"));
        await popup.CloseAsync();
        var page = await Browser.OpenExtensionPageAsync("office.html");
        await page.SetViewportAsync(1280, 800);
        await page.WaitForAsync("() => [...document.querySelectorAll('[role=rowheader]')].some((each) => each.innerText.includes('Printer') && each.innerText.includes('Recycle bin'))");
        await Looks.CheckAsync(page, "office-grid-removed", Name);
        await page.CloseAsync();
    }

    [Test]
    public async Task Asked_right_is_granted_in_the_owners_popup_and_shown_to_the_asker()
    {
        await AnnaAsync(["c0ffee"], "add", "--title", "Kitchen", "--username", "anna");
        await AnnaAsync([], "office", "share", "Kitchen", "--to", "Olga=use");
        await OlgaAsync([], "office");
        await OlgaAsync([], "office", "ask", "read", "Kitchen", "--reason", "the machine was reset");
        var popup = await OpenAsync();
        await popup.SaysAsync("Olga asks to see “Kitchen”");
        await popup.ReadsAsync("the machine was reset");
        await Looks.CheckAsync(popup, "office-asked", Name);
        await popup.PressButtonAsync("Grant");
        await popup.ReadsAsync("Granted to Olga");
        Assert.That(await OlgaReadsAsync("Kitchen"), Is.EqualTo("c0ffee"));

        await popup.DetailsAsync("router", "Router");
        await popup.ClickAsync("#item-menu");
        await popup.PressButtonAsync("Ask for access");
        await popup.PressButtonAsync("See");
        await popup.SetAsync("#reason", "it is on the shelf");
        await Looks.CheckAsync(popup, "office-ask", Name);
        await popup.PressAsync("Enter");
        await popup.ReadsAsync("Asked for access to “Router”");
        var asked = JsonNode.Parse(await OlgaAsync([], "office", "requests", "--json"))!["requests"]!.AsArray().Single(one => !(bool)one!["mine"]!)!;
        Assert.That((string?)asked["reason"], Is.EqualTo("it is on the shelf"));
        await popup.CloseAsync();
        popup = await OpenAsync();
        await OlgaAsync([], "office", "answer", (string)asked["request"]!, "yes");

        await popup.SaysAsync("Olga has granted what you asked for “Router”");
        await popup.PressButtonAsync("All right");
        Assert.That(await popup.PasswordOfAsync("Router"), Is.EqualTo(Person.Site.Password));
        await popup.CloseAsync();
    }

    [Test]
    public async Task File_that_one_attaches_is_saved_by_the_other_and_changed_only_with_the_right_to()
    {
        await OlgaAsync(["f1le"], "add", "--title", "Plan", "--username", "olga");
        await OlgaAsync([], "office", "share", "Plan", "--to", "Anna=write");
        await (await OpenAsync()).CloseAsync();
        var page = await AttachmentsOfAsync("Plan");
        await FilesAsync(page);
        await page.EvaluateAsync<object>(AttachmentPageTests.Drop, "ground floor.txt", 3, "one");
        await FilesAsync(page, "ground floor.txt");
        await AnnaAsync([], "office", "members"); // has an exchange: the one that sent the file has ended
        await OlgaAsync([], "office");
        Assert.That(await OlgaAsync([], "attachment", "Plan", "ground floor.txt"), Is.EqualTo("one"));

        await OlgaAsync([], "office", "grant", "Plan", "Anna", "read");
        await page.WaitForAsync("() => document.querySelector('#attach').offsetParent === null && document.querySelectorAll('li.file button').length === 1");
        await Looks.CheckAsync(page, "office-attachments-read", Name);
        var added = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"first floor {Name}.txt");
        await File.WriteAllTextAsync(added, "two");
        await OlgaAsync([], "attach", "Plan", added);
        File.Delete(added);
        await OlgaAsync([], "office");
        await FilesAsync(page, Path.GetFileName(added), "ground floor.txt");
        Assert.That(await page.EvaluateAsync<string[]>(AttachmentPageTests.Download, 1), Is.EqualTo((string[])[Path.GetFileName(added), "two"]));

        await OlgaAsync([], "office", "grant", "Plan", "Anna", "use");
        await page.WaitForAsync("() => document.querySelectorAll('li.file').length === 2 && document.querySelector('li.file button') === null");
        await page.CloseAsync();
    }

    [Test]
    public async Task Office_whose_server_has_moved_goes_on_by_the_code_that_an_owner_hands_over()
    {
        await _world.MoveAsync();
        var code = (await OlgaAsync([], "office", "reconnect", "--address", _world.Address)).Trim();
        var page = await Browser.OpenExtensionPageAsync("office.html");
        await page.SetViewportAsync(1280, 800);
        await page.WaitForAsync("() => document.body.innerText.includes('cannot be reached')");

        await page.PressButtonAsync("Enter a connection code");
        await page.WaitForAsync("() => document.activeElement?.id === 'connection-code'");
        await page.TypeAsync("AAAA");
        await page.PressButtonAsync("Connect");
        await page.WaitForAsync("() => document.body.innerText.includes('That is no connection code of this office.')");
        await Looks.CheckAsync(page, "office-connect", Name);
        await page.SetAsync("#connection-code", code);
        await page.PressButtonAsync("Connect");

        await page.WaitForAsync("() => document.querySelector('dialog') === null && !document.body.innerText.includes('cannot be reached')");
        await page.WaitForAsync("(name) => document.body.innerText.includes(name)", new Uri(_world.Address).Authority);
        await page.CloseAsync();
        await OlgaAsync(["c0de"], "add", "--title", "Gate");
        await OlgaAsync([], "office", "share", "Gate", "--to", "Anna=use");
        var popup = await OpenAsync();
        await popup.SearchAsync("gate", "Gate"); // by itself: Anna's host hears hints from there
        await popup.CloseAsync();
    }

    [Test]
    public async Task What_two_people_change_of_an_item_while_the_server_is_away_comes_together_when_it_is_back()
    {
        await OlgaAsync(["d00r"], "add", "--title", "Door", "--username", "nobody");
        await OlgaAsync([], "office", "share", "Door", "--to", "Anna=write");
        var popup = await OpenAsync();
        await popup.DetailsAsync("door", "Door");
        await _world.StopServerAsync();
        try
        {
            await popup.PressAsync("Control+e");
            await popup.HeadingAsync("Edit login");
            Assert.That(await popup.EvaluateAsync<bool>("() => document.querySelector('#folder').closest('.field').hidden"), "its folder is the office's");
            await popup.SetAsync("#username", "concierge");
            await popup.PressAsync("Control+s");
            await popup.HeadingAsync("Door");
            await popup.ReadsAsync("concierge");
            await OlgaAsync([], "edit", "Door", "--title", "Front door");
        }
        finally
        {
            await _world.StartServerAsync();
        }
        await OlgaAsync([], "office");
        await popup.CloseAsync();

        popup = await OpenAsync();
        await popup.SearchAsync("front", "Front door"); // Anna's host comes back by itself
        await popup.CloseAsync();
        await AnnaAsync([], "office", "members"); // has an exchange: the one that brought the title has ended
        await OlgaAsync([], "office");
        Assert.That((await OlgaAsync([], "get", "Front door", "--field", "UserName")).Trim(), Is.EqualTo("concierge"));
        Assert.That((await AnnaAsync([], "get", "Front door", "--field", "UserName")).Trim(), Is.EqualTo("concierge"));
    }

    private async Task<IView> OpenAsync()
    {
        await Browser.OpenAsync(_page, $"{Person.Site.Secure(Hostname)}/login.html");
        var popup = await Browser.TriggerActionAsync(_page);
        await popup.ListedAsync();
        return popup;
    }

    private async Task<IPage> AttachmentsOfAsync(string title)
    {
        var popup = await OpenAsync();
        await popup.DetailsAsync(title.ToLowerInvariant(), title);
        await popup.ClickAsync("#item-menu");
        await popup.PressButtonAsync("Attachments");
        return await Browser.PageAsync("attachments.html");
    }

    private static Task FilesAsync(IPage page, params string[] names) => page.WaitForAsync("""
        (names) => !document.querySelector(".drop").hidden
          && JSON.stringify([...document.querySelectorAll("li.file .grow")].map((each) => each.textContent).sort()) === JSON.stringify(names)
        """, (object)names);

    private static Task<object> ChooseOfficeAsync(IView popup) => popup.EvaluateAsync<object>("""
        () => {
          const list = document.querySelector("#place");
          list.value = [...list.options].find((each) => each.text.startsWith("[")).value;
          list.dispatchEvent(new Event("change", { bubbles: true }));
        }
        """);

    /// <summary>No host keeps up for Olga: showing the office does.</summary>
    private async Task<string> OlgaReadsAsync(string title)
    {
        await OlgaAsync([], "office");
        return (await OlgaAsync([], "get", title, "--field", "Password")).Trim();
    }

    private Task<string> AnnaAsync(string[] lines, params string[] arguments) => Person.AnswerAsync([BrowserPerson.Passphrase, .. lines], arguments);

    private Task<string> OlgaAsync(string[] lines, params string[] arguments) => _olga.AnswerAsync([BrowserPerson.Passphrase, .. lines], arguments);
}
