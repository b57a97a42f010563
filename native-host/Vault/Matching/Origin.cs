using System.Buffers;
using System.Globalization;

namespace Vault.Matching;

/// <summary>
/// The origin of a page or a subframe, as the browser reports it: <c>scheme://hostname</c> or
/// <c>scheme://hostname:port</c>, lower case,
/// A-labels, IPv6 in brackets, without the scheme's default port (WHATWG HTML, "serialization of an origin"). Text of
/// any other form is
/// refused and never repaired: what is compared here is what the browser itself compares.
/// </summary>
public sealed class Origin : IEquatable<Origin>
{
    private const int MaxCharacters = 320;
    private const int MaxPort = 65535;
    private const string SchemeEnd = "://";

    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789+-.");

    private readonly string _text;
    private readonly Lazy<string?> _site;

    private Origin(string text, string scheme, string hostname, int port)
    {
        (_text, Scheme, Hostname, Port) = (text, scheme, hostname, port);
        _site = new Lazy<string?>(() => PublicSuffixList.SiteOf(hostname), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The scheme without its colon: <c>https</c>, <c>http</c>, or another.</summary>
    public string Scheme { get; }

    /// <summary>The hostname; A-labels; an IPv6 address in brackets; with its last dot if the page was opened with
    /// one.</summary>
    public string Hostname { get; }

    /// <summary>The port number, the scheme's default where none is written; 0 where the scheme has none.</summary>
    public int Port { get; }

    /// <summary>Whether the scheme is https.</summary>
    public bool IsSecure => Scheme == "https";

    /// <summary>Whether a page of it can be filled at all: https or http.</summary>
    public bool IsWeb => Scheme is "https" or "http";

    /// <summary>Whether it is this computer: localhost and the names below it, 127.0.0.0/8, ::1.</summary>
    public bool IsLoopback => Matching.Hostname.IsLoopback(Hostname);

    /// <summary>The registrable domain, or <see langword="null"/> where there is none. See
    /// <see cref="PublicSuffixList"/>.</summary>
    public string? Site => _site.Value;

    /// <summary>Reads an origin.</summary>
    /// <returns>The origin, whose <see cref="ToString"/> is the same text, or <see langword="null"/> if the text is
    /// not exactly one.
    /// The origin of a sandboxed frame, <c>null</c>, is none.</returns>
    public static Origin? TryParse(string? text)
    {
        if (text is null or { Length: > MaxCharacters })
        {
            return null;
        }
        var schemeLength = text.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (schemeLength < 1 || !IsScheme(text.AsSpan(0, schemeLength)))
        {
            return null;
        }
        var scheme = text[..schemeLength];
        var rest = text.AsSpan(schemeLength + SchemeEnd.Length);
        var defaultPort = DefaultPortOf(scheme);

        // In brackets colons belong to the address.
        var portColon = rest[(rest.LastIndexOf(']') + 1)..].IndexOf(':') is var colon and >= 0
            ? rest.LastIndexOf(']') + 1 + colon
            : rest.Length;
        var port = defaultPort;
        if (portColon < rest.Length)
        {
            if (TryParsePort(rest[(portColon + 1)..]) is not { } written || written == defaultPort)
            {
                return null;
            }
            port = written;
        }
        var hostname = rest[..portColon];
        return Matching.Hostname.IsCanonical(hostname) ? new Origin(text, scheme, hostname.ToString(), port) : null;
    }

    /// <summary>Whether both are the same text.</summary>
    public bool Equals(Origin? other) => other is not null && other._text == _text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Origin);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The text that was read.</summary>
    public override string ToString() => _text;

    /// <summary>The default port of a scheme (WHATWG URL, "special scheme"), or 0.</summary>
    internal static int DefaultPortOf(string? scheme) => scheme switch
    {
        "https" or "wss" => 443,
        "http" or "ws" => 80,
        "ftp" => 21,
        _ => 0,
    };

    private static bool IsScheme(ReadOnlySpan<char> text) =>
        char.IsAsciiLetterLower(text[0]) && !text.ContainsAnyExcept(SchemeCharacters);

    /// <summary>Reads a port number without leading zeros.</summary>
    private static int? TryParsePort(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= 5
        && (text.Length == 1 || text[0] != '0')
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port <= MaxPort
            ? port
            : null;
}
