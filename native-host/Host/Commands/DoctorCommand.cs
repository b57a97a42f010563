using System.CommandLine;
using Host.Install;
using Host.Protocol;
using Host.Service;

namespace Host.Commands;

/// <summary><c>doctor</c>: checks the whole chain from the browsers to the vault.</summary>
internal static class DoctorCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "doctor", "check the whole chain, browser by browser, and say how to mend it",
            "latchkey doctor", "latchkey doctor --browser firefox --json");
        var options = new BrowserOptions();
        options.AddTo(command);
        runner.Bind(command, invocation => RunAsync(invocation, options));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, BrowserOptions options)
    {
        var paths = Paths.FromEnvironment();
        var (host, isRunning) = await CheckHostAsync(invocation);
        var doctor = new Doctor(paths, Environment.ProcessPath!, isRunning);
        var userData = options.UserData(invocation.Parsed);
        var own = InstallPlace.OfPerson(paths, userData);
        var shared = InstallPlace.OfSystem();
        var launcher = !File.Exists(own.Launcher) && File.Exists(shared.Launcher) ? shared.Launcher : own.Launcher;
        List<Check> checks = [.. doctor.CheckThisComputer(invocation.Vault ?? OwnVaultPath.Read(paths), launcher), host];
        var folders = UserFolders.Of(paths);
        foreach (var browser in options.Meant(invocation.Parsed))
        {
            var isFound = userData is not null || browser.IsFound(folders);
            var manifests = userData is null ? Manifests(browser, own, shared) : [.. own.ManifestsOf(browser)];
            if (isFound || manifests.Exists(File.Exists) || !options.IsEvery(invocation.Parsed))
            {
                foreach (var manifest in manifests)
                {
                    checks.AddRange(await doctor.CheckBrowserAsync(browser, isFound, manifest, invocation.Cancellation));
                }
            }
            checks.AddRange(Doctor.CheckSandboxes(browser, folders));
        }
        if (!checks.Exists(check => check.Name == "manifest"))
        {
            checks.Add(Check.Note("browsers", "found", "no browser that is known here was found"));
        }
        var isOk = checks.TrueForAll(check => check.State != CheckState.Problem);
        invocation.Output.Answer(new DoctorDocument(isOk, checks), CommandJson.ForOutput.DoctorDocument, () => [.. checks.Select(Line), .. Closing(checks, paths)]);
        return isOk ? ExitCode.Ok : ExitCode.Of("problemsFound");
    }

    private static async Task<(Check Check, bool IsRunning)> CheckHostAsync(Invocation invocation)
    {
        const string subject = "host";
        const string name = "process";
        try
        {
            await using var connection = await invocation.Hosts.FindAsync(invocation.Cancellation);
            if (connection is null)
            {
                return (Check.Note(subject, name, "not running: it starts when a browser needs it"), false);
            }
            var welcome = await invocation.HelloAsync(connection);
            return (Check.Ok(subject, name, $"running, version {welcome.Version}"), true);
        }
        catch (ProtocolException exception)
        {
            return (Check.Problem(subject, name, exception.Message, exception.Error.Hint ?? "run \"latchkey lock\""), true);
        }
    }

    /// <summary>The manifests that were written; else everybody's, if it is there; else the one where the browser looks first.</summary>
    private static List<string> Manifests(Browser browser, InstallPlace own, InstallPlace shared)
    {
        var usual = own.ManifestsOf(browser).Single();
        var written = InstallRecord.Read(own).Manifests
            .Where(manifest => manifest.Browser == browser.Name)
            .Select(manifest => manifest.Path)
            .Where(path => path == usual || Directory.Exists(Path.GetDirectoryName(path))); // else its profile is gone
        if (File.Exists(usual))
        {
            written = written.Prepend(usual);
        }
        List<string> known = [.. written.Distinct()];
        return known.Count > 0 ? known : [shared.ManifestsOf(browser).FirstOrDefault(File.Exists) ?? usual];
    }

    /// <summary>What a person takes away: whether something is wrong, and what to do next.</summary>
    private static IEnumerable<string> Closing(List<Check> checks, Paths paths)
    {
        var problems = checks.Count(check => check.State == CheckState.Problem);
        yield return problems switch
        {
            0 => "Nothing is wrong.",
            1 => "One thing is wrong: see \"problem\".",
            _ => $"{problems} things are wrong: see \"problem\"; the first may be the cause of others.",
        };
        if (problems == 0 && !Log.TellsOfProfile(paths))
        {
            yield return InstallCommand.Next;
        }
    }

    private static string Line(Check check)
    {
        var state = check.State switch
        {
            CheckState.Ok => "ok     ",
            CheckState.Note => "note   ",
            _ => "problem",
        };
        var line = $"{state}  {check.Subject}, {check.Name}: {check.Message}";
        return check.Hint is null ? line : $"{line}; fix: {check.Hint}";
    }
}
