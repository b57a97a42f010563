using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Host.Client;
using Host.Protocol;
using NUnit.Framework;

namespace Suite.Hosting;

public class PartTests
{
    /// <summary>A case of tests/vectors/parts.json.</summary>
    public sealed record Vector(string Name, IReadOnlyList<string> Frames, IReadOnlyList<string>? Messages)
    {
        public override string ToString() => Name;
    }

    private static IEnumerable<Vector> Vectors =>
        JsonNode.Parse(File.ReadAllText(Repository.PathOf("tests", "vectors", "parts.json")))!.AsArray().Select(one => new Vector(
            (string)one!["name"]!,
            [.. one["frames"]!.AsArray().Select(frame => (string)frame!)],
            one["expected"]!["messages"]?.AsArray().Select(message => (string)message!).ToList()));

    [TestCaseSource(nameof(Vectors))]
    public void Frames_become_messages_or_are_refused_at_the_last_one(Vector one)
    {
        using var reader = new PartReader();
        if (one.Messages is { } messages)
        {
            Assert.That(one.Frames.Select(frame => Taken(reader, frame)).Where(message => message.Length > 0), Is.EqualTo(messages));
            return;
        }
        foreach (var frame in one.Frames.SkipLast(1))
        {
            Taken(reader, frame);
        }
        AssertRefused(reader, one.Frames[^1]);
        Assert.That(Taken(reader, "{\"id\":9}"), Is.EqualTo("{\"id\":9}"), "what had come is forgotten");
    }

    // What JSON.parse lets pass in an extension, or cannot see.
    [TestCase("""{"id":7,"part":1,"of":2,"text":"{","text":"{"}""")]
    [TestCase("""{"id":7,"part":1,"part":1,"of":2,"text":"{"}""")]
    [TestCase("""{"id":7,"part":1,"of":2,"text":"\ud83d"}""")]
    [TestCase("""{"id":7,"part":1,"of":2,"text":"{"}}""")]
    [TestCase("""{"id":7,"part":1,"of":2,"text":"{" """)]
    [TestCase("""{"id":7,"part":1e9,"of":2,"text":"{"}""")]
    [TestCase("""{"id":7,"part":2147483648,"of":2,"text":"{"}""")]
    [TestCase("""{"id":7,"part":null,"of":2,"text":"{"}""")]
    [TestCase("""{"id":0,"part":1,"of":2,"text":"{"}""")]
    [TestCase("""{"id":9007199254740992,"part":1,"of":2,"text":"{"}""")]
    public void Part_that_is_not_strict_JSON_is_refused(string frame)
    {
        using var reader = new PartReader();

        AssertRefused(reader, frame);
    }

    [TestCase("{\"type\":\"part\",\"query\":\"\\\"part\\\"\",\"x\":{\"part\":1}}", TestName = "Member_of_that_name_elsewhere_makes_no_part")]
    [TestCase("{", TestName = "What_is_no_JSON_is_left_to_the_reader_of_messages")]
    [TestCase("{\"\\ud800\":1,\"part\":1}", TestName = "Lone_surrogate_in_a_name_is_left_to_the_reader_of_messages")]
    [TestCase("[\"part\"]", TestName = "List_is_left_to_the_reader_of_messages")]
    public void What_is_no_part_passes(string frame)
    {
        using var reader = new PartReader();

        Assert.That(Taken(reader, frame), Is.EqualTo(frame));
    }

    [FsCheck.NUnit.Property(MaxTest = 1_000)]
    public bool Message_split_and_put_together_is_the_same(NonEmptyString text, PositiveInt frameBytes)
    {
        string[] wide = ["ä", "€", "😀", "\"\\"];
        const int leastFrame = 64 + 16; // a piece of 8 bytes: no character is longer as JSON
        using var message = Message(string.Concat(text.Get.Select(one => $"{one}{wide[one % wide.Length]}")));
        var expected = message.Payload.ToArray();
        var longest = leastFrame + (frameBytes.Get % expected.Length); // a piece of half the message at the most

        var frames = Frames(message, longest);
        using var reader = new PartReader();
        var taken = frames.Select(frame => Taken(reader, frame)).ToList();
        return frames.TrueForAll(frame => frame.Length <= longest)
            && taken.SkipLast(1).All(part => part.Length == 0)
            && taken[^1] == Encoding.UTF8.GetString(expected);
    }

    [FsCheck.NUnit.Property(MaxTest = 2_000)]
    public bool Damaged_parts_are_taken_or_refused(NonNegativeInt which, NonNegativeInt at, byte value)
    {
        using var message = Message("a message that is longer than a frame may be, which here is not much");
        var frames = Frames(message, frameBytes: 100);
        var damaged = frames[which.Get % frames.Count];
        damaged[at.Get % damaged.Length] = value;
        using var reader = new PartReader();
        try
        {
            return frames.TrueForAll(frame => Taken(reader, frame).Length is >= 0);
        }
        catch (ProtocolException refusal)
        {
            return refusal.Error.Kind == ErrorKind.BadMessage && Taken(reader, "{}") == "{}";
        }
    }

    [Test]
    public void Parts_too_long_together_are_refused_before_all_have_come()
    {
        using var reader = new PartReader();
        var text = new string('x', 512 * 1024);
        for (var part = 1; part <= 48; part++)
        {
            Assert.That(Taken(reader, Part(part)), Is.Empty);
        }
        AssertRefused(reader, Part(49));

        string Part(int part) => $$"""{"id":7,"part":{{part}},"of":60,"text":"{{text}}"}""";
    }

    [Test]
    public void What_was_put_together_is_zeroed_when_it_was_read()
    {
        using var reader = new PartReader();
        reader.Take(Encoding.UTF8.GetBytes("""{"id":7,"part":1,"of":2,"text":"{\"id\":7,\"secret\":"}"""), out _);
        var message = reader.Take(Encoding.UTF8.GetBytes("""{"id":7,"part":2,"of":2,"text":"\"s3cr3t\"}"}"""), out _);
        Assert.That(Encoding.UTF8.GetString(message.Span), Is.EqualTo("""{"id":7,"secret":"s3cr3t"}"""));

        reader.Forget();

        Assert.That(message.ToArray(), Is.All.Zero);
    }

    [Test]
    public void What_had_come_is_zeroed_when_it_proves_wrong()
    {
        using var reader = new PartReader();
        reader.Take(Encoding.UTF8.GetBytes("""{"id":7,"part":1,"of":2,"text":"{\"id\":8,\"secret\":"}"""), out _);
        var whole = reader.Collected;
        Assert.That(Encoding.UTF8.GetString(whole.Span), Is.EqualTo("""{"id":8,"secret":"""));

        AssertRefused(reader, """{"id":7,"part":2,"of":2,"text":"\"s3cr3t\"}"}""");

        Assert.That(whole.ToArray(), Is.All.Zero);
    }

    [Test]
    public void Answer_longer_than_a_frame_goes_to_a_client_that_takes_parts()
    {
        using var writer = new ReplyWriter();
        writer.Write(7, new Revealed(new Secret(new byte[Limits.FromHostBytes])), Limits.MessageBytes);

        Assert.That(ReplyReader.Read(writer.Frame.Payload.ToArray(), 7, new Reveal("", "", "show")), Is.InstanceOf<Revealed>());
    }

    [Test]
    public void Answer_longer_than_a_message_becomes_a_refusal()
    {
        using var writer = new ReplyWriter();
        using var secret = new Secret(Filled(Limits.MessageBytes));
        writer.Write(7, new Revealed(secret), Limits.MessageBytes);

        var refusal = Assert.Throws<ProtocolException>(() => ReplyReader.Read(writer.Frame.Payload.ToArray(), 7, new Reveal("", "", "show")));
        Assert.That(refusal!.Error.Kind, Is.EqualTo("internal"));
    }

    internal static byte[] Filled(int length)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill((byte)'x');
        return bytes;
    }

    /// <summary>The payloads in which a message travels.</summary>
    internal static List<byte[]> Frames(FrameBuffer message, int frameBytes)
    {
        var frames = new List<byte[]>();
        PartWriter.Split(message, 7, frameBytes, part =>
        {
            frames.Add(part.Payload.ToArray());
            part.Clear();
            return true;
        });
        return frames;
    }

    private static FrameBuffer Message(string text)
    {
        var message = new FrameBuffer();
        using var json = message.NewWriter();
        using var secret = new Secret(Encoding.UTF8.GetBytes(text));
        json.WriteStartObject();
        json.WriteNumber("id", 7);
        json.WritePropertyName("value");
        secret.WriteTo(json);
        json.WriteEndObject();
        json.Flush();
        return message;
    }

    private static string Taken(PartReader reader, string frame) => Taken(reader, Encoding.UTF8.GetBytes(frame));

    private static string Taken(PartReader reader, byte[] frame)
    {
        var text = Encoding.UTF8.GetString(reader.Take(frame, out _).Span);
        reader.Forget();
        return text;
    }

    private static void AssertRefused(PartReader reader, string frame)
    {
        var refusal = Assert.Throws<ProtocolException>(() => Taken(reader, frame));
        Assert.That(refusal!.Error.Kind, Is.EqualTo("badMessage"));
    }
}

/// <summary>Long messages between real processes: what a browser sends passes the relay as it is.</summary>
[SupportedOSPlatform("linux")]
public class PartProcessTests
{
    private const int NotesBytes = 1_500_000;

    private HostWorld _world = null!;
    private RelayProcess _relay = null!;

    [SetUp]
    public void SetUp()
    {
        _world = new HostWorld();
        _relay = _world.StartRelay();
    }

    [TearDown]
    public void TearDown() => _world.Dispose();

    [Test]
    public void Long_item_is_saved_and_read_in_parts()
    {
        _relay.Hello('A', "parts");
        _relay.Unlock(_world.VaultPath);
        using var save = SaveWithLongNotes();
        foreach (var frame in PartTests.Frames(save, Limits.ToHostBytes))
        {
            _relay.SendBytes(frame);
        }
        var id = (string)_relay.Receive()!["ok"]!["item"]!["id"]!;

        var asked = _relay.Send("get", ("item", id));
        var whole = new StringBuilder();
        JsonNode part;
        do
        {
            part = _relay.Receive()!;
            Assert.That((long?)part["id"], Is.EqualTo(asked));
            whole.Append((string)part["text"]!);
        }
        while ((int)part["part"]! < (int)part["of"]!);
        var notes = JsonNode.Parse(whole.ToString())!["ok"]!["fields"]!.AsArray().Single(field => (string?)field!["name"] == "Notes")!;
        Assert.That((string)notes["value"]!, Is.EqualTo(new string('x', NotesBytes)));
    }

    [Test]
    public void Long_answer_to_a_client_that_takes_no_parts_is_refused_and_the_port_goes_on()
    {
        _relay.Hello('A');
        _relay.Unlock(_world.VaultPath);
        using var save = SaveWithLongNotes();
        foreach (var frame in PartTests.Frames(save, Limits.ToHostBytes))
        {
            _relay.SendBytes(frame);
        }
        var id = (string)_relay.Receive()!["ok"]!["item"]!["id"]!;

        Assert.That((string?)_relay.Ask("get", ("item", id))!["error"]!["message"], Is.EqualTo("the answer is too long for the client"));
        Assert.That((string?)_relay.Ask("status")!["ok"]!["state"], Is.EqualTo("unlocked"));
    }

    [Test]
    public void Message_between_two_parts_is_refused_and_the_port_goes_on()
    {
        _relay.Hello('A', "parts");
        _relay.SendBytes([.. """{"id":7,"part":1,"of":2,"text":"{"}"""u8]);
        _relay.SendBytes([.. """{"id":8,"type":"status"}"""u8]);
        _relay.SendBytes([.. """{"id":7,"part":2,"of":2,"text":"}"}"""u8]);
        _relay.SendBytes([.. """{"id":9,"type":"status"}"""u8]);

        Assert.That(Answer(), Is.EqualTo((8, "badMessage")));
        Assert.That(Answer(), Is.EqualTo((7, "badMessage")));
        Assert.That(Answer(), Is.EqualTo((9, (string?)null)));

        (int, string?) Answer()
        {
            var answer = _relay.Receive()!;
            return ((int)answer["id"]!, (string?)answer["error"]?["kind"]);
        }
    }

    [Test]
    public void Hello_does_not_travel_in_parts()
    {
        _relay.SendBytes([.. """{"id":7,"part":1,"of":2,"text":"{"}"""u8]);
        _relay.SendBytes([.. """{"id":8,"type":"status"}"""u8]);

        Assert.That((int)_relay.Receive()!["id"]!, Is.EqualTo(7), "refused at once");
    }

    [Test]
    public async Task Command_line_sends_and_reads_long_messages()
    {
        _relay.Hello('A');
        _relay.Unlock(_world.VaultPath);
        await using var connection = new SocketConnection(global::Host.HostLink.TryConnect(_world.Paths));
        await connection.AskAsync(new Hello(new VersionRange(1, 1), "cli", "0.1.0", ["parts"], "en"));
        using var passphrase = TestClient.SecretOf(Unit.Vault.TestVault.Passphrase);
        await connection.AskAsync(new Unlock(passphrase));
        var notes = new string('x', NotesBytes);

        var saved = (Saved)await connection.AskAsync(new Save(new ItemToSave("note", "Long", [], [], Notes: notes)));

        var details = (Details)await connection.AskAsync(new GetItem(saved.Item.Id));
        Assert.That(details.Fields.Single(field => field.Name == "Notes").Value, Is.EqualTo(notes));
    }

    private static FrameBuffer SaveWithLongNotes()
    {
        var message = new FrameBuffer();
        RequestWriter.Write(message, 7, new Save(new ItemToSave("note", "Long", [], [], Notes: new string('x', NotesBytes))));
        return message;
    }
}
