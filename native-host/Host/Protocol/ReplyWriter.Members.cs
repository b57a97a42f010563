namespace Host.Protocol;

/// <summary>The members of the replies that have many, and how each kind of value is written.</summary>
internal sealed partial class ReplyWriter
{
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
