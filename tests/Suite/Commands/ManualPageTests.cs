using System.Diagnostics;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Suite.Commands;

/// <summary>Holds the manual page against the help texts, which a vector each fixes.</summary>
public class ManualPageTests
{
    private static readonly string _page = Repository.PathOf("native-host", "docs", "latchkey.1");

    private static IEnumerable<string> Commands =>
        Directory.GetFiles(Repository.PathOf("tests", "vectors", "cli", "help"), "*.txt").Select(Path.GetFileNameWithoutExtension)!;

    [TestCaseSource(nameof(Commands))]
    public async Task Page_has_every_line_of_the_help(string command)
    {
        var help = (await InProcess.RunAsync(command == "latchkey" ? ["--help"] : [command, "--help"])).Data;
        var page = Plain(await File.ReadAllTextAsync(_page));
        var section = command == "latchkey" ? page : SectionOf(page, help.Split('\n')[0]["usage: ".Length..]);
        string[] titles = command == "latchkey" ? ["options of every command", "exit codes"] : ["commands", "arguments", "options"];

        foreach (var row in titles.SelectMany(title => Rows(help, title)))
        {
            Assert.That(section, Does.Contain($"\n.TP\n{row.Name}\n{row.Meaning}\n"));
        }
        Assert.That(section, Does.Contain(help.Split('\n')[2]));
    }

    [Test]
    public async Task Page_has_no_command_that_there_is_not()
    {
        var sections = Regex.Matches(Plain(await File.ReadAllTextAsync(_page)), "^\\.SS latchkey ([a-z]+)", RegexOptions.Multiline);

        Assert.That(sections.Select(section => section.Groups[1].Value).Append("latchkey"), Is.EquivalentTo(Commands));
    }

    [Test]
    public async Task Page_is_set_without_warnings()
    {
        using var groff = Process.Start(new ProcessStartInfo("groff", ["-ww", "-z", "-man", _page]) { RedirectStandardError = true })!;
        var warnings = await groff.StandardError.ReadToEndAsync();
        await groff.WaitForExitAsync();

        Assert.That((groff.ExitCode, warnings), Is.EqualTo((0, "")));
    }

    // What roff needs and nobody reads: fonts, escaped hyphens, the mark before a leading dot.
    private static string Plain(string roff) => Regex.Replace(roff, @"\\f[BIR]|\\&|^\.B (?=\d)", "", RegexOptions.Multiline)
        .Replace(@"\-", "-", StringComparison.Ordinal).Replace(@"\e", @"\", StringComparison.Ordinal);

    private static string SectionOf(string page, string usage)
    {
        var start = page.IndexOf($".SS {usage}\n", StringComparison.Ordinal);
        Assert.That(start, Is.Positive, $"there is no section \"{usage}\"");
        var end = Regex.Match(page[(start + 1)..], "^\\.S[SH] ", RegexOptions.Multiline).Index;
        return page[start..(start + 1 + end)];
    }

    private static IEnumerable<(string Name, string Meaning)> Rows(string help, string title)
    {
        var block = help.Split("\n\n").FirstOrDefault(each => each.StartsWith($"{title}:\n", StringComparison.Ordinal));
        return (block ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(row => (row[..28].Trim(), row[28..].Trim()));
    }
}
