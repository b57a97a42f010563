using Vault;

namespace Host.Service;

/// <summary>What a session is made of.</summary>
internal sealed record SessionOptions
{
    public required Paths Paths { get; init; }

    public required TimeProvider Time { get; init; }

    public required Log Log { get; init; }

    /// <summary>Whether this is the host, or a command that opens the vault itself.</summary>
    public required bool IsHost { get; init; }

    /// <summary>Runs what nobody waits for: on a thread of its own, unless told otherwise.</summary>
    public Action<Action> InBackground { get; init; } = work => new Thread(() => work()) { IsBackground = true }.Start();

    /// <summary>The vault to open when a request names none; <see langword="null"/> for the own vault.</summary>
    public string? Vault { get; init; }

    /// <summary>The bus of logind, listened to while a vault is open; <see langword="null"/> for none.</summary>
    public string? SystemBus { get; init; }

    /// <summary>How the vaults' files are read and written.</summary>
    public VaultOptions Files { get; init; } = VaultOptions.Default;
}
