using Contracts;
using Server.Storage;

namespace Server.Items;

/// <summary>An item as the database has it, ready to judge what comes next.</summary>
internal sealed class StoredItem
{
    private StoredItem(Id id, ItemChain chain)
    {
        Id = id;
        Chain = chain;
    }

    public Id Id { get; }

    public ItemChain Chain { get; }

    /// <summary>The hashes of all records that are stored, from version 1 on.</summary>
    public List<Hash> Records { get; } = [];

    /// <summary>The newest record that is stored.</summary>
    public AccessRecord? Record { get; private set; }

    /// <summary>The newest envelope that is stored.</summary>
    public SignedRecord<Envelope>? Envelope { get; private set; }

    /// <summary>An item that is not there yet.</summary>
    public static StoredItem New(Id id, MembershipLog log, bool isInOrder) => new(id, new ItemChain(log, id, isInOrder));

    /// <summary>Reads an item to which the member holds any right in force, where it is not needed yet.</summary>
    /// <returns>Gives it, judged by a log; <see langword="null"/> if there is none, or the member holds none.</returns>
    public static Func<MembershipLog, Task<StoredItem?>> HeldLater(Session session, Id item, Id member, long now) => Later(
        session, $"AND {Rights.HeldOnItem}", item, isInOrder: true,
        ("item", item), ("member", member), ("right", (int)Right.Use), ("now", now));

    /// <summary>Reads an item, whoever holds it.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    public static Task<StoredItem?> FindAsync(Session session, MembershipLog log, Id item, bool isInOrder) =>
        Later(session, "", item, isInOrder, ("item", item))(log);

    /// <summary>Takes a record that was judged and stored.</summary>
    public void Took(SignedRecord<AccessRecord> record)
    {
        Records.Add(record.Hash);
        Record = record.Record;
    }

    /// <summary>Takes an envelope that was judged and stored.</summary>
    public void Took(SignedRecord<Envelope> envelope) => Envelope = envelope;

    /// <summary>In one statement: the envelope, if the item is there and <paramref name="condition"/> holds, and behind it the records in order.</summary>
    private static Func<MembershipLog, Task<StoredItem?>> Later(
        Session session, string condition, Id item, bool isInOrder, params (string, object?)[] parameters)
    {
        var isThere = false;
        SignedRecord<Envelope>? envelope = null;
        List<SignedRecord<AccessRecord>> records = [];
        var asked = session.EachLater(
            $"""
            SELECT 0 AS version, i.envelope, i.envelope_signature FROM items i WHERE i.item = @item {condition}
            UNION ALL
            SELECT r.version, r.bytes, r.signature FROM records r WHERE r.item = @item
            ORDER BY version
            """,
            row =>
            {
                if (row.Number(0) == 0)
                {
                    isThere = true;
                    envelope = row.IsNull(1) ? null : SignedRecord.Decode<Envelope>(row.Bytes(1), row.Bytes(2));
                }
                else if (isThere)
                {
                    records.Add(SignedRecord.Decode<AccessRecord>(row.Bytes(1), row.Bytes(2)));
                }
                return isThere;
            },
            parameters);
        return async log =>
        {
            await asked();
            if (!isThere)
            {
                return null;
            }
            var found = New(item, log, isInOrder);
            records.ForEach(found.Took);
            found.Envelope = envelope;
            found.Chain.Resume(records, envelope);
            return found;
        };
    }
}
