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

        for (var use = 0; use < 2; use++) // the second of a connection from the pool, which has been set back
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
}
