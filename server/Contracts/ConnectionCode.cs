using System.Buffers.Text;

namespace Contracts;

/// <summary>
/// An owner's word for where the office's server is and what it is known by from now on, as a text that people hand on: it is for whom the log does not
/// reach, as they know the server by a root key that is lost, or at an address where it is no more. See server/docs/sharing.md, "Invitation".
/// </summary>
public sealed record ConnectionCode : IRecord<ConnectionCode>
{
    private const string Type = "connection";

    /// <summary>Longer than any, with the line breaks of a mail.</summary>
    private const int MostCharacters = 1000;

    /// <summary>The office.</summary>
    public required Id Office { get; init; }

    /// <summary>The log's head as its author knew it: what the log said up to there is void.</summary>
    public required LogHead Head { get; init; }

    /// <summary>SHA-256 of the subject public key info of each root key; none means a public certificate authority.</summary>
    public required IReadOnlyList<Hash> Pins { get; init; }

    /// <summary>Where to connect, as <see cref="ServerAddress.IsOne"/> has it.</summary>
    public required string Address { get; init; }

    /// <summary>Who signed it.</summary>
    public required Id Author { get; init; }

    /// <summary>The text that people hand on: base64url of signature and signed bytes.</summary>
    public static string ToText(SignedRecord<ConnectionCode> code) => Base64Url.EncodeToString([.. code.Signature, .. code.Bytes]);

    /// <summary>Reads such a text, with line breaks and spaces or without.</summary>
    /// <returns><see langword="null"/> if it is none. Whose signature it has is not asked.</returns>
    public static SignedRecord<ConnectionCode>? TryParse(string text)
    {
        if (text.Length > MostCharacters)
        {
            return null;
        }
        try
        {
            var bytes = Base64Url.DecodeFromChars(string.Concat(text.Where(character => !char.IsWhiteSpace(character)))).AsSpan();
            return bytes.Length > SigningKey.SignatureBytes
                ? SignedRecord.Decode<ConnectionCode>(bytes[SigningKey.SignatureBytes..], bytes[..SigningKey.SignatureBytes])
                : null;
        }
        catch (Exception refused) when (refused is FormatException or ContractException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public static ConnectionCode Read(ref FieldReader reader)
    {
        reader.RequireType(Type);
        return new()
        {
            Office = reader.Id(),
            Head = new LogHead(reader.Number(), reader.Hash()),
            Pins = ServerAddress.ReadPins(ref reader),
            Address = ServerAddress.ReadAddress(ref reader),
            Author = reader.Id(),
        };
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        var writer = new FieldWriter(Type);
        writer.Add(Office);
        writer.Add(Head.Index);
        writer.Add(Head.Hash);
        ServerAddress.AddPins(writer, Pins);
        writer.Add(Address);
        writer.Add(Author);
        return writer.ToArray();
    }
}
