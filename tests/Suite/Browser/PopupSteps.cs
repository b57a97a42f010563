using Browsers;

namespace Suite.Browser;

/// <summary>What a person does in the popup, and what they wait for there.</summary>
internal static class PopupSteps
{
    /// <summary>Waits for the passphrase field, which must have the focus, and types the passphrase and Enter.</summary>
    public static async Task TypePassphraseAsync(this IView popup, string passphrase = BrowserPerson.Passphrase)
    {
        await popup.WaitForAsync("() => document.activeElement?.id === 'passphrase'");
        await popup.TypeAsync(passphrase);
        await popup.PressAsync("Enter");
    }

    /// <summary>Unlocks and waits for the list.</summary>
    public static async Task UnlockAsync(this IView popup)
    {
        await popup.TypePassphraseAsync();
        await popup.ListedAsync();
    }

    /// <summary>Waits for the list of items.</summary>
    public static Task ListedAsync(this IView popup) =>
        popup.WaitForAsync("() => document.querySelector('#search') !== null && document.querySelector('.row') !== null");

    /// <summary>Waits until so many rows are there, those out of sight too.</summary>
    public static Task AllListedAsync(this IView popup, int count) =>
        popup.WaitForAsync("(count) => document.querySelectorAll('.row').length === count", count);

    /// <summary>Waits for the list, whatever it found.</summary>
    public static Task ListedOrEmptyAsync(this IView popup) => popup.WaitForAsync("() => document.querySelector('#search') !== null");

    /// <summary>Types into the search field and waits until the first row is that item.</summary>
    public static async Task SearchAsync(this IView popup, string query, string title)
    {
        await popup.ListedAsync();
        await popup.TypeAsync(query);
        await popup.WaitForAsync("""
            (query, title) => {
              const [typed, first] = [document.querySelector("#search").value, document.querySelector(".row .title")?.textContent];
              if (typed === query && first === title) return true;
              throw new Error(`the field holds "${typed}", the first row is "${first}", the focus is on "${document.activeElement?.id}"`);
            }
            """, query, title);
    }

    /// <summary>Waits until the first row matches the page, and presses Enter.</summary>
    public static async Task FillFirstAsync(this IView popup)
    {
        await popup.WaitForAsync("() => document.querySelector('.row[aria-selected=true] .btn.primary') !== null");
        await popup.PressAsync("Enter");
    }

    /// <summary>Waits for a banner with that title.</summary>
    public static Task SaysAsync(this IView popup, string title) => popup.WaitForAsync(
        "(title) => [...document.querySelectorAll('.banner b')].some((each) => each.textContent === title)", title);

    /// <summary>Searches for an item and opens its details, whether or not it is for the page.</summary>
    public static async Task DetailsAsync(this IView popup, string query, string title)
    {
        await popup.SearchAsync(query, title);
        await popup.EvaluateAsync<object>("() => document.querySelector('.row[aria-selected=true] .acts button:last-child').click()");
        await popup.HeadingAsync(title);
    }

    /// <summary>Replaces what stands in a field by typing.</summary>
    public static async Task SetAsync(this IView popup, string selector, string text)
    {
        await popup.EvaluateAsync<object>("(selector) => { const field = document.querySelector(selector); field.focus(); field.select(); }", selector);
        await popup.TypeAsync(text);
    }

    /// <summary>What stands in a field.</summary>
    public static Task<string> FieldAsync(this IView popup, string selector) =>
        popup.EvaluateAsync<string>("(selector) => document.querySelector(selector).value", selector);

    /// <summary>Clicks the button with that name, or with that text.</summary>
    public static Task PressButtonAsync(this IView popup, string name) => popup.EvaluateAsync<object>("""
        async (name) => {
          const named = () => [...document.querySelectorAll("button")].find((each) =>
            !each.closest("[hidden]") && (each.getAttribute("aria-label") ?? each.textContent) === name);
          while (!named()) await new Promise((resolve) => setTimeout(resolve, 10));
          named().focus();
          named().click();
        }
        """, name);

    /// <summary>Waits until the popup's text contains that.</summary>
    public static Task ReadsAsync(this IView popup, string text) =>
        popup.WaitForAsync("(text) => document.querySelector('#popup').innerText.includes(text)", text);

    /// <summary>The id of the first item that a search finds.</summary>
    public static async Task<string> IdOfAsync(this IView popup, string query) =>
        (await popup.AskAsync($$"""{"type":"search","query":"{{query}}"}""")).GetProperty("items")[0].GetProperty("id").GetString()!;

    /// <summary>Sends a request to the background as the popup does, and returns what it answers.</summary>
    public static Task<System.Text.Json.JsonElement> AskAsync(this IView popup, string request) =>
        popup.EvaluateAsync<System.Text.Json.JsonElement>("""
            async (request) => {
              const { ok, failure } = await chrome.runtime.sendMessage(JSON.parse(request));
              if (failure) throw new Error(JSON.stringify(failure));
              return ok;
            }
            """, request);

    /// <summary>Waits for a heading.</summary>
    public static Task HeadingAsync(this IView popup, string title) =>
        popup.WaitForAsync("(title) => document.querySelector('h1')?.textContent === title", title);

    /// <summary>The titles of the rows, top first.</summary>
    public static Task<string[]> TitlesAsync(this IView popup) =>
        popup.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.row .title')].map((each) => each.textContent)");

    /// <summary>The password of the first item that a search finds.</summary>
    public static async Task<string> PasswordOfAsync(this IView popup, string title)
    {
        var id = await popup.IdOfAsync(title);
        var reply = await popup.AskAsync($$"""{"type":"reveal","item":"{{id}}","field":"Password","purpose":"show"}""");
        return reply.GetProperty("value").GetString()!;
    }
}
