using System.Diagnostics;
using NUnit.Framework;

namespace Suite.Unit.Vault;

/// <summary>The other program: keepassxc-cli, with a home of its own and secrets on standard input.</summary>
internal static class KeePassXc
{
    /// <summary>Runs a command and gives what it printed.</summary>
    /// <param name="folder">Its home.</param>
    /// <param name="input">Lines for standard input: the passphrase, then what the command asks.</param>
    /// <param name="arguments">Command and arguments.</param>
    internal static string Run(DirectoryInfo folder, string[] input, params string[] arguments)
    {
        var (exitCode, output, errors) = TryRun(folder, input, arguments);
        Assert.That(exitCode, Is.Zero, $"keepassxc-cli {arguments[0]}: {errors}");
        return output;
    }

    /// <summary>Runs a command that may fail.</summary>
    /// <param name="folder">Its home.</param>
    /// <param name="input">Lines for standard input: the passphrase, then what the command asks.</param>
    /// <param name="arguments">Command and arguments.</param>
    internal static (int ExitCode, string Output, string Errors) TryRun(DirectoryInfo folder, string[] input, params string[] arguments)
    {
        var start = new ProcessStartInfo("keepassxc-cli", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["QT_QPA_PLATFORM"] = "offscreen";
        start.Environment["HOME"] = folder.FullName;
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        foreach (var line in input)
        {
            process.StandardInput.WriteLine(line);
        }
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
