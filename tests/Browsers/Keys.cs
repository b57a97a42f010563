namespace Browsers;

/// <summary>
/// The keys that have a name, as UI Events calls them, with the codes that the browsers' protocols use.
/// </summary>
public static class Keys
{
    /// <summary>
    /// A named key: its WebDriver code point (WebDriver 17.4.2), its Windows virtual key code, which Chromium's
    /// protocol uses on every system, its bit in that protocol's modifiers, and its name in X11.
    /// </summary>
    internal sealed record Named(char WebDriver, int VirtualKey, int Modifier, string X11, string Text = "");

    private static readonly Dictionary<string, Named> Table = new()
    {
        ["Alt"] = new('\uE00A', 18, 1, "alt"),
        ["Control"] = new('\uE009', 17, 2, "ctrl"),
        ["Meta"] = new('\uE03D', 91, 4, "super"),
        ["Shift"] = new('\uE008', 16, 8, "shift"),
        ["Enter"] = new('\uE007', 13, 0, "Return", "\r"),
        ["Tab"] = new('\uE004', 9, 0, "Tab"),
        ["Escape"] = new('\uE00C', 27, 0, "Escape"),
        ["Backspace"] = new('\uE003', 8, 0, "BackSpace"),
        ["Delete"] = new('\uE017', 46, 0, "Delete"),
        ["ArrowLeft"] = new('\uE012', 37, 0, "Left"),
        ["ArrowUp"] = new('\uE013', 38, 0, "Up"),
        ["ArrowRight"] = new('\uE014', 39, 0, "Right"),
        ["ArrowDown"] = new('\uE015', 40, 0, "Down"),
        ["Home"] = new('\uE011', 36, 0, "Home"),
        ["End"] = new('\uE010', 35, 0, "End"),
        ["PageUp"] = new('\uE00E', 33, 0, "Prior"),
        ["PageDown"] = new('\uE00F', 34, 0, "Next"),
    };

    /// <summary>The names.</summary>
    public static IReadOnlyCollection<string> Names => Table.Keys;

    /// <summary>The named key, or <see langword="null"/> if the name is one character.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    internal static Named? Find(string key) =>
        Table.TryGetValue(key, out var named) ? named
        : key.EnumerateRunes().Count() == 1 ? null
        : throw new ArgumentException($"no key is called {key}", nameof(key));

    /// <summary>The parts of <c>Control+Shift+a</c>, the key itself last. A plus sign alone is a key.</summary>
    internal static string[] Split(string keys) =>
        keys.EndsWith('+') ? [.. keys[..^1].Split('+', StringSplitOptions.RemoveEmptyEntries), "+"] : keys.Split('+');
}
