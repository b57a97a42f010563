using System.CommandLine;
using Host.Install;

namespace Host.Commands;

/// <summary><c>install</c>: makes the browsers find the host.</summary>
internal static class InstallCommand
{
    /// <summary>What comes after it.</summary>
    public const string Next = "Next, if it is not there yet: load the extension into the browser, as the README says under \"To stay with it\".";

    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "install", "write the launcher and the manifests by which the browsers here find the host",
            "latchkey install", "latchkey install --browser chromium --user-data-dir ~/profile", "sudo latchkey install --system");
        var options = new BrowserOptions();
        options.AddWithSystemTo(command);
        runner.Bind(command, invocation => Task.FromResult(Run(invocation, options)));
        return command;
    }

    private static int Run(Invocation invocation, BrowserOptions options)
    {
        var paths = Paths.FromEnvironment();
        var meant = options.Meant(invocation.Parsed);
        var place = options.Place(invocation.Parsed, paths);
        var folders = UserFolders.Of(paths);
        var isSystem = options.IsSystem(invocation.Parsed);
        // Whether everybody's browsers are here now says nothing of tomorrow's.
        var isChosen = isSystem || options.UserData(invocation.Parsed) is not null || !options.IsEvery(invocation.Parsed);
        var browsers = meant
            .Where(browser => place.ManifestFolders(browser).Count > 0 && (isChosen || browser.IsFound(folders)))
            .ToList();
        if (browsers.Count == 0)
        {
            throw isChosen
                ? Failure.Usage($"{meant[0].Title} has no place for everybody's manifests", "leave --system out")
                : Failure.Of("noBrowser", "no browser that is known here was found", "name one with --browser, or its folder with --user-data-dir");
        }
        var executable = Environment.ProcessPath!;
        if (Path.GetFileNameWithoutExtension(executable) == "dotnet")
        {
            throw Failure.Usage("install must be run from the latchkey executable", "run the executable \"latchkey\" itself");
        }
        if (isSystem && SharedProgram.ProblemWith(executable) is { } problem)
        {
            throw Failure.Usage(problem, "put latchkey where only root can change it, such as /usr/local/bin, and run that");
        }
        var files = new Installer(place).Install(executable, browsers);
        var sandboxes = meant.SelectMany(browser => Sandbox.FoundFor(browser, folders)).ToList();
        foreach (var sandbox in sandboxes)
        {
            invocation.Output.Note($"{(sandbox.ReadsUsualManifests ? "note" : "warning")}: {sandbox.Words}");
            if (sandbox.Hint is { } hint)
            {
                invocation.Output.Note($"hint: {hint}");
            }
        }
        invocation.Output.Answer(
            new InstallDocument(files, [.. sandboxes.Select(sandbox => sandbox.Words)]), CommandJson.ForOutput.InstallDocument,
            () => [.. files.Select(file => $"written: {file}"), Next]);
        return ExitCode.Ok;
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
        options.AddWithSystemTo(command);
        runner.Bind(command, invocation =>
        {
            var meant = options.Meant(invocation.Parsed);
            var place = options.Place(invocation.Parsed, Paths.FromEnvironment());
            var userData = options.UserData(invocation.Parsed);
            var isEvery = options.IsEvery(invocation.Parsed);
            var files = new Installer(place).Uninstall(manifest =>
                userData is not null ? meant.Any(browser => place.ManifestsOf(browser).Contains(manifest.Path))
                : isEvery || manifest.Browser == meant[0].Name);
            invocation.Output.Answer(
                new FilesDocument(files), CommandJson.ForOutput.FilesDocument,
                () => files.Count == 0 ? ["nothing was installed"] : files.Select(file => $"removed: {file}"));
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }
}
