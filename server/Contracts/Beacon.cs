namespace Contracts;

/// <summary>What a beacon's age allows.</summary>
public enum BeaconAge
{
    /// <summary>Everything.</summary>
    Fresh,

    /// <summary>Older than 14 days: a notice.</summary>
    Old,

    /// <summary>Older than 30 days: a notice, and no new grants. Fills and edits go on.</summary>
    TooOldForGrants,
}

/// <summary>An administrator's "this is the log's head now", so that a server cannot keep a removal back for long. One row, replaced.</summary>
public sealed record Beacon : IRecord<Beacon>
{
    private const string Type = "beacon";

    private static readonly TimeSpan OldAfter = TimeSpan.FromDays(14);
    private static readonly TimeSpan TooOldAfter = TimeSpan.FromDays(30);

    /// <summary>The office.</summary>
    public required Id Office { get; init; }

    /// <summary>When, in milliseconds since 1970; higher in each.</summary>
    public required long Time { get; init; }

    /// <summary>The log's head as its author knew it.</summary>
    public required LogHead Head { get; init; }

    /// <summary>Who signed it.</summary>
    public required Id Author { get; init; }

    /// <summary>How old it is.</summary>
    public BeaconAge AgeAt(DateTimeOffset now) => (now - DateTimeOffset.FromUnixTimeMilliseconds(Time)) switch
    {
        var age when age > TooOldAfter => BeaconAge.TooOldForGrants,
        var age when age > OldAfter => BeaconAge.Old,
        _ => BeaconAge.Fresh,
    };

    /// <inheritdoc/>
    public static Beacon Read(ref FieldReader reader)
    {
        reader.RequireType(Type);
        return new()
        {
            Office = reader.Id(),
            Time = reader.Number(most: MaxTime),
            Head = new LogHead(reader.Number(), reader.Hash()),
            Author = reader.Id(),
        };
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        var writer = new FieldWriter(Type);
        writer.Add(Office);
        writer.Add(Time);
        writer.Add(Head.Index);
        writer.Add(Head.Hash);
        writer.Add(Author);
        return writer.ToArray();
    }

    private static readonly long MaxTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
}
