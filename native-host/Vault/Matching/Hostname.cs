using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Vault.Matching;

/// <summary>
/// What a hostname looks like when a browser has serialised it (WHATWG URL, "host serializing"): lower-case ASCII,
/// A-labels, IPv4 as
/// four decimal numbers, IPv6 compressed and in brackets.
/// </summary>
internal static class Hostname
{
    private const int MaxCharacters = 253;
    private const int MaxLabelCharacters = 63;
    private const int Ipv4Labels = 4;
    private const int Ipv6Pieces = 8;

    // The underscore is no letter of a hostname by RFC 952, and intranets use it all the same; browsers accept it.
    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF:.");
    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Tells whether the text is a hostname exactly as a browser writes it. A last dot is part of it, as
    /// there.</summary>
    public static bool IsCanonical(ReadOnlySpan<char> text)
    {
        if (text.StartsWith('['))
        {
            return IsCanonicalIpv6(text);
        }
        var name = text.EndsWith('.') ? text[..^1] : text;
        if (name.Length is 0 or > MaxCharacters || name.ContainsAnyExcept(LabelCharacters))
        {
            return false;
        }
        foreach (var label in name.Split('.'))
        {
            if (name[label].Length is 0 or > MaxLabelCharacters)
            {
                return false;
            }
        }
        return !EndsInNumber(name) || IsCanonicalIpv4(text);
    }

    /// <summary>Tells whether a canonical hostname is an IPv4 or IPv6 address.</summary>
    public static bool IsAddress(ReadOnlySpan<char> hostname) => hostname.StartsWith('[') || EndsInNumber(hostname);

    /// <summary>Tells whether a canonical hostname is this computer, whatever the resolver says (RFC 6761 section 6.3,
    /// Secure Contexts 3.1).</summary>
    public static bool IsLoopback(ReadOnlySpan<char> hostname) =>
        hostname is "localhost" or "[::1]"
        || hostname.EndsWith(".localhost")
        || (hostname.StartsWith("127.") && EndsInNumber(hostname));

    /// <summary>
    /// Tells whether one name stands for unrelated services told apart by port number only, and has no registrable
    /// domain: an IP address,
    /// localhost, a single label.
    /// </summary>
    public static bool IsLocal(ReadOnlySpan<char> hostname) =>
        IsAddress(hostname) || IsLoopback(hostname) || !hostname.Contains('.');

    /// <summary>Writes an IPv6 address without brackets as a browser does, with brackets.</summary>
    /// <returns>The hostname, or <see langword="null"/> if the text is no IPv6 address.</returns>
    public static string? FromIpv6(ReadOnlySpan<char> text)
    {
        // IPAddress also takes zones and prefixes, which no origin has.
        if (text.ContainsAnyExcept(AddressCharacters)
            || !IPAddress.TryParse(text, out var address)
            || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return null;
        }
        Span<byte> bytes = stackalloc byte[Ipv6Pieces * sizeof(ushort)];
        address.TryWriteBytes(bytes, out _);
        return SerialiseIpv6(bytes);
    }

    private static bool IsCanonicalIpv6(ReadOnlySpan<char> text) =>
        text.EndsWith(']') && text.Length > 2 && text.SequenceEqual(FromIpv6(text[1..^1]));

    /// <summary>WHATWG URL, "IPv6 serializer": IPAddress.ToString differs where an IPv4 address is mapped.</summary>
    private static string SerialiseIpv6(ReadOnlySpan<byte> bytes)
    {
        var (gapStart, gapLength) = LongestRunOfZeros(bytes);
        var text = new System.Text.StringBuilder("[", 2 + (Ipv6Pieces * 5));
        for (var piece = 0; piece < Ipv6Pieces; piece++)
        {
            if (piece == gapStart)
            {
                text.Append(piece == 0 ? "::" : ":");
                piece += gapLength - 1;
                continue;
            }
            text.Append(CultureInfo.InvariantCulture, $"{PieceOf(bytes, piece):x}");
            if (piece < Ipv6Pieces - 1)
            {
                text.Append(':');
            }
        }
        return text.Append(']').ToString();
    }

    /// <summary>The first longest run of two or more zero pieces, or a start of -1.</summary>
    private static (int Start, int Length) LongestRunOfZeros(ReadOnlySpan<byte> bytes)
    {
        var (start, longest, run) = (-1, 1, 0);
        for (var piece = 0; piece < Ipv6Pieces; piece++)
        {
            run = PieceOf(bytes, piece) == 0 ? run + 1 : 0;
            if (run > longest)
            {
                (start, longest) = (piece - run + 1, run);
            }
        }
        return (start, longest);
    }

    private static ushort PieceOf(ReadOnlySpan<byte> bytes, int piece) =>
        BinaryPrimitives.ReadUInt16BigEndian(bytes[(piece * sizeof(ushort))..]);

    /// <summary>WHATWG URL, "ends in a number checker": a browser takes such a name for an IPv4 address or for
    /// nothing.</summary>
    private static bool EndsInNumber(ReadOnlySpan<char> name)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        if (last.IsEmpty)
        {
            return false;
        }
        return !last.ContainsAnyExceptInRange('0', '9')
            || (last.StartsWith("0x") && !last[2..].ContainsAnyExcept(HexadecimalDigits));
    }

    private static bool IsCanonicalIpv4(ReadOnlySpan<char> text)
    {
        var labels = 0;
        foreach (var label in text.Split('.'))
        {
            labels++;
            var number = text[label];
            if (number.Length is 0 or > 3
                || (number.Length > 1 && number[0] == '0')
                || !byte.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                return false;
            }
        }
        return labels == Ipv4Labels;
    }
}
