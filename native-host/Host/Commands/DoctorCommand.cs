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
        List<Check> checks = [.. doctor.CheckThisComputer(invocation.Vault ?? OwnVaultPath.Read(paths)), host];
        var userData = options.UserData(invocation.Parsed);
        foreach (var browser in options.Browsers(invocation.Parsed))
        {
            foreach (var manifest in Manifests(paths, browser, userData))
            {
                checks.AddRange(await doctor.CheckBrowserAsync(browser, manifest, invocation.Cancellation));
            }
        }
        var isOk = checks.TrueForAll(check => check.State != CheckState.Problem);
        invocation.Output.Answer(new DoctorDocument(isOk, checks), CommandJson.ForOutput.DoctorDocument, () => checks.Select(Line));
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

    /// <summary>The manifests that were written, or else the one where the browser looks by itself.</summary>
    private static IEnumerable<string> Manifests(Paths paths, Browser browser, string? userData)
    {
        var usual = new Installer(paths).ManifestPath(browser, userData);
        if (userData is not null)
        {
            return [usual];
        }
        var written = InstallRecord.Read(paths).Manifests
            .Where(manifest => manifest.Browser == browser.Name)
            .Select(manifest => manifest.Path)
            .Where(path => path == usual || Directory.Exists(Path.GetDirectoryName(path))) // else its profile is gone
            .ToList();
        return File.Exists(usual) || written.Count == 0 ? written.Prepend(usual).Distinct() : written;
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
