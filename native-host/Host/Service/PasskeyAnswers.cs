using System.Buffers.Text;
using System.Security.Cryptography;
using Host.Protocol;
using Vault;
using Vault.Crypto;
using Vault.Matching;
using Vault.Passkeys;

namespace Host.Service;

/// <summary>
/// The authenticator: <c>passkeys</c>, which releases nothing, <c>createPasskey</c>, <c>usePasskey</c>, <c>dropPasskey</c>. That somebody is
/// there and is the right one, WebAuthn takes from here: the vault is open, and the person confirmed in the browser's own interface.
/// </summary>
internal static class PasskeyAnswers
{
    private const int CredentialIdBytes = 32;
    private const int MaxChallengeBytes = 4096;
    private const int MaxCredentials = 256;
    private const int MaxUserNameCharacters = 1024;

    private const AuthenticatorBits Person = AuthenticatorBits.UserPresent | AuthenticatorBits.UserVerified;

    // A vault is a file that people copy and synchronise.
    private const AuthenticatorBits Copied = AuthenticatorBits.BackupEligible | AuthenticatorBits.BackedUp;

    // Naming the kind of authenticator would tell sites what people use, and attests nothing.
    private static readonly byte[] Aaguid = new byte[16];

    public static Passkeys Find(SeenVaults vaults, FindPasskeys request)
    {
        CheckPage(Words.OriginOf(request.Origin), request.RelyingParty);
        _ = Words.AncestorsOf(request.Ancestors);
        var credentials = request.Credentials is { } ids ? CredentialsOf(ids) : null;
        var user = request.User is { } handle ? UserHandleOf(handle) : null;
        var found = Of(vaults, request.RelyingParty)
            .Where(one => (credentials is null || IsAmong(credentials, one.Passkey)) && (user is null || one.Passkey.UserHandle.AsSpan().SequenceEqual(user)))
            .OrderByDescending(one => one.Homed.Item.UsedAt)
            .Take(ListAnswers.MaxMatches);
        return new Passkeys([.. Paging.Fitting([.. found], one => one.Homed.Item).Select(one => new FoundPasskey(Words.Listed(one.Homed), one.Passkey.UserName))]);
    }

    public static CreatedPasskey Create(SeenVaults vaults, CreatePasskey request, DateTimeOffset now)
    {
        var (page, top) = PlaceOf(request.Origin, request.Ancestors, request.Confirmed, request.RelyingParty);
        var challenge = ChallengeOf(request.Challenge);
        var user = UserHandleOf(request.User.Id);
        if (user.Length == 0 || request.User.Name.Length > MaxUserNameCharacters)
        {
            throw ErrorKind.BadMessageError("a passkey is for a user with an id, and a name that is no book");
        }
        if (CredentialsOf(request.Exclude) is { Count: > 0 } excluded && Of(vaults, request.RelyingParty).Any(one => IsAmong(excluded, one.Passkey)))
        {
            throw Refused("excluded", "there is a passkey for this account already", "sign in with it");
        }
        var algorithm = (PasskeyAlgorithm)request.Algorithms.FirstOrDefault(PasskeyKey.IsMade);
        if (!PasskeyKey.IsMade((int)algorithm))
        {
            throw Refused("algorithm", "the site takes none of the algorithms that are known here", "use another device");
        }
        using var key = PasskeyKey.New(algorithm);
        var passkey = new Passkey(
            request.RelyingParty, request.User.Name, RandomNumberGenerator.GetBytes(CredentialIdBytes), user, Copied, now);
        var item = Keep(vaults, request, page, passkey, key);
        var data = AuthenticatorData.WithCredential(passkey.RelyingParty, Person | passkey.Flags, Aaguid, passkey.CredentialId, key.PublicCoseKey());
        return new CreatedPasskey(
            Words.Listed(item),
            Text(passkey.CredentialId),
            Text(ClientData.ForCreate(challenge, page, top)),
            Text(AuthenticatorData.Attestation(data)),
            Text(data),
            Text(key.PublicInfo()),
            (int)algorithm);
    }

    public static UsedPasskey Use(SeenVaults vaults, UsePasskey request, Action<string> release)
    {
        var (page, top) = PlaceOf(request.Origin, request.Ancestors, request.Confirmed, request.RelyingParty);
        var challenge = ChallengeOf(request.Challenge);
        var allowed = request.Allow is { } ids ? CredentialsOf(ids) : null;
        var (vault, item) = vaults.Require(request.Item);
        vault.CheckMay(item.Id, Contracts.Right.Use);
        if (Read(vault, item) is not { } passkey || passkey.RelyingParty != request.RelyingParty || (allowed is not null && !IsAmong(allowed, passkey)))
        {
            throw ErrorKind.NotFoundError("passkey");
        }
        using var key = KeyOf(vault, item) ?? throw ErrorKind.NotFoundError("passkey");
        release(request.Item);
        vault.Touch(item.Id);
        vault.Report(item.Id, Contracts.Wire.WireEventKind.Fill);
        var clientData = ClientData.ForGet(challenge, page, top);
        var data = AuthenticatorData.Of(passkey.RelyingParty, Person | passkey.Flags);
        return new UsedPasskey(
            Text(passkey.CredentialId), Text(clientData), Text(data), Text(key.Sign(AuthenticatorData.ToSign(data, clientData))), Text(passkey.UserHandle));
    }

    public static Settled Drop(SeenVaults vaults, DropPasskey request)
    {
        var (vault, item) = vaults.Require(request.Item);
        if (item.PasskeyFor is null)
        {
            throw ErrorKind.NotFoundError("passkey");
        }
        var dropped = vault.CommitItem(() => vault.File.Update(item.Id, new ItemDraft { Fields = Passkey.Without(vault.File.Get(item.Id)!) })!);
        // The newest revision that had one: another program's changes may have been merged in with ours.
        for (var revision = vault.File.Get(item.Id)!.Revisions; revision > 0; revision--)
        {
            using var was = vault.File.OpenField(item.Id, PasskeyField.PrivateKey, revision);
            if (was is not null)
            {
                return new Settled(Words.Listed(new HomedItem(vault, dropped)), revision);
            }
        }
        return new Settled(Words.Listed(new HomedItem(vault, dropped))); // a vault that keeps no history
    }

    /// <summary>An item's passkey as its details have it.</summary>
    public static DetailPasskey? Detail(OpenVault vault, ItemSummary item) =>
        Read(vault, item) is { } passkey ? new DetailPasskey(passkey.RelyingParty, passkey.UserName, passkey.CreatedAt) : null;

    private static HomedItem Keep(SeenVaults vaults, CreatePasskey request, Origin page, Passkey passkey, PasskeyKey key)
    {
        var secrets = new List<SecretBytes>();
        try
        {
            var fields = passkey.Fields(key, secrets);
            if (request.Set is { } set)
            {
                var home = set.Vault is { } id ? vaults.RequireVault(id) : vaults.TakesNew;
                var draft = new ItemDraft
                {
                    Kind = ItemKind.Login,
                    Fields = [NewField.Clear(FieldName.Title, set.Title), NewField.Clear(FieldName.UserName, set.Username), .. fields],
                    Urls = [new ItemUrl(page.ToString(), Words.MatchKindOf(vaults.Own.Settings.Read().MatchKind))],
                    Tags = set.Tags,
                    Folder = set.Folder,
                };
                return new HomedItem(home, home.AddItem(draft));
            }
            var (vault, item) = vaults.Require(request.Item!);
            if (item.PasskeyFor is not null
                && !(Read(vault, item) is { } old && old.RelyingParty == passkey.RelyingParty && old.UserHandle.AsSpan().SequenceEqual(passkey.UserHandle)))
            {
                throw Refused("hasPasskey", "the item has a passkey of another account", "choose another item, or make a new one");
            }
            IReadOnlyList<NewField> all = [.. Passkey.Without(vault.File.Get(item.Id)!), .. fields];
            return new HomedItem(vault, vault.CommitItem(() => vault.File.Update(item.Id, new ItemDraft { Fields = all })!));
        }
        finally
        {
            secrets.ForEach(secret => secret.Dispose());
        }
    }

    /// <summary>The passkeys of a relying party that can be used here.</summary>
    private static IEnumerable<(HomedItem Homed, Passkey Passkey)> Of(SeenVaults vaults, string relyingParty)
    {
        foreach (var vault in vaults.All)
        {
            foreach (var item in vault.File.Items)
            {
                if (item.PasskeyFor != relyingParty || Read(vault, item) is not { } passkey)
                {
                    continue;
                }
                using var key = KeyOf(vault, item);
                if (key is not null)
                {
                    yield return (new HomedItem(vault, item), passkey);
                }
            }
        }
    }

    private static Passkey? Read(OpenVault vault, ItemSummary item) =>
        item.PasskeyFor is null ? null : Passkey.TryRead(field => vault.File.OpenField(item.Id, field));

    private static PasskeyKey? KeyOf(OpenVault vault, ItemSummary item)
    {
        using var pem = vault.File.OpenField(item.Id, PasskeyField.PrivateKey);
        return pem is null ? null : PasskeyKey.TryReadPem(pem.Span);
    }

    private static (Origin Page, Origin? Top) PlaceOf(string origin, IReadOnlyList<string> ancestors, IReadOnlyList<string> confirmed, string relyingParty)
    {
        var page = Words.OriginOf(origin);
        var above = Words.AncestorsOf(ancestors);
        CheckPage(page, relyingParty);
        if (above.TrueForAll(page.Equals))
        {
            return (page, null);
        }
        // A page without an origin of its own has no name that a person could confirm.
        return confirmed.Contains("frame") && above[^1] is { } top && !above.Contains(null)
            ? (page, top)
            : throw FillAnswers.Refused(FillRefusal.Frame);
    }

    private static void CheckPage(Origin page, string relyingParty)
    {
        if (!page.IsWeb)
        {
            throw FillAnswers.Refused(FillRefusal.Scheme);
        }
        if (!RelyingParty.IsSecureContext(page))
        {
            throw Refused("insecure", "passkeys are for encrypted pages", "open the site's https address");
        }
        if (!RelyingParty.MayClaim(page, relyingParty))
        {
            throw Refused("relyingParty", "the page asks for the passkeys of another site", "do not use a passkey here");
        }
    }

    private static ProtocolException Refused(string reason, string message, string hint) => ErrorKind.Error(ErrorKind.Refused, message, hint, reason);

    private static bool IsAmong(List<byte[]> credentials, Passkey passkey) => credentials.Exists(one => one.AsSpan().SequenceEqual(passkey.CredentialId));

    private static List<byte[]> CredentialsOf(IReadOnlyList<string> ids) => ids.Count <= MaxCredentials
        ? [.. ids.Select(id => BytesOf(id, 1, Passkey.MaxCredentialIdBytes))]
        : throw ErrorKind.BadMessageError($"more than {MaxCredentials} credentials are named");

    private static byte[] UserHandleOf(string text) => BytesOf(text, 0, Passkey.MaxUserHandleBytes);

    private static byte[] ChallengeOf(string text) => BytesOf(text, 1, MaxChallengeBytes);

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    /// <exception cref="ProtocolException"><c>badMessage</c>: it is no base64url, is padded, or has too few or too many bytes.</exception>
    private static byte[] BytesOf(string text, int min, int max)
    {
        // The decoder passes over white space and padding; written again, the text is another one then.
        return Base64Url.IsValid(text, out var length) && length >= min && length <= max && Base64Url.DecodeFromChars(text) is var bytes
            && Base64Url.EncodeToString(bytes) == text
                ? bytes
                : throw ErrorKind.BadMessageError("bytes are not base64url without padding, or too few or too many");
    }
}
