namespace Vault.Matching;

/// <summary>How far a URL and an origin agree, weakest first.</summary>
public enum MatchStrength
{
    /// <summary>The same registrable domain.</summary>
    Site,

    /// <summary>The same hostname.</summary>
    Hostname,

    /// <summary>The same scheme, hostname and port number.</summary>
    Origin,
}

/// <summary>An item that may be offered for a page.</summary>
/// <param name="Item">The item.</param>
/// <param name="Url">The URL of it that agrees best.</param>
/// <param name="Strength">How far it agrees.</param>
public readonly record struct Match(ItemSummary Item, ItemUrl Url, MatchStrength Strength);

/// <summary>What was found for a page.</summary>
/// <param name="Items">Items to be offered, the best first: by strength, then the last used, then the path that agrees
/// longest, then title and id.</param>
/// <param name="HasInsecureItems">Whether the page is http and there are items for the same page over https, which
/// must not be offered.</param>
public sealed record MatchResult(IReadOnlyList<Match> Items, bool HasInsecureItems);
