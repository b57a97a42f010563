using System.Text;
using Host.Commands;
using Host.Protocol;

namespace Suite.Commands;

/// <summary>What a command said and how it ended.</summary>
public sealed record CommandResult(int ExitCode, string Data, string Messages);

/// <summary>Runs a command inside the test, with hosts of the test's: for what is said, not for what is done.</summary>
internal static class InProcess
{
    /// <summary>Hosts of which every one refuses with the same error.</summary>
    public static HostAccess Refusing(string kind, string message = "said by the host", string? hint = "done by the person")
    {
        var refusal = new ProtocolException(new ErrorReply(kind, message, hint));
        return new HostAccess((_, _) => throw refusal, _ => throw refusal, _ => throw refusal);
    }

    public static async Task<CommandResult> RunAsync(HostAccess hosts, byte[] input, params string[] args)
    {
        using var data = new MemoryStream();
        var messages = new StringWriter { NewLine = "\n" };
        var streams = new CommandStreams(new MemoryStream(input), IsTerminal: false, data, messages);
        var exitCode = await CommandLine.RunAsync(args, streams, hosts);
        return new CommandResult(exitCode, Encoding.UTF8.GetString(data.ToArray()), messages.ToString());
    }

    public static Task<CommandResult> RunAsync(params string[] args) => RunAsync(Refusing("internal"), [], args);
}
