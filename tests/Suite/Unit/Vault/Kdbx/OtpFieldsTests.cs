using System.Text;
using NUnit.Framework;
using Vault;

namespace Suite.Unit.Vault.Kdbx;

public class OtpFieldsTests
{
    // "12345678901234567890" of RFC 6238, appendix B, in each program's form.
    [TestCase("otp", "otpauth://totp/A:b?secret=GEZDGNBV&digits=8", "", "", "otpauth://totp/A:b?secret=GEZDGNBV&digits=8")]
    [TestCase("TOTP Seed", "gezd gnbv gy3t qojq", "TOTP Settings", "60;8", "otpauth://totp/?secret=gezdgnbvgy3tqojq&period=60&digits=8")]
    [TestCase("TOTP Seed", "GEZDGNBV", "TOTP Settings", "30;S", "otpauth://totp/?secret=GEZDGNBV&period=30&encoder=steam")]
    [TestCase("TOTP Seed", "GEZDGNBV", "", "", "otpauth://totp/?secret=GEZDGNBV&period=30&digits=6")]
    [TestCase("TimeOtp-Secret", "12345678901234567890", "TimeOtp-Length", "8",
        "otpauth://totp/?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&period=30&digits=8&algorithm=SHA1")]
    [TestCase("TimeOtp-Secret-Hex", "3132333435363738393031323334353637383930", "TimeOtp-Algorithm", "HMAC-SHA-256",
        "otpauth://totp/?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&period=30&digits=6&algorithm=SHA256")]
    [TestCase("TimeOtp-Secret-Base64", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=", "TimeOtp-Period", "60",
        "otpauth://totp/?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&period=60&digits=6&algorithm=SHA1")]
    [TestCase("TimeOtp-Secret-Base32", "GEZDGNBV", "TimeOtp-Length", "8&secret=A",
        "otpauth://totp/?secret=GEZDGNBV&period=30&digits=6&algorithm=SHA1")]
    public void A_seed_is_one_URI_whichever_program_wrote_it(string field, string value, string other, string setting, string uri)
    {
        using var test = new TestVault();
        using var vault = test.Create();
        var fields = new List<NewField> { TestVault.Secret(field, value) };
        if (other.Length > 0)
        {
            fields.Add(NewField.Clear(other, setting));
        }
        var summary = vault.Add(new ItemDraft { Fields = fields });

        using var opened = vault.OpenOtp(summary.Id)!;

        Assert.That(Encoding.UTF8.GetString(opened.Span), Is.EqualTo(uri));
        Assert.That(summary.HasCode, Is.True);
    }

    [Test]
    public void An_item_without_a_seed_has_none()
    {
        using var test = new TestVault();
        using var vault = test.Create();
        var id = vault.Add(new ItemDraft { Fields = [TestVault.Secret("TimeOtp-Secret-Hex", "no hex")] }).Id;

        Assert.That(vault.OpenOtp(id), Is.Null);
        Assert.That(vault.OpenOtp(vault.Add(new ItemDraft()).Id), Is.Null);
    }
}
