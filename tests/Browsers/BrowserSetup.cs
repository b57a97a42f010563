namespace Browsers;

/// <summary>How a browser is started. Every part has a default that suits a test.</summary>
public sealed record BrowserSetup
{
    /// <summary>A folder with an unpacked extension for this browser; <see langword="null"/> for none.</summary>
    public string? ExtensionFolder { get; init; }

    /// <summary>
    /// The native hosts that the extension may start; a manifest is written for each. Leave it empty when something
    /// else writes the manifests into <see cref="HomeFolder"/> or <see cref="ProfileFolder"/>.
    /// </summary>
    public IReadOnlyList<NativeHost> NativeHosts { get; init; } = [];

    /// <summary>
    /// The profile: made if it is not there, kept when the browser is disposed. <see langword="null"/>: a temporary
    /// one.
    /// </summary>
    public string? ProfileFolder { get; init; }

    /// <summary>The browser's <c>HOME</c>: made and kept likewise. <see langword="null"/>: a temporary one.</summary>
    public string? HomeFolder { get; init; }

    /// <summary>
    /// Variables for the browser, and so for the native hosts that it starts, over those of this process. The XDG
    /// variables and the session bus of this process are not handed on.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether pages and the extension are asked for their dark colours.</summary>
    public bool Dark { get; init; }

    /// <summary>Whether the person has the system choose all colours, as its high contrast does.</summary>
    public bool ForcedColours { get; init; }

    /// <summary>Whether the person asks for less motion.</summary>
    public bool ReducedMotion { get; init; }

    /// <summary>Device pixels in a CSS pixel.</summary>
    public double DeviceScale { get; init; } = 1;

    /// <summary>
    /// No window. With one, <c>DISPLAY</c> must be set, in <see cref="Environment"/> or in this process.
    /// </summary>
    public bool Headless { get; init; } = true;

    /// <summary>Whether the person lets the extension into private windows.</summary>
    public bool InPrivateWindows { get; init; }

    /// <summary>Further arguments for the browser's command line.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Further preferences: about:config names in Firefox. Chromium has none and ignores them.</summary>
    public IReadOnlyDictionary<string, object> FirefoxPreferences { get; init; } = new Dictionary<string, object>();

    /// <summary>How long one call may take. A start may take three times as long.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>A native messaging host that the extension may start.</summary>
/// <param name="Name">The name that the extension gives to <c>connectNative</c>.</param>
/// <param name="Path">The absolute path of the program.</param>
public sealed record NativeHost(string Name, string Path);
