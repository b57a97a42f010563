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

    private const string Begin = " \\\n    '";
    private const string End = "' \"$@\"\n}\n";

    /// <summary>What env(1) would take for a variable, it must not see: a shell hands the program on.</summary>
    private const string Shell = " /bin/sh -c 'exec \"$0\" \"$@\"'";

    /// <summary>Its text.</summary>
    /// <param name="executable">The absolute path of <c>latchkey</c>.</param>
    public static string Text(string executable)
    {
        // What is not set stays unset.
        var kept = string.Join(' ', Hardening.Kept.Select(name => $"${{{name}+\"{name}=${name}\"}}"));
        return $$"""
            #!/bin/sh
            # Written by "latchkey install": starts the relay for a browser, with no more of its environment than is needed.
            unset LD_PRELOAD LD_AUDIT LD_LIBRARY_PATH
            latchkey() {
              exec /usr/bin/env -i {{kept}} {{Hardening.NoDiagnostics}}{{(executable.Contains('=', StringComparison.Ordinal) ? Shell : "")}}{{Begin}}{{Quoted(executable)[1..]}} "$@"
            }
            # Where no host listens yet, one starts at the same time as the relay: the browser waits for both.
            if [ -d "${XDG_RUNTIME_DIR-}" ] && [ ! -S "$XDG_RUNTIME_DIR/latchkey/host.sock" ]; then
              latchkey {{Roles.Host}} </dev/null >/dev/null 2>&1 &
              set -- {{Roles.Beside}} $! "$@"
            fi
            latchkey {{Roles.Relay}} "$@"

            """;
    }

    /// <summary>The program that a launcher starts.</summary>
    /// <returns>Its path, or <see langword="null"/> if the text is no launcher of ours.</returns>
    public static string? Executable(string text)
    {
        var start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.LastIndexOf(End, StringComparison.Ordinal);
        return start < Begin.Length || end < start ? null : text[start..end].Replace(@"'\''", "'", StringComparison.Ordinal);
    }

    // Between single quotes the shell changes nothing; a single quote itself stands outside of them.
    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
