using System.Diagnostics;
using System.Text;
using Browsers;
using Browsers.Site;
using NUnit.Framework;
using Suite.Hosting;
using Suite.Unit.Vault;
using Vault;

namespace Suite.Browser;

/// <summary>
/// A person with a home, a vault and the installed program of their own, and the site whose logins the vault holds. Browsers that are
/// started here find the real host as they would on the person's computer. Disposing ends browsers and host and removes the home.
/// </summary>
internal sealed class BrowserPerson : IAsyncDisposable
{
    /// <summary>Opens the vault.</summary>
    public const string Passphrase = TestVault.Passphrase;

    /// <summary>What nobody gave as passphrase.</summary>
    public const string WrongPassphrase = "correct mule";

    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    private readonly List<IBrowser> _browsers = [];

    private BrowserPerson(TestSite site) => Site = site;

    public TestSite Site { get; }

    public string Home { get; } = Directory.CreateTempSubdirectory("latchkey-home-").FullName;

    /// <summary>The own vault.</summary>
    public string VaultPath => Path.Combine(DataFolder, "vault.kdbx");

    private string DataFolder => Path.Combine(Home, ".local", "share", "latchkey");

    private string HostLog => Path.Combine(Home, ".local", "state", "latchkey", "host.log");

    /// <summary>The process id of the host that was started last. It may have ended.</summary>
    public int HostId => HostIds[^1];

    /// <summary>The process ids of the hosts that ever listened here, in order.</summary>
    public IReadOnlyList<int> HostIds => !File.Exists(HostLog) ? [] : [.. File.ReadLines(HostLog)
        .Where(line => line.Contains(" 1001 ", StringComparison.Ordinal))
        .Select(line => int.Parse(line.Split(' ')[4]))];

    /// <summary>Makes a person whose vault holds the logins of the site and some of other sites.</summary>
    /// <param name="settings">What the person has set already, by its name in the vault.</param>
    public static async Task<BrowserPerson> CreateAsync(params IEnumerable<(string Name, string Value)> settings)
    {
        var person = new BrowserPerson(await TestSite.StartAsync());
        Directory.CreateDirectory(person.DataFolder);
        using var key = TestVault.Key();
        using var vault = VaultFile.Create(person.VaultPath, key, KdfSettings.Floor);
        foreach (var item in Items.Of(person.Site))
        {
            vault.Add(item);
        }
        foreach (var (name, value) in settings)
        {
            vault.SetSetting(name, value);
        }
        vault.Write();
        return person;
    }

    /// <summary>Installs the program for a browser and starts it with the extension.</summary>
    /// <param name="name">The browser's.</param>
    /// <param name="setup">How it is started otherwise.</param>
    /// <param name="profile">The profile of a browser that has ended; a new one if there is none.</param>
    public async Task<IBrowser> StartBrowserAsync(string name, BrowserSetup? setup = null, string? profile = null)
    {
        var isNew = profile is null;
        profile ??= Directory.CreateDirectory(Path.Combine(Home, $"{name}-{_browsers.Count}")).FullName;
        await InstallAsync(name, profile);
        var browser = await Browsers.Browser.StartAsync(name, (setup ?? new()) with
        {
            ExtensionFolder = setup?.ExtensionFolder ?? Repository.PathOf("dist", $"extension-{name}"),
            HomeFolder = Home,
            ProfileFolder = profile,
        });
        _browsers.Add(browser);
        // In Chromium it went when the extension started anew, to be let into private windows.
        if (isNew && !(setup?.InPrivateWindows == true && name == "chromium"))
        {
            // The extension opens it when it is installed; it would be the active tab of whoever comes first.
            await (await browser.PageAsync("firstRun.html")).CloseAsync();
        }
        return browser;
    }

    /// <summary>Runs <c>latchkey install</c> for a browser with that profile.</summary>
    public Task InstallAsync(string browser, string profile) => browser == "chromium"
        ? RunAsync("install", "--browser", browser, "--user-data-dir", profile)
        : RunAsync("install", "--browser", browser);

    /// <summary>The native messaging manifest that a browser with that profile reads.</summary>
    public string ManifestOf(IBrowser browser) => browser.Name == "chromium"
        ? Path.Combine(browser.ProfileFolder, "NativeMessagingHosts", "org.latchkey.host.json")
        : Path.Combine(Home, ".mozilla", "native-messaging-hosts", "org.latchkey.host.json");

    /// <summary>Runs <c>latchkey</c> and expects success.</summary>
    public Task<string> RunAsync(params string[] arguments) => AnswerAsync([], arguments);

    /// <summary>Runs <c>latchkey</c>, gives it lines of standard input, and expects success.</summary>
    public async Task<string> AnswerAsync(string[] lines, params string[] arguments)
    {
        using var process = Start(Repository.Program, arguments);
        foreach (var line in lines)
        {
            await process.StandardInput.WriteLineAsync(line);
        }
        process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(_limit);
        var messages = process.StandardError.ReadToEndAsync(timeout.Token);
        var output = await process.StandardOutput.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        Assert.That(process.ExitCode, Is.Zero, await messages);
        return output;
    }

    /// <summary>The process ids of the relays that run for this person, in the order of their start.</summary>
    public IReadOnlyList<int> RelayIds() => [.. Directory.GetDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
        .Where(id => id != 0 && IsRelayOfOurs(id)).Order()];

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers)
        {
            await browser.DisposeAsync();
        }
        foreach (var host in HostIds)
        {
            HostWorld.Kill(host);
        }
        await Site.DisposeAsync();
        Directory.Delete(Home, recursive: true);
    }

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("XDG_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }
        start.Environment["HOME"] = Home;
        return Process.Start(start)!;
    }

    private bool IsRelayOfOurs(int id)
    {
        try
        {
            var arguments = File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
            return arguments[0].EndsWith("/latchkey", StringComparison.Ordinal) && arguments.ElementAtOrDefault(1) == "relay"
                && _browsers.Any(browser => IsBelow(id, browser.ProcessId));
        }
        catch (IOException)
        {
            return false; // it ended in between
        }
    }

    private static bool IsBelow(int id, int ancestor)
    {
        for (var at = id; at > 1;)
        {
            if (at == ancestor)
            {
                return true;
            }
            // proc(5): the fields after the name in parentheses are the state and the parent.
            var stat = File.ReadAllText($"/proc/{at}/stat");
            at = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
        }
        return false;
    }
}
