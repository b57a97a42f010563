using System.Security.Cryptography;

namespace Contracts;

/// <summary>
/// The secret of an invitation: 128 bits that go from one person to another outside the server. What the server keeps, the id and
/// two authentication codes, does not yield it. See server/docs/sharing.md, "Invitation".
/// </summary>
public sealed class InvitationSecret : IDisposable
{
    /// <summary>How many bytes the secret has.</summary>
    public const int Bytes = 16;

    /// <summary>How many characters the code has, without hyphens.</summary>
    public const int CodeCharacters = SecretCharacters + CheckCharacters;

    private const int SecretCharacters = 26;
    private const int CheckCharacters = 2;
    private const int BitsPerCharacter = 5;
    private const int GroupCharacters = 4;
    private const int MacKeyBytes = 32;

    // Crockford's base 32: no I, L, O or U, so that what is read aloud or copied by hand comes back.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private readonly byte[] _secret;
    private readonly byte[] _keys;

    /// <summary>Takes 16 bytes, which the caller clears.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are more or fewer.</exception>
    public InvitationSecret(ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, Bytes);
        _secret = secret.ToArray();
        _keys = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, _secret, Id.Bytes + (2 * MacKeyBytes), salt: [], "latchkey/invitation-keys/1"u8.ToArray());
        Invitation = new Id(_keys.AsSpan(0, Id.Bytes));
    }

    /// <summary>The id under which the invitation lies at the server.</summary>
    public Id Invitation { get; }

    /// <summary>Makes a new secret.</summary>
    public static InvitationSecret New() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Reads a code as a person types it: capital or small, with hyphens or spaces or without, O for 0, I or L for 1.</summary>
    /// <returns><see langword="null"/> if it is not 28 characters of the alphabet, or its check does not fit: a typing error.</returns>
    public static InvitationSecret? TryParse(ReadOnlySpan<char> code)
    {
        Span<byte> digits = stackalloc byte[CodeCharacters];
        var count = 0;
        foreach (var character in code)
        {
            if (character is '-' or ' ')
            {
                continue;
            }
            var digit = Alphabet.IndexOf(Canonical(character), StringComparison.Ordinal);
            if (digit < 0 || count == CodeCharacters)
            {
                return null;
            }
            digits[count++] = (byte)digit;
        }
        Span<byte> secret = stackalloc byte[Bytes];
        try
        {
            if (count != CodeCharacters)
            {
                return null;
            }
            for (var bit = 0; bit < 8 * Bytes; bit++)
            {
                secret[bit / 8] |= (byte)((digits[bit / BitsPerCharacter] >> (BitsPerCharacter - 1 - (bit % BitsPerCharacter)) & 1) << (7 - (bit % 8)));
            }
            Span<byte> expected = stackalloc byte[CodeCharacters];
            WriteDigits(secret, expected);
            return digits.SequenceEqual(expected) ? new InvitationSecret(secret) : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(digits);
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>The code: 26 characters of the secret and 2 of its hash, in groups of four.</summary>
    public string ToCode()
    {
        Span<byte> digits = stackalloc byte[CodeCharacters];
        WriteDigits(_secret, digits);
        Span<char> code = stackalloc char[CodeCharacters + (CodeCharacters / GroupCharacters) - 1];
        code.Fill('-');
        for (var number = 0; number < CodeCharacters; number++)
        {
            code[number + (number / GroupCharacters)] = Alphabet[digits[number]];
        }
        return new string(code);
    }

    /// <summary>What the inviter leaves at the server so that the newcomer takes no other office, log or certificate.</summary>
    public byte[] AuthenticateInvitation(ReadOnlySpan<byte> invitation) => HMACSHA256.HashData(_keys.AsSpan(Id.Bytes, MacKeyBytes), invitation);

    /// <summary>What the newcomer sends with the member record so that the inviter takes no other keys.</summary>
    public byte[] AuthenticateAnswer(Id office, SignedRecord<MemberRecord> member)
    {
        var writer = new FieldWriter("join");
        writer.Add(office);
        writer.Add(member.Bytes);
        return HMACSHA256.HashData(_keys.AsSpan(Id.Bytes + MacKeyBytes), writer.ToArray());
    }

    /// <summary>Reads an invitation that lay at the server.</summary>
    /// <returns><see langword="null"/> if whoever has the secret did not leave exactly these bytes there.</returns>
    /// <exception cref="ContractException">Its maker has the secret, but the bytes are no invitation known here.</exception>
    public Invitation? Read(ReadOnlySpan<byte> invitation, ReadOnlySpan<byte> authentication) =>
        CryptographicOperations.FixedTimeEquals(AuthenticateInvitation(invitation), authentication)
            ? SignedRecord.Decode<Invitation>(invitation)
            : null;

    /// <summary>Whether an answer to the invitation comes from whoever has the secret.</summary>
    public bool IsAnswer(Id office, SignedRecord<MemberRecord> member, ReadOnlySpan<byte> authentication) =>
        CryptographicOperations.FixedTimeEquals(AuthenticateAnswer(office, member), authentication)
        && member.IsBy(member.Record.SigningKey);

    /// <summary>Clears the secret and its keys.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_secret);
        CryptographicOperations.ZeroMemory(_keys);
    }

    private static char Canonical(char character) => char.ToUpperInvariant(character) switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        var other => other,
    };

    /// <summary>128 bits in 26 digits, the last 2 bits zero, then the first 10 bits of the secret's SHA-256.</summary>
    private static void WriteDigits(ReadOnlySpan<byte> secret, Span<byte> digits)
    {
        digits.Clear();
        for (var bit = 0; bit < 8 * Bytes; bit++)
        {
            digits[bit / BitsPerCharacter] |= (byte)((secret[bit / 8] >> (7 - (bit % 8)) & 1) << (BitsPerCharacter - 1 - (bit % BitsPerCharacter)));
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(secret, hash);
        digits[SecretCharacters] = (byte)(hash[0] >> 3);
        digits[SecretCharacters + 1] = (byte)(((hash[0] & 7) << 2) | (hash[1] >> 6));
        CryptographicOperations.ZeroMemory(hash);
    }
}

/// <summary>
/// What an inviter leaves at the server, vouched for by a key from the secret and by no signature: the newcomer knows nobody's
/// key yet. The newcomer accepts no certificate and no log that does not fit it.
/// </summary>
public sealed record Invitation : IRecord<Invitation>
{
    private const string Type = "invitation";

    /// <summary>The office.</summary>
    public required Id Office { get; init; }

    /// <summary>A head that the log which is shown to the newcomer must have gone through.</summary>
    public required LogHead LogHead { get; init; }

    /// <summary>Where the server is.</summary>
    public required string Address { get; init; }

    /// <summary>The root keys by which it is known; none means a public certificate authority.</summary>
    public required IReadOnlyList<Hash> Pins { get; init; }

    /// <summary>What the newcomer is to be.</summary>
    public required Role Role { get; init; }

    /// <summary>The member who gets new keys; <see langword="null"/> for somebody new.</summary>
    public Id? Member { get; init; }

    /// <summary>Until when it is good, in milliseconds since 1970.</summary>
    public required long Expires { get; init; }

    /// <inheritdoc/>
    public static Invitation Read(ref FieldReader reader)
    {
        reader.RequireType(Type);
        return new()
        {
            Office = reader.Id(),
            LogHead = new LogHead(reader.Number(), reader.Hash()),
            Address = ServerAddress.ReadAddress(ref reader),
            Pins = ServerAddress.ReadPins(ref reader),
            Role = (Role)reader.Number((long)Role.Member, (long)Role.Owner),
            Member = reader.OptionalId(),
            Expires = reader.Number(),
        };
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        var writer = new FieldWriter(Type);
        writer.Add(Office);
        writer.Add(LogHead.Index);
        writer.Add(LogHead.Hash);
        writer.Add(Address);
        ServerAddress.AddPins(writer, Pins);
        writer.Add((long)Role);
        writer.Add(Member);
        writer.Add(Expires);
        return writer.ToArray();
    }
}
