using System.Text.Json;
using Host.Protocol;

namespace Host.Install;

/// <summary>
/// The small program that the manifests name. It stays where it is while builds come and go, and starts the relay with nothing in
/// its environment by which another program could look into it: the runtime's diagnostics can be switched off only before it starts.
/// Where the program is gone, it says so itself: <c>programGone</c>.
/// </summary>
internal static class Launcher
{
    /// <summary>Read, written and run by the person; read and run by others, which gives them nothing.</summary>
    public const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const string Begin = "\nprogram='";
    private const string End = "'\nunset ";

    private const string IdStart = "{\"id\":";

    /// <summary>What env(1) would take for a variable, it must not see: a shell hands the program on.</summary>
    private const string Shell = " /bin/sh -c 'exec \"$0\" \"$@\"'";

    /// <summary>Its text.</summary>
    /// <param name="executable">The absolute path of <c>latchkey</c>.</param>
    public static string Text(string executable)
    {
        // What is not set stays unset.
        var kept = string.Join(' ', Hardening.Kept.Select(name => $"${{{name}+\"{name}=${name}\"}}"));
        var gone = Gone(executable);
        return $$"""
            #!/bin/sh
            # Written by "latchkey install": starts the relay for a browser, with no more of its environment than is needed.{{Begin}}{{Quoted(executable)[1..^1]}}{{End}}LD_PRELOAD LD_AUDIT LD_LIBRARY_PATH
            if [ ! -f "$program" ] || [ ! -x "$program" ]; then
              # The first frame is answered: its length, then the message, whose id comes first.
              message=$(head -c "$(od -An -tu4 -N4 | tr -d ' ')")
              id=${message#*\"id\":}
              id=${id%%[!0-9]*}
              length=$(({{gone.Length + IdStart.Length}} + ${#id}))
              printf "$(printf '\\%03o\\%03o\\000\\000' $((length % 256)) $((length / 256)))"
              printf '{{IdStart}}%s%s' "$id" {{Quoted(gone)}}
              exec cat >/dev/null
            fi
            latchkey() {
              exec /usr/bin/env -i {{kept}} {{Hardening.NoDiagnostics}}{{(executable.Contains('=', StringComparison.Ordinal) ? Shell : "")}} "$program" "$@"
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

    /// <summary>What follows the id in the answer of a launcher whose program is gone. ASCII, so its length is its bytes'.</summary>
    private static string Gone(string executable)
    {
        var error = new ErrorReply(
            ErrorKind.ProgramGone, $"there is no program at {executable}", "put the folder back, or build again: bash native-host/build.sh");
        return $$"""
            ,"error":{"kind":"{{error.Kind}}","message":"{{JsonEncodedText.Encode(error.Message)}}","hint":"{{JsonEncodedText.Encode(error.Hint!)}}"}
            """ + "}";
    }

    // Between single quotes the shell changes nothing; a single quote itself stands outside of them.
    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
