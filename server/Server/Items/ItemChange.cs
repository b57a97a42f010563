using Contracts;
using Contracts.Wire;

namespace Server.Items;

/// <summary>One change of a transaction, decoded.</summary>
/// <param name="Item">Which item.</param>
/// <param name="Access">The access record, where there is one.</param>
/// <param name="Envelope">The envelope, where there is one.</param>
/// <param name="Wire">What was sent.</param>
internal sealed record ItemChange(Id Item, SignedRecord<AccessRecord>? Access, SignedRecord<Envelope>? Envelope, WireItemChange Wire)
{
    /// <summary>Verifies the signatures with the key of who sent it, beside other requests: where the change is judged, all wait for each other.</summary>
    public void VerifyAhead(PublicKey theirKey)
    {
        // Whoever judges asks again, and gets the answer at once if it was yes.
        _ = (Access is null || Access.IsBy(theirKey)) && Envelope?.IsBy(theirKey) == true;
    }

    /// <summary>Decodes a change.</summary>
    /// <exception cref="ContractException">Its record or envelope is none.</exception>
    public static ItemChange Of(WireItemChange change)
    {
        var access = change.Access?.Record.Decode<AccessRecord>();
        var envelope = change.Envelope?.Decode();
        return new(access is null ? envelope!.Record.Item : access.Record.Item ?? Id.Of(access.Hash), access, envelope, change);
    }
}
