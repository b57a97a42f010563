using System.Text;
using Browsers;
using Suite.Unit.Vault;
using Vault;
using Vault.Crypto;

namespace Suite.Browser;

/// <summary>Further vaults of a person: their files, and what is done with them on the options page.</summary>
internal static class VaultFiles
{
    /// <summary>Opens the further vaults.</summary>
    public const string Passphrase = "office key 4711";

    /// <summary>Makes a vault in the person's home.</summary>
    /// <param name="person">Whose it is.</param>
    /// <param name="name">What it is called, and its file before the ending.</param>
    /// <param name="items">What lies in it.</param>
    /// <returns>The file's path.</returns>
    public static string MakeVault(this BrowserPerson person, string name, params ItemDraft[] items)
    {
        using var key = TestVault.Key(Passphrase);
        return Make(person, name, key, items);
    }

    /// <summary>Makes a vault that opens with the person's own passphrase and a key file.</summary>
    /// <returns>The paths of both.</returns>
    public static (string File, string KeyFile) MakeVaultWithKeyFile(this BrowserPerson person, string name, params ItemDraft[] items)
    {
        var keyFile = Path.Combine(person.Home, $"{name}.key");
        File.WriteAllBytes(keyFile, [.. Enumerable.Range(0, 32).Select(number => (byte)number)]);
        using var key = CompositeKey.From(Encoding.UTF8.GetBytes(BrowserPerson.Passphrase), File.ReadAllBytes(keyFile));
        return (Make(person, name, key, items), keyFile);
    }

    /// <summary>Has the person's own vault open a further one from now on.</summary>
    /// <returns>The vault's id.</returns>
    public static async Task<string> AddVaultAsync(this IView view, string path) =>
        (await view.AskAsync($$"""{"type":"addVault","path":"{{path}}","passphrase":"{{Passphrase}}"}""")).GetProperty("vault").GetString()!;

    /// <summary>Lets all further vaults go.</summary>
    public static Task RemoveVaultsAsync(this IView view) => view.EvaluateAsync<object>("""
        async () => {
          const { ok } = await chrome.runtime.sendMessage({ type: "page" });
          for (const { vault, own } of ok.choices?.vaults ?? []) if (!own) await chrome.runtime.sendMessage({ type: "removeVault", vault });
        }
        """);

    /// <summary>Waits until the options page shows vaults of these names, each with words of its state.</summary>
    public static Task ListsVaultsAsync(this IView page, params string[] vaults) => page.WaitForAsync("""
        (expected) => {
          const lines = [...document.querySelectorAll(".setting.vault")];
          return lines.length === expected.length
            && expected.every((words, index) => words.split(": ").every((each) => lines[index].innerText.includes(each)));
        }
        """, (object)vaults);

    private static string Make(BrowserPerson person, string name, CompositeKey key, ItemDraft[] items)
    {
        var path = Path.Combine(person.Home, $"{name}.kdbx");
        using var vault = VaultFile.Create(path, key, KdfSettings.Floor);
        foreach (var item in items)
        {
            vault.Add(item);
        }
        vault.Write();
        return path;
    }
}
