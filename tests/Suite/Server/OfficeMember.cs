using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;
using Contracts;
using Contracts.Requests;
using Contracts.Wire;
using NUnit.Framework;
using Vault.Sharing;

namespace Suite.Serving;

/// <summary>What came back.</summary>
internal sealed record Reply(HttpStatusCode Status, byte[] Body, HttpResponseHeaders Headers)
{
    public WireError Error => WireJson.Read(Body, WireJson.Default.WireError);

    public T Read<T>(JsonTypeInfo<T> type) where T : class
    {
        Assert.That(Status, Is.EqualTo(HttpStatusCode.OK), () => System.Text.Encoding.UTF8.GetString(Body));
        return WireJson.Read(Body, type);
    }

    /// <summary>Asserts 204.</summary>
    public void Done() => Assert.That(Status, Is.EqualTo(HttpStatusCode.NoContent), () => System.Text.Encoding.UTF8.GetString(Body));

    /// <summary>Asserts an error.</summary>
    public WireError Fails(int status, WireErrorKind kind, string? check = null)
    {
        Assert.That(((int)Status, Status == HttpStatusCode.NoContent ? null : (WireErrorKind?)Error.Kind), Is.EqualTo((status, (WireErrorKind?)kind)),
            () => System.Text.Encoding.UTF8.GetString(Body));
        Assert.That(Error.Check, Is.EqualTo(check));
        return Error;
    }
}

/// <summary>A person's client, made of Contracts: keys, a log of its own, and signed requests.</summary>
internal sealed class OfficeMember
{
    private readonly List<SignedRecord<LogEntry>> _entries = [];
    private ServerWorld _world;
    private long _counter;

    public OfficeMember(ServerWorld world)
    {
        _world = world;
        Renew();
    }

    public Id Id { get; } = Id.New();

    public SigningKey Signing { get; private set; } = null!;

    public AgreementKey Agreement { get; private set; } = null!;

    public SignedRecord<MemberProfile> Profile { get; private set; } = null!;

    public SignedRecord<MemberRecord> Record { get; private set; } = null!;

    public Id Office { get; private set; }

    /// <summary>The log as this member has verified it.</summary>
    public MembershipLog Log { get; private set; } = new(default);

    /// <summary>The entries of <see cref="Log"/>, kept to be put back.</summary>
    public IReadOnlyList<SignedRecord<LogEntry>> Entries => _entries;

    public LogHead Head => Log.Head!.Value;

    public long Now => _world.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>New keys under the same id.</summary>
    public void Renew()
    {
        Signing = SigningKey.New();
        Agreement = AgreementKey.New();
        Profile = ProfileOf(++_counter);
        Record = SignedRecord.Sign(
            new MemberRecord
            {
                Member = Id,
                SigningKey = Signing.Public,
                AgreementKey = Agreement.Public,
                Counter = _counter,
                Profile = Profile.Hash,
            },
            Signing);
    }

    public SignedRecord<MemberProfile> ProfileOf(long counter, string name = "Anna") => SignedRecord.Sign(
        new MemberProfile { Member = Id, Counter = counter, Salt = RandomNumberGenerator.GetBytes(32), Name = name, Mail = "" }, Signing);

    /// <summary>What founds an office with a code.</summary>
    public WireGenesis GenesisOf(string code)
    {
        using var secret = InvitationSecret.TryParse(code)!;
        var genesis = SignedRecord.Sign<LogEntry>(
            new Genesis { Nonce = RandomNumberGenerator.GetBytes(32), Time = Now, Owner = Record, AuditsItems = true }, Signing);
        return new()
        {
            Entry = WireSigned.Of(genesis),
            Profile = WireSigned.Of(Profile),
            Authentication = secret.AuthenticateAnswer(Id.Of(genesis.Hash), Record),
        };
    }

    public async Task FoundAsync(string code)
    {
        var genesis = GenesisOf(code);
        (await AnybodyAsync("PUT", "/v1/genesis", WireJson.Write(genesis, WireJson.Default.WireGenesis))).Done();
        Enter(Id.Of(genesis.Entry.Decode<LogEntry>().Hash));
        await CatchUpAsync();
    }

    /// <summary>Takes somebody in: invitation, answer, entry, and the newcomer reads the log.</summary>
    public async Task<OfficeMember> TakeInAsync(Role role = Role.Member)
    {
        var newcomer = new OfficeMember(_world);
        using var secret = await InviteAsync(role);
        (await newcomer.AnswerAsync(secret, Office)).Done();
        await AppendAsync(place => new AddEntry { Place = place, Time = Now, Invitation = secret.Invitation, Role = role, Member = newcomer.Record });
        newcomer.Enter(Office);
        await newcomer.CatchUpAsync();
        return newcomer;
    }

    public async Task<InvitationSecret> InviteAsync(Role role = Role.Member, Id? member = null)
    {
        var secret = InvitationSecret.New();
        (await PutAsync($"/v1/invitations/{secret.Invitation}", InvitationOf(secret, role, member), WireJson.Default.WireInvitation)).Done();
        return secret;
    }

    public WireInvitation InvitationOf(InvitationSecret secret, Role role = Role.Member, Id? member = null, long? expires = null)
    {
        var bytes = new Invitation
        {
            Office = Office,
            LogHead = Head,
            Address = "https://localhost:7443",
            Pins = [_world.Server.Pin],
            Role = role,
            Member = member,
            Expires = expires ?? Now + (long)TimeSpan.FromDays(7).TotalMilliseconds,
        }.Encode();
        return new() { Invitation = bytes, Authentication = secret.AuthenticateInvitation(bytes) };
    }

    public WireAnswer AnswerOf(InvitationSecret secret, Id office) => new()
    {
        Member = WireSigned.Of(Record),
        Profile = WireSigned.Of(Profile),
        Authentication = secret.AuthenticateAnswer(office, Record),
    };

    public Task<Reply> AnswerAsync(InvitationSecret secret, Id office) =>
        AnybodyAsync("PUT", $"/v1/invitations/{secret.Invitation}/answer", WireJson.Write(AnswerOf(secret, office), WireJson.Default.WireAnswer));

    public void Enter(Id office)
    {
        Office = office;
        Log = new MembershipLog(office);
        _entries.Clear();
    }

    /// <summary>Goes on with another app server.</summary>
    public void Use(ServerWorld world) => _world = world;

    /// <summary>Reads the log up to its end and verifies it.</summary>
    public async Task CatchUpAsync()
    {
        for (var more = true; more;)
        {
            var page = (await GetAsync($"/v1/log?from={(Log.Head?.Index + 1) ?? 0}")).Read(WireJson.Default.WireLog);
            foreach (var entry in page.Entries)
            {
                _entries.Add(entry.Decode<LogEntry>());
                Assert.That(Log.Append(_entries[^1]), Is.EqualTo(LogVerdict.Accepted));
            }
            more = page.More;
        }
    }

    /// <summary>Signs an entry behind the head that this member knows.</summary>
    public SignedRecord<LogEntry> EntryOf(Func<EntryPlace, LogEntry> make) =>
        SignedRecord.Sign(make(new EntryPlace(Office, Head.Index + 1, Head.Hash, Id)), Signing);

    public Task<Reply> PutEntryAsync(SignedRecord<LogEntry> entry, IReadOnlyList<KeyWrap>? wraps = null) => PutAsync(
        $"/v1/log/{(entry.Record as LaterEntry)?.Place.Index ?? 0}",
        new WireLogEntry { Entry = WireSigned.Of(entry), Wraps = wraps?.Select(WireWrap.Of).ToList() },
        WireJson.Default.WireLogEntry);

    /// <summary>Appends an entry that must be taken.</summary>
    public async Task<SignedRecord<LogEntry>> AppendAsync(Func<EntryPlace, LogEntry> make, IReadOnlyList<KeyWrap>? wraps = null)
    {
        await CatchUpAsync();
        var entry = EntryOf(make);
        (await PutEntryAsync(entry, wraps)).Done();
        await CatchUpAsync();
        return entry;
    }

    /// <summary>Founds a group with a key.</summary>
    public async Task<Id> GroupAsync(params OfficeMember[] members)
    {
        var entry = await AppendAsync(place => new GroupEntry { Place = place, Time = Now, Members = [.. members.Select(member => member.Id).Order()] });
        var group = Id.Of(entry.Hash);
        await RekeyGroupAsync(group);
        return group;
    }

    public Task RekeyGroupAsync(Id group)
    {
        var (make, wraps) = GroupRekeyOf(group);
        return AppendAsync(make, wraps);
    }

    public (Func<EntryPlace, LogEntry> Make, List<KeyWrap> Wraps) GroupRekeyOf(Id group)
    {
        var epoch = Log.FindGroup(group)!.Epoch + 1;
        var wraps = Log.FindGroup(group)!.Members.Select(member => WrapOf(member, epoch)).ToList();
        using var key = AgreementKey.New();
        var point = key.Public;
        return (
            place => new GroupRekeyEntry
            {
                Place = place,
                Time = Now,
                Group = group,
                Epoch = epoch,
                AgreementKey = point,
                Wraps = KeyWrap.HashOf(wraps),
            },
            wraps);
    }

    /// <summary>A wrap that nobody can open: the server cannot tell.</summary>
    public static KeyWrap WrapOf(Id principal, long groupEpoch = 0) =>
        new() { Principal = principal, GroupEpoch = groupEpoch, Bytes = RandomNumberGenerator.GetBytes(KeyWrap.Length) };

    public async Task<WireChanges> ChangesAsync(WireChanges? after = null) =>
        (await SendAsync(
            "POST",
            "/v1/changes",
            WireJson.Write(
                new WirePositions { Incarnation = after?.Incarnation, Positions = after?.Positions ?? [] }, WireJson.Default.WirePositions)))
        .Read(WireJson.Default.WireChanges);

    public Task<Reply> GetAsync(string target) => SendAsync("GET", target, body: null);

    public Task<Reply> DeleteAsync(string target) => SendAsync("DELETE", target, body: null);

    public Task<Reply> PutAsync<T>(string target, T value, JsonTypeInfo<T> type) => SendAsync("PUT", target, WireJson.Write(value, type));

    /// <summary>Sends a signed request.</summary>
    public async Task<Reply> SendAsync(string method, string target, byte[]? body)
    {
        using var request = RequestOf(method, target, body);
        return await SendAsync(request);
    }

    /// <summary>A signed request, to be sent once.</summary>
    public HttpRequestMessage RequestOf(string method, string target, byte[]? body, TimeSpan clockError = default)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var head = RequestSignature.Sign(
            new RequestHead { Method = method, Path = query < 0 ? target : target[..query], Query = query < 0 ? "" : target[query..] },
            body,
            Office,
            Id,
            _world.Clock.GetUtcNow() + clockError,
            Signing);
        return RequestOf(method, target, body, head);
    }

    /// <summary>A request with the fields of a head, whatever they say.</summary>
    public HttpRequestMessage RequestOf(string method, string target, byte[]? body, RequestHead head)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), _world.UriOf(target)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        (string, string?)[] fields =
        [
            ("Latchkey-Office", head.Office),
            ("Content-Digest", head.ContentDigest),
            ("Signature-Input", head.SignatureInput),
            ("Signature", head.Signature),
        ];
        foreach (var (name, value) in fields.Where(field => field.Item2 is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        AddBody(request, body);
        return request;
    }

    /// <summary>Sends a request that nobody signed.</summary>
    public async Task<Reply> AnybodyAsync(string method, string target, byte[]? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), _world.UriOf(target)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        AddBody(request, body);
        return await SendAsync(request);
    }

    public async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        using var response = await _world.Http.SendAsync(request);
        return new Reply(response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Headers);
    }

    private static void AddBody(HttpRequestMessage request, byte[]? body)
    {
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
    }
}
