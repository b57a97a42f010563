using System.Text.Json;
using System.Text.Json.Serialization;

namespace Host.Install;

/// <summary>
/// The file that tells a browser which program to start for <c>connectNative</c>. See
/// https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging and MDN, "Native manifests".
/// </summary>
internal sealed record HostManifest(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("description")] string? Description,
    [property: JsonPropertyName("path")] string? Path,
    [property: JsonPropertyName("type")] string? Type,
    [property: JsonPropertyName("allowed_origins")] IReadOnlyList<string>? AllowedOrigins,
    [property: JsonPropertyName("allowed_extensions")] IReadOnlyList<string>? AllowedExtensions)
{
    /// <summary>The name that the extension connects to. Browsers allow a to z, 0 to 9, dot and underscore only.</summary>
    public const string HostName = "org.latchkey.host";

    /// <summary>What the file must be called.</summary>
    public const string FileName = HostName + ".json";

    /// <summary>The manifest for a browser.</summary>
    public static HostManifest For(Browser browser, string launcher) => new(
        HostName, "Latchkey", launcher, "stdio",
        browser.Family == BrowserFamily.Chromium ? [browser.Caller] : null,
        browser.Family == BrowserFamily.Firefox ? [browser.Caller] : null);

    /// <summary>The callers that this manifest lets a browser of that family start the program for.</summary>
    public IReadOnlyList<string> CallersOf(BrowserFamily family) =>
        (family == BrowserFamily.Chromium ? AllowedOrigins : AllowedExtensions) ?? [];

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, InstallJson.Default.HostManifest), (byte)'\n'];

    /// <summary>Reads a manifest.</summary>
    /// <returns>The manifest, or <see langword="null"/> if the file cannot be read or is not JSON of that shape.</returns>
    public static HostManifest? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), InstallJson.Default.HostManifest);
        }
        catch (Exception unusable) when (unusable is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HostManifest))]
[JsonSerializable(typeof(InstallRecord))]
internal sealed partial class InstallJson : JsonSerializerContext;
