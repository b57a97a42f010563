using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Host.Protocol;
using NUnit.Framework;

namespace Suite.Hosting;

/// <summary>Whatever the bytes, reading them gives a request or one of two refusals, and quickly.</summary>
public class RequestFuzzTests
{
    private static readonly byte[][] Seeds =
    [
        .. Directory.GetFiles(Repository.PathOf("tests", "vectors", "protocol"), "*.json")
            .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!.AsArray())
            .Where(one => one!["frame"] is not null)
            .Select(one => Encoding.UTF8.GetBytes((string)one!["frame"]!)),
    ];

    private static readonly byte[][] Dictionary =
    [
        [.. "\\ud800"u8], [.. "\\u0000"u8], [.. "{"u8], [.. "[["u8], [.. "\"id\":7,"u8], [.. "1e400"u8], [.. "-0"u8], [.. "null"u8],
        [0xff], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0], [.. "\""u8], [.. "\\"u8], [.. "9007199254740993"u8],
    ];

    [FsCheck.NUnit.Property(MaxTest = 2_000)]
    public bool Random_bytes_are_refused(byte[] bytes) => IsRequestOrRefusal(bytes);

    [FsCheck.NUnit.Property(MaxTest = 20_000)]
    public bool Damaged_messages_are_read_or_refused(NonNegativeInt seed, NonNegativeInt at, NonNegativeInt change, byte value) =>
        IsRequestOrRefusal(Damage(Seeds[seed.Get % Seeds.Length], at.Get, change.Get, value));

    [FsCheck.NUnit.Property(MaxTest = 5_000)]
    public bool Messages_damaged_twice_are_read_or_refused(
        NonNegativeInt seed, NonNegativeInt at, NonNegativeInt change, NonNegativeInt atToo, NonNegativeInt changeToo, byte value) =>
        IsRequestOrRefusal(
            Damage(Damage(Seeds[seed.Get % Seeds.Length], at.Get, change.Get, value), atToo.Get, changeToo.Get, value));

    [Test]
    public void A_hundred_thousand_brackets_are_refused()
    {
        var deep = new byte[100_000];
        deep.AsSpan().Fill((byte)'[');

        Assert.That(IsRequestOrRefusal(deep));
        Assert.That(IsRequestOrRefusal([.. "{\"id\":7,\"x\":"u8, .. deep]));
    }

    private static bool IsRequestOrRefusal(byte[] payload)
    {
        try
        {
            RequestReader.Read(payload, out var id).Forget();
            return id is > 0 and <= Limits.MaxId;
        }
        catch (ProtocolException refusal)
        {
            return refusal.Error.Kind is ErrorKind.BadMessage or ErrorKind.UnknownType;
        }
    }

    private static byte[] Damage(byte[] seed, int at, int change, byte value)
    {
        if (seed.Length == 0)
        {
            return [value];
        }
        at %= seed.Length;
        return (change % 5) switch
        {
            0 => [.. seed[..at], value, .. seed[(at + 1)..]],
            1 => [.. seed[..at], (byte)(seed[at] ^ (1 << (value % 8))), .. seed[(at + 1)..]],
            2 => [.. seed[..at], .. seed[(at + 1)..]],
            3 => [.. seed[..at], .. Dictionary[value % Dictionary.Length], .. seed[at..]],
            _ => [.. seed[..at], .. Seeds[value % Seeds.Length], .. seed[at..]],
        };
    }
}
