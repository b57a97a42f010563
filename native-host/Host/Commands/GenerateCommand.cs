using System.CommandLine;
using Host.Protocol;

namespace Host.Commands;

/// <summary><c>generate</c>: makes a password and keeps it nowhere.</summary>
internal static class GenerateCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "generate", "generate a password; it is kept nowhere",
            "latchkey generate --length 24 --avoid-ambiguous", "latchkey generate --words 6");
        var options = new GeneratorOptions();
        options.AddTo(command);
        runner.Bind(command, async invocation =>
        {
            var request = options.Request(invocation.Parsed);
            await using var connection = await invocation.Hosts.OpenAsync(invocation.Vault, invocation.Cancellation);
            await invocation.HelloAsync(connection);
            var generated = await invocation.AskAsync<Generated>(connection, request);
            using var value = generated.Value;
            invocation.Output.AnswerSecret(generated, CommandJson.ForOutput.Generated, value);
            return ExitCode.Ok;
        });
        return command;
    }
}
