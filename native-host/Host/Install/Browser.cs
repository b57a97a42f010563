using Host.Protocol;

namespace Host.Install;

/// <summary>The two families of browsers, which differ in the manifest's list of callers and in what they give the program.</summary>
internal enum BrowserFamily
{
    /// <summary>Chromium and what is built on it: <c>allowed_origins</c>; one argument, the extension's origin.</summary>
    Chromium,

    /// <summary>Firefox and what is built on it: <c>allowed_extensions</c>; two arguments, the manifest's path and the add-on's id.</summary>
    Firefox,
}

/// <summary>A browser that we can be installed for. A new one is a row in <see cref="All"/>.</summary>
/// <param name="Name">The word after <c>--browser</c>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Family">How its manifests look.</param>
/// <param name="Programs">The programs that start it, any of which in PATH means that it is installed.</param>
internal sealed record Browser(string Name, string Title, BrowserFamily Family, IReadOnlyList<string> Programs)
{
    /// <summary>Where a Chromium looks in the folder of its data, <c>--user-data-dir</c> or its own.</summary>
    public const string FolderInUserData = "NativeMessagingHosts";

    private const string MozillaFolder = "native-messaging-hosts";
    private const string SystemChromium = "/etc/chromium/native-messaging-hosts";

    /// <summary>Every browser we know.</summary>
    public static IReadOnlyList<Browser> All { get; } =
    [
        Chromium("chromium", "Chromium", "chromium", SystemChromium, "chromium", "chromium-browser"),
        Chromium("chrome", "Chrome", "google-chrome", "/etc/opt/chrome/native-messaging-hosts", "google-chrome-stable"),
        Chromium("chrome-beta", "Chrome beta", "google-chrome-beta", "/etc/opt/chrome/native-messaging-hosts", "google-chrome-beta"),
        Chromium("chrome-unstable", "Chrome unstable", "google-chrome-unstable", "/etc/opt/chrome/native-messaging-hosts", "google-chrome-unstable"),
        Chromium("edge", "Edge", "microsoft-edge", "/etc/opt/edge/native-messaging-hosts", "microsoft-edge", "microsoft-edge-stable"),
        Chromium("brave", "Brave", "BraveSoftware/Brave-Browser", SystemChromium, "brave-browser", "brave"),
        Chromium("vivaldi", "Vivaldi", "vivaldi", SystemChromium, "vivaldi", "vivaldi-stable"),
        Chromium("helium", "Helium", "net.imput.helium", SystemChromium, "helium"),
        // Also where its profiles are in ~/.config/mozilla, and for Zen: manifests are still read from ~/.mozilla only.
        new("firefox", "Firefox", BrowserFamily.Firefox, ["firefox", "firefox-esr", "zen-browser"])
        {
            Profiles = folders =>
            [
                Path.Join(folders.Home, ".mozilla", "firefox"), Path.Join(folders.Config, "mozilla"),
                Path.Join(folders.Home, ".zen"), Path.Join(folders.Config, "zen"),
            ],
            ManifestFolder = folders => Path.Join(folders.Home, ".mozilla", MozillaFolder),
            SystemFolders = ["/usr/lib/mozilla/native-messaging-hosts", "/usr/lib64/mozilla/native-messaging-hosts"],
        },
        Fork("librewolf", "LibreWolf", ".librewolf"),
        Fork("waterfox", "Waterfox", ".waterfox"),
    ];

    /// <summary>The folders of which any means that somebody has used it here.</summary>
    public required Func<UserFolders, IReadOnlyList<string>> Profiles { get; init; }

    /// <summary>Where it looks for a person's manifests.</summary>
    public required Func<UserFolders, string> ManifestFolder { get; init; }

    /// <summary>Where it looks for everybody's: the first always, the others where a system has them. Empty: it has no such place of its own.</summary>
    public IReadOnlyList<string> SystemFolders { get; init; } = [];

    /// <summary>The callers that its manifest allows.</summary>
    public string Caller => Family == BrowserFamily.Chromium ? $"chrome-extension://{Callers.ChromiumId}/" : Callers.FirefoxId;

    /// <summary>What the browser gives the program that a manifest names.</summary>
    public string[] Arguments(string manifest) => Family == BrowserFamily.Chromium ? [Caller] : [manifest, Caller];

    /// <summary>Tells whether it is here: used before, in PATH, or in a sandbox that reads the usual manifests.</summary>
    public bool IsFound(UserFolders folders) =>
        Profiles(folders).Any(Directory.Exists)
        || folders.Programs.Any(folder => Programs.Any(program => File.Exists(Path.Join(folder, program))))
        || Sandbox.FoundFor(this, folders).Any(sandbox => sandbox.ReadsUsualManifests);

    private static Browser Chromium(string name, string title, string userData, string systemFolder, params string[] programs) =>
        new(name, title, BrowserFamily.Chromium, programs)
        {
            Profiles = folders => [Path.Join(folders.Config, userData)],
            ManifestFolder = folders => Path.Join(folders.Config, userData, FolderInUserData),
            SystemFolders = [systemFolder],
        };

    private static Browser Fork(string name, string title, string folder) => new(name, title, BrowserFamily.Firefox, [name])
    {
        Profiles = folders => [Path.Join(folders.Home, folder), Path.Join(folders.Config, name)],
        ManifestFolder = folders => Path.Join(folders.Home, folder, MozillaFolder),
    };
}
