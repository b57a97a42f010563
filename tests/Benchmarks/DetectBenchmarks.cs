using System.Globalization;
using Browsers;

namespace Benchmarks;

/// <summary>
/// What the detector takes for a page: for the first look at it, in which code is compiled and the page's elements are met for the first
/// time, and for one that follows.
/// </summary>
internal static class DetectBenchmarks
{
    private const int Times = 15;

    /// <summary>The milliseconds of the first, the second and the third look. The page's own layout is no part of them.</summary>
    private const string Looks = """
        () => {
          void document.body.offsetHeight;
          return [1, 2, 3].map(() => {
            const start = performance.now();
            __detect(document);
            return performance.now() - start;
          });
        }
        """;

    public static async Task RunAsync()
    {
        var detector = await File.ReadAllTextAsync(Path.Combine(World.Dist, "detector.js"));
        // As a function: its own words are no part of what is measured.
        var load = $"() => {{ {detector} }}";
        await using var site = await BenchSite.StartAsync();
        foreach (var name in Browser.Names)
        {
            Report.Heading($"{name}: the detector, {Times} times each");
            await using var browser = await Browser.StartAsync(name, new BrowserSetup { FirefoxPreferences = FillBenchmarks.ExactTime });
            foreach (var elements in (int[])[10_000, 100_000])
            {
                var (first, later) = (new List<double>(), new List<double>());
                for (var time = 0; time < Times; time++)
                {
                    var page = await browser.NewPageAsync();
                    await page.GotoAsync($"{site.Origin}/form/{elements}");
                    var looks = await LooksAsync(page, load);
                    first.Add(looks[0]);
                    later.Add(looks[2]);
                    await page.CloseAsync();
                }
                Told(string.Create(CultureInfo.InvariantCulture, $"{elements:N0} elements with a form"), first, later, elements > 10_000 ? 3 : 1);
            }
            var (firstOfPages, laterOfPages) = (new List<double>(), new List<double>());
            var shown = await browser.NewPageAsync();
            foreach (var file in Directory.GetFiles(BenchSite.LabelledPages, "*.html").Order(StringComparer.Ordinal))
            {
                await shown.GotoAsync($"{site.Origin}/labelled/{Path.GetFileNameWithoutExtension(file)}");
                var looks = await LooksAsync(shown, load);
                firstOfPages.Add(looks[0]);
                laterOfPages.Add(looks[2]);
            }
            Told("the labelled pages", firstOfPages, laterOfPages, 1);
        }
    }

    private static async Task<double[]> LooksAsync(IPage page, string load)
    {
        await page.EvaluateAsync<object>(load);
        return await page.EvaluateAsync<double[]>(Looks);
    }

    private static void Told(string what, List<double> first, List<double> later, double limit)
    {
        Report.Line($"{what}: first look {new Figures(first)}; third {new Figures(later)}");
        Report.Limit($"first look at {what}", new Figures(first).Median, limit, "ms");
    }
}
