using System.CommandLine;
using Host.Protocol;

namespace Host.Commands;

/// <summary><c>add</c>: adds an item.</summary>
internal static class AddCommand
{
    private const string Login = "login";

    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "add", "add an item; its password is asked for, or generated",
            "latchkey add --title Example --username anna --url https://example.com",
            "latchkey add --title Router --url http://192.168.1.1 --generate --length 24");
        var item = new ItemOptions(isNew: true);
        var kind = ItemOptions.Choice("--kind", $"{Login} (default), note, card or identity", Login, "note", "card", "identity");
        var generate = new Option<bool>("--generate") { Description = "generate the password instead of asking for it" };
        var generator = new GeneratorOptions();
        item.AddTo(command);
        command.Options.Add(kind);
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
            var draft = item.Draft(invocation.Parsed, invocation.Parsed.GetValue(kind) ?? Login);
            using var password = invocation.Parsed.GetValue(generate)
                ? (await invocation.AskAsync<Generated>(connection, request)).Value
                : draft.Kind == Login ? invocation.Secrets.Ask("password") : null;
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
}
