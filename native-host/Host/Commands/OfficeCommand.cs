using System.CommandLine;
using Host.Protocol;

namespace Host.Commands;

/// <summary><c>office</c>: how things are with the offices; the commands below it found, join, invite, grant and show.</summary>
internal static class OfficeCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "office", "share with colleagues past a share server: how things are with your offices, in columns (tabs in a pipe)",
            "latchkey office create https://office.example:7443 --name Olga", "latchkey office invite",
            "latchkey office join https://office.example:7443 --name Anna", "latchkey office share router --to Anna=read",
            "latchkey office grant router IT write", "latchkey office access router");
        runner.Bind(command, StatusAsync);
        var groups = new[] { Commands(runner), OfficePeopleCommands.Make(runner), OfficeItemCommands.Make(runner), OfficeLeaverCommands.Make(runner), OfficeRequestCommands.Make(runner) };
        foreach (var below in groups.SelectMany(group => group))
        {
            command.Subcommands.Add(below);
        }
        return command;
    }

    /// <summary>The option that names the office, for who is in several.</summary>
    public static Option<string?> OfficeOption() => new("--office") { Description = "which office, if you are in several: its address, or [server:port]", HelpName = "NAME" };

    /// <summary>The office that a person means.</summary>
    /// <exception cref="ProtocolException">Kind <c>notFound</c> or <c>ambiguous</c>, or the office cannot be opened.</exception>
    public static async Task<ListedOffice> FindAsync(Invocation invocation, IHostConnection connection, string? name)
    {
        var offices = (await invocation.AskAsync<Offices>(connection, new GetOffices())).List;
        var fitting = name is null ? offices : [.. offices.Where(office => name == office.Name || name == office.Address || $"[{name}]" == office.Name)];
        return fitting switch
        {
            [{ Vault: null, Error: { } error }] => throw new ProtocolException(error),
            [var office] => office,
            [] when name is null => throw Failure.Of("notFound", "you are in no office", "found or join one: latchkey office create, latchkey office join"),
            [] => throw Failure.Of("notFound", $"you are in no office '{name}'", "look for it with \"latchkey office\""),
            _ => throw Failure.Of("ambiguous", $"you are in {fitting.Count} offices", $"name one with --office: {string.Join(", ", fitting.Select(office => office.Name))}"),
        };
    }

    private static IEnumerable<Command> Commands(CommandRunner runner)
    {
        yield return Enter(
            runner, "create", "found the office of a share server; asks for the owner code that the server printed", "owner",
            "latchkey office create https://office.example:7443 --name Olga");
        yield return Enter(
            runner, "join", "join an office; asks for the code of the invitation", "member",
            "latchkey office join https://office.example:7443 --name Anna");
        var status = new ExampleCommand("status", "the same as \"latchkey office\"", "latchkey office status --json");
        runner.Bind(status, StatusAsync);
        yield return status;
        yield return Log(runner);
        yield return Reconnect(runner);
    }

    private static ExampleCommand Enter(CommandRunner runner, string name, string description, string who, string example)
    {
        var command = new ExampleCommand(name, description, example);
        var address = new Argument<string>("ADDRESS") { Description = "the server's address, such as https://office.example:7443" };
        var ourName = new Option<string>("--name") { Description = "how the others see you", HelpName = "NAME", Required = true };
        var mail = new Option<string?>("--mail") { Description = "your mail address, for the others", HelpName = "MAIL" };
        var noAudit = new Option<bool>("--no-audit") { Description = "hosts do not report what is revealed, copied and filled" };
        command.Arguments.Add(address);
        command.Options.Add(ourName);
        command.Options.Add(mail);
        if (who == "owner")
        {
            command.Options.Add(noAudit);
        }
        runner.Bind(command, async invocation =>
        {
            var parsed = invocation.Parsed;
            await using var connection = await invocation.OpenVaultAsync(isFresh: true);
            using var code = invocation.Secrets.Ask(who == "owner" ? "owner code" : "invitation code");
            var office = await invocation.AskAsync<ListedOffice>(connection, new EnterOffice(
                who, parsed.GetRequiredValue(address).TrimEnd('/'), parsed.GetRequiredValue(ourName), code, parsed.GetValue(mail),
                who == "owner" ? !parsed.GetValue(noAudit) : null));
            invocation.Output.AnswerRows(office, CommandJson.ForOutput.ListedOffice, () => [Row(office)]);
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampleCommand Log(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "log", "show the membership log and the words to compare with a colleague: if yours and theirs are the same at an index, so is the log",
            "latchkey office log");
        var name = OfficeOption();
        command.Options.Add(name);
        runner.Bind(command, async invocation =>
        {
            await using var connection = await invocation.OpenVaultAsync();
            var office = await FindAsync(invocation, connection, invocation.Parsed.GetValue(name));
            var log = await invocation.AskAsync<OfficeLog>(connection, new GetOfficeLog(office.Id));
            invocation.Output.AnswerRows(log, CommandJson.ForOutput.OfficeLog, () =>
            [
                .. log.Entries.Select(entry => new[] { $"{entry.Index}", entry.Time, entry.Author, entry.Kind, entry.About ?? "", entry.Role ?? "" }),
                [$"{log.Index}", "words", string.Join(' ', log.Words)],
            ]);
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampleCommand Reconnect(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "reconnect", "go on where the server has moved, or its key was lost or is to change: with an owner's connection code or, as an owner, by saying where it is or what it is known by, which makes that code",
            "latchkey office reconnect --address https://new.example:7443", "latchkey office reconnect --pin PIN", "latchkey office reconnect CODE");
        var code = new Argument<string?>("CODE") { Description = "the connection code that an owner handed you", Arity = ArgumentArity.ZeroOrOne };
        var pins = new Option<string[]>("--pin") { Description = "the pin that the server prints when it starts; for a change to come give the next and the present one", HelpName = "PIN", DefaultValueFactory = _ => [] };
        var isPublic = new Option<bool>("--public-authority") { Description = "the server has a public authority's certificate from now on" };
        var address = new Option<string?>("--address") { Description = "where the server answers now; it is asked there first", HelpName = "ADDRESS" };
        var name = OfficeOption();
        command.Arguments.Add(code);
        foreach (var option in new Option[] { address, pins, isPublic, name })
        {
            command.Options.Add(option);
        }
        command.Validators.Add(result =>
        {
            var given = new[] { result.GetValue(code) is not null, result.GetValue(pins) is { Length: > 0 }, result.GetValue(isPublic) };
            var moves = result.GetValue(address);
            if (given.Count(one => one) is var count && (count > 1 || (count == 0 && moves is null) || (given[0] && moves is not null)))
            {
                result.AddError("name CODE alone, or --address, or one of --pin and --public-authority, or that with --address");
            }
            else if (moves is not null && !Contracts.ServerAddress.IsOne(moves))
            {
                result.AddError("--address looks like https://office.example:7443");
            }
            else if (result.GetValue(pins)!.Any(pin => Contracts.Hash.TryParse(pin) is null) || result.GetValue(pins)!.Length > Contracts.Limits.Pins)
            {
                result.AddError($"--pin is the 43 characters that the server prints, at most {Contracts.Limits.Pins} times");
            }
        });
        runner.Bind(command, async invocation =>
        {
            var parsed = invocation.Parsed;
            await using var connection = await invocation.OpenVaultAsync(isFresh: true);
            var office = await FindAsync(invocation, connection, parsed.GetValue(name));
            var pasted = parsed.GetValue(code);
            IReadOnlyList<string>? known = parsed.GetValue(pins) is { Length: > 0 } named ? named : parsed.GetValue(isPublic) ? [] : null;
            var reconnected = await invocation.AskAsync<Reconnected>(connection, new Reconnect(office.Id, pasted, known, parsed.GetValue(address)));
            invocation.Output.AnswerRows(reconnected, CommandJson.ForOutput.Reconnected, () => reconnected.Code is { } made ? [[made]] : [Row(reconnected.Office)]);
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<int> StatusAsync(Invocation invocation)
    {
        await using var connection = await invocation.OpenVaultAsync();
        var offices = await invocation.AskAsync<Offices>(connection, new GetOffices());
        invocation.Output.AnswerRows(offices, CommandJson.ForOutput.Offices, () => offices.List.Select(Row));
        foreach (var office in offices.List)
        {
            if (office.Error is { } error)
            {
                invocation.Output.Note($"{office.Name}: {error.Message}; {error.Hint}");
            }
            foreach (var notice in office.Notices)
            {
                invocation.Output.Note($"{office.Name}: {notice.Text}");
            }
        }
        return ExitCode.Ok;
    }

    private static string[] Row(ListedOffice office) =>
    [
        office.Name, office.Role ?? "not let in", office.Connected ? "connected" : "not connected",
        office.Waiting > 0 ? $"{office.Waiting} waiting" : "", office.NotSent > 0 ? $"{office.NotSent} not sent" : "", office.Frozen > 0 ? $"{office.Frozen} frozen" : "",
    ];
}
