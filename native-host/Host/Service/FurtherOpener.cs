using Host.Protocol;
using Vault;

namespace Host.Service;

/// <summary>
/// Opens further vaults: those that the own vault names, after an unlock, and those that a person adds. Key derivations run outside the gate,
/// one at a time.
/// </summary>
internal sealed class FurtherOpener(SessionOptions options, VaultOpener opener, Gate gate, Gate derivation)
{
    /// <summary>Opens the next vault that waits for it; what it comes to, also a failure, stands in the list then.</summary>
    /// <returns>The vault, which may have left the list meanwhile; <see langword="null"/> if none waits, or the own one was locked.</returns>
    public FurtherVault? OpenNext(OpenVaults vaults)
    {
        lock (derivation)
        {
            FurtherVault one;
            AutoOpenEntry entry;
            Secret? passphrase;
            lock (gate)
            {
                if (vaults.Own.IsClosed || vaults.Waiting is not { } next)
                {
                    return null;
                }
                (one, entry) = (next, next.Entry);
                using var field = vaults.Own.AutoOpen.OpenPassphrase(entry.Item);
                passphrase = new Secret(field is null ? [] : field.Span);
            }
            using (passphrase)
            {
                TryOpen(vaults, one, entry, passphrase);
            }
            return one;
        }
    }

    /// <summary>Adds a vault, or takes one's passphrase for whoever has not given it yet.</summary>
    /// <param name="vaults">The open ones.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="proof">Holds the passphrase against a vault that is open.</param>
    /// <param name="profile">The profile that asks and is let in from now on; <see langword="null"/> for a command line.</param>
    /// <returns>The vault, open.</returns>
    /// <exception cref="ProtocolException"><c>refused</c> <c>same</c> or <c>tooMany</c>; <c>notFound</c>; as <see cref="VaultOpener.Open"/>.</exception>
    /// <exception cref="VaultException">As <see cref="VaultOpener.Open"/>, or the own vault cannot be written: then nothing is added.</exception>
    public FurtherVault Add(OpenVaults vaults, AddVault request, PassphraseProof proof, Profile? profile)
    {
        lock (derivation)
        {
            FurtherVault? listed;
            string path;
            lock (gate)
            {
                (listed, path) = Target(vaults, request);
            }
            var keyFile = request.KeyFile is { } named ? opener.FullPath(named) : request.Vault is null ? null : listed!.Entry.KeyFile;
            if (listed?.Open is { } open)
            {
                proof.Require(open, request.Passphrase, keyFile);
                lock (gate)
                {
                    CheckIsOpen(vaults.Own);
                    KeepAdmission(vaults.Own, open.Id, profile);
                }
                return listed;
            }
            var opened = opener.OpenFurther(path, request.Passphrase.Utf8, keyFile);
            lock (gate)
            {
                try
                {
                    return Keep(vaults, listed, opened, path, keyFile, request.Passphrase, profile);
                }
                catch
                {
                    opened.Dispose();
                    throw;
                }
            }
        }
    }

    private (FurtherVault? Listed, string Path) Target(OpenVaults vaults, AddVault request)
    {
        CheckIsOpen(vaults.Own);
        if (request.Vault is { } id)
        {
            var one = vaults.Require(id);
            if (one.Open is null)
            {
                vaults.CheckHasRoom(one);
                vaults.CheckIsOther(one.Entry.Path);
            }
            return (one, one.Entry.Path);
        }
        var path = opener.FullPath(request.Path);
        vaults.CheckIsOther(path);
        var listed = vaults.OfFile(path);
        vaults.CheckHasRoom(listed);
        return (listed, path);
    }

    private FurtherVault Keep(
        OpenVaults vaults, FurtherVault? listed, OpenVault opened, string path, string? keyFile, Secret passphrase, Profile? profile)
    {
        var own = vaults.Own;
        CheckIsOpen(own);
        vaults.CheckIsOther(opened);
        var item = own.CommitItem(() =>
        {
            var changed = listed is null
                ? own.AutoOpen.Add(opened.File.Name, path, keyFile, passphrase)
                : own.AutoOpen.Change(listed.Entry.Item, keyFile, passphrase);
            own.VaultSettings.SetOpenedBy(changed.Id, opened.Id);
            Admit(own, opened.Id, profile);
            return changed;
        });
        var one = vaults.Further.FirstOrDefault(each => each.Entry.Item == item.Id) ?? throw ErrorKind.NotFoundError("vault");
        vaults.Put(one, opened);
        return one;
    }

    private static void CheckIsOpen(OwnVault own)
    {
        if (own.IsClosed)
        {
            throw ErrorKind.LockedError();
        }
    }

    private void Admit(OwnVault own, string vault, Profile? profile)
    {
        if (profile is not null)
        {
            own.VaultSettings.AddProfile(profile.Hash, vault, options.Time.GetUtcNow());
        }
    }

    private void KeepAdmission(OwnVault own, string vault, Profile? profile)
    {
        try
        {
            own.Commit(() => Admit(own, vault, profile));
        }
        catch (VaultException)
        {
            options.Log.ProfileNotKept(); // the vault can be read all the same; this profile is let in until the next lock
        }
    }

    private void TryOpen(OpenVaults vaults, FurtherVault one, AutoOpenEntry entry, Secret passphrase)
    {
        OpenVault? opened = null;
        try
        {
            lock (gate)
            {
                vaults.CheckIsOther(entry.Path);
            }
            opened = opener.OpenFurther(entry.Path, passphrase.Utf8, entry.KeyFile);
            lock (gate)
            {
                if (!vaults.Own.IsClosed && vaults.Further.Contains(one))
                {
                    vaults.CheckIsOther(opened);
                    vaults.Put(one, opened);
                    opened = null;
                }
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            lock (gate)
            {
                one.Error = ErrorOf(failure);
            }
        }
        finally
        {
            opened?.Dispose();
        }
    }

    // No port hears of a bug here, and a thread that ended by one would end the host.
    private ErrorReply ErrorOf(Exception failure)
    {
        if (ErrorKind.Of(failure) is { } refusal)
        {
            return refusal.Error;
        }
        options.Log.Failed(failure);
        return new ErrorReply(ErrorKind.Internal, "the host has a bug; its log says where", "latchkey doctor");
    }
}
