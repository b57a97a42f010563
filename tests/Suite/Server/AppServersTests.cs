using Contracts;
using Contracts.Wire;
using Npgsql;
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

    [Test, CancelAfter(60_000)]
    public async Task After_the_database_was_gone_one_app_server_hears_from_the_other_again(CancellationToken cancellation)
    {
        await using var first = await ServerWorld.StartAsync(DatabaseKind.Postgres);
        var olga = await first.FoundAsync();
        var anna = await olga.TakeInAsync();
        await using var second = await first.SecondAsync();
        anna.Use(second);
        PostgresCluster.Close(first.ConnectionString!);
        (await anna.GetAsync("/v1/hints")).Fails(503, WireErrorKind.Unavailable);
        PostgresCluster.Open(first.ConnectionString!);
        await UntilAsync(first, "SELECT count(*) = 2 FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN latchkey'", cancellation);
        using var stream = await HintReader.OpenAsync(second, anna);
        await stream.ReadAsync(3);

        // The connection by which the first tells the others is gone, and it cannot know before it tells something.
        await CreateAsync(olga, GrantOf(olga.Id, Right.Manage), GrantOf(anna.Id, Right.Read));

        Assert.That((await stream.ReadAsync(1)).Single().Principal, Is.EqualTo(anna.Id));
    }

    [Test, CancelAfter(60_000)]
    public async Task An_app_server_that_is_killed_in_the_middle_of_a_write_leaves_nothing_and_the_same_request_is_done_by_another(CancellationToken cancellation)
    {
        await using var first = await ServerWorld.StartAsync(DatabaseKind.Postgres);
        var olga = await first.FoundAsync();
        var item = await CreateAsync(olga, GrantOf(olga.Id, Right.Manage));
        var target = $"/v1/transactions/{Id.New()}";
        var body = WireJson.Write(
            new WireTransaction { Step = Id.New(), Changes = [new WireItemChange { Envelope = item.Write(olga) }] }, WireJson.Default.WireTransaction);
        await using var rows = new NpgsqlConnection(first.ConnectionString);
        await rows.OpenAsync(cancellation);
        using (var second = ServerProcess.Start(first))
        {
            // Somebody holds the row that the write comes to last.
            await using var held = await rows.BeginTransactionAsync(cancellation);
            await RunAsync(rows, $"SELECT head FROM streams WHERE principal = decode('{Convert.ToHexString(olga.Id.ToArray())}', 'hex') FOR UPDATE");
            using var request = olga.RequestOf("PUT", target, body);
            request.RequestUri = new Uri($"https://127.0.0.1:{second.Port}{target}");
            var sending = first.Http.SendAsync(request, cancellation);
            await UntilAsync(first, "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'", cancellation);

            second.Kill();

            Assert.That(async () => await sending, Throws.InstanceOf<HttpRequestException>());
            await held.RollbackAsync(cancellation);
        }

        Assert.That(await RevisionAsync(olga, item), Is.EqualTo(1));
        (await olga.SendAsync("PUT", target, body)).Done();
        (await olga.SendAsync("PUT", target, body)).Done();
        Assert.That(await RevisionAsync(olga, item), Is.EqualTo(2));
    }

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Asks the database until it says so.</summary>
    private static async Task UntilAsync(ServerWorld world, string question, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(world.ConnectionString);
        await connection.OpenAsync(cancellation);
        while (await RunAsync(connection, question) is not true)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static async Task<long> RevisionAsync(OfficeMember member, TestItem item) =>
        (await member.GetAsync($"/v1/items/{item.Id}")).Read(WireJson.Default.WireItem).Envelope!.Decode().Record.Revision;

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
