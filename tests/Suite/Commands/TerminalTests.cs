using System.Diagnostics;
using System.Text;
using NUnit.Framework;

namespace Suite.Commands;

/// <summary>What happens on a terminal, which script(1) of bsdutils provides: prompts, echo, Ctrl-C.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TerminalTests : IDisposable
{
    private const char CtrlC = '\u0003';

    private readonly Person _person = new();

    public void Dispose() => _person.Dispose();

    [Test]
    public async Task Passphrase_that_is_typed_is_not_echoed()
    {
        using var process = StartOnTerminal($"{Person.Executable} init --vault v.kdbx");
        var screen = new Screen(process);

        await screen.TypeAfterAsync("passphrase: ", "typed secret words here\n");
        await screen.TypeAfterAsync("passphrase again: ", "typed secret words here\n");
        var said = await screen.RestAsync();

        Assert.That(said, Does.Contain("vault made: ").And.Not.Contain("typed").And.Not.Contain("\u001b"));
        Assert.That(process.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Interrupt_at_the_prompt_switches_the_echo_on_again()
    {
        // Ctrl-C goes to the shell too, and not every shell goes on by itself after that.
        using var process = StartOnTerminal($"trap : INT; {Person.Executable} init --vault v.kdbx; echo \"ended with $?\"; stty -a");
        var screen = new Screen(process);

        await screen.TypeAfterAsync("passphrase: ", $"half{CtrlC}");
        var said = await screen.RestAsync();

        Assert.That(said, Does.Contain("error: interrupted").And.Contain("ended with 130"));
        Assert.That(said, Does.Contain(" echo ").And.Not.Contain(" -echo "));
        Assert.That(File.Exists(Path.Combine(_person.Home, "v.kdbx")), Is.False);
    }

    [Test]
    public async Task No_input_forbids_the_prompt()
    {
        using var process = StartOnTerminal($"{Person.Executable} list --no-input");

        var said = await new Screen(process).RestAsync();

        Assert.That(said, Does.Contain("error: the passphrase is needed and --no-input forbids to ask"));
        Assert.That(process.ExitCode, Is.EqualTo(2));
    }

    private Process StartOnTerminal(string command) => _person.Start("/usr/bin/script", "--quiet", "--return", "--command", command, "/dev/null");

    /// <summary>What a terminal shows, read as it comes.</summary>
    private sealed class Screen(Process process)
    {
        private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

        private readonly StringBuilder _shown = new();

        /// <summary>Waits for a prompt, then types.</summary>
        public async Task TypeAfterAsync(string prompt, string text)
        {
            var buffer = new char[256];
            while (!_shown.ToString().EndsWith(prompt, StringComparison.Ordinal))
            {
                var count = await process.StandardOutput.ReadAsync(buffer).AsTask().WaitAsync(_limit);
                Assert.That(count, Is.Positive, $"ended without \"{prompt}\": {_shown}");
                _shown.Append(buffer, 0, count);
            }
            await process.StandardInput.WriteAsync(text);
            await process.StandardInput.FlushAsync();
        }

        /// <summary>Waits for the end.</summary>
        public async Task<string> RestAsync()
        {
            _shown.Append(await process.StandardOutput.ReadToEndAsync().WaitAsync(_limit));
            await process.WaitForExitAsync().WaitAsync(_limit);
            return _shown.ToString();
        }
    }
}
