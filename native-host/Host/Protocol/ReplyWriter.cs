using System.Text.Json;
using Host.Client;

namespace Host.Protocol;

/// <summary>Writes replies, refusals and events as native-host/docs/protocol.md has them. By hand, for the same reasons as <see cref="RequestReader"/>.</summary>
internal sealed partial class ReplyWriter : IDisposable
{
    private readonly FrameBuffer _frame = new();
    private readonly Utf8JsonWriter _json;

    public ReplyWriter() => _json = _frame.NewWriter();

    /// <summary>The frame under construction.</summary>
    public FrameBuffer Frame => _frame;

    /// <summary>The id of the message under construction; 0 for an event.</summary>
    public long Id { get; private set; }

    /// <summary>Writes the reply to a request; one that is longer than the client takes becomes a refusal.</summary>
    public void Write(long id, Reply reply, int maxBytes = Limits.FromHostBytes)
    {
        Begin(id);
        if (reply is OfficeReply)
        {
            // Nobody waits a millisecond less for an answer that comes from a server.
            _json.WritePropertyName("ok"u8);
            JsonSerializer.Serialize(_json, reply, ClientJson.Default.Options.GetTypeInfo(reply.GetType()));
        }
        else
        {
            _json.WriteStartObject("ok"u8);
            Members(reply);
            _json.WriteEndObject();
        }
        End();
        if (_frame.PayloadBytes > maxBytes)
        {
            _frame.Clear();
            Write(id, new ErrorReply(ErrorKind.Internal, "the answer is too long for the client", "update the older side"));
        }
    }

    /// <summary>Writes a refusal.</summary>
    public void Write(long id, ErrorReply error)
    {
        Begin(id);
        Error(error);
        End();
    }

    /// <summary>Writes an event.</summary>
    public void WriteEvent(string name, string? reason = null)
    {
        Id = 0;
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("event"u8, name);
        Optional("reason"u8, reason);
        End();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _frame.Dispose();
    }

    private void Begin(long id)
    {
        Id = id;
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteNumber("id"u8, id);
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
    }

    private void Error(ErrorReply error)
    {
        _json.WriteStartObject("error"u8);
        _json.WriteString("kind"u8, error.Kind);
        _json.WriteString("message"u8, error.Message);
        Optional("hint"u8, error.Hint);
        Optional("reason"u8, error.Reason);
        Optional("file"u8, error.File);
        Optional("seconds"u8, error.Seconds);
        _json.WriteEndObject();
    }

    private void Members(Reply reply)
    {
        switch (reply)
        {
            case Done:
                break;
            case Welcome welcome:
                WelcomeMembers(welcome);
                break;
            case Status status:
                StatusMembers(status);
                break;
            case Matches matches:
                Items(matches.Items);
                _json.WriteBoolean("more"u8, matches.More);
                _json.WriteBoolean("insecure"u8, matches.Insecure);
                _json.WriteBoolean("never"u8, matches.Never);
                break;
            case Explained explained:
                Optional("reason"u8, explained.Reason);
                break;
            case Found found:
                Items(found.Items);
                _json.WriteNumber("total"u8, found.Total);
                Optional("after"u8, found.After);
                break;
            case Details details:
                DetailsMembers(details);
                break;
            case History history:
                HistoryMembers(history);
                break;
            case FoldersAndTags folders:
                FoldersMembers(folders);
                break;
            case Revealed revealed:
                Optional("value"u8, revealed.Value);
                break;
            case Code code:
                Optional("code"u8, code.Value);
                _json.WriteNumber("periodSeconds"u8, code.PeriodSeconds);
                _json.WriteNumber("remainingSeconds"u8, code.RemainingSeconds);
                break;
            case OtpRead read:
                Optional("issuer"u8, read.Issuer);
                Optional("account"u8, read.Account);
                Optional("code"u8, read.Value);
                _json.WriteNumber("periodSeconds"u8, read.PeriodSeconds);
                _json.WriteNumber("remainingSeconds"u8, read.RemainingSeconds);
                break;
            case Filled filled:
                _json.WritePropertyName("item"u8);
                Item(filled.Item);
                Optional("username"u8, filled.Username);
                Optional("password"u8, filled.Password);
                Optional("code"u8, filled.Code);
                Optional("periodSeconds"u8, filled.PeriodSeconds);
                Optional("remainingSeconds"u8, filled.RemainingSeconds);
                break;
            case Saved saved:
                _json.WritePropertyName("item"u8);
                Item(saved.Item);
                break;
            case Captured captured:
                CapturedMembers(captured);
                break;
            case Passkeys passkeys:
                PasskeysMembers(passkeys);
                break;
            case CreatedPasskey created:
                _json.WritePropertyName("item"u8);
                Item(created.Item);
                _json.WriteString("credential"u8, created.Credential);
                _json.WriteString("clientData"u8, created.ClientData);
                _json.WriteString("attestation"u8, created.Attestation);
                _json.WriteString("authenticatorData"u8, created.AuthenticatorData);
                _json.WriteString("publicKey"u8, created.PublicKey);
                _json.WriteNumber("algorithm"u8, created.Algorithm);
                break;
            case UsedPasskey used:
                _json.WriteString("credential"u8, used.Credential);
                _json.WriteString("clientData"u8, used.ClientData);
                _json.WriteString("authenticatorData"u8, used.AuthenticatorData);
                _json.WriteString("signature"u8, used.Signature);
                _json.WriteString("user"u8, used.User);
                break;
            case Settled settled:
                SettledMembers(settled);
                break;
            case KeptCapture kept:
                _json.WritePropertyName("item"u8);
                Item(kept.Item);
                if (kept.Revision is { } revision)
                {
                    _json.WriteNumber("revision"u8, revision);
                }
                break;
            case Vaults vaults:
                VaultsMembers(vaults);
                break;
            case ListedVault vault:
                VaultMembers(vault);
                break;
            case Generated generated:
                Optional("value"u8, generated.Value);
                _json.WriteNumber("bits"u8, generated.Bits);
                break;
            case GeneratedEntries generated:
                GeneratedMembers(generated);
                break;
            case Draft draft:
                Optional("value"u8, draft.Value);
                break;
            case Site site:
                _json.WriteString("hostname"u8, site.Hostname);
                _json.WriteBoolean("never"u8, site.Never);
                break;
            case Sites sites:
                Texts("never"u8, sites.Never);
                break;
            case Taught taught:
                TaughtMembers(taught);
                break;
            case Profiles profiles:
                ProfilesMembers(profiles);
                break;
            case Settings settings:
                _json.WriteNumber("lockAfterMinutes"u8, settings.LockAfterMinutes);
                _json.WriteNumber("lockAfterHours"u8, settings.LockAfterHours);
                _json.WriteNumber("clipboardSeconds"u8, settings.ClipboardSeconds);
                _json.WriteString("fillOnLoad"u8, settings.FillOnLoad);
                _json.WriteString("matchKind"u8, settings.MatchKind);
                _json.WriteBoolean("lockOnScreenLock"u8, settings.LockOnScreenLock);
                _json.WriteNumber("lockWithoutBrowserMinutes"u8, settings.LockWithoutBrowserMinutes);
                break;
            default:
                throw new InvalidOperationException($"{reply.GetType().Name} has no form on the wire");
        }
    }
}
