using System.Security.Cryptography;
using NUnit.Framework;
using Vault.Crypto;

namespace Suite.Unit.Vault.Crypto;

public class PrimitiveTests
{
    // RFC 9106, sections 5.1 to 5.3.
    [TestCase(0, "512b391b6f1162975371d30919734294f868e3be3984f3c1a13a4db9fabe4acb", TestName = "Argon2d")]
    [TestCase(1, "c814d9d1dc7f37aa13f0d77f2494bda1c8de6b016dd388d29952a4c4672b6ce8", TestName = "Argon2i")]
    [TestCase(2, "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659", TestName = "Argon2id")]
    public void Argon2_agrees_with_its_RFC(int kind, string tag)
    {
        var output = new byte[32];
        var inputs = new Argon2Inputs(Filled(16, 2), Filled(8, 3), Filled(12, 4));

        Argon2.Derive((Argon2Kind)kind, new Argon2Cost(32, 3, 4), Filled(32, 1), inputs, output);

        Assert.That(Convert.ToHexStringLower(output), Is.EqualTo(tag));
    }

    // RFC 8439, section 2.4.2; it begins at block 1.
    [Test]
    public void ChaCha20_agrees_with_its_RFC()
    {
        var text = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it."u8
            .ToArray();
        using var stream = KeyStream.ChaCha20(Counting(32), Convert.FromHexString("000000000000004a00000000"));

        stream.Xor(64, text);

        Assert.That(Convert.ToHexStringLower(text), Is.EqualTo(
            "6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0bf91b65c5524733ab8f593dabcd62b3571639d624e65152ab8f"
            + "530c359f0861d807ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab77937365af90bbf74a35be6b40b8eedf2785e42874d"));
    }

    // ECRYPT, Salsa20 with 256 bits, set 1, vector 0.
    [Test]
    public void Salsa20_agrees_with_its_vectors()
    {
        byte[] key = [0x80, .. new byte[31]];
        using var stream = KeyStream.Salsa20(key, new byte[8]);
        var bytes = new byte[64];

        stream.Xor(0, bytes);

        Assert.That(Convert.ToHexString(bytes), Is.EqualTo(
            "E3BE8FDD8BECA2E3EA8EF9475B29A6E7003951E1097A5C38D23B7A5FAD9F6844B22C97559E2723C7CBBD3FE4FC8D9A0744652A83E72A9C461876AF4D7EF1A117"));
    }

    [TestCase(0, 0)]
    [TestCase(0, 200)]
    [TestCase(1, 1)]
    [TestCase(63, 2)]
    [TestCase(64, 64)]
    [TestCase(100, 300)]
    public void A_key_stream_entered_at_an_offset_is_the_same_stream(int offset, int length)
    {
        foreach (var kind in new[] { KeyStreamKind.Salsa20, KeyStreamKind.ChaCha20 })
        {
            using var stream = KeyStream.ForInner(kind, Counting(64));
            var whole = new byte[512];
            stream.Xor(0, whole);
            var part = new byte[length];

            stream.Xor(offset, part);

            Assert.That(part, Is.EqualTo(whole[offset..(offset + length)]));
        }
    }

    [TestCase(0u)]
    [TestCase(1u)]
    [TestCase(4095u)]
    [TestCase(4096u)]
    [TestCase(10_000u)]
    public void AES_KDF_is_the_block_cipher_over_and_over(uint rounds)
    {
        var key = Counting(32);
        var seed = Filled(32, 9);
        using var aes = Aes.Create();
        aes.Key = seed;
        var expected = key.ToArray();
        for (var round = 0; round < rounds; round++)
        {
            expected = aes.EncryptEcb(expected, PaddingMode.None);
        }
        var output = new byte[32];

        AesKdf.Derive(key, seed, rounds, output);

        Assert.That(output, Is.EqualTo(SHA256.HashData(expected)));
    }

    [Test]
    public void Secret_bytes_start_as_zeros_copy_and_clear_their_source()
    {
        var source = Counting(20);
        using var empty = new SecretBytes(20);
        using var copy = SecretBytes.CopyOf(source);
        using var taken = SecretBytes.Take(source);

        Assert.That(empty.Span.ToArray(), Is.EqualTo(new byte[20]));
        Assert.That(copy.Span.ToArray(), Is.EqualTo(Counting(20)));
        Assert.That(taken.Span.ToArray(), Is.EqualTo(Counting(20)));
        Assert.That(source, Is.EqualTo(new byte[20]));
    }

    // 512 bytes lie in memory that the next one gets, 513 do not.
    [TestCase(0), TestCase(1), TestCase(32), TestCase(511), TestCase(512), TestCase(513), TestCase(5000)]
    public void Secret_bytes_hold_nothing_of_those_before_them_and_are_no_others(int length)
    {
        for (var round = 0; round < 3; round++)
        {
            var secrets = Enumerable.Range(0, 40).Select(_ => new SecretBytes(length)).ToList();
            foreach (var (number, secret) in secrets.Index())
            {
                Assert.That(secret.Span.Length, Is.EqualTo(length));
                Assert.That(secret.Span.IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
                secret.Span.Fill((byte)(number + 1));
            }
            foreach (var (number, secret) in secrets.Index())
            {
                Assert.That(secret.Span.IndexOfAnyExcept((byte)(number + 1)), Is.EqualTo(-1));
                secret.Dispose();
                secret.Dispose();
            }
        }
    }

    [Test]
    public void Secret_bytes_that_were_disposed_cannot_be_read()
    {
        var secret = new SecretBytes(4);
        secret.Dispose();
        secret.Dispose();

        Assert.That(() => secret.Span.Length, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void A_sealed_key_opens_as_often_as_it_is_used_and_not_after_it_was_cleared()
    {
        var sealedKey = new SealedSecret(Counting(32));
        for (var use = 0; use < 3; use++)
        {
            using var key = sealedKey.Open();
            Assert.That(key.Span.ToArray(), Is.EqualTo(Counting(32)));
        }
        sealedKey.Clear();

        Assert.That(sealedKey.Open, Throws.TypeOf<InvalidOperationException>());
    }

    [Test]
    public void A_key_file_of_XML_that_does_not_agree_with_its_check_is_refused()
    {
        var file = "<KeyFile><Meta><Version>2.0</Version></Meta><Key><Data Hash=\"630DCD2A\">"u8.ToArray()
            .Concat(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(Counting(32)))).Concat("</Data></Key></KeyFile>"u8.ToArray());

        Assert.That(() => CompositeKey.From("p"u8, file.ToArray()),
            Throws.TypeOf<global::Vault.VaultException>().With.Property("Error").EqualTo(global::Vault.VaultError.Damaged));
    }

    [Test]
    public void A_missing_library_names_its_package()
    {
        var failure = new MissingLibraryException(Argon2.Library, Argon2.Package);

        Assert.That(failure.Message, Is.EqualTo("the system library libargon2.so.1 is not installed"));
        Assert.That(failure.Hint, Is.EqualTo("install it with: apt-get install libargon2-1"));
    }

    private static byte[] Counting(int length) => [.. Enumerable.Range(0, length).Select(index => (byte)index)];

    private static byte[] Filled(int length, byte value) => [.. Enumerable.Repeat(value, length)];
}
