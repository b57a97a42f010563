using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Office.Content;

namespace Suite.Shares;

/// <summary>The JSON inside an envelope, which colleagues wrote: what is read, kept and refused.</summary>
public class ContentJsonTests
{
    private const string Least = """{"v":1,"kind":"login","fields":[]}""";

    private const string Full =
        """
        {"v":1,"kind":"login","fields":[{"name":"Title","value":"Mail"},{"name":"Password","value":"s\u00fc\"","protected":true,"strength":[1,{"a":2}]}],
        "urls":[{"url":"https://mail.example","match":"hostname"}],"tags":["office"],"expiresAt":7,"colour":{"r":1},
        "history":[{"until":5,"by":"CgoKCgoKCgoKCgoKCgoKCg","fields":[{"name":"Title","value":"Post"}],"mood":"good"}]}
        """;

    [Test]
    public void Content_is_read_with_everything_in_it()
    {
        using var content = Read(Full)!;

        Assert.That((content.Version, content.Kind, content.IsWritable), Is.EqualTo((1, "login", true)));
        Assert.That(Contents.ValueOf(content.Body, "Password"), Is.EqualTo("sü\""));
        Assert.That(content.Body.Fields.Where(field => field.IsProtected).Select(field => field.Name).Single(), Is.EqualTo("Password"));
        Assert.That(content.Body.Urls.Single(), Is.EqualTo(new ContentUrl("https://mail.example", "hostname")));
        Assert.That(content.Body.Tags.Single(), Is.EqualTo("office"));
        Assert.That(content.Body.ExpiresAt, Is.EqualTo(7));
        Assert.That(content.History.Single().By, Is.EqualTo(Contents.Anna));
        Assert.That(Contents.ValueOf(content.History.Single().Body, "Title"), Is.EqualTo("Post"));
    }

    [Test]
    public void Members_that_are_not_known_survive_a_rewrite()
    {
        using var content = Read(Full)!;

        var written = Encoding.UTF8.GetString(ContentJson.Write(content.Change(content.Body with { Tags = ["new"] }, 9, Contents.Bert)));

        Assert.That(written, Does.Contain("""strength":[1,{"a":2}]""").And.Contain("""colour":{"r":1}""").And.Contain("""mood":"good"""));
    }

    [Test]
    public void Later_version_is_read_and_not_written()
    {
        using var content = Read(Least.Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal))!;

        Assert.That(content.IsWritable, Is.False);
        Assert.That(() => ContentJson.Write(content), Throws.InvalidOperationException);
    }

    [Test]
    public void Disposed_content_holds_no_value()
    {
        var content = Read(Full)!;
        var values = content.Body.Fields.Select(field => field.Value).ToList();

        content.Dispose();

        Assert.That(values.SelectMany(value => value), Is.All.Zero);
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("""{"kind":"login","fields":[]}""")]
    [TestCase("""{"v":0,"kind":"login","fields":[]}""")]
    [TestCase("""{"v":1.5,"kind":"login","fields":[]}""")]
    [TestCase("""{"v":1,"fields":[]}""")]
    [TestCase("""{"v":1,"kind":"","fields":[]}""")]
    [TestCase("""{"v":1,"kind":"login"}""")]
    [TestCase("""{"v":1,"v":1,"kind":"login","fields":[]}""")]
    [TestCase("""{"v":1,"kind":"login","fields":[],"fields":[]}""")]
    [TestCase("""{"v":1,"kind":"login","fields":[],"x":1,"x":2}""")]
    [TestCase("""{"v":1,"kind":"login","fields":[]} """ + "x")]
    [TestCase("""{"v":1,"kind":"login","fields":[{}]}""")]
    [TestCase("""{"v":1,"kind":"login","fields":[{"name":"a","value":null}]}""")]
    [TestCase("""{"v":1,"kind":"login","fields":[{"name":"","value":"b"}]}""")]
    [TestCase("""{"v":1,"kind":"login","fields":[{"name":"a","value":"b"},{"name":"a","value":"c"}]}""")]
    [TestCase("""{"v":1,"kind":"login","fields":[{"name":"a","value":"\ud800"}]}""")]
    [TestCase("""{"v":1,"kind":"login","fields":[],"urls":[{"url":"https://a"}]}""")]
    [TestCase("""{"v":1,"kind":"login","fields":[],"tags":[1]}""")]
    [TestCase("""{"v":1,"kind":"login","fields":[],"expiresAt":-1}""")]
    [TestCase("""{"v":1,"kind":"login","fields":[],"expiresAt":9007199254740991}""")]
    [TestCase("""{"v":1,"kind":"login","fields":[],"history":[{"until":1,"by":"x","fields":[]}]}""")]
    public void Anything_else_is_refused(string json) => Assert.That(Read(json), Is.Null);

    [Test]
    public void Counts_above_the_limits_are_refused()
    {
        string Of(string member, int count, Func<int, string> one) =>
            Least.Replace("\"fields\":[]", $"\"fields\":[],\"{member}\":[{string.Join(',', Enumerable.Range(0, count).Select(one))}]", StringComparison.Ordinal);
        static string Revision(int number) => $$"""{"until":{{number}},"by":"CgoKCgoKCgoKCgoKCgoKCg","fields":[]}""";

        Assert.That(Read(Of("history", 10, Revision)), Is.Not.Null);
        Assert.That(Read(Of("history", 11, Revision)), Is.Null);
        Assert.That(Read(Of("tags", 500, _ => "\"a\"")), Is.Not.Null);
        Assert.That(Read(Of("tags", 501, _ => "\"a\"")), Is.Null);
        Assert.That(Read($$"""{"v":1,"kind":"login","fields":[],"deep":{{new string('[', 100_000)}}"""), Is.Null);
    }

    [FsCheck.NUnit.Property(MaxTest = 1_000)]
    public Property What_is_written_is_read_again() => Prop.ForAll(Arb.From(
        from body in Contents.Bodies
        from earlier in Contents.Bodies
        select new ItemContent { Kind = "note", Body = earlier }.Change(body, 3, Contents.Anna)),
        content => ContentJson.TryRead(ContentJson.Write(content)) == content);

    [FsCheck.NUnit.Property(MaxTest = 5_000)]
    public bool Damaged_content_is_read_or_refused(NonNegativeInt at, byte value, bool isCut)
    {
        var bytes = Encoding.UTF8.GetBytes(Full);
        bytes[at.Get % bytes.Length] = value;
        var damaged = isCut ? bytes[..(at.Get % bytes.Length)] : bytes;

        // No exception is the claim; and what is read can be written and read again.
        return ContentJson.TryRead(damaged) is not { IsWritable: true } content || ContentJson.TryRead(ContentJson.Write(content)) == content;
    }

    [FsCheck.NUnit.Property(MaxTest = 1_000)]
    public bool Random_bytes_are_refused(byte[] bytes) => ContentJson.TryRead(bytes) is null;

    private static ItemContent? Read(string json) => ContentJson.TryRead(Encoding.UTF8.GetBytes(json));
}
