using Host.Protocol;

namespace Host.Service;

/// <summary>Holds passphrases against vaults that are open, all of them under one <see cref="PassphraseLimit"/>.</summary>
internal sealed class PassphraseProof(SessionOptions options, Gate gate)
{
    private readonly PassphraseLimit _limit = new(options.Time);

    /// <summary>Passes if the passphrase is the vault's. Costs a key derivation, outside the gate.</summary>
    /// <exception cref="ProtocolException"><c>wrongKey</c>; <c>rateLimited</c>; <c>locked</c> if it was closed meanwhile.</exception>
    public void Require(OpenVault vault, Secret passphrase, string? keyFile)
    {
        lock (gate)
        {
            _limit.Check();
        }
        using var key = VaultOpener.KeyOf(passphrase.Utf8, keyFile);
        var isKey = vault.File.IsKey(key);
        lock (gate)
        {
            if (vault.IsClosed)
            {
                throw ErrorKind.LockedError();
            }
            if (isKey)
            {
                _limit.Succeeded();
                return;
            }
            _limit.Failed();
        }
        options.Log.PassphraseRefused();
        throw ErrorKind.Error(ErrorKind.WrongKey, "the passphrase is not the vault's", "look at Caps Lock; a key file may be needed");
    }
}
