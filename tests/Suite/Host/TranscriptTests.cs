using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Suite.Hosting;

/// <summary>
/// Holds the conversations of tests/vectors/transcripts against a real host. They are of released protocol versions: where the host answers
/// otherwise, the host is wrong.
/// </summary>
[SupportedOSPlatform("linux")]
public partial class TranscriptTests
{
    private static IEnumerable<string> Transcripts =>
        Directory.GetFiles(Repository.PathOf("tests", "vectors", "transcripts"), "*.txt").Select(Path.GetFileNameWithoutExtension)!;

    [TestCaseSource(nameof(Transcripts))]
    public void Host_answers_as_it_did(string name)
    {
        using var world = new HostWorld(TestSession.Login("Example", "https://www.example.com"));
        using var relay = world.StartRelay();
        var actual = new List<string>();
        var expected = File.ReadAllLines(Repository.PathOf("tests", "vectors", "transcripts", $"{name}.txt"));
        foreach (var line in expected)
        {
            if (line.StartsWith("> ", StringComparison.Ordinal))
            {
                relay.SendBytes(Encoding.UTF8.GetBytes(line[2..]
                    .Replace("{vault}", world.VaultPath, StringComparison.Ordinal).Replace("{item}", world.Ids[0], StringComparison.Ordinal)));
            }
            actual.Add(line.StartsWith("< ", StringComparison.Ordinal) ? $"< {Told(relay.Receive(), world)}" : line);
        }

        Assert.That(string.Join('\n', actual), Is.EqualTo(string.Join('\n', expected)));
    }

    /// <summary>A message without what differs from one conversation to the next.</summary>
    private static string Told(JsonNode? message, HostWorld world)
    {
        var text = (message?.ToJsonString() ?? "the port was closed")
            .Replace(world.VaultPath, "{vault}", StringComparison.Ordinal)
            .Replace(Directory.GetParent(world.Paths.RuntimeFolder)!.Parent!.FullName, "{home}", StringComparison.Ordinal);
        return Changing().Replace(text, found => $"\"{found.Groups[1].Value}\":\"…\"");
    }

    [GeneratedRegex("""
        "(id|version|unlockedAt|createdAt|modifiedAt|message|hint)":"[^"]*"
        """)]
    private static partial Regex Changing();
}
