namespace Vault.Matching;

/// <summary>Whether one URL of an item agrees with one origin. Pure; the rules are those of
/// native-host/docs/matching.md.</summary>
internal static class MatchRules
{
    /// <summary>What comes of comparing.</summary>
    internal enum Verdict
    {
        /// <summary>They do not agree.</summary>
        None,

        /// <summary>They agree but for the scheme: the URL is https and the page is not.</summary>
        InsecurePage,

        /// <summary>They agree.</summary>
        Agrees,
    }

    /// <summary>Compares.</summary>
    /// <returns>The verdict, and for <see cref="Verdict.Agrees"/> how far they agree.</returns>
    public static (Verdict Verdict, MatchStrength Strength) Compare(TypedUrl url, MatchKind kind, Origin page)
    {
        if (kind == MatchKind.Never || !page.IsWeb)
        {
            return default;
        }
        var sameHostname = url.Hostname == page.Hostname;
        var agrees = kind switch
        {
            MatchKind.Origin => sameHostname && PortsAgree(url, page),
            MatchKind.Hostname => sameHostname && (PortsAgree(url, page) || !PortMatters(url)),
            _ => SameSite(url, page) || (sameHostname && (PortsAgree(url, page) || !PortMatters(url))),
        };
        if (!agrees)
        {
            return default;
        }
        var sameScheme = SchemeOf(url, page) == page.Scheme;
        if (!sameScheme && !page.IsSecure && (kind == MatchKind.Origin || !page.IsLoopback))
        {
            return (Verdict.InsecurePage, default);
        }
        if (!sameScheme && kind == MatchKind.Origin)
        {
            return default;
        }
        return (Verdict.Agrees, StrengthOf(sameHostname, sameScheme && PortsAgree(url, page)));
    }

    private static MatchStrength StrengthOf(bool sameHostname, bool sameSchemeAndPort) => (sameHostname, sameSchemeAndPort) switch
    {
        (false, _) => MatchStrength.Site,
        (true, false) => MatchStrength.Hostname,
        (true, true) => MatchStrength.Origin,
    };

    /// <summary>Who types no scheme means https; only where certificates are rare does it mean whichever the page
    /// has.</summary>
    private static string SchemeOf(TypedUrl url, Origin page) =>
        url.Scheme ?? (Hostname.IsLocal(url.Hostname) ? page.Scheme : "https");

    private static bool PortMatters(TypedUrl url) => url.Port is not null || Hostname.IsLocal(url.Hostname);

    /// <summary>The same number, or each the default of its own scheme: an http URL goes over to https on the default
    /// port.</summary>
    private static bool PortsAgree(TypedUrl url, Origin page)
    {
        var scheme = SchemeOf(url, page);
        var port = url.Port ?? Origin.DefaultPortOf(scheme);
        return port == page.Port
            || (port == Origin.DefaultPortOf(scheme) && page.Port == Origin.DefaultPortOf(page.Scheme));
    }

    private static bool SameSite(TypedUrl url, Origin page)
    {
        // The cheap half first: most candidates of one site end alike, and of another they do not.
        return page.Site is { } site
            && url.Hostname.EndsWith(site, StringComparison.Ordinal)
            && PublicSuffixList.SiteIn(url.Hostname).SequenceEqual(site);
    }
}
