using Contracts;
using Contracts.Wire;
using Office.Store;
using Vault.Crypto;

namespace Office.State;

/// <summary>Reads what the journal holds when an office is opened.</summary>
public sealed partial class OfficeState
{
    /// <summary>Takes an entry of the journal again. It was checked when it came; it is judged again all the same, as rights follow from it.</summary>
    private void Replay(ReadOnlySpan<byte> entry)
    {
        try
        {
            var parts = Pack.Open(entry);
            switch (parts[0], parts.Length)
            {
                case ([Entry], 3):
                    var logEntry = Signed<LogEntry>(parts[1..]);
                    if (Log.Append(logEntry) == LogVerdict.Accepted)
                    {
                        Remember(logEntry);
                    }
                    break;
                case ([Record], 5):
                    _ = Take(ItemOf(parts[1]), Signed<AccessRecord>(parts[2..]), _pending, parts[4] is [1]);
                    break;
                case ([EnvelopeOf], 6):
                    var signed = Signed<Envelope>(parts[2..]);
                    _ = Take(ItemOf(parts[1]), signed, signed.Record.IsRemoval ? null : parts[4], _pending, parts[5] is [1]);
                    break;
                case ([Wraps], 6):
                    var item = ItemOf(parts[1]);
                    if (Pack.NumberOf(parts[2]) == item.Chain.Record?.Record.Epoch)
                    {
                        Take(item, [new KeyWrap { Principal = new Id(parts[3]), GroupEpoch = Pack.NumberOf(parts[4]), Bytes = parts[5] }], _pending);
                    }
                    break;
                case ([Position], 4):
                    SetPositions(new Id(parts[1]), [new WirePosition { Principal = new Id(parts[2]), Sequence = Pack.NumberOf(parts[3]) }]);
                    break;
                case ([GroupKey], 5):
                    _ = OpenGroupKey(new Id(parts[1]), new KeyWrap { GroupEpoch = Pack.NumberOf(parts[2]), Principal = new Id(parts[3]), Bytes = parts[4] });
                    break;
                case ([Profile], 3):
                    TakeProfile(Signed<MemberProfile>(parts[1..]));
                    break;
                case ([Name], 3):
                    TakeGroupName(Signed<GroupName>(parts[1..]));
                    break;
                case ([BeaconOf], 3):
                    TakeBeacon(Signed<Beacon>(parts[1..]));
                    break;
                case ([Failure], 3):
                    ItemOf(parts[1]).Failure = parts[2].Length == 0 ? null : System.Text.Encoding.ASCII.GetString(parts[2]);
                    break;
                case ([Invitation], 3):
                    _invitations[new Id(parts[1])] = new SealedSecret(parts[2]);
                    Pack.Clear(parts[2]);
                    break;
                case ([AuditHead], 4):
                    SetAuditHead(new WireAuditChain { Chain = new Id(parts[1]), Count = Pack.NumberOf(parts[2]), Head = new Hash(parts[3]).ToArray() });
                    break;
                case ([InvitationDone], 2):
                    _ = _invitations.Remove(new Id(parts[1]));
                    break;
                case ([Request], 3):
                    TakeRequest(new Id(parts[1]), WireJson.Read(parts[2], WireJson.Default.WireRequest));
                    break;
                case ([RequestDone], 3) when parts[2] is [var outcome]:
                    EndRequest(new Id(parts[1]), (RequestOutcome)outcome);
                    break;
                case ([RequestDone], 3):
                    RemoveRequest(new Id(parts[1]));
                    break;
                default:
                    throw new FormatException("an entry of the journal is of no known kind");
            }
        }
        catch (Exception refused) when (refused is FormatException or ContractException or ArgumentException)
        {
            throw new Vault.VaultException(
                Vault.VaultError.Unsupported, "what is kept beside the copy of an office is of another version of this program", "update latchkey on this computer");
        }
        finally
        {
            _pending.Clear(); // it is there already
            Count++;
        }
    }

    /// <summary>What an entry is about, so that the last one of the same place makes those before it void.</summary>
    /// <returns>No place if the entry stays needed whatever follows; and whether it ends what the place was for, and is void itself then.</returns>
    internal static (string? Place, bool IsEnd) PlaceOf(byte[][] parts) => (parts[0], parts.Length) switch
    {
        ([EnvelopeOf], 6) => (Place("envelope", parts[1]), false),
        ([Wraps], 6) => (Place("wrap", parts[1], parts[3]), false),
        ([Position], 4) => (Place("position", parts[2]), false),
        ([Profile], 3) => (Place("profile", SignedRecord.Decode<MemberProfile>(parts[1]).Member.ToArray()), false),
        ([Name], 3) => (Place("name", SignedRecord.Decode<GroupName>(parts[1]).Group.ToArray()), false),
        ([BeaconOf], 3) => (Place("beacon"), false),
        ([AuditHead], 4) => (Place("audit", parts[1]), false),
        ([Failure], 3) => (Place("failure", parts[1]), parts[2].Length == 0),
        ([Invitation], 3) => (Place("invitation", parts[1]), false),
        ([InvitationDone], 2) => (Place("invitation", parts[1]), true),
        ([Request], 3) => (Place("request", parts[1]), false),
        ([RequestDone], 3) when parts[2].Length == 0 => (Place("request", parts[1]), true),
        _ => (null, false),
    };

    private static string Place(string what, params ReadOnlySpan<byte[]> ids)
    {
        var place = new System.Text.StringBuilder(what);
        foreach (var id in ids)
        {
            place.Append(' ').Append(Convert.ToHexString(id));
        }
        return place.ToString();
    }

    private SharedItem ItemOf(byte[] id)
    {
        var item = new Id(id);
        return _items.TryGetValue(item, out var known) ? known : _items[item] = new SharedItem(item, Log);
    }

    private static SignedRecord<T> Signed<T>(byte[][] parts) where T : IRecord<T> => SignedRecord.Decode<T>(parts[0], parts[1]);
}
