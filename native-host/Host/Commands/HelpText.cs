using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;

namespace Host.Commands;

/// <summary>A command with examples for its help text.</summary>
internal sealed class ExampleCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;
}

/// <summary>Writes <c>--help</c>: usage, arguments, options, examples, and for the program itself the exit codes.</summary>
internal static class HelpText
{
    private const int SecondColumn = 28;

    /// <summary>The option that prints the help of the command it is given to.</summary>
    public static Option Option(CommandRunner runner) => new Option<bool>("--help", "-h", "-?")
    {
        Description = "show this help",
        Recursive = true,
        Action = new TextAction(runner, help: true),
    };

    /// <summary>The option that prints the version.</summary>
    public static Option VersionOption(CommandRunner runner) => new Option<bool>("--version")
    {
        Description = "show the version",
        Recursive = true,
        Action = new TextAction(runner, help: false),
    };

    /// <summary>The help of a command, lines ended by a newline.</summary>
    public static string Of(Command command, IEnumerable<Option> globals)
    {
        var text = new StringBuilder();
        text.Append("usage: ").Append(Usage(command)).Append("\n\n").Append(command.Description).Append('\n');
        Section(text, "commands", command.Subcommands.Select(each => (NameOf(each), each.Description)));
        Section(text, "arguments", command.Arguments.Select(each => (each.HelpName ?? each.Name, each.Description)));
        if (command is not RootCommand)
        {
            Section(text, "options", command.Options.Select(Row));
        }
        Section(text, "options of every command", globals.Select(Row));
        if (command is ExampleCommand { Examples.Count: > 0 } withExamples)
        {
            text.Append("\nexamples:\n");
            foreach (var example in withExamples.Examples)
            {
                text.Append("  ").Append(example).Append('\n');
            }
        }
        if (command is RootCommand)
        {
            Section(text, "exit codes", ExitCode.Table.Select(row => (row.Code.ToString(), (string?)row.Meaning)));
        }
        return text.ToString();
    }

    private static string Usage(Command command)
    {
        if (command is RootCommand)
        {
            return "latchkey COMMAND [options]";
        }
        var arguments = command.Arguments.Select(each =>
            each.Arity.MinimumNumberOfValues == 0 ? $"[{each.HelpName ?? each.Name}]" : each.HelpName ?? each.Name);
        var required = command.Options.Where(each => each.Required).Select(each => $"{each.Name} {each.HelpName}");
        var below = command.Subcommands.Count > 0 ? ["[COMMAND]"] : Array.Empty<string>();
        return string.Join(' ', [PlaceOf(command), .. below, .. arguments, .. required, "[options]"]);
    }

    /// <summary>The words that lead to a command, the program's own first.</summary>
    public static string PlaceOf(Command command) =>
        command is RootCommand ? "latchkey" : $"{PlaceOf(command.Parents.OfType<Command>().First())} {command.Name}";

    // Of a command below another also what it takes: it has no page of its own.
    private static string NameOf(Command command) => command.Parents.First() is RootCommand
        ? command.Name
        : string.Join(' ', [command.Name, .. command.Arguments.Select(each => each.HelpName ?? each.Name)]);

    private static (string, string?) Row(Option option)
    {
        var names = string.Join(", ", [.. option.Aliases.Where(alias => alias != "-?"), option.Name]);
        return (option.HelpName is { } value ? $"{names} {value}" : names, option.Description);
    }

    private static void Section(StringBuilder text, string title, IEnumerable<(string Name, string? Meaning)> rows)
    {
        var isFirst = true;
        foreach (var (name, meaning) in rows)
        {
            if (isFirst)
            {
                text.Append('\n').Append(title).Append(":\n");
                isFirst = false;
            }
            text.Append($"  {name}".PadRight(SecondColumn)).Append(' ').Append(meaning).Append('\n');
        }
    }

    private sealed class TextAction(CommandRunner runner, bool help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var output = runner.OutputOf(parseResult);
            if (!help)
            {
                output.Answer(
                    new VersionDocument(ProductVersion.Text), CommandJson.ForOutput.VersionDocument, () => [$"latchkey {ProductVersion.Text}"]);
                return ExitCode.Ok;
            }
            var text = Of(parseResult.CommandResult.Command, parseResult.RootCommandResult.Command.Options);
            output.Answer(new HelpDocument(text), CommandJson.ForOutput.HelpDocument, () => text.TrimEnd('\n').Split('\n'));
            return ExitCode.Ok;
        }
    }
}
