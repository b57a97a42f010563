using System.CommandLine;
using System.CommandLine.Parsing;
using Host.Protocol;

namespace Host.Commands;

/// <summary>Says in our own words what is wrong with a command line.</summary>
internal static class UsageError
{
    /// <summary>The error of a command line that was parsed with at least one.</summary>
    public static ErrorReply Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var isProgram = command is RootCommand;
        var message = parsed.UnmatchedTokens switch
        {
            // A mistyped word makes further errors ("a command is missing") that only distract.
            [var word, ..] when isProgram => $"there is no command '{word}'",
            [var word, ..] => $"'{word}' is not an option or argument of {command.Name}",
            _ => Describe(parsed),
        };
        return new ErrorReply("usage", message, $"run \"{HelpText.PlaceOf(command)} --help\"");
    }

    private static string Describe(ParseResult parsed) => parsed.Errors[0].SymbolResult switch
    {
        OptionResult option => Describe(option),
        ArgumentResult { Parent: OptionResult option } => Describe(option),
        ArgumentResult { Tokens.Count: 0 } argument => $"{argument.Argument.HelpName ?? argument.Argument.Name} is missing",
        ArgumentResult argument => $"'{argument.Tokens[0].Value}' is no {argument.Argument.HelpName ?? argument.Argument.Name}",
        _ when MissingOption(parsed) is { } option => $"{option.Name} is missing",
        _ when parsed.CommandResult.Command.Subcommands.Count > 0 => "a command is missing",
        _ => parsed.Errors[0].Message, // of a validator of ours
    };

    private static string Describe(OptionResult option) => option.Tokens.Count switch
    {
        0 when option.IdentifierTokenCount == 0 => $"{option.Option.Name} is missing",
        0 => $"{option.Option.Name} needs a value",
        1 => $"'{option.Tokens[0].Value}' is no value for {option.Option.Name}",
        _ => $"{option.Option.Name} was given more than once",
    };

    private static Option? MissingOption(ParseResult parsed) => parsed.CommandResult.Command.Options
        .FirstOrDefault(option => option.Required && parsed.GetResult(option) is null or { Implicit: true });
}
