using System.Text;
using Host.Protocol;
using NUnit.Framework;
using Suite.Unit.Vault;
using Vault;

namespace Suite.Hosting;

/// <summary>One-time codes as the host releases them: to whom, and how near to their end.</summary>
public class SessionCodeTests
{
    /// <summary>The key of RFC 6238 appendix B, in base32.</summary>
    private const string Key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private const string Origin = "https://www.example.com";

    // Of the period that begins when the tests' clock does, and of the next one.
    private const string First = "09385366";
    private const string Next = "04469580";

    private TestSession _host = null!;
    private TestClient _client = null!;

    [SetUp]
    public void SetUp()
    {
        _host = new TestSession(
            WithOtp("Example", Origin, $"otpauth://totp/x?secret={Key}&digits=8"),
            TestSession.Login("Without", Origin),
            WithOtp("Damaged", Origin, "otpauth://totp/x?secret=!"),
            WithOtp("Plain", "http://plain.example", $"otpauth://totp/x?secret={Key}"),
            WithOtp("Counting", Origin, $"otpauth://hotp/x?secret={Key}&counter=1"),
            WithOtp("Short", Origin, $"otpauth://totp/x?secret={Key}&period=1"));
        _client = _host.Unlocked();
    }

    [TearDown]
    public void TearDown() => _host.Dispose();

    [TestCase(0, First, 30)]
    [TestCase(12_000, First, 18)]
    [TestCase(27_900, First, 3)]
    [TestCase(28_000, First, 2)]
    [TestCase(28_001, Next, 32)]
    [TestCase(29_000, Next, 31)]
    [TestCase(29_999, Next, 31)]
    [TestCase(30_000, Next, 30)]
    public void Code_that_is_about_to_be_used_has_two_seconds_left_or_is_the_next_one(int milliseconds, string code, int remaining)
    {
        _host.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));

        var filled = _client.Ask<Filled>(Fill(0));
        Assert.That((Text(filled.Code!), filled.PeriodSeconds, filled.RemainingSeconds), Is.EqualTo((code, 30, remaining)));
        var copied = _client.Ask<Code>(new GetCode(_host.Ids[0], "copy"));
        Assert.That((Text(copied.Value), copied.PeriodSeconds, copied.RemainingSeconds), Is.EqualTo((code, 30, remaining)));
    }

    [Test]
    public void Code_that_is_shown_is_this_moment_s_to_its_end()
    {
        _host.Time.Advance(TimeSpan.FromMilliseconds(29_999));

        var shown = _client.Ask<Code>(new GetCode(_host.Ids[0], "show"));
        Assert.That((Text(shown.Value), shown.RemainingSeconds), Is.EqualTo((First, 1)));
    }

    [Test]
    public void Code_of_a_second_is_given_for_the_next_one()
    {
        var filled = _client.Ask<Filled>(Fill(5));
        Assert.That((filled.PeriodSeconds, filled.RemainingSeconds), Is.EqualTo((1, 2)));
    }

    [Test]
    public void Code_travels_with_nothing_else()
    {
        var filled = _client.Ask<Filled>(Fill(0));
        Assert.That((filled.Username, filled.Password, filled.Item.Title), Is.EqualTo(((Secret?)null, (Secret?)null, "Example")));
        Assert.That(_client.Ask<Filled>(Fill(0, "password")).Code, Is.Null);
    }

    [TestCase(0, "ftp://www.example.com", "", "", "refused scheme")]
    [TestCase(0, "http://www.example.com", "", "", "refused insecureItem")]
    [TestCase(0, "https://www.example.com.evil.example", "", "", "refused noMatch")]
    [TestCase(0, "https://example.com", "", "", "refused noMatch")]
    [TestCase(0, Origin, "https://evil.example", "", "refused frame")]
    [TestCase(0, Origin, "https://evil.example", "frame", "")]
    [TestCase(3, "http://plain.example", "", "", "refused insecure")]
    [TestCase(3, "http://plain.example", "", "insecure", "")]
    [TestCase(1, Origin, "", "", "refused noField")]
    [TestCase(2, Origin, "", "", "refused noField")]
    [TestCase(4, Origin, "", "", "refused noField")]
    [TestCase(0, Origin, "", "", "")]
    public void Fill_of_a_code_is_decided_as_that_of_a_password(int item, string origin, string ancestors, string confirmed, string refusal) =>
        Assert.That(
            _client.Refusal(new Fill(origin, Split(ancestors), "person", ["code"], Split(confirmed), _host.Ids[item])), Is.EqualTo(refusal));

    [Test]
    public void Fill_of_a_code_is_explained_without_a_release()
    {
        Assert.That(_client.Ask<Explained>(new Explain(_host.Ids[0], Origin, [], "person", ["code"])).Reason, Is.Null);
        Assert.That(_client.Ask<Explained>(new Explain(_host.Ids[1], Origin, [], "person", ["code"])).Reason, Is.EqualTo("noField"));
    }

    [Test]
    public void Profile_that_has_not_unlocked_gets_no_code() =>
        Assert.That(_host.Extension('B').Refusal(Fill(0)), Is.EqualTo("locked"));

    [Test]
    public void Key_that_is_about_to_be_saved_says_whose_it_is_and_makes_its_code()
    {
        _host.Time.Advance(TimeSpan.FromMilliseconds(29_999));

        var read = _client.Ask<OtpRead>(Read($"otpauth://totp/Office:anna?secret={Key}&digits=8"));
        Assert.That((read.Issuer, read.Account, Text(read.Value), read.PeriodSeconds, read.RemainingSeconds),
            Is.EqualTo(("Office", "anna", First, 30, 1)));
        Assert.That(_client.Ask<OtpRead>(Read(Key)).Issuer, Is.Null);
    }

    [TestCase("", "refused otpOther")]
    [TestCase("no key at all!", "refused otpOther")]
    [TestCase($"otpauth://hotp/x?secret={Key}&counter=1", "refused otpKind")]
    [TestCase("otpauth-migration://offline?data=CjEKCkhlbGxv", "refused otpTransfer")]
    [TestCase($"otpauth://totp/x?secret={Key}&algorithm=MD5", "refused otpHash")]
    [TestCase($"otpauth://totp/x?secret={Key}&digits=10", "refused otpDigits")]
    [TestCase($"otpauth://totp/x?secret={Key}&period=0", "refused otpPeriod")]
    [TestCase("otpauth://totp/x?issuer=Office", "refused otpKey")]
    public void Key_that_no_codes_can_be_made_from_is_refused_with_its_reason(string otp, string refusal) =>
        Assert.That(_client.Refusal(Read(otp)), Is.EqualTo(refusal));

    [Test]
    public void Profile_that_has_not_unlocked_has_no_key_read() =>
        Assert.That(_host.Extension('B').Refusal(Read(Key)), Is.EqualTo("locked"));

    private static ReadOtp Read(string otp) => new(TestClient.SecretOf(otp));

    private static ItemDraft WithOtp(string title, string url, string otp)
    {
        var login = TestSession.Login(title, url);
        return login with { Fields = [.. login.Fields, TestVault.Secret(FieldName.Otp, otp)] };
    }

    private Fill Fill(int item, string field = "code") => new(Origin, [], "person", [field], [], _host.Ids[item]);

    private static string[] Split(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Text(Secret secret) => Encoding.UTF8.GetString(secret.Utf8);
}
