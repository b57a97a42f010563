using Contracts;
using Contracts.Wire;
using Server.Storage;

namespace Server.Office;

/// <summary>What an entry of the log changes in the tables that answer questions in SQL: members, principals, streams, groups' keys.</summary>
internal sealed class LogEffects(Work work, Id office)
{
    private readonly Session _session = work.Session;

    /// <summary>Stores an entry that was judged, and what follows from it.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="place">Its index.</param>
    /// <param name="wraps">With a group's new key: the wraps.</param>
    public async Task ApplyAsync(SignedRecord<LogEntry> entry, long place, IReadOnlyList<KeyWrap> wraps)
    {
        await _session.RunAsync(
            "INSERT INTO log (place, hash, bytes, signature) VALUES (@place, @hash, @bytes, @signature)",
            ("place", place), ("hash", entry.Hash), ("bytes", entry.Bytes.ToArray()), ("signature", entry.Signature.ToArray()));
        OfficeLog.Grew(_session, new LogHead(place, entry.Hash));
        switch (entry.Record)
        {
            case Genesis genesis:
                await MakeStreamAsync(office);
                await TakeInAsync(genesis.Owner.Record, Role.Owner);
                break;
            case AddEntry add:
                await TakeInAsync(add.Member.Record, add.Role);
                await UseAsync(add.Invitation);
                break;
            case RekeyEntry rekey:
                await RekeyAsync(rekey.Member.Record);
                await UseAsync(rekey.Invitation);
                break;
            case RoleEntry role:
                await _session.RunAsync(
                    "UPDATE members SET role = @role WHERE member = @member", ("role", (int)role.Role), ("member", role.Member));
                break;
            case RemoveEntry remove:
                await RemoveAsync(remove.Member, place);
                break;
            case GroupEntry group:
                var id = Id.Of(entry.Hash);
                await MakeStreamAsync(id);
                foreach (var member in group.Members)
                {
                    await JoinAsync(member, id);
                }
                break;
            case GroupMemberEntry { Joins: true } joins:
                await JoinAsync(joins.Member, joins.Group);
                break;
            case GroupMemberEntry leaves:
                await _session.RunAsync(
                    "DELETE FROM principals WHERE member = @member AND principal = @group", ("member", leaves.Member), ("group", leaves.Group));
                break;
            case GroupRekeyEntry rekey:
                foreach (var wrap in wraps)
                {
                    await StoreGroupKeyAsync(work, rekey.Group, rekey.Epoch, wrap.Principal, wrap.Bytes);
                }
                break;
        }
        work.Audit.Add(AuditKind.Log, entry.Record.Author, null, place);
        work.LogGrew = true;
    }

    /// <summary>Keeps a group's key for one member, and moves it in the member's stream.</summary>
    public static async Task StoreGroupKeyAsync(Work work, Id group, long epoch, Id member, ReadOnlyMemory<byte> wrap)
    {
        await work.Session.RunAsync(
            """
            INSERT INTO group_wraps (team, epoch, member, wrap) VALUES (@group, @epoch, @member, @wrap)
            ON CONFLICT (member, team, epoch) DO UPDATE SET wrap = excluded.wrap
            """,
            ("group", group), ("epoch", epoch), ("member", member), ("wrap", wrap));
        work.Moves.Add(member, WireChangeKind.GroupKey, group);
    }

    private async Task TakeInAsync(MemberRecord record, Role role)
    {
        await _session.RunAsync(
            "INSERT INTO members (member, role, signing_key, record_counter) VALUES (@member, @role, @key, @counter)",
            ("member", record.Member), ("role", (int)role), ("key", record.SigningKey.Span.ToArray()), ("counter", record.Counter));
        await MakeStreamAsync(record.Member);
        await JoinAsync(record.Member, record.Member);
        await JoinAsync(record.Member, office);
    }

    private Task<int> RekeyAsync(MemberRecord record) =>
        _session.RunAsync(
            "UPDATE members SET signing_key = @key, record_counter = @counter WHERE member = @member",
            ("key", record.SigningKey.Span.ToArray()), ("counter", record.Counter), ("member", record.Member));

    private async Task RemoveAsync(Id member, long place)
    {
        // Who was removed may still read that they were.
        await _session.RunAsync(
            "INSERT INTO former_members (member, signing_key, place) SELECT member, signing_key, @place FROM members WHERE member = @member",
            ("place", place), ("member", member));
        await _session.RunAsync("DELETE FROM members WHERE member = @member", ("member", member));
        await _session.RunAsync("DELETE FROM principals WHERE member = @member", ("member", member));
        await _session.RunAsync("DELETE FROM group_wraps WHERE member = @member", ("member", member));
        await _session.RunAsync("DELETE FROM changes WHERE principal = @member", ("member", member));
        await _session.RunAsync("DELETE FROM streams WHERE principal = @member", ("member", member));
        await _session.RunAsync("DELETE FROM wraps WHERE principal = @member", ("member", member));
        await _session.RunAsync(
            "DELETE FROM answers WHERE invitation IN (SELECT invitation FROM invitations WHERE author = @member)", ("member", member));
        await _session.RunAsync("DELETE FROM invitations WHERE author = @member AND used = 0", ("member", member));
    }

    private Task<int> JoinAsync(Id member, Id principal) =>
        _session.RunAsync(
            "INSERT INTO principals (member, principal) VALUES (@member, @principal)", ("member", member), ("principal", principal));

    private Task<int> MakeStreamAsync(Id principal) =>
        _session.RunAsync("INSERT INTO streams (principal, head, items) VALUES (@principal, 0, 0)", ("principal", principal));

    private Task<int> UseAsync(Id invitation) =>
        _session.RunAsync("UPDATE invitations SET used = 1 WHERE invitation = @invitation", ("invitation", invitation));
}
