using Contracts;
using Contracts.Wire;
using Office.Client;
using Office.State;
using Vault;

namespace Office;

/// <summary>The audit: reporting what is revealed, copied and filled here, and reading what all hosts reported.</summary>
public sealed partial class OfficeClient
{
    /// <summary>How long a report may wait for others before an exchange is made for it.</summary>
    private static readonly TimeSpan ReportsWait = TimeSpan.FromSeconds(30);

    private readonly Lock _auditGate = new(); // reading takes as long as the server takes: nobody else waits for it
    private ITimer? _reportsDue;
    private AuditCopy? _audit;

    /// <summary>
    /// Notes that a secret of an item was shown, copied or filled; nothing if the office was founded without an audit. Waits neither for the
    /// server nor for the disk: a fill is not held up.
    /// </summary>
    public void Report(Id item, WireEventKind kind)
    {
        // Said once, by genesis, and so read without the gate, which an exchange may hold.
        if (!_state.Log.AuditsItems)
        {
            return;
        }
        if (_reports.Add(new WireEvent { Kind = kind, Item = item, Time = Now }))
        {
            Interlocked.Exchange(ref _reportsDue, _time.CreateTimer(_ => Wake(), null, ReportsWait, Timeout.InfiniteTimeSpan))?.Dispose();
        }
        ThreadPool.UnsafeQueueUserWorkItem(static client => client.KeepReports(), this, preferLocal: false);
    }

    /// <summary>Reads the audit up to its end, and holds it against what was seen of it earlier.</summary>
    /// <returns>Everything in it, in the order in which it was read: the newest last.</returns>
    /// <exception cref="OfficeException">We are no administrator, or the server cannot be asked.</exception>
    public IReadOnlyList<AuditEvent> ReadAudit()
    {
        lock (_auditGate)
        {
            _audit ??= NewAudit(Read(state => state.AuditHeads.ToList()));
            try
            {
                if (!TryRead(_audit))
                {
                    Warn(new OfficeNotice(
                        "auditChanged", $"the audit of {_us.Name} is not the one of before: entries were lost, as by a restored backup, or changed"));
                    _audit = NewAudit([]);
                    if (!TryRead(_audit))
                    {
                        throw new OfficeException(OfficeError.ServerFailed, "the audit is no chain", "tell whoever runs the share server");
                    }
                }
            }
            catch (ContractException refused)
            {
                throw ServerConnection.Nonsense(refused);
            }
            lock (_gate)
            {
                _audit.Chains.ToList().ForEach(_state.SetAuditHead);
                _state.Write();
            }
            return _audit.Events;
        }
    }

    private void KeepReports()
    {
        try
        {
            _reports.Write();
        }
        catch (VaultException failure)
        {
            Failed(failure); // they stay in memory, and are tried again with the next
        }
    }

    private static AuditCopy NewAudit(List<WireAuditChain> seen)
    {
        var audit = new AuditCopy();
        seen.ForEach(audit.Expect);
        return audit;
    }

    private bool TryRead(AuditCopy audit)
    {
        var chains = _server.AuditChains().Chains;
        if (!audit.MayFollow(chains))
        {
            return false;
        }
        foreach (var chain in chains)
        {
            for (var more = true; more;)
            {
                var page = _server.Audit(chain.Chain, audit.CountOf(chain.Chain) + 1);
                if (!audit.Take(chain.Chain, page.Entries))
                {
                    return false;
                }
                more = page.More && page.Entries.Count > 0;
            }
        }
        return audit.IsWhole;
    }

    private void Warn(OfficeNotice notice)
    {
        lock (_gate)
        {
            Notice(notice);
        }
    }

    /// <summary>Sends what waits to be reported.</summary>
    private void SendReports()
    {
        while (_reports.Next() is var (batch, events))
        {
            try
            {
                _server.PutEvents(batch, new WireEvents { Events = events });
            }
            catch (OfficeException refused) when (refused.Error == OfficeError.TooMany)
            {
                return; // more than an hour may have: the rest goes later
            }
            catch (OfficeException refused) when (refused.Error is OfficeError.Refused or OfficeError.TooLarge or OfficeError.Conflict)
            {
                // It would be refused again and again, and nothing of a person's is lost with it.
            }
            _reports.Remove(batch);
        }
    }
}
