using Host.Native;

namespace Host;

/// <summary>
/// What every role does first: no core, no debugger, no diagnostics socket, files for the person alone. See design "Hardening" in
/// native-host/docs/threat-model.md. When the launcher did its work this is four system calls.
/// </summary>
internal static unsafe class Hardening
{
    /// <summary>What every role is started with: no diagnostics socket.</summary>
    public const string NoDiagnostics = Diagnostics + "=0";

    private const string Diagnostics = "DOTNET_EnableDiagnostics";
    private const uint OwnerOnly = 0x3F; // 077

    /// <summary>Variables by which another program would get its code or its eyes into this process.</summary>
    private static readonly string[] Dangerous = ["LD_", "DOTNET_", "CORECLR_", "COMPlus_", "COR_"];

    /// <summary>Hardens this process. Starts the executable anew, in place, if its environment is not clean.</summary>
    public static void Apply()
    {
        var environment = Environment.GetEnvironmentVariables();
        if (!IsClean(environment))
        {
            StartAnew(environment);
        }
        _ = Libc.prctl(Libc.SetDumpable, 0, 0, 0, 0);
        _ = Libc.prctl(Libc.SetNoNewPrivileges, 1, 0, 0, 0);
        var none = default(Libc.ResourceLimit);
        _ = Libc.setrlimit(Libc.CoreLimit, &none);
        _ = Libc.umask(OwnerOnly);
    }

    /// <summary>Tells whether the runtime was started with its diagnostics off and nothing injected.</summary>
    internal static bool IsClean(System.Collections.IDictionary environment)
    {
        if (environment[Diagnostics] as string is not "0")
        {
            return false; // only the environment removes the runtime's diagnostics socket, and only before it starts
        }
        foreach (string name in environment.Keys)
        {
            if (name is not Diagnostics && IsDangerous(name))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The environment with nothing dangerous in it, as <c>NAME=value</c>.</summary>
    internal static List<string> Cleaned(System.Collections.IDictionary environment)
    {
        var clean = new List<string>(environment.Count + 1) { NoDiagnostics };
        foreach (System.Collections.DictionaryEntry variable in environment)
        {
            if (!IsDangerous((string)variable.Key))
            {
                clean.Add($"{variable.Key}={variable.Value}");
            }
        }
        return clean;
    }

    private static bool IsDangerous(string name)
    {
        foreach (var prefix in Dangerous)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    private static void StartAnew(System.Collections.IDictionary environment)
    {
        using var arguments = new NativeStrings(Environment.GetCommandLineArgs());
        using var variables = new NativeStrings(Cleaned(environment));
        if (Environment.ProcessPath is { } executable)
        {
            _ = Libc.execve(executable, arguments.Pointer, variables.Pointer);
        }
        // Coming back means that it was refused. A process with a diagnostics socket must not hold a vault.
        Libc._exit(ExitCodes.CannotHarden);
    }
}
