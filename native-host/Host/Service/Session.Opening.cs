using Host.Protocol;
using Vault;

namespace Host.Service;

/// <summary>How vaults are opened, and who is let in to them.</summary>
internal sealed partial class Session
{
    /// <summary>Opens, makes, or proves a passphrase against the vault. One at a time, and nobody else waits.</summary>
    private Status HandleKey(Client client, Request request)
    {
        lock (_gate)
        {
            CheckHello(client, request);
        }
        lock (_derivation)
        {
            var isNew = request switch
            {
                Unlock unlock when Volatile.Read(ref _vaults) is { } open => Prove(open.Own, unlock),
                Unlock unlock => Publish(_opener.Open(unlock)),
                Create create when !IsOpen => Publish(_opener.Create(create)),
                _ => throw ErrorKind.Error(ErrorKind.VaultInUse, "a vault is open", "lock it first"),
            };
            Client[] couldNotSee;
            lock (_gate)
            {
                couldNotSee = _clients.Where(other => other != client && (isNew || !Sees(other)));
                Admit(client);
                if (!isNew)
                {
                    _vaults!.RetryFailed();
                }
                if (request is Unlock { Terminal: true } && client is { Profile: null, Terminal: { } terminal })
                {
                    _access.Admit(terminal);
                }
            }
            _clients.Tell("unlocked", null, other => couldNotSee.Contains(other) && Sees(other));
            lock (_gate)
            {
                return StatusFor(client);
            }
        }
    }

    private bool Prove(OwnVault open, Unlock unlock)
    {
        _opener.CheckIsSame(open, unlock.Path);
        _proof.Require(open, unlock.Passphrase, unlock.KeyFile);
        return false;
    }

    private ListedVault HandleAdd(Client client, AddVault request)
    {
        OpenVaults vaults;
        lock (_gate)
        {
            CheckHello(client, request);
            vaults = VaultsOf(client).Listed;
        }
        var one = _further.Add(vaults, request, _proof, client.Profile);
        ListedVault added;
        lock (_gate)
        {
            ThrowIfEnded();
            _autoLock.NoteAction();
            if (client.Profile is { } profile)
            {
                _access.Admit(profile, vaults.IdOf(one));
            }
            added = VaultAnswers.Of(VaultsOf(client), one);
        }
        _clients.Tell("changed", null, other => other != client && Sees(other));
        return added;
    }

    /// <summary>Opens the further vaults that wait for it, in the background: the own one serves meanwhile.</summary>
    private void OpenFurtherSoon()
    {
        OpenVaults vaults;
        lock (_gate)
        {
            if (_isOpeningFurther || _vaults is not { } open || (open.Waiting is null && open.WaitingOffice is null))
            {
                return;
            }
            (vaults, _isOpeningFurther) = (open, true);
        }
        _options.InBackground(() => OpenFurther(vaults));
    }

    private void OpenFurther(OpenVaults vaults)
    {
        while (_further.OpenNext(vaults) is { } one)
        {
            _clients.Tell("changed", null, other => Sees(other) && (one.Open is null || _access.Sees(other, vaults.Own, one.Open.Id)));
        }
        while (_shares.OpenNext(vaults))
        {
            // until none waits
        }
        lock (_gate)
        {
            _isOpeningFurther = false;
        }
        OpenFurtherSoon(); // one may have come after the last look
    }

    private bool Publish(OwnVault opened)
    {
        lock (_gate)
        {
            if (_ended)
            {
                opened.Dispose();
            }
            ThrowIfEnded();
            _vaults = new OpenVaults(opened);
            _isFresh = _options.IsHost;
            _autoLock.Begin(opened);
        }
        return true;
    }

    /// <summary>Lets a client in that gave the passphrase, and its profile from now on.</summary>
    private void Admit(Client client)
    {
        ThrowIfEnded();
        var vault = _vaults!.Own;
        client.PassphraseAt = _options.Time.GetTimestamp();
        _autoLock.NoteAction();
        _releases.Reset(client.Asker);
        if (client.Profile is not { } profile || !_access.Admit(profile) || vault.Settings.Knows(profile.Hash))
        {
            return;
        }
        if (vault.File.IsOlder)
        {
            // Only a change raises a file of an older KeePass to the newest kind, and not that it was unlocked: the profile goes with that.
            vault.Remember(() => vault.Settings.AddProfile(profile.Hash, client.Browser, _options.Time.GetUtcNow()));
            _options.Log.ProfileAdded();
            return;
        }
        try
        {
            vault.Commit(() => vault.Settings.AddProfile(profile.Hash, client.Browser, _options.Time.GetUtcNow()));
            _options.Log.ProfileAdded();
        }
        catch (VaultException)
        {
            _options.Log.ProfileNotKept(); // the vault can be read all the same; this profile is let in until the next lock
        }
    }
}
