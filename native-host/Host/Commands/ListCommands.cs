using System.CommandLine;
using Host.Protocol;

namespace Host.Commands;

/// <summary><c>list</c>: every item.</summary>
internal static class ListCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "list", "list every item: id, title, user name and, if several are open, the vault, in columns (tabs in a pipe)",
            "latchkey list", "latchkey list --vault work.kdbx --json");
        runner.Bind(command, invocation => Listing.RunAsync(invocation, query: "", limit: null));
        return command;
    }
}

/// <summary><c>search</c>: the items that fit a query, best first.</summary>
internal static class SearchCommand
{
    private const int DefaultLimit = 50;

    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "search", "search items; words and the operators user: url: tag: is:",
            "latchkey search bank", "latchkey search 'user:anna tag:work' --limit 5");
        var query = new Argument<string[]>("QUERY")
        {
            Description = "what to look for",
            Arity = ArgumentArity.OneOrMore,
        };
        var limit = new Option<int>("--limit")
        {
            Description = $"at most this many items (default: {DefaultLimit})",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultLimit,
        };
        command.Arguments.Add(query);
        command.Options.Add(limit);
        runner.Bind(command, invocation =>
        {
            var most = invocation.Parsed.GetValue(limit);
            return most > 0
                ? Listing.RunAsync(invocation, string.Join(' ', invocation.Parsed.GetRequiredValue(query)), most)
                : throw Failure.Usage("--limit must be at least 1", "leave it out to see the best 50");
        });
        return command;
    }
}

/// <summary>Reads lists page by page and prints them.</summary>
internal static class Listing
{
    /// <summary>The longest page of the protocol.</summary>
    public const int MaxPage = 200;

    public static async Task<int> RunAsync(Invocation invocation, string query, int? limit)
    {
        await using var connection = await invocation.OpenVaultAsync();
        var items = new List<ListedItem>();
        string? after = null;
        int total;
        do
        {
            var wanted = limit is { } most ? Math.Min(most - items.Count, MaxPage) : MaxPage;
            var page = await invocation.AskAsync<Found>(connection, new Search(query, wanted, after));
            items.AddRange(page.Items.Select(connection.Named));
            (after, total) = (page.After, page.Total);
        }
        while (after is not null && (limit is null || items.Count < limit));
        invocation.Output.AnswerRows(
            new ListDocument(items, total, More: after is not null), CommandJson.ForOutput.ListDocument,
            () => items.Select(item => Row(item)));
        return ExitCode.Ok;
    }

    /// <summary>Reads every page of a list.</summary>
    public static async Task<IReadOnlyList<ListedItem>> AllAsync(
        Invocation invocation, IHostConnection connection, Func<string?, Request> page)
    {
        var items = new List<ListedItem>();
        string? after = null;
        do
        {
            var found = await invocation.AskAsync<Found>(connection, page(after));
            items.AddRange(found.Items);
            after = found.After;
        }
        while (after is not null);
        return items;
    }

    /// <summary>Says what an item became.</summary>
    /// <returns>The exit code.</returns>
    public static int AnswerSaved(Invocation invocation, VaultsConnection connection, Saved saved)
    {
        invocation.Output.Answer(
            new Saved(connection.Named(saved.Item)), CommandJson.ForOutput.Saved, () => [saved.Item.Id]);
        return ExitCode.Ok;
    }

    /// <summary>What a list shows of an item; its vault last, if that is named.</summary>
    public static string[] Row(ListedItem item, params string[] more) =>
        [item.Id, item.Title, item.Username, .. more, .. item.Vault is { } vault ? [vault] : Array.Empty<string>()];
}
