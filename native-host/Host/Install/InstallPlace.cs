namespace Host.Install;

/// <summary>Where launcher, record and manifests of an installation are: a person's, or everybody's.</summary>
/// <param name="Launcher">The launcher.</param>
/// <param name="Record">What was written.</param>
/// <param name="FolderMode">The mode of folders that are made on the way.</param>
/// <param name="ManifestFolders">Where a browser looks for manifests in this place; none if it does not look here.</param>
internal sealed record InstallPlace(
    string Launcher, string Record, UnixFileMode FolderMode, Func<Browser, IReadOnlyList<string>> ManifestFolders)
{
    private const string LauncherName = "latchkey-relay";
    private const string RecordName = "installed.json";
    private const UnixFileMode OwnFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode SharedFolder =
        OwnFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>A person's own.</summary>
    /// <param name="paths">Where the person's files are.</param>
    /// <param name="userData">The folder that Chromium was told to keep its data in, or <see langword="null"/>.</param>
    public static InstallPlace OfPerson(Paths paths, string? userData = null)
    {
        var folders = UserFolders.Of(paths);
        return new InstallPlace(
            Path.Join(paths.DataFolder, LauncherName), Path.Join(paths.DataFolder, RecordName), OwnFolder,
            browser => [userData is null ? browser.ManifestFolder(folders) : Path.Join(userData, Browser.FolderInUserData)]);
    }

    /// <summary>That of everybody on this computer.</summary>
    /// <param name="root">A folder that stands for the root of the file system, or nothing.</param>
    public static InstallPlace OfSystem(string root = "")
    {
        var folder = Path.Join(root, "/usr/local/lib/latchkey");
        return new InstallPlace(
            Path.Join(folder, LauncherName), Path.Join(folder, RecordName), SharedFolder,
            browser =>
            [
                .. browser.SystemFolders.Take(1).Select(first => Path.Join(root, first)),
                .. browser.SystemFolders.Skip(1).Select(other => Path.Join(root, other))
                    .Where(other => Directory.Exists(Path.GetDirectoryName(other))),
            ]);
    }

    /// <summary>The manifests of a browser in this place, there or not.</summary>
    public IEnumerable<string> ManifestsOf(Browser browser) =>
        ManifestFolders(browser).Select(folder => Path.Join(folder, HostManifest.FileName));
}
