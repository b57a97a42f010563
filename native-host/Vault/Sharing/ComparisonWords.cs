using System.Numerics;
using System.Text;
using Contracts;
using Vault.Generate;

namespace Vault.Sharing;

/// <summary>
/// Eight words by which two people see that they look at the same membership log: 103 bits, so that nobody finds a second log
/// with the same. English everywhere; shown with the index.
/// </summary>
public static class ComparisonWords
{
    /// <summary>How many words.</summary>
    public const int Count = 8;

    /// <summary>The words of a log at one place; both people choose a place that both have.</summary>
    public static IReadOnlyList<string> Of(Id office, LogHead head)
    {
        var writer = new FieldWriter("words");
        writer.Add(office);
        writer.Add(head.Index);
        writer.Add(head.Hash);
        var rest = new BigInteger(Hash.Of(writer.ToArray()).ToArray(), isUnsigned: true, isBigEndian: true);

        var words = new string[Count];
        for (var number = 0; number < Count; number++)
        {
            rest = BigInteger.DivRem(rest, WordList.Words, out var word);
            words[number] = Encoding.ASCII.GetString(WordList.Word((int)word));
        }
        return words;
    }
}
