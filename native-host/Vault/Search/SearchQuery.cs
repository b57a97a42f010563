using System.Text;

namespace Vault.Search;

/// <summary>The parts of an item that search reads, in the order in which they count for the rank.</summary>
internal enum SearchPart
{
    /// <summary>The title.</summary>
    Title,

    /// <summary>The user name.</summary>
    User,

    /// <summary>The URLs, without their schemes.</summary>
    Url,

    /// <summary>The tags.</summary>
    Tag,

    /// <summary>The folder.</summary>
    Folder,
}

/// <summary>
/// What a person typed into a search field, taken apart. Words are separated by spaces; quotes keep spaces;
/// <c>user:</c>, <c>url:</c> and
/// <c>tag:</c> look in one part only; <c>is:</c> asks for a property. All must hold. An operator that is not known is
/// plain text.
/// </summary>
internal sealed class SearchQuery
{
    private const int MaxCharacters = 512;
    private const int MaxWords = 16;

    private static readonly (string Name, SearchPart Part)[] PartOperators =
    [
        ("user:", SearchPart.User),
        ("url:", SearchPart.Url),
        ("tag:", SearchPart.Tag),
    ];

    private static readonly (string Name, Func<ItemSummary, DateTimeOffset, bool> Holds)[] Properties =
    [
        ("is:login", (item, _) => item.Kind == ItemKind.Login),
        ("is:note", (item, _) => item.Kind == ItemKind.Note),
        ("is:card", (item, _) => item.Kind == ItemKind.Card),
        ("is:identity", (item, _) => item.Kind == ItemKind.Identity),
        ("is:code", (item, _) => item.HasCode),
        ("is:expired", (item, now) => item.ExpiresAt <= now),
    ];

    private SearchQuery(List<SearchWord> words, List<Func<ItemSummary, DateTimeOffset, bool>> properties)
    {
        Words = words;
        Conditions = properties;
    }

    /// <summary>The words, folded, none empty.</summary>
    public List<SearchWord> Words { get; }

    /// <summary>The properties asked for, given an item and the time.</summary>
    public List<Func<ItemSummary, DateTimeOffset, bool>> Conditions { get; }

    /// <summary>Takes a query apart. Never fails: characters after the first 512 and words after the 16th are left
    /// out.</summary>
    public static SearchQuery Parse(string text)
    {
        var words = new List<SearchWord>();
        var conditions = new List<Func<ItemSummary, DateTimeOffset, bool>>();
        var rest = text.AsSpan(0, Math.Min(text.Length, MaxCharacters));
        while (words.Count + conditions.Count < MaxWords && TakeToken(ref rest) is { } token)
        {
            if (!token.IsQuoted && ConditionOf(token.Text) is { } condition)
            {
                conditions.Add(condition);
                continue;
            }
            if (WordOf(token) is { } word)
            {
                words.Add(word);
            }
        }
        return new SearchQuery(words, conditions);
    }

    private static Func<ItemSummary, DateTimeOffset, bool>? ConditionOf(string token) =>
        Array.Find(Properties, property => property.Name.Equals(token, StringComparison.OrdinalIgnoreCase)).Holds;

    private static SearchWord? WordOf(Token token)
    {
        foreach (var (name, part) in PartOperators)
        {
            // Quotes may stand around the value (tag:"two words") and not around the operator ("user:x" is text).
            if (!token.IsQuoted && token.Text.StartsWith(name, StringComparison.OrdinalIgnoreCase) && token.Text.Length > name.Length)
            {
                return SearchWord.From(token.Text.AsSpan(name.Length), part);
            }
        }
        return SearchWord.From(token.Text, part: null);
    }

    private readonly record struct Token(string Text, bool IsQuoted);

    /// <summary>Takes the next run of text that no space outside quotes ends.</summary>
    private static Token? TakeToken(ref ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart();
        if (rest.IsEmpty)
        {
            return null;
        }
        var startsQuoted = rest[0] == '"';
        var isInside = false;
        var text = new StringBuilder();
        var at = 0;
        for (; at < rest.Length && (isInside || !char.IsWhiteSpace(rest[at])); at++)
        {
            if (rest[at] == '"')
            {
                isInside = !isInside;
                continue;
            }
            text.Append(rest[at]);
        }
        rest = rest[at..];
        return new Token(text.ToString(), startsQuoted);
    }
}

/// <summary>One word of a query, folded.</summary>
/// <param name="Bytes">What to look for.</param>
/// <param name="UrlBytes">What to look for in URLs: the same without a scheme.</param>
/// <param name="Part">The only part to look in, or <see langword="null"/> for all.</param>
internal sealed record SearchWord(byte[] Bytes, byte[] UrlBytes, SearchPart? Part)
{
    /// <summary>Folds a word.</summary>
    /// <returns>The word, or <see langword="null"/> if nothing is left of it.</returns>
    public static SearchWord? From(ReadOnlySpan<char> text, SearchPart? part)
    {
        var bytes = Fold(text);
        return bytes.Length == 0 ? null : new SearchWord(bytes, Fold(SearchText.WithoutScheme(text)), part);
    }

    private static byte[] Fold(ReadOnlySpan<char> text)
    {
        var buffer = new byte[TextFolding.MaxBytes(text.Length)];
        return buffer[..TextFolding.Fold(text, buffer)];
    }
}
