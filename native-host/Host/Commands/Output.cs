using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Host.Protocol;

namespace Host.Commands;

/// <summary>
/// What a command says: data on standard output, messages on standard error. With <c>--json</c> exactly one document goes to
/// standard output, whatever happens. What comes from a vault is cleaned of control characters before a terminal sees it.
/// </summary>
/// <param name="data">Standard output.</param>
/// <param name="messages">Standard error.</param>
/// <param name="isJson">Whether <c>--json</c> was given.</param>
/// <param name="isRead">Whether a person reads standard output, and no program.</param>
internal sealed class Output(Stream data, TextWriter messages, bool isJson, bool isRead = false)
{
    private const string BetweenColumns = "  ";

    private static readonly byte[] _newline = "\n"u8.ToArray();

    private readonly Gate _gate = new();
    private bool _isAnswered;

    public bool IsJson => isJson;

    /// <summary>Says the one answer of a command: the document with <c>--json</c>, else the lines.</summary>
    public void Answer<T>(T document, JsonTypeInfo<T> type, Func<IEnumerable<string>> lines)
    {
        if (isJson)
        {
            WriteDocument(document, type);
            return;
        }
        var text = new StringBuilder();
        foreach (var line in lines())
        {
            text.Append(Clean(line, except: '\t')).Append('\n');
        }
        Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Says rows: the document with <c>--json</c>; for a person in columns, each as wide as its widest; else with tabs between them.</summary>
    public void AnswerRows<T>(T document, JsonTypeInfo<T> type, Func<IEnumerable<IReadOnlyList<string>>> rows) => Answer(document, type, () =>
    {
        // Tabs separate the columns, so they are taken out of what stands in them.
        List<string[]> cells = [.. rows().Select(row => row.Select(cell => Clean(cell)).ToArray())];
        return isRead ? InColumns(cells) : cells.Select(row => string.Join('\t', row));
    });

    /// <summary>A time: as the person's clock has it, where a person reads it, else in UTC.</summary>
    public string Time(DateTimeOffset time) =>
        isRead ? time.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : time.ToString("u", CultureInfo.InvariantCulture);

    /// <summary>Says named values, of which some are bytes that may be secret: the document with <c>--json</c>, else a line each.</summary>
    public void AnswerFields<T>(
        T document, JsonTypeInfo<T> type, IEnumerable<(string Name, string Text, Secret? Value)> fields)
    {
        if (isJson)
        {
            WriteDocument(document, type);
            return;
        }
        foreach (var (name, text, value) in fields)
        {
            Write(Encoding.UTF8.GetBytes(Clean($"{name}: {text}")));
            WriteClean(value is null ? [] : value.Utf8);
            Write(_newline);
        }
    }

    /// <summary>Says one secret: the document with <c>--json</c>, else its bytes and a newline.</summary>
    public void AnswerSecret<T>(T document, JsonTypeInfo<T> type, Secret secret)
    {
        if (isJson)
        {
            WriteDocument(document, type);
            return;
        }
        Write(secret.Utf8);
        Write(_newline);
    }

    /// <summary>Says the content of a file: the document with <c>--json</c>, else exactly the bytes.</summary>
    public void AnswerBytes<T>(T document, JsonTypeInfo<T> type, ReadOnlySpan<byte> bytes)
    {
        if (isJson)
        {
            WriteDocument(document, type);
            return;
        }
        Write(bytes);
    }

    /// <summary>Says something that is not data.</summary>
    public void Note(string message) => messages.WriteLine(Clean(message));

    /// <summary>Says what went wrong and what to do.</summary>
    /// <returns>The exit code.</returns>
    public int Fail(ErrorReply error)
    {
        if (isJson && !_isAnswered)
        {
            WriteDocument(new FailureDocument(error), CommandJson.ForOutput.FailureDocument);
        }
        else
        {
            Note($"error: {error.Message}");
            if (error.Hint is { } hint)
            {
                Note($"hint: {hint}");
            }
        }
        return ExitCode.Of(error.Kind);
    }

    /// <summary>Replaces control characters, which a terminal would obey, by spaces.</summary>
    public static string Clean(string text, char? except = null) =>
        text.Any(char.IsControl)
            ? string.Concat(text.Select(letter => char.IsControl(letter) && letter != except ? ' ' : letter))
            : text;

    private static IEnumerable<string> InColumns(List<string[]> rows)
    {
        var widths = new int[rows.Select(row => row.Length).DefaultIfEmpty().Max()];
        foreach (var row in rows)
        {
            for (var column = 0; column < row.Length; column++)
            {
                widths[column] = Math.Max(widths[column], WidthOf(row[column]));
            }
        }
        return rows.Select(row => string.Join(
            BetweenColumns, row.Select((cell, column) => cell + new string(' ', widths[column] - WidthOf(cell)))).TrimEnd());
    }

    // What a person takes for one character may be several in the text.
    private static int WidthOf(string text) => new StringInfo(text).LengthInTextElements;

    private void WriteDocument<T>(T document, JsonTypeInfo<T> type)
    {
        lock (_gate)
        {
            if (_isAnswered)
            {
                return;
            }
            _isAnswered = true;
            using (var writer = new Utf8JsonWriter(data, new JsonWriterOptions { Encoder = type.Options.Encoder }))
            {
                JsonSerializer.Serialize(writer, document, type);
            }
            data.Write(_newline);
            data.Flush();
        }
    }

    /// <summary>Writes UTF-8 for a terminal: lines stay lines, other control characters become spaces.</summary>
    private void WriteClean(ReadOnlySpan<byte> utf8)
    {
        var copy = GC.AllocateUninitializedArray<byte>(utf8.Length, pinned: true);
        utf8.CopyTo(copy);
        for (var i = 0; i < copy.Length; i++)
        {
            // C1 controls are 0xC2 followed by 0x80 to 0x9F.
            var isC1 = copy[i] == 0xC2 && i + 1 < copy.Length && copy[i + 1] < 0xA0;
            if (isC1)
            {
                copy[i] = copy[i + 1] = (byte)' ';
            }
            else if (copy[i] is < 0x20 and not (byte)'\n' or 0x7F)
            {
                copy[i] = (byte)' ';
            }
        }
        Write(copy);
        CryptographicOperations.ZeroMemory(copy);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            _isAnswered = true;
            data.Write(bytes);
            data.Flush();
        }
    }
}
