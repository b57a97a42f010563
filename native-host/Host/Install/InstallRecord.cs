using System.Text.Json;

namespace Host.Install;

/// <summary>A manifest that was written.</summary>
internal sealed record WrittenManifest(string Browser, string Path);

/// <summary>What <c>install</c> wrote, so that <c>uninstall</c> removes that and nothing else.</summary>
/// <param name="Manifests">The manifests.</param>
/// <param name="Folders">The folders that were not there before.</param>
internal sealed record InstallRecord(IReadOnlyList<WrittenManifest> Manifests, IReadOnlyList<string> Folders)
{
    private static readonly InstallRecord _empty = new([], []);

    /// <summary>Where it is.</summary>
    public static string PathIn(Paths paths) => Path.Join(paths.DataFolder, "installed.json");

    /// <summary>Reads it.</summary>
    /// <returns>The record; an empty one if nothing was installed or the file cannot be read.</returns>
    public static InstallRecord Read(Paths paths)
    {
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllBytes(PathIn(paths)), InstallJson.Default.InstallRecord);
            return record is { Manifests: not null, Folders: not null } ? record : _empty;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return _empty;
        }
    }

    /// <summary>Writes it.</summary>
    public void Write(Paths paths) => AtomicFile.Write(
        PathIn(paths), JsonSerializer.SerializeToUtf8Bytes(this, InstallJson.Default.InstallRecord), AtomicFile.OwnerOnly);
}
