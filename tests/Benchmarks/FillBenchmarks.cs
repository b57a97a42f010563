using Browsers;

namespace Benchmarks;

/// <summary>From a page that is ready to its fields filled by themselves, against a floor extension in the same run.</summary>
internal static class FillBenchmarks
{
    private const int Loads = 30;

    /// <summary>The page itself takes both times: when its DOM was ready, and when the password arrived.</summary>
    private const string Filled = """
        () => new Promise((resolve) => {
          const ready = performance.getEntriesByType("navigation")[0].domContentLoadedEventStart;
          const field = document.querySelector("input[type=password]");
          const done = () => resolve((globalThis.filledAt ?? performance.now()) - ready);
          if (field.value) done(); else field.addEventListener("input", done, { once: true });
        })
        """;

    /// <summary>Firefox otherwise rounds what pages are told of the time to milliseconds.</summary>
    public static IReadOnlyDictionary<string, object> ExactTime { get; } = new Dictionary<string, object> { ["privacy.reduceTimerPrecision"] = false };

    public static async Task RunAsync()
    {
        foreach (var name in Browser.Names)
        {
            Report.Heading($"{name}: page ready → filled (always fill here), {Loads} loads, against the floor extension");
            await using var site = await BenchSite.StartAsync();
            await using var floor = await StartFloorAsync(name);
            var floorPage = await floor.NewPageAsync();
            double? tenItems = null;
            foreach (var items in (int[])[10, 10_000, 50_000])
            {
                using var world = new World().WithVault(items, site.LoginUrl);
                await using var browser = await StartOursAsync(name, world);
                await ChooseAlwaysFillAsync(browser, world, site);
                var page = await browser.NewPageAsync();
                var (ours, floors) = (new List<double>(), new List<double>());
                for (var load = -3; load < Loads; load++)
                {
                    var one = await LoadAsync(page, site);
                    var other = await LoadAsync(floorPage, site);
                    if (load >= 0)
                    {
                        ours.Add(one);
                        floors.Add(other);
                    }
                }
                var (figures, least) = (new Figures(ours), new Figures(floors));
                tenItems ??= figures.Median;
                Report.Line($"{items:N0} items: {figures}; floor {least}");
                Report.Ratio($"median at {items:N0} items", figures.Median, least.Median, 2);
                Report.Ratio($"p95 at {items:N0} items", figures.P95, least.P95, 2);
                Report.Ratio($"{items:N0} items against 10", figures.Median, tenItems.Value, 1.1);
            }
        }
    }

    private static async Task<double> LoadAsync(IPage page, BenchSite site)
    {
        await page.ActivateAsync();
        await page.GotoAsync(site.LoginUrl);
        return await page.EvaluateAsync<double>(Filled);
    }

    private static async Task<IBrowser> StartFloorAsync(string name) => await Browser.StartAsync(name, new BrowserSetup
    {
        ExtensionFolder = Path.Combine(World.Dist, "..", "tests", "Benchmarks", "floor"),
        FirefoxPreferences = ExactTime,
        NativeHosts = [new NativeHost("org.latchkey.floor", Path.Combine(World.Dist, "bench", "echo-host"))],
    });

    public static async Task<IBrowser> StartOursAsync(string name, World world) => await Browser.StartAsync(name, new BrowserSetup
    {
        ExtensionFolder = Path.Combine(World.Dist, $"extension-{name}"),
        NativeHosts = [new NativeHost("org.latchkey.host", world.Launcher)],
        Environment = world.Environment,
        FirefoxPreferences = ExactTime,
    });

    /// <summary>Unlocks in the popup, as a person does, and makes the one choice through a second profile.</summary>
    private static async Task ChooseAlwaysFillAsync(IBrowser browser, World world, BenchSite site)
    {
        var popup = await browser.OpenExtensionPageAsync("popup.html");
        await popup.WaitForAsync("() => document.activeElement?.type === 'password'");
        await popup.TypeAsync(World.Passphrase);
        await popup.PressAsync("Enter");
        await popup.WaitForAsync("() => document.querySelector('[role=grid]')");
        await popup.CloseAsync();

        using var client = world.StartUnlocked(profile: 2);
        var item = client.Ask("match", $"\"origin\":\"{site.Origin}\",\"ancestors\":[]").GetProperty("items")[0].GetProperty("id").GetString();
        client.Ask("alwaysFill", $"\"item\":\"{item}\",\"origin\":\"{site.Origin}\",\"on\":true");
    }
}
