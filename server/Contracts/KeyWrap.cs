namespace Contracts;

/// <summary>A key under a principal's public key. Nobody signs it: the record or entry that it belongs to fixes the key.</summary>
public sealed record KeyWrap
{
    /// <summary>How many bytes <see cref="Bytes"/> has: encapsulated key 65, key 32, tag 16.</summary>
    public const int Length = 113;

    /// <summary>For whom.</summary>
    public required Id Principal { get; init; }

    /// <summary>For a group: the epoch of its key, from 1 on. For a member: 0.</summary>
    public required long GroupEpoch { get; init; }

    /// <summary>The wrapped key.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The hash of a list of wraps, sorted by principal.</summary>
    public static Hash HashOf(IEnumerable<KeyWrap> wraps)
    {
        KeyWrap[] sorted = [.. wraps.OrderBy(wrap => wrap.Principal)];
        var writer = new FieldWriter("wraps");
        writer.Add(sorted.Length);
        foreach (var wrap in sorted)
        {
            writer.Add(wrap.Principal);
            writer.Add(wrap.GroupEpoch);
            writer.Add(wrap.Bytes.Span);
        }
        return Hash.Of(writer.ToArray());
    }
}
