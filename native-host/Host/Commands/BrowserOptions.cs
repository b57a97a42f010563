using System.CommandLine;
using Host.Install;
using Host.Native;

namespace Host.Commands;

/// <summary>The options that name browsers.</summary>
internal sealed class BrowserOptions
{
    private const string Every = "all";

    private readonly Option<string> _browser = new("--browser")
    {
        Description = $"{Every} (default), or one of {string.Join(", ", Browser.All.Select(browser => browser.Name))}",
        HelpName = "NAME",
        DefaultValueFactory = _ => Every,
    };

    private readonly Option<string?> _userData =
        new("--user-data-dir") { Description = "the folder that a browser built on Chromium was told to keep its data in", HelpName = "DIR" };

    private readonly Option<bool> _system =
        new("--system") { Description = "for everybody on this computer instead of you alone; needs root" };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        _browser.AcceptOnlyFromAmong([Every, .. Browser.All.Select(browser => browser.Name)]);
        command.Options.Add(_browser);
        command.Options.Add(_userData);
    }

    /// <summary>Adds <c>--system</c> too.</summary>
    public void AddWithSystemTo(Command command)
    {
        AddTo(command);
        command.Options.Add(_system);
    }

    /// <summary>The folder of <c>--user-data-dir</c>, absolute, or <see langword="null"/>.</summary>
    public string? UserData(ParseResult parsed) => parsed.GetValue(_userData) is { } folder ? Path.GetFullPath(folder) : null;

    /// <summary>Whether everybody is meant.</summary>
    public bool IsSystem(ParseResult parsed) => parsed.GetValue(_system);

    /// <summary>Whether no browser was named.</summary>
    public bool IsEvery(ParseResult parsed) => parsed.GetRequiredValue(_browser) == Every;

    /// <summary>
    /// The browsers that are meant: the one that was named, else with <c>--user-data-dir</c> Chromium, which stands for all that are
    /// built on it, else every one.
    /// </summary>
    /// <exception cref="Protocol.ProtocolException">The options do not go together.</exception>
    public IReadOnlyList<Browser> Meant(ParseResult parsed)
    {
        var name = parsed.GetRequiredValue(_browser);
        var hasUserData = UserData(parsed) is not null;
        if (hasUserData && IsSystem(parsed))
        {
            throw Failure.Usage("--user-data-dir and --system do not go together", "leave one of them out");
        }
        if (name == Every)
        {
            return hasUserData ? [Browser.All[0]] : Browser.All;
        }
        var browser = Browser.All.Single(each => each.Name == name);
        return hasUserData && browser.Family != BrowserFamily.Chromium
            ? throw Failure.Usage($"--user-data-dir does not go together with --browser {name}", "leave one of them out")
            : [browser];
    }

    /// <summary>The place that is meant.</summary>
    /// <exception cref="Protocol.ProtocolException">It is everybody's, and whoever runs this is not root.</exception>
    public InstallPlace Place(ParseResult parsed, Paths paths)
    {
        if (!IsSystem(parsed))
        {
            return InstallPlace.OfPerson(paths, UserData(parsed));
        }
        return Libc.geteuid() == 0
            ? InstallPlace.OfSystem()
            : throw Failure.Of("notWritable", "--system writes for everybody, which only root may", "run it with sudo");
    }
}
