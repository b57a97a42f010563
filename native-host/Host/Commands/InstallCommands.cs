using System.CommandLine;
using Host.Install;

namespace Host.Commands;

/// <summary>The options that name browsers.</summary>
internal sealed class BrowserOptions
{
    private const string Every = "all";

    private readonly Option<string> _browser = new("--browser")
    {
        Description = $"{string.Join(", ", Browser.All.Select(browser => browser.Name))} or {Every} (default: {Every})",
        HelpName = "NAME",
        DefaultValueFactory = _ => Every,
    };

    private readonly Option<string?> _userData =
        new("--user-data-dir") { Description = "the folder that Chromium was told to keep its data in", HelpName = "DIR" };

    public void AddTo(Command command)
    {
        _browser.AcceptOnlyFromAmong([.. Browser.All.Select(browser => browser.Name), Every]);
        command.Options.Add(_browser);
        command.Options.Add(_userData);
    }

    /// <summary>The folder of <c>--user-data-dir</c>, absolute, or <see langword="null"/>.</summary>
    public string? UserData(ParseResult parsed) => parsed.GetValue(_userData) is { } folder ? Path.GetFullPath(folder) : null;

    /// <summary>The browsers named; with <c>--user-data-dir</c> only those that have such a folder.</summary>
    /// <exception cref="Protocol.ProtocolException"><c>--user-data-dir</c> was given for a browser that has none.</exception>
    public IReadOnlyList<Browser> Browsers(ParseResult parsed)
    {
        var name = parsed.GetRequiredValue(_browser);
        var named = Browser.All.Where(browser => name == Every || browser.Name == name);
        if (UserData(parsed) is null)
        {
            return [.. named];
        }
        List<Browser> fitting = [.. named.Where(browser => browser.Family == BrowserFamily.Chromium)];
        return fitting.Count > 0
            ? fitting
            : throw Failure.Usage($"--user-data-dir does not go together with --browser {name}", "leave one of them out");
    }
}

/// <summary><c>install</c>: makes the browsers find the host.</summary>
internal static class InstallCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "install", "write the launcher and the manifests by which browsers find the host",
            "latchkey install", "latchkey install --browser chromium --user-data-dir ~/profile");
        var options = new BrowserOptions();
        options.AddTo(command);
        runner.Bind(command, invocation =>
        {
            var browsers = options.Browsers(invocation.Parsed);
            var executable = Environment.ProcessPath!;
            if (Path.GetFileNameWithoutExtension(executable) == "dotnet")
            {
                throw Failure.Usage("install must be run from the latchkey executable", "run the executable \"latchkey\" itself");
            }
            var files = new Installer(Paths.FromEnvironment())
                .Install(executable, browsers, options.UserData(invocation.Parsed));
            invocation.Output.Answer(
                new FilesDocument(files), CommandJson.ForOutput.FilesDocument, () => files.Select(file => $"written: {file}"));
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }
}

/// <summary><c>uninstall</c>: removes what <c>install</c> wrote.</summary>
internal static class UninstallCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "uninstall", "remove what \"install\" wrote; the vault stays",
            "latchkey uninstall", "latchkey uninstall --browser firefox");
        var options = new BrowserOptions();
        options.AddTo(command);
        runner.Bind(command, invocation =>
        {
            var files = new Installer(Paths.FromEnvironment())
                .Uninstall(options.Browsers(invocation.Parsed), options.UserData(invocation.Parsed));
            invocation.Output.Answer(
                new FilesDocument(files), CommandJson.ForOutput.FilesDocument,
                () => files.Count == 0 ? ["nothing was installed"] : files.Select(file => $"removed: {file}"));
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }
}
