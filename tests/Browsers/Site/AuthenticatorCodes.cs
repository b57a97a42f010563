using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Browsers.Site;

/// <summary>
/// What the site makes of a one-time code: RFC 6238 with SHA-1 and 30 seconds, of as many digits as were sent. It takes the code of this
/// moment and of the period before, and none of the future.
/// </summary>
public static class AuthenticatorCodes
{
    /// <summary>The key of the first account, in base32: that of RFC 6238 appendix B.</summary>
    public const string FirstKey = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    /// <summary>The key of the second account, in base32: the bytes of the first in the opposite order.</summary>
    public const string SecondKey = "GA4TQNZWGU2DGMRRGA4TQNZWGU2DGMRR";

    private const int PeriodSeconds = 30;

    private static readonly (byte[] Key, string Whose)[] _accounts =
        [("12345678901234567890"u8.ToArray(), "first"), ("09876543210987654321"u8.ToArray(), "second")];

    /// <summary>Says whose code it is, or that it is nobody's.</summary>
    internal static string Judge(string code)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds() / PeriodSeconds;
        foreach (var (key, whose) in _accounts)
        {
            if (Enumerable.Range(0, 2).Any(ago => Make(key, now - ago, code.Length) == code))
            {
                return $"the code of the {whose} account";
            }
        }
        return "the code is wrong";
    }

    private static string Make(byte[] key, long counter, int digits)
    {
        Span<byte> message = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(message, counter);
#pragma warning disable CA5350 // RFC 6238 says SHA-1
        var mac = HMACSHA1.HashData(key, message);
#pragma warning restore CA5350
        var value = BinaryPrimitives.ReadUInt32BigEndian(mac.AsSpan(mac[^1] & 0xf)) & 0x7fff_ffff;
        return (value % (long)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }
}
