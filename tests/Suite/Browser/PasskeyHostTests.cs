using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>A page asks for a passkey while the vault is locked, or no host is there; and how all of that looks.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class PasskeyHostTests(string name) : OwnBrowser(name)
{
    private IPage _page = null!;

    protected override BrowserSetup Setup => Looks.Setup(Name);

    [SetUp]
    public async Task OpenPage() => _page = await Browser.NewPageAsync();

    [TearDown]
    public async Task ClosePage() => await _page.CloseAsync();

    [Test]
    public async Task Locked_vault_is_unlocked_first_or_left_for_another_device()
    {
        await Person.RunAsync("lock");
        await OpenAsync("""{"user":"anna"}""");
        var popup = await Browser.PopupAfterAsync(() => _page.ClickAsync("#create"));
        await popup.ReadsAsync($"{new Uri(Person.Site.Secure("shop.test")).Authority} asks for a passkey. Unlock to answer.");
        await Looks.CheckAsync(popup, "passkey-locked", Name);
        await popup.TypePassphraseAsync();
        await popup.HeadingAsync("Create a passkey?");
        await Looks.CheckAsync(popup, "passkey-create", Name);
        await popup.EvaluateAsync<object>("() => document.querySelector(\".check input[value='']\").click()");
        await Looks.CheckAsync(popup, "passkey-create-new", Name);
        await popup.PressButtonAsync("Create passkey");
        await AnswersAsync("registered anna");

        await OpenAsync("""{"user":"anna"}""");
        popup = await Browser.PopupAfterAsync(() => _page.ClickAsync("#get"));
        await popup.HeadingAsync("Sign in with a passkey?");
        await Looks.CheckAsync(popup, "passkey-get", Name);
        await popup.PressButtonAsync("Cancel");
        await OpenAsync("""{"user":"anna","exclude":true}""");
        popup = await Browser.PopupAfterAsync(() => _page.ClickAsync("#create"));
        await popup.HeadingAsync("There is a passkey already");
        await Looks.CheckAsync(popup, "passkey-excluded", Name);
        await popup.PressButtonAsync("Tell the site");
        await OpenAsync("""{"conditional":true}""");
        popup = await Browser.TriggerActionAsync(_page);
        await popup.ReadsAsync("Sign in to shop.test with a passkey");
        await Looks.CheckAsync(popup, "passkey-offered", Name);
        await popup.DetailsAsync("The shop", "The shop of shop.test");
        await Looks.CheckAsync(popup, "passkey-details", Name);
        await popup.CloseAsync();
        var options = await Browser.OpenExtensionPageAsync("options.html#browser");
        await options.WaitForAsync("() => document.querySelector('#setting-passkeys') !== null");
        await Looks.CheckAsync(options, "options-passkeys", Name);
        await options.CloseAsync();

        await Person.RunAsync("lock");
        await _page.RunFirstAsync("CredentialsContainer.prototype.get = async () => { throw new DOMException('', 'NotSupportedError'); };");
        await OpenAsync("""{"user":"anna"}""");
        popup = await Browser.PopupAfterAsync(() => _page.ClickAsync("#get"));
        await popup.PressButtonAsync("Use another device");
        await AnswersAsync("NotSupportedError: DOMException");
    }

    [Test]
    public async Task Without_a_host_the_browser_answers()
    {
        await Person.RunAsync("lock");
        await _page.RunFirstAsync("CredentialsContainer.prototype.create = async () => { throw new DOMException('', 'NotSupportedError'); };");
        var manifest = Person.ManifestOf(Browser);
        var kept = await File.ReadAllTextAsync(manifest);
        File.Delete(manifest);
        try
        {
            await Browser.KillBackgroundAsync();
            await OpenAsync("""{"user":"anna"}""");
            await _page.ClickAsync("#create");
            await AnswersAsync("NotSupportedError: DOMException");
        }
        finally
        {
            await File.WriteAllTextAsync(manifest, kept);
            await Browser.KillBackgroundAsync();
        }
    }

    private Task OpenAsync(string wanted) =>
        Browser.OpenAsync(_page, $"{Person.Site.Secure("shop.test")}/passkeys.html?{Uri.EscapeDataString(wanted)}");

    private Task AnswersAsync(string words) => _page.WaitForAsync("""
        (words) => {
          const said = document.querySelector("#answer").textContent;
          if (said === words) return true;
          throw new Error(`the page says "${said}"`);
        }
        """, words);
}
