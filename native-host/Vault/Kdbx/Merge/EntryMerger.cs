namespace Vault.Kdbx.Merge;

/// <summary>
/// Merges two elements of one entry: the one changed last is current, the other's content goes to the history unless it is
/// there, and the histories are united. No value of either side is lost.
/// </summary>
/// <remarks>Both sides' attachments must lie in the tree's pool already.</remarks>
internal sealed class EntryMerger(VaultTree tree, Scratch scratch)
{
    private readonly EntryEditor _editor = new(scratch);

    /// <summary>Merges.</summary>
    /// <returns>The merged element: one of the two where it says everything, else a new one.</returns>
    internal Slice Merge(Slice ourSlice, Slice theirSlice)
    {
        var our = Revision.Of(tree, ourSlice);
        var their = Revision.Of(tree, theirSlice);
        var theirsIsNewer = their.ModifiedAt > our.ModifiedAt;
        var (winner, loser) = theirsIsNewer ? (their, our) : (our, their);

        var history = Revisions(winner);
        var known = history.Select(revision => revision.Identity).Append(winner.Identity).ToHashSet();
        var missing = Revisions(loser).Append(loser).Where(revision => known.Add(revision.Identity)).ToList();
        // The same content at another time is no revision of its own, if it is the current one.
        missing.RemoveAll(revision => revision.Digest == winner.Digest);
        var usedAt = our.UsedAt > their.UsedAt ? our.UsedAt : their.UsedAt;
        if (missing.Count == 0 && usedAt == winner.UsedAt)
        {
            return winner.Slice;
        }

        var parts = winner.Parts.ToList();
        if (missing.Count > 0)
        {
            var united = history.Concat(missing).OrderBy(revision => revision.ModifiedAt).ToList();
            parts.Set(scratch.Part(Names.History, output => united.ForEach(revision => Write(output, revision))), PartOrder.Entry);
        }
        _editor.SetTimes(parts, (Names.LastAccessTime, usedAt));
        return scratch.Remake(winner.Slice, Names.Entry, parts);
    }

    private static void Write(XmlOutput output, Revision revision)
    {
        output.Open(Names.Entry);
        foreach (var part in revision.Parts.Where(part => part.Name != Names.History))
        {
            output.Copy(part.Slice);
        }
        output.Close(Names.Entry);
    }

    private List<Revision> Revisions(Revision entry) =>
        entry.Parts.Find(Names.History) is { } history
            ? [.. Parts.Of(history.Slice).Select(part => Revision.Of(tree, part.Slice))]
            : [];

    private sealed record Revision(Slice Slice, List<Part> Parts, string Digest)
    {
        internal DateTimeOffset ModifiedAt { get; private init; }

        internal DateTimeOffset UsedAt { get; private init; }

        internal (DateTimeOffset ModifiedAt, string Digest) Identity => (ModifiedAt, Digest);

        internal static Revision Of(VaultTree tree, Slice slice)
        {
            var parts = Kdbx.Parts.Of(slice);
            var times = parts.Find(Names.Times) is { } element ? Kdbx.Parts.Of(element.Slice) : [];
            return new Revision(slice, parts, EntryContent.Digest(tree, parts))
            {
                ModifiedAt = times.TimeOf(Names.LastModificationTime),
                UsedAt = times.TimeOf(Names.LastAccessTime),
            };
        }
    }
}
