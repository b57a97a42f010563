using System.Buffers;
using System.Runtime.CompilerServices;

namespace Vault.Kdbx;

/// <summary>What <see cref="XmlScanner.Read"/> stands at.</summary>
internal enum XmlToken
{
    /// <summary>Nothing read yet, or nothing left.</summary>
    None,

    /// <summary>A start tag. An empty element gives a start and an end.</summary>
    Start,

    /// <summary>An end tag.</summary>
    End,

    /// <summary>Character data in an element; what stands around a comment comes in pieces.</summary>
    Text,
}

/// <summary>
/// Reads a UTF-8 XML 1.0 document, or one element of it, in place and without allocating: tags and text are slices of the
/// buffer. Stricter than XML: no document type and so no entities but the five predefined, ASCII names only, no other
/// encoding. Namespaces are not its business. What it accepts, an XML parser accepts with the same content.
/// </summary>
/// <remarks>Check the whole buffer with <see cref="CheckCharacters"/> once; the scanner itself trusts the characters.</remarks>
internal ref struct XmlScanner
{
    private static readonly SearchValues<byte> TextStops = SearchValues.Create("<&]\r"u8);
    private static readonly SearchValues<byte> ForbiddenControls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(code => code is not (0x9 or 0xA or 0xD)).Select(code => (byte)code)]);

    // A bit for each of -.0123456789: and of A to Z, _, a to z, by the lower six bits of its code.
    private const ulong NameCharactersBelow64 = 0x07FF_6000_0000_0000;
    private const ulong NameCharactersFrom64 = 0x07FF_FFFE_87FF_FFFE;

    private readonly ReadOnlySpan<byte> _data;
    private OpenNames _open;
    private int _position;
    private int _nameStart;
    private int _nameLength;
    private int _attributesStart;
    private int _attributesLength;
    private int _textStart;
    private int _textLength;
    private bool _isEmptyElement;
    private bool _sawRoot;

    internal XmlScanner(ReadOnlySpan<byte> data)
    {
        _data = data;
        if (data.StartsWith("\uFEFF"u8))
        {
            _position = 3;
        }
        if (data[_position..].StartsWith("<?xml"u8) && data.Length > _position + 5 && XmlText.IsSpace(data[_position + 5]))
        {
            ReadDeclaration();
        }
    }

    /// <summary>Where it stands.</summary>
    internal XmlToken Token { get; private set; }

    /// <summary>How many elements are open; a start tag counts its own, an end tag no longer does.</summary>
    internal int Depth { get; private set; }

    /// <summary>Where the token begins in the buffer.</summary>
    internal int TokenStart { get; private set; }

    /// <summary>Where the token ends. The end of an empty element has no length.</summary>
    internal readonly int Position => _position;

    /// <summary>The element's name, of a start or end tag.</summary>
    internal readonly ReadOnlySpan<byte> Name => _data.Slice(_nameStart, _nameLength);

    /// <summary>Whether the start tag has attributes.</summary>
    internal readonly bool HasAttributes => _attributesLength > 0;

    /// <summary>The text as it stands, references not resolved (<see cref="XmlText"/> does that).</summary>
    internal readonly ReadOnlySpan<byte> Text => _data.Slice(_textStart, _textLength);

    /// <summary>Where <see cref="Text"/> begins in the buffer.</summary>
    internal readonly int TextStart => _textStart;

    /// <summary>Whether the text has no references or line ends to resolve.</summary>
    internal bool IsPlain { get; private set; }

    /// <summary>Whether the text is a CDATA section, in which nothing is a reference.</summary>
    internal bool IsCData { get; private set; }

    /// <summary>Checks that a buffer is UTF-8 and holds only characters that XML 1.0 allows.</summary>
    /// <exception cref="VaultException">It does not.</exception>
    internal static void CheckCharacters(ReadOnlySpan<byte> data)
    {
        if (!System.Text.Unicode.Utf8.IsValid(data))
        {
            throw Failures.Damaged("its XML is not UTF-8");
        }
        if (data.ContainsAny(ForbiddenControls) || HasNoncharacter(data))
        {
            throw Failures.Damaged("its XML contains a character that XML does not allow");
        }
    }

    // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
    private static bool HasNoncharacter(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> start = [0xEF, 0xBF];
        for (var at = data.IndexOf(start); at >= 0; at = data.IndexOf(start))
        {
            data = data[(at + 2)..];
            if (!data.IsEmpty && data[0] is 0xBE or 0xBF)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Goes to the next token.</summary>
    /// <returns>Whether there is one; <see langword="false"/> after the root's end and nothing but space behind it.</returns>
    /// <exception cref="VaultException">The document is not well formed, or nests too deep.</exception>
    internal bool Read()
    {
        if (_isEmptyElement)
        {
            _isEmptyElement = false;
            TokenStart = _position;
            Depth--;
            Token = XmlToken.End;
            return true;
        }
        while (_position < _data.Length)
        {
            TokenStart = _position;
            if (_data[_position] != '<')
            {
                if (ReadText())
                {
                    return true;
                }
                continue;
            }
            if (_position + 1 >= _data.Length)
            {
                throw Malformed();
            }
            switch (_data[_position + 1])
            {
                case (byte)'/':
                    ReadEnd();
                    return true;
                case (byte)'?':
                    SkipInstruction();
                    continue;
                case (byte)'!':
                    if (ReadMarkup())
                    {
                        return true;
                    }
                    continue;
                default:
                    ReadStart();
                    return true;
            }
        }
        if (Depth > 0 || !_sawRoot)
        {
            throw Failures.Truncated("its XML");
        }
        Token = XmlToken.None;
        return false;
    }

    /// <summary>Finds an attribute of the current start tag.</summary>
    /// <returns>Whether there is one; its value as it stands, references not resolved.</returns>
    internal readonly bool TryGetAttribute(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var attributes = new XmlAttributes(_data.Slice(_attributesStart, _attributesLength));
        while (attributes.Next())
        {
            if (attributes.Name.SequenceEqual(name))
            {
                value = attributes.Value;
                return true;
            }
        }
        value = default;
        return false;
    }

    private static VaultException Malformed() => Failures.Damaged("its XML is not well formed");

    private bool ReadText()
    {
        var rest = _data[_position..];
        var length = 0;
        IsPlain = true;
        IsCData = false;
        while (true)
        {
            var stop = rest[length..].IndexOfAny(TextStops);
            if (stop < 0)
            {
                length = rest.Length;
                break;
            }
            length += stop;
            if (rest[length] == '<')
            {
                break;
            }
            switch (rest[length])
            {
                case (byte)']' when rest[length..].StartsWith("]]>"u8):
                    throw Malformed();
                case (byte)']':
                    length++;
                    break;
                case (byte)'\r':
                    IsPlain = false;
                    length++;
                    break;
                default:
                    IsPlain = false;
                    length += XmlText.ReferenceLength(rest[length..]);
                    break;
            }
        }
        _textStart = _position;
        _textLength = length;
        _position += length;
        if (Depth > 0)
        {
            Token = XmlToken.Text;
            return true;
        }
        if (!XmlText.IsSpace(Text))
        {
            throw Malformed();
        }
        return false;
    }

    private void ReadStart()
    {
        if (Depth == 0 && _sawRoot)
        {
            throw Malformed();
        }
        if (Depth == Limits.MaxXmlDepth)
        {
            throw Failures.TooLarge($"the vault nests deeper than {Limits.MaxXmlDepth} levels");
        }
        _position++;
        ReadName();
        _attributesStart = _position;
        _attributesLength = 0;
        if (_position < _data.Length && XmlText.IsSpace(_data[_position]))
        {
            var attributes = new XmlAttributes(_data[_position..]);
            attributes.CheckAll();
            _attributesLength = attributes.HasAny ? attributes.Position : 0;
            _position += attributes.Position;
        }
        if (_data[_position..].StartsWith("/>"u8))
        {
            _position += 2;
            _isEmptyElement = true;
        }
        else if (_position < _data.Length && _data[_position] == '>')
        {
            _position++;
        }
        else
        {
            throw Malformed();
        }
        _open[Depth] = ((long)_nameStart << 32) | (uint)_nameLength;
        Depth++;
        _sawRoot = true;
        Token = XmlToken.Start;
    }

    private void ReadEnd()
    {
        _position += 2;
        if (Depth == 0)
        {
            throw Malformed();
        }
        // What follows must be the open element's name, and end there: so its characters need no look of their own.
        var open = _open[Depth - 1];
        var name = _data.Slice((int)(open >> 32), (int)open);
        if (!_data[_position..].StartsWith(name))
        {
            throw Malformed();
        }
        (_nameStart, _nameLength) = (_position, name.Length);
        _position += name.Length;
        while (_position < _data.Length && XmlText.IsSpace(_data[_position]))
        {
            _position++;
        }
        if (_position >= _data.Length || _data[_position] != '>')
        {
            throw Malformed();
        }
        _position++;
        Depth--;
        Token = XmlToken.End;
    }

    private void ReadName()
    {
        _nameStart = _position;
        _nameLength = NameLength(_data[_position..]);
        _position += _nameLength;
    }

    /// <summary>The length of the name that the bytes begin with.</summary>
    internal static int NameLength(ReadOnlySpan<byte> data)
    {
        var length = 0;
        while (length < data.Length && IsNameCharacter(data[length]))
        {
            length++;
        }
        if (length == 0 || data[0] is >= (byte)'0' and <= (byte)'9' or (byte)'.' or (byte)'-')
        {
            throw Malformed();
        }
        return length;
    }

    private static bool IsNameCharacter(byte character) =>
        character < 128 && ((character < 64 ? NameCharactersBelow64 : NameCharactersFrom64) >> (character & 63) & 1) != 0;

    // Comments and CDATA sections; a document type is what entities hide in, and no KDBX file has one.
    private bool ReadMarkup()
    {
        var rest = _data[_position..];
        if (rest.StartsWith("<!--"u8))
        {
            var dashes = rest[4..].IndexOf("--"u8);
            if (dashes < 0 || !rest[(4 + dashes)..].StartsWith("-->"u8))
            {
                throw Malformed();
            }
            _position += 4 + dashes + 3;
            return false;
        }
        if (rest.StartsWith("<![CDATA["u8) && Depth > 0)
        {
            var length = rest[9..].IndexOf("]]>"u8);
            if (length < 0)
            {
                throw Malformed();
            }
            _textStart = _position + 9;
            _textLength = length;
            _position += 9 + length + 3;
            IsCData = true;
            IsPlain = !Text.Contains((byte)'\r');
            Token = XmlToken.Text;
            return true;
        }
        throw rest.StartsWith("<!DOCTYPE"u8)
            ? Failures.Damaged("its XML declares a document type or entities, which no KDBX file does")
            : Malformed();
    }

    private void SkipInstruction()
    {
        var rest = _data[(_position + 2)..];
        var nameLength = NameLength(rest);
        var end = rest.IndexOf("?>"u8);
        var isNameAlone = end == nameLength;
        if (end < nameLength
            || (!isNameAlone && !XmlText.IsSpace(rest[nameLength]))
            || rest[..nameLength].Contains((byte)':')
            || XmlText.EqualsIgnoringCase(rest[..nameLength], "xml"u8))
        {
            throw Malformed();
        }
        _position += 2 + end + 2;
    }

    private void ReadDeclaration()
    {
        var attributes = new XmlAttributes(_data[(_position + 5)..]);
        ReadOnlySpan<string> allowed = ["version", "encoding", "standalone"];
        var next = 0;
        while (attributes.Next())
        {
            var index = next;
            while (index < allowed.Length && !XmlText.EqualsAscii(attributes.Name, allowed[index]))
            {
                index++;
            }
            var isFine = index switch
            {
                0 => attributes.Value.SequenceEqual("1.0"u8),
                1 => next > 0 && XmlText.EqualsIgnoringCase(attributes.Value, "utf-8"u8),
                2 => next > 0 && (attributes.Value.SequenceEqual("yes"u8) || attributes.Value.SequenceEqual("no"u8)),
                _ => false,
            };
            if (!isFine)
            {
                throw Failures.Damaged("its XML declaration is not that of a KDBX file");
            }
            next = index + 1;
        }
        _position += 5 + attributes.Position;
        if (next == 0 || !_data[_position..].StartsWith("?>"u8))
        {
            throw Malformed();
        }
        _position += 2;
    }

    [InlineArray(Limits.MaxXmlDepth)]
    private struct OpenNames
    {
        private long _first;
    }
}
