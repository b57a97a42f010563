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
        var home = new Option<string?>("--in") { Description = "the vault that it goes into, instead of the one that takes new items", HelpName = "NAME" };
        var generate = new Option<bool>("--generate") { Description = "generate the password instead of asking for it" };
        var generator = new GeneratorOptions();
        item.AddTo(command);
        command.Options.Add(kind);
        command.Options.Add(home);
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
            var draft = item.Draft(invocation.Parsed, invocation.Parsed.GetValue(kind) ?? Login) with
            {
                Vault = invocation.Parsed.GetValue(home) is { } name ? connection.Find(name).Id : null,
            };
            using var password = invocation.Parsed.GetValue(generate)
                ? (await invocation.AskAsync<Generated>(connection, request)).Value
                : draft.Kind == Login ? invocation.Secrets.Ask("password") : null;
            using var otp = item.HasOtp(invocation.Parsed) ? invocation.Secrets.Ask("otp seed") : null;
            var saved = await invocation.AskAsync<Saved>(connection, new Save(draft with
            {
                Password = password is null || password.Utf8.IsEmpty ? null : password,
                Otp = otp,
            }));
            return Listing.AnswerSaved(invocation, connection, saved);
        });
        return command;
    }
}
