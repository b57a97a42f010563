namespace Vault;

/// <summary>What tests set otherwise: the clock, a wait, and a derivation that costs nothing. Nobody else can set any of it.</summary>
public sealed record VaultOptions
{
    /// <summary>What everybody else uses.</summary>
    public static VaultOptions Default { get; } = new();

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Waits before a file is looked for once more.</summary>
    internal Action<TimeSpan> Wait { get; init; } = Thread.Sleep;

    /// <summary>The least that is written.</summary>
    internal KdfSettings KdfFloor { get; init; } = KdfSettings.Floor;

    /// <summary>What takes the place of AES-KDF.</summary>
    internal KdfSettings KdfDefault { get; init; } = KdfSettings.Default;

    /// <summary>The payload's cipher in new files.</summary>
    internal Kdbx.OuterCipher Cipher { get; init; } = Kdbx.OuterCipher.Aes256;
}
