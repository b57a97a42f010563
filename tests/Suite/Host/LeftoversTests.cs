using Host.Service;
using NUnit.Framework;

namespace Suite.Hosting;

/// <summary>When the host gives back what requests left behind.</summary>
public class LeftoversTests
{
    [Test]
    public void Little_is_given_back_once_nobody_asks()
    {
        var leftovers = new Leftovers();
        leftovers.GiveBack();
        Leave(1 << 20);

        Assert.That(Collects(leftovers.GiveBackIfDue), Is.False, "somebody is at work");
        Assert.That(Collects(leftovers.GiveBackIfDue), Is.True, "nobody is");
        Assert.That(Collects(leftovers.GiveBackIfDue), Is.False, "nothing is left");
    }

    [Test]
    public void Much_is_given_back_while_somebody_asks()
    {
        var leftovers = new Leftovers();
        leftovers.GiveBack();
        Leave(9 << 20);

        Assert.That(Collects(leftovers.GiveBackIfDue), Is.True);
    }

    private static bool Collects(Action act)
    {
        var before = GC.CollectionCount(GC.MaxGeneration);
        act();
        return GC.CollectionCount(GC.MaxGeneration) > before;
    }

    private static void Leave(int bytes)
    {
        for (var left = 0; left < bytes; left += 1024)
        {
            GC.KeepAlive(new byte[1024]);
        }
    }
}
