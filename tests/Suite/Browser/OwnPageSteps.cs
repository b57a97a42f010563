using Browsers;

namespace Suite.Browser;

/// <summary>What a person does on the options and the first-run page.</summary>
internal static class OwnPageSteps
{
    /// <summary>Waits until the page knows the vault's state, and unlocks if it is locked.</summary>
    public static async Task UnlockPageAsync(this IPage page)
    {
        const string IsOpen = "document.querySelector('#setting-vault')?.checkVisibility() || document.querySelector('#vault.done') !== null";
        await page.WaitForAsync($"() => document.querySelector('#passphrase') !== null || {IsOpen}");
        if (await page.EvaluateAsync<bool>("() => document.querySelector('#passphrase') === null"))
        {
            return;
        }
        await page.ClickAsync("#passphrase");
        await page.TypeAsync(BrowserPerson.Passphrase);
        await page.PressAsync("Enter");
        await page.WaitForAsync($"() => {IsOpen}");
    }
}
