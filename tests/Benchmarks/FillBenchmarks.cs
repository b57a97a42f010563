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

    /// <summary>The extension that does the least.</summary>
    public static string FloorFolder { get; } = Path.Combine(World.Dist, "..", "tests", "Benchmarks", "floor");

    /// <summary>Firefox otherwise rounds what pages are told of the time to milliseconds.</summary>
    public static IReadOnlyDictionary<string, object> ExactTime { get; } = new Dictionary<string, object> { ["privacy.reduceTimerPrecision"] = false };

    public static async Task RunAsync()
    {
        foreach (var name in Browser.Names)
        {
            Report.Heading($"{name}: page ready → filled (always fill here), {Loads} loads, against the floor extension");
            await using var site = await BenchSite.StartAsync();
            await using var floor = await StartFloorAsync(name);
            await using var ten = await Filler.StartAsync(name, 10, site);
            await using var tenThousand = await Filler.StartAsync(name, 10_000, site);
            await using var fiftyThousand = await Filler.StartAsync(name, 50_000, site);
            var floorPage = await floor.NewPageAsync();
            var floors = new List<double>();
            // Interleaved, so that whatever else the machine does meets all alike.
            for (var load = -3; load < Loads; load++)
            {
                var least = await LoadAsync(floorPage, site);
                foreach (var filler in (Filler[])[ten, tenThousand, fiftyThousand])
                {
                    var time = await LoadAsync(filler.Page, site);
                    if (load >= 0)
                    {
                        filler.Times.Add(time);
                    }
                }
                if (load >= 0)
                {
                    floors.Add(least);
                }
            }
            var floorFigures = new Figures(floors);
            Report.Line($"floor {floorFigures}");
            foreach (var filler in (Filler[])[ten, tenThousand, fiftyThousand])
            {
                var figures = new Figures(filler.Times);
                Report.Line($"{filler.Items:N0} items: {figures}");
                Report.Ratio($"median at {filler.Items:N0} items", figures.Median, floorFigures.Median, 2);
                Report.Ratio($"p95 at {filler.Items:N0} items", figures.P95, floorFigures.P95, 2);
                Report.Ratio($"{filler.Items:N0} items against 10", figures.Median, new Figures(ten.Times).Median, 1.1);
            }
        }
    }

    private static async Task<double> LoadAsync(IPage page, BenchSite site)
    {
        await page.ActivateAsync();
        await page.GotoAsync(site.LoginUrl);
        return await page.EvaluateAsync<double>(Filled);
    }

    public static async Task<IBrowser> StartFloorAsync(string name, BrowserSetup? setup = null) => await Browser.StartAsync(name, (setup ?? new()) with
    {
        ExtensionFolder = FloorFolder,
        FirefoxPreferences = ExactTime,
        NativeHosts = [new NativeHost("org.latchkey.floor", Path.Combine(World.Dist, "bench", "echo-host"))],
    });

    /// <summary>A browser of that person, with the built extension.</summary>
    /// <param name="name">The browser's.</param>
    /// <param name="world">Whose program it starts.</param>
    /// <param name="setup">How it is started otherwise.</param>
    public static async Task<IBrowser> StartOursAsync(string name, World world, BrowserSetup? setup = null)
    {
        setup ??= new();
        var isNew = setup.ProfileFolder is not { } profile || !Directory.Exists(profile);
        var browser = await Browser.StartAsync(name, setup with
        {
            ExtensionFolder = setup.ExtensionFolder ?? Path.Combine(World.Dist, $"extension-{name}"),
            NativeHosts = [new NativeHost("org.latchkey.host", world.Launcher)],
            Environment = world.Environment,
            FirefoxPreferences = ExactTime,
        });
        if (isNew)
        {
            // What a new extension opens once would share the processor with what is measured.
            await (await browser.PageAsync("firstRun.html")).CloseAsync();
        }
        return browser;
    }

    /// <summary>Unlocks in the popup, as a person does.</summary>
    public static async Task UnlockAsync(IBrowser browser)
    {
        var popup = await browser.OpenExtensionPageAsync("popup.html");
        await popup.WaitForAsync("() => document.activeElement?.type === 'password'");
        await popup.TypeAsync(World.Passphrase);
        await popup.PressAsync("Enter");
        await popup.WaitForAsync("() => document.querySelector('[role=grid]')");
        await popup.CloseAsync();
    }

    /// <summary>Makes the one choice through a second profile.</summary>
    private static void ChooseAlwaysFill(World world, BenchSite site)
    {
        using var client = world.StartUnlocked(profile: 2);
        var item = client.Ask("match", $"\"origin\":\"{site.Origin}\",\"ancestors\":[]").GetProperty("items")[0].GetProperty("id").GetString();
        client.Ask("alwaysFill", $"\"item\":\"{item}\",\"origin\":\"{site.Origin}\",\"on\":true");
    }

    /// <summary>A browser of a person with so many items, who chose "always fill here" for the site.</summary>
    private sealed class Filler : IAsyncDisposable
    {
        private readonly World _world;
        private readonly IBrowser _browser;

        private Filler(int items, World world, IBrowser browser, IPage page)
        {
            Items = items;
            _world = world;
            _browser = browser;
            Page = page;
        }

        public int Items { get; }

        public IPage Page { get; }

        public List<double> Times { get; } = [];

        public static async Task<Filler> StartAsync(string name, int items, BenchSite site)
        {
            var world = new World().WithVault(items, site.LoginUrl);
            var browser = await StartOursAsync(name, world);
            await UnlockAsync(browser);
            ChooseAlwaysFill(world, site);
            return new Filler(items, world, browser, await browser.NewPageAsync());
        }

        public async ValueTask DisposeAsync()
        {
            await _browser.DisposeAsync();
            _world.Dispose();
        }
    }
}
