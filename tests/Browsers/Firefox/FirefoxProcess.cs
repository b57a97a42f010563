using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Browsers.Firefox;

/// <summary>Firefox as a process: its preferences, its command line, and the address that it listens on.</summary>
internal sealed partial class FirefoxProcess : IDisposable
{
    private const string Program = "firefox-esr";

    /// <summary>The origin of the extension's pages; any UUID, the same in each run.</summary>
    public const string ExtensionUuid = "11111111-2222-4333-8444-555555555555";

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FirefoxProcess(BrowserSetup setup, Folders folders, Extension? extension)
    {
        WritePreferences(setup, folders.Profile, extension);
        // A session of its own makes the browser the leader of a group, by which its helpers can be found and ended.
        var start = new ProcessStartInfo("setsid")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        string[] arguments = [Program, .. setup.Headless ? ["--headless"] : Array.Empty<string>(), "--no-remote",
            "--profile", folders.Profile, "--remote-debugging-port", "0",
            // Without it neither pages of an extension nor the browser's own windows can be reached.
            "--remote-allow-system-access", .. setup.Arguments];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        start.Environment.Clear();
        foreach (var (name, value) in folders.Environment(setup))
        {
            start.Environment[name] = value;
        }
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.Exited += (_, _) => _ended.TrySetResult();
        _process.ErrorDataReceived += (_, line) => LookForAddress(line.Data);
        _process.OutputDataReceived += (_, _) => { };
        _process.Start();
        Id = _process.Id;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public int Id { get; }

    /// <summary>Completes when the main process has ended.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Completes with the WebSocket address of BiDi.</summary>
    public Task<Uri> Address => _address.Task;

    public void Dispose() => _process.Dispose();

    private void LookForAddress(string? line)
    {
        if (line is not null && AddressLine().Match(line) is { Success: true } match)
        {
            _address.TrySetResult(new Uri($"{match.Groups[1].Value}/session"));
        }
    }

    private static void WritePreferences(BrowserSetup setup, string profile, Extension? extension)
    {
        var preferences = new Dictionary<string, object>
        {
            // Honoured by ESR only: an unsigned extension may be installed for good, as the real one will be.
            ["xpinstall.signatures.required"] = false,
            ["layout.css.prefers-color-scheme.content-override"] = setup.Dark ? 0 : 1,
            // The popup goes by the colours of the browser's own window.
            ["ui.systemUsesDarkTheme"] = setup.Dark ? 1 : 0,
            // 2: never the page's own colours; 0: the page's, unless the system itself is in high contrast.
            ["browser.display.document_color_use"] = setup.ForcedColours ? 2 : 0,
            ["ui.prefersReducedMotion"] = setup.ReducedMotion ? 1 : 0,
            // Every name is this machine: tests may use any, and reach nobody.
            ["network.dns.forceResolve"] = "127.0.0.1",
            ["toolkit.cosmeticAnimations.enabled"] = false,
            ["browser.shell.checkDefaultBrowser"] = false,
            ["browser.startup.page"] = 0,
            ["browser.aboutwelcome.enabled"] = false,
            ["datareporting.policy.dataSubmissionEnabled"] = false,
            ["app.update.enabled"] = false,
            ["dom.security.https_first"] = false,
            // The driver's own page is a tab in the background, whose timers would run once a second: a second for each popup.
            ["dom.min_background_timeout_value_without_budget_throttling"] = 4,
            ["dom.timeout.enable_budget_timer_throttling"] = false,
            // What it does ahead of time, or asks of its makers, no test waits for.
            ["dom.ipc.processPrelaunch.enabled"] = false,
            // One process for the pages of a site, kept for the next page: starting them takes a quarter of a run's time.
            ["dom.ipc.processCount"] = 1,
            ["dom.ipc.processCount.webIsolated"] = 1,
            ["dom.ipc.keepProcessesAlive.web"] = 1,
            ["browser.newtab.preload"] = false,
            ["network.captive-portal-service.enabled"] = false,
            ["network.connectivity-service.enabled"] = false,
            ["browser.safebrowsing.malware.enabled"] = false,
            ["browser.safebrowsing.phishing.enabled"] = false,
        };
        if (extension is not null)
        {
            preferences["extensions.webextensions.uuids"] =
                JsonSerializer.Serialize(new Dictionary<string, string> { [extension.FirefoxId] = ExtensionUuid });
        }
        foreach (var (name, value) in setup.FirefoxPreferences)
        {
            preferences[name] = value;
        }
        File.WriteAllLines(Path.Combine(profile, "user.js"), preferences.Select(preference =>
            $"user_pref({JsonSerializer.Serialize(preference.Key)}, {JsonSerializer.Serialize(preference.Value)});"));
    }

    [GeneratedRegex(@"WebDriver BiDi listening on (ws://\S+)")]
    private static partial Regex AddressLine();
}
