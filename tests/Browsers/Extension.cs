using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Browsers;

/// <summary>An unpacked extension, as far as a driver must know it: its ids and what its manifest declares.</summary>
internal sealed class Extension
{
    /// <summary>
    /// A page that the packed copy has beside the extension's own: empty, so that it does nothing by itself.
    /// </summary>
    public const string EmptyPage = "driver.html";

    private readonly JsonNode _manifest;

    public Extension(string folder)
    {
        Folder = Path.GetFullPath(folder);
        _manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "manifest.json")))!;
    }

    public string Folder { get; }

    public bool HasBackground => _manifest["background"] is not null;

    /// <summary>
    /// The first 128 bits of a SHA-256, written with the letters a to p: of the manifest's public key, or of the
    /// folder's path if it has none, as Chromium does for unpacked extensions.
    /// </summary>
    public string ChromiumId
    {
        get
        {
            var named = (string?)_manifest["key"];
            var hash = SHA256.HashData(
                named is null ? Encoding.UTF8.GetBytes(Folder) : Convert.FromBase64String(named));
            return string.Concat(hash.Take(16).SelectMany(each => new[] { each >> 4, each & 15 })
                .Select(digit => (char)('a' + digit)));
        }
    }

    /// <exception cref="BrowserException">The manifest names no id, so that no native host could allow it.</exception>
    public string FirefoxId => (string?)_manifest["browser_specific_settings"]?["gecko"]?["id"]
        ?? throw new BrowserException($"{Folder}/manifest.json has no browser_specific_settings.gecko.id");

    /// <summary>Writes the extension and <see cref="EmptyPage"/> as one archive.</summary>
    public void Pack(string archive)
    {
        ZipFile.CreateFromDirectory(Folder, archive);
        using var zip = ZipFile.Open(archive, ZipArchiveMode.Update);
        using var page = new StreamWriter(zip.CreateEntry(EmptyPage).Open());
        page.Write("<!doctype html><meta charset=utf-8><title>driver</title>");
    }

    /// <summary>Writes the manifests of native hosts, which allow this extension only.</summary>
    /// <param name="folder">Where the browser looks for them.</param>
    /// <param name="hosts">What they name.</param>
    /// <param name="allowed">The member that names who may call: the browsers disagree about it.</param>
    /// <param name="caller">This extension as that member names it.</param>
    public static void WriteManifests(string folder, IEnumerable<NativeHost> hosts, string allowed, string caller)
    {
        Directory.CreateDirectory(folder);
        foreach (var host in hosts)
        {
            var manifest = new JsonObject
            {
                ["name"] = host.Name,
                ["description"] = host.Name,
                ["path"] = host.Path,
                ["type"] = "stdio",
                [allowed] = new JsonArray(caller),
            };
            File.WriteAllText(Path.Combine(folder, $"{host.Name}.json"), JsonSerializer.Serialize(manifest));
        }
    }
}
