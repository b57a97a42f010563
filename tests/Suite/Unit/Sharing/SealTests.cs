using System.Buffers.Binary;
using System.Security.Cryptography;
using Contracts;
using NUnit.Framework;
using Vault.Sharing;

namespace Suite.Unit.Sharing;

public class SealTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];
    private static readonly byte[] Context = "where it belongs"u8.ToArray();

    [FsCheck.NUnit.Property]
    public bool What_was_sealed_opens(byte[] content, byte[] context) =>
        Seal.Open(Key, context, Seal.Close(Key, context, content)).AsSpan().SequenceEqual(content);

    [TestCase(0, 512)]
    [TestCase(1, 512)]
    [TestCase(508, 512)]
    [TestCase(509, 1024)]
    [TestCase(1020, 1024)]
    [TestCase(1021, 2048)]
    [TestCase(Limits.PaddedItemBytes - 4, Limits.PaddedItemBytes)]
    public void A_length_says_only_its_size_class(int contentBytes, int paddedBytes)
    {
        var sealedBytes = Seal.Close(Key, Context, new byte[contentBytes]);

        Assert.That(sealedBytes, Has.Length.EqualTo(paddedBytes + Limits.SealOverheadBytes));
        Assert.That(Seal.Open(Key, Context, sealedBytes), Has.Length.EqualTo(contentBytes));
    }

    [Test]
    public void Too_much_content_is_refused() =>
        Assert.That(
            () => Seal.Close(Key, Context, new byte[Limits.PaddedItemBytes - 3]),
            Throws.TypeOf<ContractException>().With.Property("Error").EqualTo(ContractError.TooLarge));

    [Test]
    public void Any_changed_bit_keeps_it_shut()
    {
        var sealedBytes = Seal.Close(Key, Context, "content"u8);

        for (var bit = 0; bit < 8 * sealedBytes.Length; bit++)
        {
            Assert.That(Seal.Open(Key, Context, sealedBytes.With(bit / 8, (byte)(1 << (bit % 8)))), Is.Null, $"bit {bit}");
        }
        Assert.That(Seal.Open(Key, Context, sealedBytes), Is.EqualTo("content"u8.ToArray()));
    }

    [Test]
    public void Another_key_context_or_length_keeps_it_shut()
    {
        var sealedBytes = Seal.Close(Key, Context, "content"u8);

        Assert.That(Seal.Open(Key.With(31), Context, sealedBytes), Is.Null);
        Assert.That(Seal.Open(Key, Context.With(0), sealedBytes), Is.Null);
        Assert.That(Seal.Open(Key, [.. Context, 0], sealedBytes), Is.Null);
        Assert.That(Seal.Open(Key, [], sealedBytes), Is.Null);
        Assert.That(Seal.Open(Key, Context, []), Is.Null);
        Assert.That(Seal.Open(Key, Context, sealedBytes.AsSpan(0, sealedBytes.Length - 1)), Is.Null);
        Assert.That(Seal.Open(Key, Context, sealedBytes.AsSpan(0, Limits.SealOverheadBytes)), Is.Null);
        Assert.That(Seal.Open(Key, Context, [.. sealedBytes, 0]), Is.Null);
        Assert.That(Seal.Open(Key, Context, [.. sealedBytes, .. new byte[512]]), Is.Null);
    }

    [Test]
    public void Only_one_suite_exists()
    {
        var sealedBytes = Seal.Close(Key, Context, "content"u8);

        var opening = Enumerable.Range(0, 256).Where(suite =>
        {
            byte[] changed = [(byte)suite, .. sealedBytes.AsSpan(1)];
            return Seal.Open(Key, Context, changed) is not null;
        });

        Assert.That(opening, Is.EqualTo([1]));
    }

    [Test]
    public void The_same_content_is_never_sealed_alike() =>
        Assert.That(Seal.Close(Key, Context, "content"u8), Is.Not.EqualTo(Seal.Close(Key, Context, "content"u8)));

    /// <summary>
    /// AES-GCM alone would take this: the ciphertext opens under both derived keys. What it cannot have is both commitments.
    /// </summary>
    [Test]
    public void A_ciphertext_made_with_the_right_key_but_another_commitment_stays_shut()
    {
        var sealedBytes = Seal.Close(Key, Context, "content"u8);
        var other = Seal.Close(Key.With(0), Context, "content"u8, sealedBytes.AsSpan(1, 32));
        byte[] mixed = [.. sealedBytes.AsSpan(0, 33), .. other.AsSpan(33, 32), .. sealedBytes.AsSpan(65)];

        Assert.That(Seal.Open(Key, Context, mixed), Is.Null);
        Assert.That(Seal.Open(Key.With(0), Context, mixed), Is.Null);
    }

    private static readonly (string Name, uint Length, int NotZero, int PaddedBytes, bool Opens)[] Paddings =
    [
        ("as it should be", 7, -1, 512, true),
        ("a byte behind the content that is not zero", 7, 11, 512, false),
        ("the last byte not zero", 7, 511, 512, false),
        ("a length above the padding", 509, -1, 512, false),
        ("a length that would be negative", 0xffffffff, -1, 512, false),
        ("a longer padding than the content needs", 7, -1, 1024, false),
        ("no power of two", 7, -1, 768, false),
        ("less than the smallest size", 7, -1, 256, false),
    ];

    [Test]
    public void Only_the_one_padding_opens()
    {
        foreach (var (name, length, notZero, paddedBytes, opens) in Paddings)
        {
            var padded = new byte[paddedBytes];
            BinaryPrimitives.WriteUInt32BigEndian(padded, length);
            if (notZero >= 0)
            {
                padded[notZero] = 1;
            }

            Assert.That(Seal.Open(Key, Context, SealedAsIs(padded)) is not null, Is.EqualTo(opens), name);
        }
    }

    /// <summary>The seal as server/docs/sharing.md describes it, written a second time, over a padding of the test's own.</summary>
    private static byte[] SealedAsIs(byte[] padded)
    {
        var salt = new byte[32];
        var keys = HKDF.DeriveKey(HashAlgorithmName.SHA256, Key, 64, salt, [.. "latchkey/seal/1"u8, .. SHA256.HashData(Context)]);
        var ciphertext = new byte[padded.Length];
        var tag = new byte[16];
        using var aead = new AesGcm(keys.AsSpan(0, 32), 16);
        aead.Encrypt(new byte[12], padded, ciphertext, tag, Context);
        return [1, .. salt, .. keys.AsSpan(32), .. ciphertext, .. tag];
    }
}
