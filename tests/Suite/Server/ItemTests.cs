using Contracts;
using Contracts.Wire;
using NUnit.Framework;

namespace Suite.Serving;

public class ItemTests(DatabaseKind database) : ServerTests(database)
{
    [Test]
    public async Task An_item_comes_to_whoever_it_was_granted_to_and_passes_every_check()
    {
        var anna = await Olga.TakeInAsync();
        var item = await TestItem.CreateAsync(Olga, TestItem.GrantOf(Olga.Id, Right.Manage), TestItem.GrantOf(anna.Id, Right.Read));

        var delivered = (await anna.ChangesAsync()).Changes.Single(change => change.Kind == WireChangeKind.Item);

        Assert.That(delivered.Subject, Is.EqualTo(item.Id));
        Assert.That(delivered.Wraps!.Single().Principal, Is.EqualTo(anna.Id));
        var chain = new ItemChain(anna.Log, item.Id);
        Assert.That(chain.Take(delivered.Records!.Single().Decode<AccessRecord>()).Verdict, Is.EqualTo(Verdict.Accepted));
        Assert.That(chain.Take(delivered.Envelope!.Decode()).Verdict, Is.EqualTo(Verdict.Accepted));
        Assert.That(delivered.Envelope.Sealed!.Value.ToArray(), Is.EqualTo(item.Content));
    }
}
