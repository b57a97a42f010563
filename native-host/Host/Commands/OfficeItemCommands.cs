using System.CommandLine;
using Host.Protocol;

namespace Host.Commands;

/// <summary>The commands below <c>office</c> about items: sharing, granting, who can open what.</summary>
internal static class OfficeItemCommands
{
    private const int BroughtAtOnce = 50;

    private static readonly string[] _rights = ["none", "use", "read", "write", "manage"];

    public static IEnumerable<Command> Make(CommandRunner runner) => [Share(runner), Bring(runner), Grant(runner), Access(runner), Delete(runner)];

    private static ExampleCommand Share(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "share", "move items of yours into the office; here they go to the recycle bin",
            "latchkey office share router", "latchkey office share router printer --to IT=write --to Anna=use");
        var items = new Argument<string[]>("ITEM") { Description = "ids, titles, or words that only one item fits", Arity = ArgumentArity.OneOrMore };
        var to = new Option<string[]>("--to") { Description = "who else gets which right: use, read, write or manage", HelpName = "NAME=RIGHT" };
        var name = OfficeCommand.OfficeOption();
        command.Arguments.Add(items);
        command.Options.Add(to);
        command.Options.Add(name);
        runner.Bind(command, async invocation =>
        {
            var parsed = invocation.Parsed;
            await using var connection = await invocation.OpenVaultAsync(isFresh: true);
            var office = await OfficeCommand.FindAsync(invocation, connection, parsed.GetValue(name));
            var people = await invocation.AskAsync<People>(connection, new GetPeople(office.Id));
            var grants = (parsed.GetValue(to) ?? []).Select(one => GrantOf(people, one, "--to")).ToList();
            var ids = new List<string>();
            foreach (var item in parsed.GetRequiredValue(items))
            {
                ids.Add((await ItemLookup.FindAsync(invocation, connection, item)).Item.Id);
            }
            var shared = await invocation.AskAsync<SharedItems>(connection, new ShareItems(office.Id, ids, grants));
            invocation.Output.AnswerRows(
                shared, CommandJson.ForOutput.SharedItems, () => shared.Items.Select(item => new[] { item.Id, item.Title, item.Username }));
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampleCommand Bring(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "bring", "move the items of a folder of yours, and of those below it, into the office; here they go to the recycle bin. The same command goes on where it was interrupted",
            "latchkey office bring Servers --grant IT=write --preview", "latchkey office bring Servers --grant IT=write --history");
        var folder = new Argument<string>("FOLDER") { Description = "its path, such as Work/Servers" };
        var grants = new Option<string[]>("--grant") { Description = "who else gets which right: use, read, write or manage", HelpName = "NAME=RIGHT" };
        var preview = new Option<bool>("--preview") { Description = "only say how many items would be moved, and which cannot be" };
        var history = new Option<bool>("--history") { Description = "with their history: colleagues see the former passwords too" };
        var name = OfficeCommand.OfficeOption();
        command.Arguments.Add(folder);
        foreach (var option in new Option[] { grants, preview, history, name })
        {
            command.Options.Add(option);
        }
        runner.Bind(command, async invocation =>
        {
            var parsed = invocation.Parsed;
            await using var connection = await invocation.OpenVaultAsync(isFresh: true);
            var office = await OfficeCommand.FindAsync(invocation, connection, parsed.GetValue(name));
            var people = await invocation.AskAsync<People>(connection, new GetPeople(office.Id));
            var chosen = new FolderToBring(parsed.GetRequiredValue(folder).Trim('/'), [.. (parsed.GetValue(grants) ?? []).Select(one => GrantOf(people, one, "--grant"))]);
            var request = new BringItems(office.Id, [chosen], BroughtAtOnce, parsed.GetValue(preview) ? true : null, parsed.GetValue(history) ? true : null);
            var moved = new List<ListedItem>();
            Brought brought;
            do
            {
                brought = await invocation.AskAsync<Brought>(connection, request);
                moved.AddRange(brought.Items);
                if (brought.Left > 0 && request.Preview is null)
                {
                    invocation.Output.Note($"{moved.Count} moved, {brought.Left} left");
                }
            }
            while (brought.Items.Count > 0 && brought.Left > 0);
            invocation.Output.AnswerRows(brought with { Items = moved }, CommandJson.ForOutput.Brought, () =>
            [
                .. moved.Select(item => new[] { item.Id, item.Title, "moved" }),
                .. brought.Refused.Select(one => new[] { one.Item, one.Title, $"stays: {one.Reason}" }),
                [$"{brought.Left}", "", "left"],
            ]);
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampleCommand Grant(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "grant", "give somebody a right to a shared item, or take it away with none, which gives the item a new key",
            "latchkey office grant router Anna read", "latchkey office grant router Anna none", "latchkey office grant router Eve use --until 2026-12-24T18:00:00Z");
        var item = ItemLookup.Argument();
        var who = new Argument<string>("NAME") { Description = "a member or a group, by name or id" };
        var right = new Argument<string>("RIGHT") { Description = string.Join(", ", _rights) };
        right.AcceptOnlyFromAmong(_rights);
        var from = new Option<string?>("--from") { Description = "from when on, for use and read", HelpName = "TIME" };
        var until = new Option<string?>("--until") { Description = "until when, likewise", HelpName = "TIME" };
        command.Arguments.Add(item);
        command.Arguments.Add(who);
        command.Arguments.Add(right);
        command.Options.Add(from);
        command.Options.Add(until);
        runner.Bind(command, async invocation =>
        {
            var parsed = invocation.Parsed;
            await using var connection = await invocation.OpenVaultAsync(isFresh: true);
            var details = await ItemLookup.FindAsync(invocation, connection, parsed.GetRequiredValue(item));
            var principal = await PrincipalAsync(invocation, connection, details, parsed.GetRequiredValue(who));
            var grant = new GrantToSet(principal, parsed.GetRequiredValue(right), parsed.GetValue(from), parsed.GetValue(until));
            return Answer(invocation, await invocation.AskAsync<AccessList>(connection, new SetGrant(details.Item.Id, grant)));
        });
        return command;
    }

    private static ExampleCommand Access(CommandRunner runner)
    {
        var command = new ExampleCommand("access", "who can open a shared item, and through which group", "latchkey office access router");
        var item = ItemLookup.Argument();
        command.Arguments.Add(item);
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.OpenVaultAsync();
            var details = await ItemLookup.FindAsync(invocation, connection, invocation.Parsed.GetRequiredValue(item));
            return Answer(invocation, await invocation.AskAsync<AccessList>(connection, new GetAccess(details.Item.Id)));
        });
        return command;
    }

    private static ExampleCommand Delete(CommandRunner runner)
    {
        var command = new ExampleCommand("delete", "remove a shared item for everybody", "latchkey office delete router");
        var item = ItemLookup.Argument();
        command.Arguments.Add(item);
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.OpenVaultAsync(isFresh: true);
            var details = await ItemLookup.FindAsync(invocation, connection, invocation.Parsed.GetRequiredValue(item));
            await invocation.AskAsync<Done>(connection, new RemoveShared(details.Item.Id));
            invocation.Output.Answer(
                new RemovedDocument(details.Item.Id, Forever: true), CommandJson.ForOutput.RemovedDocument, () => [$"removed '{details.Item.Title}' for everybody"]);
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>The member or group of a name, in the office of an item.</summary>
    public static async Task<string> PrincipalAsync(Invocation invocation, IHostConnection connection, Details details, string name) =>
        OfficePeopleCommands.Find(Principals(await PeopleOfAsync(invocation, connection, details)), name, "member or group");

    /// <summary>Prints who can open an item.</summary>
    public static int Answer(Invocation invocation, AccessList access)
    {
        invocation.Output.AnswerRows(
            access, CommandJson.ForOutput.AccessList, () => access.Access.Select(one => new[] { one.Name, one.Right, one.Through is { } group ? $"through {group}" : "" }));
        return ExitCode.Ok;
    }

    private static async Task<People> PeopleOfAsync(Invocation invocation, IHostConnection connection, Details details)
    {
        var offices = (await invocation.AskAsync<Offices>(connection, new GetOffices())).List;
        var office = offices.FirstOrDefault(one => one.Vault is not null && one.Vault == details.Item.Vault)
            ?? throw Failure.Of("refused", "this item is yours alone", "bring it into an office: latchkey office share");
        return await invocation.AskAsync<People>(connection, new GetPeople(office.Id));
    }

    private static IEnumerable<(string Id, string Name)> Principals(People people) =>
        OfficePeopleCommands.MembersOf(people).Concat(OfficePeopleCommands.GroupsOf(people));

    private static GrantToSet GrantOf(People people, string text, string option)
    {
        var at = text.LastIndexOf('=');
        return at > 0 && _rights.Skip(1).Contains(text[(at + 1)..])
            ? new GrantToSet(OfficePeopleCommands.Find(Principals(people), text[..at], "member or group"), text[(at + 1)..])
            : throw Failure.Usage($"{option} {text} is not NAME=RIGHT", $"write for example {option} Anna=read; the rights are {string.Join(", ", _rights.Skip(1))}");
    }
}
