namespace Browsers;

/// <summary>The profile and home of one browser; those that the setup did not name are deleted in the end.</summary>
internal sealed class Folders : IDisposable
{
    private readonly string _own = Directory.CreateTempSubdirectory("browser-").FullName;

    public Folders(BrowserSetup setup)
    {
        Profile = Directory.CreateDirectory(setup.ProfileFolder ?? Path.Combine(_own, "profile")).FullName;
        Home = Directory.CreateDirectory(setup.HomeFolder ?? Path.Combine(_own, "home")).FullName;
    }

    public string Profile { get; }

    public string Home { get; }

    /// <summary>A path in the temporary folder.</summary>
    public string Temporary(string name) => Path.Combine(_own, name);

    /// <summary>
    /// The environment of this process with the setup's variables over it, and without those that would lead the
    /// browser or its hosts to the real person's folders or session.
    /// </summary>
    public Dictionary<string, string> Environment(BrowserSetup setup)
    {
        string[] personal = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR",
            "DBUS_SESSION_BUS_ADDRESS", "MOZ_HEADLESS", "MOZ_CRASHREPORTER_DISABLE"];
        var variables = new Dictionary<string, string>();
        foreach (System.Collections.DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string)variable.Value!;
        }
        foreach (var name in personal)
        {
            variables.Remove(name);
        }
        variables["HOME"] = Home;
        foreach (var (name, value) in setup.Environment)
        {
            variables[name] = value;
        }
        return variables;
    }

    public void Dispose() => Directory.Delete(_own, recursive: true);
}
