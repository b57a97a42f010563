using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Contracts.Wire;

/// <summary>Bytes as base64url, in one spelling.</summary>
internal sealed class BytesConverter : JsonConverter<ReadOnlyMemory<byte>>
{
    public override ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // No character of base64url is ever escaped, and a body comes in one piece.
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || reader.HasValueSequence)
        {
            throw new JsonException();
        }
        // One spelling: the decoder refuses unused bits, and with padding or white space there would be fewer bytes than so many characters give.
        var text = reader.ValueSpan;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return text.Length % 4 != 1 // which no bytes give
            && Base64Url.DecodeFromUtf8(text, bytes, out _, out var written) == OperationStatus.Done
            && written == bytes.Length
                ? bytes
                : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options)
    {
        var length = Base64Url.GetEncodedLength(value.Length);
        var text = ArrayPool<byte>.Shared.Rent(length);
        Base64Url.EncodeToUtf8(value.Span, text);
        writer.WriteStringValue(text.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(text);
    }
}

/// <summary>Ids as 22 characters.</summary>
internal sealed class IdConverter : JsonConverter<Id>
{
    public override Id Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || reader.HasValueSequence || reader.ValueSpan.Length != Id.Characters)
        {
            throw new JsonException();
        }
        Span<char> text = stackalloc char[Id.Characters];
        return reader.CopyString(text) == Id.Characters && Id.TryParse(text) is { } id ? id : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, Id value, JsonSerializerOptions options)
    {
        Span<byte> bytes = stackalloc byte[Id.Bytes];
        Span<byte> text = stackalloc byte[Id.Characters];
        value.CopyTo(bytes);
        Base64Url.EncodeToUtf8(bytes, text);
        writer.WriteStringValue(text);
    }
}

/// <summary>The values of an enumeration as words, lower case with hyphens, and nothing else.</summary>
internal sealed class WordConverter<T> : JsonConverter<T> where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values = Enum.GetValues<T>().ToDictionary(WireWords.Of);
    private static readonly Dictionary<T, JsonEncodedText> Words = Enum.GetValues<T>().ToDictionary(value => value, value => JsonEncodedText.Encode(WireWords.Of(value)));

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Values.TryGetValue(reader.GetString()!, out var value) ? value : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Words[value]);
}

/// <summary>How a value of an enumeration is called on the wire.</summary>
public static class WireWords
{
    /// <summary>Such as <c>epoch-due</c> for <see cref="ItemRefusal.EpochDue"/>.</summary>
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
