using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Suite.Browser;

/// <summary>Holds a host still, so that what is asked meanwhile is answered later, or ends it without a word.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class HostProcess
{
    // Linux, signal(7).
    private const int Sigkill = 9;
    private const int Sigcont = 18;
    private const int Sigstop = 19;

    public static void Stop(int id) => Send(id, Sigstop);

    /// <summary>Ends a host as a crash does.</summary>
    public static void End(int id) => Send(id, Sigkill);

    public static void Continue(int id) => Send(id, Sigcont);

    private static void Send(int id, int signal)
    {
        if (Kill(id, signal) != 0)
        {
            throw new InvalidOperationException($"process {id} takes no signal: error {Marshal.GetLastPInvokeError()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int id, int signal);
}
