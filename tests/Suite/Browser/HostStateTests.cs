using System.Runtime.Versioning;
using Browsers;
using Browsers.Site;
using NUnit.Framework;
using Suite.Hosting;

namespace Suite.Browser;

/// <summary>The vault locks, programs are killed, are missing or are in the wrong place: the popup says so, and it goes on from there.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class HostStateTests(string name) : OwnBrowser(name)
{
    private IPage _page = null!;

    private TestSite Site => Person.Site;

    [SetUp]
    public async Task OpenLockedPage()
    {
        await Person.RunAsync("lock");
        _page = await Browser.NewPageAsync();
        await Browser.OpenAsync(_page, $"{Site.Secure("shop.test")}/login.html");
    }

    [TearDown]
    public async Task ClosePage() => await _page.CloseAsync();

    [Test]
    public async Task Passphrase_opens_the_list()
    {
        var popup = await PopupAsync();
        await popup.UnlockAsync();

        Assert.That(await popup.TitlesAsync(), Does.Contain("Shop"));
        Assert.That(await popup.EvaluateAsync<string>("() => document.activeElement.id"), Is.EqualTo("search"));
    }

    [Test]
    public async Task Wrong_passphrase_says_so_and_selects_what_was_typed()
    {
        var popup = await PopupAsync();
        await popup.TypePassphraseAsync(BrowserPerson.WrongPassphrase);
        await popup.WaitForAsync("() => document.querySelector('.hint.error')?.textContent.includes('does not open vault.kdbx.')");
        var selected = await popup.EvaluateAsync<int[]>("""
            () => [document.activeElement.selectionStart, document.activeElement.selectionEnd]
            """);
        Assert.That(selected, Is.EqualTo((int[])[0, BrowserPerson.WrongPassphrase.Length]));

        await popup.UnlockAsync();
    }

    [Test]
    public async Task Command_on_a_locked_vault_opens_the_popup_and_the_unlock_fills()
    {
        var popup = await Browser.PopupAfterAsync(() => Browser.CommandAsync(_page, "fill"));
        await popup.TypePassphraseAsync();
        await _page.IsFilledAsync(Site);
    }

    [Test]
    public async Task Lock_command_locks()
    {
        await UnlockAsync();
        var host = Person.HostId;
        await Browser.CommandAsync(_page, "lock");
        Assert.That(HostWorld.HasGone(host), Is.True);

        await UnlockAsync();
    }

    [Test]
    public async Task Button_in_the_popup_locks_and_the_host_ends_and_the_key_of_the_address_bar_does_not()
    {
        var popup = await PopupAsync();
        await popup.UnlockAsync();
        var host = Person.HostId;
        var isTheBrowsers = await popup.EvaluateAsync<bool>("""
            () => ["ctrlKey", "altKey"].every((modifier) => document.activeElement.dispatchEvent(
              new KeyboardEvent("keydown", { key: "l", code: "KeyL", [modifier]: true, bubbles: true, cancelable: true })))
            """);
        Assert.That(isTheBrowsers, Is.True);
        await popup.AskAsync("""{"type":"search","query":""}""");

        await popup.ClickAsync("#lock");
        await popup.WaitForAsync("() => document.activeElement?.id === 'passphrase'");

        Assert.That(HostWorld.HasGone(host), Is.True);
    }

    [Test]
    public async Task Host_killed_means_locked_and_the_next_unlock_fills()
    {
        await UnlockAsync();
        HostWorld.Kill(Person.HostId);
        await UnlockAsync();
        await FillsAsync();
    }

    [Test]
    public async Task Popup_shows_at_once_that_the_host_was_killed()
    {
        var popup = await PopupAsync();
        await popup.UnlockAsync();
        HostWorld.Kill(Person.HostId);
        await popup.WaitForAsync("() => document.activeElement?.id === 'passphrase'");
    }

    [Test]
    public async Task Relay_killed_is_started_again_and_fills()
    {
        await UnlockAsync();
        HostWorld.Kill(Person.RelayIds()[^1]);
        await FillsAsync();
    }

    [Test]
    public async Task Vault_locked_while_a_fill_is_under_way_fills_nothing()
    {
        await UnlockAsync();
        var host = Person.HostId;
        var popup = await Browser.PopupAfterAsync(async () =>
        {
            HostProcess.Stop(host);
            await Browser.CommandAsync(_page, "fill");
            HostWorld.Kill(host);
        });
        await popup.WaitForAsync("() => document.activeElement?.id === 'passphrase'");

        Assert.That(await _page.FilledFieldsAsync(), Is.Empty);
    }

    [Test]
    public async Task Manifest_with_a_wrong_path_shows_that_the_program_is_not_there()
    {
        var manifest = Person.ManifestOf(Browser);
        var right = await File.ReadAllTextAsync(manifest);
        await File.WriteAllTextAsync(manifest, right.Replace("latchkey-relay", "gone", StringComparison.Ordinal));
        try
        {
            await Browser.KillBackgroundAsync();
            var popup = await PopupAsync();
            await popup.WaitForAsync("() => document.querySelector('.problem h1') !== null");
            await File.WriteAllTextAsync(manifest, right);
            await popup.ClickAsync(".btn.primary");
            await popup.UnlockAsync();
        }
        finally
        {
            await File.WriteAllTextAsync(manifest, right);
        }
    }

    [Test]
    public async Task Missing_manifest_shows_how_to_install_and_goes_on_after_that()
    {
        File.Delete(Person.ManifestOf(Browser));
        await Browser.KillBackgroundAsync();
        var popup = await PopupAsync();
        await popup.HeadingAsync("Latchkey’s program is not on this computer");
        Assert.That(await popup.EvaluateAsync<string>("() => document.querySelector('.cmd code').textContent"), Is.EqualTo("latchkey install"));

        await Person.InstallAsync(Name, Browser.ProfileFolder);
        await popup.ClickAsync(".btn.primary");
        await popup.UnlockAsync();
    }

    private Task<IView> PopupAsync() => Browser.TriggerActionAsync(_page);

    private async Task UnlockAsync()
    {
        var popup = await PopupAsync();
        await popup.UnlockAsync();
        await popup.CloseAsync();
    }

    private async Task FillsAsync()
    {
        var popup = await PopupAsync();
        await popup.FillFirstAsync();
        await _page.IsFilledAsync(Site);
    }
}
