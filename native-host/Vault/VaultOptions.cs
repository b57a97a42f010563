namespace Vault;

/// <summary>
/// What the copy of a share and tests set otherwise: the clock, a wait, and a derivation that costs nothing. Nobody else can set any of it.
/// </summary>
public sealed record VaultOptions
{
    /// <summary>What everybody else uses.</summary>
    public static VaultOptions Default { get; } = new();

    /// <summary>
    /// For a copy whose key is random and stands in another vault: the least derivation that Argon2 has, as nothing is to be guessed, no
    /// backups, as all of it can be had again, and not compressed, as it is written often and need not be small.
    /// </summary>
    /// <param name="clock">By which the times of what is changed are taken.</param>
    public static VaultOptions OfCopy(TimeProvider clock) => new() { Clock = clock, KdfFloor = LeastKdf, KdfDefault = LeastKdf, IsBackedUp = false, IsCompressed = false };

    private static readonly KdfSettings LeastKdf = new(KdfKind.Argon2id, MemoryBytes: 8 << 10, Passes: 1, Lanes: 1);

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Waits before a file is looked for once more.</summary>
    internal Action<TimeSpan> Wait { get; init; } = Thread.Sleep;

    /// <summary>The least that is written.</summary>
    internal KdfSettings KdfFloor { get; init; } = KdfSettings.Floor;

    /// <summary>Whether the file as it was is kept beside it before the first write of a day, and before a merge.</summary>
    internal bool IsBackedUp { get; init; } = true;

    /// <summary>Whether the payload is compressed.</summary>
    internal bool IsCompressed { get; init; } = true;

    /// <summary>What takes the place of AES-KDF.</summary>
    internal KdfSettings KdfDefault { get; init; } = KdfSettings.Default;

    /// <summary>The payload's cipher in new files.</summary>
    internal Kdbx.OuterCipher Cipher { get; init; } = Kdbx.OuterCipher.Aes256;
}
