using Vault.Crypto;

namespace Vault.Kdbx;

/// <summary>A buffer of XML, and what is needed to understand slices of it anywhere.</summary>
/// <param name="Bytes">The XML, perhaps with other bytes around it.</param>
/// <param name="Stream">The key stream under which its protected values lie.</param>
internal sealed record SliceSource(byte[] Bytes, KeyStream Stream)
{
    /// <summary>Whether times are text, as in KDBX 3.1, and not numbers.</summary>
    internal bool HasTextTimes { get; init; }

    /// <summary>For a source whose attachments have other numbers than ours: ours by theirs. Numbers not in it stay.</summary>
    internal Dictionary<int, int>? Attachments { get; set; }
}

/// <summary>
/// One element of XML, start tag to end tag, left in the buffer where it was found or made. Its protected values are sealed,
/// one after the other in the document's order, from <paramref name="StreamOffset"/> on.
/// </summary>
internal readonly record struct Slice(SliceSource Source, int Start, int Length, long StreamOffset)
{
    internal ReadOnlySpan<byte> Span => Source.Bytes.AsSpan(Start, Length);
}

/// <summary>An element by its name.</summary>
internal sealed record Part(string Name, Slice Slice);
