using Contracts;
using NUnit.Framework;
using Office;

namespace Suite.Shares;

/// <summary>Clients that keep up by themselves: a change of one shows in the other, by a hint and not by a poll.</summary>
public class OfficeLiveTests
{
    [Test, CancelAfter(60_000)]
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
    public async Task Server_that_goes_or_comes_back_is_noticed_at_once_and_said(CancellationToken cancellation)
    {
        var (world, olga, anna) = await SharingAsync(cancellation);
        await using var _ = world;

        await world.StopServerAsync();
        await anna.UntilAsync(() => !anna.Client.IsReached, cancellation);
        Assert.That(anna.Client.Status is { IsConnected: false, Problem.Error: OfficeError.Unreachable });

        await world.StartServerAsync();
        await anna.UntilAsync(() => anna.Client.IsReached, cancellation);
    }

    [Test, CancelAfter(60_000)]
    public async Task Whoever_is_removed_loses_the_copy_at_once_and_hears_why(CancellationToken cancellation)
    {
        var (world, olga, anna) = await SharingAsync(cancellation);
        await using var _ = world;

        olga.Client.Remove(anna.Id);
        await anna.UntilAsync(() => anna.Titles.Length == 0, cancellation);

        await anna.UntilAsync(() => anna.Client.Status.Problem is { Error: OfficeError.NotMember, Message: var said } && said.EndsWith("any more", StringComparison.Ordinal), cancellation);
        anna.Restart();
        Assert.That((anna.Titles, anna.Client.Read(state => state.AreMember)), Is.EqualTo(("", false)));
    }

    [Test]
    public async Task Whoever_is_only_said_to_be_removed_keeps_the_copy()
    {
        var (world, olga) = await OfficeWorld.FoundAsync();
        await using var _ = world;
        var anna = world.Join("Anna", olga);
        olga.Add("Mail", "m4il", (anna, Right.Read));
        olga.Client.Sync();
        anna.Client.Sync();
        var invitation = olga.Client.Invite(Role.Member, anna.Id, TimeSpan.FromHours(1));
        world.Enter("Anna's other computer", OfficeEntry.Join(world.Address, invitation.Code, "Anna", "", TimeProvider.System));
        olga.Client.Sync();

        var refused = Assert.Throws<OfficeException>(anna.Client.Sync)!;

        Assert.That((refused.Error, anna.Titles), Is.EqualTo((OfficeError.NotMember, "Mail")));
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

    /// <summary>Olga shares her mail with Anna, who keeps up.</summary>
    private static async Task<(OfficeWorld World, OfficeMember Olga, OfficeMember Anna)> SharingAsync(CancellationToken cancellation)
    {
        var (world, olga) = await OfficeWorld.FoundAsync();
        var anna = world.Join("Anna", olga);
        anna.Client.Start();
        olga.Add("Mail", "m4il", (anna, Right.Read));
        olga.Client.Sync();
        await anna.UntilAsync(() => anna.Titles == "Mail", cancellation);
        return (world, olga, anna);
    }
}
