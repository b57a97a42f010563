using System.Text;
using System.Text.Json;
using Contracts;
using Contracts.Requests;
using NUnit.Framework;

namespace Suite.Unit.Sharing;

public class RequestSignatureTests
{
    private static readonly JsonElement Rfc = Vectors.Read("message-signature");
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Body = """{"hello": "world"}"""u8.ToArray();

    private readonly Id _office = new(Enumerable.Repeat((byte)1, 16).ToArray());
    private readonly Id _member = new(Enumerable.Repeat((byte)2, 16).ToArray());
    private readonly SigningKey _key = SigningKey.Import(Rfc.Hex("privateKey"));

    [OneTimeTearDown]
    public void Clear() => _key.Dispose();

    [Test]
    public void The_base_agrees_with_its_RFC()
    {
        var components = Rfc.GetProperty("components").EnumerateArray()
            .Select(component => (component[0].GetString()!, component[1].GetString()!)).ToList();

        var signatureBase = SignatureBase.Of(components, SignatureBase.Parameters(components, Rfc.Text("parameters")));

        Assert.That(Encoding.ASCII.GetString(signatureBase), Is.EqualTo(Rfc.Text("base")));
    }

    [Test]
    public void The_signature_of_the_RFC_verifies_and_so_does_ours_with_its_key()
    {
        var signatureBase = Encoding.ASCII.GetBytes(Rfc.Text("base"));
        var key = new PublicKey(Rfc.Hex("publicKey"));

        Assert.That(_key.Public, Is.EqualTo(key));
        Assert.That(key.Verifies(signatureBase, Convert.FromBase64String(Rfc.Text("signature"))), Is.True);
        Assert.That(key.Verifies(signatureBase, _key.Sign(signatureBase)), Is.True);
    }

    // RFC 9530, appendices B.1, B.2 and B.4: the whole content, none, and bytes 10 to 18 of it.
    [TestCase("{\"hello\": \"world\"}\n", "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:")]
    [TestCase("", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:")]
    [TestCase("\"world\"}\n", "sha-256=:jjcgBDWNAtbYUXI37CVG3gRuGOAjaaDRGpIUFsdyepQ=:")]
    public void The_digest_agrees_with_its_RFC(string content, string digest)
    {
        var body = Encoding.ASCII.GetBytes(content);

        Assert.That(ContentDigest.Of(body), Is.EqualTo(digest));
        Assert.That(ContentDigest.Matches(digest, body), Is.True);
        Assert.That(ContentDigest.Matches(digest, [.. body, 0]), Is.False);
    }

    [TestCase("")]
    [TestCase("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=")]
    [TestCase("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDh=:")] // unused bits set
    [TestCase("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8Fa :")]
    [TestCase("sha-512=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:")]
    [TestCase("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:, sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:")]
    public void No_other_text_is_a_digest(string value) => Assert.That(ContentDigest.IsWellFormed(value), Is.False);

    [Test]
    public void A_request_is_signed_in_the_one_form()
    {
        var signed = Signed(Body);

        Assert.That(signed.Office, Is.EqualTo("AQEBAQEBAQEBAQEBAQEBAQ"));
        Assert.That(signed.ContentDigest, Is.EqualTo("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"));
        Assert.That(signed.SignatureInput, Is.EqualTo(
            "latchkey=(\"@method\" \"@path\" \"@query\" \"latchkey-office\" \"content-digest\");"
            + "created=1795176000;keyid=\"AgICAgICAgICAgICAgICAg\";tag=\"latchkey/1\""));
        Assert.That(_key.Public.Verifies(
            Encoding.ASCII.GetBytes(
                "\"@method\": PUT\n\"@path\": /v1/items/a\n\"@query\": ?after=7\n\"latchkey-office\": AQEBAQEBAQEBAQEBAQEBAQ\n"
                + "\"content-digest\": sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:\n\"@signature-params\": "
                + signed.SignatureInput!["latchkey=".Length..]),
            Convert.FromBase64String(signed.Signature!["latchkey=:".Length..^1])), Is.True);
    }

    [Test]
    public void Without_query_and_body_there_is_a_question_mark_and_no_digest()
    {
        var signed = RequestSignature.Sign(new RequestHead { Method = "GET", Path = "/v1/log" }, null, _office, _member, Now, _key);

        Assert.That(signed.SignatureInput, Does.StartWith("latchkey=(\"@method\" \"@path\" \"@query\" \"latchkey-office\");created="));
        Assert.That(_key.Public.Verifies(
            Encoding.ASCII.GetBytes(
                "\"@method\": GET\n\"@path\": /v1/log\n\"@query\": ?\n\"latchkey-office\": AQEBAQEBAQEBAQEBAQEBAQ\n\"@signature-params\": "
                + signed.SignatureInput!["latchkey=".Length..]),
            Convert.FromBase64String(signed.Signature!["latchkey=:".Length..^1])), Is.True);
    }

    [TestCase(0), TestCase(300), TestCase(-300)]
    public void A_signed_request_is_read_and_verifies(int seconds)
    {
        foreach (var body in new[] { Body, null })
        {
            var signature = RequestSignature.Read(Signed(body), Now.AddSeconds(seconds), out var refusal)!;

            Assert.That(refusal, Is.EqualTo(RequestRefusal.None));
            Assert.That(signature.Office, Is.EqualTo(_office));
            Assert.That(signature.Member, Is.EqualTo(_member));
            Assert.That(signature.IsBy(_key.Public), Is.True);
            using var other = SigningKey.New();
            Assert.That(signature.IsBy(other.Public), Is.False);
        }
    }

    [TestCase(301), TestCase(-301), TestCase(86400 * 365)]
    public void A_request_out_of_the_window_is_refused_with_a_reason_of_its_own(int seconds)
    {
        Assert.That(RequestSignature.Read(Signed(Body), Now.AddSeconds(seconds), out var refusal), Is.Null);
        Assert.That(refusal, Is.EqualTo(RequestRefusal.Clock));
    }

    private static readonly (string Name, Func<RequestHead, RequestHead> Change)[] Forgeries =
    [
        ("another method", head => head with { Method = "POST" }),
        ("another path", head => head with { Path = "/v1/items/b" }),
        ("another query", head => head with { Query = "?after=8" }),
        ("no query", head => head with { Query = "" }),
        ("another office", head => head with { Office = "AgICAgICAgICAgICAgICAg" }),
        ("another digest", head => head with { ContentDigest = ContentDigest.Of("{}"u8) }),
        ("another time", head => head with { SignatureInput = head.SignatureInput!.Replace("1795176000", "1795176001", StringComparison.Ordinal) }),
        ("another signer", head => head with { SignatureInput = head.SignatureInput!.Replace("AgIC", "AwIC", StringComparison.Ordinal) }),
    ];

    [Test]
    public void Nothing_of_what_is_signed_can_be_changed()
    {
        foreach (var (name, change) in Forgeries)
        {
            var signature = RequestSignature.Read(change(Signed(Body)), Now, out var refusal);

            Assert.That(refusal, Is.EqualTo(RequestRefusal.None), name);
            Assert.That(signature!.IsBy(_key.Public), Is.False, name);
        }
    }

    private static readonly (string Name, RequestRefusal Refusal, Func<RequestHead, RequestHead> Change)[] Unhappy =
    [
        ("no signature", RequestRefusal.NotSigned, head => head with { Signature = null }),
        ("no input", RequestRefusal.NotSigned, head => head with { SignatureInput = null }),
        ("no office", RequestRefusal.NotSigned, head => head with { Office = null }),
        ("a body without digest", RequestRefusal.NotSigned, head => head with { ContentDigest = null }),
        ("a digest without body", RequestRefusal.Malformed, head => head with { HasBody = false }),
        ("neither, but the digest covered", RequestRefusal.Malformed, head => head with { HasBody = false, ContentDigest = null }),
        ("an empty signature", RequestRefusal.Malformed, head => head with { Signature = "" }),
        ("a signature that is cut", RequestRefusal.Malformed, head => head with { Signature = head.Signature![..^1] }),
        ("a signature of 65 bytes", RequestRefusal.Malformed, head => head with { Signature = $"latchkey=:{Convert.ToBase64String(new byte[65])}:" }),
        ("a signature of 63 bytes", RequestRefusal.Malformed, head => head with { Signature = $"latchkey=:{Convert.ToBase64String(new byte[63])}:" }),
        ("two signatures", RequestRefusal.Malformed, head => head with { Signature = head.Signature + ", " + head.Signature }),
        ("another label", RequestRefusal.Malformed, head => head with { Signature = head.Signature!.Replace("latchkey", "sig1", StringComparison.Ordinal) }),
        ("two inputs", RequestRefusal.Malformed, head => head with { SignatureInput = head.SignatureInput + ", " + head.SignatureInput }),
        ("an input of one letter", RequestRefusal.Malformed, head => head with { SignatureInput = "l" }),
        ("an algorithm", RequestRefusal.Malformed, head => head with { SignatureInput = head.SignatureInput + ";alg=\"ecdsa-p256-sha256\"" }),
        ("no tag", RequestRefusal.Malformed, Input(";tag=\"latchkey/1\"", "")),
        ("another tag", RequestRefusal.Malformed, Input("latchkey/1", "latchkey/2")),
        ("no time", RequestRefusal.Malformed, Input(";created=1795176000", "")),
        ("an empty time", RequestRefusal.Malformed, Input("1795176000", "")),
        ("a signed time", RequestRefusal.Malformed, Input("1795176000", "+1795176000")),
        ("a negative time", RequestRefusal.Malformed, Input("1795176000", "-1795176000")),
        ("a time with a zero in front", RequestRefusal.Malformed, Input("1795176000", "01795176000")),
        ("a time as decimal", RequestRefusal.Malformed, Input("1795176000", "1795176000.0")),
        ("a time beyond all bounds", RequestRefusal.Malformed, Input("1795176000", "99999999999999999999999")),
        ("no signer", RequestRefusal.Malformed, Input(";keyid=\"AgICAgICAgICAgICAgICAg\"", "")),
        ("a signer that is no id", RequestRefusal.Malformed, Input("AgICAgICAgICAgICAgICAg", "AgICAgICAgICAgICAgICAh")),
        ("a component less", RequestRefusal.Malformed, Input("\"@query\" ", "")),
        ("the digest not covered", RequestRefusal.Malformed, Input(" \"content-digest\"", "")),
        ("a component more", RequestRefusal.Malformed, Input("\"@query\"", "\"@query\" \"@authority\"")),
        ("a component twice", RequestRefusal.Malformed, Input("\"@query\"", "\"@query\" \"@query\"")),
        ("another order", RequestRefusal.Malformed, Input("\"@method\" \"@path\"", "\"@path\" \"@method\"")),
        ("a component with a parameter", RequestRefusal.Malformed, Input("\"@path\"", "\"@path\";req")),
        ("a space more", RequestRefusal.Malformed, Input(";created", "; created")),
        ("an office that is no id", RequestRefusal.Malformed, head => head with { Office = "AQEBAQEBAQEBAQEBAQEBAR" }),
        ("an office with a line end", RequestRefusal.Malformed, head => head with { Office = "AQEBAQEBAQEBAQEBAQEBA\n" }),
        ("a digest of another algorithm", RequestRefusal.Malformed, head => head with { ContentDigest = head.ContentDigest!.Replace("256", "512", StringComparison.Ordinal) }),
        ("two digests", RequestRefusal.Malformed, head => head with { ContentDigest = head.ContentDigest + ", " + head.ContentDigest }),
        ("a method in small letters", RequestRefusal.Malformed, head => head with { Method = "put" }),
        ("no method", RequestRefusal.Malformed, head => head with { Method = "" }),
        ("a path with an escape", RequestRefusal.Malformed, head => head with { Path = "/v1/items/%61" }),
        ("a path with an empty segment", RequestRefusal.Malformed, head => head with { Path = "/v1//items" }),
        ("a path that ends with a slash", RequestRefusal.Malformed, head => head with { Path = "/v1/items/" }),
        ("a path that goes up", RequestRefusal.Malformed, head => head with { Path = "/v1/../items" }),
        ("a path without slash", RequestRefusal.Malformed, head => head with { Path = "v1" }),
        ("a path with a line end", RequestRefusal.Malformed, head => head with { Path = "/v1\n\"@query\": ?" }),
        ("a query with an escape", RequestRefusal.Malformed, head => head with { Query = "?a=%20" }),
        ("a query without question mark", RequestRefusal.Malformed, head => head with { Query = "a=b" }),
        ("a long target", RequestRefusal.Malformed, head => head with { Path = "/" + new string('a', Limits.TargetCharacters) }),
    ];

    [Test]
    public void What_is_missing_more_or_otherwise_is_refused()
    {
        foreach (var (name, expected, change) in Unhappy)
        {
            Assert.That(RequestSignature.Read(change(Signed(Body)), Now, out var refusal), Is.Null, name);
            Assert.That(refusal, Is.EqualTo(expected), name);
        }
    }

    [Test]
    public void A_target_that_a_proxy_might_rewrite_is_not_signed() =>
        Assert.That(
            () => RequestSignature.Sign(new RequestHead { Method = "GET", Path = "/a b" }, null, _office, _member, Now, _key),
            Throws.ArgumentException);

    private RequestHead Signed(byte[]? body) =>
        RequestSignature.Sign(
            new RequestHead { Method = "PUT", Path = "/v1/items/a", Query = "?after=7" }, body, _office, _member, Now, _key);

    private static Func<RequestHead, RequestHead> Input(string from, string to) =>
        head => head with { SignatureInput = head.SignatureInput!.Replace(from, to, StringComparison.Ordinal) };
}
