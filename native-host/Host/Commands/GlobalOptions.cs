using System.CommandLine;

namespace Host.Commands;

/// <summary>The options that every command takes.</summary>
internal sealed class GlobalOptions
{
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "print exactly one JSON document, also for an error",
        Recursive = true,
    };

    public Option<string?> Vault { get; } = new("--vault")
    {
        Description = "the vault's file, instead of your own vault",
        HelpName = "FILE",
        Recursive = true,
    };

    public Option<string?> KeyFile { get; } = new("--key-file")
    {
        Description = "the key file that opens the vault together with the passphrase",
        HelpName = "FILE",
        Recursive = true,
    };

    public Option<int?> PassphraseDescriptor { get; } = new("--passphrase-fd")
    {
        Description = "read the passphrase from this open file descriptor",
        HelpName = "N",
        Recursive = true,
    };

    public Option<bool> NoInput { get; } = new("--no-input")
    {
        Description = "never ask on the terminal",
        Recursive = true,
    };

    /// <summary>All of them, in the order of the help text.</summary>
    public IReadOnlyList<Option> All => [Vault, KeyFile, PassphraseDescriptor, NoInput, Json];

    /// <summary>The names of those of the options that were given.</summary>
    public static string[] Given(ParseResult parsed, params Option[] options) =>
        [.. options.Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name)];
}
