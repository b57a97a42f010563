using System.CommandLine;
using Host.Protocol;

namespace Host.Commands;

/// <summary><c>edit</c>: changes an item. What it was becomes a revision.</summary>
internal static class EditCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "edit", "change an item; what is not named stays, an empty value removes, and what was there is kept in its history",
            "latchkey edit example.com --username anna --tag work --tag shared", "latchkey edit example.com --generate --length 24",
            "latchkey edit Router --password --expires 2027-01-31");
        var name = ItemLookup.Argument();
        var item = new ItemOptions(isNew: false);
        var password = new Option<bool>("--password") { Description = "ask for a new password" };
        var generate = new Option<bool>("--generate") { Description = "generate a new password" };
        var generator = new GeneratorOptions();
        command.Arguments.Add(name);
        item.AddChangesTo(command);
        command.Options.Add(password);
        command.Options.Add(generate);
        generator.AddTo(command);
        runner.Bind(command, async invocation =>
        {
            var parsed = invocation.Parsed;
            var secrets = GlobalOptions.Given(parsed, password, generate);
            if (secrets is [var one, var another])
            {
                throw Failure.Usage($"{one} and {another} do not go together", "leave one of them out");
            }
            if (!parsed.GetValue(generate) && generator.Given(parsed) is [var option, ..])
            {
                throw Failure.Usage($"{option} needs --generate", "add it, or leave the other out");
            }
            if (secrets.Length == 0 && item.Given(parsed).Length == 0)
            {
                throw Failure.Usage("there is nothing to change", "name what to change: run \"latchkey edit --help\"");
            }
            var request = generator.Request(parsed);
            await using var connection = await invocation.OpenVaultAsync();
            var details = await ItemLookup.FindAsync(invocation, connection, parsed.GetRequiredValue(name));
            var changes = item.Changes(parsed, details);
            using var newPassword = parsed.GetValue(generate) ? (await invocation.AskAsync<Generated>(connection, request)).Value
                : parsed.GetValue(password) ? invocation.Secrets.Ask("password")
                : null;
            using var otp = item.HasOtp(parsed) ? invocation.Secrets.Ask("otp seed") : null;
            var update = new Update(details.Item.Id, changes with { Password = newPassword, Otp = otp }, WireTime.Of(details.ModifiedAt));
            var saved = await invocation.AskAsync<Saved>(connection, update);
            return Listing.AnswerSaved(invocation, connection, saved);
        });
        return command;
    }
}
