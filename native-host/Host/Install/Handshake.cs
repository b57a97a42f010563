using System.Buffers.Text;
using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Host.Commands;
using Host.Protocol;

namespace Host.Install;

/// <summary>What came back from a handshake: the host's version, or what went wrong.</summary>
internal sealed record HandshakeResult(string? Version, string? Problem);

/// <summary>
/// Starts what a manifest names just as the browser would, and says <c>hello</c> over frames. This alone proves the whole chain:
/// launcher, executable, caller, socket, host.
/// </summary>
internal static class Handshake
{
    private const int ProfileKeyBytes = 32;
    private const int HelloId = 1;
    private const int LockId = 2;

    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(20);

    /// <summary>Runs the handshake.</summary>
    /// <param name="program">The path in the manifest.</param>
    /// <param name="arguments">What the browser gives it.</param>
    /// <param name="endHost">Whether to end the host afterwards, because it runs only for this.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static async Task<HandshakeResult> RunAsync(
        string program, IReadOnlyList<string> arguments, bool endHost, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(_limit);
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Path.GetDirectoryName(program), // as browsers do
            },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            return new HandshakeResult(null, Failure.LowerCase(exception.Message));
        }
        var messages = process.StandardError.ReadToEndAsync(timeout.Token);
        try
        {
            var result = await TalkAsync(process, endHost, timeout.Token);
            return result.Problem is null ? result : result with { Problem = await WithMessagesAsync(process, messages, result.Problem) };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new HandshakeResult(null, $"no answer within {_limit.TotalSeconds:0} seconds");
        }
        catch (IOException)
        {
            return new HandshakeResult(null, await WithMessagesAsync(process, messages, "the program ended before it answered"));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static async Task<HandshakeResult> TalkAsync(Process process, bool endHost, CancellationToken cancellation)
    {
        var input = process.StandardInput.BaseStream;
        var output = process.StandardOutput.BaseStream;
        await WriteAsync(input, Hello(), cancellation);
        var result = Read(await AnswerAsync(output, HelloId, cancellation));
        if (endHost && result.Problem is null)
        {
            await WriteAsync(input, Lock(), cancellation);
            using var answer = await AnswerAsync(output, LockId, cancellation);
        }
        input.Close(); // the browser's way of ending the program
        await process.WaitForExitAsync(cancellation);
        return result;
    }

    private static HandshakeResult Read(JsonDocument? answer)
    {
        using var document = answer;
        if (document is null)
        {
            return new HandshakeResult(null, "the program ended before it answered");
        }
        return document.RootElement.TryGetProperty("ok", out var ok) && ok.TryGetProperty("version", out var version)
            ? new HandshakeResult(version.GetString(), null)
            : new HandshakeResult(null, document.RootElement.TryGetProperty("error", out var error)
                && error.TryGetProperty("message", out var message)
                ? message.GetString()
                : "the answer is not a message of the protocol");
    }

    /// <summary>Reads frames up to the answer to a request; events may come before it.</summary>
    private static async Task<JsonDocument?> AnswerAsync(Stream output, int id, CancellationToken cancellation)
    {
        while (true)
        {
            var header = new byte[Limits.HeaderBytes];
            if (await output.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellation) < header.Length)
            {
                return null;
            }
            var length = BitConverter.ToUInt32(header);
            if (length is 0 or > Limits.FromHostBytes)
            {
                throw new IOException("not a frame");
            }
            var payload = new byte[length];
            await output.ReadExactlyAsync(payload, cancellation);
            JsonDocument document;
            try
            {
                document = JsonDocument.Parse(payload);
            }
            catch (JsonException)
            {
                throw new IOException("not a frame");
            }
            if (document.RootElement.TryGetProperty("id", out var answered) && answered.TryGetInt32(out var number)
                && (number == id || number == 0))
            {
                return document;
            }
            document.Dispose();
        }
    }

    private static async Task WriteAsync(Stream input, byte[] payload, CancellationToken cancellation)
    {
        await input.WriteAsync(BitConverter.GetBytes(payload.Length), cancellation);
        await input.WriteAsync(payload, cancellation);
        await input.FlushAsync(cancellation);
    }

    private static byte[] Hello() => Message(HelloId, "hello", writer =>
    {
        writer.WriteStartObject("protocol");
        writer.WriteNumber("min", Limits.Version);
        writer.WriteNumber("max", Limits.Version);
        writer.WriteEndObject();
        writer.WriteString("client", "extension");
        writer.WriteString("version", ProductVersion.Text);
        writer.WriteStartArray("capabilities");
        writer.WriteEndArray();
        writer.WriteString("locale", "en");
        // A profile that no vault knows, so that nothing is opened to it.
        writer.WriteString("profile", Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(ProfileKeyBytes)));
    });

    private static byte[] Lock() => Message(LockId, "lock", _ => { });

    private static byte[] Message(int id, string type, Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", id);
            writer.WriteString("type", type);
            members(writer);
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static async Task<string> WithMessagesAsync(Process process, Task<string> messages, string problem)
    {
        if (!process.HasExited)
        {
            return problem;
        }
        var text = Failure.LowerCase(Output.Clean(await messages));
        return text.Length == 0 ? problem : $"{problem}: {text}";
    }
}
