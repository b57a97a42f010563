using Contracts;
using Contracts.Wire;
using NUnit.Framework;
using static Suite.Serving.TestItem;

namespace Suite.Serving;

/// <summary>What a removal would strand, which only the server can tell: whoever removes need not hold the items.</summary>
public class DependentsTests(DatabaseKind database) : ServerTests(database)
{
    [Test]
    public async Task Items_that_only_the_member_opens_or_manages_are_told_to_administrators()
    {
        var anna = await Olga.TakeInAsync();
        var bob = await Olga.TakeInAsync();
        await anna.CatchUpAsync();
        await bob.CatchUpAsync();
        var alone = await CreateAsync(anna, GrantOf(anna.Id, Right.Manage));
        var managed = await CreateAsync(anna, GrantOf(anna.Id, Right.Manage), GrantOf(bob.Id, Right.Read));
        await CreateAsync(anna, GrantOf(anna.Id, Right.Manage), GrantOf(bob.Id, Right.Manage));
        await CreateAsync(bob, GrantOf(anna.Id, Right.Read), GrantOf(bob.Id, Right.Manage));

        var dependents = await OfAsync(anna);

        Assert.That((dependents.Unopened.Single(), dependents.Unmanaged.Single(), dependents.More), Is.EqualTo((alone.Id, managed.Id, false)));
        (await bob.GetAsync($"/v1/members/{anna.Id}/dependents")).Fails(403, WireErrorKind.NotEntitled);
    }

    [Test]
    public async Task Groups_count_for_who_is_in_them_and_removed_items_for_nobody()
    {
        var anna = await Olga.TakeInAsync();
        var bob = await Olga.TakeInAsync();
        var hers = await Olga.GroupAsync(anna);
        var theirs = await Olga.GroupAsync(anna, bob);
        await anna.CatchUpAsync();
        var alone = await CreateAsync(anna, GrantOf(hers, Right.Manage));
        await CreateAsync(anna, GrantOf(theirs, Right.Manage));
        var removed = await CreateAsync(anna, GrantOf(anna.Id, Right.Manage));
        (await PutAsync(anna, new WireItemChange { Envelope = removed.Remove(anna) })).Done();

        var dependents = await OfAsync(anna);

        Assert.That((dependents.Unopened.Single(), dependents.Unmanaged), Is.EqualTo((alone.Id, Array.Empty<Id>())));
    }

    [Test]
    public async Task A_grant_that_has_ended_opens_nothing()
    {
        var anna = await Olga.TakeInAsync();
        var bob = await Olga.TakeInAsync();
        await anna.CatchUpAsync();
        var item = await CreateAsync(anna, GrantOf(anna.Id, Right.Manage), GrantOf(bob.Id, Right.Read, notAfter: 1));

        Assert.That((await OfAsync(anna)).Unopened, Is.EqualTo(new[] { item.Id }));
    }

    [Test]
    public async Task Nobody_has_no_dependents() => Assert.That((await OfAsync(new OfficeMember(World))).Unopened, Is.Empty);

    private async Task<WireDependents> OfAsync(OfficeMember member) =>
        (await Olga.GetAsync($"/v1/members/{member.Id}/dependents")).Read(WireJson.Default.WireDependents);
}
