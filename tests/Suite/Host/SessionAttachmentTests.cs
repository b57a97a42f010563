using System.Text;
using Host.Protocol;
using NUnit.Framework;

namespace Suite.Hosting;

public class SessionAttachmentTests
{
    private const int MaxBytes = 16 * 1024 * 1024;

    private TestSession _host = null!;
    private TestClient _client = null!;
    private string _id = null!;

    [SetUp]
    public void SetUp()
    {
        _host = new TestSession(TestSession.Login("Example", "https://www.example.com"), TestSession.Login("Other", "https://other.example"));
        _client = _host.Unlocked();
        _id = _host.Ids[0];
    }

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public void Attached_file_is_listed_read_replaced_and_removed()
    {
        var other = _host.Unlocked('B');

        Assert.That(_client.Ask<Saved>(Attach("letter ü.txt", "aGVsbG8=")).Item.Id, Is.EqualTo(_id));

        Assert.That(other.Events, Is.EqualTo(new[] { "changed" }));
        Assert.That(Listed(), Is.EqualTo(new[] { new DetailAttachment("letter ü.txt", 5) }));
        _host.Restart();
        _client = _host.Unlocked();
        Assert.That(Read("letter ü.txt"), Is.EqualTo("aGVsbG8="));
        _client.Ask<Saved>(Attach("letter ü.txt", ""));
        Assert.That((Listed().Single().Bytes, Read("letter ü.txt")), Is.EqualTo((0, "")));
        _client.Ask<Saved>(Attach("letter ü.txt", null));
        Assert.That(Listed(), Is.Empty);
        Assert.That(_client.Refusal(Attach("letter ü.txt", null)), Is.EqualTo("notFound"));
        Assert.That(_client.Refusal(new GetAttachment(_id, "letter ü.txt")), Is.EqualTo("notFound"));
        Assert.That(_client.Ask<History>(new GetHistory(_id)).Revisions, Has.Count.EqualTo(3));
    }

    [TestCase("aGVsbG8"), TestCase("aGVsbG8=="), TestCase("aGVs bG8="), TestCase("aGVsbG8=\n"), TestCase("aGVsbG8-"), TestCase("ä"), TestCase("====")]
    public void Content_that_is_not_base64_is_refused(string value)
    {
        Assert.That(_client.Refusal(Attach("a.txt", value)), Is.EqualTo("badMessage"));
        Assert.That(Listed(), Is.Empty);
    }

    [TestCase(""), TestCase("a\u0000b"), TestCase("a\nb")]
    public void Name_that_is_none_is_refused(string name) => Assert.That(_client.Refusal(Attach(name, "aGVsbG8=")), Is.EqualTo("badMessage"));

    [Test]
    public void Name_is_at_most_255_characters()
    {
        Assert.That(_client.Refusal(Attach(new string('x', 255), "aGVsbG8=")), Is.Empty);
        Assert.That(_client.Refusal(Attach(new string('x', 256), "aGVsbG8=")), Is.EqualTo("badMessage"));
    }

    [TestCase(0, "")]
    [TestCase(1, "attachmentTooLarge")]
    [TestCase(2, "attachmentTooLarge")]
    [TestCase(3, "attachmentTooLarge")]
    public void Attachment_is_at_most_16_MiB(int above, string refusal)
    {
        var content = new byte[MaxBytes + above];

        Assert.That(_client.Refusal(new Attach(_id, "a.bin", Secret.Base64Of(content))), Is.EqualTo(refusal));
        Assert.That(Listed().Select(one => one.Bytes), Is.EqualTo(refusal.Length == 0 ? new long[] { MaxBytes } : []));
    }

    [Test]
    public void Attachments_are_no_business_of_the_recycle_bin_or_of_other_items()
    {
        _client.Ask<Saved>(Attach("a.txt", "aGVsbG8="));
        Assert.That(_client.Refusal(new GetAttachment(_host.Ids[1], "a.txt")), Is.EqualTo("notFound"));
        _client.Ask<Done>(new Remove(_id));

        Assert.That(_client.Refusal(new GetAttachment(_id, "a.txt")), Is.EqualTo("notFound"));
        Assert.That(_client.Refusal(Attach("b.txt", "aGVsbG8=")), Is.EqualTo("notFound"));
        _client.Ask<Saved>(new Restore(_id));
        Assert.That(Read("a.txt"), Is.EqualTo("aGVsbG8="));
    }

    [Test]
    public void Change_that_cannot_be_written_attaches_nothing()
    {
        File.WriteAllText(_host.VaultPath, "somebody else's file, not to be overwritten");

        Assert.That(_client.Refusal(Attach("a.txt", "aGVsbG8=")), Is.EqualTo("vaultChanged"));
        Assert.That(Listed(), Is.Empty);
    }

    private Attach Attach(string name, string? base64) => new(_id, name, base64 is null ? null : TestClient.SecretOf(base64));

    private IReadOnlyList<DetailAttachment> Listed() => _client.Ask<Details>(new GetItem(_id)).Attachments;

    private string Read(string name) => Encoding.UTF8.GetString(_client.Ask<Revealed>(new GetAttachment(_id, name)).Value.Utf8);
}
