namespace Host.Install;

/// <summary>
/// The small program that the manifests name. It stays where it is while builds come and go, and starts the relay with nothing in
/// its environment by which another program could look into it: the runtime's diagnostics can be switched off only before it starts.
/// </summary>
internal static class Launcher
{
    /// <summary>Read, written and run by the person; read and run by others, which gives them nothing.</summary>
    public const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const string ExecLine = "exec ";
    private const string ExecEnd = " relay \"$@\"";

    /// <summary>Where it is.</summary>
    public static string PathIn(Paths paths) => Path.Join(paths.DataFolder, "latchkey-relay");

    /// <summary>Its text.</summary>
    /// <param name="executable">The absolute path of <c>latchkey</c>.</param>
    public static string Text(string executable) => $$"""
        #!/bin/sh
        # Written by "latchkey install": starts the relay for a browser, in a clean environment.
        unset LD_PRELOAD LD_AUDIT
        while IFS= read -r line; do
          name=${line#* }
          name=${name%%=*}
          case $name in
            *[!A-Za-z0-9_]*) ;;
            LD_* | DOTNET_* | CORECLR_* | COMPlus_* | COR_*) unset "$name" ;;
          esac
        done <<END
        $(export -p)
        END
        export DOTNET_EnableDiagnostics=0
        {{ExecLine}}{{Quoted(executable)}}{{ExecEnd}}

        """;

    /// <summary>The program that a launcher starts.</summary>
    /// <returns>Its path, or <see langword="null"/> if the text is no launcher of ours.</returns>
    public static string? Executable(string text)
    {
        var start = text.LastIndexOf($"\n{ExecLine}'", StringComparison.Ordinal);
        var end = text.LastIndexOf($"'{ExecEnd}", StringComparison.Ordinal);
        var first = start + 1 + ExecLine.Length + 1;
        return start < 0 || end < first ? null : text[first..end].Replace(@"'\''", "'", StringComparison.Ordinal);
    }

    // Between single quotes the shell changes nothing; a single quote itself stands outside of them.
    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
