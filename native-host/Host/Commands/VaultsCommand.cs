using System.CommandLine;
using Host.Protocol;
using Host.Service;

namespace Host.Commands;

/// <summary><c>vaults</c>: lists the vaults that one unlock opens; the commands below it add, remove and change one.</summary>
internal static class VaultsCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "vaults", "list the vaults that open together: name, state, colour, items, file and which one takes new items, in columns (tabs in a pipe)",
            "latchkey vaults", "latchkey vaults add team.kdbx", "latchkey vaults colour team red", "latchkey vaults default team");
        command.Subcommands.Add(Add(runner));
        command.Subcommands.Add(Remove(runner));
        command.Subcommands.Add(Colour(runner));
        command.Subcommands.Add(Default(runner));
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.OpenVaultAsync();
            invocation.Output.AnswerRows(new Vaults(connection.Vaults), CommandJson.ForOutput.Vaults, () => connection.Vaults.Select(Row));
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampleCommand Add(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "add", "open another vault with your own from now on; asks for its passphrase too",
            "latchkey vaults add team.kdbx", "latchkey vaults add team.kdbx --its-key-file team.key");
        var file = new Argument<string>("FILE") { Description = "the other vault's file" };
        var keyFile = new Option<string?>("--its-key-file") { Description = "the key file of the other vault", HelpName = "FILE" };
        command.Arguments.Add(file);
        command.Options.Add(keyFile);
        runner.Bind(command, async invocation =>
        {
            var path = Path.GetFullPath(invocation.Parsed.GetRequiredValue(file));
            var itsKeyFile = invocation.Parsed.GetValue(keyFile) is { } named ? Path.GetFullPath(named) : null;
            await using var connection = await invocation.OpenVaultAsync();
            using var passphrase = invocation.Secrets.Ask($"passphrase of {Path.GetFileName(path)}");
            return Answer(invocation, await invocation.AskAsync<ListedVault>(connection, new AddVault(passphrase, path, itsKeyFile)));
        });
        return command;
    }

    private static ExampleCommand Remove(CommandRunner runner)
    {
        var command = new ExampleCommand("remove", "open a vault with your own no longer; its file stays", "latchkey vaults remove team");
        var name = NameArgument();
        command.Arguments.Add(name);
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.OpenVaultAsync();
            var vault = connection.Find(invocation.Parsed.GetRequiredValue(name));
            if (vault.Own)
            {
                throw Failure.Usage("your own vault cannot be removed", "name one of the others: run \"latchkey vaults\"");
            }
            await invocation.AskAsync<Done>(connection, new RemoveVault(vault.Id));
            invocation.Output.Answer(
                new RemovedVaultDocument(vault.Id), CommandJson.ForOutput.RemovedVaultDocument, () => [$"removed; its file stays: {vault.Path}"]);
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampleCommand Colour(CommandRunner runner)
    {
        var command = new ExampleCommand("colour", "choose a vault's colour", "latchkey vaults colour team red");
        var name = NameArgument();
        var colour = new Argument<string>("COLOUR") { Description = string.Join(", ", VaultSettings.Colours) };
        colour.AcceptOnlyFromAmong(VaultSettings.Colours);
        command.Arguments.Add(name);
        command.Arguments.Add(colour);
        runner.Bind(command, invocation => ChangeAsync(
            invocation, invocation.Parsed.GetRequiredValue(name), new VaultChange(Colour: invocation.Parsed.GetRequiredValue(colour))));
        return command;
    }

    private static ExampleCommand Default(CommandRunner runner)
    {
        var command = new ExampleCommand("default", "choose the vault that takes new items", "latchkey vaults default team");
        var name = NameArgument();
        command.Arguments.Add(name);
        runner.Bind(command, invocation => ChangeAsync(
            invocation, invocation.Parsed.GetRequiredValue(name), new VaultChange(TakesNew: true)));
        return command;
    }

    private static async Task<int> ChangeAsync(Invocation invocation, string name, VaultChange change)
    {
        await using var connection = await invocation.OpenVaultAsync();
        return Answer(invocation, await invocation.AskAsync<ListedVault>(connection, new ChangeVault(connection.Find(name).Id, change)));
    }

    private static int Answer(Invocation invocation, ListedVault vault)
    {
        invocation.Output.AnswerRows(vault, CommandJson.ForOutput.ListedVault, () => [Row(vault)]);
        return ExitCode.Ok;
    }

    private static Argument<string> NameArgument() => new("NAME") { Description = "the vault's name, or its id" };

    private static string[] Row(ListedVault vault) =>
        [vault.Name, vault.State, vault.Colour, $"{vault.Items}", vault.Path, vault.TakesNew ? "new items" : ""];
}
