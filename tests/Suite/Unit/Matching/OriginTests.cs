using FsCheck.Fluent;
using NUnit.Framework;
using Vault.Matching;

namespace Suite.Unit.Matching;

public class OriginTests
{
    [TestCase("https://example.com", "https", "example.com", 443)]
    [TestCase("http://example.com", "http", "example.com", 80)]
    [TestCase("https://example.com:8443", "https", "example.com", 8443)]
    [TestCase("http://example.com:443", "http", "example.com", 443)]
    [TestCase("https://xn--bcher-kva.example", "https", "xn--bcher-kva.example", 443)]
    [TestCase("http://127.0.0.1:3000", "http", "127.0.0.1", 3000)]
    [TestCase("http://[::1]:8080", "http", "[::1]", 8080)]
    [TestCase("https://[2001:db8::1:0:0:1]", "https", "[2001:db8::1:0:0:1]", 443)]
    [TestCase("https://[::ffff:102:304]", "https", "[::ffff:102:304]", 443)]
    [TestCase("http://intranet", "http", "intranet", 80)]
    [TestCase("https://my_host.example.com", "https", "my_host.example.com", 443)]
    [TestCase("https://example.com.", "https", "example.com.", 443)]
    [TestCase("moz-extension://2c127fa4-62c7-7e4f-90e5-472b45eecfdc", "moz-extension", "2c127fa4-62c7-7e4f-90e5-472b45eecfdc", 0)]
    public void Origin_of_a_browser_is_read(string text, string scheme, string hostname, int port)
    {
        var origin = Origin.TryParse(text)!;

        Assert.That((origin.Scheme, origin.Hostname, origin.Port), Is.EqualTo((scheme, hostname, port)));
        Assert.That(origin.ToString(), Is.EqualTo(text));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("null")]
    [TestCase("https://")]
    [TestCase("://example.com")]
    [TestCase("example.com")]
    [TestCase("file://")]
    [TestCase("file:///")]
    [TestCase("data:text/html,x")]
    [TestCase("blob:https://example.com/1")]
    [TestCase("about:blank")]
    [TestCase("javascript:alert(1)")]
    [TestCase("view-source:https://example.com")]
    [TestCase("https://example.com/")]
    [TestCase("https://example.com/path")]
    [TestCase("https://example.com?")]
    [TestCase("https://example.com#")]
    [TestCase("https:/example.com")]
    [TestCase("https:\\\\example.com")]
    [TestCase("https://example.com\\@evil.example")]
    [TestCase("https://user@example.com")]
    [TestCase("https://user:password@example.com")]
    [TestCase("https://example.com@evil.example")]
    [TestCase("HTTPS://example.com")]
    [TestCase("https://EXAMPLE.com")]
    [TestCase(" https://example.com")]
    [TestCase("https://example.com ")]
    [TestCase("https://exam\tple.com")]
    [TestCase("https://exam%70le.com")]
    [TestCase("https://b\u00fccher.example")]
    [TestCase("https://ex\uff0eample.com")]
    [TestCase("https://example.com\0")]
    [TestCase("https://example..com")]
    [TestCase("https://.example.com")]
    [TestCase("https://.")]
    [TestCase("https://*.example.com")]
    [TestCase("https://example.com:")]
    [TestCase("https://example.com:443")]
    [TestCase("http://example.com:80")]
    [TestCase("https://example.com:08443")]
    [TestCase("https://example.com:65536")]
    [TestCase("https://example.com:+1")]
    [TestCase("https://example.com:1:2")]
    [TestCase("http://127.1")]
    [TestCase("http://0x7f.0.0.1")]
    [TestCase("http://127.0.0.01")]
    [TestCase("http://127.0.0.256")]
    [TestCase("http://1.2.3.4.5")]
    [TestCase("http://1.2.3.4.")]
    [TestCase("http://2130706433")]
    [TestCase("http://[::1")]
    [TestCase("http://::1")]
    [TestCase("http://[]")]
    [TestCase("http://[0:0:0:0:0:0:0:1]")]
    [TestCase("http://[::FFFF]")]
    [TestCase("http://[::1%25eth0]")]
    [TestCase("http://[::1.2.3.4]")]
    [TestCase("http://[::1]x")]
    public void Anything_else_is_refused(string? text) => Assert.That(Origin.TryParse(text), Is.Null);

    [TestCase(63, true)]
    [TestCase(64, false)]
    public void Label_has_63_characters_at_most(int length, bool isRead) =>
        Assert.That(Origin.TryParse($"https://{new string('a', length)}.com") is not null, Is.EqualTo(isRead));

    [TestCase("http://localhost", true)]
    [TestCase("http://app.localhost:3000", true)]
    [TestCase("http://127.0.0.1", true)]
    [TestCase("http://127.255.0.9", true)]
    [TestCase("http://[::1]", true)]
    [TestCase("http://127.0.0.1.example.com", false)]
    [TestCase("http://127.example.com", false)]
    [TestCase("http://localhost.example.com", false)]
    [TestCase("http://notlocalhost", false)]
    [TestCase("http://128.0.0.1", false)]
    [TestCase("http://[::2]", false)]
    [TestCase("http://intranet", false)]
    public void Loopback(string origin, bool isLoopback) => Assert.That(Origin.TryParse(origin)!.IsLoopback, Is.EqualTo(isLoopback));

    /// <summary>Pieces of origins in any order: nearly right texts, which arbitrary strings never are.</summary>
    [FsCheck.NUnit.Property(MaxTest = 5000)]
    public FsCheck.Property Nearly_right_text_is_refused_or_canonical()
    {
        var starts = Gen.Elements("https://", "http://", "x://", "https:", "");
        var pieces = Gen.Elements("/", "example", ".", "com", "[", "]", "::", "1", ":80", ":443", ":8080", ":0", "@", "%", "xn--", "A", " ", "-");
        var texts = starts.SelectMany(start => pieces.ListOf().Select(list => start + string.Concat(list))).ToArbitrary();
        return Prop.ForAll(texts, text =>
        {
            var origin = Origin.TryParse(text);
            return origin is null || (origin.ToString() == text && Written(origin) == text);
        });
    }

    private static string Written(Origin origin)
    {
        var isDefault = (origin.Scheme, origin.Port) is ("https", 443) or ("http", 80) or ("x", 0);
        return $"{origin.Scheme}://{origin.Hostname}{(isDefault ? "" : $":{origin.Port}")}";
    }
}
