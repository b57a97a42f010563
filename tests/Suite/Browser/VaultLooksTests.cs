using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>Popup and options page of a person with further vaults, as <see cref="Looks"/> looks.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class VaultLooksTests(string name) : OwnBrowser(name)
{
    private static readonly (string Name, int Width, int Height)[] _sizes =
        [("desk", 1280, 1700), ("narrow", 320, 2600), ("zoomed", 640, 400)];

    private IPage _options = null!;

    protected override BrowserSetup Setup => Looks.Setup(Name);

    [OneTimeSetUp]
    public async Task AddVaults()
    {
        _options = await Browser.OpenExtensionPageAsync("options.html#vault");
        await _options.UnlockPageAsync();
        var office = Person.MakeVault("Office", Items.Login("Copier", "copies", "unused", "https://copier.test"),
            Items.Login("Shop account", "office", "unused", "https://shop.test"));
        var club = Person.MakeVault("A rather long name of the sailing club Nordlicht", Items.Login("Harbour", "skipper", "unused", "https://harbour.test"));
        foreach (var path in (string[])[office, club])
        {
            await _options.AddVaultAsync(path);
        }
        await _options.ReloadAsync();
        await _options.ListsVaultsAsync("items inside", "Office: items inside", "Nordlicht: item inside");
    }

    [Test]
    public async Task Popup_with_several_vaults()
    {
        var page = await Browser.NewPageAsync();
        await Browser.OpenAsync(page, $"{Person.Site.Secure("shop.test")}/login.html");
        var popup = await Browser.TriggerActionAsync(page);
        await popup.ListedAsync();
        await popup.WaitForAsync("() => document.querySelectorAll('.row .dot').length > 5");
        await LookAsync(popup, "vaults-list");
        await popup.DetailsAsync("harbour", "Harbour");
        await LookAsync(popup, "vaults-details");
        await popup.PressButtonAsync("Back");
        await popup.PressButtonAsync("Clear search");
        await popup.ClickAsync("#new");
        await popup.HeadingAsync("New login");
        await popup.WaitForAsync("() => document.querySelector('#place')?.checkVisibility()");
        await LookAsync(popup, "vaults-new");
        await page.CloseAsync();
    }

    [Test]
    public async Task Options_with_several_vaults()
    {
        await _options.EvaluateAsync<object>("() => document.querySelectorAll('.setting.vault summary')[1].click()");
        await _options.ClickAsync("#add-vault");
        await LooksAsync("options-vaults");
        await _options.ClickAsync("[data-asks=remove]");
        await _options.WaitForAsync("() => document.querySelector('.setting.vault .btn.danger') !== null");
        await LooksAsync("options-vaults-remove");
    }

    [Test]
    public async Task Vaults_that_are_not_open()
    {
        var path = Path.Combine(Person.Home, "Office.kdbx");
        File.Move(path, path + ".aside");
        try
        {
            await Person.RunAsync("lock");
            var page = await Browser.NewPageAsync();
            await Browser.OpenAsync(page, $"{Person.Site.Secure("shop.test")}/login.html");
            var popup = await Browser.TriggerActionAsync(page);
            await popup.WaitForAsync("() => document.activeElement?.id === 'passphrase'");
            await popup.ClickAsync("summary");
            await LookAsync(popup, "locked-key-file");
            await popup.ClickAsync("#passphrase");
            await popup.UnlockAsync();
            await popup.WaitForAsync("() => document.querySelector('#closed-vaults') !== null");
            await LookAsync(popup, "vaults-closed");
            await page.CloseAsync();
            await _options.ListsVaultsAsync("items inside", "Office: is not where it was", "Nordlicht: item inside");
            await _options.ClickAsync("[data-asks=passphrase]");
            await _options.WaitForAsync("() => document.activeElement?.type === 'password'");
            await LooksAsync("options-vaults-failed");
        }
        finally
        {
            File.Move(path + ".aside", path);
        }
    }

    private async Task LooksAsync(string state)
    {
        foreach (var (size, width, height) in _sizes)
        {
            await _options.SetViewportAsync(width, height);
            await _options.EvaluateAsync<object>("() => document.querySelector('#vault').scrollIntoView()");
            await LookAsync(_options, $"{state}-{size}");
        }
    }

    private Task LookAsync(IView view, string state) => Looks.CheckAsync(view, state, Name);
}
