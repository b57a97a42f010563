namespace Host.Service;

/// <summary>Who sees the vault: who gave the passphrase, on a connection, as a profile or for a terminal's session. Guarded by the session's gate.</summary>
internal sealed class Access
{
    private readonly HashSet<string> _profiles = [];
    private readonly HashSet<TerminalSession> _terminals = [];

    /// <summary>Tells whether a client sees a vault.</summary>
    public bool Sees(Client client, OpenVault vault) =>
        client.PassphraseAt is not null
        || (client.Profile is null
            ? client.Terminal is { } terminal && _terminals.Contains(terminal)
            : _profiles.Contains(client.Profile.Hash) || vault.Settings.Knows(client.Profile.Hash));

    /// <summary>Lets a profile in until the lock.</summary>
    /// <returns>Whether it was not let in before.</returns>
    public bool Admit(Profile profile) => _profiles.Add(profile.Hash);

    /// <summary>Lets the commands of a terminal's session in until the lock.</summary>
    public void Admit(TerminalSession terminal) => _terminals.Add(terminal);

    /// <summary>Lets a profile in no longer.</summary>
    public void Dismiss(string profile) => _profiles.Remove(profile);
}
