namespace Contracts;

/// <summary>
/// Somebody asks somebody for a right, and says why. It travels sealed to who is asked, so the server sees of it only what it must for the
/// delivery; the signature keeps the server from asking in a member's name. See server/docs/sharing.md, "Requests for access".
/// </summary>
public sealed record AccessRequest : IRecord<AccessRequest>
{
    private const string Type = "request";

    /// <summary>The office.</summary>
    public required Id Office { get; init; }

    /// <summary>The request's own id.</summary>
    public required Id Request { get; init; }

    /// <summary>Who asks, and signed it.</summary>
    public required Id Author { get; init; }

    /// <summary>Who is asked.</summary>
    public required Id To { get; init; }

    /// <summary>The item; <see langword="null"/> where the reason says what it is about.</summary>
    public Id? Item { get; init; }

    /// <summary>What for.</summary>
    public required Right Right { get; init; }

    /// <summary>When, in milliseconds since 1970, by the author's clock.</summary>
    public required long Time { get; init; }

    /// <summary>Why; may be empty. As a name is: at most 200 characters, none of them a control.</summary>
    public required string Reason { get; init; }

    /// <inheritdoc/>
    public static AccessRequest Read(ref FieldReader reader)
    {
        reader.RequireType(Type);
        return new()
        {
            Office = reader.Id(),
            Request = reader.Id(),
            Author = reader.Id(),
            To = reader.Id(),
            Item = reader.OptionalId(),
            Right = (Right)reader.Number((long)Right.Use, (long)Right.Manage),
            Time = reader.Number(),
            Reason = reader.OptionalName(),
        };
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        var writer = new FieldWriter(Type);
        writer.Add(Office);
        writer.Add(Request);
        writer.Add(Author);
        writer.Add(To);
        writer.Add(Item);
        writer.Add((long)Right);
        writer.Add(Time);
        writer.Add(Reason);
        return writer.ToArray();
    }
}
