using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Contracts;

namespace Office.Content;

/// <summary>
/// Reads and writes the JSON of an item's content. Colleagues wrote it, so it is read strictly: counts and lengths are checked, no
/// member comes twice; but members that are not known are kept. See native-host/docs/office.md, "Content".
/// </summary>
public static class ContentJson
{
    /// <summary>Fields of a body.</summary>
    internal const int MaxFields = 500;

    /// <summary>URLs, and tags, of a body.</summary>
    internal const int MaxTexts = 500;

    /// <summary>Characters of a name of a field, a tag or a kind.</summary>
    internal const int MaxNameCharacters = 1000;

    private static readonly string[] _members =
        ["name", "value", "protected", "url", "match", "v", "kind", "fields", "urls", "tags", "history", "expiresAt", "removedAt", "until", "by"];

    private const int MaxUnknown = 100;
    private const int MaxDepth = 16;

    /// <summary>Reads a content.</summary>
    /// <param name="utf8">What an envelope held.</param>
    /// <returns>The content, which the caller disposes, or <see langword="null"/> if it is none.</returns>
    public static ItemContent? TryRead(ReadOnlySpan<byte> utf8)
    {
        // Values in the buffers of the parser would outlive it: the reader gives them as spans of what the caller clears.
        try
        {
            if (!System.Text.Unicode.Utf8.IsValid(utf8))
            {
                return null;
            }
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
            Next(ref reader, JsonTokenType.StartObject);
            var content = ReadContent(ref reader, utf8);
            return reader.Read() ? null : content;
        }
        catch (Exception refused) when (refused is JsonException or InvalidOperationException)
        {
            // Not JSON, or a text with a lone surrogate in an escape; the message may quote it.
            return null;
        }
    }

    /// <summary>Writes a content.</summary>
    /// <returns>UTF-8, which the caller clears.</returns>
    /// <exception cref="InvalidOperationException">It is of a later version.</exception>
    public static byte[] Write(ItemContent content)
    {
        if (!content.IsWritable)
        {
            throw new InvalidOperationException("a content of a later version is never written");
        }
        // All at once: a buffer that grew would leave copies of secrets behind.
        var buffer = new ArrayBufferWriter<byte>(MostBytesOf(content));
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = false }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("v"u8, content.Version);
            writer.WriteString("kind"u8, content.Kind);
            WriteBody(writer, content.Body);
            if (content.RemovedAt is { } removedAt)
            {
                writer.WriteNumber("removedAt"u8, removedAt);
            }
            writer.WriteStartArray("history"u8);
            foreach (var revision in content.History)
            {
                writer.WriteStartObject();
                writer.WriteNumber("until"u8, revision.Until);
                writer.WriteString("by"u8, revision.By.ToString());
                WriteBody(writer, revision.Body);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        var bytes = buffer.WrittenSpan.ToArray();
        buffer.Clear(); // zeroes what it held
        return bytes;
    }

    /// <summary>More than its JSON has: a character escaped is six times as long at the most.</summary>
    private static int MostBytesOf(ItemContent content)
    {
        const int Escaped = 6, AroundIt = 64;
        static int Unknown(IEnumerable<UnknownMember> members) => members.Sum(member => (Escaped * member.Name.Length) + member.Json.Length + AroundIt);
        static int Body(ContentBody body) => AroundIt
            + body.Fields.Sum(field => (Escaped * (field.Name.Length + field.Value.Length)) + AroundIt + Unknown(field.Unknown))
            + body.Urls.Sum(url => (Escaped * (url.Url.Length + url.Match.Length)) + AroundIt)
            + body.Tags.Sum(tag => (Escaped * tag.Length) + AroundIt)
            + Unknown(body.Unknown);
        return (4 * AroundIt) + (Escaped * content.Kind.Length) + Body(content.Body)
            + content.History.Sum(revision => AroundIt + Body(revision.Body));
    }

    private static ItemContent ReadContent(ref Utf8JsonReader reader, ReadOnlySpan<byte> all)
    {
        int? version = null;
        string? kind = null;
        List<ContentRevision>? history = null;
        long? removedAt = null;
        var body = new BodyReader();
        while (NextMember(ref reader) is { } name)
        {
            switch (name)
            {
                case "v" when version is null:
                    version = (int)Number(ref reader, int.MaxValue);
                    break;
                case "kind" when kind is null:
                    kind = Text(ref reader, MaxNameCharacters);
                    break;
                case "history" when history is null:
                    history = ReadHistory(ref reader, all);
                    break;
                case "removedAt" when removedAt is null:
                    removedAt = Number(ref reader, MaxTime);
                    break;
                case "v" or "kind" or "history" or "removedAt":
                    throw new JsonException();
                default:
                    body.Take(name, ref reader, all);
                    break;
            }
        }
        return version is >= ItemContent.CurrentVersion && kind is { Length: > 0 }
            ? new ItemContent { Version = version.Value, Kind = kind, Body = body.Close(), History = history ?? [], RemovedAt = removedAt }
            : throw new JsonException();
    }

    private static List<ContentRevision> ReadHistory(ref Utf8JsonReader reader, ReadOnlySpan<byte> all)
    {
        var history = new List<ContentRevision>();
        Next(ref reader, JsonTokenType.StartArray);
        while (NextObject(ref reader, history.Count, ItemContent.MaxRevisions))
        {
            long? until = null;
            Id? by = null;
            var body = new BodyReader();
            while (NextMember(ref reader) is { } name)
            {
                switch (name)
                {
                    case "until" when until is null:
                        until = Number(ref reader, Limits.NumbersBelow - 1);
                        break;
                    case "by" when by is null:
                        by = Id.TryParse(Text(ref reader, Id.Characters));
                        break;
                    case "until" or "by":
                        throw new JsonException();
                    default:
                        body.Take(name, ref reader, all);
                        break;
                }
            }
            history.Add(until is { } time && by is { } author ? new ContentRevision(time, author, body.Close()) : throw new JsonException());
        }
        return history;
    }

    private static void WriteBody(Utf8JsonWriter writer, ContentBody body)
    {
        writer.WriteStartArray("fields"u8);
        foreach (var field in body.Fields)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, field.Name);
            writer.WriteString("value"u8, field.Value);
            if (field.IsProtected)
            {
                writer.WriteBoolean("protected"u8, true);
            }
            WriteUnknown(writer, field.Unknown);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("urls"u8);
        foreach (var url in body.Urls)
        {
            writer.WriteStartObject();
            writer.WriteString("url"u8, url.Url);
            writer.WriteString("match"u8, url.Match);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("tags"u8);
        foreach (var tag in body.Tags)
        {
            writer.WriteStringValue(tag);
        }
        writer.WriteEndArray();
        if (body.ExpiresAt is { } expiresAt)
        {
            writer.WriteNumber("expiresAt"u8, expiresAt);
        }
        WriteUnknown(writer, body.Unknown);
    }

    private static void WriteUnknown(Utf8JsonWriter writer, IReadOnlyList<UnknownMember> unknown)
    {
        foreach (var member in unknown)
        {
            writer.WritePropertyName(member.Name);
            writer.WriteRawValue(member.Json);
        }
    }

    /// <summary>Collects the members that a content and a revision have in common.</summary>
    private struct BodyReader()
    {
        private List<ContentField>? _fields;
        private List<ContentUrl>? _urls;
        private List<string>? _tags;
        private long? _expiresAt;
        private List<UnknownMember>? _unknown;

        public void Take(string name, ref Utf8JsonReader reader, ReadOnlySpan<byte> all)
        {
            switch (name)
            {
                case "fields" when _fields is null:
                    _fields = ReadFields(ref reader, all);
                    break;
                case "urls" when _urls is null:
                    _urls = ReadUrls(ref reader);
                    break;
                case "tags" when _tags is null:
                    _tags = ReadTags(ref reader);
                    break;
                case "expiresAt" when _expiresAt is null:
                    _expiresAt = Number(ref reader, MaxTime);
                    break;
                case "fields" or "urls" or "tags" or "expiresAt":
                    throw new JsonException();
                default:
                    Keep(ref _unknown, name, ref reader, all);
                    break;
            }
        }

        public readonly ContentBody Close() => new()
        {
            Fields = _fields ?? throw new JsonException(),
            Urls = _urls ?? [],
            Tags = _tags ?? [],
            ExpiresAt = _expiresAt,
            Unknown = _unknown ?? [],
        };
    }

    private static readonly long MaxTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private static List<ContentField> ReadFields(ref Utf8JsonReader reader, ReadOnlySpan<byte> all)
    {
        var fields = new List<ContentField>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        Next(ref reader, JsonTokenType.StartArray);
        while (NextObject(ref reader, fields.Count, MaxFields))
        {
            string? name = null;
            byte[]? value = null;
            bool? isProtected = null;
            List<UnknownMember>? unknown = null;
            while (NextMember(ref reader) is { } member)
            {
                switch (member)
                {
                    case "name" when name is null:
                        name = Text(ref reader, MaxNameCharacters);
                        break;
                    case "value" when value is null:
                        value = Bytes(ref reader);
                        break;
                    case "protected" when isProtected is null:
                        isProtected = Flag(ref reader);
                        break;
                    case "name" or "value" or "protected":
                        throw new JsonException();
                    default:
                        Keep(ref unknown, member, ref reader, all);
                        break;
                }
            }
            if (name is not { Length: > 0 } || value is null || !names.Add(name))
            {
                throw new JsonException();
            }
            fields.Add(new ContentField(name, value, isProtected ?? false) { Unknown = unknown ?? [] });
        }
        return fields;
    }

    private static List<ContentUrl> ReadUrls(ref Utf8JsonReader reader)
    {
        var urls = new List<ContentUrl>();
        Next(ref reader, JsonTokenType.StartArray);
        while (NextObject(ref reader, urls.Count, MaxTexts))
        {
            string? url = null, match = null;
            while (NextMember(ref reader) is { } member)
            {
                switch (member)
                {
                    case "url" when url is null:
                        url = Text(ref reader, Limits.PaddedItemBytes);
                        break;
                    case "match" when match is null:
                        match = Text(ref reader, MaxNameCharacters);
                        break;
                    default:
                        throw new JsonException();
                }
            }
            urls.Add(url is not null && match is not null ? new ContentUrl(url, match) : throw new JsonException());
        }
        return urls;
    }

    private static List<string> ReadTags(ref Utf8JsonReader reader)
    {
        var tags = new List<string>();
        Next(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            tags.Add(tags.Count < MaxTexts ? TextHere(ref reader, MaxNameCharacters) : throw new JsonException());
        }
        return tags;
    }

    private static void Next(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new JsonException();
        }
    }

    /// <summary>Goes to the next object of a list, of which so many were read.</summary>
    /// <returns>Whether there is one; otherwise the list has ended.</returns>
    private static bool NextObject(ref Utf8JsonReader reader, int read, int most)
    {
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }
        return reader.TokenType == JsonTokenType.StartObject && read < most ? true : throw new JsonException();
    }

    private static string? NextMember(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            return null;
        }
        foreach (var known in _members)
        {
            if (reader.ValueTextEquals(known))
            {
                return known; // a string for each member of each field would be most of what reading leaves behind
            }
        }
        return reader.GetString()!;
    }

    private static string Text(ref Utf8JsonReader reader, int most)
    {
        reader.Read();
        return TextHere(ref reader, most);
    }

    private static string TextHere(ref Utf8JsonReader reader, int most) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && text.Length <= most ? text : throw new JsonException();

    private static byte[] Bytes(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }
        var buffer = new byte[reader.ValueSpan.Length];
        var length = reader.CopyString(buffer);
        if (length == buffer.Length)
        {
            return buffer;
        }
        var value = buffer[..length];
        CryptographicOperations.ZeroMemory(buffer);
        return value;
    }

    private static bool Flag(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : throw new JsonException();
    }

    private static long Number(ref Utf8JsonReader reader, long most)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) && number >= 0 && number <= most
            ? number
            : throw new JsonException();
    }

    private static void Keep(ref List<UnknownMember>? unknown, string name, ref Utf8JsonReader reader, ReadOnlySpan<byte> all)
    {
        unknown ??= [];
        if (unknown.Count == MaxUnknown || unknown.Exists(member => member.Name == name) || !reader.Read())
        {
            throw new JsonException();
        }
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        unknown.Add(new UnknownMember(name, all[start..(int)reader.BytesConsumed].ToArray()));
    }
}
