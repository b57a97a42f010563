using System.Globalization;
using System.Text;
using Contracts;
using Office.Content;
using Office.State;
using Vault;
using Vault.Crypto;
using Vault.Matching;

namespace Office.Store;

/// <summary>
/// The items of an office as a vault on this computer: what search, matching and filling see. Made from what was checked, and nothing is ever
/// taken from it but what a person changed. Its items have the ids that they have in the office. Guarded as any <see cref="VaultFile"/>.
/// </summary>
public sealed class ShareCopy : IDisposable
{
    private readonly MovedClock _clock;

    private const string MarkKey = "latchkey.copyOf", FolderKey = "latchkey.folder.";

    private readonly Dictionary<ItemId, HeldRight> _rights = [];
    private readonly HashSet<ItemId> _changed = [];

    private ShareCopy(VaultFile file, MovedClock clock, bool isNew) => (File, _clock, IsNew) = (file, clock, isNew);

    /// <summary>The file.</summary>
    public VaultFile File { get; }

    /// <summary>How much was known when this copy was made: with more, or another, it is put in again.</summary>
    public long? Mark
    {
        get => long.TryParse(File.Setting(MarkKey), NumberStyles.None, CultureInfo.InvariantCulture, out var mark) ? mark : null;
        set => File.SetSetting(MarkKey, value?.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The office's folders, by id.</summary>
    public IReadOnlyDictionary<Id, OfficeFolder> Folders
    {
        get
        {
            var folders = new Dictionary<Id, OfficeFolder>();
            foreach (var key in File.SettingKeys(FolderKey))
            {
                // The parent's id or nothing, a line end, the name.
                if (Id.TryParse(key.AsSpan(FolderKey.Length)) is { } id && File.Setting(key)?.Split('\n') is [var parent, var name])
                {
                    folders[id] = new OfficeFolder(name, Id.TryParse(parent));
                }
            }
            return folders;
        }
    }

    /// <summary>Notes a folder, or with <see langword="null"/> that the item is none.</summary>
    public void SetFolder(Id item, OfficeFolder? folder)
    {
        var (key, value) = (FolderKey + item, folder is null ? null : $"{folder.Parent}\n{folder.Name}");
        if (File.Setting(key) != value)
        {
            File.SetSetting(key, value);
        }
    }

    /// <summary>What we may do at a time with an item that is shown; nothing with one that is not known.</summary>
    /// <param name="item">The item.</param>
    /// <param name="now">The clock, in milliseconds since 1970.</param>
    public Right RightOf(ItemId item, long now) => _rights.GetValueOrDefault(item).At(now);

    /// <summary>The items that were put or removed since the last call.</summary>
    public IReadOnlyCollection<ItemId> TakeChanged()
    {
        ItemId[] changed = [.. _changed];
        _changed.Clear();
        return changed;
    }

    /// <summary>Notes what we may do with an item.</summary>
    public void SetRight(Id item, HeldRight right) => _rights[IdOf(item)] = right;

    /// <summary>Whether the copy was not there, or could not be opened, and was made anew.</summary>
    public bool IsNew { get; }

    /// <summary>Opens the copy, or makes an empty one.</summary>
    /// <param name="us">Whose.</param>
    /// <param name="folder">Where.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="VaultException">It cannot be read or written.</exception>
    public static ShareCopy Open(Membership us, string folder, TimeProvider time)
    {
        var path = PathOf(us, folder);
        var clock = new MovedClock(time);
        var options = VaultOptions.OfCopy(clock);
        using var passphrase = us.SharePassphrase();
        using var key = CompositeKey.From(passphrase.Span);
        if (System.IO.File.Exists(path))
        {
            try
            {
                return new ShareCopy(VaultFile.Open(path, key, options), clock, isNew: false);
            }
            catch (VaultException damaged) when (damaged.Error is VaultError.Damaged or VaultError.WrongKey or VaultError.Unsupported or VaultError.TooCostly or VaultError.TooLarge)
            {
                // Kept for whoever wants to look; what the server has comes again.
                System.IO.File.Move(path, path + ".damaged", overwrite: true);
            }
        }
        return new ShareCopy(VaultFile.Create(path, key, kdf: null, options), clock, isNew: true);
    }

    /// <summary>Where the copy of an office is.</summary>
    public static string PathOf(Membership us, string folder) => Path.Combine(folder, us.FileName + ".kdbx");

    /// <summary>The id of an item in the copy.</summary>
    public static ItemId IdOf(Id item) => new(item.ToArray());

    /// <summary>The id of an item in the office.</summary>
    public static Id IdOf(ItemId item) => new(item.ToArray());

    /// <summary>Puts what an item is, with its history, in the place of what it was.</summary>
    /// <param name="item">The item.</param>
    /// <param name="content">Its content, which stays the caller's.</param>
    /// <param name="folder">Where it lies, as the path of a group; empty at the top.</param>
    public void Put(Id item, ItemContent content, string folder = "")
    {
        var id = IdOf(item);
        var usedAt = File.Find(id)?.UsedAt; // of one in the recycle bin nobody asks
        Delete(id);
        _changed.Add(id);
        ContentBody? before = null;
        foreach (var (body, since) in Bodies(content))
        {
            _clock.MoveTo(since);
            var secrets = new List<SecretBytes>();
            try
            {
                var draft = DraftOf(content.Kind, before, body, secrets) with { Folder = folder };
                _ = before is null ? File.Add(id, draft) : File.Update(id, draft);
            }
            finally
            {
                secrets.ForEach(secret => secret.Dispose());
            }
            before = body;
        }
        if (usedAt is { } time)
        {
            _clock.MoveTo(time);
            File.Touch(id);
        }
        if (content.RemovedAt is { } removedAt)
        {
            _clock.MoveTo(TimeOf(removedAt));
            File.Remove(id);
        }
        _clock.Release();
    }

    /// <summary>The content that a new item begins with.</summary>
    /// <param name="draft">What it is to be. Its folder is not looked at.</param>
    /// <returns>The content, which the caller disposes.</returns>
    public static ItemContent ContentOf(ItemDraft draft) => new()
    {
        Kind = WordOf(draft.Kind ?? ItemKind.Login),
        Body = new ContentBody
        {
            Fields = [.. draft.Fields.Select(ContentFieldOf).Where(field => field.Value.Length > 0)],
            Urls = [.. (draft.Urls ?? []).Select(url => new ContentUrl(url.Value, WordOf(url.Kind)))],
            Tags = draft.Tags ?? [],
            ExpiresAt = draft.ExpiresAt is { } time && time != DateTimeOffset.MaxValue ? time.ToUnixTimeMilliseconds() : null,
        },
    };

    /// <summary>Takes an item away for good.</summary>
    public void Remove(Id item)
    {
        var id = IdOf(item);
        _rights.Remove(id);
        if (Delete(id))
        {
            _changed.Add(id);
        }
    }

    /// <summary>Reads an item as a body, from this or from any other vault.</summary>
    /// <param name="file">The vault.</param>
    /// <param name="id">The item.</param>
    /// <param name="revision">The number of a revision, to read what the item was then.</param>
    /// <returns>The body, whose values the caller clears with the content that it becomes; <see langword="null"/> if item or revision is not there.</returns>
    public static (string Kind, ContentBody Body)? Read(VaultFile file, ItemId id, int? revision = null)
    {
        if (file.Get(id, revision) is not { } item)
        {
            return null;
        }
        var fields = new List<ContentField>();
        foreach (var field in item.Fields.Where(field => !FieldName.IsUrl(field.Name)))
        {
            if (field.Value is { } clear)
            {
                fields.Add(new ContentField(field.Name, Encoding.UTF8.GetBytes(clear), IsProtected: false));
            }
            else if (file.OpenField(id, field.Name, revision) is { } secret)
            {
                using (secret)
                {
                    fields.Add(new ContentField(field.Name, secret.Span.ToArray(), IsProtected: true));
                }
            }
        }
        var summary = item.Summary;
        return (WordOf(summary.Kind), new ContentBody
        {
            Fields = [.. fields.Where(field => field.Value.Length > 0)],
            Urls = [.. summary.Urls.Select(url => new ContentUrl(url.Value, WordOf(url.Kind)))],
            Tags = summary.Tags,
            ExpiresAt = summary.ExpiresAt?.ToUnixTimeMilliseconds(),
        });
    }

    /// <summary>Reads an item with its newest revisions.</summary>
    /// <param name="file">The vault.</param>
    /// <param name="id">The item.</param>
    /// <param name="us">Who has changed it.</param>
    /// <returns>The content, which the caller disposes; <see langword="null"/> if the item is not there.</returns>
    public static ItemContent? ReadWhole(VaultFile file, ItemId id, Id us)
    {
        if (Read(file, id) is not { } now)
        {
            return null;
        }
        var history = new List<ContentRevision>();
        var until = file.Get(id)!.Summary.ModifiedAt;
        foreach (var revision in file.Revisions(id)!.OrderByDescending(revision => revision.Number).Take(ItemContent.MaxRevisions))
        {
            history.Add(new ContentRevision(Math.Max(0, until.ToUnixTimeMilliseconds()), us, Read(file, id, revision.Number)!.Value.Body));
            until = revision.ModifiedAt;
        }
        return new ItemContent { Kind = now.Kind, Body = now.Body, History = history };
    }

    /// <inheritdoc/>
    public void Dispose() => File.Dispose();

    private bool Delete(ItemId id) => File.Remove(id) && File.Delete(id);

    /// <summary>What the item was and is, the oldest first, each with when it became so.</summary>
    private static IEnumerable<(ContentBody Body, DateTimeOffset Since)> Bodies(ItemContent content)
    {
        var since = DateTimeOffset.UnixEpoch;
        foreach (var revision in content.History.Reverse())
        {
            yield return (revision.Body, since);
            since = TimeOf(revision.Until);
        }
        yield return (content.Body, since);
    }

    private static DateTimeOffset TimeOf(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    private static ItemDraft DraftOf(string kind, ContentBody? before, ContentBody body, List<SecretBytes> secrets)
    {
        var gone = (before?.Fields ?? []).Where(field => !body.Fields.Any(other => other.Name == field.Name && other.IsProtected == field.IsProtected));
        return new ItemDraft
        {
            Kind = KindOf(kind),
            Fields = [.. gone.Select(field => new NewField(field.Name, null, null)), .. body.Fields.Where(field => !FieldName.IsUrl(field.Name)).Select(field => NewFieldOf(field, secrets))],
            Urls = [.. body.Urls.Select(url => new ItemUrl(url.Url, MatchOf(url.Match)))],
            Tags = body.Tags,
            ExpiresAt = body.ExpiresAt is { } expiresAt ? TimeOf(expiresAt) : DateTimeOffset.MaxValue,
        };
    }

    private static NewField NewFieldOf(ContentField field, List<SecretBytes> secrets)
    {
        if (!field.IsProtected)
        {
            return NewField.Clear(field.Name, Encoding.UTF8.GetString(field.Value));
        }
        var secret = SecretBytes.CopyOf(field.Value);
        secrets.Add(secret);
        return NewField.Protected(field.Name, secret);
    }

    private static ContentField ContentFieldOf(NewField field) => field.Secret is { } secret
        ? new ContentField(field.Name, secret.Span.ToArray(), IsProtected: true)
        : new ContentField(field.Name, Encoding.UTF8.GetBytes(field.Value ?? ""), IsProtected: false);

    private static string WordOf(ItemKind kind) => kind switch
    {
        ItemKind.Note => "note",
        ItemKind.Card => "card",
        ItemKind.Identity => "identity",
        _ => "login",
    };

    private static ItemKind KindOf(string word) => word switch
    {
        "note" => ItemKind.Note,
        "card" => ItemKind.Card,
        "identity" => ItemKind.Identity,
        _ => ItemKind.Login,
    };

    private static string WordOf(MatchKind kind) => kind switch
    {
        MatchKind.Site => "site",
        MatchKind.Origin => "origin",
        MatchKind.Never => "never",
        _ => "hostname",
    };

    // A word of a later version matches nothing here rather than too much.
    private static MatchKind MatchOf(string word) => word switch
    {
        "site" => MatchKind.Site,
        "hostname" => MatchKind.Hostname,
        "origin" => MatchKind.Origin,
        _ => MatchKind.Never,
    };

    /// <summary>Shows the time that something was changed at by somebody else, while it is put in.</summary>
    private sealed class MovedClock(TimeProvider time) : TimeProvider
    {
        private DateTimeOffset? _moved;

        public void MoveTo(DateTimeOffset moved) => _moved = moved;

        public void Release() => _moved = null;

        public override DateTimeOffset GetUtcNow() => _moved ?? time.GetUtcNow();
    }
}
