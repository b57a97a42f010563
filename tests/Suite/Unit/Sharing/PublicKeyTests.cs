using System.Security.Cryptography;
using Contracts;
using NUnit.Framework;
using Vault.Sharing;

namespace Suite.Unit.Sharing;

public class PublicKeyTests
{
    private static readonly byte[] Point = Vectors.Read("message-signature").Hex("publicKey");

    [Test]
    public void Keys_that_the_platform_makes_are_on_the_curve()
    {
        for (var run = 0; run < 50; run++)
        {
            using var key = SigningKey.New();

            Assert.That(new PublicKey(key.Public.Span), Is.EqualTo(key.Public));
        }
    }

    private static IEnumerable<TestCaseData> NoKeys()
    {
        yield return new TestCaseData(Array.Empty<byte>()).SetArgDisplayNames("nothing");
        yield return new TestCaseData(new byte[65]).SetArgDisplayNames("zeros");
        yield return new TestCaseData(new byte[] { 0 }).SetArgDisplayNames("the point at infinity");
        yield return new TestCaseData(Point[..64]).SetArgDisplayNames("one byte short");
        yield return new TestCaseData((byte[])[.. Point, 0]).SetArgDisplayNames("one byte long");
        yield return new TestCaseData((byte[])[3, .. Point.AsSpan(1, 32)]).SetArgDisplayNames("compressed");
        yield return new TestCaseData((byte[])[6, .. Point.AsSpan(1)]).SetArgDisplayNames("hybrid");
        yield return new TestCaseData(Point.With(40)).SetArgDisplayNames("off the curve");
        yield return new TestCaseData((byte[])[4, .. Point.AsSpan(33), .. Point.AsSpan(1, 32)]).SetArgDisplayNames("x and y swapped");
        // (x + p, y) is the same point by its equation, in a second spelling; x = 5 is on the curve.
        yield return new TestCaseData(Convert.FromHexString(
            "04FFFFFFFF00000001000000000000000000000001000000000000000000000004"
            + "459243B9AA581806FE913BCE99817ADE11CA503C64D9A3C533415C083248FBCC")).SetArgDisplayNames("x not below the prime");
        using var otherCurve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        yield return new TestCaseData(otherCurve.ExportSubjectPublicKeyInfo()).SetArgDisplayNames("an SPKI of P-384");
    }

    [TestCaseSource(nameof(NoKeys))]
    public void What_is_no_point_of_P_256_is_refused(byte[] bytes) =>
        Assert.That(
            () => new PublicKey(bytes),
            Throws.TypeOf<ContractException>().With.Property("Error").EqualTo(ContractError.NotAKey));

    [Test]
    public void A_signature_is_over_these_bytes_by_this_key()
    {
        using var key = SigningKey.New();
        using var other = SigningKey.New();
        var signature = key.Sign("bytes"u8);

        Assert.That(key.Public.Verifies("bytes"u8, signature), Is.True);
        Assert.That(key.Public.Verifies("Bytes"u8, signature), Is.False);
        Assert.That(other.Public.Verifies("bytes"u8, signature), Is.False);
        Assert.That(key.Public.Verifies("bytes"u8, signature.With(0)), Is.False);
        Assert.That(key.Public.Verifies("bytes"u8, signature.AsSpan(0, 63)), Is.False);
        Assert.That(key.Public.Verifies("bytes"u8, [.. signature, 0]), Is.False);
        Assert.That(key.Public.Verifies("bytes"u8, new byte[64]), Is.False);
        Assert.That(key.Public.Verifies("bytes"u8, []), Is.False);
    }

    [Test]
    public void Keys_come_back_from_their_32_bytes()
    {
        using var signing = SigningKey.New();
        using var agreement = AgreementKey.New();
        using var signingAgain = SigningKey.Import(signing.Export());
        using var agreementAgain = AgreementKey.Import(agreement.Export());

        Assert.That(signingAgain.Public, Is.EqualTo(signing.Public));
        Assert.That(agreementAgain.Public, Is.EqualTo(agreement.Public));
    }
}
