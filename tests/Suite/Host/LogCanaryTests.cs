using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using Host.Native;
using NUnit.Framework;

namespace Suite.Hosting;

/// <summary>Whatever is asked, and however it fails: no file but the vault and no output but a reply has what was in it.</summary>
[SupportedOSPlatform("linux")]
public class LogCanaryTests
{
    private const string Canary = "canary-9f27c1-sings";
    private const int LogBytes = 256 * 1024;

    /// <summary>All requests of the vectors, good and bad, but those that end the session.</summary>
    private static IEnumerable<byte[]> Requests =>
        Directory.GetFiles(Repository.PathOf("tests", "vectors", "protocol"), "*.json")
            .Where(file => Path.GetFileName(file) is not "lock.json")
            .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!.AsArray())
            .Where(one => (string?)one!["direction"] == "request" && (string?)one["expected"]!["error"] is not null == one["expected"]!["ok"] is null)
            .Select(one => one!["frameHex"] is { } hex ? Convert.FromHexString((string)hex!) : Encoding.UTF8.GetBytes((string)one["frame"]!))
            .Where(frame => !Encoding.UTF8.GetString(frame).Contains("\"lock\"", StringComparison.Ordinal));

    [Test]
    public async Task No_canary_is_in_any_file_or_output()
    {
        using var world = new HostWorld(TestSession.Login(Canary, $"https://{Canary}.example", userName: Canary, password: Canary));
        global::Host.Paths.MakeFolder(world.Paths.StateFolder);
        File.WriteAllText(world.Paths.HostLog, new string('x', LogBytes) + "\n"); // so that the older file is written too
        using var host = world.Start(["host"]);
        var outputs = new[] { host.StandardOutput.ReadToEndAsync(), host.StandardError.ReadToEndAsync() };
        using var relay = world.StartRelay();
        relay.Hello('A', "parts");
        relay.Unlock(world.VaultPath);

        UseTheItem(relay, world.Ids[0]);
        var answers = 0;
        foreach (var request in Requests.SelectMany(WithCanaries))
        {
            relay.SendBytes(request);
            answers += relay.Reply()["id"] is null ? 0 : 1;
        }
        Assert.That(answers, Is.GreaterThan(300));
        Assert.That((string?)relay.Ask("unlock", ("passphrase", Canary), ("path", $"/{Canary}\0"))!["error"]!["kind"], Is.EqualTo("internal"));
        SendNoFrames(world);
        relay.Ask("lock");
        relay.SendRaw([.. BitConverter.GetBytes(uint.MaxValue), .. Encoding.UTF8.GetBytes(Canary)]);
        Assert.That(relay.WaitForExit(), Is.Not.Zero);
        await host.WaitForExitAsync();

        Assert.That(world.Log, Does.Contain(" 1901 ArgumentException").And.Contain(" 1102 "), "bugs and damaged frames came to the log");
        foreach (var text in world.Files().Append(await outputs[0]).Append(await outputs[1]).Append(relay.StandardError))
        {
            foreach (var form in Forms())
            {
                Assert.That(text, Does.Not.Contain(form).IgnoreCase);
            }
        }
    }

    private static void UseTheItem(RelayProcess relay, string item)
    {
        var origin = $"https://{Canary}.example";
        Assert.That((string?)relay.Ask("reveal", ("item", item), ("field", "Password"), ("purpose", "show"))!["ok"]!["value"], Is.EqualTo(Canary));
        Assert.That(relay.Ask("search", ("query", Canary), ("limit", 5))!["ok"], Is.Not.Null);
        Assert.That(relay.Ask("match", ("origin", origin), ("ancestors", new JsonArray()))!["ok"], Is.Not.Null);
        Assert.That(relay.Ask(
            "fill",
            ("item", item),
            ("origin", origin),
            ("ancestors", new JsonArray()),
            ("cause", "person"),
            ("fields", new JsonArray("username", "password")),
            ("confirmed", new JsonArray()))!["ok"], Is.Not.Null);
        Assert.That(relay.Save(Canary)!["ok"], Is.Not.Null);
        Assert.That(relay.Ask("attachment", ("item", item), ("name", Canary)), Is.Not.Null);
        Assert.That(relay.Ask(
            "capture",
            ("key", Canary),
            ("origin", origin),
            ("ancestors", new JsonArray()),
            ("form", "change"),
            ("username", $"new {Canary}"),
            ("password", $"{Canary} typed"),
            ("newPassword", $"new {Canary}"))!["ok"], Is.Not.Null);
        Assert.That((string?)relay.Ask("captured", ("key", Canary))!["ok"]!["offer"]!["kind"], Is.EqualTo("save"));
        var set = new JsonObject { ["title"] = Canary, ["username"] = Canary, ["tags"] = new JsonArray() };
        Assert.That(relay.Ask("keepCaptured", ("key", Canary), ("set", set))!["ok"], Is.Not.Null);
    }

    /// <summary>The request itself, with the canary in place of each text in turn, and damaged.</summary>
    private static IEnumerable<byte[]> WithCanaries(byte[] request)
    {
        yield return request;
        yield return [.. request, .. Encoding.UTF8.GetBytes(Canary)];
        yield return [.. Encoding.UTF8.GetBytes($"{{\"{Canary}\":1,"), .. request.AsSpan(1)];
        var text = Encoding.UTF8.GetString(request);
        foreach (var value in text.Split('"').Where((_, index) => index % 2 == 1).Distinct())
        {
            yield return Encoding.UTF8.GetBytes(text.Replace($"\"{value}\"", $"\"{Canary}\"", StringComparison.Ordinal));
        }
    }

    /// <summary>What is no frame, to the host itself: a relay would not pass it on.</summary>
    private static void SendNoFrames(HostWorld world)
    {
        var rest = new byte[1024];
        foreach (var length in (uint[])[0, uint.MaxValue, 100])
        {
            var host = global::Host.HostLink.TryConnect(world.Paths);
            Descriptor.TryWrite(host, [.. BitConverter.GetBytes(length), .. Encoding.UTF8.GetBytes(Canary)]);
            _ = Libc.shutdown(host, 1); // no more will come
            while (Descriptor.Read(host, rest) > 0)
            {
                // until the host has closed it
            }
            _ = Libc.close(host);
        }
    }

    /// <summary>How the canary might be spelt: as it is, as hexadecimal digits, and as base64 wherever in the encoded bytes it begins.</summary>
    private static IEnumerable<string> Forms()
    {
        var bytes = Encoding.UTF8.GetBytes(Canary);
        yield return Canary;
        yield return Convert.ToHexString(bytes);
        for (var before = 0; before < 3; before++)
        {
            // Without the characters that what stands before and behind has a part in.
            yield return Convert.ToBase64String([.. new byte[before], .. bytes])[4..^4];
        }
    }
}
