using System.Text;
using Contracts;
using Contracts.Wire;
using NUnit.Framework;

namespace Suite.Unit.Sharing;

public class WireTests
{
    private static readonly Office Office = new();

    private static string Bytes(int count) => System.Buffers.Text.Base64Url.EncodeToString(new byte[count]);

    private static string Signed => $$"""{"bytes":"AAAA","signature":"{{Bytes(64)}}"}""";

    private static string Wrap => $$"""{"principal":"{{Bytes(16)}}","groupEpoch":0,"key":"{{Bytes(113)}}"}""";

    [Test]
    public void A_log_goes_over_the_wire()
    {
        var json = WireJson.Write(new WireLog { Entries = [.. Office.Entries.Select(WireSigned.Of)], More = false }, WireJson.Default.WireLog);
        var log = new MembershipLog(Office.Id);

        var verdicts = WireJson.Read(json, WireJson.Default.WireLog).Entries.Select(entry => log.Append(entry.Decode<LogEntry>()));

        Assert.That(verdicts, Is.All.EqualTo(LogVerdict.Accepted));
        Assert.That(log.Head, Is.EqualTo(Office.Head));
    }

    [Test]
    public void A_wrap_goes_over_the_wire()
    {
        var wrap = new KeyWrap { Principal = Id.New(), GroupEpoch = 3, Bytes = new byte[113] };

        Assert.That(KeyWrap.HashOf([WireWrap.Of(wrap).Decode()]), Is.EqualTo(KeyWrap.HashOf([wrap])));
        Assert.That(() => (WireWrap.Of(wrap) with { Key = new byte[112] }).Decode(), Throws.TypeOf<ContractException>());
        Assert.That(() => (WireWrap.Of(wrap) with { GroupEpoch = -1 }).Decode(), Throws.TypeOf<ContractException>());
        Assert.That(() => (WireWrap.Of(wrap) with { GroupEpoch = Limits.NumbersBelow }).Decode(), Throws.TypeOf<ContractException>());
    }

    [Test]
    public void An_envelope_comes_with_the_content_that_was_signed_and_a_removal_with_none()
    {
        var envelope = new Envelope
        {
            Office = Office.Id,
            Item = Id.New(),
            Revision = 1,
            Epoch = 1,
            RecordVersion = 1,
            Author = Office.Anna.Id,
            LogHead = Office.Head,
            Content = Hash.Of("sealed"u8),
        };
        var content = WireSigned.Of(SignedRecord.Sign(envelope, Office.Anna.Signing));
        var removal = WireSigned.Of(SignedRecord.Sign(envelope with { Content = null }, Office.Anna.Signing));

        Assert.That(new WireEnvelope { Envelope = content, Sealed = "sealed"u8.ToArray() }.Decode().Record, Is.EqualTo(envelope));
        Assert.That(new WireEnvelope { Envelope = removal }.Decode().Record.IsRemoval, Is.True);
        Assert.That(Encoding.UTF8.GetString(WireJson.Write(new WireEnvelope { Envelope = removal }, WireJson.Default.WireEnvelope)), Does.Not.Contain("sealed"));
        Assert.That(() => new WireEnvelope { Envelope = content, Sealed = "Sealed"u8.ToArray() }.Decode(), Throws.TypeOf<ContractException>());
        Assert.That(() => new WireEnvelope { Envelope = content }.Decode(), Throws.TypeOf<ContractException>());
        Assert.That(() => new WireEnvelope { Envelope = removal, Sealed = Array.Empty<byte>() }.Decode(), Throws.TypeOf<ContractException>());
        Assert.That(
            () => new WireEnvelope { Envelope = content, Sealed = new byte[Limits.SealedItemBytes + 1] }.Decode(),
            Throws.TypeOf<ContractException>().With.Property("Error").EqualTo(ContractError.TooLarge));
    }

    [Test]
    public void An_access_record_is_read()
    {
        var access = WireJson.Read(Encoding.UTF8.GetBytes($$"""{"wraps":[{{Wrap}}],"record":{{Signed}}}"""), WireJson.Default.WireAccess);

        Assert.That(access.Wraps.Single().Decode().Principal, Is.EqualTo(new Id(new byte[16])));
        Assert.That(access.Record.Bytes.ToArray(), Is.EqualTo(new byte[3]));
    }

    private static readonly (string Name, string Json)[] Unhappy =
    [
        ("nothing", ""),
        ("null", "null"),
        ("a list", "[]"),
        ("no members", "{}"),
        ("a missing member", $$"""{"record":{{Signed}}}"""),
        ("an unknown member", $$"""{"record":{{Signed}},"wraps":[],"more":1}"""),
        ("a member twice", $$"""{"record":{{Signed}},"wraps":[],"wraps":[]}"""),
        ("a member twice inside", $$"""{"record":{"bytes":"","bytes":"","signature":""},"wraps":[]}"""),
        ("a member in capitals", $$"""{"Record":{{Signed}},"wraps":[]}"""),
        ("a member that is null", """{"record":null,"wraps":[]}"""),
        ("a list that is null", $$"""{"record":{{Signed}},"wraps":null}"""),
        ("an entry of the list that is null", $$"""{"record":{{Signed}},"wraps":[null]}"""),
        ("bytes that are null", """{"record":{"bytes":null,"signature":""},"wraps":[]}"""),
        ("bytes as a list", """{"record":{"bytes":[1],"signature":""},"wraps":[]}"""),
        ("bytes with padding", """{"record":{"bytes":"AA==","signature":""},"wraps":[]}"""),
        ("bytes with unused bits", """{"record":{"bytes":"AB","signature":""},"wraps":[]}"""),
        ("bytes with a space", """{"record":{"bytes":"AA AA","signature":""},"wraps":[]}"""),
        ("bytes with an escape", """{"record":{"bytes":"\u0041AAA","signature":""},"wraps":[]}"""),
        ("bytes of the other alphabet", """{"record":{"bytes":"++++","signature":""},"wraps":[]}"""),
        ("bytes of a wrong length", """{"record":{"bytes":"A","signature":""},"wraps":[]}"""),
        ("an id that is none", $$"""{"record":{{Signed}},"wraps":[{"principal":"AA","groupEpoch":0,"key":""}]}"""),
        ("an id with an escape", $$"""{"record":{{Signed}},"wraps":[{"principal":"{{Bytes(16)[..^1]}}\u0041","groupEpoch":0,"key":""}]}"""),
        ("an id as number", $$"""{"record":{{Signed}},"wraps":[{"principal":7,"groupEpoch":0,"key":""}]}"""),
        ("a number as text", $$"""{"record":{{Signed}},"wraps":[{"principal":"{{Bytes(16)}}","groupEpoch":"0","key":""}]}"""),
        ("a number with a fraction", $$"""{"record":{{Signed}},"wraps":[{"principal":"{{Bytes(16)}}","groupEpoch":0.5,"key":""}]}"""),
        ("a number beyond 64 bits", $$"""{"record":{{Signed}},"wraps":[{"principal":"{{Bytes(16)}}","groupEpoch":99999999999999999999,"key":""}]}"""),
        ("a comma at the end", $$"""{"record":{{Signed}},"wraps":[],}"""),
        ("a comment", $$"""{"record":{{Signed}},/* */"wraps":[]}"""),
        ("something behind it", $$"""{"record":{{Signed}},"wraps":[]} {}"""),
        ("too many wraps", $$"""{"record":{{Signed}},"wraps":[{{string.Join(',', Enumerable.Repeat(Wrap, 501))}}]}"""),
        ("a longer body than any", new string(' ', Limits.BodyBytes) + $$"""{"record":{{Signed}},"wraps":[]}"""),
        ("deep nesting", new string('[', 100)),
    ];

    /// <summary>Of texts that are nearly base64url, those that RFC 4648, section 5, gives for some bytes and no others.</summary>
    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public bool Bytes_have_one_spelling(byte[] letters)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", Near = "AQgwEIM_-z9= +/";
        var text = string.Concat(letters.Select(letter => Near[letter % Near.Length]));
        int[] unusedBits = [0, 0, 4, 2];
        var isOne = text.All(Alphabet.Contains) && text.Length % 4 != 1
            && (text.Length == 0 || Alphabet.IndexOf(text[^1], StringComparison.Ordinal) % (1 << unusedBits[text.Length % 4]) == 0);
        try
        {
            var read = WireJson.Read(Encoding.UTF8.GetBytes($$"""{"bytes":"{{text}}","signature":""}"""), WireJson.Default.WireSigned);
            return isOne && read.Bytes.Length == text.Length * 3 / 4;
        }
        catch (ContractException)
        {
            return !isOne;
        }
    }

    [Test]
    public void What_is_not_exactly_the_value_is_refused()
    {
        foreach (var (name, json) in Unhappy)
        {
            Assert.That(() => WireJson.Read(Encoding.UTF8.GetBytes(json), WireJson.Default.WireAccess), Throws.TypeOf<ContractException>(), name);
        }
        Assert.That(WireJson.Read(Encoding.UTF8.GetBytes($$"""{"record":{{Signed}},"wraps":[]}"""), WireJson.Default.WireAccess), Is.Not.Null);
    }
}
