using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Suite.Commands;

/// <summary>The scripts of <c>completion</c>, each sourced by the shell that it is for.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CompletionTests : IDisposable
{
    private readonly Person _person = new();

    public void Dispose() => _person.Dispose();

    /// <summary>What stands on the line, its last word unfinished, and what is offered.</summary>
    [TestCase("inst", "install")]
    [TestCase("un", "uninstall unlock")]
    [TestCase("install --bro", "--browser")]
    [TestCase("install --browser vi", "vivaldi")]
    [TestCase("install --browser=vi", "vivaldi")]
    [TestCase("add --title get --kin", "--kind", Description = "a value that is also the name of a command")]
    [TestCase("add --kind no", "note")]
    [TestCase("add --title ", "")]
    [TestCase("add --kind nothing-such", "")]
    [TestCase("list --js", "--json")]
    [TestCase("completion z", "zsh")]
    [TestCase("--vault precio", "precious.kdbx")]
    [TestCase("list --vault precio", "precious.kdbx")]
    [TestCase("nothing --titl", "")]
    [TestCase("vaults de", "default")]
    [TestCase("vaults colour team vio", "violet")]
    [TestCase("vaults add --its", "--its-key-file")]
    public async Task Bash_offers_what_fits(string line, string expected)
    {
        const string complete = """
            source ./script
            COMP_WORDS=(latchkey "$@"); COMP_CWORD=$#
            _latchkey
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        // As readline splits a line: "=" is a word of its own.
        string[] words = Regex.Replace(line, "=", " = ").Split(' ');

        Assert.That(await OfferedAsync("bash", "bash", ["--norc", "-c", complete, "bash", .. words]), Is.EqualTo(expected));
    }

    [TestCase("inst", "install")]
    [TestCase("un", "uninstall unlock")]
    [TestCase("install --bro", "--browser")]
    [TestCase("install --browser vi", "vivaldi")]
    [TestCase("install --browser=vi", "--browser=vivaldi")]
    [TestCase("add --title get --kin", "--kind")]
    [TestCase("add --title ", "")]
    [TestCase("completion z", "zsh")]
    [TestCase("list --vault precio", "precious.kdbx")]
    [TestCase("vaults de", "default")]
    [TestCase("vaults colour team vio", "violet")]
    public async Task Fish_offers_what_fits(string line, string expected) => Assert.That(
        await OfferedAsync("fish", "fish", ["--no-config", "-c", "source ./script; complete -C \"latchkey $argv\"", line]), Is.EqualTo(expected));

    /// <summary>What is typed on a terminal, ended by the tabulator, and the words that the command then gets.</summary>
    [TestCase("inst\t", "install")]
    [TestCase("install --bro\tviv\t", "install --browser vivaldi")]
    [TestCase("add --title get --kin\tno\t", "add --title get --kind note")]
    [TestCase("completion z\t", "completion zsh")]
    [TestCase("--vault precio\t", "--vault precious.kdbx")]
    [TestCase("vaults col\tteam vio\t", "vaults colour team violet")]
    public async Task Zsh_completes_what_is_typed(string typed, string expected)
    {
        await WriteScriptAsync("zsh");
        await File.WriteAllTextAsync(Path.Combine(_person.Home, ".zshrc"), """
            autoload -U compinit; compinit -u -D
            source ./script
            latchkey() { print -r -- "got: $@." }
            """);
        using var process = _person.Start("/usr/bin/script", "--quiet", "--return", "--command", "zsh -i", "/dev/null");
        await process.StandardInput.WriteAsync($"latchkey {typed}\nexit\n");
        await process.StandardInput.FlushAsync();

        Assert.That((await Person.EndAsync(process)).Data, Does.Contain($"got: {expected}."));
    }

    [Test]
    public async Task Every_command_of_the_help_is_offered_by_every_script()
    {
        var help = (await InProcess.RunAsync("--help")).Data;
        var commands = Regex.Matches(help[..help.IndexOf("options of", StringComparison.Ordinal)], "^  ([a-z]+) ", RegexOptions.Multiline)
            .Select(row => row.Groups[1].Value).ToList();

        Assert.That(await OfferedAsync("bash", "bash", ["--norc", "-c", "source ./script; COMP_WORDS=(latchkey ''); COMP_CWORD=1; _latchkey; printf '%s\\n' \"${COMPREPLY[@]}\""]),
            Is.EqualTo(string.Join(' ', commands.Order(StringComparer.Ordinal))));
        foreach (var shell in (string[])["zsh", "fish", "pwsh"])
        {
            var script = (await InProcess.RunAsync("completion", shell)).Data;
            Assert.That(commands.Where(command => !Regex.IsMatch(script, $@"\b{command}\b")), Is.Empty, shell);
        }
    }

    [Test]
    public async Task Shell_without_a_script_is_a_usage_error()
    {
        var result = await InProcess.RunAsync("completion", "tcsh");

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Messages, Does.StartWith("error: 'tcsh' is no SHELL\n"));
    }

    private async Task<string> OfferedAsync(string shell, string program, string[] args)
    {
        await WriteScriptAsync(shell);
        using var process = _person.Start(program, args);
        process.StandardInput.Close();
        var result = await Person.EndAsync(process);
        Assert.That(result.Messages, Is.Empty);
        // What fish offers has its description behind a tabulator.
        return string.Join(' ', result.Data.Split('\n').Select(line => line.Split('\t')[0]).Where(word => word.Length > 0)
            .Order(StringComparer.Ordinal));
    }

    private async Task WriteScriptAsync(string shell)
    {
        await File.WriteAllTextAsync(Path.Combine(_person.Home, "script"), (await InProcess.RunAsync("completion", shell)).Data);
        await File.WriteAllTextAsync(Path.Combine(_person.Home, "precious.kdbx"), "");
    }
}
