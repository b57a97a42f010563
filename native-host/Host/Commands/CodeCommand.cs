using System.CommandLine;
using Host.Protocol;

namespace Host.Commands;

/// <summary><c>code</c>: the one-time code of this moment.</summary>
internal static class CodeCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "code", "print or copy the one-time code of this moment", "latchkey code example.com", "latchkey code example.com --copy");
        var name = ItemLookup.Argument();
        var copy = ClipboardCopy.Option();
        command.Arguments.Add(name);
        command.Options.Add(copy);
        runner.Bind(command, async invocation =>
        {
            var isCopied = invocation.Parsed.GetValue(copy);
            var clipboard = isCopied ? Clipboard.Find() : null;
            await using var connection = await invocation.OpenVaultAsync();
            var item = (await ItemLookup.FindAsync(invocation, connection, invocation.Parsed.GetRequiredValue(name))).Item;
            var code = await invocation.AskAsync<Code>(connection, new GetCode(item.Id, isCopied ? "copy" : "show"));
            using var value = code.Value;
            if (clipboard is not null)
            {
                // The host gives the next one when this moment's is about to end.
                var goodIn = code.RemainingSeconds - code.PeriodSeconds;
                var what = goodIn > 0 ? $"next code of '{item.Title}', which is good in {goodIn} s" : $"code of '{item.Title}'";
                return await ClipboardCopy.RunAsync(invocation, connection, clipboard, item.Id, what, value);
            }
            invocation.Output.AnswerSecret(code, CommandJson.ForOutput.Code, value);
            return ExitCode.Ok;
        });
        return command;
    }
}
