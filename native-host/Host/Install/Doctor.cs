using System.Runtime.InteropServices;
using Host.Native;

namespace Host.Install;

/// <summary>Looks at every link between a browser and the vault, and says of each what is wrong and how to mend it.</summary>
/// <param name="paths">Where things are.</param>
/// <param name="executable">This program.</param>
/// <param name="isHostRunning">Whether a host runs already, which the handshakes then leave running.</param>
internal sealed class Doctor(Paths paths, string executable, bool isHostRunning)
{
    private const string Here = "latchkey";
    private const ushort OwnerMayExecute = 0x40;

    // There while logind runs: sd_login(3) goes by it too.
    private const string LogindFolder = "/run/systemd/seats";
    private const string InstallHint = "run \"latchkey install\"";

    /// <summary>The libraries, and the package of Debian that has each.</summary>
    private static readonly (string Library, string Package)[] _libraries =
        [("libargon2.so.1", "libargon2-1"), ("libsodium.so.23", "libsodium23")];

    /// <summary>The checks that do not depend on a browser.</summary>
    /// <param name="vault">The vault's file.</param>
    /// <param name="launcher">The launcher that manifests name.</param>
    public IEnumerable<Check> CheckThisComputer(string vault, string launcher) =>
        [CheckExecutable(), .. _libraries.Select(CheckLibrary), CheckRuntimeFolder(), CheckLogind(), VaultCheck.Of(vault), CheckLauncher(launcher)];

    /// <summary>What a browser can do that runs in a sandbox.</summary>
    public static IEnumerable<Check> CheckSandboxes(Browser browser, UserFolders folders) => Sandbox.FoundFor(browser, folders)
        .Select(sandbox => Check.Note(browser.Name, sandbox.Kind.ToLowerInvariant(), sandbox.Words, sandbox.Hint));

    /// <summary>The checks for one browser: its manifest, then a handshake through it.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="isFound">Whether it is here.</param>
    /// <param name="manifest">Where its manifest must be.</param>
    /// <param name="cancellation">Ends the handshake.</param>
    public async Task<IReadOnlyList<Check>> CheckBrowserAsync(
        Browser browser, bool isFound, string manifest, CancellationToken cancellation)
    {
        var hint = $"run \"latchkey install --browser {browser.Name}\" to write it again";
        if (!File.Exists(manifest))
        {
            return [isFound
                ? Check.Problem(browser.Name, "manifest", $"{browser.Title} cannot find the host: there is no {manifest}",
                    $"run \"latchkey install --browser {browser.Name}\"")
                : Check.Note(browser.Name, "manifest", $"{browser.Title} was not found here, and no manifest is written for it")];
        }
        var read = HostManifest.Read(manifest);
        if (ProblemIn(browser, manifest, read) is { } problem)
        {
            return [Check.Problem(browser.Name, "manifest", problem, hint)];
        }
        var program = read!.Path!;
        var result = await Handshake.RunAsync(program, browser.Arguments(manifest), endHost: !isHostRunning, cancellation);
        return
        [
            Check.Ok(browser.Name, "manifest", manifest),
            result.Problem is null
                ? Check.Ok(browser.Name, "handshake", $"host {result.Version} answered through {program}")
                : Check.Problem(browser.Name, "handshake", $"no answer through {program}: {result.Problem}", InstallHint),
        ];
    }

    private static string? ProblemIn(Browser browser, string manifest, HostManifest? read)
    {
        if (read is null)
        {
            return $"{manifest} cannot be read or is not valid JSON";
        }
        if (read.Name != HostManifest.HostName)
        {
            return $"its manifest has the name '{read.Name}' instead of '{HostManifest.HostName}'";
        }
        if (read.Type != "stdio")
        {
            return $"its manifest has the type '{read.Type}' instead of 'stdio'";
        }
        if (read.Path is not { } program || !Path.IsPathRooted(program))
        {
            return $"its manifest names a program without an absolute path: '{read.Path}'";
        }
        if (!File.Exists(program))
        {
            return $"its manifest names a program that is not there: {program}";
        }
        return read.CallersOf(browser.Family).Contains(browser.Caller)
            ? null
            : $"its manifest does not allow our extension ({browser.Caller})";
    }

    private Check CheckExecutable() => Path.GetFileNameWithoutExtension(executable) == "dotnet"
        ? Check.Problem(Here, "executable", "this is not the latchkey executable", "run the executable \"latchkey\" itself")
        : Check.Ok(Here, "executable", executable);

    private static Check CheckLibrary((string Library, string Package) needed)
    {
        if (!NativeLibrary.TryLoad(needed.Library, out var handle))
        {
            return Check.Problem(
                Here, needed.Library, $"the library {needed.Library} cannot be loaded", $"run \"sudo apt-get install {needed.Package}\"");
        }
        NativeLibrary.Free(handle);
        return Check.Ok(Here, needed.Library, "loaded");
    }

    private Check CheckRuntimeFolder()
    {
        const string name = "runtime folder";
        var folder = paths.RuntimeFolder;
        return FileFacts.Of(folder) switch
        {
            null => Check.Note(Here, name, $"{folder} is made when the host starts"),
            { IsFolder: false } => Check.Problem(Here, name, $"{folder} is not a folder", "remove it"),
            { } facts when facts.Owner != Libc.geteuid() =>
                Check.Problem(Here, name, $"{folder} belongs to somebody else", "remove it, and find out who made it"),
            { IsPrivate: false } => Check.Problem(Here, name, $"{folder} is open to others", $"run \"chmod 700 {folder}\""),
            _ => Check.Ok(Here, name, folder),
        };
    }

    private static Check CheckLogind() => Directory.Exists(LogindFolder)
        ? Check.Ok(Here, "logind", "the vault locks with the screen and before a sleep")
        : Check.Note(Here, "logind", "logind is not heard: the vault locks after a sleep, not before it, and not with the screen");

    private static string? TextOf(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private Check CheckLauncher(string launcher)
    {
        const string name = "launcher";
        if (!File.Exists(launcher))
        {
            return Check.Problem(Here, name, $"there is no launcher at {launcher}", InstallHint);
        }
        if ((FileFacts.Of(launcher, followLinks: true)?.Mode & OwnerMayExecute) == 0)
        {
            return Check.Problem(Here, name, $"{launcher} is not executable", InstallHint);
        }
        if (TextOf(launcher) is not { } text)
        {
            return Check.Problem(Here, name, $"{launcher} cannot be read", InstallHint);
        }
        if (text == Launcher.Text(executable))
        {
            return Check.Ok(Here, name, launcher);
        }
        var message = Launcher.Executable(text) switch
        {
            null => $"{launcher} is not a launcher of this version",
            var other when !File.Exists(other) => $"the launcher starts a program that is not there: {other}",
            var other when other != executable => $"the launcher starts another build: {other}",
            _ => $"{launcher} is not a launcher of this version",
        };
        return Check.Problem(Here, name, message, InstallHint);
    }
}
