using System.Text;
using Host.Native;
using Host.Protocol;
using Host.Service;
using NUnit.Framework;
using Suite.Unit.Vault;

namespace Suite.Hosting;

/// <summary>Which commands the host serves without a passphrase.</summary>
public class TerminalSessionTests
{
    private const int Terminal = 34816;
    private const string Between = "-1 4194304 1 0 0 0 0 0 0 0 20 0 1 0";

    private static readonly TerminalSession _ours = new(100, 5000);
    private static readonly ProcessFacts _shell = new(100, Parent: 1, 100, Terminal, 5000);
    private static readonly ProcessFacts _command = new(200, Parent: 100, 100, Terminal, 6000);

    [TestCase($"200 (latchkey) S 100 200 100 34816 {Between} 6000 1 2", 34816)]
    [TestCase($"200 (latchkey) S 100 200 100 34816 {Between} 6000", 34816, Description = "no more fields than needed")]
    [TestCase($"200 (latchkey) S 100 200 100 0 {Between} 6000 1 2\n", 0, Description = "no terminal")]
    [TestCase($"200 (a) S 9 9 9 9 (b)) S 100 200 100 -2 {Between} 6000 1 2\n", -2, Description = "a name made to look like fields")]
    [TestCase($"200 () S 100 200 100 0 {Between} 6000", 0)]
    public void Process_is_read(string stat, int terminal) =>
        Assert.That(ProcessFacts.Parse(Encoding.UTF8.GetBytes(stat)), Is.EqualTo(_command with { Terminal = terminal }));

    [TestCase("")]
    [TestCase("200")]
    [TestCase("200 (latchkey)")]
    [TestCase($"(latchkey) S 100 200 100 0 {Between} 6000", Description = "no id")]
    [TestCase($"0 (latchkey) S 100 200 100 0 {Between} 6000")]
    [TestCase($"-200 (latchkey) S 100 200 100 0 {Between} 6000")]
    [TestCase($"200x (latchkey) S 100 200 100 0 {Between} 6000")]
    [TestCase($"99999999999 (latchkey) S 100 200 100 0 {Between} 6000")]
    [TestCase($"200 latchkey S 100 200 100 0 {Between} 6000", Description = "no parentheses")]
    [TestCase($"200 (latchkey) S 100 200 -1 0 {Between} 6000")]
    [TestCase($"200 (latchkey) S 100 200 1e2 0 {Between} 6000")]
    [TestCase($"200 (latchkey) S 100 200 100  {Between} 6000", Description = "an empty field")]
    [TestCase($"200 (latchkey) S 100 200 100 0 {Between} -6000")]
    [TestCase($"200 (latchkey) S 100 200 100 0 {Between} 99999999999999999999")]
    [TestCase($"200 (latchkey) S 100 200 100 0 {Between}", Description = "ends before the start")]
    public void What_is_no_process_is_refused(string stat) => Assert.That(ProcessFacts.Parse(Encoding.UTF8.GetBytes(stat)), Is.Null);

    [FsCheck.NUnit.Property(MaxTest = 5_000)]
    public bool Any_bytes_are_a_process_or_none(byte[] bytes) => ProcessFacts.Parse(bytes) is null or { Id: > 0, Session: >= 0 };

    [Test]
    public void This_process_is_known_to_the_kernel_and_one_that_is_gone_is_not()
    {
        Assert.That(ProcessFacts.Of(Environment.ProcessId), Has.Property("Id").EqualTo(Environment.ProcessId).And.Property("StartedAt").Positive);
        Assert.That(ProcessFacts.Of(int.MaxValue), Is.Null);
    }

    [Test]
    public void Process_is_in_the_session_of_its_leader() =>
        Assert.That(TerminalSession.Of(200, Kernel(_command, _shell)), Is.EqualTo(_ours));

    [Test]
    public void Leader_is_in_its_own_session() => Assert.That(TerminalSession.Of(100, Kernel(_shell)), Is.EqualTo(_ours));

    private static IEnumerable<TestCaseData> NotInASession()
    {
        yield return Case("process that is gone", _shell);
        yield return Case("no terminal", _command with { Terminal = 0 }, _shell with { Terminal = 0 });
        yield return Case("no terminal any more", _command with { Terminal = 0 }, _shell);
        yield return Case("leader that is gone", _command);
        yield return Case("leader that left for another session", _command, _shell with { Session = 1 });
        yield return Case("leader on another terminal", _command, _shell with { Terminal = 1 });
        yield return Case("leader's id given again", _command, _shell with { StartedAt = 6001 });
    }

    [TestCaseSource(nameof(NotInASession))]
    public void Process_is_in_no_session_that_could_be_remembered(object[] processes) =>
        Assert.That(TerminalSession.Of(200, Kernel([.. processes.Cast<ProcessFacts>()])), Is.Null);

    [Test]
    public void Process_that_is_another_one_meanwhile_is_in_no_session()
    {
        var started = 6000ul;
        Assert.That(TerminalSession.Of(200, id => id == 100 ? _shell : _command with { StartedAt = started++ }), Is.Null);
    }

    [Test]
    public void After_unlock_for_the_terminal_its_other_commands_are_served_until_lock()
    {
        using var host = Host();
        host.CommandLine(_ours).Ask<Status>(UnlockOf(host, terminal: true));

        var next = host.CommandLine(_ours);
        Assert.That(next.Welcome.Status.State, Is.EqualTo("unlocked"));
        Assert.That(next.Ask<Found>(new Search("", 10)).Total, Is.EqualTo(1));

        host.Restart();
        Assert.That(host.CommandLine(_ours).Refusal(new Search("", 10)), Is.EqualTo("locked"));
    }

    [Test]
    public void Others_are_not_served_after_an_unlock_for_the_terminal()
    {
        using var host = Host();
        host.CommandLine(_ours).Ask<Status>(UnlockOf(host, terminal: true));

        Assert.That(host.CommandLine(_ours with { LeaderStartedAt = 5001 }).Refusal(new Search("", 10)), Is.EqualTo("locked"));
        Assert.That(host.CommandLine(_ours with { Leader = 101 }).Refusal(new Search("", 10)), Is.EqualTo("locked"));
        Assert.That(host.CommandLine().Refusal(new Search("", 10)), Is.EqualTo("locked"));
        Assert.That(host.Extension('B', terminal: _ours).Refusal(new Search("", 10)), Is.EqualTo("locked"));
    }

    [TestCase(true, false, TestVault.Passphrase)]
    [TestCase(false, true, TestVault.Passphrase)]
    [TestCase(true, true, "wrong")]
    public void Nothing_is_remembered_without_a_terminal_or_the_word_or_the_passphrase(bool isInTerminal, bool saysSo, string passphrase)
    {
        using var host = Host();
        host.Unlocked();
        var client = host.CommandLine(isInTerminal ? _ours : null);
        var unlock = UnlockOf(host, saysSo, passphrase);
        if (passphrase == TestVault.Passphrase)
        {
            client.Ask<Status>(unlock);
        }
        else
        {
            Assert.That(client.Refusal(unlock), Is.EqualTo("wrongKey"));
        }

        Assert.That(host.CommandLine(isInTerminal ? _ours : null).Refusal(new Search("", 10)), Is.EqualTo("locked"));
    }

    [Test]
    public void Extension_cannot_open_the_vault_to_the_terminal_that_it_was_started_in()
    {
        using var host = Host();
        host.Extension('A', terminal: _ours).Ask<Status>(UnlockOf(host, terminal: true));

        Assert.That(host.CommandLine(_ours).Refusal(new Search("", 10)), Is.EqualTo("locked"));
    }

    [Test]
    public void Secrets_are_limited_for_the_session_whatever_the_number_of_its_commands()
    {
        using var host = new TestSession([.. Enumerable.Range(0, 31).Select(number => TestSession.Login($"T{number}", "https://a.example"))]);
        host.CommandLine(_ours).Ask<Status>(UnlockOf(host, terminal: true));
        foreach (var id in host.Ids.Take(30))
        {
            host.CommandLine(_ours).Ask<Revealed>(new Reveal(id, "Password", "show"));
        }

        Assert.That(host.CommandLine(_ours).Refusal(new Reveal(host.Ids[30], "Password", "show")), Is.EqualTo("rateLimited"));
        host.CommandLine(_ours).Ask<Status>(UnlockOf(host, terminal: true));
        Assert.That(host.CommandLine(_ours).Ask<Revealed>(new Reveal(host.Ids[30], "Password", "show")).Value.Utf8.Length, Is.Positive);
    }

    [Test]
    public void Settings_that_protect_less_still_need_the_passphrase()
    {
        using var host = Host();
        host.CommandLine(_ours).Ask<Status>(UnlockOf(host, terminal: true));

        var change = new ChangeSettings(new SettingsChange(LockAfterMinutes: 400));
        Assert.That(host.CommandLine(_ours).Refusal(change), Is.EqualTo("refused passphrase"));
    }

    private static TestSession Host() => new(TestSession.Login("Example", "https://www.example.com"));

    private static Unlock UnlockOf(TestSession host, bool terminal, string passphrase = TestVault.Passphrase) =>
        new(TestClient.SecretOf(passphrase), host.VaultPath, Terminal: terminal ? true : null);

    private static Func<int, ProcessFacts?> Kernel(params ProcessFacts[] processes) => id => processes.FirstOrDefault(process => process.Id == id);

    private static TestCaseData Case(string name, params object[] processes) => new TestCaseData((object)processes).SetArgDisplayNames(name);
}
