using System.Runtime.Versioning;
using System.Text.Json;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>Pages make and use passkeys of the vault once the person agreed, and a library of others judges what they get.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class PasskeyTests(string name) : UnlockedBrowser(name, "passkeys")
{
    private const string Create = "Create a passkey?", Get = "Sign in with a passkey?", Excluded = "There is a passkey already";

    /// <summary>Stands where the browser's own functions are, before anything of the extension's, and says when it is called.</summary>
    private const string NativeStub = """
        const stub = (kind) => async function ({ signal, mediation } = {}) {
          document.documentElement.dataset[kind] = mediation ?? "optional";
          return await new Promise((_, reject) => {
            if (mediation === "conditional") signal.addEventListener("abort", () => reject(signal.reason));
            else reject(new DOMException("the browser's own", "NotSupportedError"));
          });
        };
        CredentialsContainer.prototype.create = stub("nativeCreate");
        CredentialsContainer.prototype.get = stub("nativeGet");
        """;

    [Test]
    public async Task New_passkey_signs_in_with_and_without_being_named()
    {
        await OpenAsync(new { user = "first" });
        await CreateAsync("first");

        await OpenAsync(new { user = "first", allow = true });
        var popup = await AskedAsync("#get", Get);
        Assert.That(await FactAsync(popup, "#passkey-for"), Is.EqualTo("shop.test"));
        await popup.ReadsAsync("first");
        await popup.PressAsync("Enter");
        await AnswersAsync("signed in as first");

        await OpenAsync(new { }, "login.shop.test");
        popup = await AskedAsync("#get", Get);
        await popup.EvaluateAsync<object>("""
            () => [...document.querySelectorAll(".check")].find((each) => each.textContent.startsWith("first")).querySelector("input").click()
            """);
        await popup.PressButtonAsync("Sign in");
        await AnswersAsync("signed in as first");
    }

    [Test]
    public async Task New_passkey_goes_into_the_item_of_the_same_user_and_is_shown_deleted_and_brought_back_there()
    {
        await AddAsync("Second's login", "shop.test", "a password", "second");
        await OpenAsync(new { user = "second" });
        var popup = await AskedAsync("#create", Create);
        Assert.That(await popup.EvaluateAsync<string>("() => document.querySelector('.check:has(:checked) b').textContent"), Is.EqualTo("Second's login"));
        await popup.PressAsync("Enter");
        await AnswersAsync("registered second");

        popup = await PopupAsync();
        await popup.DetailsAsync("second", "Second's login");
        await popup.ReadsAsync("shop.test · second");
        await popup.PressButtonAsync("Delete the passkey");
        await popup.ReadsAsync("The passkey of “Second's login” is deleted.");
        Assert.That(await HasPasskeyAsync(popup), Is.False);
        await popup.PressButtonAsync("Undo");
        await popup.WaitForAsync("() => document.querySelector('#drop-passkey') !== null");
        Assert.That(await HasPasskeyAsync(popup), Is.True);

        static async Task<bool> HasPasskeyAsync(IView popup) =>
            (await popup.AskAsync("""{"type":"search","query":"second"}""")).GetProperty("items")[0].TryGetProperty("hasPasskey", out _);
    }

    [Test]
    public async Task Account_that_has_a_passkey_gets_no_second_one_and_the_page_hears_it_when_the_person_says_so()
    {
        await OpenAsync(new { user = "third" });
        await CreateAsync("third");

        await OpenAsync(new { user = "third", exclude = true });
        var popup = await AskedAsync("#create", Excluded);
        await popup.PressButtonAsync("Tell the site");
        await AnswersAsync("InvalidStateError: DOMException");
    }

    [TestCase("create", Create)]
    [TestCase("get", Get)]
    public async Task Other_device_is_the_browser_s_own_affair(string kind, string heading)
    {
        await OpenAsync(new { user = "fourth" });
        await CreateAsync("fourth");

        await Page.RunFirstAsync(NativeStub);
        await OpenAsync(new { user = "other" });
        var popup = await AskedAsync($"#{kind}", heading);
        await popup.PressButtonAsync("Use another device");
        await IsNativeAsync(kind);
    }

    [TestCase("create", Create)]
    [TestCase("get", Get)]
    public async Task Cancel_is_no_for_the_page(string kind, string heading)
    {
        await OpenAsync(new { user = "fifth" });
        await CreateAsync("fifth");

        await Page.RunFirstAsync(NativeStub);
        await OpenAsync(new { user = "other" });
        var popup = await AskedAsync($"#{kind}", heading);
        await popup.PressButtonAsync("Cancel");
        await AnswersAsync("NotAllowedError: DOMException");
        Assert.That(await Page.EvaluateAsync<string?>("() => document.documentElement.dataset.nativeGet"), Is.Null);
    }

    private static readonly (string Kind, object With, string Hostname)[] _notOurs =
    [
        ("get", new { rpId = "shop.test" }, "evil.test"),
        ("create", new { rp = new { id = "shop.test", name = "Shop" } }, "evil.test"),
        ("get", new { rpId = "test" }, "shop.test"),
        ("create", new { rp = new { id = "test", name = "Shop" } }, "shop.test"),
        ("get", new { rpId = "login.shop.test" }, "shop.test"),
        ("get", new { rpId = "nobody.shop.test" }, "nobody.shop.test"),
        ("get", new { extensions = new { prf = new { eval = new { first = "AAEC" } } } }, "shop.test"),
        ("get", new { hints = new[] { "security-key" } }, "shop.test"),
        ("create", new { pubKeyCredParams = new[] { new { type = "public-key", alg = -257 } } }, "shop.test"),
        ("create", new { authenticatorSelection = new { authenticatorAttachment = "cross-platform" } }, "shop.test"),
        ("create", new { attestation = "enterprise" }, "shop.test"),
    ];

    [Test]
    public async Task What_is_not_ours_is_the_browser_s_own_affair_at_once()
    {
        await Page.RunFirstAsync(NativeStub);
        foreach (var (kind, with, hostname) in _notOurs)
        {
            await OpenAsync(new { user = "nobody", with }, hostname);
            await Page.ClickAsync($"#{kind}");
            await IsNativeAsync(kind);
        }
    }

    [Test]
    public async Task Page_that_gives_up_is_told_so_and_the_popup_asks_no_more()
    {
        await OpenAsync(new { user = "sixth" });
        var popup = await AskedAsync("#create", Create);
        Assert.That(await BadgeAsync("+"), Is.EqualTo("+"));
        await Page.EvaluateAsync<object>("() => document.querySelector('#give-up').click()");
        await AnswersAsync("AbortError: DOMException");
        await popup.ListedAsync();
        await popup.CloseAsync();
        Assert.That(await BadgeAsync("1"), Is.Not.EqualTo("+"));
    }

    [Test]
    public async Task Time_that_is_up_is_no()
    {
        await Page.RunFirstAsync("const wait = setTimeout; window.setTimeout = (then, time) => time === 10_000 ? (window.timeIsUp = then) : wait(then, time);");
        await OpenAsync(new { user = "seventh", with = new { timeout = 1 } });
        var popup = await AskedAsync("#create", Create);
        await Page.EvaluateAsync<object>("() => window.timeIsUp()");
        await AnswersAsync("NotAllowedError: DOMException");
        await popup.ListedAsync();
        await popup.CloseAsync();
    }

    [Test]
    public async Task Popup_that_was_closed_asks_again_when_it_is_opened()
    {
        await OpenAsync(new { user = "eighth" });
        var popup = await AskedAsync("#create", Create);
        await popup.CloseAsync();
        popup = await PopupAsync();
        await popup.HeadingAsync(Create);
        await popup.PressAsync("Enter");
        await AnswersAsync("registered eighth");
    }

    [Test]
    public async Task Answer_is_to_the_question_that_was_shown()
    {
        await OpenAsync(new { user = "ninth" });
        var popup = await AskedAsync("#create", Create);
        var shown = await AskedIdAsync(popup);
        await Page.EvaluateAsync<object>("() => document.querySelector('#create').click()");
        await popup.WaitForAsync("""
            async (shown) => (await chrome.runtime.sendMessage({ type: "open" })).ok.passkey?.id !== shown
            """, shown);

        Assert.That(
            await popup.EvaluateAsync<string>("""
                async (id) => (await chrome.runtime.sendMessage({ type: "passkeyYes", id, set: { title: "a", username: "b", tags: [] } })).failure.kind
                """, shown),
            Is.EqualTo("notFound"));
        await popup.CloseAsync();

        static async Task<string> AskedIdAsync(IView popup) =>
            (await popup.AskAsync("""{"type":"open"}""")).GetProperty("passkey").GetProperty("id").GetString()!;
    }

    [Test]
    public async Task Page_that_asks_without_a_word_is_offered_what_there_is_beside_the_logins()
    {
        await OpenAsync(new { user = "tenth" });
        await CreateAsync("tenth");

        await Page.RunFirstAsync(NativeStub);
        await OpenAsync(new { conditional = true });
        await IsCalledAsync("nativeGet", "conditional");
        var popup = await PopupAsync();
        await popup.ReadsAsync("Sign in to shop.test with a passkey");
        await popup.WaitForAsync("() => document.querySelector('.row') !== null");
        await popup.PressButtonAsync("tenth");
        await AnswersAsync("signed in as tenth");
    }

    [Test]
    public async Task Page_that_has_spoilt_its_prototypes_is_answered_all_the_same()
    {
        await OpenAsync(new { user = "eleventh" });
        await CreateAsync("eleventh");

        await OpenAsync(new { user = "eleventh", allow = true, ruins = true });
        var popup = await AskedAsync("#get", Get);
        await popup.PressAsync("Enter");
        await AnswersAsync("signed in as eleventh");
    }

    [Test]
    public async Task Switched_off_nothing_of_it_is_in_a_page()
    {
        await Page.RunFirstAsync(NativeStub);
        var options = await Browser.OpenExtensionPageAsync("options.html");
        // What the vault keeps comes a little later, and moves what is below.
        await options.WaitForAsync("() => document.querySelector('#setting-clipboardSeconds')?.checkVisibility()");
        await options.WaitForAsync("() => document.querySelector('#setting-passkeys .switch')?.getAttribute('aria-pressed') === 'true'");
        await options.ClickAsync("#setting-passkeys .switch");
        try
        {
            await RegisteredAsync(0);
            await Page.ActivateAsync();
            await OpenAsync(new { user = "twelfth" });
            Assert.That(await Page.EvaluateAsync<bool[]>("""
                () => ["create", "get"].map((name) => String(CredentialsContainer.prototype[name]).includes("dataset"))
                """), Is.EqualTo((bool[])[true, true]), "the stub itself, with nothing around it");
            await Page.ClickAsync("#create");
            await IsNativeAsync("create");
        }
        finally
        {
            await options.ActivateAsync();
            await options.ClickAsync("#setting-passkeys .switch");
            await RegisteredAsync(2);
            await options.CloseAsync();
        }

        Task RegisteredAsync(int count) => Browser.EvaluateInBackgroundAsync<object>("""
            async (count) => {
              while ((await chrome.scripting.getRegisteredContentScripts()).length !== count) await new Promise((resolve) => setTimeout(resolve, 10));
            }
            """, count);
    }

    [Test]
    public async Task Frame_of_another_origin_is_named_with_the_page_around_it_where_the_browser_tells_its_policy()
    {
        await OpenAsync(new { user = "thirteenth", with = new { rp = new { id = "other.test", name = "Other" } } }, "other.test");
        var popup = await AskedAsync("#create", Create);
        await popup.EvaluateAsync<object>("() => document.querySelector(\".check input[value='']\")?.click()");
        await popup.PressAsync("Enter");
        await Page.WaitForAsync("() => document.querySelector('#answer').textContent !== ''");

        await Page.RunFirstAsync(NativeStub);
        await GotoAsync("passkeys-frame");
        var frame = await Page.FrameAsync("iframe");
        if (Browser.Name == "firefox")
        {
            await frame.ClickAsync("#get");
            await frame.WaitForAsync("""
                () => {
                  if (document.documentElement.dataset.nativeGet === "optional") return true;
                  throw new Error(`the frame says "${document.body.innerText}" at ${location}`);
                }
                """);
            return;
        }
        popup = await Browser.PopupAfterAsync(() => frame.ClickAsync("#get"));
        await popup.HeadingAsync(Get);
        await popup.WaitForAsync("""
            () => {
              const words = document.querySelector("#popup").innerText;
              if (words.includes("inside a page of shop.test")) return true;
              throw new Error(`the popup says "${words}"`);
            }
            """);
        Assert.That(await FactAsync(popup, "#passkey-for"), Is.EqualTo("other.test"));
        await popup.PressAsync("Enter");
        await frame.WaitForAsync("() => document.querySelector('#answer').textContent.includes('credential is not known')");
    }

    private async Task IsNativeAsync(string kind)
    {
        await AnswersAsync("NotSupportedError: DOMException");
        await IsCalledAsync(kind == "create" ? "nativeCreate" : "nativeGet", "optional");
    }

    private Task IsCalledAsync(string native, string mediation) =>
        Page.WaitForAsync("(native, mediation) => document.documentElement.dataset[native] === mediation", native, mediation);

    private async Task CreateAsync(string user)
    {
        var popup = await AskedAsync("#create", Create);
        Assert.That(await FactAsync(popup, "#passkey-for"), Is.EqualTo("shop.test"));
        Assert.That(await FactAsync(popup, "#passkey-account"), Does.StartWith(user));
        await popup.EvaluateAsync<object>("() => document.querySelector(\".check input[value='']\")?.click()");
        await popup.SetAsync("#title", $"Passkey of {user}");
        await popup.PressAsync("Enter");
        await AnswersAsync($"registered {user}");
    }

    private Task OpenAsync(object wanted, string hostname = "shop.test") => Browser.OpenAsync(
        Page, $"{Site.Secure(hostname)}/passkeys.html?{Uri.EscapeDataString(JsonSerializer.Serialize(wanted))}");

    /// <summary>Presses a button of the page and waits for the popup that asks because of it.</summary>
    private async Task<IView> AskedAsync(string button, string heading)
    {
        var popup = await Browser.PopupAfterAsync(() => Page.ClickAsync(button));
        await popup.HeadingAsync(heading);
        return popup;
    }

    private static Task<string> FactAsync(IView popup, string selector) =>
        popup.EvaluateAsync<string>("(selector) => document.querySelector(selector).textContent", selector);

    private Task AnswersAsync(string words) => Page.WaitForAsync("""
        (words) => {
          const said = document.querySelector("#answer").textContent;
          if (said === words) return true;
          throw new Error(`the page says "${said}"`);
        }
        """, words);
}
