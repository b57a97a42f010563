namespace Vault.Kdbx;

/// <summary>What a file may ask of us at most. Each number is checked before anything is allocated or looped over.</summary>
internal static class Limits
{
    /// <summary>The longest file we read.</summary>
    internal const long MaxFileBytes = 512L << 20;

    /// <summary>The longest expanded payload.</summary>
    internal const long MaxPayloadBytes = 512L << 20;

    /// <summary>Up to here a payload may expand at any ratio: a vault of equal items compresses very well.</summary>
    internal const long FreeExpansionBytes = 64L << 20;

    /// <summary>Beyond <see cref="FreeExpansionBytes"/>: the ratio of expanded to compressed.</summary>
    internal const long MaxExpansionRatio = 100;

    /// <summary>All header fields together; real ones have 300 bytes.</summary>
    internal const int MaxHeaderBytes = 1 << 20;

    /// <summary>Entries of one variant dictionary; real ones have 7.</summary>
    internal const int MaxVariants = 256;

    /// <summary>One block of the payload; programs write 1 MiB.</summary>
    internal const int MaxBlockBytes = 128 << 20;

    /// <summary>How deep elements nest; each group is one level.</summary>
    internal const int MaxXmlDepth = 128;

    /// <summary>Attributes of one element; KDBX uses at most two.</summary>
    internal const int MaxXmlAttributes = 32;

    /// <summary>Argon2: memory.</summary>
    internal const long MaxKdfMemoryBytes = 1L << 30;

    /// <summary>Argon2: passes.</summary>
    internal const long MaxKdfPasses = 100;

    /// <summary>Argon2: memory times passes, about a minute of work.</summary>
    internal const long MaxKdfWorkBytes = 64L << 30;

    /// <summary>Argon2: lanes, each of which is a thread.</summary>
    internal const long MaxKdfLanes = 64;

    /// <summary>AES-KDF: rounds, about a minute of work.</summary>
    internal const ulong MaxAesRounds = 1_000_000_000;
}
