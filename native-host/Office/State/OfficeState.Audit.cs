using Contracts;
using Contracts.Wire;
using Office.Store;

namespace Office.State;

/// <summary>Remembers how far the server's audit went.</summary>
public sealed partial class OfficeState
{
    private const byte AuditHead = (byte)'A';

    private readonly Dictionary<Id, WireAuditChain> _auditHeads = [];

    /// <summary>How far each chain of the audit went when it was read last.</summary>
    public IReadOnlyCollection<WireAuditChain> AuditHeads => _auditHeads.Values;

    /// <summary>Notes how far a chain goes.</summary>
    public void SetAuditHead(WireAuditChain head)
    {
        if (!_auditHeads.TryGetValue(head.Chain, out var known) || known.Count != head.Count || !known.Head.Span.SequenceEqual(head.Head.Span))
        {
            _auditHeads[head.Chain] = head;
            Keep(AuditHead, head.Chain.ToArray(), Pack.Of(head.Count), head.Head.ToArray());
        }
    }
}
