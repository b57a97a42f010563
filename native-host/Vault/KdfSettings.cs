namespace Vault;

/// <summary>Which key derivation a vault uses.</summary>
public enum KdfKind
{
    /// <summary>Argon2id, for new files.</summary>
    Argon2id,

    /// <summary>Argon2d, KeePass's older choice.</summary>
    Argon2d,

    /// <summary>AES-KDF, of KDBX 3.1 and before.</summary>
    Aes,
}

/// <summary>The cost of a vault's key derivation.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="MemoryBytes">Argon2: memory.</param>
/// <param name="Passes">Argon2: passes; AES-KDF: rounds.</param>
/// <param name="Lanes">Argon2: lanes.</param>
public sealed record KdfSettings(KdfKind Kind, long MemoryBytes, long Passes, int Lanes)
{
    /// <summary>For new files: Argon2id, 256 MiB, 3 passes, 4 lanes; about a second or less.</summary>
    public static KdfSettings Default { get; } = new(KdfKind.Argon2id, 256L << 20, 3, 4);

    /// <summary>The least that is ever written: Argon2id, 64 MiB, 3 passes.</summary>
    public static KdfSettings Floor { get; } = new(KdfKind.Argon2id, 64L << 20, 3, 4);
}
