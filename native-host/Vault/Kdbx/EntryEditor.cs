using System.Security.Cryptography;
using System.Text;

namespace Vault.Kdbx;

/// <summary>Makes the element of a new or changed entry. Elements that a draft does not name are kept, known or not.</summary>
internal sealed class EntryEditor(Scratch scratch)
{
    // KeePass expects all five to be there.
    private static readonly string[] _always = [FieldName.Title, FieldName.UserName, FieldName.Password, FieldName.Url, FieldName.Notes];

    /// <summary>Makes a new entry, in the order of <see cref="PartOrder.Entry"/> and in one pass: an office's first items are many.</summary>
    internal Slice New(ItemId id, ItemDraft draft, DateTimeOffset now) => scratch.Make(output =>
    {
        output.Open(Names.Entry);
        output.Element(Names.Uuid, id);
        output.Element("IconID", "0");
        if (draft.Tags is { } tags)
        {
            output.Element(Names.Tags, Joined(tags));
        }
        output.Open(Names.Times);
        WriteTimes(output, now, draft.ExpiresAt ?? DateTimeOffset.MaxValue);
        output.Close(Names.Times);
        foreach (var field in FieldsOf(draft))
        {
            output.Open(Names.String);
            WriteField(output, field, IsProtected(field));
            output.Close(Names.String);
        }
        var (matchKinds, kind) = (draft.Urls is { } urls ? MatchKinds.Write(urls) : "", draft.Kind is { } known ? Word(known) : "");
        if (matchKinds.Length + kind.Length > 0)
        {
            output.Open(Names.CustomData);
            foreach (var (key, value) in ((string, string)[])[(Names.MatchKey, matchKinds), (Names.KindKey, kind)])
            {
                if (value.Length > 0)
                {
                    CustomDataItems.Write(output, key, value, time: null);
                }
            }
            output.Close(Names.CustomData);
        }
        output.Close(Names.Entry);
    });

    /// <summary>Makes a changed entry; what it was goes to its history.</summary>
    /// <param name="old">The entry's element.</param>
    /// <param name="draft">What to change.</param>
    /// <param name="now">The time of the change.</param>
    /// <param name="maxRevisions">How many the history holds; negative for any number.</param>
    internal Slice Update(Slice old, ItemDraft draft, DateTimeOffset now, int maxRevisions) =>
        Changed(old, parts => Apply(parts, draft), now, maxRevisions);

    /// <summary>Makes an entry with a file attached, in the place of the one of that name; what it was goes to its history.</summary>
    /// <param name="old">The entry's element.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="number">Its number in the pool, or <see langword="null"/> to remove the one of that name.</param>
    /// <param name="now">The time of the change.</param>
    /// <param name="maxRevisions">How many the history holds; negative for any number.</param>
    internal Slice Attach(Slice old, string name, int? number, DateTimeOffset now, int maxRevisions) =>
        Changed(old, parts => SetAttachment(parts, name, number), now, maxRevisions);

    /// <summary>Makes an entry with the content of one of its revisions; what it was goes to its history.</summary>
    /// <param name="old">The entry's element.</param>
    /// <param name="revision">The revision's element.</param>
    /// <param name="now">The time of the change.</param>
    /// <param name="maxRevisions">How many the history holds; negative for any number.</param>
    internal Slice Restore(Slice old, Slice revision, DateTimeOffset now, int maxRevisions)
    {
        var current = Parts.Of(old);
        var parts = Parts.Of(revision).Where(part => part.Name is not (Names.History or Names.Uuid or Names.PreviousParentGroup)).ToList();
        // Who it is and where it stands are not the revision's to say.
        foreach (var part in current.Where(part => part.Name is Names.Uuid or Names.PreviousParentGroup))
        {
            parts.Insert(part, PartOrder.Entry);
        }
        var movedAt = current.Find(Names.Times) is { } times ? Parts.Of(times.Slice).TimeOf(Names.LocationChanged) : now;
        SetTimes(parts, (Names.LastModificationTime, now), (Names.LastAccessTime, now), (Names.LocationChanged, movedAt));
        parts.Set(HistoryWith(old, current, maxRevisions), PartOrder.Entry);
        return scratch.Remake(old, Names.Entry, parts);
    }

    /// <summary>Makes an entry with other times, everything else as it was.</summary>
    internal Slice WithTimes(Slice old, params ReadOnlySpan<(string Name, DateTimeOffset Time)> times)
    {
        var parts = Parts.Of(old);
        SetTimes(parts, times);
        return scratch.Remake(old, Names.Entry, parts);
    }

    /// <summary>Makes an entry that stands in another group since now.</summary>
    internal Slice Moved(Slice old, ItemId previousGroup, DateTimeOffset now)
    {
        var parts = Parts.Of(old);
        SetTimes(parts, (Names.LocationChanged, now));
        parts.Set(scratch.Part(Names.PreviousParentGroup, previousGroup), PartOrder.Entry);
        return scratch.Remake(old, Names.Entry, parts);
    }

    /// <summary>Sets times in an element that has <c>Times</c>.</summary>
    internal void SetTimes(List<Part> parts, params ReadOnlySpan<(string Name, DateTimeOffset Time)> times)
    {
        var old = parts.Find(Names.Times) ?? NewTimes(times[0].Time);
        var children = Parts.Of(old.Slice);
        foreach (var (name, time) in times)
        {
            children.Set(scratch.Part(name, time), PartOrder.Times);
        }
        parts.Set(new Part(Names.Times, scratch.Remake(old.Slice, Names.Times, children)), PartOrder.Entry);
    }

    /// <summary>The <c>Times</c> of something new that never expires.</summary>
    internal Part NewTimes(DateTimeOffset now) => scratch.Part(Names.Times, output => WriteTimes(output, now, DateTimeOffset.MaxValue));

    private static void WriteTimes(XmlOutput output, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var expires = expiresAt != DateTimeOffset.MaxValue;
        output.Element(Names.CreationTime, now);
        output.Element(Names.LastModificationTime, now);
        output.Element(Names.LastAccessTime, now);
        output.Element(Names.ExpiryTime, expires ? expiresAt : now);
        output.Element(Names.Expires, expires);
        output.Element(Names.UsageCount, 0);
        output.Element(Names.LocationChanged, now);
    }

    /// <summary>The fields of a new entry, each name once.</summary>
    private static List<NewField> FieldsOf(ItemDraft draft)
    {
        List<NewField> fields = [.. _always.Select(name => NewField.Clear(name, ""))];
        var given = draft.Urls is { } urls
            ? draft.Fields.Where(field => !FieldName.IsUrl(field.Name)).Concat(FieldsOf(urls))
            : draft.Fields;
        foreach (var field in given)
        {
            var index = fields.FindIndex(other => other.Name == field.Name);
            if (index >= 0)
            {
                fields[index] = field;
            }
            else
            {
                fields.Add(field);
            }
        }
        fields.RemoveAll(field => field.Value is null && field.Secret is null);
        return fields;
    }

    /// <summary>All URLs, each as a field.</summary>
    private static IEnumerable<NewField> FieldsOf(IReadOnlyList<ItemUrl> urls) =>
        urls.Select((url, number) => NewField.Clear(
            number switch { 0 => FieldName.Url, 1 => Names.FurtherUrl, _ => $"{Names.FurtherUrl}_{number - 1}" }, url.Value));

    private Slice Changed(Slice old, Action<List<Part>> change, DateTimeOffset now, int maxRevisions)
    {
        var parts = Parts.Of(old);
        var history = HistoryWith(old, parts, maxRevisions);
        change(parts);
        SetTimes(parts, (Names.LastModificationTime, now), (Names.LastAccessTime, now));
        parts.Set(history, PartOrder.Entry);
        return scratch.Remake(old, Names.Entry, parts);
    }

    private void SetAttachment(List<Part> parts, string name, int? number)
    {
        parts.RemoveAll(part => part.Name == Names.Binary && KeyOf(part) == name);
        if (number is { } numberInPool)
        {
            var attachment = scratch.Part(Names.Binary, output =>
            {
                output.Element(Names.Key, name);
                output.Reference(numberInPool);
            });
            parts.Insert(attachment, PartOrder.Entry);
        }
    }

    private Part HistoryWith(Slice old, List<Part> parts, int maxRevisions)
    {
        var revisions = parts.Find(Names.History) is { } history ? Parts.Of(history.Slice) : [];
        var previous = parts.Where(part => part.Name != Names.History).ToList();
        revisions.Add(new Part(Names.Entry, scratch.Remake(old, Names.Entry, previous)));
        if (maxRevisions >= 0 && revisions.Count > maxRevisions)
        {
            revisions.RemoveRange(0, revisions.Count - maxRevisions);
        }
        return scratch.Part(Names.History, output => revisions.ForEach(revision => output.Copy(revision.Slice)));
    }

    private void Apply(List<Part> parts, ItemDraft draft)
    {
        foreach (var field in draft.Fields)
        {
            Set(parts, field);
        }
        if (draft.Urls is { } urls)
        {
            SetUrls(parts, urls);
        }
        if (draft.Kind is { } kind)
        {
            SetCustomData(parts, Names.KindKey, Word(kind));
        }
        if (draft.Tags is { } tags)
        {
            parts.Set(scratch.Part(Names.Tags, Joined(tags)), PartOrder.Entry);
        }
        if (draft.ExpiresAt is { } expiresAt)
        {
            SetExpiry(parts, expiresAt);
        }
    }

    private static string Joined(IReadOnlyList<string> tags) => string.Join(';', tags);

    private static string Word(ItemKind kind) => kind switch
    {
        ItemKind.Note => "note",
        ItemKind.Card => "card",
        ItemKind.Identity => "identity",
        _ => "login",
    };

    private void Set(List<Part> parts, NewField field)
    {
        var index = IndexOf(parts, field.Name);
        if (field.Value is null && field.Secret is null)
        {
            if (index >= 0)
            {
                parts.RemoveAt(index);
            }
            return;
        }
        // What is protected stays so.
        var isProtected = IsProtected(field) || (index >= 0 && Parts.Of(parts[index].Slice).Find(Names.Value) is { } old && Parts.IsProtected(old.Slice));
        var part = scratch.Part(Names.String, output => WriteField(output, field, isProtected));
        if (index >= 0)
        {
            parts[index] = part;
        }
        else
        {
            parts.Insert(part, PartOrder.Entry);
        }
    }

    /// <summary>Whether a field is protected whatever it was: a password always is, however the value arrived.</summary>
    private static bool IsProtected(NewField field) => field.Secret is not null || field.Name == FieldName.Password;

    private void SetUrls(List<Part> parts, IReadOnlyList<ItemUrl> urls)
    {
        parts.RemoveAll(part => part.Name == Names.String
            && KeyOf(part).StartsWith(Names.FurtherUrl, StringComparison.Ordinal));
        foreach (var field in FieldsOf(urls).DefaultIfEmpty(NewField.Clear(FieldName.Url, "")))
        {
            Set(parts, field);
        }
        var matchKinds = MatchKinds.Write(urls);
        SetCustomData(parts, Names.MatchKey, matchKinds.Length == 0 ? null : matchKinds);
    }

    private void SetExpiry(List<Part> parts, DateTimeOffset expiresAt)
    {
        var expires = expiresAt != DateTimeOffset.MaxValue;
        if (expires)
        {
            SetTimes(parts, (Names.ExpiryTime, expiresAt));
        }
        var times = parts.Find(Names.Times) ?? NewTimes(DateTimeOffset.MinValue);
        var children = Parts.Of(times.Slice);
        children.Set(scratch.Part(Names.Expires, expires ? "True" : "False"), PartOrder.Times);
        parts.Set(new Part(Names.Times, scratch.Remake(times.Slice, Names.Times, children)), PartOrder.Entry);
    }

    private void SetCustomData(List<Part> parts, string key, string? value)
    {
        var old = parts.Find(Names.CustomData);
        if (old is null && value is null)
        {
            return;
        }
        old ??= scratch.Part(Names.CustomData, "");
        var items = Parts.Of(old.Slice);
        CustomDataItems.Set(scratch, items, key, value, time: null);
        parts.Set(new Part(Names.CustomData, scratch.Remake(old.Slice, Names.CustomData, items)), PartOrder.Entry);
    }

    private static string KeyOf(Part field) => Parts.Of(field.Slice).TextOf(Names.Key);

    private static int IndexOf(List<Part> parts, string field) =>
        parts.FindIndex(part => part.Name == Names.String && KeyOf(part) == field);

    private static void WriteField(XmlOutput output, NewField field, bool isProtected)
    {
        output.Element(Names.Key, field.Name);
        if (field.Secret is { } secret)
        {
            output.ProtectedValue(secret.Span);
        }
        else if (isProtected)
        {
            var bytes = Encoding.UTF8.GetBytes(field.Value!);
            output.ProtectedValue(bytes);
            CryptographicOperations.ZeroMemory(bytes);
        }
        else
        {
            output.Element(Names.Value, field.Value);
        }
    }
}
