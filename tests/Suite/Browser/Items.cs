using Browsers.Site;
using Suite.Unit.Vault;
using Vault;

namespace Suite.Browser;

/// <summary>The items of a person's vault in the browser tests.</summary>
internal static class Items
{
    /// <summary>The user name of the second item of <c>pair.test</c>.</summary>
    public const string SecondUserName = "berta";

    /// <summary>
    /// Logins for the site under its names: one for each of <c>shop.test</c>, <c>other.test</c>, loopback and, not encrypted,
    /// <c>plain.test</c>; two for <c>pair.test</c>; then some that no test page is for.
    /// </summary>
    public static IEnumerable<ItemDraft> Of(TestSite site) =>
    [
        Login("Shop", site.UserName, site.Password, "https://shop.test"),
        Login("Other office", site.UserName, site.Password, "https://other.test"),
        Login("Loopback", site.UserName, site.Password, site.Loopback),
        Login("Plain", site.UserName, site.Password, "http://plain.test"),
        Login("Pair one", site.UserName, site.Password, "https://pair.test"),
        Login("Pair two", SecondUserName, "another password", "https://pair.test"),
        .. Enumerable.Range(1, 12).Select(number =>
            Login($"Supplier {number}", $"buyer{number}", "unused", $"https://supplier{number}.example")),
        Login("Häuser & Söhne", "einkauf", "unused", "https://haeuser.example") with { Tags = ["building"] },
    ];

    /// <summary>A login.</summary>
    public static ItemDraft Login(string title, string userName, string password, string url) => new()
    {
        Fields =
        [
            NewField.Clear(FieldName.Title, title),
            NewField.Clear(FieldName.UserName, userName),
            TestVault.Secret(FieldName.Password, password),
        ],
        Urls = [new ItemUrl(url)],
    };
}
