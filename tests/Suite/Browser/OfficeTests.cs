using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Browsers;
using NUnit.Framework;
using Suite.Shares;

namespace Suite.Browser;

/// <summary>
/// Two people of an office with a real share server: what Olga grants on her computer is in Anna's open popup a moment later and fills, and
/// what she takes away is gone.
/// </summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class OfficeTests(string name) : OwnBrowser(name)
{
    private const string Hostname = "router.test";

    private OfficeWorld _world = null!;
    private BrowserPerson _olga = null!;
    private IPage _page = null!;

    [OneTimeSetUp]
    public async Task FoundOffice()
    {
        _world = await OfficeWorld.StartAsync(TimeProvider.System);
        _olga = await BrowserPerson.CreateAsync();
        await OlgaAsync([_world.Server.OwnerCode!], "office", "create", _world.Address, "--name", "Olga");
        await OlgaAsync([Person.Site.Password], "add", "--title", "Router", "--username", Person.Site.UserName, "--url", $"https://{Hostname}");
        var code = (string)JsonNode.Parse(await OlgaAsync([], "office", "invite", "--json"))!["code"]!;
        await Person.AnswerAsync([BrowserPerson.Passphrase, code], "office", "join", _world.Address, "--name", "Anna");
        _page = await Browser.NewPageAsync();
        await (await UnlockedAsync()).CloseAsync();
    }

    [OneTimeTearDown]
    public async Task EndOffice()
    {
        await (_olga?.DisposeAsync() ?? default);
        await (_world?.DisposeAsync() ?? default);
    }

    [Test]
    public async Task Granted_item_comes_into_the_open_popup_fills_is_not_shown_and_goes_when_it_is_taken_away()
    {
        await Browser.OpenAsync(_page, $"{Person.Site.Secure(Hostname)}/login.html");
        var popup = await Browser.TriggerActionAsync(_page);
        await popup.ReadsAsync($"No login of yours belongs to {Hostname}");
        await OlgaAsync([], "office", "share", "Router", "--to", "Anna=use");
        await popup.ReadsAsync("Router");
        await Looks.CheckAsync(popup, "office-list", Name);

        await popup.DetailsAsync("router", "Router");
        Assert.That(await popup.EvaluateAsync<string>("() => document.querySelector('#popup').innerText"), Does.Not.Contain("1970"));
        await popup.ClickAsync("[data-reveals]");
        await popup.ReadsAsync("You may fill this item, and not see it.");
        await Looks.CheckAsync(popup, "office-use-only", Name);
        await popup.CloseAsync();

        popup = await Browser.TriggerActionAsync(_page);
        await popup.FillFirstAsync();
        await _page.IsFilledAsync(Person.Site);
        await _page.SignInAsync(Person.Site);

        await Browser.OpenAsync(_page, $"{Person.Site.Secure(Hostname)}/login.html");
        popup = await Browser.TriggerActionAsync(_page);
        await popup.ReadsAsync("Router");
        await OlgaAsync([], "office", "grant", "Router", "Anna", "none");
        await popup.ReadsAsync($"No login of yours belongs to {Hostname}");
        await popup.CloseAsync();
    }

    private Task<string> OlgaAsync(string[] lines, params string[] arguments) => _olga.AnswerAsync([BrowserPerson.Passphrase, .. lines], arguments);

    private async Task<IView> UnlockedAsync()
    {
        await Browser.OpenAsync(_page, $"{Person.Site.Secure(Hostname)}/login.html");
        var popup = await Browser.TriggerActionAsync(_page);
        await popup.UnlockAsync();
        return popup;
    }
}
