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
        Page, $"{Site.Secure(hostname)}/passkeys.html#{Uri.EscapeDataString(JsonSerializer.Serialize(wanted))}");

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
