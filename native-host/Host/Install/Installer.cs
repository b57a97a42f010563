using System.Text;

namespace Host.Install;

/// <summary>Writes and removes the launcher and the manifests.</summary>
internal sealed class Installer(Paths paths)
{
    private const UnixFileMode ManifestMode = AtomicFile.OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Where the manifest of a browser is, or is to be.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="userData">The folder that Chromium was told to keep its data in, or <see langword="null"/>.</param>
    public string ManifestPath(Browser browser, string? userData) => Path.Join(
        userData is null ? browser.ManifestFolder(UserFolders.Of(paths)) : Path.Join(userData, Browser.FolderInUserData),
        HostManifest.FileName);

    /// <summary>Writes launcher and manifests.</summary>
    /// <param name="executable">The absolute path of <c>latchkey</c>.</param>
    /// <param name="browsers">The browsers to write manifests for.</param>
    /// <param name="userData">The folder that Chromium was told to keep its data in, or <see langword="null"/>.</param>
    /// <returns>The files written.</returns>
    /// <exception cref="CannotWriteException">A file or folder could not be written; run again, it goes on where it stopped.</exception>
    public IReadOnlyList<string> Install(string executable, IEnumerable<Browser> browsers, string? userData)
    {
        var record = InstallRecord.Read(paths);
        var launcher = Launcher.PathIn(paths);
        var folders = new List<string>(AtomicFile.MakeFolder(paths.DataFolder));
        AtomicFile.Write(launcher, Encoding.UTF8.GetBytes(Launcher.Text(executable)), Launcher.Mode);

        var written = new List<WrittenManifest>();
        foreach (var browser in browsers)
        {
            var path = ManifestPath(browser, userData);
            folders.AddRange(AtomicFile.MakeFolder(Path.GetDirectoryName(path)!));
            // Before the manifest, so that even an installation that was cut short is removed whole.
            written.Add(new WrittenManifest(browser.Name, path));
            new InstallRecord([.. record.Manifests.Union(written)], [.. record.Folders.Union(folders)]).Write(paths);
            AtomicFile.Write(path, HostManifest.For(browser, launcher).ToBytes(), ManifestMode);
        }
        return [launcher, .. written.Select(manifest => manifest.Path)];
    }

    /// <summary>Removes what <see cref="Install"/> wrote: the manifests of these browsers, and all the rest with the last of them.</summary>
    /// <param name="browsers">The browsers.</param>
    /// <param name="userData">Only the manifest of that folder, or <see langword="null"/> for all.</param>
    /// <returns>The files removed.</returns>
    /// <exception cref="CannotWriteException">A file could not be removed.</exception>
    public IReadOnlyList<string> Uninstall(IReadOnlyList<Browser> browsers, string? userData)
    {
        var record = InstallRecord.Read(paths);
        var going = record.Manifests
            .Where(manifest => browsers.FirstOrDefault(browser => browser.Name == manifest.Browser) is { } browser
                && (userData is null || manifest.Path == ManifestPath(browser, userData)))
            .ToList();
        var removed = new List<string>(going.Select(manifest => manifest.Path).Where(Remove));
        var staying = record.Manifests.Except(going).ToList();
        if (staying.Count > 0)
        {
            (record with { Manifests = staying }).Write(paths);
            return removed;
        }
        removed.AddRange(new[] { Launcher.PathIn(paths), InstallRecord.PathIn(paths) }.Where(Remove));
        foreach (var folder in record.Folders.OrderByDescending(folder => folder.Length))
        {
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
        return removed;
    }

    private static bool Remove(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new CannotWriteException(path, cause);
        }
    }
}
