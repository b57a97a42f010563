using Host.Protocol;
using Office;

namespace Host.Service;

/// <summary>Opens the vaults of the offices that the own vault holds memberships of. Slow: outside the gate.</summary>
/// <param name="options">The session's.</param>
/// <param name="gate">The session's.</param>
/// <param name="changed">Called when an office was opened, could not be, or has other items, outside the gate.</param>
internal sealed class ShareOpener(SessionOptions options, Gate gate, Action changed)
{
    private readonly System.Threading.Lock _opening = new();

    /// <summary>Opens the next office that waits for it; what it comes to, also a failure, stands in the list then. One that opens just now is waited for.</summary>
    /// <returns>Whether one was tried; otherwise none waits, or the own vault was locked.</returns>
    public bool OpenNext(OpenVaults vaults)
    {
        lock (_opening)
        {
            if (!TryOpenNext(vaults))
            {
                return false;
            }
        }
        changed();
        return true;
    }

    private bool TryOpenNext(OpenVaults vaults)
    {
        Membership? us;
        Contracts.LogHead? remembered;
        JoinedOffice office;
        lock (gate)
        {
            if (vaults.Own.IsClosed || vaults.WaitingOffice is not { } next)
            {
                return false;
            }
            office = next;
            us = Membership.TryRead(vaults.Own.File, office.Item);
            remembered = Membership.HeadIn(vaults.Own.File, office.Item);
            if (us is null)
            {
                office.Error = new ErrorReply(
                    ErrorKind.VaultDamaged, "an item of the folder Offices is no membership any more", "take back what was changed in it, or join the office again");
                return true;
            }
        }
        try
        {
            Publish(vaults, office, OpenShare.Open(us, office.Item, remembered, gate, options, _ => changed()));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            lock (gate)
            {
                office.Error = ErrorOf(failure);
            }
        }
        return true;
    }

    private void Publish(OpenVaults vaults, JoinedOffice office, OpenShare share)
    {
        share.Client.Show();
        lock (gate)
        {
            if (vaults.Own.IsClosed || !vaults.Offices.Contains(office))
            {
                share.Dispose();
                return;
            }
            office.Open = share;
            share.Synced = synced => RememberHead(vaults, synced);
        }
        if (options.IsHost)
        {
            share.Client.Start();
        }
    }

    /// <summary>Keeps the log's head in the own vault too, and where the server is by it: a copy that is lost does not take the memory with it.</summary>
    private void RememberHead(OpenVaults vaults, OpenShare share)
    {
        if (share.Client.Head is not { } head)
        {
            return;
        }
        lock (gate)
        {
            var (own, server) = (vaults.Own, share.Client.Us.Server);
            if (own.IsClosed || (Membership.HeadIn(own.File, share.Item) == head && Membership.Remembers(own.File, share.Item, server)))
            {
                return;
            }
            own.Remember(() =>
            {
                Membership.SetHead(own.File, share.Item, head);
                if (!Membership.Remembers(own.File, share.Item, server))
                {
                    Membership.SetServer(own.File, share.Item, server);
                }
            });
        }
        changed(); // who lists members sees them anew
    }

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
