using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>A person with a further vault: it is added and let go on the options page, and shown in the popup beside the own one.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class VaultsTests(string name) : OwnBrowser(name)
{
    private IPage _page = null!;
    private string _office = null!;

    [SetUp]
    public async Task MakeOfficeAndOpenOptions()
    {
        _office = Person.MakeVault("office",
            Items.Login("Copier", "copies", "unused", "https://copier.test") with { Folder = "Machines" },
            Items.Login("Shop account", "office", "unused", "https://shop.test"));
        _page = await Browser.OpenExtensionPageAsync("options.html");
        await _page.UnlockPageAsync();
    }

    [TearDown]
    public async Task LetVaultsGo()
    {
        await _page.RemoveVaultsAsync();
        await _page.CloseAsync();
        File.Delete(_office);
    }

    [Test]
    public async Task Vault_is_added_by_its_path_and_its_items_say_where_they_are()
    {
        await _page.ClickAsync("#add-vault");
        await _page.WaitForAsync("() => document.activeElement?.id === 'path'");
        await _page.TypeAsync("office.kdbx");
        await _page.PressAsync("Enter");
        await _page.WaitForAsync("() => document.querySelector('#path-hint.error') !== null && document.activeElement.id === 'path'");
        await _page.PressAsync("Control+a");
        await _page.TypeAsync(_office);
        await TypeIntoAsync("file-passphrase", BrowserPerson.WrongPassphrase);
        await _page.WaitForAsync("() => document.querySelector('#file-passphrase-hint.error')?.textContent.includes('does not open office.kdbx')");
        await _page.TypeAsync(VaultFiles.Passphrase);
        await _page.PressAsync("Enter");
        await _page.ListsVaultsAsync("Your own: items inside", "office: 2 items inside");
        await _page.WaitForAsync("() => document.activeElement?.id === 'add-vault'");

        var popup = await PopupAsync();
        await RowsAsync(popup, "Copier, copies, in office", "Shop account, office, in office", "Shop, anna, in vault");
    }

    [Test]
    public async Task Items_of_the_only_vault_say_nothing_of_it()
    {
        var popup = await PopupAsync();
        await RowsAsync(popup, "Shop, anna");
        Assert.That(await popup.EvaluateAsync<int>("() => document.querySelectorAll('.dot').length"), Is.Zero);
    }

    [Test]
    public async Task File_that_is_open_already_is_refused_at_its_path()
    {
        await _page.AddVaultAsync(_office);
        await _page.ClickAsync("#add-vault");
        await _page.WaitForAsync("() => document.activeElement?.id === 'path'");
        await _page.TypeAsync(_office);
        await TypeIntoAsync("file-passphrase", VaultFiles.Passphrase);
        await _page.WaitForAsync("() => document.querySelector('#path-hint.error')?.textContent.includes('office.kdbx is open already')");
    }

    [Test]
    public async Task Colour_is_chosen_with_keys_and_kept()
    {
        var id = await AddedAsync();
        await _page.EvaluateAsync<object>("(id) => document.querySelector(`#vault-${id} summary`).focus()", id);
        await _page.PressAsync("Enter");
        await _page.PressAsync("Tab");
        await _page.WaitForAsync("(id) => document.activeElement?.name === `colour-${id}` && document.activeElement.checked", id);
        var before = await ColourAsync(id);
        await _page.PressAsync("ArrowRight");
        await _page.WaitForAsync("(before) => document.activeElement?.type === 'radio' && document.activeElement.value !== before", before);
        var chosen = await _page.EvaluateAsync<string>("() => document.activeElement.value");
        await ShowsColourAsync(id, chosen);

        await _page.ReloadAsync();
        await ShowsColourAsync(id, chosen);
        var popup = await PopupAsync();
        await popup.WaitForAsync("(colour) => document.querySelector(`.row .dot.${colour}`) !== null", chosen);
    }

    [Test]
    public async Task Vault_is_let_go_after_a_question_and_its_file_stays()
    {
        await AddedAsync();
        await _page.ClickAsync("[data-asks=remove]");
        await _page.WaitForAsync("() => document.activeElement?.textContent === 'Keep it'");
        await _page.PressAsync("Enter");
        await _page.WaitForAsync("() => document.activeElement?.dataset.asks === 'remove'");
        await _page.PressAsync("Enter");
        await _page.WaitForAsync("() => document.activeElement?.textContent === 'Keep it'");
        await _page.ClickAsync(".setting.vault .btn.danger");
        await _page.ListsVaultsAsync("items inside");

        Assert.That(_office, Does.Exist);
        var popup = await PopupAsync();
        await RowsAsync(popup, "Shop, anna");
    }

    [Test]
    public async Task Vault_that_did_not_open_says_so_in_both_places_and_opens_with_its_passphrase()
    {
        await AddedAsync();
        File.Move(_office, _office + ".aside");
        try
        {
            await Person.RunAsync("lock");
            await _page.WaitForAsync("() => document.querySelector('#passphrase') !== null");
            await _page.UnlockPageAsync();
            await _page.ListsVaultsAsync("items inside", "office is not where it was");
            var popup = await PopupAsync();
            await popup.WaitForAsync("() => document.querySelector('#closed-vaults')?.textContent.includes('“office” did not open.')");
            await popup.CloseAsync();
            await _page.ClickAsync("[data-asks=passphrase]");
            await _page.WaitForAsync("() => document.activeElement?.type === 'password'");
            await _page.TypeAsync(VaultFiles.Passphrase);
            await _page.PressAsync("Enter");
            await _page.WaitForAsync("() => document.querySelector('.setting.vault .field .hint.error') !== null");
        }
        finally
        {
            File.Move(_office + ".aside", _office);
        }
        await _page.PressAsync("Enter");
        await _page.ListsVaultsAsync("items inside", "office: 2 items inside");
    }

    [Test]
    public async Task Another_browser_sees_a_vault_once_it_has_given_its_passphrase()
    {
        await AddedAsync();
        var other = await Person.StartBrowserAsync(Name);
        var page = await other.OpenExtensionPageAsync("options.html");
        await page.UnlockPageAsync();
        await page.ListsVaultsAsync("items inside", "office: has not given its passphrase");
        await page.ClickAsync("[data-asks=passphrase]");
        await page.WaitForAsync("() => document.activeElement?.type === 'password'");
        await page.TypeAsync(BrowserPerson.WrongPassphrase);
        await page.PressAsync("Enter");
        await page.WaitForAsync("() => document.querySelector('.setting.vault .field .hint.error')?.textContent.includes('does not open office')");
        await page.TypeAsync(VaultFiles.Passphrase);
        await page.PressAsync("Enter");
        await page.ListsVaultsAsync("items inside", "office: 2 items inside");
        await page.CloseAsync();
    }

    [Test]
    public async Task New_item_goes_into_the_chosen_vault_and_the_next_one_is_offered_it_first()
    {
        await AddedAsync();
        var popup = await PopupAsync();
        await popup.ClickAsync("#new");
        await popup.HeadingAsync("New login");
        await PlaceAsync(popup, "vault");
        await ChooseAsync(popup, "office");
        await popup.SetAsync("#title", "Scanner");
        await popup.SetAsync("#folder", "Ma");
        await popup.WaitForAsync("() => document.querySelector('#folder-list [role=option]')?.textContent === 'Machines'");
        await popup.ReadsAsync("Draft kept");
        await popup.CloseAsync();

        popup = await PopupAsync();
        await popup.HeadingAsync("New login");
        await PlaceAsync(popup, "office");
        await popup.PressButtonAsync("Save");
        await popup.HeadingAsync("Scanner");
        await popup.ReadsAsync("in office");
        await popup.CloseAsync();

        popup = await PopupAsync();
        await popup.ListedAsync();
        await popup.ClickAsync("#new");
        await popup.HeadingAsync("New login");
        await PlaceAsync(popup, "office");
        await _page.ReloadAsync();
        await _page.ListsVaultsAsync("items inside", "office: 3 items inside");
    }

    [Test]
    public async Task Vault_with_a_key_file_is_unlocked_in_the_popup()
    {
        var (file, keyFile) = Person.MakeVaultWithKeyFile("keyed", Items.Login("Safe", "anna", "unused", "https://safe.test"));
        await _page.AskAsync($$"""{"type":"openVault","path":"{{file}}","keyFile":"{{keyFile}}","passphrase":"{{BrowserPerson.Passphrase}}"}""");
        try
        {
            await Person.RunAsync("lock");
            var popup = await PopupAsync();
            await popup.TypePassphraseAsync();
            await popup.WaitForAsync("() => document.querySelector('.hint.error') !== null");
            await popup.ClickAsync("summary");
            await popup.ClickAsync("#key-file");
            await popup.TypeAsync(keyFile);
            await popup.PressAsync("Enter");
            await RowsAsync(popup, "Safe, anna");
        }
        finally
        {
            await _page.AskAsync($$"""{"type":"openVault","path":"{{Person.VaultPath}}","passphrase":"{{BrowserPerson.Passphrase}}"}""");
        }
    }

    [Test]
    public async Task Address_of_the_section_leads_there()
    {
        await _page.GotoAsync("about:blank");
        await _page.GotoAsync($"{Browser.ExtensionOrigin}/options.html#vault");
        await _page.WaitForAsync("() => document.activeElement?.id === 'vault-heading'");
    }

    /// <summary>Adds the office's vault and waits until the page lists it.</summary>
    private async Task<string> AddedAsync()
    {
        var id = await _page.AddVaultAsync(_office);
        await _page.ReloadAsync();
        await _page.ListsVaultsAsync("items inside", "office: items inside");
        return id;
    }

    private async Task<IView> PopupAsync()
    {
        var page = await Browser.NewPageAsync();
        await Browser.OpenAsync(page, $"{Person.Site.Secure("shop.test")}/login.html");
        return await Browser.TriggerActionAsync(page);
    }

    private async Task TypeIntoAsync(string id, string text)
    {
        await _page.ClickAsync($"#{id}");
        await _page.TypeAsync(text);
        await _page.PressAsync("Enter");
    }

    private Task<string> ColourAsync(string id) =>
        _page.EvaluateAsync<string>("(id) => document.querySelector(`#vault-${id} input:checked`).value", id);

    private Task ShowsColourAsync(string id, string colour) =>
        _page.WaitForAsync("(id, colour) => document.querySelector(`#vault-${id} h3 .dot`)?.classList.contains(colour)", id, colour);

    private static Task RowsAsync(IView popup, params string[] labels) => popup.WaitForAsync("""
        (labels) => {
          const rows = [...document.querySelectorAll(".row")].map((row) => row.getAttribute("aria-label"));
          return labels.every((label) => rows.includes(label));
        }
        """, (object)labels);

    private static Task PlaceAsync(IView popup, string name) =>
        popup.WaitForAsync("(name) => document.querySelector('#place')?.selectedOptions[0]?.text === name", name);

    private static async Task ChooseAsync(IView popup, string name) => await popup.EvaluateAsync<object>("""
        (name) => {
          const list = document.querySelector("#place");
          list.selectedIndex = [...list.options].findIndex(({ text }) => text === name);
          for (const event of ["input", "change"]) list.dispatchEvent(new Event(event, { bubbles: true }));
        }
        """, name);
}
