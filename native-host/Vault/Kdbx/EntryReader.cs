using System.Globalization;
using Vault.Codes;
using Vault.Matching;
using Vault.Passkeys;

namespace Vault.Kdbx;

/// <summary>
/// Reads what lists need of an entry, in one pass and without taking it apart. One reader serves a whole file: it keeps its
/// lists between entries.
/// </summary>
internal sealed class EntryReader(SliceSource source)
{
    private static readonly char[] TagSeparators = [';', ','];

    private readonly List<(int Order, string Url)> _furtherUrls = [];
    private string _title = "";
    private string _userName = "";
    private string _url = "";
    private string _tags = "";
    private string? _kind;
    private string? _matchKinds;
    private bool _hasPassword;
    private bool _hasNewPassword;
    private bool _hasCode;
    private bool _hasPasskeyKey;
    private string? _relyingParty;
    private bool _expires;
    private DateTimeOffset _modifiedAt;
    private DateTimeOffset _usedAt;
    private DateTimeOffset _expiresAt;

    /// <summary>Where the id's base64 stands in the buffer, after <see cref="Read"/>.</summary>
    internal int IdStart { get; private set; }

    /// <summary>The summary of a slice.</summary>
    internal static ItemSummary Summarise(Slice slice, string folder)
    {
        var cursor = new KdbxCursor(slice.Span, slice.StreamOffset);
        cursor.Read();
        return new EntryReader(slice.Source).Read(ref cursor, slice.Start, folder);
    }

    /// <summary>Reads 16 bytes of base64.</summary>
    internal static ItemId? ParseId(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[ItemId.Bytes];
        return Convert.TryFromBase64Chars(text, bytes, out var written) && written == ItemId.Bytes ? new ItemId(bytes) : null;
    }

    /// <summary>At the entry's start tag: reads up to its end tag.</summary>
    /// <param name="cursor">Where it stands.</param>
    /// <param name="spanStart">Where the cursor's span begins in the source.</param>
    /// <param name="folder">The group's path.</param>
    /// <exception cref="VaultException">The entry has no id.</exception>
    internal ItemSummary Read(scoped ref KdbxCursor cursor, int spanStart, string folder)
    {
        Reset();
        ItemId? id = null;
        var depth = cursor.Depth;
        while (cursor.Read() && cursor.Depth >= depth)
        {
            if (cursor.Token != XmlToken.Start)
            {
                continue;
            }
            var name = cursor.Name;
            if (name.SequenceEqual("String"u8))
            {
                ReadPair(ref cursor, isCustomData: false);
            }
            else if (name.SequenceEqual("Times"u8))
            {
                ReadTimes(ref cursor);
            }
            else if (name.SequenceEqual("UUID"u8))
            {
                var text = ReadValue(ref cursor);
                id = ParseId(text.ToText(source));
                IdStart = spanStart + text.Start;
            }
            else if (name.SequenceEqual("Tags"u8))
            {
                _tags = ReadValue(ref cursor).ToText(source);
            }
            else if (name.SequenceEqual("CustomData"u8))
            {
                ReadCustomData(ref cursor);
            }
            else
            {
                cursor.SkipElement();
            }
        }
        return Summary(id ?? throw Failures.Damaged("an entry has no id"), folder);
    }

    private void Reset()
    {
        _furtherUrls.Clear();
        _title = _userName = _url = _tags = "";
        _kind = _matchKinds = null;
        _hasPassword = _hasNewPassword = _hasCode = _hasPasskeyKey = _expires = false;
        _relyingParty = null;
        _modifiedAt = _usedAt = _expiresAt = DateTimeOffset.MinValue;
    }

    private ItemSummary Summary(ItemId id, string folder)
    {
        var urls = Urls();
        var isEmptyLogin = _userName.Length == 0 && !_hasPassword && !_hasCode && !_hasPasskeyKey && urls.Length == 0;
        return new ItemSummary
        {
            Id = id,
            Kind = KindOf(_kind) ?? (isEmptyLogin ? ItemKind.Note : ItemKind.Login),
            Title = _title,
            UserName = _userName,
            Urls = urls,
            Tags = _tags.Length == 0
                ? []
                : _tags.Split(TagSeparators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Folder = folder,
            HasPassword = _hasPassword,
            HasNewPassword = _hasNewPassword,
            HasCode = _hasCode,
            PasskeyFor = _hasPasskeyKey ? _relyingParty : null,
            ModifiedAt = _modifiedAt,
            UsedAt = _usedAt,
            ExpiresAt = _expires ? _expiresAt : null,
        };
    }

    private static ItemKind? KindOf(string? kind) => kind switch
    {
        "login" => ItemKind.Login,
        "note" => ItemKind.Note,
        "card" => ItemKind.Card,
        "identity" => ItemKind.Identity,
        _ => null,
    };

    private ItemUrl[] Urls()
    {
        if (_furtherUrls.Count == 0)
        {
            return _url.Length == 0 ? [] : [new ItemUrl(_url, MatchKindOf(_url))];
        }
        // KeePassXC writes attributes in the order of their names, in which _10 comes before _2.
        _furtherUrls.Sort((left, right) => left.Order.CompareTo(right.Order));
        var urls = new List<ItemUrl>(_furtherUrls.Count + 1);
        if (_url.Length > 0)
        {
            urls.Add(new ItemUrl(_url, MatchKindOf(_url)));
        }
        foreach (var (_, url) in _furtherUrls)
        {
            urls.Add(new ItemUrl(url, MatchKindOf(url)));
        }
        return [.. urls];
    }

    private MatchKind MatchKindOf(string url)
    {
        foreach (var line in _matchKinds.AsSpan().EnumerateLines())
        {
            var space = line.IndexOf(' ');
            if (space > 0 && line[(space + 1)..].SequenceEqual(url))
            {
                return MatchKinds.Parse(line[..space]);
            }
        }
        return MatchKind.Hostname;
    }

    private void ReadTimes(scoped ref KdbxCursor cursor)
    {
        var depth = cursor.Depth;
        while (cursor.Read() && cursor.Depth >= depth)
        {
            if (cursor.Token != XmlToken.Start)
            {
                continue;
            }
            var name = cursor.Name;
            if (name.SequenceEqual("LastModificationTime"u8))
            {
                _modifiedAt = KdbxTime.Read(ReadValue(ref cursor).Span(source));
            }
            else if (name.SequenceEqual("LastAccessTime"u8))
            {
                _usedAt = KdbxTime.Read(ReadValue(ref cursor).Span(source));
            }
            else if (name.SequenceEqual("ExpiryTime"u8))
            {
                _expiresAt = KdbxTime.Read(ReadValue(ref cursor).Span(source));
            }
            else if (name.SequenceEqual("Expires"u8))
            {
                _expires = KdbxCursor.IsTrue(ReadValue(ref cursor).Span(source));
            }
            else
            {
                cursor.SkipElement();
            }
        }
    }

    private void ReadCustomData(scoped ref KdbxCursor cursor)
    {
        var depth = cursor.Depth;
        while (cursor.Read() && cursor.Depth >= depth)
        {
            if (cursor.Token == XmlToken.Start)
            {
                ReadPair(ref cursor, isCustomData: true);
            }
        }
    }

    private void ReadPair(scoped ref KdbxCursor cursor, bool isCustomData)
    {
        ValueText key = default;
        ValueText value = default;
        var depth = cursor.Depth;
        while (cursor.Read() && cursor.Depth >= depth)
        {
            if (cursor.Token != XmlToken.Start)
            {
                continue;
            }
            if (cursor.Name.SequenceEqual("Key"u8))
            {
                key = ReadValue(ref cursor);
            }
            else if (cursor.Name.SequenceEqual("Value"u8))
            {
                value = ReadValue(ref cursor);
            }
            else
            {
                cursor.SkipElement();
            }
        }
        if (isCustomData)
        {
            TakeCustomData(key.Span(source), value);
        }
        else if (!value.IsEmpty)
        {
            TakeField(key.Span(source), value);
        }
    }

    private void TakeField(ReadOnlySpan<byte> key, ValueText value)
    {
        if (key.SequenceEqual("Title"u8))
        {
            _title = value.ToText(source);
        }
        else if (key.SequenceEqual("UserName"u8))
        {
            _userName = value.ToText(source);
        }
        else if (key.SequenceEqual("Password"u8))
        {
            _hasPassword = true;
        }
        else if (XmlText.EqualsAscii(key, FieldName.NewPassword))
        {
            _hasNewPassword = true;
        }
        else if (key.SequenceEqual("URL"u8))
        {
            _url = value.ToText(source);
        }
        else if (key.StartsWith("KP2A_URL"u8))
        {
            _furtherUrls.Add((FurtherUrlOrder(key), value.ToText(source)));
        }
        else if (OtpFields.IsSeed(key))
        {
            _hasCode = true;
        }
        else if (PasskeyField.IsPrivateKey(key))
        {
            _hasPasskeyKey = true;
        }
        else if (PasskeyField.IsRelyingParty(key))
        {
            _relyingParty = value.ToText(source);
        }
    }

    // "KP2A_URL" first, then "KP2A_URL_1" and so on; other endings last.
    private static int FurtherUrlOrder(ReadOnlySpan<byte> key)
    {
        var suffix = key["KP2A_URL"u8.Length..];
        if (suffix.IsEmpty)
        {
            return 0;
        }
        return suffix[0] == '_' && int.TryParse(suffix[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : int.MaxValue;
    }

    private void TakeCustomData(ReadOnlySpan<byte> key, ValueText value)
    {
        if (XmlText.EqualsAscii(key, Names.KindKey))
        {
            _kind = value.ToText(source);
        }
        else if (XmlText.EqualsAscii(key, Names.MatchKey))
        {
            _matchKinds = value.ToText(source);
        }
    }

    private static ValueText ReadValue(scoped ref KdbxCursor cursor)
    {
        var depth = cursor.Depth;
        ValueText value = default;
        while (cursor.Read() && cursor.Depth >= depth)
        {
            if (cursor.Token == XmlToken.Text && cursor.Depth == depth)
            {
                value = value.With(ref cursor);
            }
        }
        return value;
    }
}
