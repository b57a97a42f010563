using System.Text;
using System.Text.Json.Nodes;
using Host.Client;
using Host.Protocol;
using NUnit.Framework;

namespace Suite.Hosting;

/// <summary>Holds tests/vectors/protocol against the host's hand-written side and the client's generated one.</summary>
public class VectorTests
{
    /// <summary>One case of a file. See tests/vectors/protocol/README.md.</summary>
    public sealed record Vector(string File, string Name, string Direction, string? To, byte[] Frame, string? Error, long Id)
    {
        public override string ToString() => $"{File}: {Name}";
    }

    private static IEnumerable<Vector> Vectors(string direction) =>
        Directory.GetFiles(Repository.PathOf("tests", "vectors", "protocol"), "*.json").Order(StringComparer.Ordinal)
            .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!.AsArray().Select(one => Read(Path.GetFileNameWithoutExtension(file), one!)))
            .Where(one => one.Direction == direction);

    private static IEnumerable<Vector> Requests => Vectors("request").Where(one => one.Error is null);

    private static IEnumerable<Vector> BadRequests => Vectors("request").Where(one => one.Error is not null);

    private static IEnumerable<Vector> Replies => Vectors("reply").Where(one => one.Error is null);

    private static IEnumerable<Vector> Refusals => Vectors("reply").Where(one => one.Error is not null);

    private static IEnumerable<Vector> Events => Vectors("event");

    [TestCaseSource(nameof(Requests))]
    public void Request_is_read_by_the_host_and_written_alike_by_the_client(Vector one)
    {
        var request = RequestReader.Read(one.Frame, out var id);

        using var frame = new FrameBuffer();
        RequestWriter.Write(frame, id, request);
        AssertSame(frame.Payload, one.Frame);
    }

    [TestCaseSource(nameof(BadRequests))]
    public void What_is_no_message_is_refused_with_its_id_where_that_can_be_read(Vector one)
    {
        long id = -1;
        var refusal = Assert.Throws<ProtocolException>(() => RequestReader.Read(one.Frame, out id));

        Assert.That((refusal!.Error.Kind, id), Is.EqualTo((one.Error, one.Id)));
    }

    [TestCaseSource(nameof(Replies))]
    public void Reply_is_read_by_the_client_and_written_alike_by_the_host(Vector one)
    {
        var reply = ReplyReader.Read(one.Frame, one.Id, RequestOf(one.To!));

        using var writer = new ReplyWriter();
        writer.Write(one.Id, reply!);
        AssertSame(writer.Frame.Payload, one.Frame);
    }

    [TestCaseSource(nameof(Refusals))]
    public void Refusal_is_read_by_the_client_and_written_alike_by_the_host(Vector one)
    {
        var refusal = Assert.Throws<ProtocolException>(() => ReplyReader.Read(one.Frame, one.Id, RequestOf(one.To!)));

        using var writer = new ReplyWriter();
        writer.Write(one.Id, refusal!.Error);
        Assert.That(refusal.Error.Kind, Is.EqualTo(one.Error));
        AssertSame(writer.Frame.Payload, one.Frame);
    }

    [TestCaseSource(nameof(Events))]
    public void Event_is_written_by_the_host_and_passed_over_by_the_client(Vector one)
    {
        var message = JsonNode.Parse(one.Frame)!;

        using var writer = new ReplyWriter();
        writer.WriteEvent((string)message["event"]!, (string?)message["reason"]);
        AssertSame(writer.Frame.Payload, one.Frame);
        Assert.That(ReplyReader.Read(one.Frame, 7, new GetStatus()), Is.Null);
    }

    [Test]
    public void Every_error_kind_of_the_page_has_a_vector_and_a_word_in_the_code()
    {
        var page = File.ReadAllText(Repository.PathOf("native-host", "docs", "protocol.md"));
        var listed = page[page.IndexOf("## Errors", StringComparison.Ordinal)..].Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]).ToList();
        var words = typeof(ErrorKind).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

        Assert.That(words, Is.EquivalentTo(listed));
        Assert.That(Refusals.Where(one => one.File == "errors").Select(one => one.Error).Distinct(), Is.EquivalentTo(listed));
    }

    [Test]
    public void Answer_longer_than_a_frame_becomes_a_refusal()
    {
        using var writer = new ReplyWriter();
        writer.Write(7, new Revealed(new Secret(new byte[Limits.FromHostBytes])));

        var refusal = Assert.Throws<ProtocolException>(() => ReplyReader.Read(writer.Frame.Payload.ToArray(), 7, new Reveal("", "", "show")));
        Assert.That(refusal!.Error.Kind, Is.EqualTo("internal"));
    }

    private static Vector Read(string file, JsonNode one) => new(
        file,
        (string)one["name"]!,
        (string)one["direction"]!,
        (string?)one["to"],
        one["frameHex"] is { } hex ? Convert.FromHexString((string)hex!) : Encoding.UTF8.GetBytes((string)one["frame"]!),
        (string?)one["expected"]!["error"],
        (long?)one["expected"]!["id"] ?? 7);

    /// <summary>Any request of a type: a client knows by it which reply to expect.</summary>
    private static Request RequestOf(string type) => RequestReader.Read(
        Requests.First(one => (string)JsonNode.Parse(one.Frame)!["type"]! == type).Frame, out _);

    private static void AssertSame(ReadOnlySpan<byte> actual, byte[] expected)
    {
        var text = Encoding.UTF8.GetString(actual);
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(expected)), Is.True, text);
    }
}
