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

/// <summary>The folders that a browser's own folders are relative to.</summary>
internal sealed record UserFolders(string Home, string Config)
{
    /// <summary>Reads the environment.</summary>
    public static UserFolders Of(Paths paths)
    {
        var home = Environment.GetEnvironmentVariable("HOME") is { } set && Path.IsPathRooted(set) ? set : "/";
        return new UserFolders(home, Path.GetDirectoryName(paths.ConfigFolder)!);
    }
}

/// <summary>A browser that we can be installed for. A new one is a row in <see cref="All"/>.</summary>
/// <param name="Name">The word after <c>--browser</c>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Family">How its manifests look.</param>
/// <param name="Programs">The programs that start it, any of which in PATH means that it is installed.</param>
/// <param name="ManifestFolder">Where it looks for a person's manifests.</param>
internal sealed record Browser(
    string Name, string Title, BrowserFamily Family, IReadOnlyList<string> Programs, Func<UserFolders, string> ManifestFolder)
{
    /// <summary>Where a Chromium looks that was started with <c>--user-data-dir</c>.</summary>
    public const string FolderInUserData = "NativeMessagingHosts";

    /// <summary>Every browser we know.</summary>
    public static IReadOnlyList<Browser> All { get; } =
    [
        new("chromium", "Chromium", BrowserFamily.Chromium, ["chromium", "chromium-browser"],
            folders => Path.Join(folders.Config, "chromium", FolderInUserData)),
        // Also when the profile is in ~/.config/mozilla: manifests are still read from here only.
        new("firefox", "Firefox", BrowserFamily.Firefox, ["firefox", "firefox-esr"],
            folders => Path.Join(folders.Home, ".mozilla", "native-messaging-hosts")),
    ];

    /// <summary>The callers that its manifest allows.</summary>
    public string Caller => Family == BrowserFamily.Chromium ? $"chrome-extension://{Callers.ChromiumId}/" : Callers.FirefoxId;

    /// <summary>What the browser gives the program that a manifest names.</summary>
    public string[] Arguments(string manifest) => Family == BrowserFamily.Chromium ? [Caller] : [manifest, Caller];

    /// <summary>Tells whether one of its programs is in PATH.</summary>
    public bool IsPresent() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => folder.Length > 0 && Programs.Any(program => File.Exists(Path.Join(folder, program))));
}
