using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Browsers;

namespace Suite.Browser;

/// <summary>A copy of the built extension whose English words are 40 percent longer, as translations may be. Disposing deletes it.</summary>
internal sealed class LongWords : IDisposable
{
    private static readonly JsonSerializerOptions _asText = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ExtensionCopy _copy;

    public LongWords(string browser)
    {
        _copy = new ExtensionCopy(Repository.PathOf("dist", $"extension-{browser}"));
        var path = Path.Combine(Folder, "_locales", "en", "messages.json");
        var messages = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        // The language itself must stay one that the browser knows.
        foreach (var (key, message) in messages.Where(each => each.Key != "language"))
        {
            message!["message"] = Longer((string)message["message"]!);
        }
        File.WriteAllText(path, messages.ToJsonString(_asText));
    }

    public string Folder => _copy.Folder;

    public void Dispose() => _copy.Dispose();

    private static string Longer(string words)
    {
        var more = (words.Length * 2 + 4) / 5;
        const string Filler = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua";
        return $"{words} {string.Concat(Enumerable.Repeat(Filler + " ", more / Filler.Length + 1))[..more].Trim()}";
    }
}
