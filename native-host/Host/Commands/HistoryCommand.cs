using System.CommandLine;
using System.Globalization;
using Host.Protocol;

namespace Host.Commands;

/// <summary><c>history</c>: what an item was before each change.</summary>
internal static class HistoryCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "history", "list what an item was: revision, its time, title, user name and what was changed after it, in columns (tabs in a pipe)",
            "latchkey history example.com", "latchkey history example.com --reveal 3", "latchkey history example.com --reveal 3 --field notes");
        var name = ItemLookup.Argument();
        var reveal = new Option<int?>("--reveal") { Description = "print the password of this revision", HelpName = "N" };
        var field = new Option<string?>("--field") { Description = "with --reveal: print this field instead", HelpName = "NAME" };
        command.Arguments.Add(name);
        command.Options.Add(reveal);
        command.Options.Add(field);
        runner.Bind(command, async invocation =>
        {
            var revision = invocation.Parsed.GetValue(reveal);
            if (revision is null && invocation.Parsed.GetValue(field) is not null)
            {
                throw Failure.Usage("--field needs --reveal", "say which revision, such as --reveal 1");
            }
            await using var connection = await invocation.OpenVaultAsync();
            var item = (await ItemLookup.FindAsync(invocation, connection, invocation.Parsed.GetRequiredValue(name))).Item;
            if (revision is { } number)
            {
                var wanted = FieldNames.Of(invocation.Parsed.GetValue(field) ?? "password");
                var revealed = await invocation.AskAsync<Revealed>(connection, new Reveal(item.Id, wanted, "show", number));
                using var value = revealed.Value;
                invocation.Output.AnswerSecret(
                    new FieldDocument(item.Id, wanted, value, number), CommandJson.ForOutput.FieldDocument, value);
                return ExitCode.Ok;
            }
            var history = await invocation.AskAsync<History>(connection, new GetHistory(item.Id));
            invocation.Output.AnswerRows(
                new HistoryDocument(item.Id, history.Revisions), CommandJson.ForOutput.HistoryDocument,
                () => history.Revisions.Select(revision => Row(revision, invocation.Output)));
            return ExitCode.Ok;
        });
        return command;
    }

    private static string[] Row(HistoryRevision revision, Output output) =>
    [
        revision.Revision.ToString(CultureInfo.InvariantCulture), output.Time(revision.ModifiedAt), revision.Title, revision.Username,
        string.Join(", ", revision.Changed),
    ];
}
