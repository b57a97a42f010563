using System.Globalization;
using Host.Protocol;
using Vault;

namespace Host.Service;

/// <summary>One page of a list: where it begins, and how many of its items a frame holds.</summary>
internal readonly struct Paging
{
    /// <summary>Bytes of a page's items, by a guess that is too high; leaves room for the rest of the frame.</summary>
    private const int MaxPageBytes = Limits.FromHostBytes - (64 * 1024);
    private const int BytesAroundItem = 200;
    private const int MaxBytesOfCharacter = 3;

    /// <summary>Reads what a request asks for.</summary>
    /// <exception cref="ProtocolException"><c>badMessage</c>: <paramref name="after"/> is not from an earlier page.</exception>
    public Paging(int limit, string? after)
    {
        Limit = limit;
        if (after is not null)
        {
            Offset = int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
                ? offset
                : throw ErrorKind.BadMessageError("after is not from an earlier page");
        }
    }

    /// <summary>How many items are asked for at the most.</summary>
    public int Limit { get; }

    /// <summary>How many items come before.</summary>
    public int Offset { get; }

    /// <summary>The items that a frame holds: all, or as many as fit, but one at the least.</summary>
    public static List<T> Fitting<T>(IReadOnlyList<T> items, Func<T, ItemSummary> summaryOf)
    {
        var fitting = new List<T>(items.Count);
        var bytes = 0;
        foreach (var one in items)
        {
            var item = summaryOf(one);
            bytes += BytesAroundItem + (MaxBytesOfCharacter * (item.Title.Length + item.UserName.Length + item.Tags.Sum(tag => tag.Length + 1)));
            if (fitting.Count > 0 && bytes > MaxPageBytes)
            {
                break;
            }
            fitting.Add(one);
        }
        return fitting;
    }

    /// <summary>What the next page begins with, or <see langword="null"/> if this is the last.</summary>
    public string? After(int shown, int total) =>
        Offset + shown < total ? (Offset + shown).ToString(CultureInfo.InvariantCulture) : null;
}
