using Contracts;
using NUnit.Framework;

namespace Suite.Shares;

/// <summary>A state journal that is written anew says the same as before, and is shorter.</summary>
public class StateJournalTests
{
    [Test]
    public async Task Rewritten_journal_holds_the_same_state_and_goes_on()
    {
        var (world, olga) = await OfficeWorld.FoundAsync();
        await using var _ = world;
        var anna = world.Join("Anna", olga);
        var item = olga.Add("Mail", "m4il", (anna, Right.Read));
        var other = olga.Add("Safe", "s4fe", (anna, Right.Write));
        olga.Client.Sync();
        for (var edit = 0; edit < 12; edit++)
        {
            olga.Edit(item, "Notes", new string((char)('a' + edit), 20_000));
            olga.Client.Sync();
            anna.Client.Sync();
        }
        olga.Set(item, anna.Id, Right.None);
        olga.Set(item, anna.Id, Right.Read);
        anna.Client.Sync();
        var (length, before) = (new FileInfo(anna.FileOf(".state")).Length, Seen(anna));

        anna.Restart();

        Assert.That(new FileInfo(anna.FileOf(".state")).Length, Is.LessThan(length / 2));
        Assert.That(File.Exists(anna.FileOf(".state.new")), Is.False);
        Assert.That(Seen(anna), Is.EqualTo(before));
        anna.Edit(other, "Password", "changed");
        anna.Client.Sync();
        olga.Edit(item, "Password", "last");
        olga.Client.Sync();
        anna.Client.Sync();
        anna.Restart();
        Assert.That((anna.Read(item), anna.Read(other), anna.Client.Status.Frozen), Is.EqualTo(("last", "changed", 0)));
    }

    private static string Seen(OfficeMember member) => member.Client.Read(state =>
    {
        string[] parts =
        [
            member.Titles, state.Log.Head!.Value.ToString(), string.Join(' ', state.Positions.Positions.Select(one => $"{one.Principal}:{one.Sequence}").Order()),
            .. state.Items.OrderBy(item => item.Id).Select(item =>
                $"{item.Id} {item.Chain.Records.Count} {item.Chain.RecordCounts} {item.Chain.Envelope!.Hash} {item.Chain.EnvelopeCounts} {item.Failure} {item.Sealed!.Length}"),
            .. state.Log.Members.Select(one => state.NameOf(one.Id)), state.Beacon is { } beacon ? beacon.Hash.ToString() : "",
        ];
        return string.Join('|', parts);
    });
}
