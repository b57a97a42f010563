using Browsers;

namespace Benchmarks;

/// <summary>
/// From the click that opens the popup to its painted list, and from a key in its search field to the painted answer. The popup takes
/// the times itself; its floor is a popup of the same size with as many plain rows, in the same run. What passes before the popup's
/// document exists is the browser's alone.
/// </summary>
internal static class PopupBenchmarks
{
    private const int Items = 5000;

    private const int Opens = 20, Starts = 5, Texts = 3;

    private const double WarmMilliseconds = 300, ColdMilliseconds = 1000, KeyMilliseconds = 50;

    /// <summary>How soon after an answer the next key comes: as from the quickest typists, and at once, into what the popup still does.</summary>
    private static readonly (string Name, TimeSpan Pause)[] _paces = [("key", TimeSpan.FromMilliseconds(100)), ("key at once", TimeSpan.Zero)];

    private static readonly string[] _words = ["Service 4711", "login.service47", "person7@example", "zzz nothing", "tag:work group"];

    public static async Task RunAsync()
    {
        foreach (var name in Browser.Names)
        {
            Report.Heading($"{name}: popup with {Items:N0} items, against a popup with as many plain rows");
            await using var site = await BenchSite.StartAsync();
            using var world = new World().WithVault(Items, site.LoginUrl);
            using var extension = new ExtensionCopy(Path.Combine(World.Dist, $"extension-{name}"));
            TakeTimes(extension.Folder);
            var setup = new BrowserSetup
            {
                ExtensionFolder = extension.Folder,
                ProfileFolder = world.PathOf("profile"),
                // Chromium's own screen without a window is so small that no popup finds its size.
                Arguments = name == "chromium" ? ["--screen-info={3200x2400}"] : [],
            };
            await using var floor = await FillBenchmarks.StartFloorAsync(name, setup with { ExtensionFolder = null, ProfileFolder = null });
            var floorPage = await floor.NewPageAsync();
            await floorPage.GotoAsync(site.LoginUrl);
            var (floors, warm, cold, started) = (new List<Open>(), new List<Open>(), new List<Open>(), new List<Open>());
            var keys = new List<(string Pace, Figures Ours, Figures Floor)>();
            await using (var ours = await FillBenchmarks.StartOursAsync(name, world, setup))
            {
                await FillBenchmarks.UnlockAsync(ours);
                var page = await ours.NewPageAsync();
                await page.GotoAsync(site.LoginUrl);
                // Interleaved, so that whatever else the machine does meets all alike.
                for (var time = -2; time < Opens; time++)
                {
                    var (least, open) = (await OpenAsync(floor, floorPage), await OpenAsync(ours, page));
                    await ours.KillBackgroundAsync();
                    var woken = await OpenAsync(ours, page);
                    if (time >= 0)
                    {
                        floors.Add(least);
                        warm.Add(open);
                        cold.Add(woken);
                    }
                }
                foreach (var (pace, pause) in _paces)
                {
                    var least = await KeysAsync(floor, floorPage, pause);
                    keys.Add((pace, await KeysAsync(ours, page, pause), least));
                }
                await ours.CloseAsync();
            }
            for (var time = 0; time < Starts; time++)
            {
                await using var ours = await FillBenchmarks.StartOursAsync(name, world, setup);
                var page = await ours.NewPageAsync();
                await page.GotoAsync(site.LoginUrl);
                started.Add(await OpenAsync(ours, page));
                await ours.CloseAsync();
            }
            var openFloor = new Figures(floors.Select(open => open.Painted));
            Report.Line($"floor: open {openFloor}, of which before its document {new Figures(floors.Select(open => open.Begun))}; {string.Join("; ", keys.Select(one => $"{one.Pace} {one.Floor}"))}");
            TellOpens("open, background alive", warm, openFloor, WarmMilliseconds);
            TellOpens("open, background ended", cold, openFloor, ColdMilliseconds);
            TellOpens("open, browser just started", started, openFloor, ColdMilliseconds);
            foreach (var (pace, ours, least) in keys)
            {
                Tell(pace, ours, least, KeyMilliseconds);
            }
        }
    }

    private static void TellOpens(string what, List<Open> opens, Figures floor, double limit)
    {
        Tell(what, new Figures(opens.Select(open => open.Painted)), floor, limit);
        Report.Line($"{what}, of which before its document {new Figures(opens.Select(open => open.Begun))}");
    }

    private static void Tell(string what, Figures figures, Figures floor, double limit)
    {
        Report.Line($"{what}: {figures}; {figures.Median / floor.Median:0.0} times the floor");
        Report.Limit($"{what}, p95", figures.P95, limit, "ms");
    }

    /// <summary>Has the popup of that extension take its times.</summary>
    private static void TakeTimes(string folder)
    {
        const string Script = "paint.js";
        File.Copy(Path.Combine(FillBenchmarks.FloorFolder, Script), Path.Combine(folder, Script));
        var page = Path.Combine(folder, "popup.html");
        File.WriteAllText(page, File.ReadAllText(page).Replace("<title>", $"<script src=\"{Script}\"></script><title>", StringComparison.Ordinal));
    }

    /// <summary>The times of one opening, by the clock that browser and benchmark share.</summary>
    private static async Task<Open> OpenAsync(IBrowser browser, IPage page)
    {
        double clicked = 0;
        var popup = await browser.TriggerActionAsync(page, () => clicked = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds);
        var painted = await popup.EvaluateAsync<double>("() => listPainted");
        var begun = await popup.EvaluateAsync<double>("() => performance.timeOrigin");
        await popup.CloseAsync();
        return new(begun - clicked, painted - clicked);
    }

    /// <summary>Types each word over the one before and takes the time of each key.</summary>
    private static async Task<Figures> KeysAsync(IBrowser browser, IPage page, TimeSpan pause)
    {
        var times = new List<double>();
        var popup = await browser.TriggerActionAsync(page);
        await popup.EvaluateAsync<double>("() => listPainted");
        foreach (var word in Enumerable.Repeat(_words, Texts).SelectMany(words => words))
        {
            await popup.EvaluateAsync<object>("() => document.querySelector('#search').select()");
            foreach (var key in word)
            {
                await Task.Delay(pause);
                await popup.TypeAsync($"{key}");
                times.Add(await popup.EvaluateAsync<double>("() => keyPainted"));
            }
        }
        await popup.CloseAsync();
        return new Figures(times);
    }

    /// <summary>One opening of a popup, in milliseconds from the click.</summary>
    /// <param name="Begun">When its document began.</param>
    /// <param name="Painted">When its list was painted.</param>
    private readonly record struct Open(double Begun, double Painted);
}
