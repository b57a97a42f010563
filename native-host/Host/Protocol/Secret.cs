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

    internal Secret(byte[] pinned) => _bytes = pinned;

    /// <summary>The bytes. Do not keep the span beyond <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Utf8 => _bytes;

    /// <summary>Zeroes the bytes.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);

    /// <summary>Says nothing.</summary>
    public override string ToString() => "(secret)";
}

/// <summary>Reads and writes a <see cref="Secret"/> as a JSON string without making a <c>string</c> of it.</summary>
internal sealed class SecretConverter : JsonConverter<Secret>
{
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
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
            var exact = GC.AllocateUninitializedArray<byte>(length, pinned: true);
            buffer.AsSpan(0, length).CopyTo(exact);
            CryptographicOperations.ZeroMemory(buffer);
            return new Secret(exact);
        }
        catch (InvalidOperationException)
        {
            CryptographicOperations.ZeroMemory(buffer);
            throw new JsonException(); // invalid UTF-8 or a lone surrogate
        }
    }

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Utf8);
}
