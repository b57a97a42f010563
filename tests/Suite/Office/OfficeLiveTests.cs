using Contracts;
using NUnit.Framework;
using Office;

namespace Suite.Shares;

/// <summary>Clients that keep up by themselves: a change of one shows in the other, by a hint and not by a poll.</summary>
public class OfficeLiveTests
{
    [Test, CancelAfter(20_000)]
    public async Task Change_of_one_member_shows_in_the_other_and_is_taken_away_again(CancellationToken cancellation)
    {
        var (world, olga) = await OfficeWorld.FoundAsync();
        await using var _ = world;
        var anna = world.Join("Anna", olga);
        anna.Client.Start();

        var item = olga.Add("Mail", "m4il", (anna, Right.Read));
        olga.Client.Sync();
        await anna.UntilAsync(() => anna.Titles == "Mail", cancellation);

        olga.Edit(item, "Password", "changed");
        olga.Client.Sync();
        await anna.UntilAsync(() => anna.Read(item) == "changed", cancellation);

        olga.Set(item, anna.Id, Right.None);
        await anna.UntilAsync(() => anna.Titles.Length == 0, cancellation);
    }

    [Test, CancelAfter(60_000)]
    public async Task While_the_server_has_no_database_a_member_goes_on_and_others_see_it_afterwards(CancellationToken cancellation)
    {
        var database = PostgresCluster.NewDatabase();
        await using var world = await OfficeWorld.StartAsync(TimeProvider.System, database);
        var olga = world.Found("Olga");
        var anna = world.Join("Anna", olga);
        var item = olga.Add("Mail", "m4il", (anna, Right.Read));
        olga.Client.Sync();
        anna.Client.Start();
        await anna.UntilAsync(() => anna.Titles == "Mail", cancellation);

        PostgresCluster.Close(database);
        olga.Edit(item, "Password", "changed");
        var refused = Assert.Throws<OfficeException>(olga.Client.Sync)!;
        var kept = olga.Client.Status;
        PostgresCluster.Open(database);
        olga.Client.Sync();

        Assert.That((refused.Error, kept.Waiting, kept.NotSent), Is.EqualTo((OfficeError.ServerFailed, 1, 0)));
        await anna.UntilAsync(() => anna.Read(item) == "changed", cancellation);
    }
}
