using System.Buffers;
using System.Text;

namespace Vault.Matching;

/// <summary>
/// Recognises hostnames that are made to be taken for another one. Only a reason for a warning: what matches is
/// decided by A-labels,
/// which no look-alike shares.
/// </summary>
public static class LookAlike
{
    // Cyrillic and Greek letters that are drawn as Latin ones: a label of nothing else is read as a Latin word.
    private static readonly SearchValues<char> DrawnAsLatin = SearchValues.Create("аеорсухіјѕһԁԛԝӏьгпгαοορυνικτωχγ0123456789-");

    private static readonly (int First, int Last, Scripts Script)[] Blocks =
    [
        ('a', 'z', Scripts.Latin), (0x00c0, 0x024f, Scripts.Latin), (0x0250, 0x02af, Scripts.Latin), (0x1e00, 0x1eff, Scripts.Latin),
        (0x0370, 0x03ff, Scripts.Greek), (0x1f00, 0x1fff, Scripts.Greek),
        (0x0400, 0x052f, Scripts.Cyrillic), (0x0530, 0x058f, Scripts.Armenian), (0x13a0, 0x13ff, Scripts.Cherokee),
    ];

    [Flags]
    private enum Scripts
    {
        None = 0,
        Latin = 1,
        Greek = 2,
        Cyrillic = 4,
        Armenian = 8,
        Cherokee = 16,
    }

    /// <summary>Tells whether a label mixes scripts whose letters resemble each other, consists of such letters only,
    /// or is no Punycode.</summary>
    /// <param name="hostname">Lower case, A-labels, as in <see cref="Origin.Hostname"/>.</param>
    /// <returns>Whether to warn and show the A-label; never for a hostname without one.</returns>
    public static bool IsSuspected(string hostname)
    {
        foreach (var label in hostname.Split('.'))
        {
            if (label.StartsWith("xn--", StringComparison.Ordinal)
                && (InternationalName.ToUnicode(label) is not { } shown || IsMixed(shown) || !shown.AsSpan().ContainsAnyExcept(DrawnAsLatin)))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsMixed(string label)
    {
        var scripts = Scripts.None;
        foreach (var rune in label.EnumerateRunes())
        {
            scripts |= ScriptOf(rune);
        }
        return (scripts & (scripts - 1)) != 0;
    }

    private static Scripts ScriptOf(Rune rune) =>
        Array.Find(Blocks, block => rune.Value >= block.First && rune.Value <= block.Last).Script;
}
