using System.CommandLine;
using Host.Protocol;

namespace Host.Commands;

/// <summary>The options that say what kind of password to generate.</summary>
internal sealed class GeneratorOptions
{
    private const int DefaultLength = 20;
    private static readonly string[] _classes = ["lower", "upper", "digit", "symbol"];

    private readonly Option<int?> _length =
        new("--length") { Description = $"this many characters (default: {DefaultLength})", HelpName = "N" };

    private readonly Option<string?> _characters = new("--characters")
    {
        Description = "classes of characters, separated by commas (default: lower,upper,digit,symbol)",
        HelpName = "LIST",
    };

    private readonly Option<bool> _avoidAmbiguous =
        new("--avoid-ambiguous") { Description = "no characters that look alike, such as O and 0" };

    private readonly Option<int?> _words =
        new("--words") { Description = "this many words instead of characters", HelpName = "N" };

    private readonly Option<string?> _separator =
        new("--separator") { Description = "what stands between words (default: -)", HelpName = "TEXT" };

    private readonly Option<bool> _capitalise = new("--capitalise") { Description = "each word begins with a capital" };

    private readonly Option<bool> _digit = new("--digit") { Description = "one word gets a digit" };

    private readonly Option<string?> _pattern =
        new("--pattern") { Description = "a pattern instead, see native-host/docs/cli.md", HelpName = "PATTERN" };

    private Option[] All => [_length, _characters, _avoidAmbiguous, _words, _separator, _capitalise, _digit, _pattern];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The names of those that were given.</summary>
    public string[] Given(ParseResult parsed) => GlobalOptions.Given(parsed, All);

    /// <summary>The request that these options ask for.</summary>
    /// <exception cref="ProtocolException">Options of two kinds are mixed, or a class of characters is not known.</exception>
    public Generate Request(ParseResult parsed)
    {
        string[] ofCharacters = GlobalOptions.Given(parsed, _length, _characters, _avoidAmbiguous);
        string[] ofWords = GlobalOptions.Given(parsed, _words, _separator, _capitalise, _digit);
        string[] ofPattern = GlobalOptions.Given(parsed, _pattern);
        string[][] kinds = [.. new[] { ofCharacters, ofWords, ofPattern }.Where(given => given.Length > 0)];
        if (kinds.Length > 1)
        {
            throw Failure.Usage($"{kinds[0][0]} and {kinds[1][0]} do not go together", "run \"latchkey generate --help\"");
        }
        if (parsed.GetValue(_pattern) is { } pattern)
        {
            return new Generate("pattern", Pattern: pattern);
        }
        if (ofWords.Length > 0)
        {
            var count = parsed.GetValue(_words)
                ?? throw Failure.Usage($"{ofWords[0]} needs --words", "say how many words, such as --words 6");
            return new Generate(
                "words", Count: count, Separator: parsed.GetValue(_separator) ?? "-",
                Capitalise: parsed.GetValue(_capitalise), Digit: parsed.GetValue(_digit));
        }
        return new Generate(
            "characters", Length: parsed.GetValue(_length) ?? DefaultLength, Classes: Classes(parsed),
            AvoidAmbiguous: parsed.GetValue(_avoidAmbiguous));
    }

    private string[] Classes(ParseResult parsed)
    {
        var classes = parsed.GetValue(_characters)?.Split(',') ?? _classes;
        var unknown = classes.FirstOrDefault(each => !_classes.Contains(each));
        return unknown is null
            ? [.. classes.Distinct()]
            : throw Failure.Usage($"there is no class of characters '{unknown}'", $"choose from {string.Join(", ", _classes)}");
    }
}
