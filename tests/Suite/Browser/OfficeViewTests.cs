using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Browsers;
using NUnit.Framework;
using Suite.Shares;

namespace Suite.Browser;

/// <summary>
/// The office's page in Olga's browser, with a real share server: the grid shows and changes who may do what, and what it changes comes to
/// Anna, who has a browser of her own.
/// </summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class OfficeViewTests(string name) : OwnBrowser(name)
{
    private const string Hostname = "router.test";

    private OfficeWorld _world = null!;
    private BrowserPerson _anna = null!;
    private IPage _page = null!;

    protected override BrowserSetup Setup => Looks.Setup(Name);

    [OneTimeSetUp]
    public async Task FoundOffice()
    {
        _world = await OfficeWorld.StartAsync(TimeProvider.System);
        _anna = await BrowserPerson.CreateAsync();
        await OlgaAsync([_world.Server.OwnerCode!], "office", "create", _world.Address, "--name", "Olga Moos");
        foreach (var (title, hostname) in new[] { ("Router", Hostname), ("Printer", "printer.test"), ("Newsletter tool", "news.test"), ("Scanner 1", "scan.test"), ("Scanner 2", "scan.test"), ("Scanner 3", "scan.test") })
        {
            await OlgaAsync([Person.Site.Password], "add", "--title", title, "--username", Person.Site.UserName, "--url", $"https://{hostname}");
        }
        var code = (string)JsonNode.Parse(await OlgaAsync([], "office", "invite", "--json"))!["code"]!;
        await _anna.AnswerAsync([BrowserPerson.Passphrase, code], "office", "join", _world.Address, "--name", "Anna Berg");
        await OlgaAsync([], "office", "group", "IT", "Anna Berg");
        await OlgaAsync([], "office", "share", "Router", "Printer", "Newsletter tool", "Scanner 1", "Scanner 2", "Scanner 3");
        _page = await Browser.OpenExtensionPageAsync("office.html");
        await _page.SetViewportAsync(1280, 800);
        await _page.WaitForAsync("() => document.activeElement?.id === 'passphrase'");
        await Looks.CheckAsync(_page, "office-locked", Name);
    }

    [SetUp]
    public async Task Unlock()
    {
        await _page.ActivateAsync();
        await _page.WaitForAsync("() => document.querySelector('#passphrase, #grid') !== null");
        if (await _page.EvaluateAsync<bool>("() => document.querySelector('#grid') === null"))
        {
            await _page.ClickAsync("#passphrase");
            await _page.TypeAsync(BrowserPerson.Passphrase);
            await _page.PressAsync("Enter");
        }
        await SeesAsync("Router, Olga Moos: Manage");
    }

    [OneTimeTearDown]
    public async Task EndOffice()
    {
        await (_anna?.DisposeAsync() ?? default);
        await (_world?.DisposeAsync() ?? default);
    }

    [Test]
    public async Task Keys_alone_give_a_right_that_comes_into_the_colleagues_popup_and_undo_takes_it_away()
    {
        var browser = await _anna.StartBrowserAsync(Name);
        var site = await browser.NewPageAsync();
        await browser.OpenAsync(site, $"{_anna.Site.Secure(Hostname)}/login.html");
        var popup = await browser.TriggerActionAsync(site);
        await popup.UnlockAsync();
        await popup.ReadsAsync($"No login of yours belongs to {Hostname}");

        await FocusAsync("Router, Anna Berg: None");
        await _page.PressAsync("2");
        await ReadsAsync("#preview-words", "Anna Berg can then open 1 item.");
        Assert.That(await LabelAsync(), Is.EqualTo("Router, Anna Berg: Read, Not applied"));
        await _page.ClickAsync("#apply");
        await _page.WaitForAsync("() => document.querySelector('.toast .btn') !== null");
        await SeesAsync("Router, Anna Berg: Read");
        await popup.ReadsAsync("Router");

        await _page.ClickAsync(".toast .btn");
        await SeesAsync("Router, Anna Berg: None");
        await popup.ReadsAsync($"No login of yours belongs to {Hostname}");
        await popup.CloseAsync();
    }

    [Test]
    public async Task Drag_chooses_a_rectangle_that_digits_set_and_the_preview_says_what_it_comes_to()
    {
        await FocusAsync("Scanner 1, IT: None");
        await ReadsAsync("#who", "Scanner 1"); // what comes into the page beside the grid may move it
        var points = await _page.EvaluateAsync<double[]>("""
            () => {
              const middle = (label) => {
                const { left, top, width, height } = document.querySelector(`[aria-label^="${label}"]`).getBoundingClientRect();
                return [left + width / 2, top + height / 2];
              };
              return [...middle("Scanner 1, IT"), ...middle("Scanner 3, Anna Berg")];
            }
            """);
        await _page.DragAsync((int)points[0], (int)points[1], (int)points[2], (int)points[3]);
        await ReadsAsync(".legend.live b", "6 cells");
        await _page.PressAsync("1");
        await ReadsAsync("#preview-words", "Anna Berg can then open 3 items.");
        await Looks.CheckAsync(_page, "office-access", Name);

        await _page.PressAsync("Control+z");
        await _page.WaitForAsync("() => document.querySelector('.preview').hidden");
        Assert.That(await LabelAsync(), Is.EqualTo("Scanner 3, Anna Berg: None"));
    }

    [Test]
    public async Task Folder_gives_its_rights_to_what_is_put_into_it_and_cells_say_so()
    {
        await _page.ClickAsync("header.bar .btn");
        await _page.TypeAsync("Netzwerk");
        await _page.PressAsync("Enter");
        await SeesAsync("Netzwerk, IT: None");
        await FocusAsync("Netzwerk, IT: None");
        await _page.PressAsync("2");
        await FocusAsync("Printer, IT: None");
        await _page.ClickAsync("#who .btn:nth-of-type(2)");
        await _page.EvaluateAsync<object>("() => { const box = document.querySelector('#move-to'); box.selectedIndex = 1; }");
        await _page.ClickAsync("dialog .primary");
        await ReadsAsync("#preview-words", "Anna Berg can then open 1 item, through group IT.");
        await _page.ClickAsync("#apply");
        await SeesAsync("Printer, IT: Read, Inherited");
        await SeesAsync("Printer, Anna Berg: Read, through group IT");
        await ReadsAsync("#who .why", "From the folder");
        await Looks.CheckAsync(_page, "office-folder", Name);

        await FocusAsync("Netzwerk, IT: Read");
        await ReadsAsync("#who", "It can be removed when nothing is in it.");
        await FocusAsync("Printer, IT: Read, Inherited");
        await _page.ClickAsync("#who .btn:nth-of-type(2)");
        await _page.EvaluateAsync<object>("() => { const box = document.querySelector('#move-to'); box.selectedIndex = 0; }");
        await _page.ClickAsync("dialog .primary");
        await _page.ClickAsync("#apply");
        await SeesAsync("Printer, IT: Read"); // its own now
        await FocusAsync("Netzwerk, IT: Read");
        await _page.PressButtonAsync("Remove folder");
        await ReadsAsync("dialog h2", "Remove “Netzwerk”?");
        await Looks.CheckAsync(_page, "office-folder-remove", Name);
        await _page.ClickAsync("dialog .primary");
        await _page.WaitForAsync("() => document.querySelector('dialog') === null && !document.querySelector('#grid').textContent.includes('Netzwerk')");
    }

    [Test]
    public async Task Item_is_shared_in_three_clicks_from_its_details_and_taken_back()
    {
        var site = await Browser.NewPageAsync();
        await Browser.OpenAsync(site, $"{Person.Site.Secure("printer.test")}/login.html");
        var popup = await Browser.TriggerActionAsync(site);
        await popup.DetailsAsync("newsletter", "Newsletter tool");

        await popup.ClickAsync("#share-item");
        await popup.WaitForAsync("() => document.querySelectorAll('#share-people .person').length === 2");
        await popup.ClickAsync("#share-people > :nth-child(2) .person");
        await popup.ClickAsync("#share-people > :nth-child(2) [data-right=use]");

        await popup.ReadsAsync("Anna Berg now has the right “Use”");
        await Looks.CheckAsync(popup, "office-share", Name);
        await SeesAsync("Newsletter tool, Anna Berg: Use");

        await popup.PressButtonAsync("Undo");
        await popup.WaitForAsync("() => document.querySelector('#share-people .chip') === null");
        await popup.CloseAsync();
        await site.CloseAsync();
        await _page.ActivateAsync();
        await SeesAsync("Newsletter tool, Anna Berg: None");
    }

    [Test]
    public async Task Grid_stays_while_the_server_is_away_and_goes_with_the_lock()
    {
        await _world.StopServerAsync();
        await FocusAsync("Router, Anna Berg: None");
        await _page.PressAsync("1");
        await _page.ClickAsync("#apply");
        await _page.WaitForAsync("() => document.querySelector('.preview .progress') !== null");
        await _page.WaitForAsync("() => document.body.innerText.includes('cannot be reached. This is how things were')");
        Assert.That(await LabelAsync(), Is.EqualTo("Router, Anna Berg: Use, Not applied"));
        await Looks.CheckAsync(_page, "office-offline", Name);
        await _page.ClickAsync(".preview .btn");
        await _page.WaitForAsync("() => document.body.innerText.includes('Stopped after 0 of 1 items')");
        await _world.StartServerAsync();

        await Person.RunAsync("lock");
        await _page.WaitForAsync("() => document.querySelector('#passphrase') !== null && document.querySelector('#grid') === null");
    }

    private Task<string> OlgaAsync(string[] lines, params string[] arguments) => Person.AnswerAsync([BrowserPerson.Passphrase, .. lines], arguments);

    private Task SeesAsync(string label) => _page.WaitForAsync("""
        (label) => {
          if (document.querySelector(`[aria-label="${label}"]`) !== null) return true;
          throw new Error([...document.querySelectorAll("[aria-label]")].map((each) => each.ariaLabel).join("; "));
        }
        """, label);

    /// <summary>Goes to a cell with the mouse; it is not yet clicked a second time.</summary>
    private async Task FocusAsync(string label)
    {
        await SeesAsync(label);
        await _page.ClickAsync($"[aria-label=\"{label}\"]");
        await _page.WaitForAsync("(label) => document.querySelector(`[aria-label=\"${label}\"] .is-focus`) !== null", label);
    }

    /// <summary>What the cell with the focus says.</summary>
    private Task<string> LabelAsync() => _page.EvaluateAsync<string>("() => document.getElementById(document.querySelector('#grid').getAttribute('aria-activedescendant')).ariaLabel");

    private Task ReadsAsync(string selector, string words) => _page.WaitForAsync("""
        (selector, words) => {
          const text = document.querySelector(selector)?.textContent ?? "(not there)";
          if (text.includes(words)) return true;
          throw new Error(`it says "${text}"`);
        }
        """, selector, words);
}
