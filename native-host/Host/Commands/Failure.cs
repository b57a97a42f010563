using Host.Install;
using Host.Protocol;

namespace Host.Commands;

/// <summary>Errors that arise in the command line itself; those of the host arrive in the same shape.</summary>
internal static class Failure
{
    public static ProtocolException Usage(string message, string hint) => Of("usage", message, hint);

    public static ProtocolException Of(string kind, string message, string hint) =>
        new(new ErrorReply(kind, message, hint));

    /// <summary>What to say of a file that a command itself could not read or write.</summary>
    public static ErrorReply Of(IOException exception) => exception switch
    {
        UnsafePathException unsafePath => new(ErrorKind.HostFailed, unsafePath.Message, unsafePath.Hint),
        CannotWriteException { IsDiskFull: true } => new(ErrorKind.DiskFull, exception.Message, "free some space, then run this again"),
        CannotWriteException cannotWrite => new("notWritable", exception.Message, cannotWrite.Hint),
        _ => throw new ArgumentException("not a failure that has a word", nameof(exception)),
    };

    /// <summary>A message of somebody else's, in our manner: lower case, one line, no full stop.</summary>
    public static string LowerCase(string message)
    {
        var line = string.Join(' ', message.Split(['\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        return line.Length == 0 ? line : char.ToLowerInvariant(line[0]) + line[1..];
    }
}
