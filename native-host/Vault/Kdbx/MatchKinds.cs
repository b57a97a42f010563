using Vault.Matching;

namespace Vault.Kdbx;

/// <summary>How an entry's custom data spells match kinds.</summary>
internal static class MatchKinds
{
    internal static MatchKind Parse(ReadOnlySpan<char> word) => word switch
    {
        "site" => MatchKind.Site,
        "origin" => MatchKind.Origin,
        "never" => MatchKind.Never,
        _ => MatchKind.Hostname,
    };

    /// <summary>A line <c>kind url</c> for each URL that does not match by hostname; empty if all do.</summary>
    internal static string Write(IEnumerable<ItemUrl> urls) =>
        string.Join('\n', urls.Where(url => url.Kind != MatchKind.Hostname).Select(url => $"{Word(url.Kind)} {url.Value}"));

    private static string Word(MatchKind kind) => kind switch
    {
        MatchKind.Site => "site",
        MatchKind.Origin => "origin",
        MatchKind.Never => "never",
        _ => "hostname",
    };
}
