namespace Host.Service;

/// <summary>Who sees which vault: who gave its passphrase, on a connection, as a profile or for a terminal's session. Guarded by the session's gate.</summary>
internal sealed class Access
{
    private readonly HashSet<string> _profiles = [];
    private readonly HashSet<(string Profile, string Vault)> _further = [];
    private readonly HashSet<TerminalSession> _terminals = [];

    /// <summary>Tells whether a client sees the own vault.</summary>
    public bool Sees(Client client, OwnVault vault) =>
        client.PassphraseAt is not null
        || (client.Profile is null
            ? client.Terminal is { } terminal && _terminals.Contains(terminal)
            : _profiles.Contains(client.Profile.Hash) || vault.Settings.Knows(client.Profile.Hash));

    /// <summary>
    /// Tells whether a client that sees the own vault sees a further one too: a profile by that one's passphrase, a command line by the own
    /// one's, with which it could read all keys.
    /// </summary>
    public bool Sees(Client client, OwnVault own, string vault) =>
        client.Profile is not { } profile || _further.Contains((profile.Hash, vault)) || own.VaultSettings.Knows(profile.Hash, vault);

    /// <summary>Lets a profile in until the lock.</summary>
    /// <returns>Whether it was not let in before.</returns>
    public bool Admit(Profile profile) => _profiles.Add(profile.Hash);

    /// <summary>Lets a profile into a further vault until the lock.</summary>
    public void Admit(Profile profile, string vault) => _further.Add((profile.Hash, vault));

    /// <summary>Lets the commands of a terminal's session in until the lock.</summary>
    public void Admit(TerminalSession terminal) => _terminals.Add(terminal);

    /// <summary>Lets a profile in no longer.</summary>
    public void Dismiss(string profile)
    {
        _profiles.Remove(profile);
        _further.RemoveWhere(one => one.Profile == profile);
    }

    /// <summary>Lets nobody into a further vault any longer.</summary>
    public void DismissAll(string vault) => _further.RemoveWhere(one => one.Vault == vault);
}
