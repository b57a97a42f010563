using Vault.Crypto;

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
/// Changes are in memory until <see cref="Write"/>, which is atomic and durable.
/// </summary>
public sealed class VaultFile : IDisposable
{
    /// <summary>Writes a new empty vault with a recycle bin and opens it.</summary>
    /// <exception cref="VaultException">A file is there already, or it cannot be written.</exception>
    public static VaultFile Create(string path, CompositeKey key, KdfSettings? kdf = null) => throw new NotImplementedException();

    /// <summary>Opens a vault. Costs its key derivation, seconds at the most.</summary>
    /// <exception cref="VaultException">It is not there, the key is wrong, it is damaged, unsupported or beyond the caps.</exception>
    public static VaultFile Open(string path, CompositeKey key) => throw new NotImplementedException();

    /// <summary>Where the file is, symbolic links resolved.</summary>
    public string Path => throw new NotImplementedException();

    /// <summary>The database's name, or the file's name where it has none.</summary>
    public string Name => throw new NotImplementedException();

    /// <summary>The root group's id: the vault's identity.</summary>
    public ItemId RootGroup => throw new NotImplementedException();

    /// <summary>Every item outside the recycle bin, in the file's order. The list is replaced, not changed, by edits.</summary>
    public IReadOnlyList<ItemSummary> Items => throw new NotImplementedException();

    /// <summary>Tells whether the key is this vault's. Costs one key derivation.</summary>
    public bool IsKey(CompositeKey key) => throw new NotImplementedException();

    /// <summary>Reads one item, also one in the recycle bin.</summary>
    /// <returns>The item, or <see langword="null"/> if there is none of that id.</returns>
    public Item? Get(ItemId id) => throw new NotImplementedException();

    /// <summary>Opens one field, protected or not.</summary>
    /// <returns>The value as UTF-8, which the caller disposes, or <see langword="null"/> if item or field is not there.</returns>
    public SecretBytes? OpenField(ItemId id, string field) => throw new NotImplementedException();

    /// <summary>Adds an item.</summary>
    public ItemSummary Add(ItemDraft draft) => throw new NotImplementedException();

    /// <summary>Changes an item; what it was goes to its history.</summary>
    /// <returns>The new summary, or <see langword="null"/> if there is none of that id.</returns>
    public ItemSummary? Update(ItemId id, ItemDraft draft) => throw new NotImplementedException();

    /// <summary>Moves an item to the recycle bin.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(ItemId id) => throw new NotImplementedException();

    /// <summary>Notes that an item was used now: order of offers. Reaches the file with the next write.</summary>
    public void Touch(ItemId id) => throw new NotImplementedException();

    /// <summary>Reads a value of the vault's own settings (custom data of the database).</summary>
    /// <returns>The value, or <see langword="null"/>.</returns>
    public string? Setting(string key) => throw new NotImplementedException();

    /// <summary>Sets a value of the vault's own settings; <see langword="null"/> removes it.</summary>
    public void SetSetting(string key, string? value) => throw new NotImplementedException();

    /// <summary>
    /// Writes what changed: to a temporary file in the same folder, fsync, rename, fsync of the folder; a rotating backup before the first write of a day.
    /// If the file changed since it was read, merges first. Does nothing if nothing changed.
    /// </summary>
    /// <exception cref="VaultException">Nothing was lost: the old file is untouched and the changes are still in memory.</exception>
    public WriteOutcome Write() => throw new NotImplementedException();

    /// <summary>Zeroes the keys.</summary>
    public void Dispose() => throw new NotImplementedException();
}
