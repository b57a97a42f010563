using System.Runtime.Versioning;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>Where nothing may be filled, nothing is, and the popup says why.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class RefusalTests(string name) : UnlockedBrowser(name)
{
    [TestCase("no-login", "No login form on this page")]
    [TestCase("signup", "This form makes an account")]
    [TestCase("one-time-code", "No code is set up for this login")]
    [TestCase("action-other-origin", "The form sends to another site")]
    [TestCase("method-get", "The form puts what is typed into the address")]
    public async Task Page_is_not_filled_and_the_popup_says_why(string pageName, string reason)
    {
        await GotoAsync(pageName);
        var popup = await PopupAsync();
        await popup.FillFirstAsync();
        await popup.SaysAsync(reason);

        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
    }

    [TestCase("frame-sandboxed")]
    [TestCase("frame-srcdoc-sandboxed")]
    public async Task Form_in_a_sandboxed_frame_is_not_filled(string pageName)
    {
        await GotoAsync(pageName);
        var frame = await Page.FrameAsync("iframe");
        await frame.WaitForAsync("() => document.querySelector('#password') !== null");
        var popup = await PopupAsync();
        await popup.FillFirstAsync();
        await popup.SaysAsync("No login form on this page");

        Assert.That(await frame.FilledFieldsAsync(), Is.Empty);
    }

    [Test]
    public async Task Form_of_another_site_is_filled_after_the_person_confirmed_both_names()
    {
        await GotoAsync("frame-other-origin");
        var frame = await Page.FrameAsync("iframe");
        await frame.WaitForAsync("() => document.querySelector('#password') !== null");
        var popup = await PopupAsync();
        await popup.FillFirstAsync();
        await popup.HeadingAsync("Fill a form from another site?");
        var question = await popup.EvaluateAsync<string>("() => document.querySelector('#ask-body').textContent");
        Assert.That(question, Does.Contain(new Uri(Site.Secure("other.test")).Authority)
            .And.Contain(new Uri(Site.Secure("shop.test")).Authority));
        Assert.That(await frame.FilledFieldsAsync(), Is.Empty);

        await popup.ClickAsync(".btn.danger");
        await frame.IsFilledAsync(Site);
    }

    [Test]
    public async Task Form_of_another_site_stays_empty_when_the_person_cancels()
    {
        await GotoAsync("frame-other-origin");
        var frame = await Page.FrameAsync("iframe");
        var popup = await PopupAsync();
        await popup.FillFirstAsync();
        await popup.HeadingAsync("Fill a form from another site?");
        await popup.PressAsync("Enter");
        await popup.ListedAsync();

        Assert.That(await frame.FilledFieldsAsync(), Is.Empty);
    }

    [Test]
    public async Task Page_without_encryption_is_filled_only_after_a_warning()
    {
        await Browser.OpenAsync(Page, $"{Site.Plain("plain.test")}/login.html");
        var popup = await PopupAsync();
        await popup.FillFirstAsync();
        await popup.HeadingAsync("Fill without encryption?");
        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);

        await popup.ClickAsync(".btn.danger");
        await Page.IsFilledAsync(Site);
    }

    [Test]
    public async Task Item_of_an_encrypted_page_is_not_offered_on_its_twin()
    {
        await Browser.OpenAsync(Page, $"{Site.Plain("shop.test")}/login.html");
        var popup = await Browser.PopupAfterAsync(() => Browser.CommandAsync(Page, "fill"));
        await popup.SaysAsync($"No login of yours belongs to shop.test:{new Uri(Site.Plain("shop.test")).Port}");

        Assert.That(await popup.EvaluateAsync<int>("() => document.querySelectorAll('.row .btn.primary').length"), Is.Zero);
        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
    }

    [Test]
    public async Task Popup_that_is_open_already_says_what_became_of_a_command()
    {
        await GotoAsync("no-login");
        var popup = await PopupAsync();
        await popup.ListedAsync();
        // The driver's command brings the page to the front, which closes Chromium's popup; the key itself leaves it open.
        await (Browser.Name == "chromium"
            ? Browser.EvaluateInBackgroundAsync<object>("""
                async () => {
                  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
                  chrome.commands.onCommand.dispatch("fill", tab);
                }
                """)
            : Browser.CommandAsync(Page, "fill"));
        await popup.SaysAsync("No login form on this page");
    }

    [Test]
    public async Task Refusal_is_forgotten_when_the_page_goes_on()
    {
        await GotoAsync("no-login");
        var popup = await PopupAsync();
        await popup.FillFirstAsync();
        await popup.SaysAsync("No login form on this page");
        await popup.CloseAsync();
        await GotoAsync("login");
        popup = await PopupAsync();
        await popup.ListedAsync();

        Assert.That(await popup.EvaluateAsync<int>("() => document.querySelectorAll('.banner').length"), Is.Zero);
    }

    [Test]
    public async Task Loopback_is_filled_without_a_question()
    {
        await Browser.OpenAsync(Page, $"{Site.Loopback}/login.html");
        await FillAsync();
        await Page.IsFilledAsync(Site);
    }

    [Test]
    public async Task Page_that_left_between_request_and_answer_is_not_filled()
    {
        await GotoAsync("navigates");
        // Firefox hands the command to the extension in its own time, perhaps when the page has left already. Then the command is for
        // the page that came, so that must be one that no item is for.
        var next = Browser.Name == "chromium" ? "/login.html?next" : $"{Site.Secure("nobody.test")}/login.html?next";
        // The popup that says what became of it comes last.
        await Browser.PopupAfterAsync(async () =>
        {
            HostProcess.Stop(Person.HostId);
            try
            {
                await Browser.CommandAsync(Page, "fill");
                await Page.EvaluateAsync<object>("(next) => leave(next)", next);
                await Page.WaitForAsync("() => location.search === '?next' && document.readyState === 'complete'");
            }
            finally
            {
                HostProcess.Continue(Person.HostId);
            }
        });

        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
    }

    [Test]
    public async Task Thousand_clicks_of_the_page_get_nothing()
    {
        await GotoAsync("login");
        // Of each element forty, ten at a time: all in one turn keep a busy machine's page silent for longer than a browser may be.
        for (var ten = 0; ten < 4; ten++)
        {
            await Page.EvaluateAsync<object>("""
                () => {
                  document.documentElement.style.opacity = "0.01";
                  for (let count = 0; count < 10; count++) {
                    for (const each of document.querySelectorAll("*")) {
                      if (each.id !== "submit") each.click();
                    }
                    for (const field of document.querySelectorAll("input")) {
                      field.focus();
                      for (const key of ["ArrowDown", "Enter"]) field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
                    }
                  }
                }
                """);
        }
        for (var count = 0; count < 20; count++)
        {
            await Page.ClickAsync(count % 2 == 0 ? "#username" : "#password");
        }
        await Page.IsIdleAsync(Browser);

        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
    }

    [Test]
    public async Task Messages_of_the_page_get_nothing()
    {
        await GotoAsync("login");
        await Page.EvaluateAsync<object>("""
            () => {
              const orders = [
                { type: "announce" }, { type: "fill", document: "", order: { origin: location.origin, cause: "person" } },
                { type: "forms", document: "", forms: [{ kind: "login", username: true, password: true, focused: true }], load: true, taught: "[]", outgrown: [] },
              ];
              for (const order of orders) {
                postMessage(order, "*");
                dispatchEvent(new MessageEvent("message", { data: order, origin: location.origin }));
                document.dispatchEvent(new CustomEvent(order.type, { detail: order, bubbles: true }));
                globalThis.chrome?.runtime?.sendMessage?.(order);
              }
            }
            """);
        await Page.IsIdleAsync(Browser);

        Assert.That(await Page.FilledFieldsAsync(), Is.Empty);
    }
}
