using Contracts;
using NUnit.Framework;

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
}
