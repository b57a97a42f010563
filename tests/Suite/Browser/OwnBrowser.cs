using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>What the fixtures share whose person and browser nobody else uses: they lock, kill and take away.</summary>
/// <param name="name">The browser's.</param>
[UnsupportedOSPlatform("windows")]
public abstract class OwnBrowser(string name)
{
    /// <summary>Which browser it is.</summary>
    protected string Name { get; } = name;

    internal BrowserPerson Person { get; private set; } = null!;

    protected IBrowser Browser { get; private set; } = null!;

    /// <summary>How the browser is started.</summary>
    protected virtual BrowserSetup Setup => new();

    /// <summary>What the person has set already, by its name in the vault.</summary>
    protected virtual (string Name, string Value)[] Settings => [];

    [OneTimeSetUp]
    public async Task StartBrowser()
    {
        Person = await BrowserPerson.CreateAsync(Settings);
        Browser = await Person.StartBrowserAsync(Name, Setup);
    }

    [OneTimeTearDown]
    public async Task EndBrowser() => await (Person?.DisposeAsync() ?? default);
}
