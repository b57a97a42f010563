using System.CommandLine;
using Host.Protocol;

namespace Host.Commands;

/// <summary><c>init</c>: makes a vault.</summary>
internal static class InitCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "init", "make a new vault; without --vault, your own",
            "latchkey init", "latchkey init --vault work.kdbx");
        runner.Bind(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation)
    {
        if (invocation.Vault is { } file && Path.Exists(file))
        {
            // The host says the same, but only after two passphrases were typed.
            throw Failure.Of("vaultExists", $"there is a file already: {file}", "name another file with --vault");
        }
        using var passphrase = invocation.Secrets.NewPassphrase();
        WarnIfWeak(invocation.Output, passphrase);
        await using var connection = await invocation.Hosts.OpenAsync(invocation.Vault, invocation.Cancellation);
        await invocation.HelloAsync(connection);
        var status = await invocation.AskAsync<Status>(connection, new Create(passphrase, invocation.Vault));
        invocation.Output.Answer(status, CommandJson.ForOutput.Status, () => [$"vault made: {status.VaultPath}"]);
        return ExitCode.Ok;
    }

    private static void WarnIfWeak(Output output, Secret passphrase)
    {
        var bits = PassphraseStrength.Bits(passphrase.Utf8);
        if (bits < PassphraseStrength.WeakBelowBits)
        {
            output.Note($"warning: this passphrase is weak: about {bits:0} bits by a rough count");
            output.Note("hint: \"latchkey generate --words 6\" makes a strong one");
        }
    }
}
