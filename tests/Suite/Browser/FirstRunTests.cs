using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;
using Suite.Unit.Vault;
using Vault;

namespace Suite.Browser;

/// <summary>The first-run page leads from the install to a fill. That it opens by itself is seen at every start of a browser.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class FirstRunTests(string name) : OwnBrowser(name)
{
    private IPage _page = null!;

    [SetUp]
    public async Task OpenPage()
    {
        await Person.RunAsync("lock");
        _page = await Browser.OpenExtensionPageAsync("firstRun.html");
    }

    [TearDown]
    public Task ClosePage() => _page.CloseAsync();

    [Test]
    public async Task Program_that_was_missing_is_found_when_thePerson_comes_back()
    {
        File.Delete(Person.ManifestOf(Browser));
        await Browser.KillBackgroundAsync();
        await _page.ReloadAsync();
        await HeadingAsync(1, "Latchkey’s program is not on this computer");
        Assert.That(await CommandAsync(), Is.EqualTo("latchkey install"));

        await Person.InstallAsync(Name, Browser.ProfileFolder);
        await _page.EvaluateAsync<object>("() => dispatchEvent(new Event('focus'))");
        await HeadingAsync(1, "The program is found");
    }

    [Test]
    public async Task Browser_in_a_sandbox_has_words_of_its_own()
    {
        File.Delete(Person.ManifestOf(Browser));
        try
        {
            await Browser.KillBackgroundAsync();
            await _page.ReloadAsync();
            await HeadingAsync(1, "Latchkey’s program is not on this computer");
            await _page.ClickAsync(".tick:nth-child(1) .actions .btn.quiet");
            await HeadingAsync(1, "A sandbox keeps this browser from the program");
        }
        finally
        {
            await Person.InstallAsync(Name, Browser.ProfileFolder);
        }
    }

    [Test]
    public async Task Vault_is_made_here()
    {
        File.Move(Person.VaultPath, Person.VaultPath + ".aside");
        try
        {
            await _page.ReloadAsync();
            await _page.ClickAsync("#new-passphrase");
            await _page.TypeAsync(BrowserPerson.Passphrase);
            await _page.ClickAsync("#again");
            await _page.TypeAsync(BrowserPerson.Passphrase);
            await _page.PressAsync("Enter");
            await HeadingAsync(2, "vault.kdbx is open");
            Assert.That(Person.VaultPath, Does.Exist);
        }
        finally
        {
            await Person.RunAsync("lock");
            File.Move(Person.VaultPath + ".aside", Person.VaultPath, overwrite: true);
        }
    }

    [Test]
    public async Task KeePass_file_is_opened_by_its_path_and_then_is_the_own_vault()
    {
        var path = Path.Combine(Person.Home, "my passwords.kdbx");
        using (var key = TestVault.Key())
        using (var vault = VaultFile.Create(path, key, KdfSettings.Floor))
        {
            vault.Write();
        }
        await WantFileAsync();
        await _page.TypeAsync("my passwords.kdbx");
        await _page.PressAsync("Enter");
        await _page.WaitForAsync("() => document.querySelector('#path-hint.error') !== null");
        await OpenFileAsync(Path.Combine(Person.Home, "gone.kdbx"), BrowserPerson.Passphrase);
        await _page.WaitForAsync("() => document.querySelector('#path-hint.error')?.textContent.includes('There is no file')");
        await OpenFileAsync(path, BrowserPerson.WrongPassphrase);
        await _page.WaitForAsync("() => document.querySelector('#file-passphrase-hint.error') !== null");
        await OpenFileAsync(new Uri(path).AbsoluteUri, BrowserPerson.Passphrase);
        await HeadingAsync(2, "my passwords.kdbx is open");

        // And back, while that one is open.
        await _page.ClickAsync(".tick:nth-child(2) .actions .btn");
        await OpenFileAsync(Person.VaultPath, BrowserPerson.Passphrase);
        await HeadingAsync(2, "vault.kdbx is open");
    }

    [Test]
    public async Task Passphrase_has_the_focus_when_the_page_opens_and_another_vault_can_be_let_be()
    {
        await _page.WaitForAsync("() => document.activeElement?.id === 'passphrase'");
        await _page.UnlockPageAsync();
        await _page.ClickAsync(".tick:nth-child(2) .actions .btn");
        await _page.WaitForAsync("() => document.activeElement?.id === 'path'");
        await _page.ClickAsync(".tick:nth-child(2) .actions .btn.quiet");
        await HeadingAsync(2, "vault.kdbx is open");
    }

    [Test]
    public async Task Sample_is_filled_by_the_button_and_is_remembered()
    {
        await _page.UnlockPageAsync();
        await _page.ClickAsync(".tick:nth-child(3) .btn.primary");
        await IsFilledAsync();
        await HeadingAsync(3, "Filling works");

        await _page.ReloadAsync();
        await HeadingAsync(3, "Filling works");
    }

    [Test]
    public async Task Sample_is_filled_by_the_key_that_fills_every_page()
    {
        await _page.UnlockPageAsync();
        await Browser.CommandAsync(_page, "fill");
        await IsFilledAsync();
    }

    [Test]
    public async Task Sample_that_was_filled_before_leaves_the_passphrase_alone()
    {
        await _page.EvaluateAsync<object>("async () => { await chrome.storage.local.set({ sampleFilled: true }); }");
        await _page.ReloadAsync();
        await _page.WaitForAsync("() => document.activeElement?.id === 'passphrase'");
        await Browser.CommandAsync(_page, "fill");
        await IsFilledAsync();
        Assert.That(await _page.EvaluateAsync<string>("() => document.querySelector('#passphrase').value"), Is.Empty);
    }

    [Test]
    public async Task Sample_stays_empty_when_another_page_asks_the_background()
    {
        await _page.UnlockPageAsync();
        var popup = await Browser.TriggerActionAsync(_page);
        await popup.WaitForAsync("() => document.querySelector('#popup').childElementCount > 0");
        await popup.CloseAsync();

        Assert.That(await _page.EvaluateAsync<string>("() => document.querySelector('#username').value"), Is.Empty);
    }

    [Test]
    public async Task Page_opens_once_in_the_life_of_a_profile()
    {
        await using var person = await BrowserPerson.CreateAsync();
        var first = await person.StartBrowserAsync(Name);
        var profile = first.ProfileFolder;
        await first.CloseAsync();
        var again = await person.StartBrowserAsync(Name, profile: profile);
        var popup = await again.OpenExtensionPageAsync("popup.html");
        await popup.WaitForAsync("() => document.activeElement?.id === 'passphrase'");

        var urls = await Task.WhenAll((await again.PagesAsync()).Select(page => page.UrlAsync()));
        Assert.That(urls, Has.None.Contains("firstRun.html"));
    }

    private async Task WantFileAsync()
    {
        await _page.ClickAsync(".tick:nth-child(2) [role=group] button:nth-child(2)");
        await _page.ClickAsync("#path");
    }

    private async Task OpenFileAsync(string path, string passphrase)
    {
        foreach (var (field, text) in new[] { ("#path", path), ("#file-passphrase", passphrase) })
        {
            await _page.ClickAsync(field);
            await _page.PressAsync("Control+a");
            await _page.TypeAsync(text);
        }
        await _page.PressAsync("Enter");
    }

    private Task HeadingAsync(int tick, string words) => _page.WaitForAsync(
        "(selector, words) => document.querySelector(selector)?.textContent === words", $".tick:nth-child({tick}) h2", words);

    private Task<string> CommandAsync() => _page.EvaluateAsync<string>("() => document.querySelector('.tick .cmd code').textContent");

    private Task IsFilledAsync() => _page.WaitForAsync("""
        () => document.querySelector("#username").value === "anna@nordlicht.example" && document.querySelector("#password").value !== ""
        """);
}
