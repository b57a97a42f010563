using System.Text;
using System.Xml;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Vault;
using Vault.Kdbx;
using XmlText = Vault.Kdbx.XmlText;

namespace Suite.Unit.Vault.Kdbx;

public class XmlScannerTests
{
    private static readonly string[] Pieces =
    [
        "<a>", "</a>", "<b x=\"1\">", "</b>", "<c/>", "<d y='&lt;&#65;' z = \"\"/>", "text", " ", "\n", "\r\n", "\r", "&amp;", "&#x41;",
        "&#10;", "]]>", "]", "<![CDATA[ <x> & ]] ]]>", "<!-- c -->", "<!--a--b-->", "<?pi some?>", "<?xml version=\"1.0\"?>",
        "<!DOCTYPE a>", "&no;", "&#0;", "&#xD800;", "é🔑", "<e:f g:h=\"i\"/>", "<a x=\"1\" x=\"2\"/>", "<a x=\"<\"/>", "<a x=1/>", "<1/>",
        "</a >", "<a\n/>", "<", ">", "&", "\"", "=", "\u0001", "\uFFFE",
    ];

    [TestCase("<a/>", "(a )")]
    [TestCase("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<a>x</a>\n", "(a [x])")]
    [TestCase("<a>1<!-- c -->2<![CDATA[<3>&amp;]]>4</a>", "(a [12<3>&amp;4])")]
    [TestCase("<a b=\"c&quot;\" d='e'>&lt;&gt;&amp;&apos;&quot;&#65;&#x1F511;</a>", "(a b=c\" d=e [<>&'\"A🔑])")]
    [TestCase("<a>1\r\n2\r3&#13;</a>", "(a [1\n2\n3\r])")]
    public void Well_formed_documents_are_read(string xml, string expected)
    {
        Assert.That(Scan(xml), Is.EqualTo(expected));
        Assert.That(Oracle(xml), Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("text")]
    [TestCase("<a>")]
    [TestCase("<a></b>")]
    [TestCase("<a/><b/>")]
    [TestCase("<a/>x")]
    [TestCase("</a>")]
    [TestCase("<a")]
    [TestCase("<a b=\"1\" b=\"2\"/>")]
    [TestCase("<a b=\"<\"/>")]
    [TestCase("<a b=\"&no;\"/>")]
    [TestCase("<a>&no;</a>")]
    [TestCase("<a>&#0;</a>")]
    [TestCase("<a>&#xD800;</a>")]
    [TestCase("<a>&#x110000;</a>")]
    [TestCase("<a>&#xFFFF;</a>")]
    [TestCase("<a>&amp</a>")]
    [TestCase("<a>]]></a>")]
    [TestCase("<a><!-- -- --></a>")]
    [TestCase("<a>\u0001</a>")]
    [TestCase("<a>\uFFFF</a>")]
    [TestCase("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")]
    [TestCase("<!DOCTYPE a SYSTEM \"http://127.0.0.1/x\"><a/>")]
    [TestCase("<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>")]
    [TestCase("<?xml version=\"1.1\"?><a/>")]
    [TestCase(" <?xml version=\"1.0\"?><a/>")]
    [TestCase("<![CDATA[x]]><a/>")]
    public void What_is_not_well_formed_is_refused(string xml) =>
        Assert.That(() => Scan(xml), Throws.TypeOf<VaultException>().With.Property("Error").EqualTo(VaultError.Damaged));

    [Test]
    public void Bytes_that_are_not_UTF_8_are_refused() =>
        Assert.That(() => Scan([.. "<a>"u8, 0xC0, 0x80, .. "</a>"u8]), Throws.TypeOf<VaultException>());

    [TestCase(Limits.MaxXmlDepth, true)]
    [TestCase(Limits.MaxXmlDepth + 1, false)]
    public void Elements_nest_up_to_the_limit(int depth, bool isFine)
    {
        var xml = string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));
        if (isFine)
        {
            Assert.That(() => Scan(xml), Throws.Nothing);
            return;
        }
        Assert.That(() => Scan(xml), Throws.TypeOf<VaultException>().With.Property("Error").EqualTo(VaultError.TooLarge));
    }

    [FsCheck.NUnit.Property(MaxTest = 3000)]
    public Property What_it_accepts_an_XML_parser_accepts_with_the_same_content() => Prop.ForAll(
        Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary(),
        inner => AgreesWithOracle(inner) && AgreesWithOracle($"<a>{inner}</a>"));

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property Any_bytes_are_read_or_refused() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<(ushort At, byte Value)[]>().ToArbitrary(),
        changes =>
        {
            var bytes = Encoding.UTF8.GetBytes(
                "<?xml version=\"1.0\"?><a b=\"c\"><d>text &amp; more</d><!-- e --><f/><g h='1'><![CDATA[i]]></g></a>");
            foreach (var (at, value) in changes)
            {
                bytes[at % bytes.Length] = value;
            }
            return AgreesWithOracle(bytes);
        });

    private static bool AgreesWithOracle(string xml) => AgreesWithOracle(Encoding.UTF8.GetBytes(xml));

    private static bool AgreesWithOracle(byte[] xml)
    {
        string ours;
        try
        {
            ours = Scan(xml);
        }
        catch (VaultException)
        {
            return true;
        }
        return ours == Oracle(Encoding.UTF8.GetString(xml));
    }

    private static string Scan(string xml) => Scan(Encoding.UTF8.GetBytes(xml));

    private static string Scan(ReadOnlySpan<byte> xml)
    {
        XmlScanner.CheckCharacters(xml);
        var scanner = new XmlScanner(xml);
        var content = new Content();
        while (scanner.Read())
        {
            switch (scanner.Token)
            {
                case XmlToken.Start:
                    var attributes = new List<string>();
                    foreach (var name in new[] { "b", "d", "x", "y", "z", "h", "g:h" })
                    {
                        if (scanner.TryGetAttribute(Encoding.UTF8.GetBytes(name), out var value))
                        {
                            attributes.Add($"{name}={Encoding.UTF8.GetString(XmlText.Decode(value, isCData: false)).Replace('\n', ' ')}");
                        }
                    }
                    content.Start(Encoding.UTF8.GetString(scanner.Name), attributes);
                    break;
                case XmlToken.Text:
                    content.Text(Encoding.UTF8.GetString(XmlText.Decode(scanner.Text, scanner.IsCData)));
                    break;
                case XmlToken.End:
                    content.End();
                    break;
            }
        }
        return content.ToString();
    }

    private static string Oracle(string xml)
    {
        using var reader = new XmlTextReader(new StringReader(xml))
        {
            Namespaces = false,
            DtdProcessing = DtdProcessing.Prohibit,
            Normalization = true,
            XmlResolver = null,
        };
        var content = new Content();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var attributes = new List<string>();
                    foreach (var name in new[] { "b", "d", "x", "y", "z", "h", "g:h" })
                    {
                        if (reader.GetAttribute(name) is { } value)
                        {
                            attributes.Add($"{name}={value.Replace('\n', ' ')}");
                        }
                    }
                    content.Start(reader.Name, attributes);
                    if (reader.IsEmptyElement)
                    {
                        content.End();
                    }
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace
                    when reader.Depth > 0:
                    content.Text(reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    content.End();
                    break;
            }
        }
        return content.ToString();
    }

    // Both sides in one notation; pieces of text run together, as comments split them.
    private sealed class Content
    {
        private readonly StringBuilder _all = new();
        private readonly StringBuilder _text = new();

        internal void Start(string name, List<string> attributes)
        {
            Flush();
            _all.Append('(').Append(name).Append(' ').AppendJoin(' ', attributes.Append(""));
        }

        internal void Text(string text) => _text.Append(text);

        internal void End()
        {
            Flush();
            _all.Append(')');
        }

        public override string ToString() => _all.ToString();

        private void Flush()
        {
            if (_text.Length > 0)
            {
                _all.Append('[').Append(_text).Append(']');
                _text.Clear();
            }
        }
    }
}
