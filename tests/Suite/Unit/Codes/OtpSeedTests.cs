using System.Text;
using NUnit.Framework;
using Vault.Codes;

namespace Suite.Unit.Codes;

public class OtpSeedTests
{
    /// <summary>The key of RFC 4226 and of RFC 6238 for SHA-1: the digits 1 to 0, twice.</summary>
    private const string RfcKey = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [TestCase(0, "755224")]
    [TestCase(1, "287082")]
    [TestCase(2, "359152")]
    [TestCase(3, "969429")]
    [TestCase(4, "338314")]
    [TestCase(5, "254676")]
    [TestCase(6, "287922")]
    [TestCase(7, "162583")]
    [TestCase(8, "399871")]
    [TestCase(9, "520489")]
    public void Rfc_4226_appendix_D(int counter, string code)
    {
        Span<byte> destination = stackalloc byte[OtpSeed.MaxCodeBytes];
        var written = OtpSeed.WriteHotp("12345678901234567890"u8, new OtpSettings(), counter, destination);

        Assert.That(Encoding.ASCII.GetString(destination[..written]), Is.EqualTo(code));
    }

    [TestCase(59, "94287082", "46119246", "90693936")]
    [TestCase(1111111109, "07081804", "68084774", "25091201")]
    [TestCase(1111111111, "14050471", "67062674", "99943326")]
    [TestCase(1234567890, "89005924", "91819424", "93441116")]
    [TestCase(2000000000, "69279037", "90698825", "38618901")]
    [TestCase(20000000000, "65353130", "77737706", "47863826")]
    public void Rfc_6238_appendix_B(long seconds, string sha1, string sha256, string sha512)
    {
        var codes = new[] { ("SHA1", 20), ("SHA256", 32), ("SHA512", 64) }.Select(row =>
        {
            var key = string.Concat(Enumerable.Repeat("1234567890", 7))[..row.Item2];
            return CodeAt(seconds, $"otpauth://totp/x?secret={ToBase32(key)}&algorithm={row.Item1}&digits=8&period=30");
        });

        Assert.That(string.Join(' ', codes), Is.EqualTo($"{sha1} {sha256} {sha512}"));
    }

    /// <summary>Pairs of time and code that KeePassXC's tests took from Steam's own app.</summary>
    [TestCase(1511200518, "FR8RV")]
    [TestCase(1511200714, "9P3VP")]
    public void Steam(long seconds, string code)
    {
        const string Key = "63BEDWCQZKTQWPESARIERL5DTTQFCJTK";

        Assert.That(CodeAt(seconds, $"otpauth://totp/Steam:anna?secret={Key}&issuer=Steam&encoder=steam"), Is.EqualTo(code));
        Assert.That(CodeAt(seconds, $"steam://{Key}"), Is.EqualTo(code));
        Assert.That(CodeOfPair(seconds, Key, "30;S"), Is.EqualTo(code));
    }

    [TestCase("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    [TestCase("gezd gnbv gy3t qojq gezd gnbv gy3t qojq")]
    [TestCase(" GEZD-GNBV-GY3T-QOJQ-GEZD-GNBV-GY3T-QOJQ======\n")]
    [TestCase("otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    [TestCase("OTPAUTH://TOTP/x?SECRET=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&Digits=6")]
    [TestCase("otpauth://totp?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    [TestCase("otpauth://totp/Office%3Aanna%40example.com?issuer=Office&secret=GEZD%20GNBV+GY3TQOJQGEZDGNBVGY3TQOJQ%3D&algorithm=sha1&image=https%3A%2F%2Fx")]
    [TestCase("otpauth://totp/x?digits=6&period=30&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorithm=SHA-1")]
    [TestCase("key=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&step=30&size=6&type=Totp&otpHashMode=Sha1")]
    public void Seed_is_read_however_it_is_written(string text) => Assert.That(CodeAt(59, text), Is.EqualTo("287082"));

    [TestCase("", "287082")]
    [TestCase("30;6", "287082")]
    [TestCase("30;8", "94287082")]
    [TestCase("60;6", "755224")]
    [TestCase("30;6;https://time.example", "287082")]
    [TestCase("30", "287082")]
    public void Older_pair_of_KeePassXC(string settings, string code) => Assert.That(CodeOfPair(59, RfcKey, settings), Is.EqualTo(code));

    [TestCase("30;5")]
    [TestCase("30;9")]
    [TestCase("0;6")]
    [TestCase("-30;6")]
    [TestCase("86401;6")]
    [TestCase("x;6")]
    [TestCase("30;T")]
    public void Older_pair_with_other_settings_is_refused(string settings) =>
        Assert.That(CodeOfPair(59, RfcKey, settings), Is.Null);

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("====")]
    [TestCase("A")]
    [TestCase("GEZDGNBV1")]
    [TestCase("GEZD=GNBV")]
    [TestCase("GEZDGNBVÄ")]
    [TestCase("otpauth://")]
    [TestCase("otpauth://totp")]
    [TestCase("otpauth://totp/x")]
    [TestCase("otpauth://totp/x?")]
    [TestCase("otpauth://totp/x?secret=")]
    [TestCase("otpauth://totp/x?secret=%")]
    [TestCase("otpauth://totp/x?secret=%4")]
    [TestCase("otpauth://totp/x?secret=%ZZ")]
    [TestCase("otpauth://totpx/x?secret=GEZDGNBV")]
    [TestCase("otpauth://hotp/x?secret=GEZDGNBV&counter=0")]
    [TestCase("otpauth://totp/x?secret=GEZDGNBV&digits=5")]
    [TestCase("otpauth://totp/x?secret=GEZDGNBV&digits=9")]
    [TestCase("otpauth://totp/x?secret=GEZDGNBV&digits=6.0")]
    [TestCase("otpauth://totp/x?secret=GEZDGNBV&period=0")]
    [TestCase("otpauth://totp/x?secret=GEZDGNBV&period=86401")]
    [TestCase("otpauth://totp/x?secret=GEZDGNBV&period=99999999999")]
    [TestCase("otpauth://totp/x?secret=GEZDGNBV&algorithm=MD5")]
    [TestCase("otpauth://totp/x?secret=GEZDGNBV&encoder=other")]
    [TestCase("key=GEZDGNBV&type=Hotp&counter=1")]
    [TestCase("https://example.com/?secret=GEZDGNBV")]
    public void Anything_else_is_refused(string text) => Assert.That(CodeAt(59, text), Is.Null);

    [TestCase("", OtpFlaw.Other)]
    [TestCase("no key at all!", OtpFlaw.Other)]
    [TestCase("https://example.com/?secret=GEZDGNBV", OtpFlaw.Other)]
    [TestCase("otpauth://hotp/x?secret=GEZDGNBV&counter=0", OtpFlaw.Kind)]
    [TestCase("otpauth://totpx/x?secret=GEZDGNBV", OtpFlaw.Kind)]
    [TestCase("otpauth://", OtpFlaw.Other)]
    [TestCase("otpauth://totp/x?secret=GEZDGNBV&encoder=other", OtpFlaw.Kind)]
    [TestCase("key=GEZDGNBV&type=Hotp&counter=1", OtpFlaw.Kind)]
    [TestCase("otpauth-migration://offline?data=CjEKCkhlbGxv", OtpFlaw.Transfer)]
    [TestCase("otpauth://totp/x", OtpFlaw.Key)]
    [TestCase("otpauth://totp/x?issuer=Office", OtpFlaw.Key)]
    [TestCase("otpauth://totp/x?secret=", OtpFlaw.Key)]
    [TestCase("otpauth://totp/x?secret=GEZDGNB!", OtpFlaw.Key)]
    [TestCase("otpauth://totp/x?secret=%4", OtpFlaw.Key)]
    [TestCase("steam://!", OtpFlaw.Key)]
    [TestCase("otpauth://totp/x?secret=GEZDGNBV&algorithm=MD5", OtpFlaw.Hash)]
    [TestCase("otpauth://totp/x?secret=GEZDGNBV&digits=5", OtpFlaw.Digits)]
    [TestCase("otpauth://totp/x?secret=GEZDGNBV&digits=9&period=0", OtpFlaw.Digits)]
    [TestCase("otpauth://totp/x?secret=GEZDGNBV&period=0", OtpFlaw.Period)]
    [TestCase("otpauth://totp/x?secret=GEZDGNBV&period=86401", OtpFlaw.Period)]
    public void What_is_refused_says_why(string text, OtpFlaw expected)
    {
        using var seed = OtpSeed.TryParse(Encoding.UTF8.GetBytes(text), out var flaw);
        Assert.That((seed, flaw), Is.EqualTo(((OtpSeed?)null, expected)));
    }

    [TestCase("otpauth://totp/Office:anna?secret=GEZDGNBV", "Office", "anna")]
    [TestCase("otpauth://totp/Office%3A%20anna%40example.com?secret=GEZDGNBV&issuer=Office", "Office", "anna@example.com")]
    [TestCase("otpauth://totp/Old:anna?issuer=New%20Office&secret=GEZDGNBV", "New Office", "anna")]
    [TestCase("otpauth://totp/anna?secret=GEZDGNBV&issuer=B%C3%BCro+West", "Büro West", "anna")]
    [TestCase(" OTPAUTH://TOTP/anna?secret=GEZDGNBV ", null, "anna")]
    [TestCase("otpauth://totp/?secret=GEZDGNBV", null, null)]
    [TestCase("otpauth://totp/a%0Ab%1B%5B31m?secret=GEZDGNBV&issuer=%00", null, "ab[31m")]
    [TestCase("otpauth://totp/%FF%GG?secret=GEZDGNBV", null, "%FF%GG")]
    [TestCase("otpauth://totp", null, null)]
    [TestCase("GEZDGNBV", null, null)]
    public void Label_says_whose_codes_they_are(string text, string? issuer, string? account) =>
        Assert.That(OtpLabel.Read(Encoding.UTF8.GetBytes(text)), Is.EqualTo(new OtpLabel(issuer, account)));

    [Test]
    public void Label_that_fills_the_screen_is_cut()
    {
        var label = OtpLabel.Read(Encoding.UTF8.GetBytes($"otpauth://totp/{new string('a', 3000)}?secret=GEZDGNBV"));
        Assert.That(label.Account, Has.Length.EqualTo(100));
    }

    [Test]
    public void Text_beyond_4096_bytes_is_refused() =>
        Assert.That((CodeAt(0, new string('A', 4096)) is null, CodeAt(0, new string('A', 4097)) is null), Is.EqualTo((false, true)));

    [TestCase(0, 30)]
    [TestCase(1, 29)]
    [TestCase(29, 1)]
    [TestCase(30, 30)]
    [TestCase(-1, 1)]
    [TestCase(-30, 30)]
    public void Remaining_seconds(long seconds, int remaining)
    {
        using var seed = OtpSeed.TryParse(Encoding.UTF8.GetBytes(RfcKey))!;

        Assert.That(seed.RemainingSeconds(DateTimeOffset.FromUnixTimeSeconds(seconds)), Is.EqualTo(remaining));
    }

    [Test]
    public void Code_changes_exactly_when_the_period_ends()
    {
        const string Minute = $"otpauth://totp/x?secret={RfcKey}&period=60";

        Assert.That(
            string.Join(' ', new long[] { 0, 59, 60, 119, 120, -1, -60 }.Select(seconds => CodeAt(seconds, Minute))),
            Is.EqualTo("755224 755224 287082 287082 359152 " + CodeAt(-1, RfcKey) + " " + CodeAt(-1, RfcKey)));
    }

    [Test]
    public void Disposed_seed_holds_zeros()
    {
        var key = GC.AllocateArray<byte>(4, pinned: true);
        key.AsSpan().Fill(7);
        new OtpSeed(key, new OtpSettings()).Dispose();

        Assert.That(key, Is.All.Zero);
    }

    [Test]
    public void Short_destination_is_a_bug_of_the_caller()
    {
        using var seed = OtpSeed.TryParse(Encoding.UTF8.GetBytes(RfcKey))!;

        Assert.That(() => seed.WriteCode(default, new byte[OtpSeed.MaxCodeBytes - 1]), Throws.ArgumentException);
    }

    [TestCase("3132333435363738393031323334353637383930")]
    public void KeePass_hexadecimal(string text) =>
        Assert.That(CodeOf(59, OtpFields.FromHex(Encoding.UTF8.GetBytes(text), new OtpSettings())), Is.EqualTo("287082"));

    [TestCase("MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=")]
    public void KeePass_base64(string text) =>
        Assert.That(CodeOf(59, OtpFields.FromBase64(Encoding.UTF8.GetBytes(text), new OtpSettings())), Is.EqualTo("287082"));

    [TestCase("12345678901234567890")]
    public void KeePass_plain(string text) =>
        Assert.That(CodeOf(59, OtpFields.FromText(Encoding.UTF8.GetBytes(text), new OtpSettings())), Is.EqualTo("287082"));

    [TestCase("313")]
    [TestCase("3x")]
    [TestCase("")]
    public void KeePass_hexadecimal_that_is_none_is_refused(string text) =>
        Assert.That(OtpFields.FromHex(Encoding.UTF8.GetBytes(text), new OtpSettings()), Is.Null);

    [TestCase("MTI")]
    [TestCase("M*==")]
    [TestCase("")]
    public void KeePass_base64_that_is_none_is_refused(string text) =>
        Assert.That(OtpFields.FromBase64(Encoding.UTF8.GetBytes(text), new OtpSettings()), Is.Null);

    [TestCase("HMAC-SHA-1", OtpHash.Sha1)]
    [TestCase("HMAC-SHA-256", OtpHash.Sha256)]
    [TestCase("HMAC-SHA-512", OtpHash.Sha512)]
    [TestCase("sha512", OtpHash.Sha512)]
    [TestCase("SHA3-256", null)]
    [TestCase("", null)]
    public void Hash_names(string text, OtpHash? hash) => Assert.That(OtpText.HashOf(Encoding.UTF8.GetBytes(text)), Is.EqualTo(hash));

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public void Any_text_is_a_seed_or_refused(string? text)
    {
        foreach (var prefix in new[] { "", "otpauth://totp/", "otpauth://totp/x?secret=", "key=" })
        {
            var code = CodeAt(59, prefix + text);
            Assert.That(code, Is.Null.Or.Length.InRange(5, 8));
        }
    }

    private static string? CodeAt(long seconds, string text) => CodeOf(seconds, OtpSeed.TryParse(Encoding.UTF8.GetBytes(text)));

    private static string? CodeOfPair(long seconds, string seed, string settings) =>
        CodeOf(seconds, OtpSeed.TryParse(Encoding.UTF8.GetBytes(seed), Encoding.UTF8.GetBytes(settings)));

    private static string? CodeOf(long seconds, OtpSeed? seed)
    {
        using (seed)
        {
            Span<byte> code = stackalloc byte[OtpSeed.MaxCodeBytes];
            return seed is null ? null : Encoding.ASCII.GetString(code[..seed.WriteCode(DateTimeOffset.FromUnixTimeSeconds(seconds), code)]);
        }
    }

    private static string ToBase32(string key)
    {
        var bits = string.Concat(key.Select(character => Convert.ToString(character, 2).PadLeft(8, '0')));
        return string.Concat(bits.Chunk(5).Select(five => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Convert.ToInt32(new string(five).PadRight(5, '0'), 2)]));
    }
}
