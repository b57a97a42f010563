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
        var text = reader.ValueSpan;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromUtf8(text, bytes, out _, out var written) != OperationStatus.Done)
        {
            throw new JsonException();
        }
        var decoded = bytes.AsSpan(0, written);
        // One spelling: no padding, no white space, no unused bits.
        return text.SequenceEqual(Base64Url.EncodeToUtf8(decoded)) ? decoded.ToArray() : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Base64Url.EncodeToUtf8(value.Span));
}

/// <summary>Ids as 22 characters.</summary>
internal sealed class IdConverter : JsonConverter<Id>
{
    public override Id Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        (reader.TokenType == JsonTokenType.String ? Id.TryParse(reader.GetString()) : null) ?? throw new JsonException();

    public override void Write(Utf8JsonWriter writer, Id value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>The values of an enumeration as words, lower case with hyphens, and nothing else.</summary>
internal sealed class WordConverter<T> : JsonConverter<T> where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values = Enum.GetValues<T>().ToDictionary(WireWords.Of);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Values.TryGetValue(reader.GetString()!, out var value) ? value : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(WireWords.Of(value));
}

/// <summary>How a value of an enumeration is called on the wire.</summary>
public static class WireWords
{
    /// <summary>Such as <c>epoch-due</c> for <see cref="ItemRefusal.EpochDue"/>.</summary>
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
