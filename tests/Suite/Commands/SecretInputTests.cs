using System.Text;
using Host.Commands;
using Host.Protocol;
using NUnit.Framework;
using NUnit.Framework.Constraints;

namespace Suite.Commands;

public class SecretInputTests
{
    [Test]
    public void Lines_answer_in_order_and_keep_all_but_the_newline()
    {
        var secrets = Lines("first \r\n\nlast"u8.ToArray());

        Assert.That(Text(secrets.Passphrase()), Is.EqualTo("first \r"));
        Assert.That(Text(secrets.Ask("password")), Is.EqualTo(""));
        Assert.That(Text(secrets.Ask("otp seed")), Is.EqualTo("last"));
        Assert.That(() => secrets.Ask("more"), Refuses("standard input ended before the more"));
    }

    [Test]
    public void Nothing_at_all_is_an_error() =>
        Assert.That(() => Lines([]).Passphrase(), Refuses("standard input ended before the passphrase"));

    [Test]
    public void The_longest_secret_passes_and_one_byte_more_does_not()
    {
        Assert.That(Lines(Letters(64 * 1024)).Passphrase().Utf8.Length, Is.EqualTo(64 * 1024));
        Assert.That(() => Lines(Letters((64 * 1024) + 1)).Passphrase(), Refuses("the passphrase is longer than 64 KiB"));
    }

    [TestCase(new byte[] { 0xFF, 0x0A })]
    [TestCase(new byte[] { 0xC3, 0x0A })]
    [TestCase(new byte[] { 0xED, 0xA0, 0x80, 0x0A })] // a lone surrogate
    public void Bytes_that_are_not_text_are_an_error(byte[] input) =>
        Assert.That(() => Lines(input).Passphrase(), Refuses("the passphrase is not UTF-8 text"));

    [TestCase("one\ntwo\n", "the two passphrases differ")]
    [TestCase("one\none \n", "the two passphrases differ")]
    [TestCase("one\n", "standard input ended before the passphrase again")]
    [TestCase("\n\n", "the passphrase is empty")]
    public void New_passphrase_that_is_not_given_twice_is_an_error(string input, string message) =>
        Assert.That(() => Lines(Encoding.UTF8.GetBytes(input)).NewPassphrase(), Refuses(message));

    [Test]
    public void New_passphrase_given_twice_is_taken() =>
        Assert.That(Text(Lines("grün\ngrün\n"u8.ToArray()).NewPassphrase()), Is.EqualTo("grün"));

    [Test]
    public void Descriptor_that_is_not_open_is_an_error() =>
        Assert.That(() => Lines([], descriptor: 987).Passphrase(), Refuses("file descriptor 987 is not open"));

    private static byte[] Letters(int count) => [.. Enumerable.Repeat((byte)'a', count)];

    private static SecretInput Lines(byte[] input, int? descriptor = null) => new(
        new CommandStreams(new MemoryStream(input), IsTerminal: false, Stream.Null, TextWriter.Null), mayAsk: true, descriptor);

    private static string Text(Secret secret) => Encoding.UTF8.GetString(secret.Utf8);

    private static EqualStringConstraint Refuses(string message) => Throws.TypeOf<ProtocolException>()
        .With.Message.EqualTo(message).And.Property("Error").Property("Kind").EqualTo("usage");
}
