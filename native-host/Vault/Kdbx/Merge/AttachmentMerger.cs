using System.Security.Cryptography;

namespace Vault.Kdbx.Merge;

/// <summary>Brings the other file's attachments into our pool, each content once, and tells its slices their new numbers.</summary>
internal static class AttachmentMerger
{
    internal static void Merge(VaultTree ours, VaultTree theirs)
    {
        var known = new Dictionary<string, int>();
        for (var number = 0; number < ours.Attachments.Count; number++)
        {
            known.TryAdd(Identity(ours.Attachments[number]), number);
        }
        var ourNumbers = new List<int>();
        foreach (var attachment in theirs.Attachments)
        {
            var identity = Identity(attachment);
            if (!known.TryGetValue(identity, out var number))
            {
                number = ours.Attachments.Count;
                ours.Attachments.Add(attachment);
                known.Add(identity, number);
            }
            ourNumbers.Add(number);
        }
        // In KDBX 3.1 a slice's numbers already are translated once.
        theirs.Source.Attachments = theirs.Source.Attachments is { } translated
            ? translated.ToDictionary(pair => pair.Key, pair => ourNumbers[pair.Value])
            : ourNumbers.Index().ToDictionary(pair => pair.Index, pair => pair.Item);
    }

    private static string Identity(PooledAttachment attachment) =>
        $"{attachment.Flags} {Convert.ToHexString(SHA256.HashData(attachment.Content.Span))}";
}
