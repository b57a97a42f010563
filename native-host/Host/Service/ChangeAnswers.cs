using System.Text;
using Host.Protocol;
using Vault;
using Vault.Codes;
using Vault.Crypto;
using Vault.Matching;

namespace Host.Service;

/// <summary>Answers that write the vault: <c>save</c>, <c>alwaysFill</c>, <c>settings</c>. What they answer is durable.</summary>
internal static class ChangeAnswers
{
    private const string OtpUriStart = "otpauth://";

    public static Saved Save(OpenVault vault, ItemToSave item)
    {
        using var password = item.Password is { } given ? SecretBytes.CopyOf(given.Utf8) : null;
        using var otp = item.Otp is { } seed ? OtpUri(seed) : null;
        var fields = new List<NewField>
        {
            NewField.Clear(FieldName.Title, item.Title),
            NewField.Clear(FieldName.UserName, item.Username ?? ""),
        };
        if (item.Notes is { } notes)
        {
            fields.Add(NewField.Clear(FieldName.Notes, notes));
        }
        if (password is not null)
        {
            fields.Add(NewField.Protected(FieldName.Password, password));
        }
        if (otp is not null)
        {
            fields.Add(NewField.Protected(FieldName.Otp, otp));
        }
        var added = vault.File.Add(new ItemDraft
        {
            Kind = Words.ItemKindOf(item.Kind),
            Fields = fields,
            Urls = [.. item.Urls.Select(url => new ItemUrl(url.Url, Words.MatchKindOf(url.Match)))],
            Tags = item.Tags,
            Folder = item.Folder,
        });
        // Not saved means not there: a second try must not make two.
        vault.WriteOrUndo(() => vault.File.Remove(added.Id));
        vault.Set(added);
        return new Saved(Words.Listed(added));
    }

    public static Done AlwaysFill(OpenVault vault, AlwaysFill request)
    {
        var item = vault.Require(request.Item);
        var page = Words.OriginOf(request.Origin);
        if (request.On)
        {
            CheckFillsOnLoad(vault, item, page);
        }
        var before = vault.Settings.AlwaysFills(item.Id, page.Hostname);
        vault.Settings.SetAlwaysFill(item.Id, page.Hostname, request.On);
        vault.WriteOrUndo(() => vault.Settings.SetAlwaysFill(item.Id, page.Hostname, before));
        return new Done();
    }

    public static Settings Change(OpenVault vault, SettingsChange change)
    {
        var before = vault.Settings.Read();
        vault.Settings.Change(change);
        vault.WriteOrUndo(() => vault.Settings.Change(
            new SettingsChange(before.LockAfterMinutes, before.LockAfterHours, before.ClipboardSeconds, before.FillOnLoad)));
        return vault.Settings.Read();
    }

    /// <summary>Refuses a choice that no load would ever honour.</summary>
    private static void CheckFillsOnLoad(OpenVault vault, ItemSummary item, Origin page)
    {
        var matches = vault.Matches.Find(page).Items.Any(
            match => match.Item.Id == item.Id && match.Strength >= MatchStrength.Hostname);
        if (!matches)
        {
            throw SecretAnswers.Refused(FillRefusal.NoMatch);
        }
        if (!page.IsSecure && !page.IsLoopback)
        {
            throw SecretAnswers.Refused(FillRefusal.Insecure);
        }
    }

    /// <summary>The seed as the <c>otpauth</c> URI that other programs read; a bare key gets the usual settings.</summary>
    private static SecretBytes OtpUri(Secret seed)
    {
        using (var parsed = OtpSeed.TryParse(seed.Utf8) ?? throw ErrorKind.BadMessageError("the otp seed is none"))
        {
            if (Encoding.UTF8.GetBytes(OtpUriStart) is var start && seed.Utf8.StartsWith(start))
            {
                return SecretBytes.CopyOf(seed.Utf8);
            }
        }
        var prefix = "otpauth://totp/item?secret="u8;
        var uri = new SecretBytes(prefix.Length + seed.Utf8.Length);
        prefix.CopyTo(uri.Span);
        var length = prefix.Length;
        foreach (var character in seed.Utf8)
        {
            if (char.IsAsciiLetterOrDigit((char)character))
            {
                uri.Span[length++] = (byte)char.ToUpperInvariant((char)character);
            }
        }
        if (length == uri.Length)
        {
            return uri;
        }
        using (uri)
        {
            return SecretBytes.CopyOf(uri.Span[..length]);
        }
    }
}
