using NUnit.Framework;
using Vault.Matching;

namespace Suite.Unit.Matching;

public class LookAlikeTests
{
    [TestCase("раypal.com", true)] // Cyrillic р and а, Latin the rest
    [TestCase("аррӏе.com", true)] // Cyrillic throughout
    [TestCase("gοοgle.com", true)] // Greek omicron
    [TestCase("www.раypal.com", true)]
    [TestCase("bücher.de", false)]
    [TestCase("пример.рф", false)]
    [TestCase("παράδειγμα.gr", false)]
    [TestCase("例え.jp", false)]
    [TestCase("abc例.jp", false)]
    [TestCase("paypal.com", false)]
    public void Hostname(string typed, bool isSuspected) =>
        Assert.That(LookAlike.IsSuspected(TypedUrl.TryParse(typed)!.Hostname), Is.EqualTo(isSuspected));

    [Test]
    public void A_label_that_is_no_Punycode_is_suspected() => Assert.That(LookAlike.IsSuspected("xn--99999999.com"), Is.True);
}
