using System.Diagnostics;
using System.Text;
using Suite.Unit.Vault;
using Vault;
using Vault.Crypto;

namespace Suite.Commands;

/// <summary>
/// A person with a home of their own, who runs the real executable. Nothing of whoever runs the tests is read or written, and on
/// dispose the host is locked and the home removed.
/// </summary>
public sealed class Person : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    /// <summary>The executable under test.</summary>
    public static string Executable => Repository.Program;

    public string Home { get; } = Directory.CreateTempSubdirectory("latchkey-person-").FullName;

    public string DataFolder => Path.Combine(Home, ".local", "share", "latchkey");

    public string Launcher => Path.Combine(DataFolder, "latchkey-relay");

    public string OwnVault => Path.Combine(DataFolder, "vault.kdbx");

    public string ChromiumManifest => Path.Combine(Home, ".config", "chromium", "NativeMessagingHosts", "org.latchkey.host.json");

    public string FirefoxManifest => Path.Combine(Home, ".mozilla", "native-messaging-hosts", "org.latchkey.host.json");

    /// <summary>Where programs are looked for, if not where the tests look for them.</summary>
    public string? SearchPath { get; set; }

    /// <summary>What its programs find in their environment beside what the tests find in theirs.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Makes a vault with a key derivation that costs nothing: what commands do with a vault does not hang on it.</summary>
    /// <param name="file">Where, from the home.</param>
    /// <param name="passphrase">What opens it.</param>
    /// <param name="items">What is in it.</param>
    internal void MakeVault(string file, string passphrase, params ItemDraft[] items)
    {
        using var key = CompositeKey.From(Encoding.UTF8.GetBytes(passphrase));
        using var vault = VaultFile.Create(
            Path.Combine(Home, file), key, TestVault.Cheap, new VaultOptions { KdfFloor = TestVault.Cheap });
        foreach (var item in items)
        {
            vault.Add(item);
        }
        vault.Write();
    }

    /// <summary>Runs a command without input.</summary>
    public Task<CommandResult> RunAsync(params string[] args) => RunAsync("", args);

    /// <summary>Runs a command with lines on standard input.</summary>
    public async Task<CommandResult> RunAsync(string input, string[] args)
    {
        using var process = Start(Executable, args);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>Starts any program in this home.</summary>
    public Process Start(string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            WorkingDirectory = Home,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("XDG_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }
        start.Environment["HOME"] = Home;
        start.Environment["PATH"] = SearchPath ?? start.Environment["PATH"];
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    /// <summary>Waits for the end of a process and collects what it said.</summary>
    public static async Task<CommandResult> EndAsync(Process process)
    {
        using var timeout = new CancellationTokenSource(_limit);
        var data = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var messages = process.StandardError.ReadToEndAsync(timeout.Token);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            return new CommandResult(process.ExitCode, await data, await messages);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{process.StartInfo.FileName} did not end within {_limit.TotalSeconds:0} seconds");
        }
    }

    public void Dispose()
    {
        if (File.Exists(Path.Combine(Home, ".local", "state", "latchkey", "run", "host.sock")))
        {
            RunAsync("lock").GetAwaiter().GetResult();
        }
        Directory.Delete(Home, recursive: true);
    }
}
