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

    /// <summary>Types into the search field and waits until the first row is that item.</summary>
    public static async Task SearchAsync(this IView popup, string query, string title)
    {
        await popup.ListedAsync();
        await popup.TypeAsync(query);
        await popup.WaitForAsync("""
            (query, title) => document.querySelector("#search").value === query
              && document.querySelector(".row .title")?.textContent === title
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

    /// <summary>Waits for a heading.</summary>
    public static Task HeadingAsync(this IView popup, string title) =>
        popup.WaitForAsync("(title) => document.querySelector('h1')?.textContent === title", title);

    /// <summary>The titles of the rows, top first.</summary>
    public static Task<string[]> TitlesAsync(this IView popup) =>
        popup.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.row .title')].map((each) => each.textContent)");
}
