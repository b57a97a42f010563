using System.Text.Json;
using Contracts;
using NUnit.Framework;
using Vault.Sharing;

namespace Suite.Unit.Sharing;

public class HpkeTests
{
    private static readonly JsonElement Vector = Vectors.Read("hpke");

    [Test]
    public void Sealing_agrees_with_its_RFC()
    {
        using var ephemeralKey = AgreementKey.Import(Vector.Hex("ephemeralPrivateKey"));
        using var hpke = Hpke.ForSending(
            HpkeAead.Aes128Gcm, new PublicKey(Vector.Hex("recipientPublicKey")), Vector.Hex("info"), ephemeralKey, out var encapsulatedKey);

        Assert.That(encapsulatedKey, Is.EqualTo(Vector.Hex("ephemeralPublicKey")));
        AtEachSequenceNumber(
            (aad, vector) => Assert.That(hpke.Seal(aad, Vector.Hex("plaintext")), Is.EqualTo(vector.Hex("ciphertext"))),
            () => hpke.Seal([], []));
    }

    [Test]
    public void Opening_agrees_with_its_RFC()
    {
        using var recipientKey = AgreementKey.Import(Vector.Hex("recipientPrivateKey"));
        using var hpke = Hpke.ForReceiving(recipientKey, Vector.Hex("info"), Vector.Hex("ephemeralPublicKey"), HpkeAead.Aes128Gcm);
        using var sender = SenderInStep();

        AtEachSequenceNumber(
            (aad, vector) =>
            {
                Assert.That(hpke.Open(aad, vector.Hex("ciphertext").With(3)), Is.Null);
                Assert.That(hpke.Open(aad, vector.Hex("ciphertext")), Is.EqualTo(Vector.Hex("plaintext")));
                _ = sender.Seal([], []);
            },
            () => Assert.That(hpke.Open([], sender.Seal([], [])), Is.Empty));
    }

    [Test]
    public void The_keys_of_the_RFC_belong_together()
    {
        using var recipientKey = AgreementKey.Import(Vector.Hex("recipientPrivateKey"));

        Assert.That(recipientKey.Public.Span.ToArray(), Is.EqualTo(Vector.Hex("recipientPublicKey")));
    }

    private static Hpke SenderInStep()
    {
        using var ephemeralKey = AgreementKey.Import(Vector.Hex("ephemeralPrivateKey"));
        return Hpke.ForSending(
            HpkeAead.Aes128Gcm, new PublicKey(Vector.Hex("recipientPublicKey")), Vector.Hex("info"), ephemeralKey, out _);
    }

    /// <summary>The RFC lists some of the sequence numbers; those between are passed.</summary>
    private static void AtEachSequenceNumber(Action<byte[], JsonElement> check, Action pass)
    {
        var sequence = 0;
        foreach (var vector in Vector.GetProperty("encryptions").EnumerateArray())
        {
            for (; sequence < vector.GetProperty("sequence").GetInt32(); sequence++)
            {
                pass();
            }
            check(vector.Hex("aad"), vector);
            sequence++;
        }
        Assert.That(sequence, Is.EqualTo(257));
    }
}
