namespace Host.Commands;

/// <summary>The three standard streams of a command.</summary>
/// <param name="Input">Standard input, without a buffer.</param>
/// <param name="IsTerminal">Whether a person types into it.</param>
/// <param name="Data">Standard output.</param>
/// <param name="Messages">Standard error.</param>
/// <param name="IsRead">Whether a person reads the data: standard output is a terminal.</param>
internal sealed record CommandStreams(Stream Input, bool IsTerminal, Stream Data, TextWriter Messages, bool IsRead = false)
{
    private const int StandardInput = 0, StandardOutput = 1, StandardError = 2;

    /// <summary>Those of this process.</summary>
    public static CommandStreams OfProcess() => new(
        new DescriptorStream(StandardInput, "standard input"),
        !Console.IsInputRedirected,
        new DescriptorStream(StandardOutput, "standard output"),
        new StreamWriter(new DescriptorStream(StandardError, name: null)) { AutoFlush = true },
        IsRead: !Console.IsOutputRedirected);
}
