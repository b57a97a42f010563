using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>Before the person acts, a page cannot tell that the extension is there: it looks the same in a browser without it.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class TraceTests(string name) : UnlockedBrowser(name)
{
    private readonly string _name = name;

    private IBrowser _without = null!;

    [OneTimeSetUp]
    public async Task StartBrowserWithoutTheExtension() => _without = await Browsers.Browser.StartAsync(_name);

    [OneTimeTearDown]
    public async Task EndBrowserWithoutTheExtension() => await (_without?.DisposeAsync() ?? default);

    [TestCase("login")]
    [TestCase("no-login")]
    [TestCase("shadow-open")]
    [TestCase("shadow-closed")]
    [TestCase("frame-same-origin")]
    public async Task Page_has_the_same_globals_document_and_resources_without_the_extension(string pageName)
    {
        await GotoAsync(pageName);
        await Page.IsIdleAsync(Browser);
        var other = await _without.NewPageAsync();
        await other.GotoAsync($"{Site.Secure("shop.test")}/{pageName}.html");

        foreach (var look in (string[])[Globals, Document, Resources, Credentials])
        {
            Assert.That(await Page.EvaluateAsync<string[]>(look), Is.EqualTo(await other.EvaluateAsync<string[]>(look)));
        }
        await other.CloseAsync();
    }

    private const string Globals = """
        () => {
          const names = [];
          for (let at = window; at; at = Object.getPrototypeOf(at)) names.push(...Object.getOwnPropertyNames(at).sort());
          return [...names, "of chrome", ...Object.keys(window.chrome ?? {}).sort(), "of document", ...Object.getOwnPropertyNames(document)];
        }
        """;

    private const string Document = """
        () => {
          const texts = (root) => [root.innerHTML ?? root.documentElement.outerHTML,
            ...[...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => shadowRoot ? texts(shadowRoot) : [])];
          return [...texts(document), `${document.styleSheets.length} sheets`, `${document.adoptedStyleSheets.length} adopted`];
        }
        """;

    /// <summary>What stands in for the browser's own functions looks like them, but for their source text.</summary>
    private const string Credentials = """
        () => [CredentialsContainer.prototype, PublicKeyCredential].flatMap((owner) =>
          Object.entries(Object.getOwnPropertyDescriptors(owner)).map(([name, { value, writable, enumerable, configurable }]) =>
            [name, typeof value, writable, enumerable, configurable, value?.name, value?.length, Object.keys(value ?? {})].join()))
        """;

    // A browser asks for the site's icon in its own time, with an extension and without.
    private const string Resources = """
        () => performance.getEntriesByType("resource").map((each) => each.name).filter((name) => !name.endsWith("/favicon.ico")).sort()
        """;
}
