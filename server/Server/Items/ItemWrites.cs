using Contracts;
using Contracts.Wire;
using Server.Http;
using Server.Storage;

namespace Server.Items;

/// <summary>Judges and stores access records and envelopes, for one transaction.</summary>
internal sealed class ItemWrites(Work work, MembershipLog log, Id member)
{
    private readonly Session _session = work.Session;

    /// <summary>Does one change of a transaction.</summary>
    /// <param name="change">The change.</param>
    /// <param name="item">Its item, if the member holds it.</param>
    /// <exception cref="ApiException">It is not done, and so nothing of the transaction.</exception>
    public async Task ApplyAsync(ItemChange change, StoredItem? item)
    {
        var (id, record, envelope, wire) = change;
        if ((envelope is not null && envelope.Record.Item != id) || record?.Record.Author is { } author && author != member
            || (envelope is not null && envelope.Record.Author != member))
        {
            throw ApiException.Refused("author", "a record or envelope is of another item or by another author", id);
        }
        if (item is null)
        {
            if (record?.Record.Version != 1
                || await _session.RunAsync(
                    """
                    INSERT INTO items (item, version, epoch, record_bytes, revision) VALUES (@item, 0, 0, 0, 0) ON CONFLICT (item) DO NOTHING
                    """,
                    ("item", id)) == 0)
            {
                throw ApiException.NotThere();
            }
            item = StoredItem.New(id, log, isInOrder: true);
        }
        if (record is not null)
        {
            Apply(item, record, wire);
        }
        if (envelope is not null)
        {
            await ApplyAsync(item, envelope, wire);
        }
    }

    /// <summary>Puts back what a restored server lost of one item.</summary>
    public async Task PutBackAsync(Id id, WireItem theirs)
    {
        var item = await StoredItem.FindAsync(_session, log, id, isInOrder: false);
        if (item is null)
        {
            await _session.RunAsync("INSERT INTO items (item, version, epoch, record_bytes, revision) VALUES (@item, 0, 0, 0, 0)", ("item", id));
            item = StoredItem.New(id, log, isInOrder: false);
        }
        var wasHeld = await Rights.HasAsync(_session, member, id, Right.Use, work.Now);
        foreach (var record in theirs.Records.Select(signed => signed.Decode<AccessRecord>()))
        {
            if (!IsStored(item, record))
            {
                Require(item.Chain.Take(record), id, mayWait: true);
                Store(item, record);
            }
        }
        // Who holds nothing, before or after, must not learn what was there.
        if (!wasHeld && !await Rights.HasAsync(_session, member, id, Right.Use, work.Now))
        {
            throw ApiException.NotThere();
        }
        if (theirs.Envelope?.Decode() is { } envelope && envelope.Hash != item.Envelope?.Hash)
        {
            Require(item.Chain.Take(envelope), id, mayWait: true);
            Store(item, envelope, theirs.Envelope.Sealed);
        }
        foreach (var wrap in theirs.Wraps.Select(wrap => wrap.Decode()))
        {
            await _session.RunAsync(
                """
                INSERT INTO wraps (item, principal, epoch, group_epoch, wrap)
                SELECT i.item, p.principal, i.epoch, @groupEpoch, @wrap FROM items i, principals p
                WHERE i.item = @item AND p.member = @member AND p.principal = @principal
                ON CONFLICT (item, principal) DO NOTHING
                """,
                ("item", id), ("member", member), ("principal", wrap.Principal), ("groupEpoch", wrap.GroupEpoch), ("wrap", wrap.Bytes));
        }
        work.Audit.Add(AuditKind.PutBack, member, id);
    }

    private void Apply(StoredItem item, SignedRecord<AccessRecord> record, WireItemChange change)
    {
        if (IsStored(item, record))
        {
            return;
        }
        var before = item.Record;
        Require(item.Chain.Take(record), item.Id, mayWait: false);
        if (record.Record.Epoch > before?.Epoch && change.Envelope is null && item.Envelope is not null)
        {
            throw ApiException.Refused("no-envelope", "a new epoch comes with the envelope that it seals", item.Id);
        }
        var wraps = change.Access!.Wraps.Select(wrap => wrap.Decode()).ToList();
        CheckWraps(record.Record, before, wraps, item.Id);
        Store(item, record);
        foreach (var wrap in wraps)
        {
            _session.Later(
                "INSERT INTO wraps (item, principal, epoch, group_epoch, wrap) VALUES (@item, @principal, @epoch, @groupEpoch, @wrap)",
                ("item", item.Id), ("principal", wrap.Principal), ("epoch", record.Record.Epoch), ("groupEpoch", wrap.GroupEpoch), ("wrap", wrap.Bytes));
        }
        work.Audit.Add(AuditKind.Access, member, item.Id, record.Record.Version);
    }

    private async Task ApplyAsync(StoredItem item, SignedRecord<Envelope> envelope, WireItemChange change)
    {
        if (envelope.Hash == item.Envelope?.Hash)
        {
            return;
        }
        await CheckFolderAsync(item, envelope.Record, change.FolderVersion);
        Require(item.Chain.Take(envelope), item.Id, mayWait: false);
        Store(item, envelope, change.Envelope!.Sealed);
        work.Audit.Add(envelope.Record.IsRemoval ? AuditKind.Removal : AuditKind.Revision, member, item.Id, envelope.Record.Revision);
    }

    /// <summary>One wrap for each principal that has none of this epoch yet, each for the key that the principal has now.</summary>
    private void CheckWraps(AccessRecord record, AccessRecord? before, List<KeyWrap> wraps, Id item)
    {
        var have = before?.Epoch == record.Epoch ? before.Grants.Select(grant => grant.Principal).ToHashSet() : [];
        var needed = record.Grants.Select(grant => grant.Principal).Where(principal => !have.Contains(principal)).ToHashSet();
        if (wraps.Count != needed.Count
            || !needed.SetEquals(wraps.Select(wrap => wrap.Principal))
            || wraps.Any(wrap => wrap.GroupEpoch != (log.FindGroup(wrap.Principal)?.Epoch ?? 0)))
        {
            throw ApiException.Refused("wraps", "the wraps are not one for each new principal, with the current epoch of each group", item);
        }
    }

    private async Task CheckFolderAsync(StoredItem item, Envelope envelope, long? folderVersion)
    {
        if (envelope.Folder is not { } folder || (item.Envelope is not null && item.Envelope.Record.Folder == folder))
        {
            return;
        }
        if (!await Rights.HasAsync(_session, member, folder, Right.Write, work.Now))
        {
            throw ApiException.Refused("folder", "the folder is not there, or not yours to put items in", item.Id);
        }
        if (item.Envelope is not null)
        {
            return;
        }
        var newest = await _session.NumberAsync("SELECT version FROM items WHERE item = @folder", ("folder", folder));
        if (newest != folderVersion)
        {
            throw ApiException.Conflict("the folder's grants are others by now", folder);
        }
    }

    private void Store(StoredItem item, SignedRecord<AccessRecord> signed)
    {
        var record = signed.Record;
        var before = item.Record?.Grants.ToDictionary(grant => grant.Principal) ?? [];
        _session.Later(
            "INSERT INTO records (item, version, bytes, signature) VALUES (@item, @version, @bytes, @signature)",
            ("item", item.Id), ("version", record.Version), ("bytes", signed.Bytes.ToArray()), ("signature", signed.Signature.ToArray()));
        _session.Later(
            "UPDATE items SET version = @version, epoch = @epoch, record_bytes = record_bytes + @bytes WHERE item = @item",
            ("version", record.Version), ("epoch", record.Epoch), ("bytes", signed.Bytes.Length), ("item", item.Id));
        _session.Later("DELETE FROM wraps WHERE item = @item AND epoch < @epoch", ("item", item.Id), ("epoch", record.Epoch));
        foreach (var grant in record.Grants)
        {
            var isNew = !before.Remove(grant.Principal, out var earlier);
            if (earlier != grant)
            {
                _session.Later(
                    """
                    INSERT INTO grants (item, principal, granted, not_before, not_after) VALUES (@item, @principal, @granted, @notBefore, @notAfter)
                    ON CONFLICT (item, principal) DO UPDATE SET
                      granted = excluded.granted, not_before = excluded.not_before, not_after = excluded.not_after
                    """,
                    ("item", item.Id), ("principal", grant.Principal), ("granted", (int)grant.Right),
                    ("notBefore", grant.NotBefore), ("notAfter", grant.NotAfter));
            }
            work.Moves.AddItem(grant.Principal, item.Id, record: true, envelope: false, isNew);
        }
        foreach (var principal in before.Keys)
        {
            _session.Later(
                "DELETE FROM grants WHERE item = @item AND principal = @principal", ("item", item.Id), ("principal", principal));
            _session.Later(
                "DELETE FROM wraps WHERE item = @item AND principal = @principal", ("item", item.Id), ("principal", principal));
            work.Moves.AddLost(principal, item.Id, record.Version);
        }
        item.Took(signed);
    }

    private void Store(StoredItem item, SignedRecord<Envelope> signed, ReadOnlyMemory<byte>? content)
    {
        _session.Later(
            """
            UPDATE items SET revision = @revision, folder = @folder, envelope = @envelope, envelope_signature = @signature, content = @content
            WHERE item = @item
            """,
            ("revision", signed.Record.Revision), ("folder", signed.Record.Folder), ("envelope", signed.Bytes.ToArray()),
            ("signature", signed.Signature.ToArray()), ("content", content), ("item", item.Id));
        if (signed.Record.IsRemoval)
        {
            _session.Later("DELETE FROM parts WHERE item = @item", ("item", item.Id));
            _session.Later("UPDATE items SET parts = 0, part_bytes = 0 WHERE item = @item", ("item", item.Id));
        }
        foreach (var grant in item.Record!.Grants)
        {
            work.Moves.AddItem(grant.Principal, item.Id, record: false, envelope: true);
        }
        item.Took(signed);
    }

    private static bool IsStored(StoredItem item, SignedRecord<AccessRecord> record) =>
        record.Record.Version <= item.Records.Count && item.Records[(int)record.Record.Version - 1] == record.Hash;

    private static void Require(Judgement judgement, Id item, bool mayWait)
    {
        switch (judgement)
        {
            case { Verdict: Verdict.Accepted }:
            case { Verdict: Verdict.Waits } when mayWait:
                return;
            case { Verdict: Verdict.Waits }:
                throw ApiException.Refused("waits", "its author's key or right has ended meanwhile", item);
            case { Refusal: ItemRefusal.Gap or ItemRefusal.Fork or ItemRefusal.WentBack or ItemRefusal.WrongItemHead or ItemRefusal.Removed }:
                throw ApiException.Conflict("the item was changed or removed meanwhile", item);
            case { Refusal: ItemRefusal.NotEntitled }:
                throw ApiException.NotEntitled("the member's right to the item does not go so far", WireWords.Of(judgement.Refusal), item);
            default:
                throw ApiException.Refused(WireWords.Of(judgement.Refusal), "a check of the record or envelope failed", item);
        }
    }
}
