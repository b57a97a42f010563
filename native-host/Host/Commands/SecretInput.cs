using System.Security.Cryptography;
using System.Text.Unicode;
using Host.Native;
using Host.Protocol;

namespace Host.Commands;

/// <summary>
/// Where secrets come from: a prompt on the terminal, or the lines of standard input in the order in which they would have
/// been asked, or, for the passphrase, a file descriptor. Never an argument, never a <c>string</c>.
/// </summary>
/// <param name="streams">Standard input, and standard error to ask on.</param>
/// <param name="mayAsk">Whether a prompt is allowed (<c>--no-input</c>).</param>
/// <param name="passphraseDescriptor">The file descriptor that holds the passphrase, or <see langword="null"/>.</param>
internal sealed class SecretInput(CommandStreams streams, bool mayAsk, int? passphraseDescriptor)
{
    /// <summary>The longest secret: nobody types more, and a file given by mistake is noticed.</summary>
    public const int MaxSecretBytes = 64 * 1024;

    private const byte Newline = (byte)'\n';

    /// <summary>Reads the passphrase that opens a vault.</summary>
    /// <param name="file">The vault's file, for the question; <see langword="null"/> if it is known to whoever is asked.</param>
    /// <exception cref="ProtocolException">It cannot be asked for, ends early, is too long or is not UTF-8.</exception>
    public Secret Passphrase(string? file = null) => passphraseDescriptor is { } descriptor
        ? ReadFrom(descriptor)
        : Ask("passphrase", file is null ? "" : $" of {Output.Clean(file)}");

    /// <summary>
    /// Reads the passphrase if it was given without a question: from the descriptor, or as the first line of standard input. That line is
    /// the passphrase also where none is needed: else a script's passphrase would be taken for what is asked next.
    /// </summary>
    /// <returns>The passphrase, or <see langword="null"/> if standard input is a terminal, or empty.</returns>
    /// <exception cref="ProtocolException">It ends early, is too long or is not UTF-8.</exception>
    public Secret? GivenPassphrase()
    {
        if (passphraseDescriptor is not null)
        {
            return Passphrase();
        }
        return streams.IsTerminal ? null : TryReadLine(streams.Input, "passphrase");
    }

    /// <summary>Reads the passphrase of a vault that is to be made, twice unless it comes from a file descriptor.</summary>
    /// <exception cref="ProtocolException">As above, or it is empty, or the two differ.</exception>
    public Secret NewPassphrase()
    {
        var first = Passphrase();
        if (first.Utf8.IsEmpty)
        {
            throw Failure.Usage("the passphrase is empty", "type one that only you know: several random words are good");
        }
        if (passphraseDescriptor is not null)
        {
            return first;
        }
        using var second = Ask("passphrase again");
        if (CryptographicOperations.FixedTimeEquals(first.Utf8, second.Utf8))
        {
            return first;
        }
        first.Dispose();
        throw Failure.Usage("the two passphrases differ", "run this again and type the same passphrase twice");
    }

    /// <summary>Asks for one secret.</summary>
    /// <param name="what">What is asked for, such as <c>password</c>.</param>
    /// <param name="of">What the question says more.</param>
    /// <exception cref="ProtocolException">It cannot be asked for, ends early, is too long or is not UTF-8.</exception>
    public Secret Ask(string what, string of = "")
    {
        if (!streams.IsTerminal)
        {
            return ReadLine(streams.Input, what, "standard input");
        }
        if (!mayAsk)
        {
            throw Failure.Usage(
                $"the {what} is needed and --no-input forbids to ask", "give it on standard input, or with --passphrase-fd");
        }
        using var echo = TerminalEcho.Off() ?? throw Failure.Usage(
            "this terminal cannot hide what is typed", "give it on standard input, or with --passphrase-fd");
        streams.Messages.Write($"{what}{of}: ");
        streams.Messages.Flush();
        try
        {
            return ReadLine(streams.Input, what, "the terminal's input");
        }
        finally
        {
            streams.Messages.WriteLine(); // the Enter that was not echoed
        }
    }

    private static Secret ReadFrom(int descriptor)
    {
        if (FileFacts.Of($"/proc/self/fd/{descriptor}") is null)
        {
            throw Failure.Usage(
                $"file descriptor {descriptor} is not open", "open it in the shell: latchkey list --passphrase-fd 3 3<file");
        }
        using var stream = new DescriptorStream(descriptor, name: null);
        return ReadLine(stream, "passphrase", $"file descriptor {descriptor}");
    }

    private static Secret ReadLine(Stream stream, string what, string source) => TryReadLine(stream, what) ?? throw Failure.Usage(
        $"{source} ended before the {what}", "give one line for each secret, in the order of the prompts");

    /// <summary>Reads up to a newline, byte by byte: what follows belongs to the next question.</summary>
    /// <returns>The line, or <see langword="null"/> if the stream is at its end.</returns>
    private static Secret? TryReadLine(Stream stream, string what)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(MaxSecretBytes, pinned: true);
        var length = 0;
        try
        {
            Span<byte> next = stackalloc byte[1];
            while (stream.Read(next) == 1 && next[0] != Newline)
            {
                if (length == MaxSecretBytes)
                {
                    throw Failure.Usage($"the {what} is longer than 64 KiB", "check what was given as input");
                }
                buffer[length++] = next[0];
                next[0] = 0;
            }
            if (length == 0 && next[0] != Newline)
            {
                return null;
            }
            if (!Utf8.IsValid(buffer.AsSpan(0, length)))
            {
                throw Failure.Usage($"the {what} is not UTF-8 text", "check the encoding of what was given as input");
            }
            return new Secret(buffer.AsSpan(0, length));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer.AsSpan(0, length));
        }
    }
}
