using System.Buffers.Text;

namespace Vault.Kdbx;

/// <summary>
/// Walks the XML of a vault and counts the key stream: every element with <c>Protected="True"</c>, wherever it stands and
/// whether we know it or not, holds base64 and takes as many bytes of the stream as it decodes to.
/// </summary>
internal ref struct KdbxCursor
{
    private XmlScanner _scanner;
    private bool _sawProtectedText;

    internal KdbxCursor(ReadOnlySpan<byte> data, long streamOffset)
    {
        _scanner = new XmlScanner(data);
        StreamOffset = streamOffset;
    }

    internal readonly XmlToken Token => _scanner.Token;

    internal readonly int Depth => _scanner.Depth;

    internal readonly int TokenStart => _scanner.TokenStart;

    internal readonly int Position => _scanner.Position;

    internal readonly int TextStart => _scanner.TextStart;

    internal readonly ReadOnlySpan<byte> Name => _scanner.Name;

    internal readonly ReadOnlySpan<byte> Text => _scanner.Text;

    internal readonly bool IsPlain => _scanner.IsPlain;

    internal readonly bool IsCData => _scanner.IsCData;

    /// <summary>Whether the element whose start or text this is holds a sealed value.</summary>
    internal bool IsProtected { get; private set; }

    /// <summary>The stream offset of the next sealed byte; at a text token of a protected element, that of its own first byte.</summary>
    internal long StreamOffset { get; private set; }

    /// <summary>At a text token of a protected element: how many bytes it decodes to.</summary>
    internal int SealedLength { get; private set; }

    /// <summary>Goes to the next token.</summary>
    /// <exception cref="VaultException">Not well formed, or a protected element does not hold base64 alone.</exception>
    internal bool Read()
    {
        StreamOffset += SealedLength;
        SealedLength = 0;
        if (!_scanner.Read())
        {
            return false;
        }
        switch (_scanner.Token)
        {
            case XmlToken.Start:
                if (IsProtected)
                {
                    throw NotBase64();
                }
                IsProtected = _scanner.HasAttributes
                    && _scanner.TryGetAttribute("Protected"u8, out var value)
                    && IsTrue(value);
                _sawProtectedText = false;
                break;
            case XmlToken.Text when IsProtected:
                if (_sawProtectedText || !Base64.IsValid(_scanner.Text, out var length))
                {
                    throw NotBase64();
                }
                _sawProtectedText = true;
                SealedLength = length;
                break;
            case XmlToken.End:
                IsProtected = false;
                break;
        }
        return true;
    }

    /// <summary>Finds an attribute of the current start tag.</summary>
    internal readonly bool TryGetAttribute(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) =>
        _scanner.TryGetAttribute(name, out value);

    /// <summary>At a start tag: goes to its end tag.</summary>
    internal void SkipElement()
    {
        var depth = Depth;
        do
        {
            Read();
        }
        while (Depth >= depth);
    }

    /// <summary>What KeePass and KeePassXC take for true.</summary>
    internal static bool IsTrue(ReadOnlySpan<byte> value) =>
        XmlText.EqualsIgnoringCase(value, "true"u8) || value.SequenceEqual("1"u8);

    private static VaultException NotBase64() => Failures.Damaged("a protected value is not base64");
}
