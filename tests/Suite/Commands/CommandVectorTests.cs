using NUnit.Framework;

namespace Suite.Commands;

/// <summary>What people read, word for word: the files of <c>tests/vectors/cli</c>.</summary>
public class CommandVectorTests
{
    private static readonly string _folder = Repository.PathOf("tests", "vectors", "cli");

    private static IEnumerable<string> Files(string kind) =>
        Directory.GetFiles(Path.Combine(_folder, kind), "*.txt").Select(Path.GetFileNameWithoutExtension)!;

    private static IEnumerable<string> Helps => Files("help");

    private static IEnumerable<string> Errors => Files("errors");

    [TestCaseSource(nameof(Helps))]
    public async Task Help_is_as_in_its_vector(string command)
    {
        var result = await InProcess.RunAsync(command == "latchkey" ? ["--help"] : [command, "--help"]);

        Assert.That(result.Data, Is.EqualTo(await File.ReadAllTextAsync(Path.Combine(_folder, "help", $"{command}.txt"))));
        Assert.That(result, Has.Property("ExitCode").EqualTo(0).And.Property("Messages").Empty);
    }

    /// <summary>An error vector: the arguments, one a line, each after "$ "; what standard error says; "exit N".</summary>
    [TestCaseSource(nameof(Errors))]
    public async Task Error_is_as_in_its_vector(string name)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(_folder, "errors", $"{name}.txt"));
        var args = lines.Where(line => line.StartsWith("$ ", StringComparison.Ordinal)).Select(line => line[2..]).ToArray();
        var messages = string.Concat(lines[args.Length..^1].Select(line => line + "\n"));

        var result = await InProcess.RunAsync(new MemoryHost().Access, [], args);

        Assert.That(result.Messages, Is.EqualTo(messages));
        Assert.That($"exit {result.ExitCode}", Is.EqualTo(lines[^1]));
        Assert.That(result.Data, Is.Empty);
    }

    [Test]
    public async Task Every_command_has_a_help_vector()
    {
        var root = (await InProcess.RunAsync("--help")).Data;
        var section = root[(root.IndexOf("commands:", StringComparison.Ordinal) + 10)..];
        var commands = section[..section.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n')
            .Select(line => line.Trim().Split(' ')[0]);

        Assert.That(Helps, Is.EquivalentTo(commands.Append("latchkey")));
    }
}
