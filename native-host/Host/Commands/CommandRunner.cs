using System.CommandLine;
using Host.Install;
using Host.Protocol;

namespace Host.Commands;

/// <summary>Runs the body of a command and turns each of its failures into one message and one exit code.</summary>
internal sealed class CommandRunner(GlobalOptions globals, CommandStreams streams, HostAccess hosts)
{
    /// <summary>Where a parsed command line wants its answer.</summary>
    public Output OutputOf(ParseResult parsed) => new(streams.Data, streams.Messages, parsed.GetValue(globals.Json), streams.IsRead);

    /// <summary>Gives a command its body, which returns the exit code.</summary>
    public void Bind(Command command, Func<Invocation, Task<int>> body) =>
        command.SetAction((parsed, cancellation) => RunAsync(parsed, body, cancellation));

    private async Task<int> RunAsync(ParseResult parsed, Func<Invocation, Task<int>> body, CancellationToken cancellation)
    {
        var output = OutputOf(parsed);
        var secrets = new SecretInput(
            streams, mayAsk: !parsed.GetValue(globals.NoInput), parsed.GetValue(globals.PassphraseDescriptor));
        using var endings = new EndingSignals(output);
        try
        {
            return await body(new Invocation(parsed, globals, output, secrets, hosts, cancellation));
        }
        catch (ProtocolException exception)
        {
            return output.Fail(exception.Error);
        }
        catch (IOException exception) when (exception is UnsafePathException or CannotWriteException)
        {
            return output.Fail(Failure.Of(exception));
        }
    }
}
