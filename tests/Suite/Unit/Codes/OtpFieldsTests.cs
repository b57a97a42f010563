using System.Text;
using NUnit.Framework;
using Vault.Codes;
using Vault.Crypto;

namespace Suite.Unit.Codes;

/// <summary>Fields are written as name=value, separated by bars; codes are those of second 59.</summary>
public class OtpFieldsTests
{
    [TestCase("otp=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "287082")]
    [TestCase("otp=otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8", "94287082")]
    [TestCase("TimeOtp-Secret-Base32=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "287082")]
    [TestCase("TimeOtp-Secret-Hex=3132333435363738393031323334353637383930|TimeOtp-Length=8", "94287082")]
    [TestCase("TimeOtp-Secret-Base64=MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=|TimeOtp-Length=8", "94287082")]
    [TestCase("TimeOtp-Secret=12345678901234567890|TimeOtp-Period=60", "755224")]
    [TestCase("TimeOtp-Secret=12345678901234567890123456789012|TimeOtp-Length=8|TimeOtp-Algorithm=HMAC-SHA-256", "46119246")]
    [TestCase("TimeOtp-Secret=12345678901234567890|TimeOtp-Algorithm=MD5", null)]
    [TestCase("TimeOtp-Secret=12345678901234567890|TimeOtp-Length=12", null)]
    [TestCase("TOTP Seed=gezd gnbv gy3t qojq gezd gnbv gy3t qojq", "287082")]
    [TestCase("TOTP Seed=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ|TOTP Settings=60;6", "755224")]
    [TestCase("otp=|TOTP Seed=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "287082")]
    [TestCase("otp=nothing 1|TOTP Seed=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", null)]
    [TestCase("TOTP Settings=30;6", null)]
    [TestCase("Title=x", null)]
    public void Seed_is_found_among_the_fields(string fields, string? code)
    {
        var values = fields.Split('|').Select(field => field.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

        using var seed = OtpFields.TryRead(name => values.TryGetValue(name, out var value) ? SecretBytes.CopyOf(Encoding.UTF8.GetBytes(value)) : null);

        Assert.That(seed is null ? null : CodeOf(seed), Is.EqualTo(code));
    }

    private static string CodeOf(OtpSeed seed)
    {
        Span<byte> code = stackalloc byte[OtpSeed.MaxCodeBytes];
        return Encoding.ASCII.GetString(code[..seed.WriteCode(DateTimeOffset.FromUnixTimeSeconds(59), code)]);
    }
}
