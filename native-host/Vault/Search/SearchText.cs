namespace Vault.Search;

/// <summary>
/// The folded text of one item as it lies in the index: title, user name, URLs, tags, folder, each ended by a byte
/// that no query holds,
/// so that a word never matches across two of them.
/// </summary>
internal static class SearchText
{
    /// <summary>Ends a part.</summary>
    public const byte PartEnd = 0x01;

    /// <summary>Stands between two values of one part.</summary>
    public const byte ValueEnd = 0x02;

    // A title of 10,000 characters is no title; the cap keeps one absurd item from costing each search.
    private const int MaxCharactersOfValue = 2048;

    /// <summary>A URL without <c>https://</c> or <c>http://</c>, which nearly every item has and nobody looks
    /// for.</summary>
    public static ReadOnlySpan<char> WithoutScheme(ReadOnlySpan<char> url)
    {
        foreach (var scheme in (ReadOnlySpan<string>)["https://", "http://"])
        {
            if (url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && url.Length > scheme.Length)
            {
                return url[scheme.Length..];
            }
        }
        return url;
    }

    /// <summary>How many bytes <see cref="Write"/> may write.</summary>
    public static int MaxBytes(ItemSummary item)
    {
        var bytes = ValueBytes(item.Title) + ValueBytes(item.UserName) + ValueBytes(item.Folder) + 5;
        foreach (var url in item.Urls)
        {
            bytes += ValueBytes(url.Value) + 1;
        }
        foreach (var tag in item.Tags)
        {
            bytes += ValueBytes(tag) + 1;
        }
        return bytes;
    }

    /// <summary>Writes the folded text.</summary>
    /// <returns>How many bytes were written.</returns>
    public static int Write(ItemSummary item, Span<byte> destination)
    {
        var at = 0;
        Append(item.Title, destination, ref at, PartEnd);
        Append(item.UserName, destination, ref at, PartEnd);
        foreach (var url in item.Urls)
        {
            Append(WithoutScheme(url.Value), destination, ref at, ValueEnd);
        }
        destination[at++] = PartEnd;
        foreach (var tag in item.Tags)
        {
            Append(tag, destination, ref at, ValueEnd);
        }
        destination[at++] = PartEnd;
        Append(item.Folder, destination, ref at, PartEnd);
        return at;
    }

    private static int ValueBytes(string value) => TextFolding.MaxBytes(Math.Min(value.Length, MaxCharactersOfValue));

    private static void Append(ReadOnlySpan<char> value, Span<byte> destination, ref int at, byte end)
    {
        at += TextFolding.Fold(value[..Math.Min(value.Length, MaxCharactersOfValue)], destination[at..]);
        destination[at++] = end;
    }
}
