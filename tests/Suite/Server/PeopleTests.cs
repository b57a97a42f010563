using Contracts;
using Contracts.Wire;
using NUnit.Framework;
using static Suite.Serving.TestItem;

namespace Suite.Serving;

/// <summary>What lies beside the log, requests for access, and the audit.</summary>
public class PeopleTests(DatabaseKind database) : ServerTests(database)
{
    [Test]
    public async Task A_profile_comes_with_its_member_and_can_be_renewed_and_deleted()
    {
        var anna = await Olga.TakeInAsync();
        var bert = await Olga.TakeInAsync();
        var position = await bert.ChangesAsync();
        Assert.That(StatementOf(position, anna.Id)!.Bytes.ToArray(), Is.EqualTo(anna.Profile.Bytes.ToArray()));
        var path = $"/v1/profiles/{anna.Id}";
        var renewed = WireSigned.Of(anna.ProfileOf(2, "Anna B"));

        (await anna.PutAsync(path, renewed, WireJson.Default.WireSigned)).Done();
        (await anna.PutAsync(path, renewed, WireJson.Default.WireSigned)).Done();
        (await anna.PutAsync(path, WireSigned.Of(anna.ProfileOf(2, "Anna C")), WireJson.Default.WireSigned)).Fails(409, WireErrorKind.Conflict);
        (await anna.PutAsync(path, WireSigned.Of(bert.ProfileOf(3)), WireJson.Default.WireSigned)).Fails(422, WireErrorKind.Refused, "profile");
        var next = await bert.ChangesAsync(position);
        Assert.That(StatementOf(next, anna.Id)!.Bytes.ToArray(), Is.EqualTo(renewed.Bytes.ToArray()));
        (await anna.DeleteAsync(path)).Done();
        var gone = await bert.ChangesAsync(next);
        Assert.That(gone.Changes.Single() is { Kind: WireChangeKind.Profile, Statement: null } change && change.Subject == anna.Id);
        (await anna.PutAsync(path, renewed, WireJson.Default.WireSigned)).Fails(409, WireErrorKind.Conflict);
        (await anna.PutAsync(path, WireSigned.Of(anna.ProfileOf(3)), WireJson.Default.WireSigned)).Done();
    }

    [Test]
    public async Task Names_of_groups_and_the_beacon_are_those_of_administrators_and_the_later_one_stays()
    {
        var anna = await Olga.TakeInAsync();
        var group = await Olga.GroupAsync(anna);
        await anna.CatchUpAsync();
        SignedRecord<GroupName> Name(OfficeMember author, long counter) => SignedRecord.Sign(
            new GroupName { Office = Olga.Office, Group = group, Counter = counter, Name = "IT", Author = author.Id }, author.Signing);
        SignedRecord<Beacon> Beacon(OfficeMember author, long time) => SignedRecord.Sign(
            new Beacon { Office = Olga.Office, Time = time, Head = Olga.Head, Author = author.Id }, author.Signing);
        Task<Reply> PutName(OfficeMember member, SignedRecord<GroupName> name) => member.PutAsync($"/v1/groups/{group}/name", WireSigned.Of(name), WireJson.Default.WireSigned);
        Task<Reply> PutBeacon(OfficeMember member, SignedRecord<Beacon> beacon) => member.PutAsync("/v1/beacon", WireSigned.Of(beacon), WireJson.Default.WireSigned);

        (await PutName(anna, Name(anna, 1))).Fails(403, WireErrorKind.NotEntitled);
        (await PutName(Olga, Name(Olga, 2))).Done();
        (await PutName(Olga, Name(Olga, 1))).Fails(409, WireErrorKind.Conflict);
        (await PutBeacon(anna, Beacon(anna, Olga.Now))).Fails(403, WireErrorKind.NotEntitled);
        var beacon = Beacon(Olga, Olga.Now);
        (await PutBeacon(Olga, beacon)).Done();
        (await PutBeacon(Olga, Beacon(Olga, beacon.Record.Time - 1))).Fails(409, WireErrorKind.Conflict);
        var changes = await anna.ChangesAsync();
        Assert.That(StatementOf(changes, group)!.Decode<GroupName>().Record.Counter, Is.EqualTo(2));
        Assert.That(StatementOf(changes, Olga.Office)!.Decode<Beacon>().Hash, Is.EqualTo(beacon.Hash));
        (await anna.DeleteAsync($"/v1/groups/{group}/name")).Fails(403, WireErrorKind.NotEntitled);
        (await Olga.DeleteAsync($"/v1/groups/{group}/name")).Done();
    }

    [Test]
    public async Task A_request_reaches_who_is_asked_until_one_of_both_deletes_it()
    {
        var anna = await Olga.TakeInAsync();
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Use));
        var position = await Olga.ChangesAsync();
        var request = new WireRequest { Author = anna.Id, Item = item.Id, To = Olga.Id, Right = Right.Read, Time = anna.Now, Reason = new byte[100] };
        var path = $"/v1/requests/{Id.New()}";

        (await anna.PutAsync(path, request, WireJson.Default.WireRequest)).Done();
        (await anna.PutAsync(path, request, WireJson.Default.WireRequest)).Done();
        (await anna.PutAsync(path, request with { Right = Right.Manage }, WireJson.Default.WireRequest)).Fails(409, WireErrorKind.Conflict);
        (await Olga.PutAsync($"/v1/requests/{Id.New()}", request, WireJson.Default.WireRequest)).Fails(400, WireErrorKind.Malformed);
        (await anna.PutAsync($"/v1/requests/{Id.New()}", request with { Reason = new byte[4097] }, WireJson.Default.WireRequest)).Fails(413, WireErrorKind.TooLarge);

        var asked = await Olga.ChangesAsync(position);
        Assert.That(asked.Changes.Single().Request is { Right: Right.Read } delivered && delivered.Author == anna.Id && delivered.Item == item.Id);
        (await Olga.DeleteAsync(path)).Done();
        Assert.That((await anna.ChangesAsync()).Changes.Single(change => change.Kind == WireChangeKind.Request).Request, Is.Null);
        (await anna.DeleteAsync(path)).Fails(404, WireErrorKind.NotThere);
    }

    [Test]
    public async Task The_audit_is_one_chain_with_what_hosts_reported_for_administrators_only()
    {
        var anna = await Olga.TakeInAsync();
        var item = Id.New();
        var batch = new WireEvents { Events = [new() { Kind = WireEventKind.Reveal, Item = item, Time = 7 }, new() { Kind = WireEventKind.Fill, Item = item, Time = 8 }] };
        var path = $"/v1/audit/batches/{Id.New()}";
        (await anna.PutAsync(path, batch, WireJson.Default.WireEvents)).Done();
        (await anna.PutAsync(path, batch, WireJson.Default.WireEvents)).Done();

        (await anna.GetAsync("/v1/audit")).Fails(403, WireErrorKind.NotEntitled);
        var chain = (await Olga.GetAsync("/v1/audit")).Read(WireJson.Default.WireAuditChains).Chains.Single();
        List<AuditEntry> entries = [];
        Hash? previous = null;
        for (var more = true; more;)
        {
            var page = (await Olga.GetAsync($"/v1/audit/{chain.Chain}?from={entries.Count + 1}")).Read(WireJson.Default.WireAudit);
            foreach (var bytes in page.Entries)
            {
                var entry = SignedRecord.Decode<AuditEntry>(bytes.Span);
                Assert.That((entry.Number, entry.Previous), Is.EqualTo((entries.Count + 1L, previous)));
                previous = Hash.Of(bytes.Span);
                entries.Add(entry);
            }
            more = page.More;
        }

        Assert.That((entries.Count, previous), Is.EqualTo(((int)chain.Count, (Hash?)new Hash(chain.Head.Span))));
        Assert.That(
            entries.Where(entry => entry.Member == anna.Id && entry.Subject == item).Select(entry => (entry.Kind, entry.Detail)),
            Is.EqualTo(new[] { (AuditKind.Reveal, 7L), (AuditKind.Fill, 8L) }));
        Assert.That(entries.Select(entry => entry.Kind), Has.Member(AuditKind.Log).And.Member(AuditKind.Answer));
    }

    private static WireSigned? StatementOf(WireChanges changes, Id subject) =>
        changes.Changes.Single(change => change.Subject == subject && change.Kind is WireChangeKind.Profile or WireChangeKind.GroupName or WireChangeKind.Beacon).Statement;
}
