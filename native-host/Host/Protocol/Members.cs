using System.Runtime.InteropServices;
using System.Text.Json;

namespace Host.Protocol;

/// <summary>
/// Reads the members of one JSON object strictly: each is asked for by name and type, and in the end none may be left over. Every
/// departure is a <c>badMessage</c>.
/// </summary>
internal struct Members(JsonElement element)
{
    private int _read;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Limits.Depth, AllowDuplicateProperties = false };

    /// <summary>Parses a payload.</summary>
    /// <returns>The document, an object at its root, which the caller disposes before the payload is gone.</returns>
    /// <exception cref="ProtocolException">It is not one object of valid UTF-8 JSON without duplicates, at most 16 deep.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> payload)
    {
        if (!System.Text.Unicode.Utf8.IsValid(payload.Span))
        {
            throw ErrorKind.BadMessageError("the message is not UTF-8");
        }
        try
        {
            var document = JsonDocument.Parse(payload, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }
            document.Dispose();
        }
        catch (JsonException)
        {
            // Its message may quote the payload.
        }
        catch (InvalidOperationException)
        {
            // A member's name with a lone surrogate.
        }
        throw ErrorKind.BadMessageError("the message is not one JSON object, or repeats a member, or nests too deep");
    }

    /// <summary>A member that must be there.</summary>
    public JsonElement Need(string name) =>
        Find(name) ?? throw ErrorKind.BadMessageError($"the member {name} is missing");

    /// <summary>A text.</summary>
    public string Text(string name) => TextOf(Need(name), name);

    /// <summary>Whether a member is there. It still has to be read.</summary>
    public readonly bool Has(string name) => element.TryGetProperty(name, out _);

    /// <summary>A text that may be absent.</summary>
    public string? TextOrNull(string name) => Find(name) is { } value ? TextOf(value, name) : null;

    /// <summary>A text out of a closed set.</summary>
    public string Word(string name, params ReadOnlySpan<string> words) => WordOf(Text(name), name, words);

    /// <summary>A text out of a closed set that may be absent.</summary>
    public string? WordOrNull(string name, params ReadOnlySpan<string> words) =>
        TextOrNull(name) is { } text ? WordOf(text, name, words) : null;

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string name) => TextsOf(Need(name), name);

    /// <summary>A list of texts that may be absent.</summary>
    public IReadOnlyList<string>? TextsOrNull(string name) => Find(name) is { } value ? TextsOf(value, name) : null;

    /// <summary>A list of texts out of a closed set, none twice.</summary>
    public IReadOnlyList<string> Words(string name, params ReadOnlySpan<string> words)
    {
        var texts = Texts(name);
        for (var i = 0; i < texts.Count; i++)
        {
            WordOf(texts[i], name, words);
            for (var earlier = 0; earlier < i; earlier++)
            {
                if (texts[earlier] == texts[i])
                {
                    throw Wrong(name);
                }
            }
        }
        return texts;
    }

    /// <summary>A whole number.</summary>
    public int Number(string name) => NumberOf(Need(name), name);

    /// <summary>A whole number that may be absent.</summary>
    public int? NumberOrNull(string name) => Find(name) is { } value ? NumberOf(value, name) : null;

    /// <summary>A list of whole numbers.</summary>
    public IReadOnlyList<int> Numbers(string name)
    {
        var list = Need(name);
        return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(value => NumberOf(value, name))] : throw Wrong(name);
    }

    /// <summary>True or false.</summary>
    public bool Flag(string name) => FlagOf(Need(name), name);

    /// <summary>True or false that may be absent.</summary>
    public bool? FlagOrNull(string name) => Find(name) is { } value ? FlagOf(value, name) : null;

    /// <summary>A secret, which the caller disposes.</summary>
    public Secret Secret(string name) => SecretOf(Need(name), name);

    /// <summary>A secret that may be absent.</summary>
    public Secret? SecretOrNull(string name) => Find(name) is { } value ? SecretOf(value, name) : null;

    /// <summary>An object.</summary>
    public Members Object(string name) => ObjectOf(Need(name), name);

    /// <summary>An object that may be absent.</summary>
    public Members? ObjectOrNull(string name) => Find(name) is { } value ? ObjectOf(value, name) : null;

    /// <summary>A list of objects.</summary>
    public IReadOnlyList<T> Objects<T>(string name, Func<Members, T> read) => ObjectsOf(Need(name), name, read, _ => { });

    /// <summary>A list of objects that may be absent.</summary>
    /// <param name="name">The member.</param>
    /// <param name="read">Reads one.</param>
    /// <param name="forget">Zeroes the secrets of one that was read, when a later one cannot be.</param>
    public IReadOnlyList<T>? ObjectsOrNull<T>(string name, Func<Members, T> read, Action<T>? forget = null) =>
        Find(name) is { } value ? ObjectsOf(value, name, read, forget ?? (_ => { })) : null;

    /// <summary>Ends reading.</summary>
    /// <exception cref="ProtocolException">A member is there that nobody asked for.</exception>
    public readonly void Close()
    {
        if (_read != element.GetPropertyCount())
        {
            throw ErrorKind.BadMessageError("the message has a member that is not known here");
        }
    }

    private JsonElement? Find(string name)
    {
        if (!element.TryGetProperty(name, out var value))
        {
            return null;
        }
        _read++;
        return value;
    }

    private static ProtocolException Wrong(string name) => ErrorKind.BadMessageError($"the member {name} is not what it should be");

    private static string TextOf(JsonElement value, string name)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name);
        }
        catch (InvalidOperationException)
        {
            throw Wrong(name); // a lone surrogate
        }
    }

    private static string WordOf(string text, string name, ReadOnlySpan<string> words) => words.Contains(text) ? text : throw Wrong(name);

    private static List<string> TextsOf(JsonElement list, string name)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(name);
        }
        var texts = new List<string>(list.GetArrayLength());
        foreach (var text in list.EnumerateArray())
        {
            texts.Add(TextOf(text, name));
        }
        return texts;
    }

    private static List<T> ObjectsOf<T>(JsonElement list, string name, Func<Members, T> read, Action<T> forget)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(name);
        }
        var objects = new List<T>(list.GetArrayLength());
        try
        {
            foreach (var member in list.EnumerateArray())
            {
                objects.Add(read(ObjectOf(member, name)));
            }
            return objects;
        }
        catch (ProtocolException)
        {
            objects.ForEach(forget);
            throw;
        }
    }

    private static int NumberOf(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(name);

    private static bool FlagOf(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name),
    };

    private static Members ObjectOf(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object ? new Members(value) : throw Wrong(name);

    private static Secret SecretOf(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw Wrong(name);
        }
        // The raw bytes of the payload, quotes and escapes included: GetString would leave a string behind.
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(value));
        reader.Read();
        try
        {
            return Protocol.Secret.Read(ref reader);
        }
        catch (JsonException)
        {
            throw Wrong(name);
        }
    }
}
