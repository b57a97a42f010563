using System.CommandLine;
using Host.Protocol;

namespace Host.Commands;

/// <summary>The commands below <c>office</c> about requests for access: asking, listing, answering.</summary>
internal static class OfficeRequestCommands
{
    private static readonly string[] _rights = ["use", "read", "write", "manage"];

    public static IEnumerable<Command> Make(CommandRunner runner) => [Ask(runner), List(runner), Answer(runner)];

    private static ExampleCommand Ask(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "ask", "ask somebody who manages an item for a higher right to it, or a colleague for something that you do not see",
            "latchkey office ask write router --reason \"the password runs out\"", "latchkey office ask read --of Olga --reason \"the code of the safe\"");
        var right = new Argument<string>("RIGHT") { Description = string.Join(", ", _rights) };
        right.AcceptOnlyFromAmong(_rights);
        var item = new Argument<string?>("ITEM") { Description = "id, title, or words that only one item fits", Arity = ArgumentArity.ZeroOrOne };
        var of = new Option<string?>("--of") { Description = "who is asked, instead of somebody who manages the item", HelpName = "MEMBER" };
        var reason = new Option<string>("--reason") { Description = "what for; only who is asked can read it", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var name = OfficeCommand.OfficeOption();
        command.Arguments.Add(right);
        command.Arguments.Add(item);
        command.Options.Add(of);
        command.Options.Add(reason);
        command.Options.Add(name);
        runner.Bind(command, async invocation =>
        {
            var parsed = invocation.Parsed;
            var (words, who) = (parsed.GetValue(item), parsed.GetValue(of));
            if (words is null == who is null)
            {
                throw Failure.Usage("name an item, or with --of a member", "for example: latchkey office ask read router");
            }
            await using var connection = await invocation.OpenVaultAsync();
            var asked = new AskAccess(parsed.GetRequiredValue(right), parsed.GetValue(reason)!);
            if (words is not null)
            {
                asked = asked with { Item = (await ItemLookup.FindAsync(invocation, connection, words)).Item.Id };
            }
            else
            {
                var office = await OfficeCommand.FindAsync(invocation, connection, parsed.GetValue(name));
                var people = await invocation.AskAsync<People>(connection, new GetPeople(office.Id));
                asked = asked with { Office = office.Id, Member = OfficePeopleCommands.Find(OfficePeopleCommands.MembersOf(people), who!, "member") };
            }
            return Show(invocation, await invocation.AskAsync<AccessRequests>(connection, asked));
        });
        return command;
    }

    private static ExampleCommand List(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "requests", "list the requests for access, yours and those that ask you: id, who, right, item, reason or what became of it, in columns (tabs in a pipe)",
            "latchkey office requests");
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.OpenVaultAsync();
            await invocation.AskAsync<Offices>(connection, new GetOffices()); // where no host keeps up, this does
            return Show(invocation, await invocation.AskAsync<AccessRequests>(connection, new GetAccessRequests()));
        });
        return command;
    }

    private static ExampleCommand Answer(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "answer", "grant what a request asks for, or do not; of a request of yours, no takes it back, or off the list",
            "latchkey office answer 1gRq9sYd0f2bQwJ5uKc7Lg yes", "latchkey office answer 1gRq9sYd0f2bQwJ5uKc7Lg no");
        var request = new Argument<string>("REQUEST") { Description = "its id, by \"latchkey office requests\"" };
        var answer = new Argument<string>("ANSWER") { Description = "yes or no" };
        answer.AcceptOnlyFromAmong("yes", "no");
        var item = new Option<string?>("--item") { Description = "what is granted, where the request names no item", HelpName = "ITEM" };
        command.Arguments.Add(request);
        command.Arguments.Add(answer);
        command.Options.Add(item);
        runner.Bind(command, async invocation =>
        {
            var parsed = invocation.Parsed;
            await using var connection = await invocation.OpenVaultAsync(isFresh: true);
            var id = parsed.GetRequiredValue(request);
            var open = (await invocation.AskAsync<AccessRequests>(connection, new GetAccessRequests())).Requests.FirstOrDefault(one => one.Id == id)
                ?? throw Failure.Of("notFound", "there is no such request", "look with \"latchkey office requests\"");
            var granted = parsed.GetValue(item) is { } words ? (await ItemLookup.FindAsync(invocation, connection, words)).Item.Id : null;
            return Show(invocation, await invocation.AskAsync<AccessRequests>(
                connection, new AnswerAccess(open.Office, id, parsed.GetRequiredValue(answer) == "yes", granted)));
        });
        return command;
    }

    private static int Show(Invocation invocation, AccessRequests requests)
    {
        invocation.Output.AnswerRows(requests, CommandJson.ForOutput.AccessRequests, () => requests.Requests.Select(one => new[]
        {
            one.Id, one.Mine ? $"you ask {one.Name}" : $"{one.Name} asks you", one.Right, one.Title ?? "", one.Outcome ?? one.Reason ?? "",
        }));
        return ExitCode.Ok;
    }
}
