using NUnit.Framework;
using Vault.Matching;

namespace Suite.Unit.Matching;

public class TypedUrlTests
{
    [TestCase("example.com", null, "example.com", null, "")]
    [TestCase("  Example.COM  ", null, "example.com", null, "")]
    [TestCase("example.com/a/b?c#d", null, "example.com", null, "/a/b")]
    [TestCase("example.com:8443", null, "example.com", 8443, "")]
    [TestCase("localhost:3000/x", null, "localhost", 3000, "/x")]
    [TestCase("//example.com/x", null, "example.com", null, "/x")]
    [TestCase("https://example.com", "https", "example.com", null, "")]
    [TestCase("HTTPS://EXAMPLE.COM/A", "https", "example.com", null, "/A")]
    [TestCase("https://example.com:", "https", "example.com", null, "")]
    [TestCase("https://example.com:443", "https", "example.com", 443, "")]
    [TestCase("https://user@host:8443/path?x", "https", "host", 8443, "/path")]
    [TestCase("https://user:p@ss@host", "https", "host", null, "")]
    [TestCase("https://good.example@evil.example/", "https", "evil.example", null, "/")]
    [TestCase("https://example.com?x@evil.example", "https", "example.com", null, "")]
    [TestCase("https://example.com#@evil.example", "https", "example.com", null, "")]
    [TestCase("https://example.com./x", "https", "example.com", null, "/x")]
    [TestCase("http://[::1]:8080/x", "http", "[::1]", 8080, "/x")]
    [TestCase("http://[0:0:0:0:0:FFFF:1.2.3.4]", "http", "[::ffff:102:304]", null, "")]
    [TestCase("192.168.1.1", null, "192.168.1.1", null, "")]
    [TestCase("Bücher.example", null, "xn--bcher-kva.example", null, "")]
    [TestCase("BÜCHER.example", null, "xn--bcher-kva.example", null, "")]
    [TestCase("bu\u0308cher.example", null, "xn--bcher-kva.example", null, "")]
    [TestCase("bü\u00adcher.example", null, "xn--bcher-kva.example", null, "")]
    [TestCase("straße.example", null, "xn--strae-oqa.example", null, "")]
    [TestCase("ｅｘａｍｐｌｅ．ｃｏｍ", null, "example.com", null, "")]
    [TestCase("例え。テスト", null, "xn--r8jz45g.xn--zckzah", null, "")]
    [TestCase("vie\u0323\u0302t.example", null, "xn--vit-5kz.example", null, "")]
    [TestCase("xn--bcher-kva.example", null, "xn--bcher-kva.example", null, "")]
    public void Url_of_a_person_is_read(string text, string? scheme, string hostname, int? port, string path) =>
        Assert.That(TypedUrl.TryParse(text), Is.EqualTo(new TypedUrl(scheme, hostname, port, path)));

    [TestCase(null)]
    [TestCase("")]
    [TestCase(" ")]
    [TestCase("https://")]
    [TestCase("https:///path")]
    [TestCase("https://@")]
    [TestCase("https://:8080")]
    [TestCase("ssh://example.com")]
    [TestCase("ftp://example.com")]
    [TestCase("file:///etc/passwd")]
    [TestCase("file:/etc/passwd")]
    [TestCase("/home/anna/vault.kdbx")]
    [TestCase("kdbx:///home/anna/vault.kdbx")]
    [TestCase("mailto:anna@example.com")]
    [TestCase("javascript:alert(1)")]
    [TestCase("data:text/html,x")]
    [TestCase("cmd://calc")]
    [TestCase("androidapp://com.example")]
    [TestCase("anna@example.com")]
    [TestCase("user:password@example.com")]
    [TestCase("https:example.com")]
    [TestCase("https:/example.com")]
    [TestCase("https://example.com\\@evil.example")]
    [TestCase("https://exam%70le.com")]
    [TestCase("https://example.com:99999")]
    [TestCase("https://example.com:8o")]
    [TestCase("https://example.com..")]
    [TestCase("https://ex ample.com")]
    [TestCase("https://exam\nple.com")]
    [TestCase("https://*.example.com")]
    [TestCase("http://127.1")]
    [TestCase("http://0x7f000001")]
    [TestCase("http://[::1")]
    [TestCase("http://[fe80::1%25eth0]")]
    [TestCase("http://::1")]
    [TestCase("{REF:A@I:46C9B1FFBD4ABC4BBB260C6190BAD20C}")]
    public void Anything_else_has_no_hostname(string? text) => Assert.That(TypedUrl.TryParse(text), Is.Null);

    [FsCheck.NUnit.Property(MaxTest = 5000)]
    public void Any_text_gives_a_hostname_of_a_browser_or_nothing(string? text)
    {
        foreach (var prefix in new[] { "", "https://", "//", "http://[", "https://é" })
        {
            if (TypedUrl.TryParse(prefix + text) is { } url)
            {
                Assert.That(Origin.TryParse("x://" + url.Hostname)?.Hostname, Is.EqualTo(url.Hostname));
            }
        }
    }
}
