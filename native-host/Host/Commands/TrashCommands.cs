using System.CommandLine;
using Host.Protocol;

namespace Host.Commands;

/// <summary><c>remove</c>: puts an item into the recycle bin, or takes it out of there for good.</summary>
internal static class RemoveCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "remove", "put an item into the recycle bin; with --forever take it out of there for good",
            "latchkey remove example.com", "latchkey remove example.com --forever");
        var name = ItemLookup.Argument();
        var forever = new Option<bool>("--forever") { Description = "of an item in the recycle bin: nothing brings it back" };
        command.Arguments.Add(name);
        command.Options.Add(forever);
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.OpenVaultAsync();
            var wanted = invocation.Parsed.GetRequiredValue(name);
            var isForever = invocation.Parsed.GetValue(forever);
            var item = isForever
                ? await ItemLookup.FindRemovedAsync(invocation, connection, wanted)
                : (await ItemLookup.FindAsync(invocation, connection, wanted)).Item;
            await invocation.AskAsync<Done>(connection, new Remove(item.Id, isForever ? true : null));
            invocation.Output.Answer(
                new RemovedDocument(item.Id, isForever), CommandJson.ForOutput.RemovedDocument,
                () => [isForever ? $"removed for good: {item.Title}" : $"put into the recycle bin: {item.Title}"]);
            return ExitCode.Ok;
        });
        return command;
    }
}

/// <summary><c>restore</c>: brings an item back, or what it was.</summary>
internal static class RestoreCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "restore", "bring an item back from the recycle bin; with --revision make it again what it was",
            "latchkey restore example.com", "latchkey restore example.com --revision 3");
        var name = ItemLookup.Argument();
        var revision = new Option<int?>("--revision") { Description = "a number of \"latchkey history\"", HelpName = "N" };
        command.Arguments.Add(name);
        command.Options.Add(revision);
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.OpenVaultAsync();
            var wanted = invocation.Parsed.GetRequiredValue(name);
            var number = invocation.Parsed.GetValue(revision);
            var item = number is null
                ? await ItemLookup.FindRemovedAsync(invocation, connection, wanted)
                : (await ItemLookup.FindAsync(invocation, connection, wanted)).Item;
            var saved = await invocation.AskAsync<Saved>(connection, new Restore(item.Id, number));
            return Listing.AnswerSaved(invocation, connection, saved);
        });
        return command;
    }
}

/// <summary><c>trash</c>: lists the recycle bin.</summary>
internal static class TrashCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "trash", "list the recycle bin: id, title, user name, when it was removed and, if several are open, the vault, in columns (tabs in a pipe)", "latchkey trash");
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.OpenVaultAsync();
            var found = await Listing.AllAsync(invocation, connection, after => new GetTrash(Listing.MaxPage, after));
            List<ListedItem> items = [.. found.Select(connection.Named)];
            invocation.Output.AnswerRows(
                new ListDocument(items, items.Count, More: false), CommandJson.ForOutput.ListDocument,
                () => items.Select(item => Listing.Row(item, item.RemovedAt is { } at ? invocation.Output.Time(at) : "")));
            return ExitCode.Ok;
        });
        return command;
    }
}
