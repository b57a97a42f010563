using NUnit.Framework;
using Server.Storage;

namespace Suite.Serving;

/// <summary>How sessions of PostgreSQL are set: what a large office costs hangs on it (server/docs/figures.md).</summary>
public class PostgresDatabaseTests
{
    [TestCase("", 1, 0)]
    [TestCase(";Options=-c max_parallel_workers_per_gather=2", 1, 2)]
    [TestCase(";Options=-c plan_cache_mode=auto", 0, 0)]
    public async Task Statements_are_planned_once_and_run_by_one_process_unless_the_operator_chose_otherwise(string chosen, long isOnePlan, long workers)
    {
        await using var database = new PostgresDatabase(PostgresCluster.NewDatabase() + chosen);

        for (var use = 0; use < 2; use++) // the second of a connection from the pool
        {
            var settings = await database.ReadOnceAsync(
                session => session.ListAsync(
                    """
                    SELECT CAST(CAST(current_setting('plan_cache_mode') = 'force_generic_plan' AS INT) AS BIGINT),
                      CAST(current_setting('max_parallel_workers_per_gather') AS BIGINT)
                    """,
                    row => (row.Number(0), row.Number(1))),
                CancellationToken.None);
            Assert.That(settings, Is.EqualTo(new[] { (isOnePlan, workers) }));
        }
    }

    [Test]
    public async Task Table_that_is_small_is_searched_by_its_key_all_the_same_as_its_plan_is_kept_when_it_has_grown()
    {
        await using var database = new PostgresDatabase(PostgresCluster.NewDatabase());
        await Migrations.RunAsync(database, CancellationToken.None);
        await using var connection = await database.ConnectAsync(CancellationToken.None);
        await RunAsync("INSERT INTO done (member, id, digest, at) SELECT '', sha256(number::text::bytea), sha256(''), 1 FROM generate_series(1, 200) number");
        await RunAsync("ANALYZE done");

        var plan = await RunAsync("EXPLAIN SELECT digest FROM done WHERE member = '' AND id = ''");

        Assert.That(plan, Does.Contain("Index Scan using done_pkey"));

        async Task<string> RunAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            return (string?)await command.ExecuteScalarAsync() ?? "";
        }
    }
}
