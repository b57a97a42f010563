using System.CommandLine;
using Host.Install;
using Host.Protocol;
using Host.Service;

namespace Host.Commands;

/// <summary><c>unlock</c>: starts the host and unlocks it, for the browsers that the vault knows and for this terminal.</summary>
internal static class UnlockCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "unlock", "start the host and unlock the vault for the browsers that it knows and for this terminal; the file of --vault becomes your own vault",
            "latchkey unlock", "latchkey unlock --vault work.kdbx");
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.Hosts.StartAsync(invocation.Cancellation);
            var status = await invocation.UnlockForTerminalAsync(connection);
            invocation.Output.Answer(status, CommandJson.ForOutput.Status, () => [$"unlocked: {status.VaultPath}"]);
            if (status.VaultPath is { } path && VaultCheck.OlderVersion(path) is { } version)
            {
                invocation.Output.Note(
                    $"note: {Path.GetFileName(path)} is {version}: the first change raises it to KDBX 4.1, and the file as it was stays beside it");
            }
            return ExitCode.Ok;
        });
        return command;
    }
}

/// <summary><c>lock</c>: locks every vault and ends the host.</summary>
internal static class LockCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand("lock", "lock every vault and end the host", "latchkey lock");
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.Hosts.FindAsync(invocation.Cancellation);
            if (connection is not null)
            {
                await invocation.HelloAsync(connection);
                await invocation.AskAsync<Done>(connection, new Protocol.Lock());
            }
            invocation.Output.Answer(
                new LockDocument(WasRunning: connection is not null), CommandJson.ForOutput.LockDocument,
                () => [connection is null ? "no host was running" : "locked"]);
            return ExitCode.Ok;
        });
        return command;
    }
}

/// <summary><c>status</c>: says whether a host runs and what it has open.</summary>
internal static class StatusCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand("status", "say whether the host runs and what it has open", "latchkey status --json");
        runner.Bind(command, async invocation =>
        {
            var running = await invocation.Hosts.FindAsync(invocation.Cancellation);
            await using var connection = running ?? await invocation.Hosts.OpenAsync(invocation.Vault, invocation.Cancellation);
            var status = (await invocation.HelloAsync(connection)).Status;
            // To this command a vault is locked for which it gave no passphrase, though browsers may have it open.
            var isOpen = status.VaultPath is { } vault && VaultLock.IsHeldByHost(Paths.FromEnvironment(), vault);
            var document = new StatusDocument(running is not null, isOpen, status);
            invocation.Output.Answer(document, CommandJson.ForOutput.StatusDocument, () => Lines(document, invocation.Output));
            return ExitCode.Ok;
        });
        return command;
    }

    private static IEnumerable<string> Lines(StatusDocument document, Output output)
    {
        var status = document.Status;
        yield return $"host: {(document.HostRunning ? $"running, version {status.Version}" : "not running")}";
        if (status.VaultPath is { } path)
        {
            yield return $"vault: {path}";
        }
        yield return document switch
        {
            { Status.State: "noVault" } => "state: no vault yet",
            { VaultOpen: true, Status.State: "locked" } => "state: unlocked for the browsers that it knows, not for this terminal",
            _ => $"state: {status.State}",
        };
        if (status.Items is { } items)
        {
            yield return $"items: {items}";
        }
        if (status.UnlockedAt is { } since)
        {
            yield return $"unlocked since: {output.Time(since)}";
        }
    }
}
