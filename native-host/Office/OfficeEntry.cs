using System.Security.Cryptography;
using Contracts;
using Contracts.Wire;
using Office.Client;
using Vault.Sharing;

namespace Office;

/// <summary>
/// The way into an office, by a code that went from one person to another: founding it with the owner code, or joining by an invitation. What
/// the server shows is held against the secret before anything of ours is sent. Keep the membership in the own vault first, with <see cref="Sent"/>,
/// then <see cref="Send"/>: where no answer comes, the same can go again.
/// </summary>
public sealed class OfficeEntry
{
    private const int MaxTries = 3;

    private readonly TimeProvider _time;

    private OfficeEntry(Membership membership, LogHead? seen, byte[] sent, TimeProvider time) =>
        (Membership, Seen, Sent, _time) = (membership, seen, sent, time);

    /// <summary>Who we are going to be.</summary>
    public Membership Membership { get; }

    /// <summary>A head that the log must go through; <see langword="null"/> where we found it.</summary>
    public LogHead? Seen { get; }

    /// <summary>What is sent, as the server reads it. Whoever has it cannot do more than send it.</summary>
    public ReadOnlyMemory<byte> Sent { get; }

    /// <summary>Goes on with what was sent and not answered: the server may have taken it, and then takes the same again.</summary>
    /// <param name="membership">Who we are going to be, as it was kept.</param>
    /// <param name="sent">What was sent.</param>
    /// <param name="time">The clock.</param>
    public static OfficeEntry Resume(Membership membership, byte[] sent, TimeProvider time) => new(membership, seen: null, sent, time);

    /// <summary>Prepares to found the office of a server.</summary>
    /// <param name="address">Where the server is, as it printed it.</param>
    /// <param name="code">The owner code that it printed.</param>
    /// <param name="name">Our name for the others.</param>
    /// <param name="mail">Our mail address, or an empty text.</param>
    /// <param name="auditsItems">Whether hosts report reveals, copies and fills.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="OfficeException">The code is wrong or used, or the server is not the one that printed it.</exception>
    public static OfficeEntry Found(string address, ReadOnlySpan<char> code, string name, string mail, bool auditsItems, TimeProvider time)
    {
        CheckTexts(address, name, mail);
        using var secret = SecretOf(code);
        var invitation = Ask(address, secret, time);
        var keys = new NewKeys(Id.New(), name, mail, counter: 1);
        var genesis = SignedRecord.Sign<LogEntry>(
            new Genesis
            {
                Nonce = RandomNumberGenerator.GetBytes(Genesis.NonceBytes),
                Time = time.GetUtcNow().ToUnixTimeMilliseconds(),
                Owner = keys.Record,
                AuditsItems = auditsItems,
            },
            keys.Signing);
        var office = Id.Of(genesis.Hash);
        var body = new WireGenesis
        {
            Entry = WireSigned.Of(genesis),
            Profile = WireSigned.Of(keys.Profile),
            Authentication = secret.AuthenticateAnswer(office, keys.Record),
        };
        var membership = Membership.New(office, keys.Record.Record.Member, address, invitation.Pins, invitation: null, keys.Signing, keys.Agreement);
        return new OfficeEntry(membership, new LogHead(0, genesis.Hash), WireJson.Write(body, WireJson.Default.WireGenesis), time);
    }

    /// <summary>Prepares to join an office.</summary>
    /// <param name="address">Where the server is.</param>
    /// <param name="code">The code of the invitation.</param>
    /// <param name="name">Our name for the others.</param>
    /// <param name="mail">Our mail address, or an empty text.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="OfficeException">The code is wrong, used or has run out, or the server is not the one of the invitation.</exception>
    public static OfficeEntry Join(string address, ReadOnlySpan<char> code, string name, string mail, TimeProvider time)
    {
        CheckTexts(address, name, mail);
        using var secret = SecretOf(code);
        var invitation = Ask(address, secret, time);
        if (time.GetUtcNow().ToUnixTimeMilliseconds() > invitation.Expires)
        {
            throw new OfficeException(OfficeError.Expired, "the invitation has run out", "ask for a new one");
        }
        // A renewal's counter must be higher than any before; nobody has had as many as there were milliseconds.
        var counter = invitation.Member is null ? 1 : time.GetUtcNow().ToUnixTimeMilliseconds();
        var keys = new NewKeys(invitation.Member ?? Id.New(), name, mail, counter);
        var body = new WireAnswer
        {
            Member = WireSigned.Of(keys.Record),
            Profile = WireSigned.Of(keys.Profile),
            Authentication = secret.AuthenticateAnswer(invitation.Office, keys.Record),
        };
        var id = secret.Invitation;
        var membership = Membership.New(invitation.Office, keys.Record.Record.Member, address, invitation.Pins, id, keys.Signing, keys.Agreement);
        return new OfficeEntry(membership, invitation.LogHead, WireJson.Write(body, WireJson.Default.WireAnswer), time);
    }

    /// <summary>Sends our part. Until it succeeded nobody knows of us.</summary>
    /// <exception cref="OfficeException">The server does not take it, or does not answer.</exception>
    public void Send()
    {
        using var server = new ServerConnection(Membership.Address, ServerTrust.In(Membership.Server.Pins), signer: null, _time);
        for (var tries = 1; ; tries++)
        {
            try
            {
                // The same bytes again are no second genesis, and no second answer.
                if (Membership.Invitation is { } invitation)
                {
                    server.Answer(invitation, WireJson.Read(Sent.Span, WireJson.Default.WireAnswer));
                }
                else
                {
                    server.Found(WireJson.Read(Sent.Span, WireJson.Default.WireGenesis));
                }
                return;
            }
            catch (OfficeException refused) when (refused.IsPassing && tries < MaxTries)
            {
                // once more
            }
            catch (OfficeException refused) when (refused.Error == OfficeError.Used)
            {
                // By us, if ours came in and its answer was lost.
                if (AreIn())
                {
                    return;
                }
                throw;
            }
        }
    }

    private bool AreIn()
    {
        var us = new Signer(Membership.Office, Membership.Member, Membership.Signing);
        using var server = new ServerConnection(Membership.Address, ServerTrust.In(Membership.Server.Pins), us, _time);
        try
        {
            server.Log(0);
            return true;
        }
        catch (OfficeException refused) when (refused.Error == OfficeError.NotMember)
        {
            return false;
        }
    }

    /// <summary>Reads what lies at the server for whoever has the secret, and holds the server's certificate against it.</summary>
    private static Invitation Ask(string address, InvitationSecret secret, TimeProvider time)
    {
        var trust = ServerTrust.Unknown();
        using var server = new ServerConnection(address, trust, signer: null, time);
        if (server.Server().Api is { } api && (api.Min > WireApi.Current || api.Max < WireApi.Current))
        {
            throw new OfficeException(
                OfficeError.UpdateNeeded, "this program and the share server speak no common version",
                api.Min > WireApi.Current ? "update latchkey on this computer" : "ask whoever runs the server to update it");
        }
        WireInvitation left;
        try
        {
            left = server.Invitation(secret.Invitation);
        }
        catch (OfficeException refused) when (refused.Error == OfficeError.NotThere)
        {
            throw new OfficeException(OfficeError.WrongCode, $"{address} does not know this code", "look whether code and address belong together, or ask for a new code");
        }
        Invitation? invitation;
        try
        {
            invitation = secret.Read(left.Invitation.Span, left.Authentication.Span);
        }
        catch (ContractException refused)
        {
            throw ServerConnection.Nonsense(refused);
        }
        var fits = invitation is not null && trust.Fits(invitation.Pins) && (invitation.Pins.Count > 0 || invitation.Address == address);
        return fits
            ? invitation!
            : throw new OfficeException(
                OfficeError.Untrusted, $"whoever answers at {address} is not the server of this code", "do not go on; ask whoever gave you the code for the right address");
    }

    private static InvitationSecret SecretOf(ReadOnlySpan<char> code) => InvitationSecret.TryParse(code)
        ?? throw new OfficeException(OfficeError.WrongCode, "the code is mistyped: its check characters do not fit", "type it again: 28 letters and digits");

    private static void CheckTexts(string address, string name, string mail)
    {
        if (!ServerAddress.IsOne(address))
        {
            throw new OfficeException(OfficeError.Refused, "this is no address of a share server", "it looks like https://office.example:8443");
        }
        if (!Limits.IsName(name) || (mail.Length > 0 && !Limits.IsName(mail)))
        {
            throw new OfficeException(OfficeError.Refused, $"a name has 1 to {Limits.NameCharacters} characters, and no control characters", "choose another");
        }
    }

    /// <summary>Keys made for one office, and what says whose they are.</summary>
    private sealed class NewKeys
    {
        public NewKeys(Id member, string name, string mail, long counter)
        {
            Profile = SignedRecord.Sign(
                new MemberProfile
                {
                    Member = member,
                    Counter = counter,
                    Salt = RandomNumberGenerator.GetBytes(MemberProfile.SaltBytes),
                    Name = name,
                    Mail = mail,
                },
                Signing);
            Record = SignedRecord.Sign(
                new MemberRecord
                {
                    Member = member,
                    SigningKey = Signing.Public,
                    AgreementKey = Agreement.Public,
                    Counter = counter,
                    Profile = Profile.Hash,
                },
                Signing);
        }

        public SigningKey Signing { get; } = SigningKey.New();

        public AgreementKey Agreement { get; } = AgreementKey.New();

        public SignedRecord<MemberProfile> Profile { get; }

        public SignedRecord<MemberRecord> Record { get; }
    }
}
