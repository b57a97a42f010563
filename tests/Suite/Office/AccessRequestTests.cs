using Contracts;
using Host.Protocol;
using NUnit.Framework;
using Suite.Hosting;

namespace Suite.Shares;

/// <summary>Asking for access and answering past a real server.</summary>
public class AccessRequestTests
{
    private TwoHosts _hosts = null!;
    private TestClient _olga = null!;
    private TestClient _anna = null!;

    [SetUp]
    public async Task SetUp()
    {
        _hosts = await TwoHosts.JoinedAsync();
        (_olga, _anna) = (_hosts.Olga, _hosts.Anna);
    }

    [TearDown]
    public async Task TearDown() => await _hosts.DisposeAsync();

    [Test]
    public void Granted_request_raises_the_right_and_is_over_for_both()
    {
        var (olgas, annas) = _hosts.Share("use");

        var mine = _anna.Ask<AccessRequests>(new AskAccess("read", "the router was reset", annas)).Requests.Single();
        Assert.That((mine.Mine, mine.Name, mine.Right, mine.Title, mine.Reason), Is.EqualTo((true, "Olga", "read", "Router", (string?)null)));
        _hosts.Sync(_olga);
        var asked = _olga.Ask<AccessRequests>(new GetAccessRequests()).Requests.Single();
        Assert.That(
            (asked.Mine, asked.Name, asked.Right, asked.Item, asked.Title, asked.Reason), Is.EqualTo((false, "Anna", "read", olgas, "Router", "the router was reset")));

        Assert.That(_olga.Ask<AccessRequests>(new AnswerAccess(_hosts.Office, asked.Id, Grant: true)).Requests, Is.Empty);
        _hosts.Sync(_anna);

        Assert.That(OutcomeSeenBy(_anna), Is.EqualTo("granted"));
        Assert.That(TwoHosts.Read(_anna.Ask<Revealed>(new Reveal(annas, "Password", "show")).Value), Is.EqualTo("r0uter"));
    }

    [Test]
    public void Request_that_is_not_granted_is_over_and_changes_nothing()
    {
        var (_, annas) = _hosts.Share("use");
        _anna.Ask<AccessRequests>(new AskAccess("write", "", annas));
        _hosts.Sync(_olga);
        var asked = _olga.Ask<AccessRequests>(new GetAccessRequests()).Requests.Single();

        _hosts.OlgasHost.Extension().Ask<AccessRequests>(new AnswerAccess(_hosts.Office, asked.Id, Grant: false)); // no passphrase to say no
        _hosts.Sync(_anna);

        _hosts.AnnasHost.Restart();
        _anna = _hosts.AnnasHost.Unlocked();
        Assert.That(OutcomeSeenBy(_anna), Is.EqualTo("declined"));
        Assert.That(_anna.Refusal(new Reveal(annas, "Password", "show")), Is.EqualTo("refused useOnly"));
    }

    [Test]
    public void Person_is_asked_for_what_one_does_not_see_and_chooses_the_item()
    {
        var item = _olga.Ask<Found>(new Search("Own", 10)).Items.Single().Id;
        var safe = _olga.Ask<SharedItems>(new ShareItems(_hosts.Office, [item], [])).Items.Single().Id;
        _anna.Ask<AccessRequests>(new AskAccess("read", "the safe's code", Office: _hosts.Office, Member: _hosts.MemberOf("Olga")));
        _hosts.Sync(_olga);
        var asked = _olga.Ask<AccessRequests>(new GetAccessRequests()).Requests.Single();
        Assert.That((asked.Item, asked.Reason), Is.EqualTo(((string?)null, "the safe's code")));

        Assert.That(_olga.Refusal(new AnswerAccess(_hosts.Office, asked.Id, Grant: true)), Is.EqualTo("office refused"));
        _olga.Ask<AccessRequests>(new AnswerAccess(_hosts.Office, asked.Id, Grant: true, safe));
        _hosts.Sync(_anna);

        Assert.That(_anna.Ask<Found>(new Search("Own", 10)).Items.Single().Title, Is.EqualTo("Own"));
        Assert.That(OutcomeSeenBy(_anna), Is.EqualTo("answered"));
    }

    [Test]
    public void Request_is_taken_back_by_who_made_it_and_survives_a_restart()
    {
        var (_, annas) = _hosts.Share("use");
        var mine = _anna.Ask<AccessRequests>(new AskAccess("read", "why", annas)).Requests.Single();
        _hosts.Sync(_olga);
        _hosts.OlgasHost.Restart();
        _hosts.AnnasHost.Restart();
        (_olga, _anna) = (_hosts.OlgasHost.Unlocked(), _hosts.AnnasHost.Unlocked());
        Assert.That(_olga.Ask<AccessRequests>(new GetAccessRequests()).Requests.Single().Reason, Is.EqualTo("why"));

        Assert.That(_anna.Ask<AccessRequests>(new AnswerAccess(_hosts.Office, mine.Id, Grant: false)).Requests, Is.Empty);
        _hosts.Sync(_olga);

        Assert.That(_olga.Ask<AccessRequests>(new GetAccessRequests()).Requests, Is.Empty);
        Assert.That(_anna.Ask<AccessRequests>(new GetAccessRequests()).Requests, Is.Empty);
    }

    [Test]
    public void What_cannot_be_asked_is_refused()
    {
        var (olgas, annas) = _hosts.Share("read");
        var anna = _hosts.MemberOf("Anna");

        foreach (var (client, request, refusal) in new (TestClient, AskAccess, string)[]
        {
            (_anna, new AskAccess("read", "", annas), "office refused"), // has it
            (_olga, new AskAccess("read", "", olgas), "office refused"),
            (_anna, new AskAccess("write", "two\nlines", annas), "office refused"),
            (_anna, new AskAccess("write", new string('x', 201), annas), "office refused"),
            (_anna, new AskAccess("read", "", Office: _hosts.Office, Member: anna), "office notThere"), // oneself
            (_anna, new AskAccess("read", "", Office: _hosts.Office, Member: Id.New().ToString()), "office notThere"),
            (_anna, new AskAccess("read", "", Office: _hosts.Office, Member: "nobody"), "badMessage"),
            (_anna, new AskAccess("read", "", Office: Id.New().ToString(), Member: anna), "notFound"),
            (_anna, new AskAccess("write", "", annas[..(annas.IndexOf('.') + 1)] + Id.New()), "notFound"),
        })
        {
            Assert.That(client.Refusal(request), Is.EqualTo(refusal), request.ToString());
        }
        Assert.That(_anna.Refusal(new AnswerAccess(_hosts.Office, Id.New().ToString(), Grant: false)), Is.EqualTo("office notThere"));
    }

    /// <summary>What became of the only request, which goes off the list then.</summary>
    private string? OutcomeSeenBy(TestClient client)
    {
        var over = client.Ask<AccessRequests>(new GetAccessRequests()).Requests.Single(request => request.Mine);
        Assert.That(client.Ask<AccessRequests>(new AnswerAccess(_hosts.Office, over.Id, Grant: false)).Requests, Is.Empty);
        return over.Outcome;
    }
}
