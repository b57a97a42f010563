namespace Host.Install;

/// <summary>
/// A browser that was installed as a Flatpak or a Snap, which may start no program outside of its sandbox. Told, not worked around: a
/// relay inside the sandbox would have to reach the host's socket, and a person would have to open the sandbox for that.
/// </summary>
/// <param name="Kind"><c>Flatpak</c> or <c>Snap</c>.</param>
/// <param name="Browser">The name of the browser in it.</param>
/// <param name="Title">What people call that browser.</param>
/// <param name="Folder">Its folder in a home, made when it is first used.</param>
/// <param name="Way">How it reaches programs outside, in words; <see langword="null"/> if it does not.</param>
internal sealed record Sandbox(string Kind, string Browser, string Title, string Folder, string? Way = null)
{
    private const string ByPortal =
        "reaches the host through the desktop's portal, which Ubuntu has since 22.04 and which asks you once";

    private const string ByProxy =
        "reaches the host from version 157 on, if xdg-native-messaging-proxy is installed";

    /// <summary>Every one we know.</summary>
    public static IReadOnlyList<Sandbox> All { get; } =
    [
        new("Snap", "firefox", "Firefox", "snap/firefox", ByPortal),
        new("Snap", "chromium", "Chromium", "snap/chromium"),
        new("Snap", "brave", "Brave", "snap/brave"),
        new("Snap", "vivaldi", "Vivaldi", "snap/vivaldi"),
        new("Flatpak", "firefox", "Firefox", ".var/app/org.mozilla.firefox", ByProxy),
        new("Flatpak", "firefox", "Zen", ".var/app/app.zen_browser.zen"),
        new("Flatpak", "librewolf", "LibreWolf", ".var/app/io.gitlab.librewolf-community"),
        new("Flatpak", "waterfox", "Waterfox", ".var/app/net.waterfox.waterfox"),
        new("Flatpak", "chromium", "Chromium", ".var/app/org.chromium.Chromium"),
        new("Flatpak", "chrome", "Chrome", ".var/app/com.google.Chrome"),
        new("Flatpak", "edge", "Edge", ".var/app/com.microsoft.Edge"),
        new("Flatpak", "brave", "Brave", ".var/app/com.brave.Browser"),
        new("Flatpak", "vivaldi", "Vivaldi", ".var/app/com.vivaldi.Vivaldi"),
    ];

    /// <summary>Whether what is outside of it reads the browser's usual manifests and starts what they name.</summary>
    public bool ReadsUsualManifests => Way is not null;

    /// <summary>What works and what does not.</summary>
    public string Words => Way is null
        ? $"{Title} as a {Kind} (~/{Folder}) can start no program outside of its sandbox: Latchkey does not work in it"
        : $"{Title} as a {Kind} (~/{Folder}) {Way}";

    /// <summary>What to do where it does not work.</summary>
    public string? Hint => Way is null ? $"install {Title} from its maker's or the distribution's packages" : null;

    /// <summary>Those of a browser that were used here.</summary>
    public static IEnumerable<Sandbox> FoundFor(Browser browser, UserFolders folders) =>
        All.Where(sandbox => sandbox.Browser == browser.Name && Directory.Exists(Path.Join(folders.Home, sandbox.Folder)));
}
