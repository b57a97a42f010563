using Contracts;
using NUnit.Framework;
using Server.Streams;
using Suite.Hosting;

namespace Suite.Serving;

/// <summary>What an event stream is woken for: news, or only to show that it lives.</summary>
public class LifeSignTests
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    [Test, CancelAfter(60_000)]
    public async Task Silent_stream_shows_life_and_news_is_never_taken_for_that(CancellationToken cancellation)
    {
        var time = new ManualTime();
        using var hints = new Hints(time);
        using var stream = hints.Subscribe(Id.New());
        var principal = Id.New();
        stream.Want(new HashSet<Id> { principal });
        var waits = stream.WaitAsync(cancellation).AsTask();

        time.Advance(Every);
        Assert.That(await waits, Is.False);
        time.Advance(Every); // nobody reads it
        hints.Publish([principal], logGrew: false);
        Assert.That(await stream.WaitAsync(cancellation), Is.True);
        hints.Publish([Id.New()], logGrew: false);
        time.Advance(Every);
        Assert.That(await stream.WaitAsync(cancellation), Is.False);
    }
}
