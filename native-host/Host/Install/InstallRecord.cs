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

    /// <summary>Reads it.</summary>
    /// <returns>The record; an empty one if nothing was installed or the file cannot be read.</returns>
    public static InstallRecord Read(InstallPlace place)
    {
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllBytes(place.Record), InstallJson.Default.InstallRecord);
            return record is { Manifests: not null, Folders: not null } ? record : _empty;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return _empty;
        }
    }

    /// <summary>Writes it.</summary>
    public void Write(InstallPlace place) => AtomicFile.Write(
        place.Record, JsonSerializer.SerializeToUtf8Bytes(this, InstallJson.Default.InstallRecord), AtomicFile.OwnerOnly);
}
