using Contracts;
using Contracts.Wire;
using NUnit.Framework;
using Server.Http;
using static Suite.Serving.TestItem;

namespace Suite.Serving;

/// <summary>Two app servers on one PostgreSQL, and what the server says of itself.</summary>
public class AppServersTests
{
    [Test]
    public async Task What_one_app_server_stores_the_other_hints_and_delivers()
    {
        await using var first = await ServerWorld.StartAsync(DatabaseKind.Postgres);
        var olga = await first.FoundAsync();
        var anna = await olga.TakeInAsync();
        await using var second = await first.SecondAsync();
        anna.Use(second);
        using var stream = await HintReader.OpenAsync(second, anna);
        await stream.ReadAsync(3);

        var item = await CreateAsync(olga, GrantOf(olga.Id, Right.Manage), GrantOf(anna.Id, Right.Write));

        Assert.That((await stream.ReadAsync(1)).Single().Principal, Is.EqualTo(anna.Id));
        Assert.That((await anna.ChangesAsync()).Changes.Any(change => change.Subject == item.Id));
        // An entry that one judged, the other judges from the database, and goes on from there.
        await olga.AppendAsync(place => new GroupEntry { Place = place, Time = 1, Members = [] });
        await anna.CatchUpAsync();
        var before = item.Envelope!;
        var ours = new WireItemChange { Envelope = item.Write(olga) };
        var theirs = new WireItemChange { Envelope = item.Rewrite(anna, before) };
        var replies = await Task.WhenAll(PutAsync(olga, ours), PutAsync(anna, theirs));
        Assert.That(replies.Count(reply => (int)reply.Status == 204), Is.EqualTo(1));
        Assert.That(replies.Count(reply => (int)reply.Status == 409), Is.EqualTo(1));
        Assert.That((await olga.GetAsync("/v1/audit")).Read(WireJson.Default.WireAuditChains).Chains, Has.Count.EqualTo(1).Or.Count.EqualTo(2));
    }

    [Test]
    public async Task Without_its_database_the_server_says_so_and_goes_on_once_it_is_back()
    {
        await using var world = await ServerWorld.StartAsync(DatabaseKind.Postgres);
        var olga = await world.FoundAsync();

        PostgresCluster.Close(world.ConnectionString!);
        var read = await olga.GetAsync("/v1/log");
        var ready = await olga.AnybodyAsync("GET", "/readyz");
        var alive = await olga.AnybodyAsync("GET", "/livez");
        PostgresCluster.Open(world.ConnectionString!);

        read.Fails(503, WireErrorKind.Unavailable);
        ready.Fails(503, WireErrorKind.Unavailable);
        Assert.That((int)alive.Status, Is.EqualTo(200));
        Assert.That((int)(await olga.GetAsync("/v1/log")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task The_OpenAPI_document_is_that_of_the_code()
    {
        await using var world = await ServerWorld.StartAsync(DatabaseKind.Sqlite);

        var written = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "server/docs/openapi.json"));

        Assert.That(written, Is.EqualTo(OpenApi.Write(world.Server.Endpoints)), "run: latchkey-server openapi > server/docs/openapi.json");
    }

    [Test]
    public async Task The_page_of_the_interface_names_every_endpoint()
    {
        await using var world = await ServerWorld.StartAsync(DatabaseKind.Sqlite);

        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "server/docs/api.md"));

        foreach (var endpoint in world.Server.Endpoints)
        {
            var path = System.Text.RegularExpressions.Regex.Replace(endpoint.Pattern, @"\{(\w+)\}", match => match.Groups[1].Value.ToUpperInvariant());
            Assert.That(page, Does.Contain($"`{endpoint.Method} {path}"), endpoint.Pattern);
        }
    }
}
