using System.Diagnostics;
using Host.Native;
using Host.Protocol;
using Host.Service;
using NUnit.Framework;

namespace Suite.Hosting;

public class SessionClockTests
{
    private static readonly Dictionary<string, Func<TestSession, Request>> ActionRequests = new()
    {
        ["search"] = _ => new Search("x", 1),
        ["get"] = host => new GetItem(host.Ids[0]),
        ["history"] = host => new GetHistory(host.Ids[0]),
        ["trash"] = _ => new GetTrash(10),
        ["folders"] = _ => new GetFolders(),
        ["update"] = host => new Update(host.Ids[0], new ItemChanges(Title: "New")),
        ["remove"] = host => new Remove(host.Ids[0]),
        ["reveal"] = host => new Reveal(host.Ids[0], "Password", "show"),
        ["fill"] = host => new Fill("https://www.example.com", [], "person", ["password"], [], host.Ids[0]),
        ["generate"] = _ => new Generate("pattern", Pattern: "dddd"),
        ["site"] = _ => new GetSite("https://www.example.com", true),
        ["teach"] = _ => new Teach("https://www.example.com", "username", "0123456789abcdef", 0, "/"),
        ["draft"] = _ => new GetDraft("new", TestClient.SecretOf("text")),
        ["keepCaptured"] = KeepOneCapture,
        ["changeVault"] = host => new ChangeVault(host.VaultId, new VaultChange("red")),
        ["attach"] = host => new Attach(host.Ids[0], "a.txt", TestClient.SecretOf("aGVsbG8=")),
        ["generated"] = _ => new GetGenerated(),
        ["settings"] = _ => new ChangeSettings(new SettingsChange(ClipboardSeconds: 20)),
    };

    private static readonly Dictionary<string, Func<TestSession, Request>> BackgroundRequests = new()
    {
        ["status"] = _ => new GetStatus(),
        ["match"] = _ => new FindMatches("https://www.example.com", []),
        ["settings"] = _ => new ChangeSettings(),
        ["explain"] = host => new Explain(host.Ids[0], "https://www.example.com", [], "person", ["password"]),
        ["site"] = _ => new GetSite("https://www.example.com"),
        ["draft"] = _ => new GetDraft("new"),
        ["capture"] = _ => new Capture("tab-1", "https://www.example.com", [], "login", "anna", TestClient.SecretOf("typed")),
        ["captured"] = _ => new GetCaptured("tab-1"),
        ["captured, forget"] = _ => new GetCaptured("tab-1", Drop: true),
        ["sites"] = _ => new GetSites(),
        ["taught"] = _ => new GetTaught(),
        ["vaults"] = _ => new GetVaults(),
        ["profiles"] = _ => new GetProfiles(),
        ["fill on load"] = _ => new Fill("https://www.example.com", [], "load", ["password"], []),
    };

    private static KeepCaptured KeepOneCapture(TestSession host)
    {
        host.Extension('A').Ask<Done>(new Capture("tab-1", "https://www.example.com", [], "login", "anna", TestClient.SecretOf("typed")));
        return new KeepCaptured("tab-1", host.Ids[0]);
    }

    private static IEnumerable<string> Actions => ActionRequests.Keys;

    private static IEnumerable<string> Backgrounds => BackgroundRequests.Keys;

    private TestSession _host = null!;
    private TestClient _client = null!;

    [SetUp]
    public void SetUp()
    {
        _host = new TestSession(TestSession.Login("Example", "https://www.example.com"));
        _client = _host.Unlocked();
    }

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public void Locks_after_ten_minutes_without_an_action_and_tells_everybody()
    {
        var other = _host.Extension('B');

        _host.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(10));
        Assert.That(_host.EndedFor, Is.Null);
        _host.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(_host.EndedFor, Is.EqualTo("idle"));
        Assert.That(_client.Events.Concat(other.Events), Is.EqualTo(new[] { "locked idle", "locked idle" }));
        Assert.That(_client.Refusal(new Search("", 1)), Is.EqualTo("locked"));
    }

    [TestCaseSource(nameof(Actions))]
    public void Person_s_action_keeps_the_vault_open(string action)
    {
        _host.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.That(_client.Refusal(ActionRequests[action](_host)), Is.Empty);
        _host.Time.Advance(TimeSpan.FromMinutes(9));

        Assert.That(_host.EndedFor, Is.Null);
    }

    [TestCaseSource(nameof(Backgrounds))]
    public void What_pages_and_extensions_do_by_themselves_does_not(string request)
    {
        _host.Time.Advance(TimeSpan.FromMinutes(9));
        _client.Refusal(BackgroundRequests[request](_host));
        _host.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.That(_host.EndedFor, Is.EqualTo("idle"));
    }

    [Test]
    public void Refused_client_does_not_keep_the_vault_open()
    {
        var stranger = _host.Extension('B');
        _host.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.That(stranger.Refusal(new Search("", 1)), Is.EqualTo("locked"));
        _host.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.That(_host.EndedFor, Is.EqualTo("idle"));
    }

    [Test]
    public void Locks_after_eight_hours_however_busy()
    {
        for (var minutes = 0; minutes < (8 * 60) - 5; minutes += 5)
        {
            _host.Time.Advance(TimeSpan.FromMinutes(5));
            _client.Ask<Found>(new Search("", 1));
        }
        Assert.That(_host.EndedFor, Is.Null);
        _host.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.That(_host.EndedFor, Is.EqualTo("limit"));
    }

    [Test]
    public void Setting_decides_how_long()
    {
        _client.Ask<Settings>(new ChangeSettings(new SettingsChange(LockAfterMinutes: 3)));

        _host.Time.Advance(TimeSpan.FromMinutes(3) - TimeSpan.FromSeconds(10));
        Assert.That(_host.EndedFor, Is.Null);
        _host.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(_host.EndedFor, Is.EqualTo("idle"));
    }

    [Test]
    public void Computer_that_slept_finds_the_vault_locked_before_the_first_answer()
    {
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        _host.Time.Sleep(TimeSpan.FromMinutes(2));

        Assert.That(_client.Refusal(new FindMatches("https://www.example.com", [])), Is.EqualTo("locked"));
        Assert.That(_host.EndedFor, Is.EqualTo("sleep"));
    }

    [Test]
    public void Corrected_clock_is_no_sleep()
    {
        _host.Time.Sleep(TimeSpan.FromSeconds(20));
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        _host.Time.Sleep(-TimeSpan.FromHours(1));
        _host.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.That(_host.EndedFor, Is.Null);
    }

    [Test]
    public void Lock_answers_first_and_then_tells_everybody()
    {
        var other = _host.Unlocked('B');

        _client.Ask<Done>(new global::Host.Protocol.Lock());

        Assert.That(_host.EndedFor, Is.EqualTo("command"));
        Assert.That(_client.Events, Is.EqualTo(new[] { "locked command" }));
        Assert.That(other.Events, Does.Contain("locked command"));
    }

    [Test]
    public void Locks_five_minutes_after_the_last_browser_has_gone_whatever_a_command_line_does()
    {
        var terminal = _host.CommandLine();
        var other = _host.Extension('B');
        _client.Leave();
        _host.Time.Advance(TimeSpan.FromMinutes(6));
        terminal.Unlock(_host.VaultPath);
        Assert.That(_host.EndedFor, Is.Null, "a browser is here");

        other.Leave();
        _host.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(10));
        terminal.Ask<Found>(new Search("", 1));
        Assert.That(_host.EndedFor, Is.Null);
        _host.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.That(_host.EndedFor, Is.EqualTo("browsers"));
        Assert.That(terminal.Events, Is.EqualTo(new[] { "locked browsers" }));
    }

    [Test]
    public void Browser_that_comes_back_in_time_keeps_the_vault_open()
    {
        _client.Leave();
        _host.Time.Advance(TimeSpan.FromMinutes(4));
        var again = _host.Extension();
        _host.Time.Advance(TimeSpan.FromMinutes(4));

        Assert.That(again.Ask<Status>(new GetStatus()).State, Is.EqualTo("unlocked"));
    }

    [Test]
    public void Browser_that_closed_its_port_and_runs_on_has_not_gone()
    {
        using var browser = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        var suspended = _host.Extension('B', process: new BrowserProcess(browser.Id, ProcessFacts.Of(browser.Id)!.StartedAt));
        _client.Leave();
        suspended.Leave();
        _host.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.That(_host.EndedFor, Is.Null);

        browser.Kill();
        browser.WaitForExit();
        _host.Time.Advance(TimeSpan.FromSeconds(10)); // it is noticed
        _host.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.That(_host.EndedFor, Is.Null);
        _host.CommandLine().Unlock(_host.VaultPath); // an action
        _host.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.That(_host.EndedFor, Is.EqualTo("browsers"));
    }

    [Test]
    public void Vault_that_no_browser_used_stays_open_without_one()
    {
        _host.Restart();
        var terminal = _host.CommandLine();
        terminal.Unlock(_host.VaultPath);
        terminal.Leave();
        _host.Time.Advance(TimeSpan.FromMinutes(9));

        Assert.That(_host.EndedFor, Is.Null);
    }

    [TestCase(0, null)]
    [TestCase(1, "browsers")]
    public void Without_browsers_for_so_many_minutes_locks(int minutes, string? reason)
    {
        var clock = new SessionClock(_host.Time);
        clock.NoteNoBrowser();
        _host.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.That(clock.ReasonToLock(new LockRules(10, 8, minutes, OnScreenLock: true)), Is.EqualTo(reason));
    }
}
