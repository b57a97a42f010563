using System.CommandLine;
using Host.Protocol;

namespace Host.Commands;

/// <summary><c>add</c>: adds an item.</summary>
internal static class AddCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "add", "add an item; its password is asked for, or generated",
            "latchkey add --title Example --username anna --url https://example.com",
            "latchkey add --title Router --url http://192.168.1.1 --generate --length 24");
        var item = new ItemOptions();
        var generate = new Option<bool>("--generate") { Description = "generate the password instead of asking for it" };
        var generator = new GeneratorOptions();
        item.AddTo(command);
        command.Options.Add(generate);
        generator.AddTo(command);
        runner.Bind(command, async invocation =>
        {
            if (!invocation.Parsed.GetValue(generate) && generator.Given(invocation.Parsed) is [var option, ..])
            {
                throw Failure.Usage($"{option} needs --generate", "add it, or leave the other out");
            }
            var request = generator.Request(invocation.Parsed);
            await using var connection = await invocation.OpenVaultAsync();
            var draft = item.Draft(invocation.Parsed);
            using var password = invocation.Parsed.GetValue(generate)
                ? (await invocation.AskAsync<Generated>(connection, request)).Value
                : draft.Kind == "login" ? invocation.Secrets.Ask("password") : null;
            using var otp = item.HasOtp(invocation.Parsed) ? invocation.Secrets.Ask("otp seed") : null;
            var saved = await invocation.AskAsync<Saved>(connection, new Save(draft with
            {
                Password = password is null || password.Utf8.IsEmpty ? null : password,
                Otp = otp,
            }));
            invocation.Output.Answer(saved, CommandJson.ForOutput.Saved, () => [saved.Item.Id]);
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>The options that say what is added, its secrets aside.</summary>
    private sealed class ItemOptions
    {
        private readonly Option<string> _title = Text("--title", "TITLE", "the title", required: true);
        private readonly Option<string> _username = Text("--username", "NAME", "the user name");
        private readonly Option<string[]> _urls = Several("--url", "URL", "a URL; may be given several times");
        private readonly Option<string> _match = Choice(
            "--match", "how the URLs match: hostname (default), site, origin or never", "hostname", "site", "origin", "never");
        private readonly Option<string> _kind = Choice(
            "--kind", "login (default), note, card or identity", "login", "note", "card", "identity");
        private readonly Option<string[]> _tags = Several("--tag", "TAG", "a tag; may be given several times");
        private readonly Option<string> _folder = Text("--folder", "PATH", "the folder, its parts separated by /");
        private readonly Option<string> _notes = Text("--notes", "TEXT", "notes, which are not secret");
        private readonly Option<bool> _otp = new("--otp") { Description = "ask for an otp seed too" };

        public void AddTo(Command command)
        {
            foreach (var option in new Option[] { _title, _username, _urls, _match, _otp, _kind, _tags, _folder, _notes })
            {
                command.Options.Add(option);
            }
        }

        public bool HasOtp(ParseResult parsed) => parsed.GetValue(_otp);

        public ItemToSave Draft(ParseResult parsed) => new(
            parsed.GetRequiredValue(_kind), parsed.GetRequiredValue(_title),
            Urls: [.. (parsed.GetValue(_urls) ?? []).Select(url => new UrlToSave(url, parsed.GetRequiredValue(_match)))],
            Tags: parsed.GetValue(_tags) ?? [], Username: parsed.GetValue(_username), Notes: parsed.GetValue(_notes),
            Folder: parsed.GetValue(_folder));

        private static Option<string> Text(string name, string value, string description, bool required = false) =>
            new(name) { Description = description, HelpName = value, Required = required };

        private static Option<string[]> Several(string name, string value, string description) =>
            new(name) { Description = description, HelpName = value };

        private static Option<string> Choice(string name, string description, params string[] values)
        {
            var option = new Option<string>(name)
            {
                Description = description,
                HelpName = "KIND",
                DefaultValueFactory = _ => values[0],
            };
            option.AcceptOnlyFromAmong(values);
            return option;
        }
    }
}
