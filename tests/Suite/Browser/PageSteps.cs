using Browsers;
using Browsers.Site;

namespace Suite.Browser;

/// <summary>What a test waits for in a page, and what it reads there.</summary>
internal static class PageSteps
{
    // Open shadow roots too, because the pages under test put their fields there.
    private const string Find = """
        const find = (root, selector) => {
          const found = root.querySelector(selector);
          if (found) return found;
          for (const { shadowRoot } of root.querySelectorAll("*")) {
            const inner = shadowRoot && find(shadowRoot, selector);
            if (inner) return inner;
          }
          return null;
        };
        """;

    /// <summary>
    /// Opens a URL and waits until the content script answers there, which in Firefox may be a little after the load event: nobody's
    /// hand is as quick as a test.
    /// </summary>
    public static async Task OpenAsync(this IBrowser browser, IPage page, string url)
    {
        await page.GotoAsync(url);
        await browser.IsAnsweredAsync(url);
    }

    /// <summary>Waits until the content script answers in the active tab, which must show that URL.</summary>
    public static async Task IsAnsweredAsync(this IBrowser browser, string url) => await browser.EvaluateInBackgroundAsync<object>("""
        async (url) => {
          const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
          if (tab.url !== url) throw new Error(`the active tab shows ${tab.url}`);
          const answers = () => chrome.tabs.sendMessage(tab.id, { type: "none" }).then(() => true, () => false);
          while (!await answers()) await new Promise((resolve) => setTimeout(resolve, 10));
        }
        """, url);

    /// <summary>
    /// Waits until the host has answered whatever was asked for this page so far: it answers a browser's questions in their order, and
    /// opening the popup asks it some more.
    /// </summary>
    public static async Task IsIdleAsync(this IPage page, IBrowser browser)
    {
        var popup = await browser.TriggerActionAsync(page);
        await popup.ListedAsync();
        await popup.CloseAsync();
    }

    /// <summary>Types a text into an empty field, as a person does.</summary>
    public static async Task TypeIntoAsync(this IPage page, string selector, string text)
    {
        await page.ClickAsync(selector);
        await page.TypeAsync(text);
        await page.HoldsAsync(selector, text);
    }

    /// <summary>Waits until a field holds a text.</summary>
    public static Task HoldsAsync(this IFrame frame, string selector, string text) => frame.WaitForAsync(
        $$"""(selector, text) => { {{Find}} return find(document, selector)?.value === text; }""", selector, text);

    /// <summary>Waits until user name and password of the site stand in the fields of those names.</summary>
    public static async Task IsFilledAsync(this IFrame frame, TestSite site, string userName = "#username", string password = "#password")
    {
        await frame.HoldsAsync(userName, site.UserName);
        await frame.HoldsAsync(password, site.Password);
    }

    /// <summary>What a field holds now.</summary>
    public static Task<string> ValueAsync(this IFrame frame, string selector) =>
        frame.EvaluateAsync<string>($$"""(selector) => { {{Find}} return find(document, selector).value; }""", selector);

    /// <summary>The ids of all input fields of a document that hold something.</summary>
    public static Task<string[]> FilledFieldsAsync(this IFrame frame) => frame.EvaluateAsync<string[]>("""
        () => {
          const inputs = (root) => [...root.querySelectorAll("*")].flatMap((each) =>
            [...(each.localName === "input" ? [each] : []), ...(each.shadowRoot ? inputs(each.shadowRoot) : [])]);
          return inputs(document).filter(({ value }) => value !== "").map(({ id }) => id);
        }
        """);

    /// <summary>Sends the code that stands in the page and waits for what the site says of it.</summary>
    public static async Task AnswersCodeAsync(this IFrame frame, string answer)
    {
        await frame.ClickAsync("#submit");
        await frame.WaitForAsync("() => document.querySelector('#answer') !== null");
        NUnit.Framework.Assert.That(
            await frame.EvaluateAsync<string>("() => document.querySelector('#answer').textContent"), NUnit.Framework.Is.EqualTo(answer));
    }

    /// <summary>Clicks the button that signs in and waits for the site's own word that it was right.</summary>
    public static async Task SignInAsync(this IFrame frame, TestSite site)
    {
        await frame.ClickAsync("#submit");
        await frame.WaitForAsync(
            $$"""(text) => { {{Find}} return find(document, "#answer")?.textContent === text; }""", $"signed in as {site.UserName}");
    }
}
