using System.Text;
using Host.Native;

namespace Host;

/// <summary>
/// What every role does first: no core, no debugger, no diagnostics socket, files for the person alone. See design "Hardening" in
/// native-host/docs/threat-model.md. When the launcher did its work this is four system calls.
/// </summary>
internal static unsafe class Hardening
{
    /// <summary>What every role is started with: no diagnostics socket.</summary>
    public const string NoDiagnostics = "DOTNET_EnableDiagnostics=0";

    private const uint OwnerOnly = 0x3F; // 077
    private const int UsualEnvironmentBytes = 4096;

    /// <summary>What relay and host keep of the environment of whoever starts them.</summary>
    public static readonly string[] Kept =
    [
        "HOME", "USER", "LOGNAME", "PATH", "TZ", "TMPDIR", "XDG_RUNTIME_DIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
        "DBUS_SESSION_BUS_ADDRESS",
    ];

    /// <summary>Hardens this process. Starts the executable anew, in place, if its environment is not clean.</summary>
    public static void Apply()
    {
        if (!IsClean(Variables()))
        {
            StartAnew();
        }
        _ = Libc.prctl(Libc.SetDumpable, 0, 0, 0, 0);
        _ = Libc.prctl(Libc.SetNoNewPrivileges, 1, 0, 0, 0);
        var none = default(Libc.ResourceLimit);
        _ = Libc.setrlimit(Libc.CoreLimit, &none);
        _ = Libc.umask(OwnerOnly);
    }

    /// <summary>Tells whether the runtime was started with its diagnostics off and nothing injected.</summary>
    /// <param name="variables">As <c>/proc/self/environ</c> has them: <c>NAME=value</c>, each with a zero byte behind it.</param>
    internal static bool IsClean(ReadOnlySpan<byte> variables)
    {
        var hasNoDiagnostics = false;
        while (!variables.IsEmpty)
        {
            var end = variables.IndexOf((byte)0);
            var variable = end < 0 ? variables : variables[..end];
            variables = end < 0 ? default : variables[(end + 1)..];
            if (variable.SequenceEqual("DOTNET_EnableDiagnostics=0"u8))
            {
                hasNoDiagnostics = true;
            }
            else if (IsDangerous(variable))
            {
                return false;
            }
        }
        // Only the environment removes the runtime's diagnostics socket, and only before it starts.
        return hasNoDiagnostics;
    }

    /// <summary>The environment with nothing dangerous in it, as <c>NAME=value</c>.</summary>
    internal static List<string> Cleaned(System.Collections.IDictionary environment)
    {
        var clean = new List<string>(environment.Count + 1) { NoDiagnostics };
        foreach (System.Collections.DictionaryEntry variable in environment)
        {
            if (!IsDangerous(Encoding.UTF8.GetBytes((string)variable.Key)))
            {
                clean.Add($"{variable.Key}={variable.Value}");
            }
        }
        return clean;
    }

    /// <summary>Whether a variable of this name brings another program's code or eyes into this process.</summary>
    private static bool IsDangerous(ReadOnlySpan<byte> name) =>
        name.StartsWith("LD_"u8) || name.StartsWith("DOTNET_"u8) || name.StartsWith("CORECLR_"u8)
        || name.StartsWith("COMPlus_"u8) || name.StartsWith("COR_"u8);

    // The kernel's own list: what the runtime makes of it takes milliseconds, of which a relay has few.
    private static ReadOnlySpan<byte> Variables()
    {
        var bytes = new byte[UsualEnvironmentBytes];
        var descriptor = Libc.open("/proc/self/environ", Libc.CloseOnExec, 0);
        if (descriptor < 0)
        {
            return Encoding.UTF8.GetBytes(string.Join('\0', All(Environment.GetEnvironmentVariables())));
        }
        var length = 0;
        for (var read = 1; read > 0; length += read)
        {
            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, 2 * length);
            }
            read = Descriptor.Read(descriptor, bytes.AsSpan(length));
        }
        _ = Libc.close(descriptor);
        return bytes.AsSpan(0, length);
    }

    private static IEnumerable<string> All(System.Collections.IDictionary environment) =>
        environment.Cast<System.Collections.DictionaryEntry>().Select(variable => $"{variable.Key}={variable.Value}");

    private static void StartAnew()
    {
        using var arguments = new NativeStrings(Environment.GetCommandLineArgs());
        using var variables = new NativeStrings(Cleaned(Environment.GetEnvironmentVariables()));
        if (Environment.ProcessPath is { } executable)
        {
            _ = Libc.execve(executable, arguments.Pointer, variables.Pointer);
        }
        // Coming back means that it was refused. A process with a diagnostics socket must not hold a vault.
        Libc._exit(ExitCodes.CannotHarden);
    }
}
