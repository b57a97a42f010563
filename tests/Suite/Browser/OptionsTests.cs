using System.Runtime.Versioning;
using System.Text.Json;
using Browsers;
using NUnit.Framework;
using Suite.Hosting;
using Suite.Unit.Vault;
using Vault;

namespace Suite.Browser;

/// <summary>The options page: what is chosen there is kept in the vault, what cannot be kept is said and not lost.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class OptionsTests(string name) : OwnBrowser(name)
{
    private const string Choose = """
        (selector, words) => {
          const list = document.querySelector(selector);
          list.selectedIndex = [...list.options].findIndex(({ text }) => text === words);
          list.dispatchEvent(new Event("change"));
        }
        """;

    private IPage _page = null!;

    [SetUp]
    public async Task OpenOptions()
    {
        _page = await Browser.OpenExtensionPageAsync("options.html");
        await _page.UnlockPageAsync();
    }

    [TearDown]
    public Task CloseOptions() => _page.CloseAsync();

    [Test]
    public async Task Choice_that_protects_more_is_in_the_vault_at_once()
    {
        await ChooseAsync("lockAfterMinutes", "5 minutes");
        await SavedAsync("Lock when idle");

        await _page.ReloadAsync();
        await ShowsAsync("lockAfterMinutes", "5 minutes");
    }

    [Test]
    public async Task Reset_brings_back_what_it_was_at_first_and_goes_away()
    {
        await _page.ClickAsync("#setting-matchKind [role=group] button:first-child");
        await SavedAsync("New items match");
        await ClickResetAsync("matchKind");
        await _page.WaitForAsync("() => document.querySelector('#setting-matchKind .link').hidden");

        Assert.That(await _page.EvaluateAsync<string>("() => document.activeElement.textContent"), Is.EqualTo("Hostname"));
    }

    [Test]
    public async Task Browser_stops_saving_passwords_itself_and_begins_again()
    {
        // The driver of Firefox begins with it off.
        var atFirst = await _page.EvaluateAsync<bool>("async () => (await chrome.privacy.services.passwordSavingEnabled.get({})).value");
        await OwnSavingIsAsync(atFirst);
        await _page.ClickAsync("#setting-own-saving .switch");
        Assert.That(await OwnSavingIsAsync(!atFirst), Is.EqualTo((!atFirst, "controlled_by_this_extension")));
        await _page.ReloadAsync();
        await _page.UnlockPageAsync(); // until then the page grows, and a click may miss
        await OwnSavingIsAsync(!atFirst);
        await _page.ClickAsync("#setting-own-saving .switch");
        Assert.That(await OwnSavingIsAsync(atFirst), Is.EqualTo((atFirst, "controllable_by_this_extension")));
    }

    /// <summary>Waits until the switch says so, and returns what the browser says: whether it saves, and who decides it.</summary>
    private async Task<(bool IsOn, string By)> OwnSavingIsAsync(bool isOn)
    {
        await _page.WaitForAsync("""
            (pressed) => document.querySelector(`#setting-own-saving .switch[aria-pressed=${pressed}]:enabled`) !== null
            """, isOn ? "true" : "false");
        var browsers = await _page.EvaluateAsync<JsonElement>("() => chrome.privacy.services.passwordSavingEnabled.get({})");
        return (browsers.GetProperty("value").GetBoolean(), browsers.GetProperty("levelOfControl").GetString()!);
    }

    /// <summary>Only a policy of the whole computer, or another extension, brings a browser to say so: here its answer is put in its mouth.</summary>
    [Test]
    public async Task Saving_that_somebody_else_decides_cannot_be_switched_and_says_so()
    {
        await _page.EvaluateAsync<object>("""
            async () => {
              const setting = chrome.privacy.services.passwordSavingEnabled;
              const { value } = await setting.get({});
              setting.get = async () => ({ value, levelOfControl: "not_controllable" });
              await setting.set({ value: !value }); // the page hears of a change and asks again
            }
            """);
        await _page.WaitForAsync("() => document.querySelector('#setting-own-saving .switch').disabled");
        Assert.That(await _page.EvaluateAsync<string>("() => document.querySelector('#setting-own-saving .below').innerText"), Is.Not.Empty);
        await _page.EvaluateAsync<object>("async () => { await chrome.privacy.services.passwordSavingEnabled.clear({}); }");
    }

    [Test]
    public async Task Choice_that_protects_less_asks_for_the_passphrase_in_its_place()
    {
        await StalePassphraseAsync();
        await ChooseAsync("clipboardSeconds", "10 minutes");
        await _page.WaitForAsync("() => document.activeElement?.id === 'clipboardSeconds-passphrase'");
        await _page.TypeAsync(BrowserPerson.WrongPassphrase);
        await _page.PressAsync("Enter");
        await _page.WaitForAsync("() => document.querySelector('#setting-clipboardSeconds .hint.error') !== null");
        await ShowsAsync("clipboardSeconds", "10 minutes");

        await _page.TypeAsync(BrowserPerson.Passphrase);
        await _page.PressAsync("Enter");
        await SavedAsync("Clear the clipboard");
        await _page.ReloadAsync();
        await ShowsAsync("clipboardSeconds", "10 minutes");
    }

    [Test]
    public async Task Choice_that_is_given_up_is_as_it_was()
    {
        await StalePassphraseAsync();
        await ChooseAsync("lockAfterHours", "24 hours");
        await _page.WaitForAsync("() => document.activeElement?.id === 'lockAfterHours-passphrase'");
        await _page.ClickAsync("#setting-lockAfterHours .btn.quiet:not(.icon)");
        await ShowsAsync("lockAfterHours", "8 hours");

        Assert.That(await _page.EvaluateAsync<string>("() => document.activeElement.localName"), Is.EqualTo("select"));
    }

    [Test]
    public async Task Choice_that_cannot_be_written_is_said_at_its_place_and_tried_again()
    {
        var folder = Path.GetDirectoryName(Person.VaultPath)!;
        Directory.Move(folder, folder + ".aside");
        try
        {
            await _page.ClickAsync("#setting-lockOnScreenLock .switch");
            await _page.WaitForAsync("() => document.querySelector('#setting-lockOnScreenLock [role=alert]') !== null");
        }
        finally
        {
            Directory.Move(folder + ".aside", folder);
        }
        await _page.ClickAsync("#setting-lockOnScreenLock [role=alert] .btn");
        await SavedAsync("Lock with the screen");
        await ClickResetAsync("lockOnScreenLock");
    }

    [Test]
    public async Task File_that_another_program_replaced_is_left_alone_and_the_place_of_the_choice_is_said()
    {
        var folder = Path.GetDirectoryName(Person.VaultPath)!;
        var right = await File.ReadAllBytesAsync(Person.VaultPath);
        var other = Path.Combine(Person.Home, "other.kdbx");
        using (var key = TestVault.Key())
        using (var vault = VaultFile.Create(other, key, KdfSettings.Floor))
        {
            vault.Write();
        }
        File.Move(other, Person.VaultPath, overwrite: true);
        try
        {
            await _page.ClickAsync("#setting-lockOnScreenLock .switch");
            await _page.WaitForAsync($"""
                () => document.querySelector('#setting-lockOnScreenLock [role=alert]')?.textContent.includes('{folder}')
                """);
        }
        finally
        {
            await Person.RunAsync("lock");
            await File.WriteAllBytesAsync(Person.VaultPath, right);
        }
    }

    [Test]
    public async Task Site_is_added_removed_and_put_back()
    {
        await _page.ClickAsync("#new-site");
        await _page.TypeAsync("two words");
        await _page.PressAsync("Enter");
        await _page.WaitForAsync("() => document.querySelector('#new-site-hint.error') !== null");
        await _page.PressAsync("Control+a");
        await _page.TypeAsync("https://kiosk.example/start");
        await _page.PressAsync("Enter");
        await SitesAsync("kiosk.example");

        await _page.ClickAsync("#setting-sites li button");
        await SitesAsync();
        await _page.PressAsync("Tab");
        await _page.ClickAsync(".toast button");
        await SitesAsync("kiosk.example");
        await _page.ReloadAsync();
        await SitesAsync("kiosk.example");
    }

    [Test]
    public async Task Colours_are_those_of_every_page()
    {
        await _page.ClickAsync("#setting-theme [role=group] button:nth-child(3)");
        await _page.WaitForAsync("() => document.documentElement.dataset.theme === 'dark'");
        var popup = await Browser.OpenExtensionPageAsync("popup.html");
        await popup.WaitForAsync("() => document.documentElement.dataset.theme === 'dark'");
        await popup.CloseAsync();

        await _page.ClickAsync("#setting-theme .link");
        await _page.WaitForAsync("() => document.documentElement.dataset.theme === undefined");
    }

    [Test]
    public async Task Search_leaves_what_it_finds()
    {
        await _page.PressAsync("Control+f");
        await _page.WaitForAsync("() => document.activeElement?.id === 'find'");
        await _page.TypeAsync("clipboard");
        await FindsAsync("setting-clipboardSeconds");
        await _page.TypeAsync("zzz");
        await _page.WaitForAsync("() => document.querySelector('.empty h2')?.textContent.includes('clipboardzzz')");
        await _page.PressAsync("Escape");
        await _page.WaitForAsync("() => document.querySelectorAll('.setting:not([hidden])').length > 8");
    }

    [Test]
    public async Task Lock_elsewhere_shows_the_unlock_and_leaves_what_theBrowser_keeps()
    {
        await Person.RunAsync("lock");
        await _page.WaitForAsync("() => document.querySelector('#passphrase') !== null");
        await FindsAsync("setting-keys", "setting-theme", "setting-fieldIcon", "setting-passkeys", "setting-own-saving");
    }

    [Test]
    public async Task ThisBrowser_can_be_forgotten_and_must_give_the_passphrase_again()
    {
        await _page.WaitForAsync("() => document.querySelectorAll('#browsers .chip').length === 1");
        await _page.ClickAsync("#browsers .setting:has(.chip) .btn");
        await _page.WaitForAsync("() => document.activeElement?.dataset.safe !== undefined");
        await _page.ClickAsync("#browsers .btn.danger");
        await _page.WaitForAsync("() => document.querySelector('#passphrase') !== null");
    }

    [Test]
    public async Task Keys_alone_reach_and_change_a_choice()
    {
        await _page.EvaluateAsync<object>("() => document.querySelector('#setting-fillOnLoad [tabindex=\"0\"]').focus()");
        await _page.PressAsync("ArrowRight");
        await _page.WaitForAsync("() => document.activeElement?.textContent === 'All my items'");
        await _page.PressAsync("ArrowRight");
        await _page.PressAsync("Tab");
        await _page.WaitForAsync("() => document.querySelector('#setting-matchKind').contains(document.activeElement)");
        await _page.PressAsync("ArrowLeft");
        await _page.PressAsync("Enter");
        await SavedAsync("New items match");
        await ClickResetAsync("matchKind");
    }

    /// <summary>Lets the host forget that this browser gave the passphrase a moment ago: that counts on one connection only.</summary>
    private async Task StalePassphraseAsync()
    {
        HostWorld.Kill(Person.RelayIds()[^1]);
        await _page.ReloadAsync();
        await _page.UnlockPageAsync();
    }

    private async Task ChooseAsync(string setting, string words) =>
        await _page.EvaluateAsync<object>(Choose, $"#setting-{setting} select", words);

    private Task ShowsAsync(string setting, string words) => _page.WaitForAsync(
        "(selector, words) => document.querySelector(selector)?.selectedOptions[0].text === words", $"#setting-{setting} select", words);

    private Task SavedAsync(string what) => _page.WaitForAsync(
        "(words) => document.querySelector('.bar [role=status]').textContent === words", $"Saved: {what}");

    private Task SitesAsync(params string[] hostnames) => _page.WaitForAsync("""
        (expected) => document.querySelector("#setting-sites")?.checkVisibility()
          && JSON.stringify([...document.querySelectorAll("#setting-sites li .mono")].map((each) => each.textContent)) === JSON.stringify(expected)
        """, (object)hostnames);

    private Task FindsAsync(params string[] ids) => _page.WaitForAsync("""
        (expected) => JSON.stringify([...document.querySelectorAll(".setting")].filter((each) => each.checkVisibility()).map(({ id }) => id))
          === JSON.stringify(expected)
        """, (object)ids);

    private Task ClickResetAsync(string setting) => _page.ClickAsync($"#setting-{setting} .link:not([hidden])");
}
