namespace Vault.Search;

/// <summary>Where a word was found, the best place first. The ranks of a query's words are added.</summary>
internal enum SearchRank
{
    /// <summary>The word is the title.</summary>
    Title,

    /// <summary>The title begins with it.</summary>
    TitleStart,

    /// <summary>A word of the title begins with it.</summary>
    TitleWordStart,

    /// <summary>Elsewhere in the title.</summary>
    InTitle,

    /// <summary>In the user name.</summary>
    InUser,

    /// <summary>In a URL.</summary>
    InUrl,

    /// <summary>In a tag.</summary>
    InTag,

    /// <summary>In the folder.</summary>
    InFolder,
}

/// <summary>Ranks one item's folded text against a query.</summary>
internal static class SearchRanking
{
    /// <summary>Ranks a text.</summary>
    /// <returns>The sum of the words' ranks (0 for a query without words), or -1 if a word is missing.</returns>
    public static int Rank(ReadOnlySpan<byte> text, List<SearchWord> words)
    {
        var sum = 0;
        foreach (var word in words)
        {
            // Most texts are refused here, by one vectorised pass over the whole.
            if (text.IndexOf(word.UrlBytes) < 0)
            {
                return -1;
            }
            var rank = RankOf(text, word);
            if (rank < 0)
            {
                return -1;
            }
            sum += rank;
        }
        return sum;
    }

    private static int RankOf(ReadOnlySpan<byte> text, SearchWord word)
    {
        for (var part = SearchPart.Title; part <= SearchPart.Folder; part++)
        {
            var end = text.IndexOf(SearchText.PartEnd);
            var value = text[..end];
            text = text[(end + 1)..];
            if (word.Part is { } only && only != part)
            {
                continue;
            }
            var at = value.IndexOf(part == SearchPart.Url ? word.UrlBytes : word.Bytes);
            if (at >= 0)
            {
                return part == SearchPart.Title ? (int)RankInTitle(value, word.Bytes, at) : (int)(SearchRank.InTitle + (int)part);
            }
        }
        return -1;
    }

    private static SearchRank RankInTitle(ReadOnlySpan<byte> title, ReadOnlySpan<byte> word, int at)
    {
        if (at == 0)
        {
            return title.Length == word.Length ? SearchRank.Title : SearchRank.TitleStart;
        }
        for (var next = 0; next >= 0; next = title[(at + 1)..].IndexOf(word), at += next + 1)
        {
            if (!IsWordCharacter(title[at - 1]))
            {
                return SearchRank.TitleWordStart;
            }
        }
        return SearchRank.InTitle;
    }

    /// <summary>Folded text has no upper case; every byte beyond ASCII belongs to a letter.</summary>
    private static bool IsWordCharacter(byte value) =>
        value is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or >= 0x80;
}
