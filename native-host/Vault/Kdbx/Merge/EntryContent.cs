using System.Security.Cryptography;
using System.Text;

namespace Vault.Kdbx.Merge;

/// <summary>
/// Tells whether two elements of an entry say the same to a person. Programs write entries again in their own way: they sort
/// fields, add empty elements and defaults, drop what they do not know. None of that counts, nor do times but the expiry.
/// </summary>
internal static class EntryContent
{
    // Elements that hold one text each, and what is as good as nothing.
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["IconID"] = "0",
        ["CustomIconUUID"] = "AAAAAAAAAAAAAAAAAAAAAA==",
        ["ForegroundColor"] = "",
        ["BackgroundColor"] = "",
        ["OverrideURL"] = "",
        ["QualityCheck"] = "True",
    };

    /// <summary>A hash of what the entry says, its history aside. Only compared in memory, never stored.</summary>
    internal static string Digest(VaultTree tree, List<Part> entry)
    {
        var facts = new List<byte[]>();
        foreach (var part in entry)
        {
            switch (part.Name)
            {
                case Names.String:
                    AddField(facts, part);
                    break;
                case Names.Binary:
                    var binary = Parts.Of(part.Slice);
                    var content = SHA256.HashData(ItemReader.Content(tree, binary).Span);
                    facts.Add(Fact($"binary {binary.TextOf(Names.Key)}", content));
                    break;
                case Names.Tags:
                    var tags = Parts.Text(part.Slice).Split(';', ',').Select(tag => tag.Trim()).Where(tag => tag.Length > 0);
                    facts.AddRange(tags.Select(tag => Fact("tag", Encoding.UTF8.GetBytes(tag))));
                    break;
                case Names.CustomData:
                    facts.AddRange(Parts.Of(part.Slice).Select(item => Parts.Of(item.Slice)).Select(item =>
                        Fact($"custom {item.TextOf(Names.Key)}", Encoding.UTF8.GetBytes(item.TextOf(Names.Value)))));
                    break;
                case Names.Times:
                    AddExpiry(facts, Parts.Of(part.Slice));
                    break;
                default:
                    if (Texts.TryGetValue(part.Name, out var nothing) && Parts.Text(part.Slice) is var text && text != nothing)
                    {
                        facts.Add(Fact(part.Name, Encoding.UTF8.GetBytes(text)));
                    }
                    break;
            }
        }
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var fact in facts.OrderBy(Convert.ToHexString, StringComparer.Ordinal))
        {
            hash.AppendData(fact);
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void AddField(List<byte[]> facts, Part part)
    {
        var field = Parts.Of(part.Slice);
        if (field.Find(Names.Value) is not { } element)
        {
            return;
        }
        using var value = Parts.Open(element.Slice);
        if (value.Length > 0)
        {
            facts.Add(Fact($"field {field.TextOf(Names.Key)}", value.Span));
        }
    }

    private static void AddExpiry(List<byte[]> facts, List<Part> times)
    {
        if (KdbxCursor.IsTrue(Encoding.UTF8.GetBytes(times.TextOf(Names.Expires))))
        {
            facts.Add(Fact("expires", BitConverter.GetBytes(times.TimeOf(Names.ExpiryTime).UtcTicks)));
        }
    }

    // Hashed one by one, so that no secret lies in an array and no two facts can be cut differently.
    private static byte[] Fact(string name, ReadOnlySpan<byte> value)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var nameBytes = Encoding.UTF8.GetBytes(name);
        hash.AppendData(BitConverter.GetBytes(nameBytes.Length));
        hash.AppendData(nameBytes);
        hash.AppendData(value);
        return hash.GetHashAndReset();
    }
}
