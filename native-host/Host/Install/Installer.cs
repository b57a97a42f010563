using System.Text;

namespace Host.Install;

/// <summary>Writes and removes the launcher and the manifests.</summary>
internal sealed class Installer(InstallPlace place)
{
    private const UnixFileMode ManifestMode = AtomicFile.OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes launcher and manifests.</summary>
    /// <param name="executable">The absolute path of <c>latchkey</c>.</param>
    /// <param name="browsers">The browsers to write manifests for; some may share one.</param>
    /// <returns>The files written.</returns>
    /// <exception cref="CannotWriteException">A file or folder could not be written; run again, it goes on where it stopped.</exception>
    public IReadOnlyList<string> Install(string executable, IEnumerable<Browser> browsers)
    {
        var record = InstallRecord.Read(place);
        var folders = new List<string>(AtomicFile.MakeFolder(Path.GetDirectoryName(place.Launcher)!, place.FolderMode));
        AtomicFile.Write(place.Launcher, Encoding.UTF8.GetBytes(Launcher.Text(executable)), Launcher.Mode);

        var written = new List<WrittenManifest>();
        foreach (var (browser, path) in browsers.SelectMany(browser => place.ManifestsOf(browser).Select(path => (browser, path))))
        {
            folders.AddRange(AtomicFile.MakeFolder(Path.GetDirectoryName(path)!, place.FolderMode));
            // Before the manifest, so that even an installation that was cut short is removed whole.
            written.Add(new WrittenManifest(browser.Name, path));
            new InstallRecord([.. record.Manifests.Union(written)], [.. record.Folders.Union(folders)]).Write(place);
            AtomicFile.Write(path, HostManifest.For(browser, place.Launcher).ToBytes(), ManifestMode);
        }
        return [place.Launcher, .. written.Select(manifest => manifest.Path).Distinct()];
    }

    /// <summary>Removes what <see cref="Install"/> wrote: these manifests, and all the rest with the last of them.</summary>
    /// <param name="isGoing">Chooses among the manifests that were written.</param>
    /// <returns>The files removed.</returns>
    /// <exception cref="CannotWriteException">A file could not be removed.</exception>
    public IReadOnlyList<string> Uninstall(Func<WrittenManifest, bool> isGoing)
    {
        var record = InstallRecord.Read(place);
        var staying = record.Manifests.Where(manifest => !isGoing(manifest)).ToList();
        var removed = new List<string>(record.Manifests.Select(manifest => manifest.Path).Distinct()
            .Except(staying.Select(manifest => manifest.Path)).Where(Remove));
        if (staying.Count > 0)
        {
            (record with { Manifests = staying }).Write(place);
            return removed;
        }
        removed.AddRange(new[] { place.Launcher, place.Record }.Where(Remove));
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
