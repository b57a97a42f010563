using System.Text.Json;

namespace Host.Protocol;

/// <summary>
/// Puts together messages that came in parts. See native-host/docs/protocol.md, "Parts". It does not know what a message means.
/// </summary>
/// <remarks>One caller at a time. What was put together is zeroed as soon as it was read or proved wrong, because it may carry secrets.</remarks>
internal sealed class PartReader : IDisposable
{
    private readonly FrameBuffer _whole = new();
    private long _id;
    private int _taken;
    private int _of;

    /// <summary>What of an unfinished message has come.</summary>
    public ReadOnlyMemory<byte> Collected => _whole.PayloadMemory;

    /// <summary>Takes the payload of the next frame.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="id">The id that a part names, also when this throws; 0 if the payload is none, or its id cannot be read.</param>
    /// <returns>
    /// The next message: the payload itself, or what it completed, valid until <see cref="Forget"/>. Empty while parts are missing.
    /// </returns>
    /// <exception cref="ProtocolException"><c>badMessage</c>: it is not the part that must come next. What had come is forgotten.</exception>
    public ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> payload, out long id)
    {
        id = 0;
        try
        {
            if (TryFind(payload.Span, "part"u8, out _))
            {
                Add(payload, out id);
                return _taken < _of ? default : Collected;
            }
            if (_taken == 0)
            {
                return payload;
            }
            id = RequestReader.IdOf(payload);
            throw ErrorKind.BadMessageError("another message came between the parts of one");
        }
        catch (ProtocolException)
        {
            Clear();
            throw;
        }
    }

    /// <summary>Zeroes a message that is complete. To be called when it was read.</summary>
    public void Forget()
    {
        if (_taken == _of)
        {
            Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _whole.Dispose();

    private void Add(ReadOnlyMemory<byte> payload, out long id)
    {
        using var document = Members.Parse(payload);
        var members = new Members(document.RootElement);
        members.Need("id");
        id = RequestReader.IdOf(document.RootElement);
        var part = members.Number("part");
        var of = members.Number("of");
        using var text = members.Secret("text");
        members.Close();
        if (part == 1 && _taken == 0)
        {
            (_id, _of) = (id, of);
        }
        if (id == 0 || id != _id || of != _of || of is < 2 or > Limits.MaxParts || part != _taken + 1 || text.Utf8.IsEmpty)
        {
            throw ErrorKind.BadMessageError("this is not the part that comes next");
        }
        if (_whole.PayloadBytes + text.Utf8.Length > Limits.MessageBytes)
        {
            throw ErrorKind.BadMessageError($"the parts are longer than {Limits.MessageBytes} bytes together");
        }
        _whole.Append(text.Utf8);
        _taken = part;
        if (_taken == _of && !(TryFind(_whole.Payload, "id"u8, out var value) && value.TryGetInt64(out var inner) && inner == _id))
        {
            throw ErrorKind.BadMessageError("the parts have another id than the message in them");
        }
    }

    private void Clear()
    {
        _whole.Clear();
        (_id, _taken, _of) = (0, 0, 0);
    }

    /// <summary>Looks for a member of the outermost object.</summary>
    /// <param name="json">What may be an object.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="value">Stands on the member's value.</param>
    /// <returns>Whether it is there. What is no JSON has none: whoever reads it as a message says so.</returns>
    private static bool TryFind(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, out Utf8JsonReader value)
    {
        value = new Utf8JsonReader(json);
        try
        {
            if (!value.Read() || value.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }
            while (value.Read() && value.TokenType == JsonTokenType.PropertyName)
            {
                var isIt = value.ValueTextEquals(name);
                value.Read();
                if (isIt)
                {
                    return true;
                }
                value.Skip();
            }
        }
        catch (Exception noJson) when (noJson is JsonException or InvalidOperationException)
        {
            // The latter: a member's name with a lone surrogate.
        }
        return false;
    }
}
