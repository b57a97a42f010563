using NUnit.Framework;
using Vault.Matching;

namespace Suite.Unit.Matching;

public class PublicSuffixListTests
{
    private static IEnumerable<TestCaseData> Vectors()
    {
        foreach (var line in File.ReadLines(Repository.PathOf("tests", "vectors", "matching", "psl.txt")))
        {
            if (!line.StartsWith('#') && line.Split('\t') is [var hostname, var site])
            {
                yield return new TestCaseData(hostname, site == "-" ? null : site).SetArgDisplayNames(hostname);
            }
        }
    }

    [TestCaseSource(nameof(Vectors))]
    public void Vector_of_the_list_itself(string hostname, string? site)
    {
        Assert.That(PublicSuffixList.SiteOf(AsBrowser(hostname)), Is.EqualTo(site is null ? null : AsBrowser(site)));
    }

    [Test]
    public void All_vectors_are_read() => Assert.That(Vectors().Count(), Is.EqualTo(74));

    [TestCase("alice.github.io", "alice.github.io")]
    [TestCase("a.alice.github.io", "alice.github.io")]
    [TestCase("shop.pages.dev", "shop.pages.dev")]
    [TestCase("github.io", null)]
    [TestCase("bank.co.uk", "bank.co.uk")]
    [TestCase("www.bank.co.uk", "bank.co.uk")]
    [TestCase("co.uk", null)]
    [TestCase("www.intranet.lan", "intranet.lan")]
    [TestCase("localhost", null)]
    [TestCase("192.168.1.1", null)]
    [TestCase("[::1]", null)]
    [TestCase("example.com.", null)]
    [TestCase("a..com", null)]
    [TestCase(".www.ck", null)]
    [TestCase("a..www.ck", null)]
    [TestCase("", null)]
    public void Site(string hostname, string? site) => Assert.That(PublicSuffixList.SiteOf(hostname), Is.EqualTo(site));

    private static string AsBrowser(string hostname) =>
        hostname.All(char.IsAscii) ? hostname : TypedUrl.TryParse(hostname)!.Hostname;
}
