using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>
/// Looks at a view as a person would: nothing overflows or is cut, every target can be hit, no rule of accessibility that axe-core knows
/// is broken; where the person prefers it, nothing moves and what is said by colour is seen in the system's. The pictures stand in the
/// test's work folder, for people to look at: where nobody will, LATCHKEY_PICTURES=off spares the machine an eighth of the work.
/// </summary>
internal static class Looks
{
    private static readonly string _axe = ReadAxe();

    private static readonly bool _takesPictures = Environment.GetEnvironmentVariable("LATCHKEY_PICTURES") != "off";

    // What a person would complain about, in words. Each line looks for one thing.
    private const string Complaints = """
        () => {
          const shown = (selector) => [...document.querySelectorAll(selector)].filter((each) =>
            each.checkVisibility({ visibilityProperty: true }) && each.getClientRects().length > 0);
          const named = (each) => `${each.localName}#${each.id}.${each.getAttribute("class")} "${each.textContent.slice(0, 40)}"`;
          const boxOf = (each) => each.getBoundingClientRect();
          const styleOf = (each, pseudo) => getComputedStyle(each, pseudo);

          // A row that is not in view keeps the layout of when it was.
          const overflows = [...document.querySelectorAll("html, body, body *")]
            .filter((each) => each.checkVisibility({ contentVisibilityAuto: true }))
            .filter((each) => boxOf(each).right > innerWidth + 0.5 || boxOf(each).left < -0.5)
            .map((each) => `overflows: ${named(each)} ${JSON.stringify(boxOf(each))} of ${innerWidth}`);

          const hides = (overflow) => overflow === "hidden" || overflow === "clip";
          // What lies below a scrollbar at the end is padding.
          const isCut = (each) =>
            styleOf(each).display !== "inline" &&
            ((hides(styleOf(each).overflowX) && each.scrollWidth > each.offsetWidth + 1) ||
              (hides(styleOf(each).overflowY) && each.scrollHeight > each.offsetHeight + 1));
          const cut = shown("body *:not(.sr, input, select, textarea, svg *)")
            .filter((each) => each.textContent.trim() !== "" && isCut(each) && !each.closest("[title]"))
            .map((each) => `cut without a title: ${named(each)}`);

          // WCAG 2.2, 2.5.8: 24 pixels each way, or a circle of 24 around the middle that meets no other target. A link in a line of
          // text is as high as the line.
          const least = 24;
          const inText = (each) => styleOf(each).display === "inline" && each.parentElement.textContent !== each.textContent;
          const targets = shown("a[href], button, input, select, textarea, summary, [role=option]").map((each) => {
            const box = boxOf(each);
            // What lies in its label is as large as the label.
            const around = each.localName === "input" ? each.closest("label") : null;
            return { each, box: around === null ? box : boxOf(around) };
          });
          const isSmall = ({ box }) => box.width < least - 0.01 || box.height < least - 0.01;
          const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
          const meets = (one, other) => {
            const [[x, y], { box }] = [middle(one.box), other];
            const apart = (at, from, to) => Math.max(from - at, 0, at - to);
            const toBox = Math.hypot(apart(x, box.left, box.right), apart(y, box.top, box.bottom));
            const [otherX, otherY] = middle(box);
            return toBox < least / 2 || (isSmall(other) && Math.hypot(x - otherX, y - otherY) < least);
          };
          const small = targets
            .filter((one) => isSmall(one) && !inText(one.each))
            .filter((one) => targets.some((other) => other !== one && meets(one, other)))
            .map(({ each, box }) => `small target: ${named(each)} ${box.width} × ${box.height}`);

          // What moves only while it changes has come to rest here.
          const wouldMove = (each) =>
            [null, "::before", "::after"].some((pseudo) => /[1-9]/.test(styleOf(each, pseudo).transitionDuration));
          const moves = !matchMedia("(prefers-reduced-motion: reduce)").matches ? [] : [
            ...document.getAnimations()
              .filter(({ playState, effect }) => playState === "running" && effect.getTiming().duration !== 0)
              .map(({ effect }) => effect.target),
            ...shown("body *").filter(wouldMove),
          ].map((each) => `moves: ${named(each)}`);

          const isClear = (colour) => colour === "transparent" || /^rgba\(.*, 0\)$/.test(colour);
          const ground = (each) => {
            const { backgroundColor } = styleOf(each);
            return isClear(backgroundColor) && each.parentElement ? ground(each.parentElement) : backgroundColor;
          };
          const isUnseen = (colour, on) => isClear(colour) || colour === on;
          const ringOf = (each) => each.closest(".input") ?? each;
          const hasNoRing = (each) => {
            const { outlineStyle, outlineColor, outlineOffset } = styleOf(ringOf(each));
            const on = ground(parseFloat(outlineOffset) < 0 ? ringOf(each) : ringOf(each).parentElement);
            return outlineStyle === "none" || isUnseen(outlineColor, on);
          };
          const unseen = !matchMedia("(forced-colors: active)").matches ? [] : [
            ...shown(".i").filter((each) => isUnseen(styleOf(each).stroke, ground(each))),
            ...shown(".switch").filter((each) => isUnseen(styleOf(each, "::after").backgroundColor, ground(each))),
            ...shown(".row[aria-selected=true], .nav a[aria-current]").filter((each) =>
              isUnseen(styleOf(each, "::before").backgroundColor, ground(each))),
            ...shown(".progress > i, .meter > i.on, .toast .drain").filter((each) =>
              isUnseen(styleOf(each).backgroundColor, ground(each.parentElement))),
            ...shown(".seg > [aria-pressed=true]").filter((each) => ground(each) === ground(each.parentElement)),
            ...shown(".menu").filter((each) => isUnseen(styleOf(each).borderTopColor, ground(each)) || styleOf(each).borderTopWidth === "0px"),
            ...[document.activeElement].filter((each) => each.matches(":focus-visible:not(h1, main)") && hasNoRing(each)),
          ].map((each) => `not seen in forced colours: ${named(each)}`);

          return [...overflows, ...cut, ...small, ...moves, ...unseen];
        }
        """;

    /// <summary>A browser whose pictures are those of a sharp screen.</summary>
    /// <param name="name">The browser's.</param>
    public static BrowserSetup Setup(string name) => new()
    {
        DeviceScale = _takesPictures ? 2 : 1,
        // Chromium's own screen without a window is so small that no popup finds its size.
        Arguments = name == "chromium" ? ["--screen-info={3200x2400}"] : [],
    };

    /// <summary>
    /// Checks the view in the light and the dark theme and takes a picture of each. axe-core looks in Chromium:
    /// Firefox shows the same document in the same colours, and takes three times as long for it.
    /// </summary>
    /// <param name="view">A popup or page of the extension.</param>
    /// <param name="state">What the view shows: the pictures' names begin with it.</param>
    /// <param name="name">The browser's.</param>
    public static async Task CheckAsync(IView view, string state, string name)
    {
        foreach (var theme in (string[])["light", "dark"])
        {
            await view.EvaluateAsync<object>("(theme) => { document.documentElement.dataset.theme = theme; }", theme);
            // In another theme only the colours are others.
            await (theme == "light" ? FitsAsync(view, $"{state}-{name}-{theme}") : PictureAsync(view, $"{state}-{name}-{theme}"));
            var rules = (name, theme) switch
            {
                ("chromium", "light") => "{}",
                ("chromium", _) => """{ runOnly: ["color-contrast"] }""",
                _ => null,
            };
            if (rules is not null)
            {
                Assert.That(await ViolationsAsync(view, rules), Is.Empty, $"{state}-{name}-{theme}");
            }
        }
        await view.EvaluateAsync<object>("() => { delete document.documentElement.dataset.theme; }");
    }

    /// <summary>Waits until nothing moves, takes the picture and looks for everything but what axe-core knows.</summary>
    /// <param name="view">A popup or page of the extension.</param>
    /// <param name="picture">The picture's name, without its ending.</param>
    public static async Task FitsAsync(IView view, string picture)
    {
        await PictureAsync(view, picture);
        Assert.That(await view.EvaluateAsync<string[]>(Complaints), Is.Empty, picture);
    }

    private static async Task PictureAsync(IView view, string picture)
    {
        // A bar that goes on while somebody waits never ends. A popup gets its size from the browser some time after its content.
        await view.WaitForAsync("""
            () => {
              const popup = document.querySelector("#popup");
              const hasItsSize = popup === null || popup.scrollHeight <= popup.clientHeight || getComputedStyle(popup).overflowY !== "hidden";
              return hasItsSize && document.getAnimations().every(({ playState, effect }) =>
                playState === "finished" || effect.getTiming().iterations === Infinity);
            }
            """);
        await SaveAsync(view, picture);
    }

    /// <summary>Takes the picture of what is in view.</summary>
    public static async Task SaveAsync(IView view, string picture)
    {
        if (!_takesPictures)
        {
            return;
        }
        var folder = Directory.CreateDirectory(Path.Combine(TestContext.CurrentContext.WorkDirectory, "looks")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, $"{picture}.png"), await view.ScreenshotAsync());
    }

    private static async Task<string[]> ViolationsAsync(IView view, string rules)
    {
        // Half a megabyte, which a view that stays has already.
        if (!await view.EvaluateAsync<bool>("() => window.axe !== undefined"))
        {
            await view.EvaluateAsync<object>($$"""() => { {{_axe}} }""");
        }
        // Without the style sheets, which are fetched anew for a single rule: that of the orientation of a phone.
        return await view.EvaluateAsync<string[]>($$"""
            async () => {
              const { violations } = await window.axe.run(document, { resultTypes: ["violations"], preload: false, ...{{rules}} });
              return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ").slice(0, 300)}`);
            }
            """);
    }

    private static string ReadAxe()
    {
        using var script = typeof(Deque.AxeCore.Commons.AxeRunOptions).Assembly
            .GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!;
        using var reader = new StreamReader(script);
        return reader.ReadToEnd();
    }
}
