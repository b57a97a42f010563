namespace Browsers;

/// <summary>A copy of an unpacked extension, to be changed and started with. Disposing deletes it.</summary>
public sealed class ExtensionCopy : IDisposable
{
    /// <param name="folder">The folder that is copied, with all below it.</param>
    public ExtensionCopy(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Folder, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>Where the copy stands.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("extension-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
