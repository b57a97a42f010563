using Host.Protocol;
using NUnit.Framework;

namespace Suite.Hosting;

/// <summary>What logind says locks the vault: over a real bus that is only ours.</summary>
[CancelAfter(60_000)]
public class LogindTests
{
    private const string Sleep = "the computer is about to sleep", Switch = "another person takes the screen";

    private static readonly Dictionary<string, (Action<FakeLogind> Say, string Reason)> LocksOf = new()
    {
        [Sleep] = (logind => logind.PrepareForSleep(true), "sleep"),
        ["our session is to lock"] = (logind => logind.Lock(FakeLogind.OurSession), "screen"),
        ["our screen is locked"] = (logind => logind.Change(FakeLogind.OurSession, "LockedHint", true), "screen"),
        [Switch] = (logind => logind.Change(FakeLogind.OurSession, "Active", false), "session"),
    };

    /// <summary>What must do nothing, and what is said after it: something that locks for another reason than the first would.</summary>
    private static readonly Dictionary<string, (Action<FakeLogind> Say, string After)> NothingOf = new()
    {
        ["the computer has slept"] = (logind => logind.PrepareForSleep(false), Switch),
        ["a text where a flag must be"] = (logind => logind.PrepareForSleepWithAText(), Switch),
        ["another person's session is to lock"] = (logind => logind.Lock(FakeLogind.TheirSession), Sleep),
        ["another person's screen is locked"] = (logind => logind.Change(FakeLogind.TheirSession, "LockedHint", true), Sleep),
        ["another person loses the screen"] = (logind => logind.Change(FakeLogind.TheirSession, "Active", false), Sleep),
        ["a session that has gone"] = (logind => logind.Lock("/org/freedesktop/login1/session/gone"), Sleep),
        ["our screen is open again"] = (logind => logind.Change(FakeLogind.OurSession, "LockedHint", false), Sleep),
        ["our session has the screen again"] = (logind => logind.Change(FakeLogind.OurSession, "Active", true), Sleep),
        ["a text as property"] = (logind => logind.Change(FakeLogind.OurSession, "LockedHint", "true"), Sleep),
        ["another property"] = (logind => logind.Change(FakeLogind.OurSession, "IdleHint", true), Sleep),
        ["another interface's property"] = (logind => logind.Change(FakeLogind.OurSession, "LockedHint", true, ofInterface: "org.example"), Sleep),
    };

    private static IEnumerable<string> Locks => LocksOf.Keys;

    private static IEnumerable<string> Nothings => NothingOf.Keys;

    private FakeLogind _logind = null!;
    private TestSession _host = null!;

    private Task<string> HasEnded => _host.HasEnded.WaitAsync(TestContext.CurrentContext.CancellationToken);

    [SetUp]
    public void SetUp()
    {
        _logind = new FakeLogind();
        _host = new TestSession { SystemBus = _logind.Address };
        _host.Restart();
    }

    [TearDown]
    public void TearDown()
    {
        _host.Dispose();
        _logind.Dispose();
    }

    [TestCaseSource(nameof(Locks))]
    public async Task Vault_locks_when(string situation)
    {
        var client = _host.Unlocked();
        await _logind.IsHeard;

        LocksOf[situation].Say(_logind);

        Assert.That(await HasEnded, Is.EqualTo(LocksOf[situation].Reason));
        Assert.That(client.Events, Is.EqualTo(new[] { $"locked {LocksOf[situation].Reason}" }));
    }

    [TestCaseSource(nameof(Nothings))]
    public async Task Vault_stays_open_when(string situation)
    {
        _host.Unlocked();
        await _logind.IsHeard;

        var (say, after) = NothingOf[situation];
        say(_logind);
        LocksOf[after].Say(_logind); // heard after it, in order

        Assert.That(await HasEnded, Is.EqualTo(LocksOf[after].Reason));
    }

    [Test]
    public async Task Screen_that_locks_leaves_the_vault_open_where_the_person_wants_that_and_sleep_does_not()
    {
        var client = _host.Unlocked();
        client.Ask<Settings>(new ChangeSettings(new SettingsChange(LockOnScreenLock: false)));
        await _logind.IsHeard;

        _logind.Lock(FakeLogind.OurSession);
        _logind.PrepareForSleep(true);

        Assert.That(await HasEnded, Is.EqualTo("sleep"));
    }

    [Test]
    public async Task Sleep_waits_until_the_vault_is_locked()
    {
        _host.Unlocked();
        await _logind.IsHeard;
        // A lock ends the vault's clock after it has wiped and before it lets go.
        (bool IsOpen, bool MaySleep)? meanwhile = null;
        _host.Time.TimerDisposed = () => meanwhile = (_host.Session.IsOpen, _logind.MaySleep(withinMilliseconds: 0));

        _logind.PrepareForSleep(true);

        Assert.That(await HasEnded, Is.EqualTo("sleep"));
        Assert.That(meanwhile, Is.EqualTo((false, false)));
        Assert.That(_logind.MaySleep());
    }

    [Test]
    public async Task Bus_that_ends_leaves_the_vault_open()
    {
        var client = _host.Unlocked();
        await _logind.IsHeard;

        _logind.EndBus();

        Assert.That(_logind.MaySleep(), "the watch has ended");
        Assert.That(client.Ask<Status>(new GetStatus()).State, Is.EqualTo("unlocked"));
    }

    [Test]
    public void No_bus_is_no_error()
    {
        using var host = new TestSession { SystemBus = "unix:path=/nonexistent/bus" };
        host.Restart();

        Assert.That(host.Unlocked().Ask<Status>(new GetStatus()).State, Is.EqualTo("unlocked"));
    }
}
