using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Contracts;
using Vault;
using Vault.Crypto;
using Vault.Matching;
using Vault.Sharing;

namespace Office;

/// <summary>Where a server is, and what it is known by.</summary>
/// <param name="Addresses">Where to connect, in order of preference; at least one.</param>
/// <param name="Pins">Its root keys; none means a public authority.</param>
/// <param name="Since">The log's index up to which what the log says of it is void; -1 if all of it counts.</param>
public sealed record KnownServer(IReadOnlyList<string> Addresses, IReadOnlyList<Hash> Pins, long Since)
{
    /// <summary>Where to connect first, and by which people know the office.</summary>
    public string Address => Addresses[0];
}

/// <summary>
/// Who a person is in one office, with the keys made for it. Stands as an item in the vault in which the person joined: what it says is
/// written there before anything depends on it. See native-host/docs/office.md, "Membership".
/// </summary>
public sealed class Membership : IDisposable
{
    /// <summary>The folder of the own vault for such items.</summary>
    public const string Folder = "Offices";

    private const string FactsField = "Latchkey.Office";
    private const string KeysField = "Latchkey.OfficeKeys";
    private const string HeadField = "Latchkey.OfficeHead";
    private const string PinsField = "Latchkey.OfficePins";
    private const string EntryField = "Latchkey.OfficeEntry";
    private const string None = "-";
    private const int ShareKeyBytes = 32;
    private const int KeysBytes = SigningKey.Bytes + AgreementKey.Bytes;

    private readonly SealedSecret _shareKey;
    private volatile KnownServer _server;

    private Membership(
        Id office, Id member, KnownServer server, Id? invitation, SigningKey signing, AgreementKey agreement, ReadOnlySpan<byte> shareKey)
    {
        (Office, Member, _server, Invitation, Signing, Agreement) = (office, member, server, invitation, signing, agreement);
        _shareKey = new SealedSecret(shareKey);
    }

    /// <summary>The office.</summary>
    public Id Office { get; }

    /// <summary>Our id there.</summary>
    public Id Member { get; }

    /// <summary>Where its server is.</summary>
    public string Address => Server.Address;

    /// <summary>The server, as the log says or an owner has vouched since. It may become another at any time; on whatever thread.</summary>
    public KnownServer Server
    {
        get => _server;
        internal set => _server = value;
    }

    /// <summary>The invitation that was answered; <see langword="null"/> for who founded the office.</summary>
    public Id? Invitation { get; }

    /// <summary>What we sign with.</summary>
    public SigningKey Signing { get; }

    /// <summary>What others wrap for.</summary>
    public AgreementKey Agreement { get; }

    /// <summary>How the office's vault is named: <c>[server:port]</c>.</summary>
    public string Name => NameOf(Address);

    /// <summary>The beginning of its files' names: the first 16 hexadecimal digits of the office's id.</summary>
    public string FileName => Convert.ToHexStringLower(Office.ToArray())[..16];

    /// <summary>How the vault of the office at an address is named.</summary>
    public static string NameOf(string address) => $"[{new Uri(address).Authority}]";

    /// <summary>Makes new keys for an office.</summary>
    public static Membership New(Id office, Id member, string address, IReadOnlyList<Hash> pins, Id? invitation, SigningKey signing, AgreementKey agreement)
    {
        var shareKey = RandomNumberGenerator.GetBytes(ShareKeyBytes);
        try
        {
            return new Membership(office, member, new KnownServer([address], pins, Since: -1), invitation, signing, agreement, shareKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(shareKey);
        }
    }

    /// <summary>The memberships that a vault holds.</summary>
    public static IEnumerable<ItemId> ItemsIn(VaultFile own) => own.ItemsIn(Folder).Select(item => item.Id);

    /// <summary>Reads a membership from its item.</summary>
    /// <returns>The membership, which the caller disposes, or <see langword="null"/> if the item is none.</returns>
    public static Membership? TryRead(VaultFile own, ItemId item)
    {
        using var facts = own.OpenField(item, FactsField);
        using var keys = own.OpenField(item, KeysField);
        using var shareKey = own.OpenField(item, FieldName.Password);
        if (facts is null || keys is null || shareKey is null || own.Find(item) is not { Urls: [var url, ..] } || !ServerAddress.IsOne(url.Value)
            || Encoding.UTF8.GetString(facts.Span).Split(' ') is not [var office, var member, var invitation, var pins]
            || Id.TryParse(office) is not { } officeId || Id.TryParse(member) is not { } memberId
            || (invitation != None && Id.TryParse(invitation) is null)
            || ReadPins(pins) is not { } pinned)
        {
            return null;
        }
        Span<byte> bytes = stackalloc byte[KeysBytes + ShareKeyBytes];
        try
        {
            return Base64Url.TryDecodeFromUtf8(keys.Span, bytes, out var count) && count == KeysBytes
                && Base64Url.TryDecodeFromUtf8(shareKey.Span, bytes[KeysBytes..], out count) && count == ShareKeyBytes
                ? new Membership(
                    officeId, memberId, PinsIn(own, item, url.Value) ?? new KnownServer([url.Value], pinned, Since: -1), Id.TryParse(invitation),
                    SigningKey.Import(bytes[..SigningKey.Bytes]), AgreementKey.Import(bytes[SigningKey.Bytes..KeysBytes]), bytes[KeysBytes..])
                : null;
        }
        catch (Exception refused) when (refused is CryptographicException or FormatException or ArgumentException)
        {
            return null; // spoilt by another program
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>The log's head that an item remembers, so that losing the copy does not lose the memory of the log.</summary>
    public static LogHead? HeadIn(VaultFile own, ItemId item)
    {
        using var field = own.OpenField(item, HeadField);
        return field is not null && Encoding.UTF8.GetString(field.Span).Split(' ') is [var index, var hash]
            && long.TryParse(index, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            && Hash.TryParse(hash) is { } known
            ? new LogHead(number, known)
            : null;
    }

    /// <summary>Remembers the log's head in the item.</summary>
    public static void SetHead(VaultFile own, ItemId item, LogHead head) =>
        own.Update(item, new ItemDraft { Fields = [NewField.Clear(HeadField, $"{head.Index} {head.Hash}")] });

    /// <summary>Whether an item remembers a server as it is, but for its further addresses.</summary>
    public static bool Remembers(VaultFile own, ItemId item, KnownServer server) =>
        own.Find(item) is { Urls: [var url, ..] } && url.Value == server.Address
        && (PinsIn(own, item, url.Value) is { } known ? known.Since == server.Since && known.Pins.SequenceEqual(server.Pins) : server.Since == -1);

    /// <summary>Remembers in the item where the server is and what it is known by.</summary>
    public static void SetServer(VaultFile own, ItemId item, KnownServer server) => own.Update(item, new ItemDraft
    {
        Fields = [NewField.Clear(FieldName.Title, NameOf(server.Address)), NewField.Clear(PinsField, $"{server.Since} {WritePins(server.Pins)}")],
        Urls = [new ItemUrl(server.Address, MatchKind.Never)],
    });

    /// <summary>Puts the membership into a vault.</summary>
    /// <param name="own">The own vault; the caller writes it.</param>
    /// <returns>The item.</returns>
    public ItemId AddTo(VaultFile own)
    {
        Span<byte> keys = stackalloc byte[KeysBytes];
        var (signing, agreement) = (Signing.Export(), Agreement.Export());
        try
        {
            signing.CopyTo(keys);
            agreement.CopyTo(keys[SigningKey.Bytes..]);
            using var encodedKeys = Encode(keys);
            using var shareKey = SharePassphrase();
            return own.Add(new ItemDraft
            {
                Kind = ItemKind.Login,
                Folder = Folder,
                Fields =
                [
                    NewField.Clear(FieldName.Title, Name),
                    NewField.Protected(FieldName.Password, shareKey),
                    NewField.Clear(FactsField, $"{Office} {Member} {Invitation?.ToString() ?? None} {WritePins(Server.Pins)}"),
                    NewField.Protected(KeysField, encodedKeys),
                ],
                Urls = [new ItemUrl(Address, MatchKind.Never)],
            }).Id;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(keys);
            CryptographicOperations.ZeroMemory(signing);
            CryptographicOperations.ZeroMemory(agreement);
        }
    }

    /// <summary>Notes what was sent and not answered, so that exactly the same can go again; <see langword="null"/>: it was answered.</summary>
    /// <param name="own">The own vault; the caller writes it.</param>
    /// <param name="item">The membership's item.</param>
    /// <param name="sent">What was sent.</param>
    public static void SetUnanswered(VaultFile own, ItemId item, ReadOnlyMemory<byte>? sent)
    {
        using var value = sent is { } bytes ? SecretBytes.CopyOf(bytes.Span) : null;
        own.Update(item, new ItemDraft { Fields = [new NewField(EntryField, Value: null, value)] });
    }

    /// <summary>What was sent and not answered.</summary>
    /// <returns><see langword="null"/> if nothing waits for an answer.</returns>
    public static byte[]? UnansweredIn(VaultFile own, ItemId item)
    {
        using var sent = own.OpenField(item, EntryField);
        return sent?.Span.ToArray();
    }

    /// <summary>The passphrase of the copy: the share key as text, so that KeePassXC opens the copy too.</summary>
    /// <returns>The passphrase, which the caller disposes.</returns>
    public SecretBytes SharePassphrase()
    {
        using var key = _shareKey.Open();
        return Encode(key.Span);
    }

    /// <summary>A key for one of the files beside the copy.</summary>
    /// <param name="purpose">Which one.</param>
    /// <returns>32 bytes, which the caller disposes.</returns>
    public SecretBytes FileKey(string purpose)
    {
        using var key = _shareKey.Open();
        var derived = new SecretBytes(ShareKeyBytes);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Span, derived.Span, salt: [], Encoding.UTF8.GetBytes($"latchkey/{purpose}/1"));
        return derived;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _shareKey.Clear();
        Signing.Dispose();
        Agreement.Dispose();
    }

    private static SecretBytes Encode(ReadOnlySpan<byte> bytes)
    {
        var encoded = new SecretBytes(Base64Url.GetEncodedLength(bytes.Length));
        Base64Url.EncodeToUtf8(bytes, encoded.Span);
        return encoded;
    }

    private static KnownServer? PinsIn(VaultFile own, ItemId item, string address)
    {
        using var field = own.OpenField(item, PinsField);
        return field is not null && Encoding.UTF8.GetString(field.Span).Split(' ') is [var since, var pins]
            && long.TryParse(since, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index)
            && ReadPins(pins) is { } read
            ? new KnownServer([address], read, index)
            : null;
    }

    private static string WritePins(IReadOnlyList<Hash> pins) => pins.Count == 0 ? None : string.Join(',', pins);

    private static List<Hash>? ReadPins(string text)
    {
        List<Hash> pins = [];
        foreach (var pin in text == None ? [] : text.Split(','))
        {
            if (pins.Count == Limits.Pins || Hash.TryParse(pin) is not { } hash)
            {
                return null;
            }
            pins.Add(hash);
        }
        return pins;
    }
}
