using System.Text.Json;
using Host.Native;

namespace Host.Service;

/// <summary>
/// Remembers where the own vault is: <c>{"vault":"/path"}</c> in the config file. It names a file and nothing else; there is no setting here
/// that could do harm.
/// </summary>
internal static class OwnVaultPath
{
    /// <summary>The remembered path, or the default one.</summary>
    public static string Read(Paths paths)
    {
        if (!File.Exists(paths.ConfigFile))
        {
            return paths.DefaultVault; // how most people have it; an exception would be the dearest part of a host's start
        }
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(paths.ConfigFile));
            if (document.RootElement.TryGetProperty("vault", out var vault) && vault.GetString() is { } path && Path.IsPathRooted(path))
            {
                return path;
            }
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            // As good as none: the person is asked to name a vault, and naming it writes the file anew.
        }
        return paths.DefaultVault;
    }

    /// <summary>Remembers a path, atomically.</summary>
    /// <returns>Whether it could be written.</returns>
    public static bool TryWrite(Paths paths, string vault)
    {
        if (vault == Read(paths))
        {
            return true;
        }
        try
        {
            Paths.MakeFolder(paths.ConfigFolder);
            var temporary = paths.ConfigFile + ".new";
            using (var file = File.Create(temporary))
            {
                using var json = new Utf8JsonWriter(file);
                json.WriteStartObject();
                json.WriteString("vault"u8, vault);
                json.WriteEndObject();
                json.Flush();
                file.Flush(flushToDisk: true);
            }
            return Libc.rename(temporary, paths.ConfigFile) == 0;
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
