using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Fido2NetLib;
using Fido2NetLib.Objects;

namespace Browsers.Site;

/// <summary>
/// A relying party: what a site asks and how it judges the answers, by a library that others wrote. Any number of users, in memory.
/// </summary>
public sealed class PasskeySite
{
    private readonly Fido2 _library;
    private readonly ConcurrentDictionary<string, CredentialCreateOptions> _creating = new();
    private readonly ConcurrentDictionary<string, AssertionOptions> _asking = new();
    private readonly ConcurrentDictionary<string, RegisteredPublicKeyCredential> _registered = new();

    /// <param name="id">The id of the relying party.</param>
    /// <param name="allowFrames">Whether it takes answers from pages in frames of other origins.</param>
    /// <param name="origins">The origins that it is served at.</param>
    public PasskeySite(string id, bool allowFrames, params string[] origins) => _library = new Fido2(new Fido2Configuration
    {
        RPID = id,
        RPName = $"The shop of {id}",
        Origins = new HashSet<string>(origins),
        AllowCrossOriginRequests = allowFrames,
    });

    /// <summary>The ids of the credentials that it knows of a user, base64url.</summary>
    public IReadOnlyList<string> CredentialsOf(string userName) =>
        [.. _registered.Where(one => Encoding.UTF8.GetString(one.Value.User.Id) == userName).Select(one => one.Key)];

    /// <summary>What a page is to ask for a new passkey, as JSON.</summary>
    /// <param name="userName">For whom; it is the user's id too.</param>
    /// <param name="exclude">Whether a device that has one already is to refuse.</param>
    public string NewOptions(string userName, bool exclude = false)
    {
        var options = _library.RequestNewCredential(new RequestNewCredentialParams
        {
            User = new Fido2User { Id = Encoding.UTF8.GetBytes(userName), Name = userName, DisplayName = $"{userName} of the tests" },
            ExcludeCredentials = exclude ? DescriptorsOf(userName) : [],
            AuthenticatorSelection = new AuthenticatorSelection
            {
                ResidentKey = ResidentKeyRequirement.Required,
                UserVerification = UserVerificationRequirement.Required,
            },
            AttestationPreference = AttestationConveyancePreference.None,
        });
        _creating[Convert.ToHexString(options.Challenge)] = options;
        return options.ToJson();
    }

    /// <summary>Judges the answer of a page: <c>registered NAME</c>, or why not.</summary>
    public async Task<string> RegisterAsync(string answer)
    {
        try
        {
            var response = JsonSerializer.Deserialize<AuthenticatorAttestationRawResponse>(answer)!;
            if (!_creating.TryRemove(ChallengeIn(response.Response.ClientDataJson), out var options))
            {
                return "nobody asked for this";
            }
            var registered = await _library.MakeNewCredentialAsync(new MakeNewCredentialParams
            {
                AttestationResponse = response,
                OriginalOptions = options,
                IsCredentialIdUniqueToUserCallback = (asked, _) => Task.FromResult(!_registered.ContainsKey(IdOf(asked.CredentialId))),
            });
            _registered[IdOf(registered.Id)] = registered;
            return $"registered {registered.User.Name}";
        }
        catch (Fido2VerificationException refusal)
        {
            return refusal.Message;
        }
    }

    /// <summary>What a page is to ask for a sign-in, as JSON.</summary>
    /// <param name="userName">Whose credentials are allowed; <see langword="null"/> for a discoverable one of anybody's.</param>
    public string SignInOptions(string? userName)
    {
        var options = _library.GetAssertionOptions(new GetAssertionOptionsParams
        {
            AllowedCredentials = userName is null ? [] : DescriptorsOf(userName),
            UserVerification = UserVerificationRequirement.Required,
        });
        _asking[Convert.ToHexString(options.Challenge)] = options;
        return options.ToJson();
    }

    /// <summary>Judges the answer of a page: <c>signed in as NAME</c>, or why not.</summary>
    public async Task<string> SignInAsync(string answer)
    {
        try
        {
            var response = JsonSerializer.Deserialize<AuthenticatorAssertionRawResponse>(answer)!;
            if (!_asking.TryRemove(ChallengeIn(response.Response.ClientDataJson), out var options)
                || !_registered.TryGetValue(IdOf(response.RawId), out var registered))
            {
                return "nobody asked for this, or the credential is not known";
            }
            await _library.MakeAssertionAsync(new MakeAssertionParams
            {
                AssertionResponse = response,
                OriginalOptions = options,
                StoredPublicKey = registered.PublicKey,
                StoredSignatureCounter = registered.SignCount,
                IsUserHandleOwnerOfCredentialIdCallback = (asked, _) => Task.FromResult(asked.UserHandle.AsSpan().SequenceEqual(registered.User.Id)),
            });
            return $"signed in as {registered.User.Name}";
        }
        catch (Fido2VerificationException refusal)
        {
            return refusal.Message;
        }
    }

    private List<PublicKeyCredentialDescriptor> DescriptorsOf(string userName) =>
        [.. _registered.Values.Where(one => Encoding.UTF8.GetString(one.User.Id) == userName).Select(one => new PublicKeyCredentialDescriptor(one.Id))];

    private static string ChallengeIn(byte[] clientData)
    {
        using var json = JsonDocument.Parse(clientData);
        return Convert.ToHexString(Base64Url.DecodeFromChars(json.RootElement.GetProperty("challenge").GetString()));
    }

    private static string IdOf(byte[] id) => Base64Url.EncodeToString(id);
}
