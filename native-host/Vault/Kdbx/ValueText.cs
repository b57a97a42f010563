using System.Buffers.Text;
using System.Text;

namespace Vault.Kdbx;

/// <summary>The text of a leaf element: usually a place in the span, else a decoded copy; sealed if it is protected.</summary>
internal readonly ref struct ValueText
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly long _streamOffset;
    private readonly int _sealedLength;

    private ValueText(ReadOnlySpan<byte> text, int start, bool isProtected, long streamOffset, int sealedLength)
    {
        _text = text;
        Start = start;
        IsProtected = isProtected;
        _streamOffset = streamOffset;
        _sealedLength = sealedLength;
    }

    /// <summary>Where the text begins in the cursor's span.</summary>
    internal int Start { get; }

    internal bool IsProtected { get; }

    internal bool IsEmpty => _text.IsEmpty;

    /// <summary>Adds the cursor's text token: a comment or a CDATA section splits a text.</summary>
    internal ValueText With(scoped ref KdbxCursor cursor)
    {
        var text = cursor.IsPlain ? cursor.Text : XmlText.Decode(cursor.Text, cursor.IsCData);
        return _text.IsEmpty
            ? new ValueText(text, cursor.TextStart, cursor.IsProtected, cursor.StreamOffset, cursor.SealedLength)
            : new ValueText((byte[])[.. _text, .. text], Start, IsProtected, _streamOffset, _sealedLength);
    }

    /// <summary>The value as UTF-8, opened if it is protected.</summary>
    internal ReadOnlySpan<byte> Span(SliceSource source)
    {
        if (!IsProtected)
        {
            return _text;
        }
        var bytes = new byte[_sealedLength];
        Base64.DecodeFromUtf8(_text, bytes, out _, out _);
        source.Stream.Xor(_streamOffset, bytes);
        return bytes;
    }

    /// <summary>The value as a string. For what lists show, also where a file protects it.</summary>
    internal string ToText(SliceSource source) => _text.IsEmpty ? "" : Encoding.UTF8.GetString(Span(source));
}
