using System.Buffers.Binary;
using System.Runtime.Versioning;
using System.Text.Json;
using Browsers;
using Browsers.Site;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>
/// The drivers keep their promises in both browsers. What the product does in them is tested elsewhere.
/// </summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class DriverTests(string name)
{
    private const string Value = "(selector) => document.querySelector(selector).value";

    private const string Answers = "(answer) => document.querySelector('#answer').textContent === answer";

    private const string IsDark = "() => matchMedia('(prefers-color-scheme: dark)').matches";

    private const string PrototypeSetter = "Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set";

    private TestSite _site = null!;
    private ProbeExtension _extension = null!;
    private IBrowser _browser = null!;
    private IPage _page = null!;

    [OneTimeSetUp]
    public async Task StartBrowser()
    {
        _site = await TestSite.StartAsync();
        _extension = new ProbeExtension(name);
        _browser = await Browsers.Browser.StartAsync(name, Setup());
    }

    [OneTimeTearDown]
    public async Task EndBrowser()
    {
        await (_browser?.DisposeAsync() ?? default);
        _extension?.Delete();
        await (_site?.DisposeAsync() ?? default);
    }

    [SetUp]
    public async Task OpenPage() => _page = await _browser.NewPageAsync();

    [TearDown]
    public async Task ClosePage() => await _page.CloseAsync();

    [Test]
    public async Task Content_script_background_and_native_host_fill_a_page()
    {
        await _page.GotoAsync($"{_site.Loopback}/login.html?fill");
        await _page.WaitForAsync("""() => document.querySelector("#username").value !== "" """);

        var reply = JsonSerializer.Deserialize<JsonElement>(await _page.EvaluateAsync<string>(Value, "#username"));
        Assert.That(reply.GetProperty("echo").GetProperty("ask").GetString(), Is.EqualTo("who"));
        Assert.That(reply.GetProperty("home").GetString(), Is.EqualTo(_browser.HomeFolder));
        Assert.That(reply.GetProperty("probe").GetString(), Is.EqualTo("set by the test"));
    }

    [Test]
    public async Task Typing_and_clicking_sign_in_to_a_site_with_any_name()
    {
        await _page.GotoAsync($"{_site.Secure("shop.test")}/login.html");
        await EnterAsync(_page, "#username", _site.UserName);
        await _page.PressAsync("Tab");
        await _page.TypeAsync(_site.Password);
        await _page.ClickAsync("#submit");
        await SignedInAsync(_page);

        Assert.That(await _page.UrlAsync(), Is.EqualTo($"{_site.Secure("shop.test")}/signin"));
        Assert.That(_site.SignIns.Last(), Is.EqualTo(
            new SignIn(_site.Secure("shop.test"), "POST", _site.UserName, _site.Password)));
    }

    [TestCase("login", "#username", "#password")]
    [TestCase("login-no-form", "#user", "#secret")]
    [TestCase("controlled-react", "#username", "#password")]
    [TestCase("model-vue", "#username", "#password")]
    [TestCase("shadow-open", "#username", "#password")]
    [TestCase("shadow-nested", "#username", "#password")]
    [TestCase("login-and-signup", "#username", "#password")]
    [TestCase("late-fields", "#username", "#password")]
    [TestCase("action-other-origin", "#username", "#password")]
    [TestCase("method-get", "#username", "#password")]
    [TestCase("honeypots", "#username", "#password")]
    [TestCase("strict-csp", "#username", "#password")]
    [TestCase("navigates", "#username", "#password")]
    public async Task Person_who_types_can_sign_in(string pageName, string userName, string password)
    {
        await OpenAsync(pageName);
        await EnterAsync(_page, userName, _site.UserName);
        await EnterAsync(_page, password, _site.Password);
        await _page.ClickAsync("#submit");
        await SignedInAsync(_page);
    }

    [TestCase("two-pages")]
    [TestCase("two-steps")]
    public async Task Person_who_types_can_sign_in_in_two_steps(string pageName)
    {
        await OpenAsync(pageName);
        await EnterAsync(_page, "#username", _site.UserName);
        await _page.ClickAsync("#submit");
        await EnterAsync(_page, "#password", _site.Password);
        await _page.ClickAsync("#submit");
        await SignedInAsync(_page);
    }

    [Test]
    public async Task Person_who_types_can_sign_in_after_a_change_of_route()
    {
        await OpenAsync("single-page-app");
        await _page.ClickAsync("#to-login");
        await EnterAsync(_page, "#username", _site.UserName);
        await EnterAsync(_page, "#password", _site.Password);
        await _page.ClickAsync("#submit");
        await SignedInAsync(_page);
    }

    [TestCase("frame-same-origin")]
    [TestCase("frame-other-origin")]
    [TestCase("frame-sandboxed")]
    [TestCase("frame-srcdoc")]
    public async Task Person_who_types_can_sign_in_in_a_subframe(string pageName)
    {
        await OpenAsync(pageName);
        var frame = await _page.FrameAsync("iframe");
        await EnterAsync(frame, "#username", _site.UserName);
        await EnterAsync(frame, "#password", _site.Password);
        await frame.ClickAsync("#submit");
        await SignedInAsync(frame);
    }

    [Test]
    public async Task Wrong_password_does_not_sign_in()
    {
        await OpenAsync("login");
        await EnterAsync(_page, "#username", _site.UserName);
        await EnterAsync(_page, "#password", "wrong");
        await _page.PressAsync("Enter");
        await _page.WaitForAsync(Answers, "wrong user name or password");
    }

    [TestCase("the instance", "element.value = value", "")]
    [TestCase("the prototype", $"{PrototypeSetter}.call(element, value)", "anna")]
    public async Task Controlled_input_keeps_what_its_page_hears(string through, string setter, string heard)
    {
        await OpenAsync("controlled-react");
        await _page.WaitForAsync("() => document.querySelector('#username') !== null");
        var value = await _page.EvaluateAsync<string>($$"""
            async (value) => {
              const element = document.querySelector("#username");
              {{setter}};
              element.dispatchEvent(new InputEvent("input", { bubbles: true }));
              await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
              return document.querySelector("#heard").textContent;
            }
            """, "anna");

        Assert.That(value, Is.EqualTo(heard), $"written through {through}");
    }

    [TestCase(10_000)]
    [TestCase(100_000)]
    public async Task Large_page_has_the_elements_that_it_says(int count)
    {
        await _page.GotoAsync($"{_site.Loopback}/elements/{count}");

        var elements = await _page.EvaluateAsync<int>("() => document.body.querySelectorAll('*').length");
        Assert.That(elements, Is.EqualTo(count));
    }

    [Test]
    public async Task Subframes_of_any_origin_are_evaluated_in_and_clicked()
    {
        await _page.GotoAsync($"{_site.Secure("shop.test")}/frame-other-origin.html");
        var frame = await _page.FrameAsync("iframe");
        await frame.ClickAsync("#password");
        await _page.TypeAsync("typed");

        Assert.That(await frame.EvaluateAsync<string>(Value, "#password"), Is.EqualTo("typed"));
        Assert.That(await frame.EvaluateAsync<string>("() => location.origin"), Is.EqualTo(_site.Secure("other.test")));
    }

    [Test]
    public async Task Open_shadow_roots_are_searched_and_the_click_is_trusted()
    {
        await _page.GotoAsync($"{_site.Loopback}/shadow-nested.html");
        await _page.EvaluateAsync<object>("""
            () => addEventListener("click", (event) => {
              document.title = `${event.isTrusted} ${event.composedPath()[0].id}`;
              event.preventDefault();
            })
            """);
        await _page.ClickAsync("#submit");
        await _page.WaitForAsync("""() => document.title === "true submit" """);
    }

    [Test]
    public async Task Page_with_the_strictest_policy_is_evaluated_in_and_waited_for()
    {
        await _page.GotoAsync($"{_site.Loopback}/strict-csp.html");
        await _page.WaitForAsync("(wanted) => document.title === wanted", "Strict");

        Assert.That(await _page.EvaluateAsync<int>("(a, b) => a + b", 2, 3), Is.EqualTo(5));
    }

    [Test]
    public async Task Waiting_goes_on_in_the_document_that_replaces_the_first()
    {
        await _page.GotoAsync($"{_site.Loopback}/navigates.html");
        var waiting = _page.WaitForAsync("""() => document.title === "Answer" """);
        await _page.EvaluateAsync<object>("() => leave()");
        await waiting;
    }

    [Test]
    public void What_is_never_true_fails_with_the_last_answer()
    {
        Assert.That(() => _page.WaitForAsync("() => missing.field"),
            Throws.TypeOf<BrowserException>().With.Message.Contains("missing is not defined"));
    }

    [Test]
    public async Task Click_waits_until_its_target_stands_still()
    {
        await _page.GotoAsync($"{_site.Loopback}/login.html");
        await _page.EvaluateAsync<object>("""
            () => {
              const target = Object.assign(document.createElement("button"), { id: "moving", textContent: "Here" });
              Object.assign(target.style, { position: "fixed", top: "300px", left: "0", inlineSize: "60px" });
              target.onclick = () => { document.title = "hit"; };
              document.body.append(target);
              let left = 0;
              const move = () => { target.style.left = `${left += 20}px`; if (left < 800) requestAnimationFrame(move); };
              requestAnimationFrame(move);
            }
            """);
        await _page.ClickAsync("#moving");
        await _page.WaitForAsync("() => document.title === 'hit'");
    }

    [Test]
    public void Error_in_the_page_is_thrown_with_its_message()
    {
        Assert.That(() => _page.EvaluateAsync<int>("""() => { throw new Error("no such thing"); }"""),
            Throws.TypeOf<BrowserException>().With.Message.Contains("no such thing"));
    }

    [Test]
    public async Task Extension_page_in_a_tab_is_pictured_in_device_pixels_and_dark()
    {
        var popup = await _browser.OpenExtensionPageAsync("popup.html?tab=3");
        await popup.SetViewportAsync(360, 200);

        Assert.That(await popup.UrlAsync(), Is.EqualTo($"{_browser.ExtensionOrigin}/popup.html?tab=3"));
        Assert.That(SizeOf(await popup.ScreenshotAsync()), Is.EqualTo((720, 400)));
        Assert.That(await popup.EvaluateAsync<bool>(IsDark), Is.True);
        Assert.That(await popup.EvaluateAsync<string>("() => chrome.runtime.id"), Is.EqualTo(_browser.ExtensionId));
        await popup.CloseAsync();
    }

    [Test]
    public async Task Toolbar_popup_is_clicked_typed_into_pictured_and_closed()
    {
        await _page.GotoAsync($"{_site.Loopback}/login.html");
        var popup = await _browser.TriggerActionAsync(_page);
        await popup.ClickAsync("#press");
        await popup.WaitForAsync("""() => document.title === "pressed true" """);
        await popup.ClickAsync("#text");
        await popup.TypeAsync("Häuser");
        await popup.PressAsync("Enter");
        await popup.WaitForAsync("""() => document.title === "entered true" """);

        Assert.That(await popup.EvaluateAsync<string>(Value, "#text"), Is.EqualTo("Häuser"));
        Assert.That(await popup.EvaluateAsync<bool>(IsDark), Is.True);
        var width = await popup.EvaluateAsync<int>("() => innerWidth");
        Assert.That(SizeOf(await popup.ScreenshotAsync()).Width, Is.EqualTo(2 * width));
        await popup.CloseAsync();
        Assert.That(() => popup.EvaluateAsync<string>("() => document.title"), Throws.TypeOf<BrowserException>());
    }

    [Test]
    public async Task Command_reaches_the_background_with_the_active_tab()
    {
        await _page.GotoAsync($"{_site.Loopback}/login.html");
        await _browser.EvaluateInBackgroundAsync<object>("() => { commands.length = 0; }");
        await _browser.CommandAsync(_page, "mark");
        var page = await _browser.EvaluateInBackgroundAsync<string>("""
            () => new Promise((resolve) => {
              const look = () => commands.length > 0 ? resolve(commands.join()) : setTimeout(look, 5);
              look();
            })
            """);

        Assert.That(page, Is.EqualTo("mark on /login.html"));
    }

    [Test]
    public async Task Killed_background_is_started_again_by_the_next_event()
    {
        var first = await _browser.EvaluateInBackgroundAsync<string>("() => born");
        Assert.That(await _browser.EvaluateInBackgroundAsync<string>("() => born"), Is.EqualTo(first));
        await _browser.KillBackgroundAsync();
        await _page.GotoAsync($"{_site.Loopback}/login.html?fill");
        await _page.WaitForAsync("""() => document.querySelector("#username").value.includes("who")""");
        var second = await _browser.EvaluateInBackgroundAsync<string>("() => born");
        await _browser.KillBackgroundAsync();

        Assert.That(second, Is.Not.EqualTo(first));
        Assert.That(await _browser.EvaluateInBackgroundAsync<string>("() => born"), Is.Not.EqualTo(second));
    }

    [Test]
    public async Task Page_that_a_page_opens_is_found_and_listed()
    {
        await _page.GotoAsync($"{_site.Loopback}/login.html");
        await _page.EvaluateAsync<object>("() => { open('/signup.html?opened'); }");
        var opened = await _browser.PageAsync("signup.html?opened");
        var before = (await _browser.PagesAsync()).Count;
        await opened.CloseAsync();

        Assert.That(await _browser.PagesAsync(), Has.Count.EqualTo(before - 1));
    }

    [Test]
    public async Task Killed_browser_fails_the_calls_that_wait_at_once_and_leaves_nothing()
    {
        var browser = await Browsers.Browser.StartAsync(name, Setup() with { Timeout = TimeSpan.FromMinutes(5) });
        var page = await browser.NewPageAsync();
        var waiting = page.WaitForAsync("() => false");
        await browser.KillAsync();

        Assert.That(() => waiting, Throws.TypeOf<BrowserException>());
        Assert.That(() => page.EvaluateAsync<int>("() => 1"), Throws.TypeOf<BrowserException>());
        await browser.DisposeAsync();
        Assert.That(Directory.Exists(browser.ProfileFolder), Is.False);
        Assert.That(Directory.Exists($"/proc/{browser.ProcessId}"), Is.False);
    }

    [Test]
    public async Task Profile_that_the_test_keeps_is_found_again()
    {
        var folder = Directory.CreateTempSubdirectory("kept-").FullName;
        var setup = Setup() with { ProfileFolder = folder };
        await using (var first = await Browsers.Browser.StartAsync(name, setup))
        {
            var page = await first.OpenExtensionPageAsync("popup.html");
            await page.EvaluateAsync<object>("() => { localStorage.kept = 'yes'; }");
            await first.CloseAsync();
        }
        await using (var second = await Browsers.Browser.StartAsync(name, setup))
        {
            var page = await second.OpenExtensionPageAsync("popup.html");
            Assert.That(await page.EvaluateAsync<string>("() => localStorage.kept"), Is.EqualTo("yes"));
        }
        Directory.Delete(folder, recursive: true);
    }

    private Task OpenAsync(string pageName) => _page.GotoAsync($"{_site.Secure("shop.test")}/{pageName}.html");

    /// <summary>Writes over what stands in a field, as a person does.</summary>
    private async Task EnterAsync(IFrame frame, string selector, string text)
    {
        await frame.ClickAsync(selector);
        await _page.PressAsync("Control+a");
        await _page.TypeAsync(text);
    }

    private static Task SignedInAsync(IFrame frame) =>
        frame.WaitForAsync(Answers, "signed in as anna");

    private BrowserSetup Setup() => new()
    {
        ExtensionFolder = _extension.Folder,
        NativeHosts = [_extension.Host],
        Environment = new Dictionary<string, string> { ["PROBE"] = "set by the test" },
        DeviceScale = 2,
        Dark = true,
        // One test waits for it in vain.
        Timeout = TimeSpan.FromSeconds(30),
    };

    // PNG 1.2, section 11.2.2: width and height stand at bytes 16 and 20.
    private static (int Width, int Height) SizeOf(byte[] png) =>
        (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
}
