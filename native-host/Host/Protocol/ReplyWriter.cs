using System.Text.Json;
using Host.Client;

namespace Host.Protocol;

/// <summary>Writes replies, refusals and events as native-host/docs/protocol.md has them. By hand, for the same reasons as <see cref="RequestReader"/>.</summary>
internal sealed class ReplyWriter : IDisposable
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

    private void WelcomeMembers(Welcome welcome)
    {
        _json.WriteNumber("protocol"u8, welcome.Protocol);
        _json.WriteString("version"u8, welcome.Version);
        Texts("capabilities"u8, welcome.Capabilities);
        _json.WriteStartObject("limits"u8);
        _json.WriteNumber("toHostBytes"u8, welcome.Limits.ToHostBytes);
        _json.WriteNumber("fromHostBytes"u8, welcome.Limits.FromHostBytes);
        _json.WriteEndObject();
        _json.WriteStartObject("status"u8);
        StatusMembers(welcome.Status);
        _json.WriteEndObject();
    }

    private void StatusMembers(Status status)
    {
        _json.WriteString("state"u8, status.State);
        _json.WriteNumber("lockAfterMinutes"u8, status.LockAfterMinutes);
        _json.WriteString("version"u8, status.Version);
        Optional("vaultName"u8, status.VaultName);
        Optional("vaultPath"u8, status.VaultPath);
        if (status.Items is { } items)
        {
            _json.WriteNumber("items"u8, items);
        }
        Optional("unlockedAt"u8, status.UnlockedAt);
    }

    private void DetailsMembers(Details details)
    {
        _json.WritePropertyName("item"u8);
        Item(details.Item);
        _json.WriteString("folder"u8, details.Folder);
        _json.WriteStartArray("fields"u8);
        foreach (var field in details.Fields)
        {
            _json.WriteStartObject();
            _json.WriteString("name"u8, field.Name);
            _json.WriteBoolean("protected"u8, field.Protected);
            Optional("value"u8, field.Value);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteStartArray("urls"u8);
        foreach (var url in details.Urls)
        {
            _json.WriteStartObject();
            _json.WriteString("url"u8, url.Url);
            _json.WriteString("match"u8, url.Match);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteStartArray("attachments"u8);
        foreach (var attachment in details.Attachments)
        {
            _json.WriteStartObject();
            _json.WriteString("name"u8, attachment.Name);
            _json.WriteNumber("bytes"u8, attachment.Bytes);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        Optional("createdAt"u8, details.CreatedAt);
        Optional("modifiedAt"u8, details.ModifiedAt);
        _json.WriteNumber("revisions"u8, details.Revisions);
        Optional("expiresAt"u8, details.ExpiresAt);
        Optional("right"u8, details.Right);
        if (details.Passkey is not { } passkey)
        {
            return;
        }
        _json.WriteStartObject("passkey"u8);
        _json.WriteString("relyingParty"u8, passkey.RelyingParty);
        _json.WriteString("username"u8, passkey.Username);
        Optional("createdAt"u8, passkey.CreatedAt);
        _json.WriteEndObject();
    }

    private void HistoryMembers(History history)
    {
        _json.WriteStartArray("revisions"u8);
        foreach (var revision in history.Revisions)
        {
            _json.WriteStartObject();
            _json.WriteNumber("revision"u8, revision.Revision);
            Optional("modifiedAt"u8, revision.ModifiedAt);
            _json.WriteString("title"u8, revision.Title);
            _json.WriteString("username"u8, revision.Username);
            Texts("changed"u8, revision.Changed);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void FoldersMembers(FoldersAndTags folders)
    {
        _json.WriteStartArray("folders"u8);
        foreach (var folder in folders.Folders)
        {
            Count("path"u8, folder.Path, folder.Items);
        }
        _json.WriteEndArray();
        _json.WriteStartArray("tags"u8);
        foreach (var tag in folders.Tags)
        {
            Count("tag"u8, tag.Tag, tag.Items);
        }
        _json.WriteEndArray();
    }

    private void CapturedMembers(Captured captured)
    {
        if (captured.Offer is not { } offer)
        {
            return;
        }
        _json.WriteStartObject("offer"u8);
        _json.WriteString("kind"u8, offer.Kind);
        _json.WriteString("origin"u8, offer.Origin);
        _json.WriteString("title"u8, offer.Title);
        _json.WriteString("username"u8, offer.Username);
        Items(offer.Items);
        _json.WriteEndObject();
    }

    private void SettledMembers(Settled settled)
    {
        if (settled.Item is { } item)
        {
            _json.WritePropertyName("item"u8);
            Item(item);
        }
        if (settled.Revision is { } revision)
        {
            _json.WriteNumber("revision"u8, revision);
        }
    }

    private void PasskeysMembers(Passkeys passkeys)
    {
        _json.WriteStartArray("passkeys"u8);
        foreach (var passkey in passkeys.List)
        {
            _json.WriteStartObject();
            _json.WritePropertyName("item"u8);
            Item(passkey.Item);
            _json.WriteString("username"u8, passkey.Username);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void GeneratedMembers(GeneratedEntries generated)
    {
        _json.WriteStartArray("entries"u8);
        foreach (var entry in generated.Entries)
        {
            _json.WriteStartObject();
            _json.WriteString("id"u8, entry.Id);
            Optional("at"u8, entry.At);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void TaughtMembers(Taught taught)
    {
        _json.WriteStartArray("taught"u8);
        foreach (var field in taught.List)
        {
            _json.WriteStartObject();
            _json.WriteString("hostname"u8, field.Hostname);
            _json.WriteString("role"u8, field.Role);
            _json.WriteString("form"u8, field.Form);
            _json.WriteNumber("field"u8, field.Field);
            _json.WriteString("page"u8, field.Page);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void ProfilesMembers(Profiles profiles)
    {
        _json.WriteStartArray("profiles"u8);
        foreach (var profile in profiles.List)
        {
            _json.WriteStartObject();
            _json.WriteString("id"u8, profile.Id);
            _json.WriteString("browser"u8, profile.Browser);
            Optional("addedAt"u8, profile.AddedAt);
            _json.WriteBoolean("current"u8, profile.Current);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void VaultsMembers(Vaults vaults)
    {
        _json.WriteStartArray("vaults"u8);
        foreach (var vault in vaults.List)
        {
            _json.WriteStartObject();
            VaultMembers(vault);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void VaultMembers(ListedVault vault)
    {
        _json.WriteString("vault"u8, vault.Id);
        _json.WriteString("name"u8, vault.Name);
        _json.WriteString("path"u8, vault.Path);
        _json.WriteString("colour"u8, vault.Colour);
        _json.WriteBoolean("own"u8, vault.Own);
        _json.WriteString("state"u8, vault.State);
        _json.WriteBoolean("takesNew"u8, vault.TakesNew);
        if (vault.Items is { } items)
        {
            _json.WriteNumber("items"u8, items);
        }
        Optional("readOnly"u8, vault.ReadOnly);
        Optional("office"u8, vault.Office);
        if (vault.Error is { } error)
        {
            Error(error);
        }
    }

    private void Count(ReadOnlySpan<byte> what, string text, int items)
    {
        _json.WriteStartObject();
        _json.WriteString(what, text);
        _json.WriteNumber("items"u8, items);
        _json.WriteEndObject();
    }

    private void Texts(ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        _json.WriteStartArray(name);
        for (var i = 0; i < texts.Count; i++)
        {
            _json.WriteStringValue(texts[i]);
        }
        _json.WriteEndArray();
    }

    private void Items(IReadOnlyList<ListedItem> items)
    {
        _json.WriteStartArray("items"u8);
        for (var i = 0; i < items.Count; i++)
        {
            Item(items[i]);
        }
        _json.WriteEndArray();
    }

    private void Item(ListedItem item)
    {
        _json.WriteStartObject();
        _json.WriteString("id"u8, item.Id);
        _json.WriteString("kind"u8, item.Kind);
        _json.WriteString("title"u8, item.Title);
        _json.WriteString("username"u8, item.Username);
        Texts("tags"u8, item.Tags);
        _json.WriteBoolean("hasPassword"u8, item.HasPassword);
        _json.WriteBoolean("hasCode"u8, item.HasCode);
        Optional("hasNewPassword"u8, item.HasNewPassword);
        Optional("hasPasskey"u8, item.HasPasskey);
        Optional("match"u8, item.Match);
        Optional("alwaysFill"u8, item.AlwaysFill);
        Optional("removedAt"u8, item.RemovedAt);
        Optional("vault"u8, item.Vault);
        _json.WriteEndObject();
    }

    private void Optional(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }
    }

    private void Optional(ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(name, number);
        }
    }

    private void Optional(ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } flag)
        {
            _json.WriteBoolean(name, flag);
        }
    }

    private void Optional(ReadOnlySpan<byte> name, Secret? value)
    {
        if (value is not null)
        {
            _json.WritePropertyName(name);
            value.WriteTo(_json);
        }
    }

    private void Optional(ReadOnlySpan<byte> name, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            _json.WriteString(name, WireTime.Of(time));
        }
    }
}
