using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Host.Protocol;

/// <summary>
/// A secret inside a message: UTF-8 bytes in a pinned array of its own, zeroed on dispose. Never a <c>string</c>; has no
/// <c>ToString</c> worth having, no equality.
/// </summary>
[JsonConverter(typeof(SecretConverter))]
public sealed class Secret : IDisposable
{
    private readonly byte[] _bytes;

    /// <summary>Copies bytes, which the caller clears.</summary>
    public Secret(ReadOnlySpan<byte> utf8)
    {
        _bytes = GC.AllocateUninitializedArray<byte>(utf8.Length, pinned: true);
        utf8.CopyTo(_bytes);
    }

    private Secret(byte[] pinned) => _bytes = pinned;

    /// <summary>The bytes. Do not keep the span beyond <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Utf8 => _bytes;

    /// <summary>Zeroes the bytes.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);

    /// <summary>Says nothing.</summary>
    public override string ToString() => "(secret)";

    /// <summary>Reads the JSON string that a reader stands on, without making a <c>string</c> of it.</summary>
    /// <exception cref="JsonException">It is not a string, not valid UTF-8, or has a lone surrogate.</exception>
    internal static Secret Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }
        var longest = reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;
        var buffer = GC.AllocateUninitializedArray<byte>(longest, pinned: true);
        try
        {
            var length = reader.CopyString(buffer);
            if (length == longest)
            {
                return new Secret(buffer);
            }
            var exact = new Secret(buffer.AsSpan(0, length));
            CryptographicOperations.ZeroMemory(buffer);
            return exact;
        }
        catch (InvalidOperationException)
        {
            CryptographicOperations.ZeroMemory(buffer);
            throw new JsonException();
        }
    }

    /// <summary>The base64 of bytes, which the caller clears.</summary>
    internal static Secret Base64Of(ReadOnlySpan<byte> bytes)
    {
        var text = GC.AllocateUninitializedArray<byte>(Base64.GetMaxEncodedToUtf8Length(bytes.Length), pinned: true);
        Base64.EncodeToUtf8(bytes, text, out _, out _);
        return new Secret(text);
    }

    /// <summary>The bytes that this is the base64 of, without white space.</summary>
    /// <returns>The bytes, which the caller clears, or <see langword="null"/> if it is none.</returns>
    internal byte[]? FromBase64()
    {
        // The decoder passes over white space; then what it read is longer than the content's own base64.
        if (!Base64.IsValid(_bytes, out var length) || Base64.GetMaxEncodedToUtf8Length(length) != _bytes.Length)
        {
            return null;
        }
        var bytes = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        return Base64.DecodeFromUtf8(_bytes, bytes, out _, out _) == OperationStatus.Done ? bytes : null;
    }

    /// <summary>Writes a JSON string. By hand: the writer's own escaping leaves copies in a shared pool.</summary>
    internal void WriteTo(Utf8JsonWriter writer)
    {
        const int longestEscape = 6; // \u0000
        var escaped = GC.AllocateUninitializedArray<byte>(EscapedBytes() + 2, pinned: true);
        var length = 0;
        escaped[length++] = (byte)'"';
        foreach (var value in _bytes)
        {
            if (value is (byte)'"' or (byte)'\\')
            {
                escaped[length++] = (byte)'\\';
                escaped[length++] = value;
            }
            else if (value < 0x20)
            {
                "\\u00"u8.CopyTo(escaped.AsSpan(length));
                escaped[length + 4] = "0123456789abcdef"u8[value >> 4];
                escaped[length + 5] = "0123456789abcdef"u8[value & 15];
                length += longestEscape;
            }
            else
            {
                escaped[length++] = value;
            }
        }
        escaped[length++] = (byte)'"';
        writer.WriteRawValue(escaped.AsSpan(0, length), skipInputValidation: true);
        CryptographicOperations.ZeroMemory(escaped);

        // Exactly, and not six for each: an attachment is long.
        int EscapedBytes()
        {
            var bytes = 0;
            foreach (var value in _bytes)
            {
                bytes = checked(bytes + (value < 0x20 ? longestEscape : value is (byte)'"' or (byte)'\\' ? 2 : 1));
            }
            return bytes;
        }
    }
}

/// <summary>Puts a <see cref="Secret"/> through generated code without making a <c>string</c> of it.</summary>
internal sealed class SecretConverter : JsonConverter<Secret>
{
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Secret.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => value.WriteTo(writer);
}
