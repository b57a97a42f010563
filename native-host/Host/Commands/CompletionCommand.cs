using System.CommandLine;
using Host.Commands.Completion;

namespace Host.Commands;

/// <summary><c>completion</c>: prints a script that makes a shell complete this command line.</summary>
internal static class CompletionCommand
{
    public static Command Make(CommandRunner runner)
    {
        var command = new ExampleCommand(
            "completion", "print a script by which a shell completes commands, options and their values",
            "source <(latchkey completion bash)", "latchkey completion fish > ~/.config/fish/completions/latchkey.fish");
        var shell = new Argument<string>("SHELL") { Description = string.Join(", ", CompletionScript.Shells.Keys) };
        shell.AcceptOnlyFromAmong([.. CompletionScript.Shells.Keys]);
        command.Arguments.Add(shell);
        runner.Bind(command, invocation =>
        {
            var tree = CompletionTree.Of(invocation.Parsed.RootCommandResult.Command);
            var script = CompletionScript.Shells[invocation.Parsed.GetRequiredValue(shell)](tree);
            invocation.Output.Answer(
                new CompletionDocument(script), CommandJson.ForOutput.CompletionDocument, () => script.TrimEnd('\n').Split('\n'));
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }
}
