using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Contracts.Wire;

/// <summary>
/// The JSON of requests and answers, read strictly: an unknown, repeated or missing member, a null where none may be, another spelling
/// of bytes, or anything behind the value is refused. Bytes and ids are base64url without padding (RFC 4648, section 5).
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    MaxDepth = 8,
    Converters =
    [
        typeof(BytesConverter),
        typeof(IdConverter),
        typeof(WordConverter<WireErrorKind>),
        typeof(WordConverter<WireChangeKind>),
        typeof(WordConverter<WireEventKind>),
        typeof(WordConverter<Right>),
    ])]
[JsonSerializable(typeof(WireLog))]
[JsonSerializable(typeof(WireAccess))]
[JsonSerializable(typeof(WireEnvelope))]
[JsonSerializable(typeof(WireLogEntry))]
[JsonSerializable(typeof(WireInvitation))]
[JsonSerializable(typeof(WireAnswer))]
[JsonSerializable(typeof(WireSigned))]
[JsonSerializable(typeof(WireWrap))]
[JsonSerializable(typeof(WireError))]
[JsonSerializable(typeof(WireServer))]
[JsonSerializable(typeof(WireGenesis))]
[JsonSerializable(typeof(WireGroupKeys))]
[JsonSerializable(typeof(WireTransaction))]
[JsonSerializable(typeof(WireItem))]
[JsonSerializable(typeof(WirePart))]
[JsonSerializable(typeof(WireFile))]
[JsonSerializable(typeof(WirePositions))]
[JsonSerializable(typeof(WireChanges))]
[JsonSerializable(typeof(WireHint))]
[JsonSerializable(typeof(WireInvitations))]
[JsonSerializable(typeof(WireAnswers))]
[JsonSerializable(typeof(WireRequest))]
[JsonSerializable(typeof(WireEvents))]
[JsonSerializable(typeof(WireAuditChains))]
[JsonSerializable(typeof(WireAudit))]
[JsonSerializable(typeof(WireDependents))]
public sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>Reads one value.</summary>
    /// <exception cref="ContractException">The text is too long, not JSON, or not that value.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type) where T : class
    {
        if (utf8.Length > Limits.BodyBytes)
        {
            throw ContractException.TooLarge("bytes of a body", Limits.BodyBytes);
        }
        T value;
        try
        {
            value = JsonSerializer.Deserialize(utf8, type) ?? throw ContractException.Malformed("the JSON is null");
        }
        catch (JsonException)
        {
            // The text of the exception may quote what was sent.
            throw ContractException.Malformed("the JSON is not the value that is asked for");
        }
        (value as IListed)?.CheckLists();
        return value;
    }

    /// <summary>Writes one value.</summary>
    public static byte[] Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    internal static void Check<T>(IReadOnlyList<T> list, int most) where T : class
    {
        CheckCount(list.Count, most);
        // What says that nothing is null counts for members only, not for what is in a list.
        if (list.Any(entry => entry is null))
        {
            throw ContractException.Malformed("an entry of a list is null");
        }
    }

    internal static void CheckCount(int count, int most)
    {
        if (count > most)
        {
            throw ContractException.TooLarge("entries of a list", most);
        }
    }
}
