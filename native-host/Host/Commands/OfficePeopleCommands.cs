using System.CommandLine;
using Host.Protocol;

namespace Host.Commands;

/// <summary>The commands below <c>office</c> about people: invitations, members, groups.</summary>
internal static class OfficePeopleCommands
{
    private const int UsualHours = 24;
    private static readonly string[] _roles = ["member", "administrator", "owner"];

    public static IEnumerable<Command> Make(CommandRunner runner) =>
    [
        Invite(runner),
        Members(runner),
        Groups(runner),
        ForMember(runner, "remove", "take a member out of the office, at once; what they could open gets new keys", "latchkey office remove Eve", (office, member) => new RemoveMember(office, member)),
        Role(runner),
        Group(runner),
        InGroup(runner, "group-add", "take a member into a group", "latchkey office group-add IT Bert", joins: true),
        InGroup(runner, "group-remove", "take a member out of a group; what it can open gets new keys", "latchkey office group-remove IT Bert", joins: false),
    ];

    /// <summary>The member or group of a name or id.</summary>
    /// <exception cref="ProtocolException">Kind <c>notFound</c> or <c>ambiguous</c>.</exception>
    public static string Find(IEnumerable<(string Id, string Name)> all, string name, string what)
    {
        List<(string Id, string Name)> known = [.. all];
        var fitting = known.Where(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return known.Exists(one => one.Id == name) ? name : fitting switch
        {
            [var one] => one.Id,
            [] => throw Failure.Of("notFound", $"there is no {what} '{name}' in the office", "look with \"latchkey office members\" and \"latchkey office groups\""),
            _ => throw Failure.Of("ambiguous", $"{fitting.Count} are called '{name}'", $"name one by its id: {string.Join(", ", fitting.Select(one => one.Id))}"),
        };
    }

    public static IEnumerable<(string Id, string Name)> MembersOf(People people) => people.Members.Select(member => (member.Id, member.Name));

    public static IEnumerable<(string Id, string Name)> GroupsOf(People people) => people.Groups.Select(group => (group.Id, group.Name));

    private static ExampleCommand Invite(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "invite", "make an invitation; hand the code over in person or by telephone, as whoever has it is let in", "latchkey office invite --hours 2");
        var role = new Option<string>("--role") { Description = "member, administrator or owner", HelpName = "ROLE", DefaultValueFactory = _ => _roles[0] };
        role.AcceptOnlyFromAmong(_roles);
        var hours = new Option<int>("--hours") { Description = $"for how long it is good ({UsualHours} unless told otherwise)", HelpName = "N", DefaultValueFactory = _ => UsualHours };
        var member = new Option<string?>("--for") { Description = "a member who lost the keys and gets new ones", HelpName = "MEMBER" };
        var name = OfficeCommand.OfficeOption();
        foreach (var option in new Option[] { role, hours, member, name })
        {
            command.Options.Add(option);
        }
        runner.Bind(command, async invocation =>
        {
            var parsed = invocation.Parsed;
            await using var connection = await invocation.OpenVaultAsync(isFresh: true);
            var office = await OfficeCommand.FindAsync(invocation, connection, parsed.GetValue(name));
            var renewed = parsed.GetValue(member) is { } who
                ? Find(MembersOf(await invocation.AskAsync<People>(connection, new GetPeople(office.Id))), who, "member")
                : null;
            using var secrets = new Forgotten<Invited>(
                await invocation.AskAsync<Invited>(connection, new Invite(office.Id, parsed.GetValue(role)!, parsed.GetValue(hours), renewed)));
            var invited = secrets.Reply;
            invocation.Output.AnswerFields(
                invited, CommandJson.ForOutput.Invited, [("address", invited.Address, null), ("good until", invited.ExpiresAt, null), ("code", "", invited.Code)]);
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampleCommand Members(CommandRunner runner) => Listing(
        runner, "members", "list members (name, role, mail, id) and open invitations", "latchkey office members",
        people =>
        [
            .. people.Members.Select(member => new[] { member.Name, member.Role, member.Mail ?? "", member.You ? "you" : "", member.Id }),
            .. people.Invitations.Select(open => new[] { "(invited)", open.Role, "", $"until {open.ExpiresAt}", open.Id }),
        ]);

    private static ExampleCommand Groups(CommandRunner runner) => Listing(
        runner, "groups", "list groups: name, members, id", "latchkey office groups",
        people =>
        [
            .. people.Groups.Select(group => new[]
            {
                group.Name, string.Join(", ", group.Members.Select(id => people.Members.FirstOrDefault(member => member.Id == id)?.Name ?? id)), group.Id,
            }),
        ]);

    private static ExampleCommand Listing(CommandRunner runner, string name, string description, string example, Func<People, IEnumerable<string[]>> rows)
    {
        var command = new ExampleCommand(name, description, example);
        var office = OfficeCommand.OfficeOption();
        command.Options.Add(office);
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.OpenVaultAsync();
            var found = await OfficeCommand.FindAsync(invocation, connection, invocation.Parsed.GetValue(office));
            var people = await invocation.AskAsync<People>(connection, new GetPeople(found.Id));
            invocation.Output.AnswerRows(people, CommandJson.ForOutput.People, () => rows(people));
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampleCommand ForMember(CommandRunner runner, string name, string description, string example, Func<string, string, OfficeRequest> request)
    {
        var command = new ExampleCommand(name, description, example);
        var member = MemberArgument();
        command.Arguments.Add(member);
        Bind(runner, command, (parsed, office, people) => request(office, Find(MembersOf(people), parsed.GetRequiredValue(member), "member")));
        return command;
    }

    private static ExampleCommand Role(CommandRunner runner)
    {
        var command = new ExampleCommand("role", "give a member another role", "latchkey office role Bert administrator");
        var member = MemberArgument();
        var role = new Argument<string>("ROLE") { Description = "member, administrator or owner" };
        role.AcceptOnlyFromAmong(_roles);
        command.Arguments.Add(member);
        command.Arguments.Add(role);
        Bind(runner, command, (parsed, office, people) => new SetRole(
            office, Find(MembersOf(people), parsed.GetRequiredValue(member), "member"), parsed.GetRequiredValue(role)));
        return command;
    }

    private static ExampleCommand Group(CommandRunner runner)
    {
        var command = new ExampleCommand("group", "make a group of members", "latchkey office group IT Anna Bert");
        var name = new Argument<string>("NAME") { Description = "the group's name" };
        var members = new Argument<string[]>("MEMBER") { Description = "who is in it", Arity = ArgumentArity.OneOrMore };
        command.Arguments.Add(name);
        command.Arguments.Add(members);
        Bind(runner, command, (parsed, office, people) => new AddGroup(
            office, parsed.GetRequiredValue(name), [.. parsed.GetRequiredValue(members).Select(member => Find(MembersOf(people), member, "member"))]));
        return command;
    }

    private static ExampleCommand InGroup(CommandRunner runner, string name, string description, string example, bool joins)
    {
        var command = new ExampleCommand(name, description, example);
        var group = new Argument<string>("GROUP") { Description = "the group's name, or its id" };
        var member = MemberArgument();
        command.Arguments.Add(group);
        command.Arguments.Add(member);
        Bind(runner, command, (parsed, office, people) => new SetGroupMember(
            office, Find(GroupsOf(people), parsed.GetRequiredValue(group), "group"), Find(MembersOf(people), parsed.GetRequiredValue(member), "member"), joins));
        return command;
    }

    private static Argument<string> MemberArgument() => new("MEMBER") { Description = "the member's name, or the id" };

    /// <summary>Binds a command that changes members or groups, and lists the members afterwards.</summary>
    private static void Bind(CommandRunner runner, ExampleCommand command, Func<ParseResult, string, People, OfficeRequest> request)
    {
        var name = OfficeCommand.OfficeOption();
        command.Options.Add(name);
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.OpenVaultAsync(isFresh: true);
            var office = await OfficeCommand.FindAsync(invocation, connection, invocation.Parsed.GetValue(name));
            var people = await invocation.AskAsync<People>(connection, new GetPeople(office.Id));
            var changed = await invocation.AskAsync<People>(connection, request(invocation.Parsed, office.Id, people));
            invocation.Output.AnswerRows(
                changed, CommandJson.ForOutput.People, () => changed.Members.Select(member => new[] { member.Name, member.Role, member.Id }));
            return ExitCode.Ok;
        });
    }

    /// <summary>A reply whose secrets are zeroed when it is out.</summary>
    private sealed record Forgotten<T>(T Reply) : IDisposable where T : Reply
    {
        public void Dispose() => Reply.Forget();
    }
}
