namespace Host.Protocol;

/// <summary>The extensions that may start a relay. Compiled in: a manifest that somebody changed lets nobody else in.</summary>
internal static class Callers
{
    /// <summary>
    /// The id in Chromium: the first 32 hexadecimal digits of the SHA-256 of the public key in manifests/extension-key.pub.b64, written
    /// with a to p.
    /// </summary>
    public const string ChromiumId = "cdekeleakloomfgoiafcahnbpdlegiba";

    /// <summary>The id in Firefox: <c>browser_specific_settings.gecko.id</c>.</summary>
    public const string FirefoxId = "latchkey@latchkey.example";

    /// <summary>
    /// Decides from what a browser gives the program it starts: Chromium <c>chrome-extension://ID/</c>, Firefox the manifest's path and
    /// the add-on's id.
    /// </summary>
    public static bool MayStartRelay(ReadOnlySpan<string> arguments) => arguments switch
    {
        [var origin] => origin == $"chrome-extension://{ChromiumId}/",
        [var manifest, var addOn] => Path.IsPathRooted(manifest) && addOn == FirefoxId,
        _ => false,
    };
}
