using System.CommandLine;

namespace Host.Commands;

/// <summary>
/// The command line of <c>latchkey</c>: parses, and runs one command, each a client of the protocol in
/// native-host/docs/protocol.md. What a person sees of it is in native-host/docs/cli.md.
/// </summary>
internal static class CommandLine
{
    /// <summary>Runs one command.</summary>
    /// <returns>The exit code: see <see cref="ExitCode.Table"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CommandStreams streams, HostAccess hosts)
    {
        var globals = new GlobalOptions();
        var runner = new CommandRunner(globals, streams, hosts);
        // A file name that starts with @ is a file name, not a response file.
        var parsed = Root(globals, runner).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parsed.Errors.Count > 0
            ? runner.OutputOf(parsed).Fail(UsageError.Of(parsed))
            : await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private static RootCommand Root(GlobalOptions globals, CommandRunner runner)
    {
        var root = new RootCommand("passwords for an office, in the browser: the vault's command line");
        foreach (var command in Commands(runner))
        {
            root.Subcommands.Add(command);
        }
        root.Options.Clear(); // the library's own help and version print no JSON
        root.Directives.Clear();
        foreach (var option in globals.All)
        {
            root.Options.Add(option);
        }
        root.Options.Add(HelpText.Option(runner));
        root.Options.Add(HelpText.VersionOption(runner));
        return root;
    }

    private static IEnumerable<Command> Commands(CommandRunner runner) =>
    [
        InitCommand.Make(runner),
        AddCommand.Make(runner),
        ListCommand.Make(runner),
        SearchCommand.Make(runner),
        GetCommand.Make(runner),
        CodeCommand.Make(runner),
        EditCommand.Make(runner),
        RemoveCommand.Make(runner),
        TrashCommand.Make(runner),
        RestoreCommand.Make(runner),
        HistoryCommand.Make(runner),
        AttachmentCommand.Make(runner),
        AttachCommand.Make(runner),
        DetachCommand.Make(runner),
        VaultsCommand.Make(runner),
        OfficeCommand.Make(runner),
        GenerateCommand.Make(runner),
        UnlockCommand.Make(runner),
        LockCommand.Make(runner),
        StatusCommand.Make(runner),
        InstallCommand.Make(runner),
        UninstallCommand.Make(runner),
        DoctorCommand.Make(runner),
        CompletionCommand.Make(runner),
    ];
}
