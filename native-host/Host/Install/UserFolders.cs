namespace Host.Install;

/// <summary>Where browsers of a person are looked for.</summary>
/// <param name="Home">The home folder.</param>
/// <param name="Config">The folder of configurations.</param>
/// <param name="Programs">The folders of PATH, those of Snap aside: what they start is in a sandbox.</param>
internal sealed record UserFolders(string Home, string Config, IReadOnlyList<string> Programs)
{
    private static readonly string[] _snapFolders = ["/snap/bin", "/var/lib/snapd/snap/bin"];

    /// <summary>Reads the environment.</summary>
    public static UserFolders Of(Paths paths)
    {
        var home = Environment.GetEnvironmentVariable("HOME") is { } set && Path.IsPathRooted(set) ? set : "/";
        var programs = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return new UserFolders(home, Path.GetDirectoryName(paths.ConfigFolder)!, [.. programs.Except(_snapFolders)]);
    }
}
