using System.CommandLine;
using System.CommandLine.Completions;

namespace Host.Commands.Completion;

/// <summary>A word that can be completed, and what it does.</summary>
internal sealed record CompletedWord(string Word, string Description);

/// <summary>An option that can be completed.</summary>
/// <param name="Name">With its two hyphens.</param>
/// <param name="Letter">Its one-letter name, or <see langword="null"/>.</param>
/// <param name="Description">What it does.</param>
/// <param name="TakesValue">Whether a value follows it.</param>
/// <param name="TakesPath">Whether that value is a file or folder.</param>
/// <param name="Values">The values that it takes, if they are fixed.</param>
internal sealed record CompletedOption(
    string Name, char? Letter, string Description, bool TakesValue, bool TakesPath, IReadOnlyList<string> Values);

/// <summary>A command of the tree.</summary>
/// <param name="Place">The words that lead to it, each with a space before it; empty for the program itself.</param>
/// <param name="Words">What may come next: commands below it, or the fixed values of its argument.</param>
/// <param name="TakesPath">Whether one of its arguments is a file.</param>
/// <param name="Options">Its own options.</param>
internal sealed record CompletedCommand(string Place, IReadOnlyList<CompletedWord> Words, bool TakesPath, IReadOnlyList<CompletedOption> Options);

/// <summary>What the shells are told of the command line: nothing here is written by hand for one command.</summary>
/// <param name="Commands">Every command, the program itself first.</param>
/// <param name="Globals">The options of every command.</param>
internal sealed record CompletionTree(IReadOnlyList<CompletedCommand> Commands, IReadOnlyList<CompletedOption> Globals)
{
    private static readonly string[] _paths = ["FILE", "DIR"];

    /// <summary>Reads the command line's own tree.</summary>
    public static CompletionTree Of(Command root) => new([.. Below(root, "")], [.. root.Options.Select(Completed)]);

    /// <summary>The places of the commands below the program.</summary>
    public IEnumerable<string> Places => Commands.Select(command => command.Place).Where(place => place.Length > 0);

    /// <summary>The options that a command has beside those of every command, and its place; then those of every command, with a star.</summary>
    public IEnumerable<(string Place, CompletedOption Option)> AllOptions() =>
    [
        .. Commands.SelectMany(command => command.Options.Select(option => (command.Place, option))),
        .. Globals.Select(option => ("*", option)),
    ];

    private static IEnumerable<CompletedCommand> Below(Command command, string place)
    {
        var words = command.Subcommands.Select(each => new CompletedWord(each.Name, each.Description ?? ""))
            .Concat(command.Arguments.SelectMany(Fixed).Select(value => new CompletedWord(value, "")));
        var options = command is RootCommand ? [] : command.Options.Select(Completed);
        yield return new CompletedCommand(place, [.. words], command.Arguments.Any(each => _paths.Contains(each.Name)), [.. options]);
        foreach (var below in command.Subcommands.SelectMany(each => Below(each, $"{place} {each.Name}")))
        {
            yield return below;
        }
    }

    private static CompletedOption Completed(Option option)
    {
        var takesValue = option.ValueType != typeof(bool);
        return new CompletedOption(
            option.Name, option.Aliases.Contains("-h") ? 'h' : null, option.Description ?? "", takesValue,
            takesValue && _paths.Contains(option.HelpName), takesValue ? [.. Fixed(option)] : []);
    }

    private static IEnumerable<string> Fixed(Symbol symbol) =>
        symbol.GetCompletions(CompletionContext.Empty).Select(completion => completion.Label);
}
