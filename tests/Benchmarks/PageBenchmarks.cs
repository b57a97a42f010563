using Browsers;

namespace Benchmarks;

/// <summary>What a page without a form pays for the extension: the same changes with and without it, in the same run.</summary>
internal static class PageBenchmarks
{
    private const int Times = 15;

    private static readonly (string Name, string Script)[] Changes =
    [
        ("1,000 attribute changes", Measured(1000, "main.children[n].setAttribute('data-n', n)")),
        ("1,000 elements added one by one", Measured(1000, "main.append(document.createElement('p'))")),
        ("200 inputs added one by one", Measured(200, "main.append(Object.assign(document.createElement('input'), { name: 'f' + n }))")),
    ];

    public static async Task RunAsync()
    {
        await using var site = await BenchSite.StartAsync();
        foreach (var name in Browser.Names)
        {
            Report.Heading($"{name}: pages without a form, with and without the extension, {Times} times each");
            using var world = new World().WithVault(10);
            await using var with = await FillBenchmarks.StartOursAsync(name, world);
            await using var without = await Browser.StartAsync(name, new BrowserSetup { FirefoxPreferences = FillBenchmarks.ExactTime });
            var (pageWith, pageWithout) = (await with.NewPageAsync(), await without.NewPageAsync());
            foreach (var elements in (int[])[10_000, 100_000])
            {
                var url = $"{site.Origin}/plain/{elements}";
                foreach (var (change, script) in Changes)
                {
                    var (ours, bare) = (new List<double>(), new List<double>());
                    for (var time = -2; time < Times; time++)
                    {
                        var one = await ChangeAsync(pageWith, url, script);
                        var other = await ChangeAsync(pageWithout, url, script);
                        if (time >= 0)
                        {
                            ours.Add(one);
                            bare.Add(other);
                        }
                    }
                    var (figures, floor) = (new Figures(ours), new Figures(bare));
                    Report.Line($"{elements:N0} elements, {change}: with {figures}; without {floor}");
                    // Within noise: at most what every fourth page without the extension takes as well.
                    Report.Ratio($"{change} at {elements:N0}", figures.Median, floor.Median, floor.P75 / floor.Median);
                }
            }
        }
    }

    private static async Task<double> ChangeAsync(IPage page, string url, string script)
    {
        await page.ActivateAsync();
        await page.GotoAsync(url);
        return await page.EvaluateAsync<double>(script);
    }

    /// <summary>
    /// The milliseconds that the page could not run because of so many changes, each in a turn of its own: the turns themselves, then
    /// every gap between turns in the time after them, in which observers, frames and idle callbacks do what they put off. No frame
    /// is waited for, so that the figure is not rounded up to the next one.
    /// </summary>
    private static string Measured(int times, string change) => $$"""
        async () => {
          const [main, afterwards, gap] = [document.getElementById("main"), 150, 0.2];
          const channel = new MessageChannel();
          let go;
          channel.port1.onmessage = () => go();
          const turn = () => new Promise((resolve) => { go = resolve; channel.port2.postMessage(0); });
          const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
          await frame();
          await frame();
          const start = performance.now();
          for (let n = 0; n < {{times}}; n++) {
            {{change}};
            await turn();
          }
          let [busy, last] = [performance.now() - start, performance.now()];
          for (const end = last + afterwards; last < end;) {
            await turn();
            const now = performance.now();
            if (now - last > gap) busy += now - last;
            last = now;
          }
          return busy;
        }
        """;
}
