using Contracts;

namespace Office.Content;

/// <summary>What came of two changes of one item.</summary>
/// <param name="Content">Both changes in one, to be the next revision.</param>
/// <param name="Conflicts">What both changed to something else: names of fields, or <c>urls</c>, <c>tags</c>, <c>expiresAt</c>. Theirs stands; ours is in the history.</param>
public sealed record MergedContent(ItemContent Content, IReadOnlyList<string> Conflicts);

/// <summary>
/// Merges two changes field by field against the revision that both began with. What only one side changed is taken; where both changed the
/// same, theirs, which the server has already, stands and ours goes to the history. No clock decides, and no value is lost.
/// </summary>
public static class ContentMerge
{
    private const string Fields = "fields", Urls = "urls", Tags = "tags", ExpiresAt = "expiresAt", Unknown = "unknown", RemovedAt = "removedAt";

    /// <summary>The content with what is not known here taken from another, where it came from a place that does not have it.</summary>
    public static ItemContent WithUnknownOf(ItemContent other, ItemContent content) => content with
    {
        Body = content.Body with
        {
            Unknown = other.Body.Unknown,
            Fields = [.. content.Body.Fields.Select(field => field with { Unknown = Find(other.Body.Fields, field.Name)?.Unknown ?? [] })],
        },
    };

    /// <summary>Merges.</summary>
    /// <param name="common">What both began with.</param>
    /// <param name="theirs">What the server has now; writable.</param>
    /// <param name="ours">What we made of the common one.</param>
    /// <param name="now">The time, in milliseconds since 1970, for the history.</param>
    /// <param name="us">Who we are, for the history.</param>
    public static MergedContent Merge(ItemContent common, ItemContent theirs, ItemContent ours, long now, Id us)
    {
        var conflicts = new List<string>();
        var body = new ContentBody
        {
            Fields = MergeFields(common.Body.Fields, theirs.Body.Fields, ours.Body.Fields, conflicts),
            Urls = Pick(Urls, common.Body.Urls, theirs.Body.Urls, ours.Body.Urls, (one, other) => one.SequenceEqual(other), conflicts),
            Tags = Pick(Tags, common.Body.Tags, theirs.Body.Tags, ours.Body.Tags, (one, other) => one.SequenceEqual(other), conflicts),
            ExpiresAt = Pick(ExpiresAt, common.Body.ExpiresAt, theirs.Body.ExpiresAt, ours.Body.ExpiresAt, (one, other) => one == other, conflicts),
            Unknown = Pick(Unknown, common.Body.Unknown, theirs.Body.Unknown, ours.Body.Unknown, (one, other) => one.SequenceEqual(other), conflicts),
        };
        var history = MergeHistory(common, theirs, ours, conflicts.Count > 0, now, us);
        // Two who put it into the recycle bin, each at a time of their own, agree.
        var removedAt = Pick(RemovedAt, common.RemovedAt, theirs.RemovedAt, ours.RemovedAt, (one, other) => one is null == other is null, conflicts);
        return new MergedContent(theirs with { Body = body, History = history, RemovedAt = removedAt }, conflicts);
    }

    /// <summary>Whether two bodies say the same: fields have no order that means anything, and an empty one is as none.</summary>
    public static bool IsSame(ContentBody one, ContentBody other) =>
        one.Fields.Concat(other.Fields).All(field => AreSame(Find(one.Fields, field.Name), Find(other.Fields, field.Name)))
        && one.Urls.SequenceEqual(other.Urls) && one.Tags.SequenceEqual(other.Tags) && one.ExpiresAt == other.ExpiresAt;

    private static List<ContentField> MergeFields(
        IReadOnlyList<ContentField> common, IReadOnlyList<ContentField> theirs, IReadOnlyList<ContentField> ours, List<string> conflicts)
    {
        var merged = new List<ContentField>();
        // In their order, then what is ours alone.
        foreach (var name in theirs.Concat(ours).Select(field => field.Name).Distinct(StringComparer.Ordinal))
        {
            if (Pick(name, Find(common, name), Find(theirs, name), Find(ours, name), AreSame, conflicts) is { } field)
            {
                merged.Add(field);
            }
        }
        if (merged.Count > ContentJson.MaxFields)
        {
            // Nobody would read it.
            conflicts.Add(Fields);
            return [.. theirs];
        }
        return merged;
    }

    /// <summary>An empty field and none say the same.</summary>
    private static bool AreSame(ContentField? one, ContentField? other) =>
        one == other || (one?.Value is null or [] && other?.Value is null or []);

    private static ContentField? Find(IReadOnlyList<ContentField> fields, string name) => fields.FirstOrDefault(field => field.Name == name);

    private static T Pick<T>(string name, T common, T theirs, T ours, Func<T, T, bool> areSame, List<string> conflicts)
    {
        if (areSame(ours, common) || areSame(ours, theirs))
        {
            return theirs;
        }
        if (areSame(theirs, common))
        {
            return ours;
        }
        conflicts.Add(name);
        return theirs;
    }

    /// <summary>What of ours gave way, what either side added, what both had. What goes beyond the limit is the oldest.</summary>
    private static List<ContentRevision> MergeHistory(
        ItemContent common, ItemContent theirs, ItemContent ours, bool isConflict, long now, Id us)
    {
        List<ContentRevision> history = isConflict ? [new ContentRevision(now, us, ours.Body)] : [];
        history.AddRange(ours.History.Except(common.History));
        history.AddRange(theirs.History.Except(common.History));
        if (ours.Body != common.Body && !history.Exists(revision => revision.Body == common.Body))
        {
            history.Add(new ContentRevision(now, us, common.Body));
        }
        history.AddRange(common.History);
        return [.. history.Distinct().Take(ItemContent.MaxRevisions)];
    }
}
