using System.Security.Cryptography;
using Contracts;
using NUnit.Framework;
using Vault.Sharing;

namespace Suite.Unit.Sharing;

public class FileCryptoTests
{
    private static readonly Id Here = Id.New();
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    [TestCase(0, 1)]
    [TestCase(1, 1)]
    [TestCase(FileCrypto.PartBytes, 1)]
    [TestCase(FileCrypto.PartBytes + 1, 2)]
    [TestCase((2 * FileCrypto.PartBytes) + 100_000, 3)]
    public void A_file_of_any_size_opens_from_its_parts(int size, int count)
    {
        var content = RandomNumberGenerator.GetBytes(size);

        var parts = FileCrypto.Close(Here, Key, content);

        Assert.That(parts, Has.Count.EqualTo(count));
        Assert.That(FileCrypto.CountOf(size), Is.EqualTo(count));
        Assert.That(FileCrypto.SealedBytes(size), Is.EqualTo(parts.Sum(part => part.LongLength)));
        Assert.That(parts.Max(part => part.Length), Is.LessThanOrEqualTo(Limits.SealedItemBytes));
        Assert.That(FileCrypto.Open(Here, Key, size, parts), Is.EqualTo(content));
    }

    [Test]
    public void Parts_in_another_order_number_office_or_under_another_key_stay_shut()
    {
        const int Size = (2 * FileCrypto.PartBytes) + 1;
        var parts = FileCrypto.Close(Here, Key, RandomNumberGenerator.GetBytes(Size));
        var shorter = FileCrypto.Close(Here, Key, new byte[FileCrypto.PartBytes + 1]);

        Assert.That(FileCrypto.Open(Here, Key, Size, [parts[1], parts[0], parts[2]]), Is.Null);
        Assert.That(FileCrypto.Open(Here, Key, Size, [parts[0], parts[0], parts[2]]), Is.Null);
        Assert.That(FileCrypto.Open(Here, Key, Size, [parts[0], parts[2]]), Is.Null);
        Assert.That(FileCrypto.Open(Here, Key, Size, [.. parts, parts[2]]), Is.Null);
        Assert.That(FileCrypto.Open(Here, Key, FileCrypto.PartBytes + 1, [parts[0], parts[2]]), Is.Null);
        Assert.That(FileCrypto.Open(Here, Key, Size - 1, parts), Is.Null);
        Assert.That(FileCrypto.Open(Here, Key, Size + 1, parts), Is.Null);
        Assert.That(FileCrypto.Open(Here, Key, Size, [shorter[0], parts[1], parts[2]]), Is.Null);
        Assert.That(FileCrypto.Open(Here, Key.With(3), Size, parts), Is.Null);
        Assert.That(FileCrypto.Open(Id.New(), Key, Size, parts), Is.Null);
        Assert.That(FileCrypto.Open(Here, Key, Size, [parts[0], parts[1], parts[2].With(200)]), Is.Null);
        Assert.That(FileCrypto.Open(Here, Key, Size, parts), Has.Length.EqualTo(Size));
    }

    [Test]
    public void A_part_is_named_by_the_first_half_of_its_hash()
    {
        var part = FileCrypto.Close(Here, Key, "content"u8).Single();

        Assert.That(FileCrypto.NameOf(part).ToArray(), Is.EqualTo(SHA256.HashData(part)[..16]));
    }
}
