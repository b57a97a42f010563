namespace Vault;

/// <summary>Why a vault could not be read or written. One for one with the error kinds of native-host/docs/protocol.md.</summary>
public enum VaultError
{
    /// <summary>No file there.</summary>
    Missing,

    /// <summary>A file is there that would be overwritten.</summary>
    Exists,

    /// <summary>The composite key does not open it.</summary>
    WrongKey,

    /// <summary>A check fails: truncated, altered, or not well formed.</summary>
    Damaged,

    /// <summary>Not a KDBX file, or a version, cipher or KDF that is not known here.</summary>
    Unsupported,

    /// <summary>Its key derivation asks for more memory, passes or time than the caps.</summary>
    TooCostly,

    /// <summary>It expands to, or nests deeper than, what the caps allow.</summary>
    TooLarge,

    /// <summary>The file or its folder cannot be written.</summary>
    ReadOnly,

    /// <summary>No space left; the old file is untouched.</summary>
    DiskFull,

    /// <summary>The file was rewritten by another program in a way that cannot be merged; ours was written beside it.</summary>
    Changed,
}

/// <summary>A vault could not be read or written. Never carries content of the vault.</summary>
/// <param name="error">Why.</param>
/// <param name="message">What happened, lower case, without a full stop.</param>
/// <param name="hint">What to do.</param>
/// <param name="file">The other file that the hint names, if any: a backup's name, or where the changes lie.</param>
public sealed class VaultException(VaultError error, string message, string hint, string? file = null) : Exception(message)
{
    /// <summary>Why.</summary>
    public VaultError Error { get; } = error;

    /// <summary>What to do.</summary>
    public string Hint { get; } = hint;

    /// <summary>The other file that the hint names: a backup's name (<see cref="VaultError.Missing"/>), or where the changes lie (<see cref="VaultError.Changed"/>).</summary>
    public string? File { get; } = file;
}
