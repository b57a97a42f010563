using Host.Native;

namespace Host;

/// <summary>Where this person's files are, by the XDG base directory specification. Relative values are ignored, as it says.</summary>
internal sealed record Paths
{
    /// <summary>The folder of socket and locks: <c>$XDG_RUNTIME_DIR/latchkey</c>, else <c>$XDG_STATE_HOME/latchkey/run</c>.</summary>
    public required string RuntimeFolder { get; init; }

    /// <summary>The folder of logs.</summary>
    public required string StateFolder { get; init; }

    /// <summary>The folder of <c>config.json</c>.</summary>
    public required string ConfigFolder { get; init; }

    /// <summary>The folder of the own vault, unless told otherwise.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where the host listens.</summary>
    public string Socket => Path.Join(RuntimeFolder, "host.sock");

    /// <summary>Locked by the host for as long as it listens.</summary>
    public string HostLock => Path.Join(RuntimeFolder, "host.lock");

    /// <summary>Locked by whoever starts a host, until it listens.</summary>
    public string StartLock => Path.Join(RuntimeFolder, "start.lock");

    /// <summary>What hosts had to say.</summary>
    public string HostLog => Path.Join(StateFolder, "host.log");

    /// <summary>Remembers where the own vault is.</summary>
    public string ConfigFile => Path.Join(ConfigFolder, "config.json");

    /// <summary>The own vault, unless told otherwise.</summary>
    public string DefaultVault => Path.Join(DataFolder, "vault.kdbx");

    /// <summary>Reads the environment.</summary>
    public static Paths FromEnvironment()
    {
        var home = Environment.GetEnvironmentVariable("HOME") is { } set && Path.IsPathRooted(set) ? set : "/";
        var state = Path.Join(Folder("XDG_STATE_HOME") ?? Path.Join(home, ".local/state"), "latchkey");
        return new Paths
        {
            RuntimeFolder = Folder("XDG_RUNTIME_DIR") is { } runtime && FileFacts.Of(runtime, followLinks: true) is { IsFolder: true }
                ? Path.Join(runtime, "latchkey")
                : Path.Join(state, "run"),
            StateFolder = state,
            ConfigFolder = Path.Join(Folder("XDG_CONFIG_HOME") ?? Path.Join(home, ".config"), "latchkey"),
            DataFolder = Path.Join(Folder("XDG_DATA_HOME") ?? Path.Join(home, ".local/share"), "latchkey"),
        };
    }

    /// <summary>Makes the runtime folder if it is not there, and trusts it only if nobody else can have a hand in it.</summary>
    /// <exception cref="UnsafePathException">It is somebody else's, a symbolic link, open to others, or its name is too long.</exception>
    public void EnsureRuntimeFolder()
    {
        MakeFolder(RuntimeFolder);
        if (FileFacts.Of(RuntimeFolder) is not { IsFolder: true } facts)
        {
            throw new UnsafePathException($"{RuntimeFolder} is not a folder that can be used", "remove it");
        }
        if (facts.Owner != Libc.geteuid())
        {
            throw new UnsafePathException($"{RuntimeFolder} belongs to somebody else", "remove it, and find out who made it");
        }
        if (!facts.IsPrivate)
        {
            throw new UnsafePathException($"{RuntimeFolder} is open to others", $"chmod 700 {RuntimeFolder}");
        }
        if (System.Text.Encoding.UTF8.GetByteCount(Socket) > UnixSocket.MaxPathBytes)
        {
            throw new UnsafePathException($"{Socket} is too long for a socket", "set XDG_RUNTIME_DIR to a shorter path");
        }
    }

    /// <summary>Makes a folder and those above it, for this person alone.</summary>
    public static void MakeFolder(string folder)
    {
        const uint ownerOnly = 0x1C0; // 0700
        if (FileFacts.Of(folder) is not null)
        {
            return;
        }
        if (Path.GetDirectoryName(folder) is { Length: > 0 } above)
        {
            MakeFolder(above);
        }
        _ = Libc.mkdir(folder, ownerOnly);
    }

    private static string? Folder(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } folder && Path.IsPathRooted(folder) ? folder : null;
}

/// <summary>A path that must be private to this person is not.</summary>
internal sealed class UnsafePathException(string message, string hint) : IOException(message)
{
    /// <summary>What to do.</summary>
    public string Hint { get; } = hint;
}
