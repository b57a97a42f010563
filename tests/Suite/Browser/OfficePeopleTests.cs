using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Browsers;
using NUnit.Framework;
using Suite.Shares;

namespace Suite.Browser;

/// <summary>
/// The people of an office on its page, with a real share server: Olga owns it and sits at the browser, everybody else has a host of their own.
/// </summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class OfficePeopleTests(string name) : OwnBrowser(name)
{
    private const string Hostname = "router.test";

    private readonly List<BrowserPerson> _others = [];
    private OfficeWorld _world = null!;
    private IPage _page = null!;

    protected override BrowserSetup Setup => Looks.Setup(Name);

    [OneTimeSetUp]
    public async Task FoundOffice()
    {
        _world = await OfficeWorld.StartAsync(TimeProvider.System);
        await OlgaAsync([_world.Server.OwnerCode!], "office", "create", _world.Address, "--name", "Olga Berg", "--mail", "olga@office.example");
        await OlgaAsync([Person.Site.Password], "add", "--title", "Router", "--username", Person.Site.UserName, "--url", $"https://{Hostname}");
        await OlgaAsync(["p4yroll"], "add", "--title", "Payroll portal", "--username", "payroll@office.example", "--url", "https://payroll.example");
        await OlgaAsync(["r3gistrar"], "add", "--title", "Domain registrar", "--username", "hostmaster");
        await OlgaAsync([], "office", "share", "Router", "Payroll portal", "Domain registrar");
        _page = await Browser.OpenExtensionPageAsync("office.html#log");
        await _page.WaitForAsync("() => document.querySelector('#passphrase') !== null");
        await _page.ClickAsync("#passphrase");
        await _page.TypeAsync(BrowserPerson.Passphrase);
        await _page.PressAsync("Enter");
        await _page.WaitForAsync("() => document.querySelectorAll('.words li').length === 8");
    }

    [OneTimeTearDown]
    public async Task EndOffice()
    {
        foreach (var other in _others)
        {
            await other.DisposeAsync();
        }
        await (_world?.DisposeAsync() ?? default);
    }

    [Test]
    public async Task Somebody_is_invited_by_the_page_joins_comes_into_a_group_and_becomes_an_administrator()
    {
        var bob = await JoinedAsync("Bob Lang");
        await ShowAsync("members");
        await _page.PressButtonAsync("Invite");
        await _page.PressButtonAsync("Make invitation");
        await _page.WaitForAsync("() => document.querySelector('.code-shown') !== null");
        await Looks.CheckAsync(_page, "people-invited", Name);
        var code = await _page.EvaluateAsync<string>("() => document.querySelector('.code-shown').textContent");
        await JoinAsync(await NewAsync(), code, "Ines Duarte");
        await ReadsAsync("Ines Duarte");
        await _page.PressButtonAsync("Handed over");

        await _page.PressButtonAsync("New group");
        await _page.WaitForAsync("() => document.querySelector('#group-name') !== null");
        await _page.TypeIntoAsync("#group-name", "Front desk");
        await _page.EvaluateAsync<object>("""
            () => [...document.querySelectorAll(".boxes .check")].find((each) => each.textContent === "Bob Lang").querySelector("input").click()
            """);
        await _page.PressButtonAsync("Make group");
        await _page.WaitForAsync("() => document.querySelector('.side h2')?.textContent === 'Front desk'");

        await ChooseAsync("Ines Duarte");
        await _page.EvaluateAsync<object>("() => document.querySelector('#role-administrator').click()");
        await _page.WaitForAsync("() => document.querySelector('tr.chosen')?.textContent.includes('Administer')");
        await Looks.CheckAsync(_page, "people-member", Name);
        Assert.That(
            (string)JsonNode.Parse(await bob.AnswerAsync([BrowserPerson.Passphrase], "office", "groups", "--json"))!["groups"]![0]!["name"]!,
            Is.EqualTo("Front desk"));
    }

    [Test]
    public async Task Who_is_removed_leaves_a_worklist_that_begins_with_what_was_revealed_and_ticks_itself()
    {
        var eve = await JoinedAsync("Eve Lindqvist");
        foreach (var item in new[] { "Router", "Payroll portal", "Domain registrar" })
        {
            await OlgaAsync([], "office", "grant", item, "Eve Lindqvist", "read");
        }
        await eve.AnswerAsync([BrowserPerson.Passphrase], "office", "members"); // has an exchange
        await eve.AnswerAsync([BrowserPerson.Passphrase], "get", "Payroll portal", "--field", "Password");
        await eve.AnswerAsync([BrowserPerson.Passphrase], "office", "members");

        await ShowAsync("members");
        await ReadsAsync("Eve Lindqvist");
        await ChooseAsync("Eve Lindqvist");
        await _page.PressButtonAsync("Remove Eve Lindqvist");
        await ReadsAsync("Eve Lindqvist can open 3 items that you can open too.");
        await Looks.CheckAsync(_page, "people-remove", Name);
        await _page.EvaluateAsync<object>("() => document.querySelector('dialog .btn.danger').click()");

        await ReadsAsync("0 of 3 passwords changed.");
        await _page.WaitForAsync("""
            () => {
              const first = document.querySelector("tbody tr");
              return first?.textContent.includes("Payroll portal") && first.textContent.includes("Revealed");
            }
            """);
        await Looks.CheckAsync(_page, "people-leaver", Name);
        await OlgaAsync(["something new"], "edit", "Payroll portal", "--password");
        await ReadsAsync("1 of 3 passwords changed.");
    }

    [Test]
    public async Task Fill_is_in_the_audit_and_found_by_its_filter()
    {
        var page = await Browser.NewPageAsync();
        await Browser.OpenAsync(page, $"{Person.Site.Secure(Hostname)}/login.html");
        var popup = await Browser.TriggerActionAsync(page);
        await popup.FillFirstAsync();
        await page.IsFilledAsync(Person.Site);
        await page.CloseAsync();

        await ShowAsync("audit");
        await ReadsAsync("Founded the office");
        await Looks.CheckAsync(_page, "people-audit", Name);
        await _page.PressButtonAsync("Filled");
        await _page.WaitForAsync("""
            () => {
              const rows = [...document.querySelectorAll("tbody tr:not(.day)")];
              return rows.length === 1 && rows[0].textContent.includes("Olga Berg") && rows[0].textContent.includes("Router");
            }
            """);
    }

    [Test]
    public async Task Log_shows_the_words_that_a_colleague_reads()
    {
        var carla = await JoinedAsync("Carla Ruiz");
        await ShowAsync("log");
        await ReadsAsync("Took in Carla Ruiz as Member");

        var log = JsonNode.Parse(await carla.AnswerAsync([BrowserPerson.Passphrase], "office", "log", "--json"))!;
        var words = await _page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.words li')].map((each) => each.textContent)");

        Assert.That(words, Is.EqualTo(log["words"]!.AsArray().Select(word => (string)word!)));
        await Looks.CheckAsync(_page, "people-log", Name);
    }

    [Test]
    public async Task Folders_are_brought_in_each_with_its_rights_and_the_preview_says_who_can_open_what()
    {
        var dora = await JoinedAsync("Dora Nowak");
        foreach (var (title, folder) in new[] { ("Switch", "Servers"), ("Rack", "Servers/Cellar"), ("Shelf", "Servers/Cellar"), ("Diary", "Mine") })
        {
            await OlgaAsync(["s3cret"], "add", "--title", title, "--username", "olga", "--folder", folder);
        }
        await ShowAsync("bring");
        await ReadsAsync("Cellar");
        await _page.EvaluateAsync<object>("() => [...document.querySelectorAll('.check.folder')].find((each) => each.textContent === 'Servers').querySelector('label').click()");
        await ReadsAsync("3 items move into");
        await ReadsAsync("Nobody but you can open them until you share them.");
        await GiveAsync("Servers", "Dora Nowak", "read");
        await ReadsAsync("Dora Nowak can then open 3 items.");
        await GiveAsync("Cellar", "Dora Nowak", "none");
        await ReadsAsync("Dora Nowak can then open 1 item.");
        await ReadsAsync("Nobody but you can open 2 of them.");
        await Looks.CheckAsync(_page, "bring", Name);
        await _page.PressButtonAsync("Bring 3 items");
        await ReadsAsync("3 items came into");
        await Looks.CheckAsync(_page, "bring-done", Name);

        await dora.AnswerAsync([BrowserPerson.Passphrase], "office", "members"); // has an exchange
        Assert.That((await dora.AnswerAsync([BrowserPerson.Passphrase], "get", "Switch", "--field", "Password")).Trim(), Is.EqualTo("s3cret"));
        Assert.That(await dora.AnswerAsync([BrowserPerson.Passphrase], "list"), Does.Not.Contain("Rack").And.Not.Contain("Diary"));
        await ShowAsync("access");
        await ReadsAsync("Cellar");
    }

    private async Task GiveAsync(string folder, string member, string right)
    {
        await _page.EvaluateAsync<object>("(name) => [...document.querySelectorAll('.check.folder')].find((each) => each.textContent === name).querySelector('input').focus()", folder);
        await _page.WaitForAsync("(name) => document.querySelector('.side h2')?.textContent === name", folder);
        await _page.EvaluateAsync<object>("""
            (name, right) => {
              const list = [...document.querySelectorAll(".give")].find((each) => each.querySelector("label").textContent === name).querySelector("select");
              list.value = right;
              list.dispatchEvent(new Event("change", { bubbles: true }));
            }
            """, member, right);
    }

    private Task ReadsAsync(string text) => _page.WaitForAsync("(text) => document.body.innerText.includes(text)", text);

    private Task<object> ShowAsync(string view) => _page.EvaluateAsync<object>("(view) => { location.hash = view; }", view);

    private Task<object> ChooseAsync(string member) => _page.EvaluateAsync<object>("""
        (name) => {
          const button = [...document.querySelectorAll("button.row-name")].find((each) => each.querySelector(".cut").textContent === name);
          button.focus();
          button.click();
        }
        """, member);

    private Task<string> OlgaAsync(string[] lines, params string[] arguments) => Person.AnswerAsync([BrowserPerson.Passphrase, .. lines], arguments);

    private async Task<BrowserPerson> NewAsync()
    {
        var person = await BrowserPerson.CreateAsync();
        _others.Add(person);
        return person;
    }

    /// <summary>Somebody with an invitation of Olga's, whose host lets them in.</summary>
    private async Task<BrowserPerson> JoinedAsync(string member)
    {
        var code = (string)JsonNode.Parse(await OlgaAsync([], "office", "invite", "--json"))!["code"]!;
        var person = await NewAsync();
        await JoinAsync(person, code, member);
        await OlgaAsync([], "office", "members"); // has an exchange: nobody waits for the hint
        return person;
    }

    private Task<string> JoinAsync(BrowserPerson person, string code, string member) =>
        person.AnswerAsync([BrowserPerson.Passphrase, code], "office", "join", _world.Address, "--name", member);
}
