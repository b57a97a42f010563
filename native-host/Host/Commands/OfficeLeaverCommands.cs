using System.CommandLine;
using Host.Protocol;

namespace Host.Commands;

/// <summary>The commands below <c>office</c> about the audit, and about people who leave.</summary>
internal static class OfficeLeaverCommands
{
    private const int MostPerPage = Limits.MaxPage;
    private const int UsualCount = 50;

    public static IEnumerable<Command> Make(CommandRunner runner) => [Audit(runner), Removal(runner), Leavers(runner), Orphans(runner), Adopt(runner)];

    private static ExampleCommand Audit(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "audit", "who revealed, copied, filled, granted and changed what, the newest first (for administrators)",
            "latchkey office audit", "latchkey office audit --member Eve --kind fill", "latchkey office audit --item router --count 10");
        var member = new Option<string?>("--member") { Description = "by this member only", HelpName = "MEMBER" };
        var item = new Option<string?>("--item") { Description = "about this item only", HelpName = "ITEM" };
        var kinds = new Option<string[]>("--kind") { Description = "of this kind only, such as reveal, copy, fill, access, revision, removal or log", HelpName = "KIND" };
        var since = new Option<string?>("--since") { Description = "from this time on", HelpName = "TIME" };
        var until = new Option<string?>("--until") { Description = "up to this time", HelpName = "TIME" };
        var count = new Option<int>("--count")
        {
            Description = $"how many at the most, 1 to {MostPerPage} ({UsualCount} unless told otherwise)",
            HelpName = "N",
            DefaultValueFactory = _ => UsualCount,
        };
        var name = OfficeCommand.OfficeOption();
        foreach (var option in new Option[] { member, item, kinds, since, until, count, name })
        {
            command.Options.Add(option);
        }
        runner.Bind(command, async invocation =>
        {
            var parsed = invocation.Parsed;
            await using var connection = await invocation.OpenVaultAsync();
            var office = await OfficeCommand.FindAsync(invocation, connection, parsed.GetValue(name));
            var by = parsed.GetValue(member) is { } who ? await MemberAsync(invocation, connection, office, who) : null;
            var about = parsed.GetValue(item) is { } what ? (await ItemLookup.FindAsync(invocation, connection, what)).Item.Id : null;
            var page = await invocation.AskAsync<AuditPage>(connection, new GetAudit(
                office.Id, parsed.GetValue(count), Member: by, Item: about, Kinds: parsed.GetValue(kinds) is { Length: > 0 } some ? some : null,
                Since: parsed.GetValue(since), Until: parsed.GetValue(until)));
            invocation.Output.AnswerRows(page, CommandJson.ForOutput.AuditPage, () => page.Entries.Select(entry => new[]
            {
                entry.Time, entry.Name ?? "", entry.Kind, entry.Entry ?? entry.Title ?? entry.Item ?? "", entry.About ?? "", entry.Role ?? "",
            }));
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampleCommand Leavers(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "leavers", "who was removed, and how many of the passwords that they could open are changed; of one, those passwords, worst first",
            "latchkey office leavers", "latchkey office leavers Eve");
        var member = new Argument<string?>("MEMBER") { Description = "whose passwords to list", Arity = ArgumentArity.ZeroOrOne };
        var name = OfficeCommand.OfficeOption();
        command.Arguments.Add(member);
        command.Options.Add(name);
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.OpenVaultAsync();
            var office = await OfficeCommand.FindAsync(invocation, connection, invocation.Parsed.GetValue(name));
            var leavers = await invocation.AskAsync<Leavers>(connection, new GetLeavers(office.Id));
            if (invocation.Parsed.GetValue(member) is not { } who)
            {
                invocation.Output.AnswerRows(leavers, CommandJson.ForOutput.Leavers, () => leavers.List.Select(Row));
                return ExitCode.Ok;
            }
            var leaver = OfficePeopleCommands.Find(leavers.List.Select(one => (one.Member, one.Name)), who, "leaver");
            var worklist = await invocation.AskAsync<Worklist>(connection, new GetWorklist(office.Id, leaver));
            invocation.Output.AnswerRows(worklist, CommandJson.ForOutput.Worklist, () => worklist.Items.Select(Row));
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampleCommand Removal(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "removal", "what the removal of a member would do, before it is done: items that nobody else opens or manages (for administrators)",
            "latchkey office removal Eve");
        var member = new Argument<string>("MEMBER") { Description = "the member's name, or the id" };
        var name = OfficeCommand.OfficeOption();
        command.Arguments.Add(member);
        command.Options.Add(name);
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.OpenVaultAsync();
            var office = await OfficeCommand.FindAsync(invocation, connection, invocation.Parsed.GetValue(name));
            var people = await invocation.AskAsync<People>(connection, new GetPeople(office.Id));
            var id = OfficePeopleCommands.Find(OfficePeopleCommands.MembersOf(people), invocation.Parsed.GetRequiredValue(member), "member");
            var removal = await invocation.AskAsync<RemovalPreview>(connection, new GetRemoval(office.Id, id));
            invocation.Output.AnswerRows(removal, CommandJson.ForOutput.RemovalPreview, () =>
            [
                [removal.Name, removal.Role, $"can open {removal.Items} items that you can open", removal.LastOwner ? "the last owner: cannot be removed" : ""],
                .. removal.Unopened.Select(item => new[] { "nobody else opens", item.Title ?? "", item.Item }),
                .. removal.Unmanaged.Select(item => new[] { "nobody else manages", item.Title ?? "", item.Item }),
                .. removal.Emptied.Select(group => new[] { "nobody else is in", group }),
            ]);
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampleCommand Orphans(CommandRunner runner)
    {
        var command = new ExampleCommand("orphans", "list items that nobody manages any more, and who may be given them", "latchkey office orphans");
        var name = OfficeCommand.OfficeOption();
        command.Options.Add(name);
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.OpenVaultAsync();
            var office = await OfficeCommand.FindAsync(invocation, connection, invocation.Parsed.GetValue(name));
            var orphans = await invocation.AskAsync<Orphans>(connection, new GetOrphans(office.Id));
            invocation.Output.AnswerRows(orphans, CommandJson.ForOutput.Orphans, () => orphans.Items.Select(orphan => new[]
            {
                orphan.Title, string.Join(", ", orphan.Heirs.Select(heir => $"{heir.Name} ({heir.Right})")), orphan.Item,
            }));
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampleCommand Adopt(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "adopt", "give an item that nobody manages to a member or group that can read it (for owners)", "latchkey office adopt router Anna");
        var item = ItemLookup.Argument();
        var who = new Argument<string>("NAME") { Description = "a member or a group, by name or id" };
        command.Arguments.Add(item);
        command.Arguments.Add(who);
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.OpenVaultAsync(isFresh: true);
            var details = await ItemLookup.FindAsync(invocation, connection, invocation.Parsed.GetRequiredValue(item));
            var principal = await OfficeItemCommands.PrincipalAsync(invocation, connection, details, invocation.Parsed.GetRequiredValue(who));
            return OfficeItemCommands.Answer(invocation, await invocation.AskAsync<AccessList>(connection, new Adopt(details.Item.Id, principal)));
        });
        return command;
    }

    private static async Task<string> MemberAsync(Invocation invocation, IHostConnection connection, ListedOffice office, string name)
    {
        var people = await invocation.AskAsync<People>(connection, new GetPeople(office.Id));
        var leavers = await invocation.AskAsync<Leavers>(connection, new GetLeavers(office.Id));
        return OfficePeopleCommands.Find(
            OfficePeopleCommands.MembersOf(people).Concat(leavers.List.Select(one => (one.Member, one.Name))), name, "member");
    }

    private static string[] Row(ListedLeaver leaver) =>
    [
        leaver.Name, leaver.RemovedAt, $"{leaver.Changed} of {leaver.Items} changed", leaver.Due > 0 ? $"{leaver.Due} wait for new keys" : "", leaver.Member,
    ];

    private static string[] Row(ListedExposure one) =>
    [
        one.Title, one.Username, one.Right, one.Through is { } group ? $"through {group}" : "", UsesOf(one),
        one.ChangedAt is { } changed ? $"changed {changed}" : "to do", one.Item,
    ];

    private static string UsesOf(ListedExposure one)
    {
        var uses = new[] { ("revealed", one.Revealed), ("copied", one.Copied), ("filled", one.Filled) }.Where(use => use.Item2 > 0).ToList();
        return uses.Count == 0 ? "never opened" : string.Join(", ", uses.Select(use => $"{use.Item1} {use.Item2}"));
    }
}
