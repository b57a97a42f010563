namespace Host.Protocol;

/// <summary>Sends messages, in parts where one is longer than a frame may be. See native-host/docs/protocol.md, "Parts".</summary>
internal static class PartWriter
{
    /// <summary>What a part has around its text, with the greatest id and numbers: 56 bytes, rounded up.</summary>
    private const int EnvelopeBytes = 64;

    /// <summary>Sends a message and forgets it.</summary>
    /// <param name="message">The message; its id must be <paramref name="id"/> if it is longer than a frame.</param>
    /// <param name="id">The request's id.</param>
    /// <param name="frameBytes">The longest payload in this direction.</param>
    /// <param name="descriptor">Where to.</param>
    /// <returns>Whether the other side took all of it.</returns>
    public static bool TrySend(FrameBuffer message, long id, int frameBytes, int descriptor) => message.PayloadBytes <= frameBytes
        ? message.TrySend(descriptor)
        : Split(message, id, frameBytes, part => part.TrySend(descriptor));

    /// <summary>Sends a message in parts and forgets it.</summary>
    /// <param name="message">The message, as the writers here make it: without line breaks and other control characters.</param>
    /// <param name="id">The request's id.</param>
    /// <param name="frameBytes">The longest payload of a part.</param>
    /// <param name="send">Sends one part and clears it; tells whether the other side took it.</param>
    /// <returns>Whether all were taken.</returns>
    public static bool Split(FrameBuffer message, long id, int frameBytes, Func<FrameBuffer, bool> send)
    {
        // Inside a JSON string each byte of such a message takes two at the most: \" and \\.
        var pieceBytes = (frameBytes - EnvelopeBytes) / 2;
        var of = 0;
        for (var start = 0; start < message.PayloadBytes; start = EndOfPiece(message.Payload, start, pieceBytes))
        {
            of++;
        }
        using var part = new FrameBuffer();
        var taken = true;
        var end = 0;
        for (var number = 1; taken && number <= of; number++)
        {
            var start = end;
            end = EndOfPiece(message.Payload, start, pieceBytes);
            Write(part, id, number, of, message.Payload[start..end]);
            taken = send(part);
        }
        message.Clear();
        return taken;
    }

    private static void Write(FrameBuffer part, long id, int number, int of, ReadOnlySpan<byte> piece)
    {
        using var text = new Secret(piece);
        using var json = part.NewWriter();
        json.WriteStartObject();
        json.WriteNumber("id"u8, id);
        json.WriteNumber("part"u8, number);
        json.WriteNumber("of"u8, of);
        json.WritePropertyName("text"u8);
        text.WriteTo(json);
        json.WriteEndObject();
    }

    /// <summary>Where the piece that begins at <paramref name="start"/> ends: never inside a character.</summary>
    private static int EndOfPiece(ReadOnlySpan<byte> payload, int start, int pieceBytes)
    {
        var end = Math.Min(start + pieceBytes, payload.Length);
        while (end < payload.Length && (payload[end] & 0xC0) == 0x80)
        {
            end--;
        }
        return end;
    }
}
