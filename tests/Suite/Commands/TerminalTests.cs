using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Host.Protocol;
using NUnit.Framework;
using Vault;

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
        _person.MakeVault("v.kdbx", "open sesame");
        using var process = StartOnTerminal($"{Person.Executable} list --vault v.kdbx --no-input");

        var said = await new Screen(process).RestAsync();

        Assert.That(said, Does.Contain("error: the passphrase is needed and --no-input forbids to ask"));
        Assert.That(process.ExitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task List_on_a_terminal_is_in_columns()
    {
        _person.MakeVault("v.kdbx", "open sesame", Titled("a"), Titled("much longer"));
        using var process = StartOnTerminal($"{Person.Executable} list --vault v.kdbx");
        var screen = new Screen(process);
        await screen.TypeAfterAsync("passphrase of v.kdbx: ", "open sesame\n");

        var said = await screen.RestAsync();

        Assert.That(said, Does.Match("\n[^ ]{22}  a            anna\r\n").And.Match("\n[^ ]{22}  much longer  anna\r\n").And.Not.Contain("\t"));
    }

    [Test]
    public async Task Unlock_serves_the_commands_of_its_terminal_and_no_others_until_lock()
    {
        _person.MakeVault("v.kdbx", "open sesame");
        // Nothing after the first command can ask: --no-input forbids it.
        await WriteStepsAsync(
            "$L unlock --vault v.kdbx >/dev/null; echo \"[unlock $?]\"",
            "$L list --no-input; echo \"[list $?]\"",
            "$L list --no-input </dev/null; echo \"[list of nothing $?]\"",
            "echo 'open sesame' | $L list; echo \"[list with the passphrase $?]\"",
            "echo wrong | $L list; echo \"[list with a wrong passphrase $?]\"",
            "setsid -w $L list --no-input </dev/null; echo \"[list in no terminal $?]\"",
            "script -qec \"$L list --no-input\" /dev/null; echo \"[list in another terminal $?]\"",
            "$L status | grep state",
            "$L lock; $L list --no-input; echo \"[list after lock $?]\"");
        using var process = StartOnTerminal("sh steps");
        var screen = new Screen(process);
        await screen.TypeAfterAsync("passphrase of v.kdbx: ", "open sesame\n");

        var said = await screen.RestAsync();

        Assert.That(Regex.Matches(said, @"\[(.*?)\]").Select(step => step.Groups[1].Value), Is.EqualTo((string[])
        [
            "unlock 0", "list 0", "list of nothing 0", "list with the passphrase 0", "list with a wrong passphrase 3",
            "list in no terminal 2", "list in another terminal 2", "list after lock 2",
        ]), said);
        Assert.That(said, Does.Contain("state: unlocked\r\n"));
    }

    [Test]
    public async Task Unlock_without_a_terminal_serves_no_other_command()
    {
        _person.MakeVault("v.kdbx", "open sesame");

        await _person.RunAsync("open sesame\n", ["unlock", "--vault", "v.kdbx"]);
        var result = await _person.RunAsync("list");

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Messages, Does.StartWith("error: standard input ended before the passphrase"));
    }

    [Test]
    public async Task Browser_that_was_started_in_the_terminal_does_not_speak_for_it()
    {
        _person.MakeVault("v.kdbx", "open sesame");
        var hello = """{"id":1,"type":"hello","protocol":{"min":1,"max":1},"client":"cli","version":"0","capabilities":[],"locale":"en"}"""u8;
        await File.WriteAllBytesAsync(Path.Combine(_person.Home, "hello"), [.. BitConverter.GetBytes(hello.Length), .. hello]);
        // What plays the browser keeps its port open until the reply is there.
        await WriteStepsAsync(
            "$L unlock --vault v.kdbx",
            $"(cat hello; while [ ! -s reply ]; do :; done) | $L relay chrome-extension://{Callers.ChromiumId}/ >reply");
        using var process = StartOnTerminal("sh steps");
        var screen = new Screen(process);
        await screen.TypeAfterAsync("passphrase of v.kdbx: ", "open sesame\n");

        await screen.RestAsync();

        Assert.That(await File.ReadAllTextAsync(Path.Combine(_person.Home, "reply")), Does.Contain("\"state\":\"locked\""));
    }

    private static ItemDraft Titled(string title) =>
        new() { Fields = [NewField.Clear(FieldName.Title, title), NewField.Clear(FieldName.UserName, "anna")] };

    /// <summary>Writes a shell script, in which <c>$L</c> is the executable.</summary>
    private Task WriteStepsAsync(params string[] steps) =>
        File.WriteAllLinesAsync(Path.Combine(_person.Home, "steps"), steps.Prepend($"L='{Person.Executable}'"));

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
