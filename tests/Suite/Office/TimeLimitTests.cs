using Host.Protocol;
using NUnit.Framework;
using Suite.Hosting;

namespace Suite.Shares;

/// <summary>Grants with time limits, where no server says that they have ended: the host's own clock does.</summary>
public class TimeLimitTests
{
    private TwoHosts _hosts = null!;
    private TestClient _anna = null!;
    private string _item = null!;

    [SetUp]
    public async Task SetUp()
    {
        _hosts = await TwoHosts.JoinedAsync();
        _anna = _hosts.Anna;
        _item = _hosts.Share("read", notAfter: In(TimeSpan.FromMinutes(2))).Annas;
        Assert.That(Titles, Is.EqualTo("Router"));
        await _hosts.World.StopServerAsync();
    }

    [TearDown]
    public async Task TearDown() => await _hosts.DisposeAsync();

    [Test]
    public void Item_goes_when_its_grant_ends_without_an_exchange()
    {
        _hosts.OlgasHost.Time.Advance(TimeSpan.FromSeconds(119));
        Assert.That((Titles, TwoHosts.Read(_anna.Ask<Revealed>(new Reveal(_item, "Password", "show")).Value)), Is.EqualTo(("Router", "r0uter")));
        _anna.Events.Clear();

        _hosts.OlgasHost.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.That(Titles, Is.Empty);
        Assert.That(_anna.Refusal(new Reveal(_item, "Password", "show")), Is.EqualTo("notFound"));
        Assert.That(_anna.Events, Has.Member("changed"));
    }

    [Test]
    public void Grant_that_has_ended_does_not_come_back_with_a_restart()
    {
        _hosts.OlgasHost.Time.Advance(TimeSpan.FromMinutes(3));
        _hosts.AnnasHost.Restart();
        _anna = _hosts.AnnasHost.Unlocked();

        Assert.That(Titles, Is.Empty);
        Assert.That(_anna.Refusal(new Fill(TwoHosts.Page, [], "person", ["password"], [], _item)), Is.EqualTo("notFound"));
    }

    [Test]
    public void Clock_that_was_set_back_opens_no_limited_item()
    {
        _hosts.OlgasHost.Time.SetBack(TimeSpan.FromDays(1));

        // Not even before the host has looked: each release looks itself.
        Assert.That(_anna.Refusal(new Fill(TwoHosts.Page, [], "person", ["password"], [], _item)), Is.EqualTo("refused ended"));
        Assert.That(_anna.Refusal(new Reveal(_item, "Password", "show")), Is.EqualTo("refused ended"));
        _hosts.AnnasHost.Restart();
        _anna = _hosts.AnnasHost.Unlocked();
        Assert.That(Titles, Is.Empty);
    }

    private string Titles => string.Join(' ', _anna.Ask<Matches>(new FindMatches(TwoHosts.Page, [])).Items.Select(item => item.Title));

    private string In(TimeSpan time) => WireTime.Of(_hosts.OlgasHost.Time.GetUtcNow() + time);
}
