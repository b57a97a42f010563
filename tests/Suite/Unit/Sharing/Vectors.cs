using System.Text.Json;

namespace Suite.Unit.Sharing;

/// <summary>The files in <c>tests/vectors/sharing</c>.</summary>
internal static class Vectors
{
    public static JsonElement Read(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("tests", "vectors", "sharing", name + ".json"))).RootElement;

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static string Text(this JsonElement element, string name, string inner) => element.GetProperty(name).Text(inner);

    public static byte[] Hex(this JsonElement element, string name) => Convert.FromHexString(element.Text(name));

    /// <summary>The bytes with one bit of one byte turned.</summary>
    public static byte[] With(this byte[] bytes, int place, byte turned = 1)
    {
        byte[] changed = [.. bytes];
        changed[place] ^= turned;
        return changed;
    }
}
