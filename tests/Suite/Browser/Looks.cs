using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>
/// Looks at a view as a person would: nothing overflows, no rule of accessibility that axe-core knows is broken. The pictures stand in
/// the test's work folder, for people to look at.
/// </summary>
internal static class Looks
{
    private static readonly string _axe = ReadAxe();

    private const string Overflowing = """
        () => [...document.querySelectorAll("html, body, body *")]
          .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5 || each.getBoundingClientRect().left < -0.5)
          .map((each) => `${each.localName}.${each.className} ${JSON.stringify(each.getBoundingClientRect())} of ${innerWidth}`)
        """;

    /// <summary>A browser whose pictures are those of a sharp screen.</summary>
    /// <param name="name">The browser's.</param>
    /// <param name="dark">Whether the person likes it dark.</param>
    public static BrowserSetup Setup(string name, bool dark) => new()
    {
        Dark = dark,
        DeviceScale = 2,
        // Chromium's own screen without a window is so small that no popup finds its size.
        Arguments = name == "chromium" ? ["--screen-info={3200x2400}"] : [],
    };

    /// <summary>Waits until nothing moves, takes the picture and checks the view.</summary>
    /// <param name="view">A popup or page of the extension.</param>
    /// <param name="picture">The picture's name, without its ending.</param>
    public static async Task CheckAsync(IView view, string picture)
    {
        await FitsAsync(view, picture);
        Assert.That(await ViolationsAsync(view), Is.Empty, picture);
    }

    /// <summary>Waits until nothing moves, takes the picture and checks that nothing overflows.</summary>
    /// <param name="view">A popup or page of the extension.</param>
    /// <param name="picture">The picture's name, without its ending.</param>
    public static async Task FitsAsync(IView view, string picture)
    {
        // A bar that goes on while somebody waits never ends.
        await view.WaitForAsync("""
            () => document.getAnimations().every(({ playState, effect }) =>
              playState === "finished" || effect.getTiming().iterations === Infinity)
            """);
        await SaveAsync(view, picture);
        Assert.That(await view.EvaluateAsync<string[]>(Overflowing), Is.Empty, $"{picture} overflows");
    }

    /// <summary>Takes the picture of what is in view.</summary>
    public static async Task SaveAsync(IView view, string picture)
    {
        var folder = Directory.CreateDirectory(Path.Combine(TestContext.CurrentContext.WorkDirectory, "looks")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, $"{picture}.png"), await view.ScreenshotAsync());
    }

    private static async Task<string[]> ViolationsAsync(IView view) => await view.EvaluateAsync<string[]>($$"""
        async () => {
          if (!window.axe) { {{_axe}} }
          const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ").slice(0, 300)}`);
        }
        """);

    private static string ReadAxe()
    {
        using var script = typeof(Deque.AxeCore.Commons.AxeRunOptions).Assembly
            .GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!;
        using var reader = new StreamReader(script);
        return reader.ReadToEnd();
    }
}
