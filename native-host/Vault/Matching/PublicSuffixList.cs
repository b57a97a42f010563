using System.Text;
using Vault.Lists;

namespace Vault.Matching;

/// <summary>
/// Finds registrable domains by the Public Suffix List (publicsuffix.org/list, "Algorithm"), private rules included:
/// tenants of one
/// host (github.io, pages.dev) are different sites. The list is searched where it lies in the assembly; nothing is
/// loaded or kept.
/// </summary>
public static class PublicSuffixList
{
    private const int MaxHostnameCharacters = 253;
    private const byte LineEnd = (byte)'\n';
    private const byte MarkStart = (byte)' ';

    private static readonly EmbeddedList Rules = new("public-suffixes.txt");

    [Flags]
    private enum Marks
    {
        None = 0,
        Suffix = 1,
        SuffixesBelow = 2,
        Exception = 4,
    }

    /// <summary>The site of a hostname: its public suffix and one label more.</summary>
    /// <param name="hostname">Lower case, A-labels, as in <see cref="Origin.Hostname"/>.</param>
    /// <returns>The site, or <see langword="null"/> if the hostname is a public suffix itself, a single label, an IP
    /// address,
    /// or has an empty label (so also if it ends with a dot).</returns>
    public static string? SiteOf(string hostname)
    {
        var start = SiteStart(hostname);
        return start switch
        {
            < 0 => null,
            0 => hostname,
            _ => hostname[start..],
        };
    }

    /// <summary>The part of a hostname that is its site; empty where <see cref="SiteOf(string)"/> is
    /// <see langword="null"/>.</summary>
    internal static ReadOnlySpan<char> SiteIn(ReadOnlySpan<char> hostname) =>
        SiteStart(hostname) is var start and >= 0 ? hostname[start..] : default;

    private static int SiteStart(ReadOnlySpan<char> hostname)
    {
        if (hostname.Length is 0 or > MaxHostnameCharacters || Hostname.IsAddress(hostname) || !Ascii.IsValid(hostname))
        {
            return -1;
        }
        Span<byte> name = stackalloc byte[MaxHostnameCharacters];
        name = name[..hostname.Length];
        Ascii.FromUtf16(hostname, name, out _);
        return SiteStart(name);
    }

    /// <summary>Walks the labels from the right and looks up each suffix once; without any rule the last label is the
    /// suffix ("*").</summary>
    private static int SiteStart(ReadOnlySpan<byte> name)
    {
        if (name[0] == '.' || name[^1] == '.' || name.IndexOf(".."u8) >= 0)
        {
            return -1;
        }
        var suffixStart = -1;
        var marksAbove = Marks.None;
        for (var end = name.Length; end > 0;)
        {
            var labelStart = name[..end].LastIndexOf((byte)'.') + 1;
            var marks = Find(name[labelStart..]);
            if ((marks & Marks.Exception) != 0)
            {
                return labelStart;
            }
            if (suffixStart < 0 || (marks & Marks.Suffix) != 0 || (marksAbove & Marks.SuffixesBelow) != 0)
            {
                suffixStart = labelStart;
            }
            marksAbove = marks;
            end = labelStart - 1;
        }
        return suffixStart == 0 ? -1 : name[..(suffixStart - 1)].LastIndexOf((byte)'.') + 1;
    }

    /// <summary>A binary search over lines of different lengths: any position is moved back to the start of its
    /// line.</summary>
    private static Marks Find(ReadOnlySpan<byte> name)
    {
        var rules = Rules.Bytes;
        var (low, high) = (0, rules.Length);
        while (low < high)
        {
            var start = rules[..((low + high) / 2)].LastIndexOf(LineEnd) + 1;
            var line = rules[start..];
            line = line[..line.IndexOf(LineEnd)];
            var markStart = line.IndexOf(MarkStart);
            var order = (markStart < 0 ? line : line[..markStart]).SequenceCompareTo(name);
            if (order == 0)
            {
                return markStart < 0 ? Marks.Suffix : MarksOf(line[(markStart + 1)..]);
            }
            if (order < 0)
            {
                low = start + line.Length + 1;
            }
            else
            {
                high = start;
            }
        }
        return Marks.None;
    }

    private static Marks MarksOf(ReadOnlySpan<byte> text)
    {
        var marks = Marks.None;
        foreach (var mark in text)
        {
            marks |= mark switch
            {
                (byte)'.' => Marks.Suffix,
                (byte)'*' => Marks.SuffixesBelow,
                _ => Marks.Exception,
            };
        }
        return marks;
    }
}
