using NUnit.Framework;
using Server.Health;

namespace Suite.Serving;

/// <summary>When a server that does nothing gives memory back: once after each time that it was busy.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class IdlenessTests
{
    private const long Held = 10 << 20;
    private const long Much = Idleness.WorthBytes + Idleness.QuietBytes;

    private readonly Idleness _idle = new();

    [Test]
    public void Collects_once_when_it_falls_quiet_after_it_was_busy()
    {
        Assert.That(Looks(Much, Much + 1, Much + 2), Is.EqualTo("-c-"), "busy, quiet, nothing new since");
        Assert.That(Looks((2 * Much) + 2, (2 * Much) + 3), Is.EqualTo("-c"), "busy again");
    }

    [Test]
    public void Does_not_stop_a_server_that_is_busy() =>
        Assert.That(Looks(Much, 2 * Much, 3 * Much, (3 * Much) + Idleness.QuietBytes, (3 * Much) + Idleness.QuietBytes), Is.EqualTo("----c"));

    [Test]
    public void Little_is_not_worth_it_and_adds_up()
    {
        const long Little = Idleness.QuietBytes - 1;
        var looks = string.Concat(Enumerable.Range(1, 40).Select(number => Look(number * Little, Held)));

        Assert.That(looks.IndexOf('c'), Is.EqualTo(Idleness.WorthBytes / Little), "as soon as it is worth it");
        Assert.That(looks.Count(look => look == 'c'), Is.EqualTo(2), "and then as much again");
    }

    [Test]
    public void Half_of_what_is_held_must_be_new_where_much_is_held()
    {
        Look(Much, Held);
        Assert.That(Look(Much, held: (2 * Much) + 2), Is.EqualTo('-'));
        Assert.That(Look(Much, held: 2 * Much), Is.EqualTo('c'));
    }

    private string Looks(params long[] allocated) => string.Concat(allocated.Select(bytes => Look(bytes, Held)));

    private char Look(long allocated, long held) => _idle.IsWorthCollecting(allocated, held) ? 'c' : '-';
}
