using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Vault.Crypto;

namespace Vault.Kdbx;

/// <summary>
/// Writes the XML of KDBX 4.1 as UTF-8, to a stream or into memory, and seals protected values under its own key stream, each
/// at the next offset. Copies slices of other sources byte for byte, with only their protected values moved to this stream,
/// their text times made numbers and their attachment numbers made ours.
/// </summary>
internal sealed class XmlOutput(Stream? sink, KeyStream stream, long streamOffset)
{
    private const int FlushBytes = 64 * 1024;

    private byte[] _buffer = new byte[sink is null ? 1024 : FlushBytes + 4096];
    private int _length;

    /// <summary>Where the next protected value will be sealed.</summary>
    internal long StreamOffset { get; private set; } = streamOffset;

    /// <summary>What was written, if there is no sink.</summary>
    internal byte[] ToArray() => _buffer[.._length];

    /// <summary>Gives what is left to the sink.</summary>
    internal void Flush()
    {
        sink?.Write(_buffer.AsSpan(0, _length));
        _length = 0;
    }

    /// <summary>Writes bytes as they are.</summary>
    internal void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
    }

    internal void Open(string name)
    {
        Raw("<"u8);
        AsciiText(name);
        Raw(">"u8);
    }

    internal void Close(string name)
    {
        Raw("</"u8);
        AsciiText(name);
        Raw(">"u8);
    }

    /// <summary>An element that holds text.</summary>
    internal void Element(string name, ReadOnlySpan<char> text)
    {
        Open(name);
        Text(text);
        Close(name);
    }

    internal void Element(string name, bool value) => Element(name, value ? "True" : "False");

    internal void Element(string name, int value) => Element(name, value.ToString(CultureInfo.InvariantCulture));

    internal void Element(string name, ItemId id) => Element(name, Convert.ToBase64String(id.ToArray()));

    internal void Element(string name, DateTimeOffset time)
    {
        Open(name);
        Time(time);
        Close(name);
    }

    /// <summary>
    /// Character data. Characters that XML 1.0 does not allow are left out, as KeePassXC does: a control character in a
    /// title must not cost the save. (A protected value keeps every byte.)
    /// </summary>
    internal void Text(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '<':
                    Raw("&lt;"u8);
                    break;
                case '>':
                    Raw("&gt;"u8);
                    break;
                case '&':
                    Raw("&amp;"u8);
                    break;
                case '"':
                    Raw("&quot;"u8);
                    break;
                case '\r':
                    // A bare one would come back as a line feed.
                    Raw("&#xD;"u8);
                    break;
                case (< 0x20 and not ('\t' or '\n')) or 0xFFFE or 0xFFFF:
                    break;
                default:
                    _length += rune.EncodeToUtf8(Reserve(4));
                    break;
            }
        }
    }

    /// <summary>A protected <c>Value</c> element.</summary>
    internal void ProtectedValue(ReadOnlySpan<byte> secret)
    {
        Raw("<Value Protected=\"True\">"u8);
        var sealedBytes = secret.ToArray();
        stream.Xor(StreamOffset, sealedBytes);
        SealedText(sealedBytes);
        Raw("</Value>"u8);
    }

    /// <summary>A <c>Value</c> element that stands for an attachment of the pool.</summary>
    internal void Reference(int number)
    {
        Raw("<Value Ref=\""u8);
        AsciiText(number.ToString(CultureInfo.InvariantCulture));
        Raw("\"/>"u8);
    }

    /// <summary>Copies an element.</summary>
    internal void Copy(Slice slice)
    {
        var source = slice.Source;
        var span = slice.Span;
        var cursor = new KdbxCursor(span, slice.StreamOffset);
        var copied = 0;
        var isTime = false;
        while (cursor.Read())
        {
            switch (cursor.Token)
            {
                case XmlToken.Start when source.Attachments is not null
                    && cursor.Name.SequenceEqual("Value"u8)
                    && cursor.TryGetAttribute("Ref"u8, out var reference)
                    && Utf8Parser.TryParse(reference, out int number, out var parsed)
                    && parsed == reference.Length
                    && source.Attachments.TryGetValue(number, out var ours):
                    Raw(span[copied..cursor.TokenStart]);
                    Reference(ours);
                    cursor.SkipElement();
                    copied = cursor.Position;
                    break;
                case XmlToken.Start:
                    isTime = source.HasTextTimes && KdbxTime.IsTimeElement(cursor.Name);
                    break;
                case XmlToken.Text when cursor.IsProtected:
                    Raw(span[copied..cursor.TextStart]);
                    Reseal(source.Stream, cursor.StreamOffset, cursor.Text, cursor.SealedLength);
                    copied = cursor.TextStart + cursor.Text.Length;
                    break;
                case XmlToken.Text when isTime && KdbxTime.TryRead(cursor.Text, out var time):
                    Raw(span[copied..cursor.TextStart]);
                    Time(time);
                    copied = cursor.TextStart + cursor.Text.Length;
                    break;
                case XmlToken.End:
                    isTime = false;
                    break;
            }
        }
        Raw(span[copied..]);
    }

    private void Reseal(KeyStream from, long offset, ReadOnlySpan<byte> text, int length)
    {
        var bytes = new byte[length];
        Base64.DecodeFromUtf8(text, bytes, out _, out _);
        from.Xor(offset, bytes);
        stream.Xor(StreamOffset, bytes);
        SealedText(bytes);
    }

    private void SealedText(ReadOnlySpan<byte> sealedBytes)
    {
        StreamOffset += sealedBytes.Length;
        var destination = Reserve(Base64.GetMaxEncodedToUtf8Length(sealedBytes.Length));
        Base64.EncodeToUtf8(sealedBytes, destination, out _, out var written);
        _length += written;
    }

    private void Time(DateTimeOffset time)
    {
        KdbxTime.Write(time, Reserve(KdbxTime.Characters)[..KdbxTime.Characters]);
        _length += KdbxTime.Characters;
    }

    private void AsciiText(string text) => _length += Encoding.ASCII.GetBytes(text, Reserve(text.Length));

    private Span<byte> Reserve(int count)
    {
        if (sink is not null && _length >= FlushBytes)
        {
            Flush();
        }
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        }
        return _buffer.AsSpan(_length);
    }
}
