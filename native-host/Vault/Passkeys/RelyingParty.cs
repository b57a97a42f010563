using System.Text;
using Vault.Matching;

namespace Vault.Passkeys;

/// <summary>Which relying party a page may speak for: WebAuthn Level 3 sections 5.1.3 and 5.1.4.1, without its related origins.</summary>
public static class RelyingParty
{
    /// <summary>
    /// Tells whether a page may use WebAuthn at all: https, or http on this computer, and a name and no address (sections 5.1.3 step 7 and 13.4.9).
    /// </summary>
    public static bool IsSecureContext(Origin page) => page.IsSecure || (page.IsWeb && page.IsLoopback);

    /// <summary>
    /// Tells whether the id of a relying party is the page's hostname, or a domain above it that is no public suffix (HTML, "is a registrable
    /// domain suffix of or is equal to").
    /// </summary>
    /// <param name="page">The origin as the browser reports it.</param>
    /// <param name="id">What the page asks for, compared as it is.</param>
    public static bool MayClaim(Origin page, string id)
    {
        if (!IsSecureContext(page) || Hostname.IsAddress(page.Hostname))
        {
            return false;
        }
        if (id == page.Hostname)
        {
            return true;
        }
        // The same site: below a wildcard of the list a suffix can have a site of its own that is not the page's.
        return Ascii.IsValid(id)
            && id.Length > 0
            && page.Hostname.EndsWith($".{id}", StringComparison.Ordinal)
            && PublicSuffixList.SiteOf(id) is { } site
            && site == page.Site;
    }
}
