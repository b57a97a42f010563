using System.CommandLine;
using Host.Protocol;

namespace Host.Commands;

/// <summary>The option <c>--copy</c> of commands that show a secret.</summary>
internal static class ClipboardCopy
{
    /// <summary>The option.</summary>
    public static Option<bool> Option() =>
        new("--copy") { Description = "put it into the clipboard instead, and clear that after the time set in the vault, or at Ctrl-C" };

    /// <summary>Copies, waits, clears.</summary>
    /// <param name="invocation">The run.</param>
    /// <param name="connection">To the host; disposed here.</param>
    /// <param name="clipboard">The clipboard.</param>
    /// <param name="item">The item's id.</param>
    /// <param name="what">What is copied, after "the".</param>
    /// <param name="value">The secret.</param>
    public static async Task<int> RunAsync(
        Invocation invocation, IHostConnection connection, Clipboard clipboard, string item, string what, Secret value)
    {
        var settings = await invocation.AskAsync<Settings>(connection, new ChangeSettings());
        await connection.DisposeAsync(); // a vault that was opened for this alone is closed while we wait
        invocation.Output.Note($"copied the {what}; it is cleared in {settings.ClipboardSeconds} seconds, or now at Ctrl-C");
        var isCleared = await clipboard.OfferAsync(value, TimeSpan.FromSeconds(settings.ClipboardSeconds), invocation.Cancellation);
        invocation.Output.Answer(
            new CopiedDocument(item, isCleared), CommandJson.ForOutput.CopiedDocument,
            () => [isCleared ? "cleared" : "something else was copied meanwhile, which stays"]);
        return ExitCode.Ok;
    }
}
