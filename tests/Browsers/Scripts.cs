using System.Text.Json;

namespace Browsers;

/// <summary>
/// The JavaScript that both drivers send. Each script is one expression that yields a JSON text
/// <c>{"value": …}</c> or <c>{"error": "…"}</c>, so that both browsers' ways to carry values drop out.
/// </summary>
internal static class Scripts
{
    /// <summary>Opens a private window from the extension's background, which must be let into such windows.</summary>
    public const string PrivateWindow = "async (url) => { await chrome.windows.create({ incognito: true, url }); }";

    // Arguments stand in the source: every JSON text is a JavaScript expression since ES2019.
    public static string Call(string function, params object?[] arguments) => $$"""
        (async () => {
          try {
            return JSON.stringify({ value: await ({{function}})(...{{JsonSerializer.Serialize(arguments)}}) });
          } catch (error) {
            return JSON.stringify({ error: String(error) });
          }
        })()
        """;

    /// <summary>
    /// A function that calls <paramref name="function"/> until it is truthy, and then returns its value.
    /// </summary>
    /// <remarks>
    /// A timer and not requestAnimationFrame, which stands still in a tab that is not shown; not a MutationObserver,
    /// which does not see the value of a field. No eval: pages may forbid it.
    /// </remarks>
    public static string Until(string function, TimeSpan limit) => $$"""
        (...args) => new Promise((resolve, reject) => {
          const deadline = performance.now() + {{(long)limit.TotalMilliseconds}};
          let last = "it was false";
          const check = async () => {
            try {
              const value = await ({{function}})(...args);
              if (value) return resolve(value);
              last = "it was false";
            } catch (error) {
              last = String(error);
            }
            if (performance.now() > deadline) return reject(new Error(`still not true at the deadline: ${last}`));
            setTimeout(check, 10);
          };
          check();
        })
        """;

    /// <summary>A function from a CSS selector to an element, or to null. Searches open shadow roots too.</summary>
    public const string Find = """
        (selector) => {
          const search = (root) => {
            const found = root.querySelector(selector);
            if (found) return found;
            for (const element of root.querySelectorAll("*")) {
              const inside = element.shadowRoot && search(element.shadowRoot);
              if (inside) return inside;
            }
            return null;
          };
          return search(document);
        }
        """;

    /// <summary>
    /// A function from a CSS selector to the point in the frame's view, in whole CSS pixels, where a click hits that
    /// element or what is inside it. Throws as long as there is none, or the element moves from one frame to the next.
    /// </summary>
    public static string PointOf => $$"""
        async (selector) => {
          const element = ({{Find}})(selector);
          if (!element) throw new Error("no such element");
          element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
          const before = element.getBoundingClientRect();
          await new Promise((resolve) => requestAnimationFrame(resolve));
          const box = element.getBoundingClientRect();
          if (box.x !== before.x || box.y !== before.y) throw new Error("the element moves");
          if (box.width === 0 || box.height === 0) throw new Error("the element has no size");
          const point = { x: Math.floor(box.x + box.width / 2), y: Math.floor(box.y + box.height / 2) };
          const hit = element.getRootNode().elementFromPoint(point.x, point.y);
          if (!hit) throw new Error("the element is out of view");
          const labels = [...element.labels ?? []];
          if (!element.contains(hit) && !hit.contains(element) && !labels.includes(hit)) {
            throw new Error(`the element is covered by ${hit.outerHTML.slice(0, 120)}`);
          }
          return point;
        }
        """;

    /// <summary>Reads what a script of this class yielded.</summary>
    /// <exception cref="BrowserException">It is an error.</exception>
    public static T Result<T>(string json, string what)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.TryGetProperty("error", out var error))
        {
            throw new BrowserException($"{what}: {error.GetString()}");
        }
        return document.RootElement.TryGetProperty("value", out var value) ? value.Deserialize<T>()! : default!;
    }
}

/// <summary>A point in a frame's view, in CSS pixels.</summary>
internal sealed record Point(
    [property: System.Text.Json.Serialization.JsonPropertyName("x")] int X,
    [property: System.Text.Json.Serialization.JsonPropertyName("y")] int Y);
