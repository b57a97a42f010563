namespace Vault.Kdbx;

/// <summary>Reads the attributes of one start tag, from behind the element's name up to <c>&gt;</c>, <c>/</c> or <c>?</c>.</summary>
internal ref struct XmlAttributes(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>How many bytes are read.</summary>
    internal int Position { get; private set; }

    /// <summary>Whether there was one.</summary>
    internal bool HasAny { get; private set; }

    /// <summary>The name of the current one.</summary>
    internal ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value of the current one as it stands.</summary>
    internal ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes to the next.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="VaultException">It is not well formed.</exception>
    internal bool Next()
    {
        var afterSpace = SkipSpace();
        if (Position >= _data.Length || _data[Position] is (byte)'>' or (byte)'/' or (byte)'?')
        {
            return false;
        }
        if (!afterSpace)
        {
            throw Malformed();
        }
        Name = _data.Slice(Position, XmlScanner.NameLength(_data[Position..]));
        Position += Name.Length;
        SkipSpace();
        Expect((byte)'=');
        SkipSpace();
        var quote = Position < _data.Length ? _data[Position] : (byte)0;
        if (quote is not ((byte)'"' or (byte)'\''))
        {
            throw Malformed();
        }
        Position++;
        var length = _data[Position..].IndexOf(quote);
        if (length < 0)
        {
            throw Malformed();
        }
        Value = _data.Slice(Position, length);
        Position += length + 1;
        HasAny = true;
        return true;
    }

    /// <summary>Reads all of them, checks their values, and that no name comes twice.</summary>
    internal void CheckAll()
    {
        var start = Position;
        var count = 0;
        while (Next())
        {
            if (++count > Limits.MaxXmlAttributes)
            {
                throw Failures.TooLarge($"an element has more than {Limits.MaxXmlAttributes} attributes");
            }
            if (Value.Contains((byte)'<'))
            {
                throw Malformed();
            }
            for (var at = Value.IndexOf((byte)'&'); at >= 0; at = NextReference(at))
            {
                XmlText.ReferenceLength(Value[at..]);
            }
            var earlier = new XmlAttributes(_data) { Position = start };
            for (var index = 1; index < count && earlier.Next(); index++)
            {
                if (earlier.Name.SequenceEqual(Name))
                {
                    throw Malformed();
                }
            }
        }
    }

    private readonly int NextReference(int at)
    {
        var next = Value[(at + 1)..].IndexOf((byte)'&');
        return next < 0 ? -1 : at + 1 + next;
    }

    private static VaultException Malformed() => Failures.Damaged("its XML is not well formed");

    private bool SkipSpace()
    {
        var start = Position;
        while (Position < _data.Length && XmlText.IsSpace(_data[Position]))
        {
            Position++;
        }
        return Position > start;
    }

    private void Expect(byte character)
    {
        if (Position >= _data.Length || _data[Position] != character)
        {
            throw Malformed();
        }
        Position++;
    }
}
