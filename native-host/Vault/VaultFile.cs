using Vault.Crypto;
using Vault.Kdbx;
using Vault.Kdbx.Merge;
using Vault.Storage;

namespace Vault;

/// <summary>What a write did.</summary>
public enum WriteOutcome
{
    /// <summary>The file is written and durable.</summary>
    Written,

    /// <summary>Another program had changed the file: both were merged, then written. Lists must be read again.</summary>
    Merged,
}

/// <summary>
/// The front door: one open vault and its KDBX file. Not safe for use from two threads at once; the caller serialises.
/// Changes are in memory until <see cref="Write"/>, which is atomic and durable. See native-host/docs/vault-file.md.
/// </summary>
public sealed class VaultFile : IDisposable
{
    // Another program may write between our look and our rename, but not again and again.
    private const int MaxMerges = 5;

    /// <summary>How many generated passwords are kept.</summary>
    public const int MaxGenerated = 100;

    private readonly VaultStore _store;
    private readonly VaultKeys _keys;
    private readonly VaultTree _tree;
    private readonly VaultEditor _editor;
    private readonly Scratch _scratch;
    private readonly List<KeyStream> _streams;
    private ItemSummary[]? _items;
    private Dictionary<string, string>? _settings;
    private bool _isChanged;

    private VaultFile(VaultStore store, VaultKeys keys, VaultTree tree, Scratch scratch, VaultOptions options)
    {
        (_store, _keys, _tree, _scratch) = (store, keys, tree, scratch);
        _streams = [tree.Source.Stream];
        _editor = new VaultEditor(tree, scratch, options.Clock);
    }

    /// <summary>Writes a new empty vault with a recycle bin and opens it.</summary>
    /// <param name="path">Where; its folder must be there.</param>
    /// <param name="key">The key, which the caller disposes.</param>
    /// <param name="kdf">The cost, <see cref="KdfSettings.Default"/> if not given; raised to <see cref="KdfSettings.Floor"/> if below.</param>
    /// <param name="options">What only tests set.</param>
    /// <exception cref="VaultException">A file is there already, or it cannot be written.</exception>
    /// <exception cref="MissingLibraryException">libargon2 or libsodium is not installed.</exception>
    public static VaultFile Create(string path, CompositeKey key, KdfSettings? kdf = null, VaultOptions? options = null)
    {
        options ??= VaultOptions.Default;
        var keys = new VaultKeys(key);
        var store = new VaultStore(VaultStore.Resolve(path), keys, options);
        store.Begin(kdf ?? options.KdfDefault, options.Cipher);
        var scratch = new Scratch();
        var now = KdbxTime.ToSeconds(options.Clock.GetUtcNow());
        var tree = NewVault.Make(scratch, System.IO.Path.GetFileNameWithoutExtension(path), now);
        var vault = new VaultFile(store, keys, tree, scratch, options) { _isChanged = true };
        try
        {
            vault.Write();
            return vault;
        }
        catch
        {
            vault.Dispose();
            throw;
        }
    }

    /// <summary>Opens a vault. Costs its key derivation, seconds at the most.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="key">The key, which the caller disposes.</param>
    /// <param name="options">What only tests set.</param>
    /// <exception cref="VaultException">It is not there, the key is wrong, it is damaged, unsupported or beyond the caps.</exception>
    /// <exception cref="MissingLibraryException">libargon2 or libsodium is not installed.</exception>
    public static VaultFile Open(string path, CompositeKey key, VaultOptions? options = null)
    {
        options ??= VaultOptions.Default;
        var keys = new VaultKeys(key);
        try
        {
            var store = new VaultStore(VaultStore.Resolve(path), keys, options);
            var tree = store.Read();
            return new VaultFile(store, keys, tree, new Scratch(), options);
        }
        catch
        {
            keys.Clear();
            throw;
        }
    }

    /// <summary>What to say of a vault's file that is not there.</summary>
    public static VaultException MissingAt(string path) => FileErrors.Missing(path);

    /// <summary>What is in memory, for tests that look behind the front door.</summary>
    internal VaultTree Tree => _tree;

    /// <summary>Where the file is, symbolic links resolved.</summary>
    public string Path => _store.Path;

    /// <summary>The database's name, or the file's name where it has none.</summary>
    public string Name => _tree.Meta.TextOf(Names.DatabaseName) is { Length: > 0 } name
        ? name
        : System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Whether the file is one of an older KeePass (KDBX 3, or AES-KDF), which the next write raises to KDBX 4.1.</summary>
    public bool IsOlder => _store.IsOlder;

    /// <summary>The root group's id: the vault's identity.</summary>
    public ItemId RootGroup => _tree.Root.Id;

    /// <summary>Every item outside the recycle bin, in the file's order. The list is replaced, not changed, by edits.</summary>
    public IReadOnlyList<ItemSummary> Items => _items ??= ListItems();

    /// <summary>The items of one folder outside the recycle bin, those of folders below it left out, in the file's order.</summary>
    public IReadOnlyList<ItemSummary> ItemsIn(string folder) =>
        [.. _tree.ListedGroups().Where(group => group.Path == folder).SelectMany(group => group.Entries).Select(entry => entry.Summary)];

    /// <summary>Every item in the recycle bin, the last one removed first.</summary>
    public IReadOnlyList<RemovedItem> Removed => _tree.RecycleBin is { } bin
        ? [.. bin.WithAllBelow().SelectMany(group => group.Entries).Where(_tree.IsRemoved)
            .Select(entry => new RemovedItem(entry.Summary, ItemReader.MovedAt(entry, bin)))
            .OrderByDescending(item => item.RemovedAt)]
        : [];

    /// <summary>The paths of all folders outside the recycle bin but the top one, empty ones too, in the file's order.</summary>
    public IReadOnlyList<string> Folders => [.. _tree.ListedGroups().Skip(1).Select(group => group.Path).Distinct()];

    /// <summary>The generated passwords that are kept, the newest first, <see cref="MaxGenerated"/> at the most.</summary>
    public IReadOnlyList<KeptValue> Generated =>
        [.. _editor.GeneratedEntries().Take(MaxGenerated).Select(entry => new KeptValue(entry.Summary.Id, entry.Summary.ModifiedAt))];

    /// <summary>Tells whether the key is this vault's. Costs one key derivation.</summary>
    public bool IsKey(CompositeKey key) => _keys.IsSame(key, _store.Kdf);

    /// <summary>Finds an item outside the recycle bin.</summary>
    /// <returns>The item, or <see langword="null"/> if there is none of that id there.</returns>
    public ItemSummary? Find(ItemId id) =>
        _tree.Entries.TryGetValue(id, out var entry) && !_tree.IsRemoved(entry) && !_tree.IsGenerated(entry) ? entry.Summary : null;

    /// <summary>Finds an item in the recycle bin.</summary>
    /// <returns>The item, or <see langword="null"/> if there is none of that id there.</returns>
    public ItemSummary? FindRemoved(ItemId id) =>
        _tree.Entries.TryGetValue(id, out var entry) && _tree.IsRemoved(entry) ? entry.Summary : null;

    /// <summary>Reads one item, also one in the recycle bin.</summary>
    /// <param name="id">The item.</param>
    /// <param name="revision">The number of a revision, to read what the item was then.</param>
    /// <returns>The item, or <see langword="null"/> if item or revision is not there.</returns>
    public Item? Get(ItemId id, int? revision = null)
    {
        if (!_tree.Entries.TryGetValue(id, out var entry))
        {
            return null;
        }
        return revision is not { } number ? ItemReader.Read(_tree, entry)
            : RevisionOf(entry, number) is { } slice ? ItemReader.Read(_tree, entry, slice)
            : null;
    }

    /// <summary>Opens one field, protected or not.</summary>
    /// <param name="id">The item, also one in the recycle bin.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="revision">The number of a revision, to open what the field was then.</param>
    /// <returns>The value as UTF-8, which the caller disposes, or <see langword="null"/> if item, revision or field is not there.</returns>
    public SecretBytes? OpenField(ItemId id, string field, int? revision = null)
    {
        if (!_tree.Entries.TryGetValue(id, out var entry))
        {
            return null;
        }
        return (revision is { } number ? RevisionOf(entry, number) : entry.Slice) is { } slice ? ItemReader.OpenField(slice, field) : null;
    }

    /// <summary>Reads what an item was before each change that its history holds, also of one in the recycle bin.</summary>
    /// <returns>Its revisions, the newest first; <see langword="null"/> if there is no item of that id.</returns>
    public IReadOnlyList<ItemRevision>? Revisions(ItemId id) =>
        _tree.Entries.TryGetValue(id, out var entry) ? ItemReader.Revisions(entry.Slice) : null;

    /// <summary>Reads a file attached to an item.</summary>
    /// <returns>Its content, or <see langword="null"/> if item or file is not there.</returns>
    public byte[]? ReadAttachment(ItemId id, string name) =>
        _tree.Entries.TryGetValue(id, out var entry) ? ItemReader.Attachment(_tree, entry.Slice, name) : null;

    /// <summary>Adds an item.</summary>
    public ItemSummary Add(ItemDraft draft)
    {
        Changed();
        return _editor.Add(draft);
    }

    /// <summary>Adds an item under an id that it has elsewhere.</summary>
    /// <exception cref="ArgumentException">An item of that id is there.</exception>
    public ItemSummary Add(ItemId id, ItemDraft draft)
    {
        Changed();
        return _editor.Add(id, draft);
    }

    /// <summary>Changes an item; what it was goes to its history.</summary>
    /// <returns>The new summary, or <see langword="null"/> if there is none of that id.</returns>
    public ItemSummary? Update(ItemId id, ItemDraft draft)
    {
        if (!_tree.Entries.TryGetValue(id, out var entry))
        {
            return null;
        }
        Changed();
        return _editor.Update(entry, draft);
    }

    /// <summary>Attaches a file to an item, in the place of the one of that name; the item as it was goes to its history.</summary>
    /// <param name="id">The item.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="content">Its content, which is the vault's from now on; <see langword="null"/> removes the file.</param>
    /// <returns>The new summary, or <see langword="null"/> if the item, or the file to remove, is not there.</returns>
    public ItemSummary? Attach(ItemId id, string name, ReadOnlyMemory<byte>? content)
    {
        if (!_tree.Entries.TryGetValue(id, out var entry)
            || (content is null && ItemReader.Read(_tree, entry).Attachments.All(one => one.Name != name)))
        {
            return null;
        }
        Changed();
        _editor.Attach(entry, name, content);
        return entry.Summary;
    }

    /// <summary>Moves an item to the recycle bin. One that is there already stays.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(ItemId id)
    {
        if (!_tree.Entries.TryGetValue(id, out var entry))
        {
            return false;
        }
        Changed();
        _editor.Remove(entry);
        return true;
    }

    /// <summary>Takes an item out of the recycle bin, to the folder that it was in; to the top one, if that is gone.</summary>
    /// <returns>The new summary, or <see langword="null"/> if there is none of that id in the recycle bin.</returns>
    public ItemSummary? Restore(ItemId id)
    {
        if (!_tree.Entries.TryGetValue(id, out var entry) || !_tree.IsRemoved(entry))
        {
            return null;
        }
        Changed();
        _editor.Restore(entry);
        return entry.Summary;
    }

    /// <summary>Makes a revision's content the item's again; what it was goes to its history. Where it is does not change.</summary>
    /// <returns>The new summary, or <see langword="null"/> if item or revision is not there.</returns>
    public ItemSummary? Restore(ItemId id, int revision)
    {
        if (!_tree.Entries.TryGetValue(id, out var entry) || RevisionOf(entry, revision) is not { } slice)
        {
            return null;
        }
        Changed();
        _editor.Restore(entry, slice);
        return entry.Summary;
    }

    /// <summary>Deletes an item in the recycle bin for good.</summary>
    /// <returns>Whether there was one of that id in the recycle bin.</returns>
    public bool Delete(ItemId id)
    {
        if (!_tree.Entries.TryGetValue(id, out var entry) || !_tree.IsRemoved(entry))
        {
            return false;
        }
        Changed();
        _editor.Delete(entry);
        return true;
    }

    /// <summary>Keeps a generated password, sealed in memory from now on. The oldest beyond <see cref="MaxGenerated"/> goes.</summary>
    /// <param name="value">The password as UTF-8, which the caller disposes.</param>
    public void KeepGenerated(SecretBytes value)
    {
        Changed();
        _editor.AddGenerated(value, MaxGenerated);
    }

    /// <summary>Opens a generated password.</summary>
    /// <returns>The value, which the caller disposes, or <see langword="null"/> if none of that id is kept.</returns>
    public SecretBytes? OpenGenerated(ItemId id) =>
        _tree.Entries.TryGetValue(id, out var entry) && _tree.IsGenerated(entry) ? ItemReader.OpenField(entry.Slice, FieldName.Password) : null;

    /// <summary>Notes that an item was used now: order of offers. Reaches the file with the next write.</summary>
    public void Touch(ItemId id)
    {
        if (_tree.Entries.TryGetValue(id, out var entry))
        {
            _editor.Touch(entry);
            _items = null;
        }
    }

    /// <summary>Reads a value of the vault's own settings (custom data of the database).</summary>
    /// <returns>The value, or <see langword="null"/>.</returns>
    public string? Setting(string key) => (_settings ??= _editor.Settings()).GetValueOrDefault(key);

    /// <summary>The keys of the vault's own settings that begin with a text.</summary>
    public IReadOnlyList<string> SettingKeys(string prefix) =>
        [.. (_settings ??= _editor.Settings()).Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))];

    /// <summary>Sets a value of the vault's own settings; <see langword="null"/> removes it.</summary>
    public void SetSetting(string key, string? value)
    {
        Changed();
        _editor.SetSetting(key, value);
    }

    /// <summary>
    /// Writes what changed: to a temporary file in the same folder, fsync, rename, fsync of the folder; a rotating backup before the first write of a day.
    /// If the file changed since it was read, merges first. Does nothing if nothing changed.
    /// </summary>
    /// <exception cref="VaultException">Nothing was lost: the old file is untouched and the changes are still in memory.</exception>
    public WriteOutcome Write()
    {
        if (!_isChanged)
        {
            return WriteOutcome.Written;
        }
        for (var merges = 0; merges <= MaxMerges; merges++)
        {
            if (_store.TryWrite(_tree))
            {
                _isChanged = false;
                return merges == 0 ? WriteOutcome.Written : WriteOutcome.Merged;
            }
            if (!TryMerge())
            {
                break;
            }
        }
        throw WrittenBeside();
    }

    /// <summary>Makes changes and writes them. If either fails, nothing was changed: the vault in memory is as it was before.</summary>
    /// <param name="change">Makes the changes.</param>
    /// <exception cref="VaultException">As <see cref="Write"/>.</exception>
    public WriteOutcome Commit(Action change)
    {
        var before = new TreeSnapshot(_tree);
        var (knowledge, isChanged) = (_store.Knowledge, _isChanged);
        try
        {
            change();
            return Write();
        }
        catch
        {
            before.Restore();
            // With the tree goes what was merged into it, so the file counts as not read again: else the next write would overwrite it.
            _store.Knowledge = knowledge;
            Changed();
            _isChanged = isChanged;
            throw;
        }
    }

    /// <summary>Makes changes in memory only. If that fails, nothing was changed.</summary>
    /// <param name="change">Makes the changes.</param>
    public void Change(Action change)
    {
        var before = new TreeSnapshot(_tree);
        try
        {
            change();
        }
        catch
        {
            before.Restore();
            Changed();
            throw;
        }
    }

    /// <summary>Takes in what another program wrote since the file was read, if it can be merged. Writes nothing.</summary>
    /// <returns>Whether lists must be read again.</returns>
    /// <exception cref="VaultException">The file may not be read, or its backup not written.</exception>
    public bool Refresh()
    {
        var isChanged = _isChanged;
        var isMerged = _store.IsReplaced() && TryMerge();
        // Without changes of our own there is nothing to write: two hosts would else answer each other's writes for ever.
        _isChanged = isChanged;
        return isMerged;
    }

    /// <summary>Keeps a copy of the file as it is on the disk, before an import or the like.</summary>
    /// <exception cref="VaultException">The copy cannot be written.</exception>
    public void Backup() => _store.Backup();

    /// <summary>Zeroes the keys.</summary>
    public void Dispose()
    {
        _keys.Clear();
        _scratch.Dispose();
        _streams.ForEach(stream => stream.Dispose());
    }

    private bool TryMerge()
    {
        OtherFile other;
        try
        {
            other = _store.ReadOther();
        }
        catch (VaultException)
        {
            // Another passphrase, another format, or nonsense: not to be merged, and not to be overwritten.
            return false;
        }
        _streams.Add(other.Tree.Source.Stream);
        if (other.Tree.Root.Id != RootGroup)
        {
            return false;
        }
        _store.Accept(other);
        TreeMerger.Merge(_tree, other.Tree, _editor, _scratch);
        Changed();
        return true;
    }

    private VaultException WrittenBeside()
    {
        var beside = _store.WriteBeside(_tree);
        return new VaultException(
            VaultError.Changed,
            $"another program replaced {Path}, and its content cannot be merged with the changes made here",
            $"the changes made here are in {beside}: compare both in KeePassXC",
            beside);
    }

    private void Changed()
    {
        _isChanged = true;
        _items = null;
        _settings = null;
    }

    private static Slice? RevisionOf(EntryNode entry, int number)
    {
        var history = ItemReader.History(entry.Slice);
        return number >= 1 && number <= history.Count ? history[number - 1] : null;
    }

    private ItemSummary[] ListItems()
    {
        var items = new List<ItemSummary>(_tree.Entries.Count);
        foreach (var group in _tree.ListedGroups())
        {
            items.AddRange(group.Entries.Select(entry => entry.Summary));
        }
        return [.. items];
    }
}
