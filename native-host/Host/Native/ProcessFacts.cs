using System.Buffers.Text;
using System.Globalization;

namespace Host.Native;

/// <summary>What the kernel says about a process in <c>/proc/PID/stat</c>. See proc(5).</summary>
/// <param name="Id">Its process id, which another process may have later.</param>
/// <param name="Parent">The id of its parent.</param>
/// <param name="Session">The id of its session, which is that of the process that leads it.</param>
/// <param name="Terminal">The device number of its controlling terminal; 0 if it has none.</param>
/// <param name="StartedAt">When it started, in ticks since the system did: with the id it names this process and no later one.</param>
internal sealed record ProcessFacts(int Id, int Parent, int Session, int Terminal, ulong StartedAt)
{
    private const int MostBytes = 4096;

    // Counted from the first field behind the name, which is the state.
    private const int ParentField = 1, SessionField = 3, TerminalField = 4, StartedAtField = 19;

    /// <summary>Asks about a process.</summary>
    /// <returns>The facts, or <see langword="null"/> if it is gone or may not be seen.</returns>
    public static ProcessFacts? Of(int id)
    {
        var descriptor = Libc.open(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"), Libc.CloseOnExec, 0);
        if (descriptor < 0)
        {
            return null;
        }
        Span<byte> bytes = stackalloc byte[MostBytes];
        var length = Descriptor.Read(descriptor, bytes); // the kernel gives it in one piece
        _ = Libc.close(descriptor);
        return Parse(bytes[..length]) is { } facts && facts.Id == id ? facts : null;
    }

    /// <summary>Reads the file's text.</summary>
    /// <returns>The facts, or <see langword="null"/> if the text is of another form.</returns>
    internal static ProcessFacts? Parse(ReadOnlySpan<byte> stat)
    {
        // The name stands in parentheses, and may have any character in it, also those.
        var nameStart = stat.IndexOf(" ("u8);
        var nameEnd = stat.LastIndexOf(") "u8);
        if (nameStart < 1 || nameEnd < nameStart || !TryRead(stat[..nameStart], out long id))
        {
            return null;
        }
        long parent = 0, session = 0, terminal = 0, startedAt = -1;
        var rest = stat[(nameEnd + 2)..];
        var field = 0;
        foreach (var range in rest.Split((byte)' '))
        {
            var isRead = field++ switch
            {
                ParentField => TryRead(rest[range], out parent),
                SessionField => TryRead(rest[range], out session),
                TerminalField => TryRead(rest[range], out terminal),
                StartedAtField => TryRead(rest[range], out startedAt),
                _ => true,
            };
            if (!isRead)
            {
                return null;
            }
        }
        return id is > 0 and <= int.MaxValue && parent is >= 0 and <= int.MaxValue && session is >= 0 and <= int.MaxValue && terminal is >= int.MinValue and <= int.MaxValue && startedAt >= 0
            ? new ProcessFacts((int)id, (int)parent, (int)session, (int)terminal, (ulong)startedAt)
            : null;
    }

    private static bool TryRead(ReadOnlySpan<byte> digits, out long number) =>
        Utf8Parser.TryParse(digits, out number, out var consumed) && consumed == digits.Length;
}
