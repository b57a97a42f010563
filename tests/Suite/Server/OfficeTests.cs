using System.Text;
using Contracts;
using Contracts.Wire;
using NUnit.Framework;
using Server.Backup;
using Server.Http;
using static Suite.Serving.TestItem;

namespace Suite.Serving;

/// <summary>First start, restart, limits: each with a server of its own.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class OfficeTests(DatabaseKind database)
{
    [Test]
    public async Task The_owner_code_shows_the_certificate_and_founds_one_office()
    {
        await using var world = await ServerWorld.StartAsync(database);
        var olga = new OfficeMember(world);
        var code = world.Server.OwnerCode!;
        using var secret = InvitationSecret.TryParse(code)!;
        Assert.That((await olga.AnybodyAsync("GET", "/v1/server")).Read(WireJson.Default.WireServer).Office, Is.Null);
        (await olga.GetAsync("/v1/log")).Fails(401, WireErrorKind.Signature);

        var invitation = (await olga.AnybodyAsync("GET", $"/v1/invitations/{secret.Invitation}")).Read(WireJson.Default.WireInvitation);
        Assert.That(secret.Read(invitation.Invitation.Span, invitation.Authentication.Span)!.Pins, Is.EqualTo(new[] { world.Server.Pin }));
        using var other = InvitationSecret.New();
        await FoundAsync(olga, olga.GenesisOf(other.ToCode()), reply => reply.Fails(404, WireErrorKind.NotThere));
        var genesis = olga.GenesisOf(code);
        await FoundAsync(olga, genesis, reply => reply.Done());
        await FoundAsync(olga, genesis, reply => reply.Done());
        await FoundAsync(olga, olga.GenesisOf(code), reply => reply.Fails(410, WireErrorKind.Used));

        Assert.That(world.Server.OwnerCode, Is.Null);
        Assert.That(File.Exists(Path.Combine(world.DataFolder, "owner-code")), Is.False);
        Assert.That((await olga.AnybodyAsync("GET", "/v1/server")).Read(WireJson.Default.WireServer).Office, Is.EqualTo(Id.Of(genesis.Entry.Decode<LogEntry>().Hash)));
    }

    [Test]
    public async Task A_restart_keeps_everything()
    {
        await using var world = await ServerWorld.StartAsync(database);
        var code = world.Server.OwnerCode;
        await world.RestartAsync();
        Assert.That(world.Server.OwnerCode, Is.EqualTo(code), "before the office is founded, the code stays");
        var olga = await world.FoundAsync();
        var anna = await olga.TakeInAsync();
        var group = await olga.GroupAsync(anna);
        var item = await CreateAsync(olga, GrantOf(olga.Id, Right.Manage), GrantOf(anna.Id, Right.Write), GrantOf(group, Right.Read));
        var before = await anna.ChangesAsync();
        var pin = world.Server.Pin;

        await world.RestartAsync();

        Assert.That(world.Server.Pin, Is.EqualTo(pin));
        var after = await anna.ChangesAsync();
        Assert.That(
            WireJson.Write(after, WireJson.Default.WireChanges),
            Is.EqualTo(WireJson.Write(before, WireJson.Default.WireChanges)));
        Assert.That((await anna.ChangesAsync(before)).Changes, Is.Empty);
        await anna.CatchUpAsync();
        (await PutAsync(anna, new WireItemChange { Envelope = item.Write(anna) })).Done();
        await olga.AppendAsync(place => new GroupEntry { Place = place, Time = 1, Members = [] });
    }

    [Test]
    public async Task Bodies_that_are_not_what_is_asked_for_are_refused()
    {
        await using var world = await ServerWorld.StartAsync(database);
        var olga = await world.FoundAsync();
        (string Name, string Json, int Status)[] cases =
        [
            ("nothing", "", 400),
            ("no JSON", "{", 400),
            ("an unknown member", """{"positions":[],"more":1}""", 400),
            ("a member twice", """{"positions":[],"positions":[]}""", 400),
            ("a member missing", "{}", 400),
            ("null", """{"positions":null}""", 400),
            ("too many", $$"""{"positions":[{{string.Join(',', Enumerable.Repeat($$"""{"principal":"{{Id.New()}}","sequence":0}""", Limits.Positions + 1))}}]}""", 413),
            ("too long", """{"positions":[]}""" + new string(' ', Limits.BodyBytes), 413),
            ("good", """{"positions":[]}""", 200),
        ];
        foreach (var (name, json, status) in cases)
        {
            Assert.That((int)(await olga.SendAsync("POST", "/v1/changes", Encoding.UTF8.GetBytes(json))).Status, Is.EqualTo(status), name);
        }
        (await olga.GetAsync("/v1/log?from=-1")).Fails(400, WireErrorKind.Malformed);
        (await olga.GetAsync("/v1/log?from=01")).Fails(400, WireErrorKind.Malformed);
        (await olga.GetAsync("/v1/log?to=1")).Fails(400, WireErrorKind.Malformed);
        (await olga.GetAsync("/v1/items/abc")).Fails(400, WireErrorKind.Malformed);
        (await olga.GetAsync("/v1/nothing")).Fails(404, WireErrorKind.NotThere);
        (await olga.DeleteAsync("/v1/log")).Fails(405, WireErrorKind.Malformed);
        (await olga.GetAsync("/v2/log")).Fails(426, WireErrorKind.UpdateNeeded);
    }

    [Test]
    public async Task Who_asks_too_much_is_told_to_wait()
    {
        await using var world = await ServerWorld.StartAsync(
            database, new RateSettings { MemberPerSecond = 10, MemberAtOnce = 20, AddressPerSecond = 10, AddressAtOnce = 5 });
        var olga = await world.FoundAsync();

        var signed = new List<Reply>();
        var unsigned = new List<Reply>();
        for (var number = 0; number < 30; number++)
        {
            signed.Add(await olga.GetAsync("/v1/log"));
            unsigned.Add(await olga.AnybodyAsync("GET", "/v1/server"));
        }

        Assert.That(signed[0].Status, Is.EqualTo(System.Net.HttpStatusCode.OK));
        foreach (var replies in new[] { signed, unsigned })
        {
            var refused = replies.Find(reply => (int)reply.Status == 429)!;
            refused.Fails(429, WireErrorKind.TooMany);
            Assert.That(refused.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        }
    }

    [Test]
    public async Task A_leaf_is_made_anew_before_it_runs_out_and_the_pin_stays()
    {
        await using var world = await ServerWorld.StartAsync(database);
        var olga = await world.FoundAsync();
        world.Clock.Shift(TimeSpan.FromDays(365));

        using var http = world.NewHttp();
        using var answer = await http.GetAsync(world.UriOf("/v1/server"));

        Assert.That(answer.IsSuccessStatusCode, Is.True);
        await olga.CatchUpAsync();
    }

    [Test]
    public async Task Those_who_run_it_can_ask_whether_it_lives_and_writes()
    {
        await using var world = await ServerWorld.StartAsync(database);
        var olga = await world.FoundAsync();

        foreach (var path in new[] { "/livez", "/readyz", "/metrics" })
        {
            Assert.That((int)(await olga.AnybodyAsync("GET", path)).Status, Is.EqualTo(200), path);
        }
        await world.Server.Backups.RunOnceAsync(CancellationToken.None);
        var metrics = Encoding.UTF8.GetString((await olga.AnybodyAsync("GET", "/metrics")).Body);
        var newest = Backups.TimeOf(Backups.In(Backups.FolderIn(world.DataFolder))[0])!.Value;
        Assert.That(metrics, Does.Contain($"latchkey_newest_backup_timestamp_seconds {newest.ToUnixTimeSeconds()}\n"));
        Assert.That(metrics, Does.Contain("latchkey_requests_total{method=\"PUT\",path=\"/v1/genesis\",status=\"204\"} 1"));
    }

    private static async Task FoundAsync(OfficeMember olga, WireGenesis genesis, Action<Reply> check) =>
        check(await olga.AnybodyAsync("PUT", "/v1/genesis", WireJson.Write(genesis, WireJson.Default.WireGenesis)));
}
