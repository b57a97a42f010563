using System.Globalization;
using System.Text;

namespace Vault.Matching;

/// <summary>
/// What matching needs of a URL that a person typed into an item: <c>example.com</c>,
/// <c>https://user@host:8443/path?x</c>,
/// <c>Bücher.example</c>, <c>[::1]:8080</c>. Leniently read, never the other way round: an origin of a page is read by
/// <see cref="Origin.TryParse"/> only. A URL read wrongly can only match less, because in the end hostnames are
/// compared with the browser's.
/// </summary>
/// <param name="Scheme"><c>https</c>, <c>http</c>, or <see langword="null"/> if none was typed.</param>
/// <param name="Hostname">As a browser would write it, without a last dot.</param>
/// <param name="Port">The port number, or <see langword="null"/> if none was typed.</param>
/// <param name="Path">From the first slash on, without query and fragment; empty if none was typed.</param>
public sealed record TypedUrl(string? Scheme, string Hostname, int? Port, string Path)
{
    private const int MaxCharacters = 8192;

    /// <summary>Reads a URL.</summary>
    /// <returns>Its parts, or <see langword="null"/> if it is not of the web (<c>ssh:</c>, <c>mailto:</c>,
    /// <c>file:</c>), has no hostname, or
    /// would not be taken by a browser.</returns>
    public static TypedUrl? TryParse(string? text)
    {
        if (text is null or { Length: > MaxCharacters })
        {
            return null;
        }
        var rest = text.AsSpan().Trim();
        var scheme = TakeScheme(ref rest);
        var authorityLength = rest.IndexOfAny('/', '?', '#') is var end and >= 0 ? end : rest.Length;
        var authority = rest[..authorityLength];
        // To a browser it is a slash, to others a character of a user name: the hostname would depend on who reads.
        if (authority.Contains('\\'))
        {
            return null;
        }
        if (scheme is not null)
        {
            authority = authority[(authority.LastIndexOf('@') + 1)..];
        }
        if (!TryTakePort(ref authority, mayBeEmpty: scheme is not null, out var port) || HostnameOf(authority) is not { } hostname)
        {
            return null;
        }
        return new TypedUrl(scheme, hostname, port, PathOf(rest[authorityLength..]));
    }

    /// <summary>Takes <c>https://</c>, <c>http://</c> or <c>//</c> off the front.</summary>
    private static string? TakeScheme(ref ReadOnlySpan<char> rest)
    {
        foreach (var scheme in (ReadOnlySpan<string>)["https", "http"])
        {
            if (rest.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && rest[scheme.Length..].StartsWith("://"))
            {
                rest = rest[(scheme.Length + 3)..];
                return scheme;
            }
        }
        if (rest.StartsWith("//"))
        {
            rest = rest[2..];
        }
        return null;
    }

    /// <summary>Takes <c>:8443</c> off the end.</summary>
    /// <returns>Whether what stood there is a port number. Otherwise it is another scheme (<c>ssh://</c>) or a
    /// password: no URL of ours.</returns>
    private static bool TryTakePort(ref ReadOnlySpan<char> authority, bool mayBeEmpty, out int? port)
    {
        port = null;
        var colon = authority.LastIndexOf(':');
        if (colon < 0 || colon < authority.LastIndexOf(']'))
        {
            return true;
        }
        var digits = authority[(colon + 1)..];
        authority = authority[..colon];
        if (digits.IsEmpty)
        {
            return mayBeEmpty;
        }
        if (!ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }
        port = number;
        return true;
    }

    private static string? HostnameOf(ReadOnlySpan<char> text)
    {
        if (text.StartsWith('['))
        {
            return text.EndsWith(']') && text.Length > 2 ? Matching.Hostname.FromIpv6(text[1..^1]) : null;
        }
        if (text.EndsWith('.'))
        {
            text = text[..^1];
        }
        var hostname = Ascii.IsValid(text) ? text.ToString().ToLowerInvariant() : InternationalName.ToAscii(text);
        return hostname is not null && !hostname.EndsWith('.') && Matching.Hostname.IsCanonical(hostname) ? hostname : null;
    }

    private static string PathOf(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny('?', '#');
        return (end < 0 ? rest : rest[..end]).ToString();
    }
}
